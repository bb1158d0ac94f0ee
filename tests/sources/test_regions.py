"""Which countries a text speaks of, so that a national number is dialled in the right one."""

from __future__ import annotations

import pytest

from distribute.sources.phones import parse_phone
from distribute.sources.regions import is_place, regions_of
from distribute.sources.vocabulary import vocabulary


@pytest.mark.parametrize(
    ("text", "language", "first"),
    [
        ("Farmers in New Zealand First territory; write to ana@example.org" + ".nz", "en", "NZ"),
        ("JOHANNESBURG – South Africa must act, the union said.", "en", "ZA"),
        ("Wien (GPF). Die Gewerkschaft verlangt mehr.", "de", "AT"),
        ("Das Spital in Bern, www.example.org" + ".ch", "de", "CH"),
        ("La Ligue, à Bruxelles et à Liège, demande", "fr", "BE"),
        ("More at https://www.example.co" + ".uk/press", "en", "GB"),
        ("El puerto de Buenos Aires, en Argentina", "es", "AR"),
    ],
)
def test_addresses_countries_and_towns_tell_where_a_text_is_from(text: str, language: str, first: str) -> None:
    assert regions_of(text, vocabulary(language))[0] == first


@pytest.mark.parametrize("text", ["", "We hold that these are clear.", "Sperrfrist: Montag, 10 Uhr", "x@example.org"])
def test_a_text_that_names_no_country_tells_none(text: str) -> None:
    assert regions_of(text, vocabulary("en")) == ()


@pytest.mark.parametrize(
    ("number", "language", "regions", "dialled"),
    [
        ("02 5550 0123", "en", ("AU",), "+61255500123"),
        ("01 99 00 12 34", "fr", ("BE",), "+33199001234"),
        ("030 23125 012", "de", ("CH",), "+493023125012"),
        ("613-555-0142", "en", ("NZ",), "+16135550142"),
    ],
)
def test_a_national_number_is_of_the_first_country_that_has_such_numbers(
    number: str, language: str, regions: tuple[str, ...], dialled: str
) -> None:
    assert parse_phone(number, vocabulary(language), regions) == dialled


def test_a_number_with_its_calling_code_tells_the_country_where_the_language_is_spoken() -> None:
    text = "Contacto: +54 11 y un número"
    assert regions_of(text, vocabulary("es"))[:1] == ("AR",)
    assert "AR" not in regions_of("Kontakt: +54 11 und eine Nummer", vocabulary("de"))


@pytest.mark.parametrize(
    ("language", "text"),
    [("en", "UK & Europe"), ("en", "North America (mornings)"), ("fr", "Amérique du Nord"), ("en", "Vancouver")],
)
def test_a_place_is_told_by_its_name(language: str, text: str) -> None:
    assert is_place(text, vocabulary(language))


def test_a_person_is_no_place() -> None:
    assert not is_place("Jane Doe", vocabulary("en"))
