"""Quantities in two measures."""

from __future__ import annotations

import pytest

from distribute.checking.amounts import Figure, find_figures
from distribute.checking.measures import is_same_quantity, without_converted
from distribute.checking.passages import Named
from distribute.checking.texts import Text


def named(text: str, language: str) -> Named[Figure]:
    (figure,) = find_figures(text, language)
    return Named(figure, text, Text(text), figure.start, 0.0)


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("62 miles", "100 kilomètres", True),
        ("a 5-mile march", "8 km", True),
        ("30 feet", "9 mètres", True),
        ("1,000 acres", "405 hectares", True),
        ("62 miles", "62 kilomètres", False),
        ("100 km", "102 km", False),
        ("62 miles", "100 hectares", False),
        ("62 people", "100 km", False),
    ],
)
def test_one_quantity_in_two_measures(one: str, other: str, is_same: bool) -> None:
    assert is_same_quantity(named(one, "en"), named(other, "fr")) is is_same


def test_each_number_excuses_one_other() -> None:
    own, other = [named("62 miles", "en"), named("62 miles", "en")], [named("100 km", "fr")]
    assert without_converted(own, other) == ([own[1]], [])
