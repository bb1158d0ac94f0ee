"""Pasted text to a document: which lines are items of a list, and which go on with the line before."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby, pairwise

from distribute.domain.release import BlockKind
from distribute.sources.columns import unfold_columns
from distribute.sources.document import Document, Line, clean, physical_lines
from distribute.sources.vocabulary import Vocabulary

BULLET = re.compile(r"(?:[•●▪◦‣∙■□▶➤⁃·\uf0b7\uf0a7\uf02d]\s*|[-*]\s+)(?=[^\s\-*–—])")
_DECORATED = re.compile(r"[-*–—]\s*$")
_QUOTED = re.compile(r"\s*>(?:\s?>)*\s?")
_LOWER_START = re.compile(r"[(\[“«\"]?[^\W\d_]")
_REACH_START = re.compile(r"(?:www\.|https?:|\S+@|\S+\.(?:com|org|net|ca|fr|de|es|uk)\b)", re.IGNORECASE)
_NARROW, _WIDE = 48, 130
_FULL = 0.93
_RAGGED = 1.1
_SHORT = 40
_FEWEST = 3
_MUCH_LONGER = 2
_LONGEST_GROUP = 12


def read_plain(text: str, words: Vocabulary) -> Document:
    """The document of a pasted text; ``words`` tell a line that cannot be the end of a sentence."""
    lines = list(_lines(text))
    joined: list[Line] = []
    overall, is_spaced = _document_width(lines), _is_spaced(lines)
    for _, group in groupby(lines, key=lambda line: line.group):
        joined += _join(list(group), overall, words, is_spaced=is_spaced)
    return Document(tuple(joined))


def _lines(text: str) -> Iterator[Line]:
    group, is_apart = 0, False
    for number, raw in unfold_columns(iter(_unquoted(list(physical_lines(text))))):
        shown = clean(raw)
        if not shown:
            is_apart = True
            continue
        group, is_apart = group + is_apart, False
        bullet = BULLET.match(shown)
        if bullet and not _DECORATED.search(shown):
            yield Line(number=number, text=shown[bullet.end() :], group=group, kind=BlockKind.LIST)
        else:
            yield Line(number=number, text=shown, group=group)


def _unquoted(lines: Sequence[tuple[int, str]]) -> Sequence[tuple[int, str]]:
    """A text that was pasted from a reply loses the signs that mail programs quote it with (RFC 3676, section 4.5)."""
    written = [raw for _, raw in lines if raw.strip()]
    if len(written) < _FEWEST or not all(_QUOTED.match(raw) for raw in written):
        return lines
    return [(number, _QUOTED.sub("", raw)) for number, raw in lines]


def _width(lines: Sequence[Line]) -> int:
    """The width to which a group of lines was wrapped, in characters; 0 when it was not."""
    lengths = [len(line.text) for line in lines]
    widest = max(lengths)
    is_wrapped = len(lines) > 2 and _NARROW <= widest <= _WIDE
    return widest if is_wrapped and sum(length > 0.8 * widest for length in lengths) * 2 >= len(lines) else 0


def _document_width(lines: Sequence[Line]) -> int:
    """The width of the whole text: of its longest groups, else of the lines that are not the last of theirs."""
    groups = groupby(lines, key=lambda line: line.group)
    return max((_width(list(group)) for _, group in groups), default=0) or _width_of_pairs(lines)


def _width_of_pairs(lines: Sequence[Line]) -> int:
    lengths = [len(a.text) for a, b in pairwise(lines) if a.group == b.group and len(a.text) > _SHORT]
    widest = max(lengths, default=0)
    is_wrapped = len(lengths) >= _FEWEST and widest >= _NARROW and max(len(line.text) for line in lines) <= _WIDE
    return widest if is_wrapped and sum(length > 0.8 * widest for length in lengths) > 0.7 * len(lengths) else 0


def _is_spaced(lines: Sequence[Line]) -> bool:
    """Blank lines stand between the paragraphs, so that a mark at the start of a line begins none."""
    return bool(lines) and lines[-1].group >= _FEWEST and (lines[-1].group + 1) * _LONGEST_GROUP >= len(lines)


def _join(group: list[Line], overall: int, words: Vocabulary, *, is_spaced: bool) -> Iterator[Line]:
    width = _width(group)
    longest = max(len(line.text) for line in group)
    if not width and longest <= overall * _RAGGED:
        width = max(overall, longest)
    before: Line | None = None
    for line in group:
        continues = before is not None and _continues(before, line, width, words, is_spaced=is_spaced)
        if before and continues:
            is_wrapped = bool(width) and _is_full(before.text, line.text, width, is_spaced=is_spaced)
            line = replace(line, continues=True, is_wrapped=is_wrapped, kind=before.kind)
        before = line
        yield line


def _continues(before: Line, line: Line, width: int, words: Vocabulary, *, is_spaced: bool) -> bool:
    if line.kind is BlockKind.LIST or _REACH_START.match(line.text):
        return False
    if "@" in before.text and len(before.text) < _NARROW:
        return False
    start = _LOWER_START.match(line.text)
    if start and start[0][-1].islower() and before.text[-1] not in ".!?":
        return True
    is_alike = len(line.text) <= _MUCH_LONGER * len(before.text)
    if is_alike and before.text.rsplit(None, 1)[-1].casefold() in words.stop_words:
        return True
    return bool(width) and _is_full(before.text, line.text, width, is_spaced=is_spaced)


def _is_full(before: str, after: str, width: int, *, is_spaced: bool) -> bool:
    """The first word of ``after`` would not have fitted on the line before."""
    if not is_spaced and before[-1] in ".!?…”»" and after[0] in '“«"„':
        return False
    return len(before) + 1 + len(after.split(None, 1)[0]) > _FULL * width
