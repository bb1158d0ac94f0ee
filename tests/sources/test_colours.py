"""Colours as documents name them, and which cannot be told apart."""

from __future__ import annotations

import pytest

from distribute.sources.colours import WHITE, Colour, are_alike, read_colour


@pytest.mark.parametrize(
    ("text", "colour"),
    [
        ("FFFFFF", WHITE),
        ("#fff", WHITE),
        ("White", WHITE),
        ("rgb(255, 255, 255)", WHITE),
        ("rgba(255 255 255 / 100%)", WHITE),
        ("darkYellow", Colour(128, 128, 0)),
        ("#012", Colour(0, 17, 34)),
        ("rgba(0,0,0,0.5)", None),
        ("rgba(0,0,0,1..5)", None),
        ("auto", None),
        ("transparent", None),
        ("var(--ink)", None),
        ("", None),
    ],
)
def test_a_colour_is_read_in_any_notation(text: str, colour: Colour | None) -> None:
    assert read_colour(text) == colour


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("white", "white", True),
        ("fefefe", "white", True),
        ("fafafa", "white", True),
        ("000000", "080808", True),
        ("d9d9d9", "white", False),
        ("yellow", "white", False),
        ("white", "black", False),
        ("808080", "white", False),
        ("ff0000", "00ff00", False),
    ],
)
def test_colours_are_alike_where_words_in_one_vanish_on_the_other(one: str, other: str, alike: bool) -> None:
    first, second = read_colour(one), read_colour(other)
    assert first is not None
    assert second is not None
    assert are_alike(first, second) is alike
    assert are_alike(second, first) is alike
