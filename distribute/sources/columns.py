"""Contacts set side by side to contacts one below the other."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

_GAP = re.compile(r"(?<=\S)(?:[ \u00a0]{3,}|[ \u00a0]*\t+[ \u00a0]*)(?=\S)")
_WIDE = re.compile(r"\t|[ \u00a0]{3}")
_REACH = re.compile(r"\S@\S|\d[\d\s()./-]{6,}")
_FEWEST_ROWS = 2
_MOST_CELLS = 4
_SLACK = 3


def unfold_columns(lines: Iterable[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    """Numbered lines with every block of columns read column by column, a blank line between two.

    A block is two lines or more whose second cells begin at about the same place; it is unfolded
    only where a cell holds an address or a telephone number, so that tables of figures stay rows.
    Each cell keeps the number of its line.
    """
    block: list[tuple[int, str, list[str], int]] = []
    for number, raw in lines:
        cells, start = _cells(raw)
        is_next = len(cells) > 1 and (not block or (len(cells) == len(block[0][2]) and _is_below(start, block[0][3])))
        if block and not is_next:
            yield from _unfold(block)
            block = []
        if len(cells) > 1:
            block.append((number, raw, cells, start))
        else:
            yield number, raw
    yield from _unfold(block)


def _cells(raw: str) -> tuple[list[str], int]:
    """The cells of a line and where its second one begins; -1 where a tab leaves that open."""
    gap = _GAP.search(raw) if _WIDE.search(raw) else None
    if gap is None:
        return [raw], 0
    cells = _GAP.split(raw.strip())
    return (cells, -1 if "\t" in gap[0] else gap.end()) if len(cells) <= _MOST_CELLS else ([raw], 0)


def _is_below(start: int, first: int) -> bool:
    return -1 in {start, first} or abs(start - first) <= _SLACK


def _unfold(block: list[tuple[int, str, list[str], int]]) -> Iterator[tuple[int, str]]:
    columns = list(zip(*(cells for _, _, cells, _ in block), strict=True))
    is_contacts = sum(any(_REACH.search(cell) for cell in column) for column in columns) > 1
    if len(block) < _FEWEST_ROWS or not is_contacts:
        yield from ((number, raw) for number, raw, _, _ in block)
        return
    for column in columns:
        yield from zip((number for number, _, _, _ in block), column, strict=True)
        yield block[-1][0], ""
