"""Numbers as lists write them."""

from __future__ import annotations

import pytest

from distribute.sources.numbering import written


@pytest.mark.parametrize(
    ("number", "form", "said"),
    [
        (4, "decimal", "4"),
        (4, "decimalZero", "04"),
        (12, "decimalZero", "12"),
        (1, "lowerLetter", "a"),
        (26, "upperLetter", "Z"),
        (27, "lowerLetter", "aa"),
        (28, "lowerLetter", "bb"),
        (4, "lowerRoman", "iv"),
        (1994, "upperRoman", "MCMXCIV"),
        (0, "upperRoman", "0"),
        (-3, "lowerLetter", "-3"),
        (4000, "lowerRoman", "4000"),
        (90_000, "lowerLetter", "90000"),
        (3, "none", ""),
        (3, "bullet", ""),
        (3, "ordinal", "3"),
    ],
)
def test_a_number_is_written_in_the_form_of_its_list(number: int, form: str, said: str) -> None:
    assert written(number, form) == said
