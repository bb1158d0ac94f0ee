"""The head of a release: which paragraph is the headline, which stand under it, and where the text begins."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from distribute.domain.release import BlockKind
from distribute.sources.document import Paragraph

_ENDS = '.!?…”»"):'
_LONG = 28
_SHORT = 9
_LONGEST_SUBHEAD = 45
_LONGEST_NAME = 6
_LONGEST_DESK = 9
_FEWEST = 4
_BAR = re.compile(r"\s[•·|]\s")
_ADDRESS = re.compile(
    r"^(?:https?://|www\.)\S+$|\b[A-Z]\d[A-Z]\s?\d[A-Z]\d\b|\b[A-Z]{2}\s\d{5}\b|^\d{1,5},?\s(?:rue|av|avenue|boulevard|bd)\b"
    r"|^\d{1,5}\s[A-Z][\w.]*(?:\s[A-Z][\w.]*)*\s(?:Street|St|Avenue|Ave|Road|Rd|Boulevard|Blvd|Drive|Lane|Square)\b"
    r"|\b\w+(?:straße|strasse|str\.|straat|laan|gracht)\s\d|\b(?:Calle|Plaza|Avenida|Rua)\s\w+.*\d"
)


class HeadChoice(NamedTuple):
    """``lead`` is the position, among the paragraphs asked about, of the first one of the body."""

    headline: tuple[Paragraph, ...]
    letterhead: tuple[Paragraph, ...]
    lead: int


def is_prose(paragraph: Paragraph) -> bool:
    """Sentences rather than a line of the head."""
    if paragraph.kind is BlockKind.HEADING:
        return False
    ends = paragraph.text.rstrip()[-1:]
    return paragraph.words > _LONG or (paragraph.words >= _SHORT and bool(ends) and ends in _ENDS)


def is_heading_like(paragraph: Paragraph) -> bool:
    """A short line without a full stop: a cross-heading when prose follows it."""
    ends = paragraph.text.rstrip("’“'")[-1:]
    return paragraph.words <= 12 and len(paragraph.text) <= 90 and ends not in {"", *'.!…,;:”»"'}


class HeadClues(NamedTuple):
    """What others know of the head.

    ``dateline`` is the paragraph that holds it; ``opening`` the line of the release line or label, or
    -1; ``whole`` the text of the file; ``desks`` the lines that name the house a text comes from.
    """

    dateline: Paragraph | None = None
    opening: int = -1
    whole: str = ""
    desks: frozenset[int] = frozenset()


def choose_headline(paragraphs: Sequence[Paragraph], clues: HeadClues) -> HeadChoice:
    """The headline, the letterhead above it and the lead below it, of the paragraphs nobody else claimed.

    A letterhead is a few words above the release line, a house's name, or words that stand again in
    the text as an issuer's name does and a headline does not, each with a longer line below.
    """
    lead = _find_lead(paragraphs, clues.dateline)
    head = paragraphs[:lead]
    if not head:
        return HeadChoice(_below_lead(paragraphs, clues.dateline), (), lead)
    first = next((place for place, p in enumerate(head) if p.kind is BlockKind.HEADING and lead), None)
    if first is None:
        first = _skip_letterhead(head, clues)
    last = first + 1
    while last < len(head) and _is_second_half(head[last - 1], head[last]):
        last += 1
    return HeadChoice(tuple(head[first:last]), tuple(head[:first]), lead)


def _below_lead(paragraphs: Sequence[Paragraph], dateline: Paragraph | None) -> tuple[Paragraph, ...]:
    """Desks that send the lead first set the headline under it: the one line of its kind, with text below."""
    if dateline is None or len(paragraphs) < 3 or paragraphs[0].start != dateline.start:
        return ()
    lines = [p for p in paragraphs[1:] if p.kind is not BlockKind.LIST and not is_prose(p) and is_heading_like(p)]
    is_only = lines == [paragraphs[1]] and lines[0].words >= _FEWEST and _prose_follows(paragraphs, 2)
    return (paragraphs[1],) if is_only else ()


def _find_lead(paragraphs: Sequence[Paragraph], dateline: Paragraph | None) -> int:
    """The paragraph with the dateline, else the first prose below a first line; the first of all has no headline."""
    for place, paragraph in enumerate(paragraphs):
        if dateline is not None and paragraph.start == dateline.start:
            return place
        if is_prose(paragraph) and (place or not _can_be_headline(paragraph, paragraphs)):
            return place
        if paragraph.kind is BlockKind.LIST and place:
            return place
        if place and dateline is None and not _prose_follows(paragraphs, place):
            return place
        if paragraph.words > _LONGEST_SUBHEAD:
            return place
    return len(paragraphs)


def _prose_follows(paragraphs: Sequence[Paragraph], place: int) -> bool:
    return any(is_prose(paragraph) for paragraph in paragraphs[place : place + 8])


def _can_be_headline(paragraph: Paragraph, paragraphs: Sequence[Paragraph]) -> bool:
    return paragraph.words <= _LONG and len(paragraphs) > 1


def _skip_letterhead(head: Sequence[Paragraph], clues: HeadClues) -> int:
    first = 0
    while first + 1 < len(head) and _is_above(head[first], head[first + 1 :], clues):
        first += 1
    return first


def _is_above(paragraph: Paragraph, below: Sequence[Paragraph], clues: HeadClues) -> bool:
    is_outdone = any(other.words > paragraph.words for other in below)
    is_repeated = paragraph.words <= _LONGEST_NAME and clues.whole.count(paragraph.text) > 1
    is_house = paragraph.start in clues.desks and paragraph.words <= _LONGEST_DESK
    is_followed = is_house and any(other.words >= _FEWEST for other in below)
    return _is_letterhead(paragraph, below, clues.opening) or (is_outdone and is_repeated) or is_followed


def _is_letterhead(paragraph: Paragraph, below: Sequence[Paragraph], opening: int) -> bool:
    if below and (
        _ADDRESS.search(paragraph.text) or (paragraph.words <= _LONGEST_DESK and _BAR.search(paragraph.text))
    ):
        return True
    is_above = paragraph.start < opening
    is_short = paragraph.words <= 6
    is_outdone = any(other.start > opening and other.words >= max(4, paragraph.words) for other in below)
    return (is_above and is_short and is_outdone) or (paragraph.words <= 2 and is_outdone and opening < 0)


def _is_second_half(before: Paragraph, after: Paragraph) -> bool:
    """One headline set over two lines: both in capitals, or the first breaking off."""
    if after.start != before.stop or after.kind is not before.kind:
        return False
    return (before.text.isupper() and after.text.isupper()) or before.text[-1] in ",–—-"
