"""The dateline: place, date or both, set before the first words of the text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from distribute.sources.dates import FoundDate, find_dates
from distribute.sources.document import Paragraph
from distribute.sources.headings import is_prose
from distribute.sources.people import is_honorific, is_name, is_name_word, is_organisation, is_title_word, particles
from distribute.sources.towns import split_place
from distribute.sources.vocabulary import CAPITALS, Vocabulary, either, everywhere, fold, places

_LONGEST = 140
_LOOKED_AT = 30
_FEWEST = 30
_FEW = 6
_FEW_OF_OFFICE = 3
_HEAD = 4
_LONGEST_ALONE = 12
_MOST_PROSE = 4
"""Paragraphs of text behind which only a date makes a dateline: it stands before the first words, or nearly."""

_CERTAIN = 0.9
_ENDS = re.compile(
    r"\s*(?:\|\s+|,?\s?(?:—|–|--+)\s*|\s-\s+|[.]-\s+|(?<=\))\s*-\s*|(?<=[\dA-ZÄÖÜ]\))\s+(?=[A-ZÀ-Þ«“„])|\.\s+\(\d{1,5}\)\s+|\s?:\s+|\.\s+(?![–—-])|,\s+(?=\d)"
    r"|\]\s+(?=\S)|(?<=\s(?:19|20)\d\d)\s+(?=[A-ZÀ-Þ«“])|\n)"
)
_WIRE = re.compile(
    r"(?:(?<=[\s\d.])|-{2,}|\s+)(?:/(?=[\w .\-]*[A-Za-z]{2})[A-Z\d][\w .\-]{1,30}/"
    r"|\((?:[A-Z][\w .\-]*(?:Wire|wire|WIRE)|OTS|ots|AP|Reuters)\))"
)
_DATED_WIRE = re.compile(r"\s?-{2,}\s?\([A-Z][\w. ]{2,30}\s-\s([^()]{6,40})\)$")
_HOUSE = re.compile(r"\s*\((?:[A-ZÄÖÜÉ][^()\d,]{1,30}|[a-z]{2,5})\)$")
_ISSUER = re.compile(r"\s*\([^()\d]{2,40}\)\s*$")
_INITIALS = re.compile(r"\.[A-Z]$")
_SIGNS = frozenset({"&", "-"})


class FoundDateline(NamedTuple):
    """A dateline of ``length`` characters at the head of a paragraph, with the weight of its evidence."""

    paragraph: Paragraph
    length: int
    raw: str
    place: str | None
    date: FoundDate | None
    weight: float

    @property
    def is_alone(self) -> bool:
        """It stands on a line of its own, above the text or even above the headline."""
        return self.length == len(self.paragraph.text)


def find_dateline(paragraphs: Sequence[Paragraph], words: Vocabulary) -> FoundDateline | None:
    """The first paragraph near the top that opens with one."""
    for place, paragraph in enumerate(paragraphs[:_LOOKED_AT]):
        if place < _HEAD and len(paragraphs) > place + 1 and _is_headline(paragraph):
            candidates = [found for found in _candidates(paragraph, words) if _is_certain(found)]
        else:
            candidates = list(_candidates(paragraph, words))
        if candidates and sum(map(is_prose, paragraphs[:place])) > _MOST_PROSE:
            candidates = [found for found in candidates if found.date]
        if candidates:
            return max(candidates, key=lambda found: (found.weight, found.length))
    return None


def _is_headline(paragraph: Paragraph) -> bool:
    """A line of the head, and no sentence: ``POL-HRO: Plakate festgestellt`` names no town."""
    return len(paragraph.text.split()) < _FEWEST and paragraph.text[-1] not in ".!?”»:"


def _is_certain(found: FoundDateline) -> bool:
    return bool(found.date) or found.is_alone or found.weight >= _CERTAIN


def _candidates(paragraph: Paragraph, words: Vocabulary) -> Iterator[FoundDateline]:
    head = paragraph.text[:_LONGEST]
    if not head[0].isalnum() and head[0] not in "([":
        return
    for end in _ENDS.finditer(head):
        if found := _read(paragraph, head, end, words):
            yield found
    if paragraph.words <= _LONGEST_ALONE and len(paragraph.text) < 80 and (found := _alone(paragraph, words)):
        yield found


def _read(paragraph: Paragraph, head: str, end: re.Match[str], words: Vocabulary) -> FoundDateline | None:
    prefix, sign = head[: end.start()], end[0].strip()
    rest = paragraph.text[end.end() :]
    place, date, is_wire = _take_apart(prefix, words) if rest else (None, None, False)
    if place is None or (place and not is_place(place, words)) or not (place or date):
        return None
    if place and not date and _is_somebody(place, rest, words):
        return None
    if place and date and sign == "." and prefix.index(place.split()[0]) > date.start:
        return None
    weight = _weigh(place, date, sign, rest, is_wire=is_wire)
    if weight < 0.5 or (sign == "." and not is_wire and not (date and date.year)):
        return None
    raw = paragraph.text[: end.end()].strip()
    return FoundDateline(paragraph, end.end(), raw, place or None, date, weight)


def _is_somebody(place: str, rest: str, words: Vocabulary) -> bool:
    """A house, or a person with an office: ``MORTEN NILSSON – CEO`` on a line that is no sentence."""
    is_on_map = (
        fold(place.split(",", maxsplit=1)[0]) in places()["towns"] or split_place(place)[1] in places()["regions"]
    )
    if is_organisation(place, words) and not is_on_map:
        return True
    is_short = len(rest.split()) < _FEWEST and (rest[-1] not in ".!?”»" or len(rest.split()) < _FEW)
    first = rest.split()[:_FEW_OF_OFFICE]
    is_called = any(is_title_word(token, words) for token in first) or is_honorific(first[0].strip(","), words)
    return is_short and is_name(place, words) and is_called


def _alone(paragraph: Paragraph, words: Vocabulary) -> FoundDateline | None:
    """``Paris, le 7 janvier 2026`` on a line of its own, or a date with a dash."""
    place, date, is_wire = _take_apart(paragraph.text.rstrip(" .:–—-"), words)
    if place == "" and date and date.year and paragraph.text[-1] in "–—-":
        return FoundDateline(paragraph, len(paragraph.text), paragraph.text, None, date, 0.7)
    if not place or not (is_wire or (date and date.year)) or not is_place(place, words):
        return None
    behind = paragraph.text[paragraph.text.find(place) + len(place) :]
    is_joined = is_wire or behind.lstrip(".")[:1] == "," or "," in place or fold(place) in places()["towns"]
    length = len(paragraph.text)
    return FoundDateline(paragraph, length, paragraph.text, place, date, 0.97 if date else 0.7) if is_joined else None


def _take_apart(prefix: str, words: Vocabulary) -> tuple[str | None, FoundDate | None, bool]:
    """Place, date and whether a news wire is named; the place is None when words are left over."""
    prefix = _DATED_WIRE.sub(r" /WIRE/, \1", prefix)
    is_wire = bool(_WIRE.search(prefix))
    text = _WIRE.sub("", prefix)
    house = _HOUSE.search(text)
    if house and (house[0].strip(" ()").islower() or fold(text[: house.start()]) in places()["towns"]):
        return text[: house.start()], None, True
    dates = find_dates(text, words)
    if dates and text[: dates[0].start].strip(" (["):
        text = _ISSUER.sub("", text)
    if len(dates) > 1:
        return None, None, False
    if dates:
        before, after = text[: dates[0].start], text[dates[0].end :]
        if before.strip(" ([") and after.strip(" )],.–—-"):
            return None, None, False
        text = before if before.strip(" ([") else after
    else:
        text = _month(words).sub("", text)
    text = _link(words).sub("", text.strip(" ,;–—-:/()[]"))
    bare = text.strip(" ,.;–—:/([")
    text = text.strip(" ,;–—:/([") if "," in text or _INITIALS.search(bare) else bare
    if text.count("(") > text.count(")"):
        text += ")"
    text = _town_words(words).sub("", text)
    return text, dates[0] if dates else None, is_wire


def is_place(text: str, words: Vocabulary) -> bool:
    """One to six words, capitalised but for particles, without figures: ``GENEVA/NEW YORK``, ``Den Haag``."""
    if len(text) > 60 or "--" in text or any(ch.isdigit() for ch in text):
        return False
    tokens = re.findall(r"[^\s,/()]+", text)
    if not 1 <= len(tokens) <= 7 or text.count(",") > 2:
        return False
    inner = _SIGNS.union(everywhere("place_particles"), particles(words))
    proper = [token for token in tokens if token.casefold() not in inner]
    return bool(proper) and all(is_name_word(token) or token in {"St.", "D.C."} for token in proper)


def _weigh(place: str, date: FoundDate | None, sign: str, rest: str, *, is_wire: bool) -> float:
    town = re.split(r"[,/(]", fold(place))[0].strip()
    is_known = town in places()["towns"] or split_place(place)[1] in places()["regions"]
    is_capital = not rest.isupper() and bool(place) and re.split(r"[,(]", place)[0].strip().isupper() and len(town) > 3
    is_dash = bool(re.search(r"[–—|-]", sign)) or sign[-1:] == ")"
    is_dash = is_dash or (sign == "]" and (is_known or "," in place))
    opens = rest.lstrip('“«"„( \u00a0\u202f')[:1]
    begins = opens.isupper() or opens.isdigit()
    if is_wire or (date and place and (is_dash or sign in {":", "."} or not sign)):
        return 0.95 if is_wire or is_dash or is_known or (date and date.year) else 0.6
    if date and not place:
        is_led = is_dash or (sign == ":" and len(rest.split()) >= _FEWEST)
        return 0.55 if is_led and date.year and begins else 0.0
    if not place or (sign != ":" and not is_dash) or not begins:
        return 0.0
    if is_known or (is_capital and len(place.split()) <= 6 and (is_dash or len(town) > 5)):
        return 0.9 if is_dash else 0.6 + 0.2 * is_capital
    return 0.6 if (is_dash and len(town.split()) <= 3 and "," in place) or (is_dash and len(town.split()) <= 2) else 0.0


@cache
def _month(words: Vocabulary) -> re.Pattern[str]:
    """``novembro de 2026`` and no day: a date that tells no day leaves the place alone."""
    return re.compile(
        rf"[\s,(]+{either(words.months)}\s+(?:{words.either('year_links')}\s+)?(?:19|20)\d\d\b\)?", re.IGNORECASE
    )


@cache
def _town_words(words: Vocabulary) -> re.Pattern[str]:
    return re.compile(rf"^{words.either('town_words')}\s+(?=[{CAPITALS}])", re.IGNORECASE)


@cache
def _link(words: Vocabulary) -> re.Pattern[str]:
    link, weekday = words.either("dateline_links"), either(words.weekdays)
    article = rf"(?:[,\s]+{words.either('day_articles')})?"
    return re.compile(rf"(?:^{link}\s+)?(?:[,\s]+{link}|[,\s(]+{weekday}{article})*[,\s(]*$", re.IGNORECASE)
