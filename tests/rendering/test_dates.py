"""An embargo's instant in words: languages, zones and both sides of a clock change."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import available_timezones

import pytest

from distribute.domain.instant import find_zone, resolve_local
from distribute.errors import InstantError
from distribute.rendering.dates import find_locale, lift_in_short, lift_in_words

LIFT = datetime(2026, 11, 24, 11, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "language", "words"),
    [
        ("America/Toronto", "en", "Tuesday 24 November 2026, 06:00 Eastern Standard Time (Toronto)"),
        ("America/Toronto", "en-US", "Tuesday 24 November 2026, 06:00 Eastern Standard Time (Toronto)"),
        ("America/Toronto", "fr-CA", "mardi 24 novembre 2026, 06:00 heure normale de l’Est (Toronto)"),
        ("America/Toronto", "fr", "mardi 24 novembre 2026, 06:00 heure normale de l’Est nord-américain (Toronto)"),
        ("Europe/London", "fr", "mardi 24 novembre 2026, 11:00 heure moyenne de Greenwich (Londres)"),
        ("Europe/Paris", "de", "Dienstag, 24. November 2026, 12:00 Mitteleuropäische Normalzeit (Paris)"),
        ("UTC", "fr", "mardi 24 novembre 2026, 11:00 UTC"),
        ("Asia/Kolkata", "en", "Tuesday 24 November 2026, 16:30 UTC+5:30 (Kolkata)"),
        ("America/St_Johns", "en", "Tuesday 24 November 2026, 07:30 Newfoundland Standard Time (St. John’s)"),
        ("Europe/Dublin", "en", "Tuesday 24 November 2026, 11:00 Greenwich Mean Time (Dublin)"),
        ("Pacific/Auckland", "en", "Wednesday 25 November 2026, 00:00 New Zealand Daylight Time (Auckland)"),
        ("Etc/GMT+5", "en", "Tuesday 24 November 2026, 06:00 UTC-5"),
        ("America/Argentina/Buenos_Aires", "en", "Tuesday 24 November 2026, 08:00 UTC-3 (Buenos Aires)"),
    ],
)
def test_the_lift_is_written_out_for_a_zone_and_a_language(zone: str, language: str, words: str) -> None:
    assert lift_in_words(LIFT, zone, language) == words


@pytest.mark.parametrize(
    ("zone", "hour", "earlier", "later"),
    [
        ("America/Toronto", datetime(2026, 11, 1, 6, tzinfo=UTC), "Eastern Daylight Time", "Eastern Standard Time"),
        ("Europe/Paris", datetime(2026, 10, 25, 1, tzinfo=UTC), "European Summer Time", "European Standard Time"),
    ],
)
def test_an_hour_that_comes_twice_is_told_apart(zone: str, hour: datetime, earlier: str, later: str) -> None:
    first, second = (
        lift_in_words(moment, zone, "en") for moment in (hour - timedelta(minutes=30), hour + timedelta(minutes=30))
    )
    assert first.split(" ")[4] == second.split(" ")[4]
    assert earlier in first
    assert later in second


def test_a_clock_change_in_spring_shows_both_names() -> None:
    change = datetime(2026, 3, 8, 7, 0, tzinfo=UTC)
    assert "01:59 Eastern Standard Time" in lift_in_words(change - timedelta(minutes=1), "America/Toronto", "en")
    assert "03:00 Eastern Daylight Time" in lift_in_words(change, "America/Toronto", "en")


def test_dublin_has_its_summer_in_summer() -> None:
    july = datetime(2026, 7, 24, 11, 0, tzinfo=UTC)
    assert lift_in_words(july, "Europe/Dublin", "en") == "Friday 24 July 2026, 12:00 Irish Standard Time (Dublin)"


@pytest.mark.parametrize(
    ("zone", "language", "words"),
    [
        ("America/Toronto", "en", "24 Nov 06:00 EST"),
        ("America/Toronto", "en-GB", "24 Nov 06:00 EST"),
        ("America/Toronto", "fr", "24 nov. 06:00 HNE"),
        ("Europe/Paris", "fr", "24 nov. 12:00 CET"),
        ("Europe/London", "en", "24 Nov 11:00 GMT"),
        ("Asia/Kolkata", "en", "24 Nov 16:30 UTC+5:30"),
        ("Asia/Shanghai", "en", "24 Nov 19:00 UTC+8"),
        ("America/St_Johns", "en", "24 Nov 07:30 UTC-3:30"),
        ("UTC", "fr", "24 nov. 11:00 UTC"),
    ],
)
def test_a_subject_line_gets_the_short_form(zone: str, language: str, words: str) -> None:
    assert lift_in_short(LIFT, zone, language) == words


def test_every_zone_of_the_database_can_be_written_with_its_own_clock() -> None:
    for zone in sorted(name for name in available_timezones() if "/" in name):
        words = lift_in_words(LIFT, zone, "en")
        assert f", {LIFT.astimezone(find_zone(zone)):%H:%M} " in words
        assert "None" not in words


def test_the_instant_decides_not_the_zone_it_was_written_in() -> None:
    same = resolve_local(datetime(2026, 11, 24, 6, 0), "America/Toronto")  # noqa: DTZ001 - a wall clock is the point
    assert lift_in_words(same, "Europe/Paris", "en") == lift_in_words(LIFT, "Europe/Paris", "en")


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(InstantError, match="no time zone"):
        lift_in_words(datetime(2026, 11, 24, 6, 0), "UTC", "en")  # noqa: DTZ001 - what is refused


def test_a_zone_that_does_not_exist_is_refused() -> None:
    with pytest.raises(InstantError, match="Mars/Base"):
        lift_in_short(LIFT, "Mars/Base", "en")


@pytest.mark.parametrize(
    ("tag", "found"), [("fr-CA", "fr_CA"), ("fr-XX", "fr"), ("tlh", "en"), ("", "en"), ("e n", "en")]
)
def test_a_language_without_data_falls_back(tag: str, found: str) -> None:
    assert str(find_locale(tag)) == found
