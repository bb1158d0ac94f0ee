"""The one place that decides: proposals of all recognisers to the part each line belongs to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import islice
from typing import NamedTuple

from distribute.sources.document import Document, Paragraph
from distribute.sources.headings import choose_headline, is_prose
from distribute.sources.masthead import HeadClues, is_detail
from distribute.sources.parts import Part, Proposal
from distribute.sources.people import is_house, names_issuer
from distribute.sources.recognisers.closing import (
    find_voices,
    heading_kind,
    propose_end_marks,
    propose_footers,
    propose_footnotes,
    propose_separators,
)
from distribute.sources.recognisers.contact_labels import is_contact_label
from distribute.sources.recognisers.contacts import propose_contacts
from distribute.sources.recognisers.dateline import FoundDateline, find_dateline
from distribute.sources.recognisers.issuers import describes_issuer, is_self_description, speaks_of_issuer
from distribute.sources.recognisers.opening import propose_opening
from distribute.sources.recognisers.quotation_marks import has_double_marks
from distribute.sources.vocabulary import Vocabulary, fold

_HEAD = 300
"""Paragraphs of the head in which dateline and headline are looked for, and of the tail in which the issuer is."""
_DESKS, _LONGEST_DESK = 12, 500
_TOP = 25
_MOST_OF_ISSUER = 3
_FEWEST = 3
_LONG_NOTE = 12
_ABOUT_ISSUER = (Part.LETTERHEAD, Part.CONTACT, Part.FOOTER, Part.LABEL)


class Resolved(NamedTuple):
    """The part of every line, in order, with what the dateline said."""

    parts: tuple[Part, ...]
    dateline: FoundDateline | None
    contact_blocks: tuple[tuple[int, ...], ...]

    def lines(self, *parts: Part) -> list[int]:
        return [index for index, part in enumerate(self.parts) if part in parts]


def resolve(document: Document, words: Vocabulary, *, has_headline: bool = False) -> Resolved:
    """Give each line its part. The weightier proposal takes a line; what nobody claims is head or body.

    ``has_headline`` says that the front matter names the headline, so none is looked for.
    """
    return _Resolver(document, words).resolve(has_headline=has_headline)


class _Resolver:
    def __init__(self, document: Document, words: Vocabulary) -> None:
        self.document, self.words = document, words
        self.parts: list[Part | None] = [None] * len(document.lines)
        self.contact_blocks: list[tuple[int, ...]] = []
        self.end_mark = len(document.lines)
        self.whole = fold(document.text)

    def resolve(self, *, has_headline: bool) -> Resolved:
        self._claim([*propose_opening(self.document, self.words), *propose_end_marks(self.document, self.words)])
        if Part.END_MARK in self.parts:
            self.end_mark = self.parts.index(Part.END_MARK)
        self._claim(propose_footers(self.document, self.words))
        starts = self._section_starts()
        walls = frozenset(index for index, part in enumerate(self.parts) if part)
        walls = walls.union(starts, self.document.middle())
        for proposal in sorted(propose_contacts(self.document, self.words, walls), key=lambda item: -item.weight):
            if taken := self._take(proposal):
                self.contact_blocks.append(taken)
        self._settle_margins()
        self._claim(self._sections(starts))
        self._claim([*propose_footnotes(self.document), *propose_separators(self.document)])
        dateline = find_dateline(list(islice(self.document.paragraphs(self._free()), _HEAD)), self.words)
        if dateline and dateline.is_alone:
            self._assign(dateline.paragraph, Part.DATE)
        self._settle_head(dateline, has_headline=has_headline)
        self._settle_tail()
        blocks = tuple(sorted(self.contact_blocks))
        return Resolved(tuple(part or Part.BODY for part in self.parts), dateline, blocks)

    def _claim(self, proposals: Iterable[Proposal]) -> None:
        for proposal in sorted(proposals, key=lambda item: (-item.weight, item.lines)):
            self._take(proposal)

    def _take(self, proposal: Proposal) -> tuple[int, ...]:
        """The lines of a proposal that are still free; they are no longer."""
        free = tuple(index for index in proposal.lines if self.parts[index] is None)
        for index in free:
            self.parts[index] = proposal.part
        return free

    def _settle_margins(self) -> None:
        """What stands in headers and footers of pages, and is no release line or contact, is no text either."""
        text = [index for index, line in enumerate(self.document.lines) if not line.is_margin]
        for index, line in enumerate(self.document.lines):
            if line.is_margin and self.parts[index] is None:
                self.parts[index] = Part.LETTERHEAD if text and index < text[0] else Part.FOOTER

    def _free(self) -> list[int]:
        return [index for index, part in enumerate(self.parts) if part is None]

    def _section_starts(self) -> dict[int, Part]:
        """Lines that open boilerplate or notes, below the first prose: above it they are headlines."""
        kinds: dict[int, Part] = {}
        middle, is_late = self.document.middle(), False
        for paragraph in self.document.paragraphs():
            if is_late and paragraph.start not in middle and self.parts[paragraph.start] is None:
                kind = heading_kind(paragraph.text, self.words)
                if kind and not is_contact_label(paragraph.text, self.words):
                    kinds[paragraph.start] = kind
            is_late = is_late or is_prose(paragraph) or self.parts[paragraph.start] is Part.END_MARK
        return kinds

    def _sections(self, starts: dict[int, Part]) -> Iterator[Proposal]:
        for start, kind in starts.items():
            if kind is Part.NOTES and not self._ends_body(start):
                continue
            stop = start + 1
            while stop < len(self.parts) and stop not in starts and self.parts[stop] is None:
                stop += 1
            if kind is Part.BOILERPLATE and (end := find_voices(self.document, start + 1, stop)) < stop:
                yield Proposal(Part.BODY, tuple(range(end, stop)), 0.7)
                stop = end
            yield Proposal(kind, tuple(range(start, stop)), 0.7 if kind is Part.BOILERPLATE else 0.6)

    def _ends_body(self, start: int) -> bool:
        """Notes begin behind the end mark, or under a heading that names the editor; else it is a cross-heading."""
        if self.end_mark < start:
            return True
        return len(self.document.lines[start].text.split()) > 1 or start > len(self.parts) * 0.6

    def _settle_head(self, dateline: FoundDateline | None, *, has_headline: bool) -> None:
        paragraphs = [p for p in islice(self.document.paragraphs(self._free()), _HEAD) if self._is_before_end(p)]
        short = [p for p in paragraphs[:_DESKS] if len(p.text) <= _LONGEST_DESK]
        desks = frozenset(p.start for p in short if names_issuer(p.text, self.words))
        houses = desks | {p.start for p in short if is_house(p.text, self.words)}
        clues = HeadClues(
            dateline=dateline.paragraph if dateline else None,
            furniture=self._furniture(),
            groups=tuple(line.group for line in self.document.lines),
            is_form=self._is_form(),
            whole=self.whole,
            desks=desks,
            houses=houses,
            small=self.words.stop_words,
        )
        choice = choose_headline(paragraphs, clues)
        for paragraph in paragraphs[: choice.lead]:
            self._assign(paragraph, Part.SUBHEAD)
        for paragraph in choice.letterhead:
            self._assign(paragraph, Part.LETTERHEAD)
        for paragraph in choice.headline:
            self._assign(paragraph, Part.SUBHEAD if has_headline else Part.HEADLINE)

    def _is_form(self) -> bool:
        """Two or more rows such as ``WHERE: National Press Club`` stand near the top."""
        top = zip(self.document.lines[:_TOP], self.parts, strict=False)
        return sum(part in {None, Part.DATE, Part.LETTERHEAD} and is_detail(line) for line, part in top) > 1

    def _is_before_end(self, paragraph: Paragraph) -> bool:
        return paragraph.start < self.end_mark

    def _furniture(self) -> tuple[int, ...]:
        """The lines near the top that others claimed: labels, dates, release lines, contacts."""
        return tuple(index for index, part in enumerate(self.parts[:_TOP]) if part is not None)

    def _settle_tail(self) -> None:
        """What is left behind the end mark or the contacts: the issuer describing itself, or notes."""
        body_end = self._body_end()
        free = [index for index in self._free() if index >= body_end]
        for place, paragraph in enumerate(self.document.paragraphs(free)):
            is_own = place < _HEAD and self._is_own(paragraph, body_end)
            self._assign(paragraph, Part.BOILERPLATE if is_own else Part.NOTES)
        if Part.BOILERPLATE not in self.parts:
            self._settle_last(body_end)

    def _is_own(self, paragraph: Paragraph, body_end: int) -> bool:
        if is_self_description(paragraph.text, self.words):
            return True
        is_first = Part.BOILERPLATE not in self.parts and body_end < len(self.parts)
        return is_first and is_prose(paragraph) and speaks_of_issuer(paragraph.text, self.words, self.whole)

    def _settle_last(self, body_end: int) -> None:
        """The last paragraph of the body may be a self-description that no heading announces, or a long note.

        Of the issuer whose name stands above the text or among the contacts, the last three may be.
        """
        body = list(self.document.paragraphs(i for i in self._free() if i < body_end))
        start = max(_FEWEST, len(body) - _MOST_OF_ISSUER)
        for place, paragraph in enumerate(body[start:], start):
            is_said = any(has_double_marks(p.text) for p in body[place:])
            if not is_said and self._is_description(paragraph, is_last=place == len(body) - 1):
                for own in body[place:]:
                    self._assign(own, Part.BOILERPLATE)
                return
        for paragraph in islice(self.document.paragraphs(self._of(Part.NOTES)), _HEAD):
            if paragraph.words >= _LONG_NOTE and self._is_description(paragraph, is_last=False):
                self._assign(paragraph, Part.BOILERPLATE)

    def _is_description(self, paragraph: Paragraph, *, is_last: bool) -> bool:
        text = paragraph.text
        if is_last:
            return is_self_description(text, self.words) or describes_issuer(text, self.words, self.whole)
        return describes_issuer(text, self.words, f"{self._around} {fold(text)}")

    @cached_property
    def _around(self) -> str:
        """What stands about the text and names its issuer, folded; asked when all of it is settled."""
        return fold(" ".join(self.document.lines[index].text for index in self._of(*_ABOUT_ISSUER)))

    def _of(self, *parts: Part) -> list[int]:
        return [index for index, part in enumerate(self.parts) if part in parts]

    def _body_end(self) -> int:
        """The end mark; without one, the first contact block or section behind prose."""
        if self.end_mark < len(self.parts):
            return self.end_mark
        closing = {Part.CONTACT, Part.BOILERPLATE, Part.NOTES}
        prose = [p.start for p in self.document.paragraphs(self._free()) if is_prose(p)]
        ends = [i for i, part in enumerate(self.parts) if part in closing and prose and i > prose[0]]
        first = ends[0] if ends else len(self.parts)
        later = sum(start > first for start in prose)
        return first if later * 3 <= len(prose) else len(self.parts)

    def _assign(self, paragraph: Paragraph, part: Part) -> None:
        for index in range(paragraph.start, paragraph.stop):
            self.parts[index] = part
