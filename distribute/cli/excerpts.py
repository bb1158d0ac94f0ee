"""A line of a file as a terminal shows it, with the place meant underlined."""

from __future__ import annotations

import unicodedata
from typing import NamedTuple

from rich.cells import cell_len, get_character_cell_size

_NARROWEST = 30
_LEFTWARD = {"R", "AL", "AN"}
_UNDRAWN = frozenset(
    "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\ufe0e\ufe0f\U0001f3fb\U0001f3fc\U0001f3fd\U0001f3fe\U0001f3ff"
)


class Excerpt(NamedTuple):
    """What is shown of a line, and the marks that stand under its place."""

    words: str
    marks: str


def underline(line: str, column: int | None, length: int, room: int) -> Excerpt:
    """The part of ``line`` around a place, at most ``room`` cells wide, with a caret under each cell that is meant.

    ``column`` counts characters from 1; nothing is underlined without one. Wide characters take two
    cells and combining ones none (UAX 11); what would move the cursor or turn the direction is shown as �, and
    what terminals draw in cells of their own choosing (joiners, soft hyphens, variants of emoji) is left out.
    Beside Arabic or Hebrew, which some terminals turn and some do not, the words meant stand there instead of carets.
    """
    pieces, room = [_visible(character) for character in line.rstrip()], max(room, _NARROWEST)
    shown = "".join(pieces)
    start = len("".join(pieces[: column - 1])) if column else 0
    stop = len("".join(pieces[: column - 1 + max(length, 1)])) if column else 0
    end = _fitting(shown, start, min(max(stop, start + 1), len(shown)), room // 2)
    left, right = _window(shown, start, end, room)
    head, tail = "…" if left else "", "…" if right < len(shown) else ""
    excerpt = head + shown[left:right] + tail
    if column and any(unicodedata.bidirectional(character) in _LEFTWARD for character in excerpt):
        return Excerpt(excerpt, f"^ {shown[start:end]}")
    marks = " " * cell_len(head + shown[left:start]) + "^" * max(cell_len(shown[start:end]), 1)
    return Excerpt(excerpt, marks if column else "")


def _window(text: str, start: int, end: int, room: int) -> tuple[int, int]:
    """As much before and after the place as fits, the same on both sides while there is text on both."""
    if cell_len(text) <= room:
        return 0, len(text)
    left, right = start, end
    free = room - cell_len(text[start:end]) - 2
    while free > 0 and (left > 0 or right < len(text)):
        if left > 0:
            left -= 1
            free -= get_character_cell_size(text[left])
        if right < len(text) and free > 0:
            free -= get_character_cell_size(text[right])
            right += 1
    while left < start and not get_character_cell_size(text[left]):
        left += 1
    return left, right


def _fitting(text: str, start: int, end: int, room: int) -> int:
    """The end of the place, or how much of a long one fits."""
    width = 0
    for index in range(start, end):
        width += get_character_cell_size(text[index])
        if width > room:
            return index
    return end


def _visible(character: str) -> str:
    """A tab is a space; controls of the terminal and of the direction of writing are not let through."""
    if character.isspace():
        return " "
    if character in _UNDRAWN:
        return ""
    is_hidden = unicodedata.category(character) in {"Cc", "Cs", "Co", "Cn"} or unicodedata.bidirectional(character) in {
        *("LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI")
    }
    return "\ufffd" if is_hidden else character
