"""Who is reached and who is not, counted: the figures beside a plan's recipients."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from babel import Locale, UnknownLocaleError

from distribute.domain.audience import SkipReason
from distribute.domain.plan import Plan

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
    contacts = [recipient.contact for recipient in plan.recipients]
    return (
        _tally("By list", (contact.list_name or "no list" for contact in contacts)),
        _tally("By language", (language_name(recipient.variant) for recipient in plan.recipients)),
        _tally("By region", (contact.region or "not given" for contact in contacts)),
    )


def tally_skips(plan: Plan) -> Tally:
    """Those left out, by reason."""
    return _tally("By reason", (REASONS[skip.reason] for skip in plan.skips))


def language_name(tag: str) -> str:
    """``French`` for ``fr``; the tag itself where CLDR does not know it."""
    try:
        return Locale.parse(tag, sep="-").get_display_name("en") or tag
    except (UnknownLocaleError, ValueError, TypeError):
        return tag


def _tally(heading: str, labels: Iterable[str]) -> Tally:
    counts = Counter(labels).most_common()
    counts.sort(key=lambda one: (-one[1], one[0]))
    shown, rest = counts[:MOST_BARS], counts[MOST_BARS:]
    if rest:
        shown.append((f"{len(rest):,} others", sum(number for _, number in rest)))
    total = sum(number for _, number in shown)
    return Tally(heading, tuple(Bar(label, number, number / total) for label, number in shown))
