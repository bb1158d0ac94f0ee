"""Numbers as each language writes them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from distribute.checking.amounts import Form, find_figures, shown


def values(text: str, language: str | None) -> list[Decimal]:
    return [figure.value for figure in find_figures(text, language)]


@pytest.mark.parametrize(
    ("text", "language", "value"),
    [
        ("1,200 detained", "en", 1200),
        ("1 200 personnes", "fr", 1200),
        ("1\u202f200 personnes", "fr", 1200),
        ("1.200 Festgenommene", "de", 1200),
        ("1'200 Festgenommene", "de", 1200),
        ("1’200 personnes", "fr", 1200),
        ("1.200 detenidos", "es", 1200),
        ("12,345,678 dollars", "en", 12345678),
        ("12.345.678 Euro", "de", 12345678),
        ("1,234.5 km", "en", Decimal("1234.5")),
        ("1.234,5 km", "de", Decimal("1234.5")),
        ("3.5 points", "en", Decimal("3.5")),
        ("3,5 points", "fr", Decimal("3.5")),
        ("$1.2 million", "en", 1200000),
        ("1,2 million de dollars", "fr", 1200000),
        ("1,2 Mio. Euro", "de", 1200000),
        ("1,2 millones", "es", 1200000),
        ("US$3bn", "en", 3000000000),
        ("3 Mrd. Euro", "de", 3000000000),
        ("3 milliards d’euros", "fr", 3000000000),
        ("3 mil millones", "es", 3000000000),
        ("3 Md€", "fr", 3000000000),
        ("€40m", "en", 40000000),
        ("a 40m fall", "en", 40),
        ("40%", "en", 40),
        ("40 pour cent", "fr", 40),
        ("12 thousand", "en", 12000),
        ("CHF250", "en", 250),
        ("2019 alone", "en", 2019),
    ],
)
def test_a_number_is_read_as_its_language_writes_it(text: str, language: str, value: float) -> None:
    (figure,) = find_figures(text, language)
    assert figure.value == value
    assert figure.form is Form.FIGURE


@pytest.mark.parametrize(
    ("text", "language", "value"),
    [
        ("three people", "en", 3),
        ("twenty-one people", "en", 21),
        ("two hundred people", "en", 200),
        ("a million people", "en", 1000000),
        ("vingt et un ans", "fr", 21),
        ("vingt et une personnes", "fr", 21),
        ("einundzwanzig Menschen", "de", 21),
        ("soixante-douze heures", "fr", 72),
        ("quatre-vingt-dix-sept personnes", "fr", 97),
        ("deux cents personnes", "fr", 200),
        ("un million de personnes", "fr", 1000000),
        ("fünfunddreißig Menschen", "de", 35),
        ("treinta y dos personas", "es", 32),
        ("drieëntwintig mensen", "nl", 23),
        ("trinta e duas pessoas", "pt", 32),
        ("vinte e três pessoas", "pt", 23),
    ],
)
def test_words_for_numbers_are_known_by_the_rule_of_their_language(text: str, language: str, value: int) -> None:
    figure = find_figures(text, language)[0]
    assert figure.value == value
    assert figure.form is Form.WORD


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("call +44 20 7946 0123 or 613-555-0142", "en"),
        ("appelez le 01 99 00 12 34", "fr"),
        ("see https://example.org/2020/12/page-7", "en"),
        ("write to desk24@example.org", "en"),
        ("in the 1990s", "en"),
        ("dans les années 90", "fr"),
        ("in den 1990er Jahren", "de"),
        ("round the clock, 24/7", "en"),
        ("24 heures sur 24, 7 jours sur 7", "fr"),
        ("COVID-19 and Bill C-69", "en"),
        ("a note [12]", "en"),
        ("a single person", "en"),
    ],
)
def test_what_is_no_number_of_the_story_is_left_alone(text: str, language: str) -> None:
    assert values(text, language) == []


def test_ordinals_prove_nothing_and_so_does_a_single_one() -> None:
    assert [figure.form for figure in find_figures("the 21st century, the third time, 1 person", "en")] == [
        Form.LOOSE,
        Form.LOOSE,
        Form.LOOSE,
    ]


def test_one_separator_and_three_digits_can_mean_either() -> None:
    (figure,) = find_figures("1,200", "fr")
    assert figure.readings == (Decimal("1.200"), Decimal(1200))


def test_the_word_behind_a_number_is_shown_with_it() -> None:
    text = "At least 1,200 detained people"
    assert shown(text, find_figures(text, "en")[0]) == "1,200 detained"


@given(st.integers(min_value=1000, max_value=999_999_999))
@settings(deadline=None, max_examples=60)
def test_every_grouping_is_the_same_number(number: int) -> None:
    grouped = f"{number:,}"
    assert values(grouped, "en") == [number]
    for sign, language in ((".", "de"), (" ", "fr"), ("\u202f", "fr"), ("'", "de")):
        assert values(grouped.replace(",", sign), language) == [number]


@given(
    st.text(alphabet="0123456789 .,'’abcdefhmkstn-–%€$()/\u00a0\u202fé", max_size=80),
    st.sampled_from(["en", "fr", "de", None]),
)
@settings(deadline=None, max_examples=150)
def test_any_text_can_be_read_and_places_lie_inside_it(text: str, language: str | None) -> None:
    for figure in find_figures(text, language):
        assert 0 <= figure.start < figure.end <= len(text)
