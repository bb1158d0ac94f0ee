"""A row of a table to lines: one line where each cell holds no more, else cell after cell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from distribute.domain.release import Mark
from distribute.sources.document import Line

_LONGEST = 200
_BETWEEN = " | "


def joined_row(cells: Sequence[Sequence[Line]]) -> list[Line]:
    """``Phone: | 613-555-0123`` is one line, a letterhead of two columns is two groups of lines.

    A cell that ends with a colon is the label of the next one and joined to it by a space.
    """
    filled = [cell for cell in cells if cell]
    lines = [line for cell in filled for line in cell]
    if len(filled) < 2 or len(lines) > len(filled) or sum(len(line.text) for line in lines) > _LONGEST:
        return lines
    text, marks = "", list[Mark]()
    for line in lines:
        text += (" " if text.endswith(":") else _BETWEEN) if text else ""
        marks += (replace(mark, start=mark.start + len(text), end=mark.end + len(text)) for mark in line.marks)
        text += line.text
    return [replace(lines[0], text=text, marks=tuple(marks))]
