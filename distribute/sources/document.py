"""A release as numbered lines and the paragraphs they make, before anything is understood."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from distribute.domain.release import Asset, BlockKind, Mark
from distribute.sources.vocabulary import stop_words

SAFE_ADDRESSES = ("https://", "http://", "mailto:", "tel:")
"""How a link may begin; any other address is written out behind its words, so that it can be seen and corrected."""

_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u2060\ufeff"))
_CONTROLS = {code: None for code in range(32) if chr(code) not in "\t\n\r\v\f"} | {127: None}
_C1 = {code: bytes([code]).decode("cp1252", "ignore") for code in range(0x80, 0xA0) if code != 0x85}
_CLEAN = _INVISIBLE | _CONTROLS | _C1
_BREAK = re.compile("[\v\f\x85\u2028\u2029]")
_SPACES = re.compile(r"[^\S\u00a0\u202f]+")
_END = 1500
"""Lines at either end of a text among which its parts are looked for: far more than a release has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line with its 1-based number in the file.

    ``group`` counts the groups that blank lines separate; ``continues`` says that the line goes
    on with the paragraph of the line before it, ``is_wrapped`` that it does because no word of it had
    room there; ``is_margin`` that it stands in the header or footer of
    a page. In a Word document, which has no lines, ``number`` counts the paragraphs that hold text.
    """

    number: int
    text: str
    group: int
    kind: BlockKind = BlockKind.PARAGRAPH
    level: int = 0
    continues: bool = False
    is_wrapped: bool = False
    marks: tuple[Mark, ...] = ()
    is_margin: bool = False


class Paragraph(NamedTuple):
    """Lines ``start`` to ``stop`` (end exclusive, indexes into the document) read as one."""

    start: int
    stop: int
    text: str
    kind: BlockKind
    number: int
    marks: tuple[Mark, ...] = ()

    @property
    def words(self) -> int:
        return len(self.text.split())


@dataclass(frozen=True, slots=True)
class Document:
    """Every non-blank line of a text, in order, with the images its mark-up names."""

    lines: tuple[Line, ...]
    assets: tuple[Asset, ...] = ()
    is_markup: bool = False

    @property
    def text(self) -> str:
        """All lines as one text."""
        return "\n".join(line.text for line in self.lines)

    def ends(self) -> Iterator[tuple[int, Line]]:
        """Each line near the beginning or the end with its index: all but the middle, which is body."""
        middle = self.middle()
        for index, line in enumerate(self.lines):
            if index not in middle:
                yield index, line

    def middle(self) -> range:
        """The lines of a text of thousands in which no part is looked for but the body, its quotations and embargoes.

        A press release has none; they keep their place in the body, so that nothing is lost.
        """
        return range(_END, max(_END, len(self.lines) - _END))

    def paragraphs(self, indexes: Iterable[int] | None = None) -> Iterator[Paragraph]:
        """The paragraphs that these lines make; a gap between indexes ends one."""
        run: list[int] = []
        for index in range(len(self.lines)) if indexes is None else indexes:
            if run and not (index == run[-1] + 1 and self.lines[index].continues):
                yield self.join(run)
                run = []
            run.append(index)
        if run:
            yield self.join(run)

    def unwrapped(self, walls: frozenset[int] = frozenset()) -> tuple[Document, list[range]]:
        """The document with wrapped lines made whole, and the lines of this one in each of its own.

        A line of ``walls`` stays by itself.
        """
        spans: list[range] = []
        for index, line in enumerate(self.lines):
            if spans and line.is_wrapped and not {index - 1, index} & walls:
                spans[-1] = range(spans[-1].start, index + 1)
            else:
                spans.append(range(index, index + 1))
        lines = (replace(self.lines[span.start], text=self.join(span).text) for span in spans)
        return replace(self, lines=tuple(lines)), spans

    def join(self, run: Sequence[int]) -> Paragraph:
        """One paragraph of consecutive lines; a word broken at its own hyphen keeps it."""
        first = self.lines[run[0]]
        if len(run) == 1:
            return Paragraph(run[0], run[0] + 1, first.text, first.kind, first.number, first.marks)
        pieces: list[str] = []
        marks: list[Mark] = []
        length = 0
        for index in run:
            line = self.lines[index]
            if pieces and not _is_broken_word(pieces[-1], line.text):
                pieces.append(" ")
                length += 1
            marks += (replace(m, start=m.start + length, end=m.end + length) for m in line.marks)
            pieces.append(line.text)
            length += len(line.text)
        return Paragraph(run[0], run[-1] + 1, "".join(pieces), first.kind, first.number, tuple(marks))


def body_blocks(document: Document, lines: Sequence[int]) -> list[Paragraph]:
    """The paragraphs of the body; items of one list become one paragraph with an item per line."""
    runs: list[list[Paragraph]] = []
    for paragraph in document.paragraphs(lines):
        last = runs[-1][-1] if runs else None
        if last and last.kind is paragraph.kind is BlockKind.LIST and paragraph.start <= last.stop:
            runs[-1].append(paragraph)
        else:
            runs.append([paragraph])
    return [run[0] if len(run) == 1 else _one_list(run) for run in runs]


def _one_list(items: Sequence[Paragraph]) -> Paragraph:
    marks: list[Mark] = []
    shift = 0
    for item in items:
        marks += (replace(mark, start=mark.start + shift, end=mark.end + shift) for mark in item.marks)
        shift += len(item.text) + 1
    text = "\n".join(item.text for item in items)
    return items[0]._replace(stop=items[-1].stop, text=text, marks=tuple(marks))


def clean(text: str) -> str:
    """A line as it will be shown.

    Invisible characters go; U+0080 to U+009F become the Windows-1252 characters they were meant to
    be (WHATWG Encoding, section 9.1, reads them so); runs of white space become one space, while
    no-break spaces stay; nothing is left at either end.
    """
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip()
    return _SPACES.sub(" ", text.translate(_CLEAN)).strip()


def clean_marked(text: str, marks: Sequence[Mark]) -> tuple[str, tuple[Mark, ...]]:
    """A cleaned line with its marks moved to where their characters went; one that holds only spaces goes."""
    shown = clean(text)
    places = _places(text, len(shown)) if marks and shown != text else range(len(text) + 1)
    moved = []
    for mark in marks:
        start, end = places[mark.start], places[mark.end]
        inner = shown[start:end]
        start += len(inner) - len(inner.lstrip())
        end -= len(inner) - len(inner.rstrip())
        if start < end:
            moved.append(replace(mark, start=start, end=end))
    return shown, tuple(moved)


def _places(text: str, longest: int) -> Sequence[int]:
    """Where each character of a text, and its end, comes to stand when it is cleaned."""
    places, length, was_space = [], 0, True
    for ch in text:
        places.append(length)
        kept = ch.translate(_CLEAN)
        is_space = bool(_SPACES.fullmatch(kept)) or (not length and kept.isspace())
        length += 0 if is_space and was_space else len(kept)
        was_space = is_space if kept else was_space
    return [min(place, longest) for place in [*places, length]]


def physical_lines(text: str) -> Iterator[tuple[int, str]]:
    """Each line with its number; soft breaks (VT, FF, NEL, U+2028, U+2029) end a line without counting."""
    for number, raw in enumerate(re.split(r"\r\n|\r|\n", text), 1):
        for piece in _BREAK.split(raw):
            yield number, piece


def _is_broken_word(before: str, after: str) -> bool:
    """``net-`` and ``work``; not ``Post-`` and ``und Fernmeldedienste``, where the hyphen stands for a word."""
    is_broken = len(before) > 1 and before[-1] in "-\u2010" and before[-2].isalnum() and after[:1].islower()
    return is_broken and after.split(None, 1)[0] not in frozenset().union(*stop_words().values())
