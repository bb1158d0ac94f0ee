"""Days as each language writes them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from distribute.checking.days import find_days, find_weekdays


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("1 September 2020", "en"),
        ("September 1, 2020", "en"),
        ("Sept. 1st, 2020", "en"),
        ("the 1st of September 2020", "en"),
        ("1er septembre 2020", "fr"),
        ("1 sept. 2020", "fr"),
        ("1. September 2020", "de"),
        ("1.9.2020", "de"),
        ("1 de septiembre de 2020", "es"),
        ("1 september 2020", "nl"),
        ("1º de setembro de 2020", "pt"),
        ("01/09/2020", "fr"),
        ("2020-09-01", "en"),
        ("1 września 2020", "pl"),
    ],
)
def test_a_day_is_one_day_in_every_language(text: str, language: str) -> None:
    (day,) = find_days(text, language)
    assert (day.readings, day.year) == (((9, 1),), 2020)


@pytest.mark.parametrize(
    ("text", "language"),
    [("3-5 May 2019", "en"), ("May 3 to 5, 2019", "en"), ("du 3 au 5 mai 2019", "fr"), ("3. bis 5. Mai 2019", "de")],
)
def test_a_stretch_of_days_is_both_its_ends(text: str, language: str) -> None:
    assert [(day.readings, day.year) for day in find_days(text, language)] == [(((5, 3),), 2019), (((5, 5),), 2019)]


def test_a_month_of_a_year_is_one_and_a_month_alone_is_none() -> None:
    (month,) = find_days("in September 2020", "en")
    assert (month.readings, month.year) == (((9, 0),), 2020)
    assert find_days("In May they may march", "en") == []
    assert find_days("en mars", "fr") == []


def test_figures_that_can_be_read_twice_agree_with_either() -> None:
    (unclear,) = find_days("03/04/2026", "en")
    (march,), (april,) = find_days("4 mars 2026", "fr"), find_days("3 avril", "fr")
    assert unclear.agrees(march)
    assert unclear.agrees(april)
    assert not march.agrees(april)


@pytest.mark.parametrize("text", ["31 February 2020", "version 1.2.3", "45 May", "10:30 May"])
def test_what_no_calendar_has_is_no_day(text: str) -> None:
    assert [day for day in find_days(text, "en") if day.readings[0][1]] == []


def test_weekdays_are_numbers() -> None:
    assert [day.number for day in find_weekdays("On Monday and Tuesday", "en")] == [0, 1]
    assert [day.number for day in find_weekdays("lundi et MARDI", "fr")] == [0, 1]
    assert [day.number for day in find_weekdays("segunda-feira e sábado", "pt")] == [0, 5]


@given(st.text(alphabet="0123456789 ./-mayMAYjuneé,thst", max_size=60), st.sampled_from(["en", "fr", "de", None]))
@settings(deadline=None, max_examples=150)
def test_any_text_can_be_read_and_places_lie_inside_it(text: str, language: str | None) -> None:
    for day in find_days(text, language):
        assert 0 <= day.start < day.end <= len(text)
