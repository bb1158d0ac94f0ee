"""Who is reached and who is not, counted: the figures beside a plan's recipients."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from babel import Locale, UnknownLocaleError

from distribute.domain.audience import SkipReason
from distribute.domain.content import Letter
from distribute.domain.plan import Plan
from distribute.rendering.timeline import enumerate_names

MOST_BARS = 8

REASONS = {
    SkipReason.DUPLICATE: "the same person again",
    SkipReason.SUPPRESSED: "asked not to be contacted",
    SkipReason.EXCLUDED: "left out for this send",
    SkipReason.EMBARGO: "does not accept embargoes",
    SkipReason.ALREADY: "has it already",
    SkipReason.BAD_ADDRESS: "the address cannot be used",
}


@dataclass(frozen=True, slots=True)
class Bar:
    """One label with its count and its share of all, 0 to 1."""

    label: str
    count: int
    share: float


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts under a heading, the greatest first."""

    heading: str
    bars: tuple[Bar, ...]


def tally_recipients(plan: Plan) -> tuple[Tally, ...]:
    """Recipients by list, by the language of their letter and by region."""
    lists: Counter[str] = Counter()
    languages: Counter[str] = Counter()
    regions: Counter[str] = Counter()
    for recipient in plan.recipients:
        lists[recipient.contact.list_name or "no list"] += 1
        languages[plan.letters[recipient.variant].language] += 1
        regions[recipient.contact.region or "not given"] += 1
    named = Counter({language_name(tag): number for tag, number in languages.items()})
    return (_tally("By list", lists), _tally("By language", named), _tally("By region", regions))


def tally_skips(plan: Plan) -> Tally:
    """Those left out, by reason."""
    return _tally("By reason", Counter(REASONS[skip.reason] for skip in plan.skips))


def label_letters(letters: Mapping[str, Letter]) -> dict[str, str]:
    """What people call each variant: ``French``, ``English and French``, ``French, with the note for press``."""
    labels: dict[str, str] = {}
    for variant, letter in sorted(letters.items()):
        label = _label(letter)
        again = sum(other == label or other.startswith(f"{label} (") for other in labels.values())
        labels[variant] = f"{label} ({again + 1})" if again else label
    return labels


def _label(letter: Letter) -> str:
    several = list(dict.fromkeys(letter.versions))
    return name_languages(several if len(several) > 1 else [letter.language]) + name_note(letter)


def name_languages(tags: Iterable[str]) -> str:
    """``English, French and Spanish``."""
    return enumerate_names(map(language_name, tags))


def name_note(letter: Letter) -> str:
    """``, with the note for press``; nothing where no covering note stands above the letter."""
    if not letter.note_list:
        return ""
    return ", with the covering note" if letter.note_list == "*" else f", with the note for {letter.note_list}"


def language_name(tag: str) -> str:
    """``French`` for ``fr``; the tag itself where CLDR does not know it."""
    try:
        return Locale.parse(tag, sep="-").get_display_name("en") or tag
    except (UnknownLocaleError, ValueError, TypeError):
        return tag


def _tally(heading: str, labels: Mapping[str, int]) -> Tally:
    counts = sorted(labels.items(), key=lambda one: (-one[1], one[0]))
    shown, rest = counts[:MOST_BARS], counts[MOST_BARS:]
    if len(rest) == 1:
        shown += rest
    elif rest:
        shown.append((f"{len(rest):,} others", sum(number for _, number in rest)))
    total = sum(number for _, number in shown)
    return Tally(heading, tuple(Bar(label, number, number / total) for label, number in shown))
