"""Prose: a release's text as paragraphs of spans, its marks resolved and its links checked."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

import regex

from distribute.domain.release import Block, BlockKind, Mark, MarkKind
from distribute.errors import RenderError

_BREAK = re.compile(r"[ \t]*[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+[ \t]*")
_LINE_END = r"(?:\r\n|\r(?!\n)|[\n\u2028])"
_BLANK_LINE = re.compile(rf"[ \t]*{_LINE_END}[ \t]*{_LINE_END}\s*|\u2029\s*")
_NUMBER = re.compile(r"\(?\d{1,3}(?:\.\d{1,3})*[.)]\s|\(?[A-Za-z]\)\s|\(?(?:[a-z]|[ivxlc]{2,7}|[IVXLC]{2,7})[.)]\s")
_MAYBE_NUMBER = re.compile(rf"{_NUMBER.pattern}|[A-Z]\.\s")
TELEPHONE = r"tel:\+?[0-9().-]+(?:;[a-z-]+=[^\s;]+)*"
"""RFC 3966 3, its usual forms."""
_LINK = re.compile(
    r"https://[^\s/?#@\\]+(?:[/?#]\S*)?"
    r"|mailto:[^\s@]+@[^\s@]+"
    rf"|{TELEPHONE}",
    re.IGNORECASE,
)


_BARE = re.compile(r"https://[^\s/?#@\\<>\"“”«»]++(?!@)(?:[/?#][^\s<>\"“”«»]*)?", re.IGNORECASE)
_GROUPS = re.compile(r"(?<![\w.])\+?(?:\(\d+\)|\d+)(?:[ \u00a0\u202f./-](?:\(\d+\)|\d+))+(?![\w%])")
_AFTER_ADDRESS = ".,;:!?'’…"
"""What stands behind an address in a sentence and is no part of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Characters that are marked alike. ``href`` is an https, mailto or tel address.

    A number in groups ``is_isolated`` in text from right to left: its groups would change places there.
    """

    text: str
    strong: bool = False
    emphasis: bool = False
    href: str | None = None
    is_isolated: bool = False


Line = tuple[Span, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A paragraph or heading (its ``lines`` are broken where the author broke them) or a list of items."""

    kind: BlockKind
    lines: tuple[Line, ...]


def set_block(block: Block) -> Iterator[Passage]:
    """The passages of a block: one for each of its paragraphs, or one list.

    Items that bring their own number, ``1.`` or ``(a)``, are lines of a paragraph: a bullet before it is one too many.
    A block quotation becomes ordinary paragraphs: mail clients quote a quotation again when it
    is forwarded. Quotation marks, dashes and spaces stay as supplied; a line break inside a
    paragraph becomes a space. Raises RenderError for a link that is not https, mailto or tel.
    """
    if block.kind is BlockKind.LIST:
        items = [_spans(block, *at) for at in _parts(block.text, _BREAK)]
        for is_numbered, lines in groupby(items, key=_numbers_of(items)):
            yield Passage(kind=BlockKind.PARAGRAPH if is_numbered else BlockKind.LIST, lines=tuple(lines))
        return
    kind = BlockKind.HEADING if block.kind is BlockKind.HEADING else BlockKind.PARAGRAPH
    for at in _parts(block.text, _BLANK_LINE):
        yield Passage(kind=kind, lines=(_spans(block, *at),))


def set_text(text: str) -> Iterator[Passage]:
    """The paragraphs of plain text, parted by blank lines; line breaks inside them are kept."""
    for start, end in _parts(text, _BLANK_LINE):
        lines = tuple(tuple(linked(Span(text=part))) for part in _BREAK.split(text[start:end].strip()))
        yield Passage(kind=BlockKind.PARAGRAPH, lines=lines)


def unbroken(text: str) -> str:
    """``text`` on one line: each line break and the blanks around it become a space."""
    return _BREAK.sub(" ", text.strip())


def shorten(text: str, longest: int) -> str:
    """``text`` cut at a word to at most ``longest`` characters, the ellipsis among them; only when it is longer."""
    if len(text) <= longest:
        return text
    cut = text[:longest]
    kept = cut.rpartition(" ")[0] or "".join(regex.findall(r"\X", cut)[:-1])
    return kept.rstrip(" ,;:.–—-(“«\u00a0\u202f") + "…"


def plain(line: Line) -> str:
    """The characters of a line without their marks."""
    return "".join(span.text for span in line)


def checked_link(href: str, line: int | None = None) -> str:
    """``href`` when a letter may carry it; RenderError for anything but https, mailto and tel."""
    if _LINK.fullmatch(href):
        return href
    where = f" in line {line} of the release" if line else ""
    raise RenderError(f"the link “{href}”{where} is not a whole https, mailto or tel address: correct or remove it")


def linked(span: Span) -> Iterator[Span]:
    """``span`` with each bare https address in it as a link to itself; the same characters in the same order."""
    end = 0
    for match in _BARE.finditer(span.text) if span.href is None else ():
        address = match[0].rstrip(_AFTER_ADDRESS)
        while address.endswith(")") and address.count(")") > address.count("("):
            address = address[:-1].rstrip(_AFTER_ADDRESS)
        if not _LINK.fullmatch(address):
            continue
        if match.start() > end:
            yield replace(span, text=span.text[end : match.start()])
        end = match.start() + len(address)
        yield replace(span, text=address, href=address)
    if end < len(span.text) or not end:
        yield replace(span, text=span.text[end:])


def isolated(passages: Iterable[Passage]) -> tuple[Passage, ...]:
    """The passages of a text from right to left, each number in groups (a telephone's, say) a span of its own."""
    return tuple(
        replace(it, lines=tuple(tuple(part for span in line for part in _isolated(span)) for line in it.lines))
        for it in passages
    )


def _isolated(span: Span) -> Iterator[Span]:
    end = 0
    for match in _GROUPS.finditer(span.text):
        if match.start() > end:
            yield replace(span, text=span.text[end : match.start()])
        yield replace(span, text=match[0], is_isolated=True)
        end = match.end()
    if end < len(span.text) or not end:
        yield replace(span, text=span.text[end:])


def _parts(text: str, gap: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """Where the parts between gaps start and end, blank ones left out."""
    start = 0
    for match in gap.finditer(text):
        if text[start : match.start()].strip():
            yield start, match.start()
        start = match.end()
    if text[start:].strip():
        yield start, len(text)


def _numbers_of(items: Sequence[Line]) -> Callable[[Line], bool]:
    """Tells the items of a list that have a number; ``A.`` is one only beside others, since it may begin a name."""
    texts = [plain(item) for item in items]
    is_whole = all(map(_MAYBE_NUMBER.match, texts)) and any(map(_NUMBER.match, texts))
    return lambda item: is_whole or bool(_NUMBER.match(plain(item)))


def _spans(block: Block, start: int, end: int) -> Line:
    while start < end and block.text[start].isspace():
        start += 1
    while end > start and block.text[end - 1].isspace():
        end -= 1
    edges = {start, end} | {edge for mark in block.marks for edge in (mark.start, mark.end) if start < edge < end}
    cuts = sorted(edges)
    return tuple(span for a, b in pairwise(cuts) for span in linked(_span(block, a, b)))


def _span(block: Block, start: int, end: int) -> Span:
    over = [mark for mark in block.marks if mark.start <= start and end <= mark.end]
    kinds = {mark.kind for mark in over}
    return Span(
        text=_BREAK.sub(" ", block.text[start:end]),
        strong=MarkKind.STRONG in kinds,
        emphasis=MarkKind.EMPHASIS in kinds,
        href=_href(over, block.line),
    )


def _href(marks: list[Mark], line: int | None) -> str | None:
    found = next((mark.href for mark in marks if mark.kind is MarkKind.LINK and mark.href), None)
    return checked_link(found, line) if found else None
