"""A number as lists write it: 4, 04, d or iv."""

from __future__ import annotations

from string import ascii_lowercase

_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
    (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_LARGEST_ROMAN, _MOST_LETTERS = 3999, 780


def written(number: int, form: str) -> str:
    """``number`` in a form of ECMA-376 part 1, 17.18.59; empty for ``none`` and ``bullet``.

    Letters begin again doubled after z: aa, bb. A form not known here is written in digits, as is a number
    that its form cannot write.
    """
    if form in {"none", "bullet"}:
        return ""
    if form in {"lowerLetter", "upperLetter"} and 0 < number <= _MOST_LETTERS:
        text = ascii_lowercase[(number - 1) % 26] * ((number - 1) // 26 + 1)
    elif form in {"lowerRoman", "upperRoman"} and 0 < number <= _LARGEST_ROMAN:
        text = _roman(number)
    else:
        return f"{number:02}" if form == "decimalZero" else str(number)
    return text.upper() if form.startswith("upper") else text


def _roman(number: int) -> str:
    text = ""
    for value, sign in _ROMAN:
        text += sign * (number // value)
        number %= value
    return text
