"""Whether words in one colour can be seen on a ground of another."""

from __future__ import annotations

import re
from typing import NamedTuple

_HEX = re.compile(r"#?([0-9a-f]{6}|[0-9a-f]{3})", re.IGNORECASE)
_RGB = re.compile(
    r"rgba?\(\s*(\d{1,3})\s*[, ]\s*(\d{1,3})\s*[, ]\s*(\d{1,3})\s*(?:[,/]\s*(\d{0,6}\.?\d{1,6})(%?)\s*)?\)",
    re.IGNORECASE,
)
_NAMES = {
    "white": "ffffff", "black": "000000", "red": "ff0000", "blue": "0000ff", "yellow": "ffff00", "green": "008000",
    "lime": "00ff00", "cyan": "00ffff", "aqua": "00ffff", "magenta": "ff00ff", "fuchsia": "ff00ff", "navy": "000080",
    "teal": "008080", "maroon": "800000", "purple": "800080", "olive": "808000", "gray": "808080", "grey": "808080",
    "silver": "c0c0c0", "snow": "fffafa", "ivory": "fffff0", "ghostwhite": "f8f8ff", "floralwhite": "fffaf0",
    "darkblue": "00008b", "darkcyan": "008b8b", "darkgreen": "006400", "darkmagenta": "8b008b", "darkred": "8b0000",
    "darkyellow": "808000", "darkgray": "808080", "lightgray": "c0c0c0",
}  # fmt: skip
"""The colours of CSS that pages of words use, and those of Word's highlighter (ECMA-376 part 1, 17.18.40)."""
_LEAST_CONTRAST, _MOST_APART = 1.1, 24


class Colour(NamedTuple):
    """Red, green and blue, each 0 to 255."""

    red: int
    green: int
    blue: int


WHITE = Colour(255, 255, 255)


def read_colour(text: str) -> Colour | None:
    """``#fff``, ``FFFFFF``, ``rgb(…)`` or a name; None for what says no colour, or none that is opaque."""
    text = text.strip()
    if match := _RGB.fullmatch(text):
        if match[4] and float(match[4]) * (0.01 if match[5] else 1) < 1:
            return None
        return Colour(*(min(int(part), 255) for part in match.group(1, 2, 3)))
    digits = _HEX.fullmatch(_NAMES.get(text.casefold(), text))
    if not digits:
        return None
    six = digits[1] if len(digits[1]) == 6 else "".join(2 * digit for digit in digits[1])
    return Colour(int(six[:2], 16), int(six[2:4], 16), int(six[4:], 16))


def are_alike(one: Colour, other: Colour) -> bool:
    """Nobody sees one on the other: hardly another hue, and a contrast under 1.1 to 1.

    WCAG 2.2 defines contrast, and asks for 4.5 where words are to be read with ease.
    """
    if max(abs(a - b) for a, b in zip(one, other, strict=True)) > _MOST_APART:
        return False
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05) < _LEAST_CONTRAST


def _luminance(colour: Colour) -> float:
    parts = [part / 255 for part in colour]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
