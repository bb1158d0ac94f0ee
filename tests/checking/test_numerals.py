"""The table of number words."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from distribute.checking.languages import LANGUAGES
from distribute.checking.numerals import level, numerals


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_counts_from_two_to_ninety_nine(language: str) -> None:
    assert set(range(2, 100)) <= set(map(int, numerals(language).words.values()))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_thousands_and_millions(language: str) -> None:
    assert {1000, 10**6, 10**9} <= set(map(int, numerals(language).scales.values()))


def test_an_unknown_language_has_no_words() -> None:
    assert numerals("xx").words == {}
    assert numerals(None).words == {}


@given(st.text(max_size=40))
@settings(deadline=None, max_examples=100)
def test_levelling_keeps_every_place(text: str) -> None:
    assert len(level(text)) == len(text)


def test_levelling_takes_case_and_accents() -> None:
    assert level("DÉCEMBRE") == "decembre"
