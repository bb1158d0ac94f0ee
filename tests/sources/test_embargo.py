"""Embargo lines as issuers write them: one instant, or none."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from distribute.sources.embargo import Setting, read_embargo
from distribute.sources.vocabulary import vocabulary
from distribute.sources.zones import place_zone

NOW = datetime(2026, 11, 22, tzinfo=UTC)

DATED = [
    ("en", "EMBARGOED UNTIL: Thursday, September 18, 2025, at 5:00 a.m. EDT", "2025-09-18T05:00-04:00"),
    ("en", "EMBARGO: 00.01 hrs GMT, 24 November 2026", "2026-11-24T00:01+00:00"),
    ("en", "Embargo: 0001 GMT Friday 13 March 2026", "2026-03-13T00:01+00:00"),
    ("en", "EMBARGOED UNTIL 10 A.M. EASTERN TIME, TUESDAY, NOV. 24", "2026-11-24T10:00-05:00"),
    ("en", "Embargoed until 14:00 GMT / 15:00 CET / 09:00 EST, 27 January 2026", "2026-01-27T14:00+00:00"),
    ("en", "Embargoed until 06:00 UTC+2 on 24 November", "2026-11-24T06:00+02:00"),
    ("en", "Embargoed until 2026-11-24 06:00 America/Toronto", "2026-11-24T06:00-05:00"),
    ("en", "Embargoed until 2026-11-24T06:00-05:00", "2026-11-24T06:00-05:00"),
    ("en", "Embargoed for 6am London time, Tuesday 24th November", "2026-11-24T06:00+00:00"),
    ("en", "Embargoed until noon BST on 1 July 2026", "2026-07-01T12:00+01:00"),
    ("en", "Embargoed until 12:00 noon EDT, July 1, 2026", "2026-07-01T12:00-04:00"),
    ("de", "Sperrfrist: 24. November 2026, 12.00 Uhr mittags MEZ", "2026-11-24T12:00+01:00"),
    ("es", "Embargado hasta el 24 de noviembre de 2026 a las 12 del mediodía CET", "2026-11-24T12:00+01:00"),
    ("en", "Embargoed until 12:01 a.m. PT, July 1, 2026", "2026-07-01T00:01-07:00"),
    ("fr", "Sous embargo jusqu'au 12 mai 2026 à 6 h (HAE)", "2026-05-12T06:00-04:00"),
    ("fr", "Embargo : 24 novembre 2026, 6 h 30 HNE", "2026-11-24T06:30-05:00"),
    ("fr", "Sous embargo jusqu’au mardi 1er septembre à 6h00, heure de Paris", "2026-09-01T06:00+02:00"),
    ("de", "Sperrfrist: 24. November 2026, 10.30 Uhr MEZ", "2026-11-24T10:30+01:00"),
    ("es", "EMBARGADO HASTA EL MIÉRCOLES 22 DE ABRIL DE 2026, 10:00 H (CEST)", "2026-04-22T10:00+02:00"),
    ("pl", "EMBARGO do wtorku, 24 listopada 2026 r., godz. 6.00 czasu polskiego", "2026-11-24T06:00+01:00"),
    ("pl", "Materiał objęty embargiem do 1 lipca 2026 r., godz. 10:30 CEST", "2026-07-01T10:30+02:00"),
    ("pl", "Nie publikować przed 24.11.2026, godz. 6, czasu polskiego", "2026-11-24T06:00+01:00"),
    ("pl", "Embargo do 24 listopada 2026 roku, do godziny 12.00 CET", "2026-11-24T12:00+01:00"),
    ("pt", "Embargado até 24 de novembro de 2026, às 6h (hora de Lisboa)", "2026-11-24T06:00+00:00"),
]


@pytest.mark.parametrize(("language", "line", "instant"), DATED)
def test_a_line_with_day_time_and_zone_names_one_instant(language: str, line: str, instant: str) -> None:
    lift = read_embargo(line, vocabulary(language), Setting(now=NOW))
    assert lift == datetime.fromisoformat(instant)
    assert lift is not None
    assert lift.isoformat()[:16] == instant[:16]


@pytest.mark.parametrize(
    "line",
    [
        "Embargoed until 5 a.m. ET",
        "Embargoed until 24 November 2026, 06:00",
        "Embargoed until 24 November 2026",
        "Embargoed until midnight GMT, 24 November 2026",
        "Embargoed until 14:00 GMT / 16:00 CET, 27 January 2026",
        "Embargoed until 03/04/2026, 6 a.m. EST",
        "Embargoed until 24 or 25 November 2026, 6 a.m. EST",
        "Embargoed until 06:00 IST, 24 November 2026",
        "Embargoed until 31 February 2026, 6 a.m. EST",
        "Embargoed until Tuesday 25 November, 6 a.m. EST",
        "Embargoed until 02:30 Eastern time, 8 March 2026",
        "Embargoed until 25:00 GMT, 24 November 2026",
        "Embargoed until the press conference",
    ],
)
def test_nothing_is_guessed_that_could_lift_it_early(line: str) -> None:
    assert read_embargo(line, vocabulary("en"), Setting(now=NOW)) is None


def test_a_zone_that_is_not_on_the_line_is_the_stated_one_or_the_datelines() -> None:
    line = "Embargoed until 24 November 2026, 06:00"
    english = vocabulary("en")
    toronto = datetime.fromisoformat("2026-11-24T06:00-05:00")
    paris = datetime.fromisoformat("2026-11-24T06:00+01:00")
    assert read_embargo(line, english, Setting(now=NOW, timezone="America/Toronto", place="Paris")) == toronto
    assert read_embargo(line, english, Setting(now=NOW, place="PARIS")) == paris
    assert read_embargo(line, english, Setting(now=NOW, place="London, Texas")) is None
    assert read_embargo(line, english, Setting(now=NOW, place="GENEVA/NEW YORK")) is None


def test_a_day_without_a_time_begins_at_midnight_in_its_zone() -> None:
    lift = read_embargo("EMBARGOED until 3/22/23", vocabulary("en"), Setting(now=NOW, place="DALLAS"))
    assert lift == datetime.fromisoformat("2023-03-22T00:00-05:00")


def test_a_missing_year_is_the_one_nearest_to_the_releases_own_date() -> None:
    line = "Embargoed until 6 a.m. GMT on 2 January"
    setting = Setting(now=NOW, issued=date(2025, 12, 30))
    assert read_embargo(line, vocabulary("en"), setting) == datetime(2026, 1, 2, 6, tzinfo=UTC)


def test_a_missing_year_far_from_now_is_the_one_of_the_text_with_that_weekday() -> None:
    line, english = "Embargoed until 6 a.m. GMT on Thursday 12 March", vocabulary("en")
    assert read_embargo(line, english, Setting(now=NOW)) is None
    told = read_embargo(line, english, Setting(now=NOW, years=frozenset({2019, 2026})))
    assert told == datetime(2026, 3, 12, 6, tzinfo=UTC)
    assert read_embargo(line, english, Setting(now=NOW, years=frozenset({2015, 2026}))) is None


def test_a_stated_offset_is_obeyed_to_the_letter() -> None:
    lift = read_embargo("Embargoed until 5 a.m. EST, 1 July 2026", vocabulary("en"), Setting(now=NOW))
    assert lift == datetime.fromisoformat("2026-07-01T05:00-05:00")


@pytest.mark.parametrize(
    ("place", "zone"),
    [
        ("Regina, Sask.", "America/Regina"),
        ("Moose Jaw, Sask.", "America/Regina"),
        ("London, Ont.", "America/Toronto"),
        ("KENORA, Ont.", "America/Winnipeg"),
        ("ST. JOHN'S, N.L.", "America/St_Johns"),
        ("Trois-Rivières, Que.", "America/Toronto"),
        ("CHARLOTTETOWN, P.E.I.", "America/Halifax"),
        ("CAMBRIDGE, Mass.", "America/New_York"),
        ("BIRMINGHAM, Ala.", "America/Chicago"),
        ("Fresno, Calif.", "America/Los_Angeles"),
        ("Newcastle, NSW", "Australia/Sydney"),
        ("Seattle, WA", "America/Los_Angeles"),
        ("Perth, WA", "Australia/Perth"),
        ("Freising, Bayern", "Europe/Berlin"),
        ("Campinas (SP)", "America/Sao_Paulo"),
        ("Manaus/AM", "America/Manaus"),
        ("Ciudad Real, Castilla-La Mancha", "Europe/Madrid"),
        ("Telde, Gran Canaria", "Atlantic/Canary"),
        ("Kraków", "Europe/Warsaw"),
    ],
)
def test_a_town_or_its_region_decides_the_zone(place: str, zone: str) -> None:
    assert place_zone(place) == zone


@pytest.mark.parametrize(
    "place",
    [
        "LONDON, Texas",
        "Rainy Lake, Ont.",
        "LLOYDMINSTER, Sask.",
        "GENEVA/NEW YORK",
        "Perth, Scotland",
        "Broken Hill, NSW",
        "Utopia",
    ],
)
def test_a_place_that_could_lie_in_two_zones_decides_none(place: str) -> None:
    assert place_zone(place) is None
