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
        ("en", "613-555-0123 #22", "+16135550123;ext=22"),
        ("en", "Tel.613-555-0123, x22", "+16135550123;ext=22"),
        ("en", "020 7946 0123 (24 hours)", "+442079460123"),
        ("en", "T020 7946 0123", "+442079460123"),
        ("de", "Tel. 030 23125 010-22 DW", "+493023125010;ext=22"),
        ("de", "030 23125 010, Durchwahl 22", "+493023125010;ext=22"),
        ("nl", "613-555-0123 toestel 12", "+16135550123;ext=12"),
        ("pt", "613-555-0123, ramal 32", "+16135550123;ext=32"),
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


def test_where_no_zero_is_dialled_a_number_of_the_american_shape_is_read_at_home_first() -> None:
    numbers = [find_phones("387-4631767", vocabulary("es"), countries)[0].number for countries in (("AR",), ())]
    assert [number[:3] for number in numbers if number] == ["+54", "+13"]


def test_what_a_stroke_leaves_out_of_a_second_number_is_taken_from_the_first() -> None:
    numbers = [phone.number for phone in find_phones("613-555-0123/0124", vocabulary("en"))]
    assert numbers == ["+16135550123", "+16135550124"]
    numbers = [phone.number for phone in find_phones("(02) 5550 0123 / 5550 0124", vocabulary("en"), ("AU",))]
    assert numbers == ["+61255500123", "+61255500124"]


def test_a_label_glued_behind_a_number_is_no_extension() -> None:
    numbers = [phone.number for phone in find_phones("T. 01 99 00 12 34 / P. 06 39 98 12 34", vocabulary("fr"))]
    assert numbers == ["+33199001234", "+33639981234"]


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
