"""An embargo's instant in words: languages, zones and both sides of a clock change."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import available_timezones

import pytest

from distribute.domain.instant import find_zone, resolve_local
from distribute.errors import InstantError
from distribute.rendering.dates import find_locale, lift_in_short, lift_in_words
from tests.rendering import clock_laws

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


# ---- every change of the clocks, worked out from the law

CHANGES = [(zone, *change) for zone in (*clock_laws.LAWS, "Africa/Casablanca") for change in clock_laws.changes(zone)]
CHANGING = [pytest.param(*change, id=f"{change[0]}-{change[1]:%Y-%m-%d}") for change in CHANGES]
FALLING_BACK = [param for param, (_, _, before, after) in zip(CHANGING, CHANGES, strict=True) if before > after]


def test_the_law_changes_clocks_twice_a_year_where_it_does() -> None:
    assert len(CHANGING) == 12 * 7 * 2 + len(clock_laws.RAMADAN)


@pytest.mark.parametrize(("zone", "moment", "before", "after"), CHANGING)
def test_a_lift_is_right_on_both_sides_of_every_change(
    zone: str, moment: datetime, before: timedelta, after: timedelta
) -> None:
    for minutes in (-181, -61, -31, -1, 0, 1, 29, 59, 180):
        lift = moment + timedelta(minutes=minutes)
        local = (lift + (before if minutes < 0 else after)).replace(tzinfo=None)
        day, clock = f"{local:%A} {local.day} {local:%B %Y}", f"{local:%H:%M}"
        assert lift_in_words(lift, zone, "en").startswith(f"{day}, {clock} ")
        assert lift_in_short(lift, zone, "en").startswith(f"{local.day} {local:%b} {clock} ")
        assert f" {local.day} " in lift_in_words(lift, zone, "fr").replace("1er", "1")
        assert f", {clock} " in lift_in_words(lift, zone, "fr")


@pytest.mark.parametrize(("zone", "moment", "before", "after"), FALLING_BACK)
def test_of_two_lifts_at_one_wall_time_each_is_told_from_the_other(
    zone: str, moment: datetime, before: timedelta, after: timedelta
) -> None:
    early, late = moment - (before - after) / 2, moment + (before - after) / 2
    for language in ("en", "fr"):
        first, second = (lift_in_words(lift, zone, language) for lift in (early, late))
        assert first.split(",")[:-1] == second.split(",")[:-1]
        assert first != second


@pytest.mark.parametrize("zone", [zone for zone, law in clock_laws.LAWS.items() if not law.changes()])
def test_where_no_clock_changes_noon_in_utc_is_always_at_one_time(zone: str) -> None:
    offset = clock_laws.LAWS[zone].offset
    for day in range(0, 7 * 365, 5):
        lift = datetime(2024, 1, 1, 12, tzinfo=UTC) + timedelta(days=day)
        assert f", {lift + offset:%H:%M} " in lift_in_words(lift, zone, "en")


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
