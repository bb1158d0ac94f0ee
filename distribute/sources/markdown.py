"""Markdown to the same document that pasted text makes, with its emphasis, links and images."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

from distribute.domain.release import Asset, BlockKind, Mark, MarkKind
from distribute.sources.document import SAFE_ADDRESSES, Document, Line, clean, clean_marked, physical_lines

_SIGNS_ONLY = re.compile(r"[\s#*\-–—_]+")
_SIGNS = re.compile(r"[\\`*_\[<&]")
_EFFORT = 10_000_000
_LEAST_EFFORT = 1000
_STYLES = {"strong_open": MarkKind.STRONG, "em_open": MarkKind.EMPHASIS, "link_open": MarkKind.LINK}


def read_markdown(text: str) -> Document:
    """The document of a Markdown text (CommonMark 0.31; HTML in it stays text).

    Links lead to https, http, mailto or tel; any other address is written out behind its words, so
    that it can be seen and corrected. Each sign (``*``, ``[`` and the like) may make the parser look
    through the whole of its block: from where signs times characters come to more than any release
    has, blocks stay as they are written.
    """
    numbers, source = zip(*physical_lines(text), strict=True)
    parser = MarkdownIt("commonmark", {"html": False}).disable(["html_block", "html_inline"])
    parser.core.ruler.enableOnly(["normalize", "block"])
    reader = _Reader(source, numbers, parser)
    reader.read(parser.parse("\n".join(source), reader.references))
    return Document(tuple(reader.lines), tuple(reader.assets), is_markup=True)


@dataclass(slots=True)
class _Open:
    kind: MarkKind
    start: int
    href: str | None = None


@dataclass(slots=True)
class _Reader:
    source: Sequence[str]
    numbers: Sequence[int]
    parser: MarkdownIt
    references: dict[str, Any] = field(default_factory=dict)
    effort: int = 0
    lines: list[Line] = field(default_factory=list)
    assets: list[Asset] = field(default_factory=list)
    group: int = 0
    lists: int = 0
    quotes: int = 0
    number: str = ""

    def read(self, tokens: Sequence[Token]) -> None:
        level = 0
        for token in tokens:
            self._nest(token)
            if token.type == "heading_open":
                level = int(token.tag[1])
            elif token.type == "heading_close":
                level = 0
            elif token.type == "inline":
                self._read_inline(token, level)
            elif token.type in {"hr", "code_block", "fence", "html_block"} and token.map:
                self._read_source(token.map[0], token.map[1])

    def _nest(self, token: Token) -> None:
        if token.type in {"bullet_list_open", "bullet_list_close", "ordered_list_open", "ordered_list_close"}:
            self.lists += token.nesting
        elif token.type in {"blockquote_open", "blockquote_close"}:
            self.quotes += token.nesting
        elif token.type == "list_item_open":
            self.number = f"{token.info}{token.markup} " if token.info else ""

    def _kind(self, level: int) -> BlockKind:
        if level:
            return BlockKind.HEADING
        if self.lists:
            return BlockKind.LIST
        return BlockKind.QUOTE if self.quotes else BlockKind.PARAGRAPH

    def _read_inline(self, token: Token, level: int) -> None:
        first, last = token.map or (0, 1)
        self.group += 1
        if level and _SIGNS_ONLY.fullmatch(self.source[first]):
            self._read_source(first, last)
            return
        label, self.number = self.number, ""
        for number, (text, marks, is_soft) in enumerate(self._inline(token.content, first, label), first + 1):
            shown, kept = clean_marked(text, marks)
            if shown:
                kind = self._kind(level)
                self.lines.append(
                    Line(
                        number=self.numbers[min(number, last) - 1],
                        text=shown,
                        group=self.group,
                        kind=kind,
                        level=level,
                        continues=is_soft,
                        marks=kept,
                    )
                )

    def _read_source(self, first: int, last: int) -> None:
        """Lines that are no inline text: ``###`` alone, a rule, a code block."""
        self.group += 1
        self.number = ""
        for number in range(first, min(last, len(self.source))):
            if shown := clean(self.source[number]):
                self.lines.append(Line(number=self.numbers[number], text=shown, group=self.group))

    def _inline(self, text: str, first: int, label: str) -> Iterator[tuple[str, list[Mark], bool]]:
        """The lines of one block; ``label`` is the number of a list's item, the first word of the first line."""
        signs = len(_SIGNS.findall(text))
        self.effort += signs * (len(text) + _LEAST_EFFORT)
        if signs and self.effort <= _EFFORT:
            return self._pieces(self.parser.inline.parse(text, self.parser, self.references, []), first, label)
        return _as_written(label + text)

    def _pieces(self, children: Sequence[Token], first: int, label: str) -> Iterator[tuple[str, list[Mark], bool]]:
        """Text, marks, and whether a soft break joins it to the line before."""
        text, marks, opened, is_soft = label, list[Mark](), list[_Open](), False
        for child in children:
            if child.type in {"softbreak", "hardbreak"}:
                yield text, marks + _so_far(opened, len(text)), is_soft
                text, marks, is_soft = "", [], child.type == "softbreak"
                for item in opened:
                    item.start = 0
            elif child.type in _STYLES:
                opened.append(_Open(_STYLES[child.type], len(text), _attribute(child, "href")))
            elif child.nesting < 0 and opened:
                item = opened.pop()
                if item.href and not item.href.lower().startswith(SAFE_ADDRESSES):
                    text += f" ({item.href})"
                elif len(text) > item.start:
                    marks.append(Mark(start=item.start, end=len(text), kind=item.kind, href=item.href))
            elif child.type == "image":
                self.assets.append(_asset(child, self.numbers[first]))
            else:
                text += child.content
        yield text, marks, is_soft


def _as_written(text: str) -> Iterator[tuple[str, list[Mark], bool]]:
    """The lines of one block without a sign; two spaces at the end of one are a hard break."""
    is_soft = False
    for line in text.split("\n"):
        yield line, [], is_soft
        is_soft = not line.endswith("  ")


def _so_far(opened: Sequence[_Open], end: int) -> list[Mark]:
    return [Mark(start=item.start, end=end, kind=item.kind, href=item.href) for item in opened if end > item.start]


def _asset(token: Token, line: int) -> Asset:
    title = _attribute(token, "title")
    return Asset(url=_attribute(token, "src") or "", alt=token.content or None, caption=title, line=line)


def _attribute(token: Token, name: str) -> str | None:
    value: Any = token.attrGet(name)
    return str(value) if value else None
