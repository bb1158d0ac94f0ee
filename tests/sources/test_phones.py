"""Telephone numbers as people write them."""

from __future__ import annotations

import pytest

from distribute.sources.phones import find_phones, parse_phone
from distribute.sources.vocabulary import vocabulary


@pytest.mark.parametrize(
    ("language", "text", "number"),
    [
        ("en", "613-555-0123 ext. 236", "+16135550123;ext=236"),
        ("en", "++1 613-555-0123-752", "+16135550123;ext=752"),
        ("de", "030 23125 204/ -205", "+493023125204"),
        ("en", "(613) 555-0123 x77", "+16135550123;ext=77"),
        ("en", "613.555.0123", "+16135550123"),
        ("en", "+44 (0)20 7946 0123", "+442079460123"),
        ("en", "020 7946 0123", "+442079460123"),
        ("en", "+ 33 1 99 00 12 34", "+33199001234"),
        ("fr", "418 555-0120 poste 4", "+14185550120;ext=4"),
        ("fr", "01 99 00 12 34", "+33199001234"),
        ("de", "(030) 23 12 50 78", "+493023125078"),
        ("es", "+44 20 7946 0111 (ext. 12)", "+442079460111;ext=12"),
    ],
)
def test_a_number_becomes_e164_with_its_extension(language: str, text: str, number: str) -> None:
    assert parse_phone(text, vocabulary(language)) == number


def test_the_country_of_a_text_is_that_of_its_numbers() -> None:
    (phone,) = find_phones("02 5550 0123", vocabulary("en"), ("AU",))
    assert phone.number == "+61255500123"


def test_a_fax_is_no_telephone() -> None:
    numbers = [phone.number for phone in find_phones("Tel: 613-555-0123 Fax: 613-555-0124", vocabulary("en"))]
    assert numbers == ["+16135550123", None]


def test_two_numbers_run_together_are_told_apart() -> None:
    numbers = [phone.number for phone in find_phones("613-555-0123 / 613-555-0124", vocabulary("en"))]
    assert numbers == ["+16135550123", "+16135550124"]


@pytest.mark.parametrize("text", ["2026", "10119 Berlin", "12345", "no number", "20/428"])
def test_other_figures_are_no_telephone_number(text: str) -> None:
    assert parse_phone(text, vocabulary("de")) is None


@pytest.mark.parametrize("text", ["São Paulo, 22/11/2026", "2026-11-22", "22.11.2026"])
def test_a_date_is_no_number(text: str) -> None:
    assert find_phones(text, vocabulary("pt")) == ()


def test_two_numbers_beside_a_dash_are_two() -> None:
    numbers = [phone.number for phone in find_phones("01 99 00 41 52 – 01 99 00 12 34", vocabulary("fr"))]
    assert numbers == ["+33199004152", "+33199001234"]
