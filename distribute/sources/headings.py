"""The head of a release: which paragraph is the headline, which stand under it, and where the text begins."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from distribute.domain.release import BlockKind
from distribute.sources.document import Paragraph
from distribute.sources.masthead import HeadClues, find_headline, is_address, is_detail, is_title

_MARKED = re.compile(r"\((?:TM|R|SM|C)\)$")
_ENDS = '.!?…”»"):'
_LONG = 28
_LONG_LINE = 40
_LONGEST_SENTENCE = 18
_SHORT = 9
_LONGEST_SUBHEAD = 45
_FEWEST = 4
_MOST_SUBHEADS = 3
_WEAK = 1.5
_LONGEST_PAIR = 18
_ALIKE = 1.3
_LONGEST_HEAD = 14
_HOPELESS = 0.5
_LONGEST_CALL = 16


class HeadChoice(NamedTuple):
    """``lead`` is the position, among the paragraphs asked about, of the first one of the body."""

    headline: tuple[Paragraph, ...]
    letterhead: tuple[Paragraph, ...]
    lead: int


def is_prose(paragraph: Paragraph) -> bool:
    """Sentences rather than a line of the head."""
    if paragraph.kind is BlockKind.HEADING:
        return False
    words, ends = paragraph.words, _MARKED.sub("", paragraph.text).rstrip(" ’'")[-1:]
    if words > _LONGEST_SUBHEAD:
        return True
    return words >= _SHORT and bool(ends) and (ends in _ENDS or words > _LONG_LINE)


def is_heading_like(paragraph: Paragraph) -> bool:
    """A short line without a full stop: a cross-heading when prose follows it."""
    ends = paragraph.text.rstrip("’“'")[-1:]
    return len(paragraph.text) <= 90 and paragraph.words <= 12 and ends not in {"", *'.!…,;:”»"'}


def choose_headline(paragraphs: Sequence[Paragraph], clues: HeadClues) -> HeadChoice:
    """The headline, the letterhead above it and the lead below it, of the paragraphs nobody else claimed."""
    lead = _find_lead(paragraphs, clues.dateline)
    head = paragraphs[:lead]
    runs = list(_runs(head, clues))
    found = find_headline([joined(run) for run in runs], paragraphs[lead:], clues) if head else None
    if (found is None or found.weight < _WEAK) and (below := _below_lead(paragraphs[lead:], clues.dateline)):
        return HeadChoice(below, tuple(head), lead)
    if found is not None and found.best <= _HOPELESS and _is_short_above_prose(paragraphs, lead, clues):
        return HeadChoice((paragraphs[lead],), tuple(head), lead + 1)
    if found is None:
        return HeadChoice((), (), lead)
    above = tuple(paragraph for run in runs[: found.place] for paragraph in run)
    return HeadChoice(tuple(runs[found.place]), above, lead)


def _runs(head: Sequence[Paragraph], clues: HeadClues) -> Iterator[list[Paragraph]]:
    """The paragraphs of a head with those that are one line set over two or three made one."""
    run: list[Paragraph] = []
    for paragraph in head:
        if run and not _goes_on(run[-1], paragraph, clues):
            yield run
            run = []
        run.append(paragraph)
    if run:
        yield run


def joined(run: Sequence[Paragraph]) -> Paragraph:
    return run[0]._replace(text=" ".join(paragraph.text for paragraph in run), stop=run[-1].stop)


def _is_short_above_prose(paragraphs: Sequence[Paragraph], lead: int, clues: HeadClues) -> bool:
    """Below nothing but letterhead, the first short sentence is the headline, unless the dateline stands in it."""
    is_dated = clues.dateline is not None and lead < len(paragraphs) and paragraphs[lead].start == clues.dateline.start
    is_short = lead < len(paragraphs) and paragraphs[lead].words <= _LONG
    return is_short and not is_dated and _prose_follows(paragraphs, lead + 1)


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
        if _is_called(paragraphs, place):
            continue
        if place and _is_above_dateline(paragraphs, place, dateline):
            continue
        if is_prose(paragraph) and (place or not _can_be_headline(paragraph, paragraphs)):
            return place
        if paragraph.kind is BlockKind.LIST and place:
            return place
        if place and dateline is None and not _prose_follows(paragraphs, place):
            return place
        if paragraph.words > _LONGEST_SUBHEAD:
            return place
    return len(paragraphs)


def _is_above_dateline(paragraphs: Sequence[Paragraph], place: int, dateline: Paragraph | None) -> bool:
    """A short sentence between headline and dateline is a subhead, not yet the text."""
    near = paragraphs[place + 1 : place + 1 + _MOST_SUBHEADS]
    is_near = dateline is not None and any(paragraph.start == dateline.start for paragraph in near)
    return is_near and paragraphs[place].words <= _LONGEST_SUBHEAD and paragraphs[place].kind is not BlockKind.LIST


def _is_called(paragraphs: Sequence[Paragraph], place: int) -> bool:
    """``180 post offices to close: they go on, and so do we!``: a headline that calls or asks, above longer prose."""
    paragraph = paragraphs[place]
    below = paragraphs[place + 1] if place + 1 < len(paragraphs) else None
    is_call = paragraph.text[-1] in "!?" and paragraph.words <= _LONGEST_CALL
    return is_call and below is not None and is_prose(below) and below.words > paragraph.words


def _prose_follows(paragraphs: Sequence[Paragraph], place: int) -> bool:
    return any(is_prose(paragraph) for paragraph in paragraphs[place : place + _LONGEST_HEAD])


def _can_be_headline(paragraph: Paragraph, paragraphs: Sequence[Paragraph]) -> bool:
    longest = _LONGEST_SENTENCE if paragraph.text.endswith(".") else _LONG
    return paragraph.words <= longest and len(paragraphs) > 1


def _goes_on(before: Paragraph, after: Paragraph, clues: HeadClues) -> bool:
    """One headline set over two lines: both in capitals, the first breaking off, or a title's two halves."""
    if after.start != before.stop or after.kind is not before.kind or is_address(before) or is_address(after):
        return False
    if {before.start, after.start} & clues.desks or is_detail(before) or is_detail(after):
        return False
    if after.start >= len(clues.groups):
        return False
    group, other = clues.groups[before.start], clues.groups[after.start]
    capitals = before.text.isupper() + after.text.isupper()
    if (capitals == 2 and (group == other or before.words >= _FEWEST)) or before.text[-1] in ",–—-":
        return True
    if group == other and before.text[-1] == ":" and capitals == 2:
        return True
    near = clues.groups[max(before.start - 1, 0) : after.stop + 1]
    is_pair = group == other and near.count(group) == after.stop - before.start and is_title(before, clues)
    is_short = before.words >= _FEWEST and before.words + after.words <= _LONGEST_PAIR
    is_alike = capitals != 1 and len(after.text) <= _ALIKE * len(before.text)
    return is_pair and is_short and is_alike and before.text[-1] not in ".!?:"
