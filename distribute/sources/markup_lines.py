"""The tree of an HTML text to lines: which of them are one block, what kind it is, and what is marked in it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from lxml import etree

from distribute.domain.release import Asset, BlockKind, Mark, MarkKind
from distribute.sources.document import SAFE_ADDRESSES, Line, clean_marked
from distribute.sources.markup_lists import ListNumbers
from distribute.sources.markup_tags import BLOCKS, CELLS, HEADINGS, LISTS, PARAGRAPHS, QUOTES
from distribute.sources.table_rows import joined_row

PLACE = "data-line"
"""The attribute that tells an element's line in the file; without it, paragraphs are counted."""

_STYLES = {"strong": MarkKind.STRONG, "b": MarkKind.STRONG, "em": MarkKind.EMPHASIS, "i": MarkKind.EMPHASIS}
_RAISED = str.maketrans("0123456789+-−n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻ⁿ")
_LOWERED = str.maketrans("0123456789+-−", "₀₁₂₃₄₅₆₇₈₉₊₋₋")
_NUMBER = re.compile(r"[+\-−]?\d{1,6}|n")
_WHITE = re.compile(r"[ \t\n\r\f]+")
_SHORT = 90


def _is_safe(href: str | None) -> bool:
    return href is None or href.lower().startswith(SAFE_ADDRESSES)


class _Style(NamedTuple):
    element: etree._Element
    kind: MarkKind
    start: int
    href: str | None = None


@dataclass(slots=True)
class MarkupReader:
    """Walks a tree once and keeps ``lines`` and ``assets``.

    Short paragraphs that follow each other are a group, as the lines of a contact are; an empty one
    ends it. A caption belongs to the image above it, else to the one below.
    """

    pictures: Mapping[str, Asset]
    lines: list[Line] = field(default_factory=list)
    assets: list[Asset] = field(default_factory=list)
    rows: list[list[list[Line]]] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)
    length: int = 0
    marks: list[Mark] = field(default_factory=list)
    opened: list[_Style] = field(default_factory=list)
    block: list[tuple[str, tuple[Mark, ...], int]] = field(default_factory=list)
    within: list[str] = field(default_factory=list)
    said: list[int] = field(default_factory=list)
    place: int | None = None
    begun: int | None = None
    number: int = 0
    group: int = 0
    was_short: bool = False
    is_pictured: bool = False
    has_picture: bool = False
    numbers: ListNumbers = field(default_factory=ListNumbers)
    caption: list[Line] = field(default_factory=list)
    above: list[Line] = field(default_factory=list)

    def read(self, root: etree._Element) -> None:
        for event, element in etree.iterwalk(root, events=("start", "end")):
            if event == "start":
                self._open(element)
                self._say(element.text or "", element)
            else:
                self._close(element)
                self._say(element.tail or "", element.getparent())
        self._end_block()
        self._release_caption()

    # ---- elements

    def _open(self, element: etree._Element) -> None:
        tag = element.tag
        if tag in BLOCKS:
            self._end_block()
            self.numbers.open(element)
            self.within.append("figcaption" if element.get("class") == "caption" else tag)
            self.said.append(self._count())
            if tag == "tr":
                self.rows.append([])
            elif tag in CELLS and self.rows:
                self.rows[-1].append([])
            if tag in CELLS | {"table", "figure"}:
                self._part()
        self.place = int(element.get(PLACE) or 0) or self.place
        if tag == "br":
            self._end_line()
        elif tag == "img":
            self._add_picture(element)
        elif tag in _STYLES:
            self.opened.append(_Style(element, _STYLES[tag], self.length))
        elif tag == "a" and element.get("href"):
            self.opened.append(_Style(element, MarkKind.LINK, self.length, (element.get("href") or "").strip()))
        elif tag == "q":
            self._add("“")

    def _close(self, element: etree._Element) -> None:
        if self.opened and self.opened[-1].element is element:
            self._end_style(self.opened.pop())
        elif element.tag == "q":
            self._add("”")
        if element.tag not in BLOCKS:
            return
        self._end_block()
        self.numbers.close(element)
        self.within.pop()
        if self.said.pop() == self._count() and element.tag in PARAGRAPHS:
            self._part()
        if element.tag == "tr":
            self._end_row()

    def _end_style(self, style: _Style) -> None:
        href = style.href
        if href is None or _is_safe(href):
            if self.length > style.start:
                self.marks.append(Mark(start=style.start, end=self.length, kind=style.kind, href=href))
        elif not href.startswith("#") and not "".join(self.pieces[-4:]).endswith(href):
            self._add(f" ({href})")

    def _add_picture(self, element: etree._Element) -> None:
        address = (element.get("src") or "").strip()
        known = self.pictures.get(address)
        if known is None and not address:
            return
        asset = known or Asset(url=address, alt=element.get("alt") or None, caption=element.get("title") or None)
        self.above, self.caption = self.caption, []
        stated = " ".join(line.text for line in self.above) or asset.caption
        self.assets.append(replace(asset, caption=stated, line=self.place or self.number + 1))
        self.has_picture = self.is_pictured = True

    # ---- text

    def _say(self, text: str, element: etree._Element | None) -> None:
        if not text:
            return
        if "pre" in self.within:
            first, *others = text.split("\n")
            self._add(first)
            for other in others:
                self._end_line()
                self._add(other)
            return
        tag = element.tag if element is not None else ""
        if tag in {"sup", "sub"} and _NUMBER.fullmatch(text.strip()) and self.length:
            text = text.translate(_RAISED if tag == "sup" else _LOWERED)
        text = _WHITE.sub(" ", text)
        if text.startswith(" ") and (not self.pieces or self.pieces[-1].endswith(" ")):
            text = text[1:]
        self._add(text)

    def _add(self, text: str) -> None:
        if text:
            if text.strip() and (number := self.numbers.take()):
                self.opened = [style._replace(start=style.start + len(number)) for style in self.opened]
                text = number + text
            self.begun = self.begun if self.pieces else self.place
            self.pieces.append(text)
            self.length += len(text)

    def _end_line(self) -> None:
        text = "".join(self.pieces)
        marks = self.marks + [
            Mark(start=style.start, end=self.length, kind=style.kind, href=style.href)
            for style in self.opened
            if self.length > style.start and _is_safe(style.href)
        ]
        shown, kept = clean_marked(text, marks)
        if shown:
            self.block.append((shown, kept, self.begun or 0))
        self.pieces, self.length, self.marks = [], 0, []
        self.opened = [style._replace(start=0) for style in self.opened]

    def _end_block(self) -> None:
        """What was said since the last block began becomes lines."""
        self._end_line()
        has_picture, self.has_picture = self.has_picture, False
        if not self.block:
            return
        self.number += 1
        kind, level = self._kind()
        is_short = kind is BlockKind.PARAGRAPH and all(
            len(text) <= _SHORT and text[-1] not in ".!?…”»" for text, _, _ in self.block
        )
        if not (is_short and self.was_short):
            self.group += 1
        self.was_short = is_short
        lines = [
            Line(number=place or self.number, text=text, group=self.group, kind=kind, level=level, marks=marks)
            for text, marks, place in self.block
        ]
        self.block = []
        self._keep(lines, has_picture=has_picture)

    def _kind(self) -> tuple[BlockKind, int]:
        level = next((HEADINGS[tag] for tag in reversed(self.within) if tag in HEADINGS), 0)
        if level:
            return BlockKind.HEADING, level
        if any(tag in LISTS for tag in self.within):
            return BlockKind.LIST, 0
        return BlockKind.QUOTE if any(tag in QUOTES for tag in self.within) else BlockKind.PARAGRAPH, 0

    # ---- where lines go

    def _keep(self, lines: list[Line], *, has_picture: bool) -> None:
        if "figcaption" not in self.within:
            self._release_caption()
            self.is_pictured = has_picture
            self._target().extend(lines)
        elif self.is_pictured:
            self._target().extend(self.above)  # it stood above a picture that has one below
            self.assets[-1] = replace(self.assets[-1], caption=" ".join(line.text for line in lines))
            self.is_pictured, self.above = False, []
        else:
            self._release_caption()
            self.caption = lines

    def _release_caption(self) -> None:
        """A caption that no picture came for is text."""
        self._target().extend(self.caption)
        self.caption = []

    def _target(self) -> list[Line]:
        cells = next((row for row in reversed(self.rows) if row), None)
        return cells[-1] if cells else self.lines

    def _end_row(self) -> None:
        if self.rows:
            row = self.rows.pop()
            self._target().extend(joined_row(row))

    def _count(self) -> int:
        return self.number + len(self.assets)

    def _part(self) -> None:
        """A blank line: what follows is a group of its own."""
        self.was_short = False
