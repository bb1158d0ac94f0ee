"""Where the words of a remark stand in the file: line, column and length as an editor's cursor counts them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from distribute.checking.registry import Remark

_REACH = 60
"""Lines a paragraph may run over in the file."""
_INVISIBLE = "[\u00ad\u200b\u2060\ufeff]*"
_LONGEST = 200
_MOST_EARLIER = 2_000


class Place(NamedTuple):
    """A place in a file: 1-based line and column, and how many characters of that line are meant."""

    line: int | None
    column: int | None
    length: int = 0


def find_place(remark: Remark, lines: Sequence[str]) -> Place:
    """Where a remark stands in the file's ``lines``; what the remark itself says where its words are not found.

    The file may break a paragraph over lines, space it otherwise or hold mark-up within it. What has the
    number 0 stands in the header or footer of a page and has no place in the text.
    """
    if not remark.line:
        return Place(None, None)
    if not 0 < remark.line <= len(lines):
        return Place(remark.line, remark.column)
    if not remark.passage.strip():
        return Place(
            remark.line, None if remark.column is None else min(remark.column, len(lines[remark.line - 1]) + 1)
        )
    region = "\n".join(lines[remark.line - 1 : remark.line - 1 + _REACH])
    found = list(islice(_expression(remark.passage).finditer(region), min(remark.earlier, _MOST_EARLIER) + 1))
    if not found:
        return Place(remark.line, remark.column)
    return _in_lines(found[-1], region, remark.line)


def _expression(passage: str) -> re.Pattern[str]:
    """The passage with any white space where it has some, and with the invisible characters that were taken out."""
    return re.compile("".join(_pieces(passage[:_LONGEST])))


def _pieces(passage: str) -> Iterator[str]:
    for piece in re.findall(r"\s+|\S", passage):
        yield r"\s+" if piece.isspace() else re.escape(piece) + _INVISIBLE


def _in_lines(match: re.Match[str], region: str, line: int) -> Place:
    start = match.start()
    above = region.count("\n", 0, start)
    column = start - (region.rfind("\n", 0, start) + 1) + 1
    first = match[0].partition("\n")[0]
    return Place(line + above, column, len(first.rstrip()) or 1)
