"""Every way of writing WHEN, and every clock change of eight zones that change their clocks differently."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from distribute.domain.instant import Instant, find_zone, iso, parse_instant, resolve_local
from distribute.errors import InstantError

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
TORONTO = "America/Toronto"
ZONES = (
    *(TORONTO, "Europe/Paris", "Europe/London", "Australia/Lord_Howe"),
    *("America/St_Johns", "Pacific/Auckland", "Pacific/Chatham", "America/Nuuk"),
)


def read(text: str, zone: str = TORONTO) -> Instant:
    return parse_instant(text, NOW, zone)


def clock_changes(zone: str, first: int = 2024, last: int = 2030) -> list[datetime]:
    """Every moment (UTC) at which the zone's offset changes, found by asking the zone half-hour by half-hour."""
    tz, step = ZoneInfo(zone), timedelta(minutes=30)
    moments, offset = [], None
    day = datetime(first, 1, 1, tzinfo=UTC)
    while day.year <= last:
        if offset is not None and (day + timedelta(days=1)).astimezone(tz).utcoffset() != offset:
            moment = day
            while moment.astimezone(tz).utcoffset() == offset:
                moment += step
            moments.append(moment)
        day += timedelta(days=1)
        offset = day.astimezone(tz).utcoffset()
    return moments


CHANGES = [
    pytest.param(zone, moment, id=f"{zone}-{moment:%Y-%m-%d}") for zone in ZONES for moment in clock_changes(zone)
]


def offset_of(moment: datetime, zone: str) -> timedelta:
    offset = moment.astimezone(ZoneInfo(zone)).utcoffset()
    assert offset is not None
    return offset


# ---- every form of WHEN


@pytest.mark.parametrize(
    ("text", "utc", "zone"),
    [
        ("2026-11-24 06:00 America/Toronto", "2026-11-24T11:00:00Z", TORONTO),
        ("2026-11-24 06:00 Europe/Paris", "2026-11-24T05:00:00Z", "Europe/Paris"),
        ("2026-11-24T06:00 Europe/Paris", "2026-11-24T05:00:00Z", "Europe/Paris"),
        ("2026-11-24T06:00-05:00", "2026-11-24T11:00:00Z", "UTC-05:00"),
        ("2026-11-24 06:00 -0500", "2026-11-24T11:00:00Z", "UTC-05:00"),
        ("2026-11-24 06:00+05:45", "2026-11-24T00:15:00Z", "UTC+05:45"),
        ("2026-11-24T11:00Z", "2026-11-24T11:00:00Z", "UTC"),
        ("2026-11-24T11:00:30Z", "2026-11-24T11:00:30Z", "UTC"),
        ("2026-11-24 11:00 UTC", "2026-11-24T11:00:00Z", "UTC"),
        ("2026-11-24 06:00", "2026-11-24T11:00:00Z", TORONTO),
        ("2026-11-24 6:00", "2026-11-24T11:00:00Z", TORONTO),
        ("2026-07-24 06:00", "2026-07-24T10:00:00Z", TORONTO),
        ("now", "2026-11-20T09:30:00Z", TORONTO),
        ("NOW", "2026-11-20T09:30:00Z", TORONTO),
        ("in 90s", "2026-11-20T09:31:30Z", TORONTO),
        ("in 15m", "2026-11-20T09:45:00Z", TORONTO),
        ("in 15 min", "2026-11-20T09:45:00Z", TORONTO),
        ("in 2h", "2026-11-20T11:30:00Z", TORONTO),
        ("In 2H", "2026-11-20T11:30:00Z", TORONTO),
        ("in 1 day", "2026-11-21T09:30:00Z", TORONTO),
        ("in 3 days", "2026-11-23T09:30:00Z", TORONTO),
        ("in 3d", "2026-11-23T09:30:00Z", TORONTO),
        ("  2026-11-24   06:00\u00a0Europe/Paris ", "2026-11-24T05:00:00Z", "Europe/Paris"),
    ],
)
def test_every_form_is_one_moment_seen_from_one_zone(text: str, utc: str, zone: str) -> None:
    instant = read(text)
    assert (instant.iso, instant.zone) == (utc, zone)


def test_a_bare_time_takes_the_default_zone() -> None:
    assert {zone: read("2026-11-24 06:00", zone).iso for zone in (TORONTO, "Europe/Paris", "UTC")} == {
        TORONTO: "2026-11-24T11:00:00Z",
        "Europe/Paris": "2026-11-24T05:00:00Z",
        "UTC": "2026-11-24T06:00:00Z",
    }


def test_now_is_turned_into_utc() -> None:
    paris = NOW.astimezone(ZoneInfo("Europe/Paris"))
    assert parse_instant("now", paris, TORONTO).utc.tzinfo is UTC
    assert parse_instant("in 1h", paris, TORONTO).utc == NOW + timedelta(hours=1)


def test_in_a_day_is_24_hours_even_when_the_clocks_change() -> None:
    evening_before = datetime(2026, 10, 31, 12, 0, tzinfo=UTC)
    assert parse_instant("in 1d", evening_before, TORONTO).utc == evening_before + timedelta(hours=24)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "tomorrow",
        "2026-11-24",
        "06:00",
        "24.11.2026 06:00",
        "24/11/2026 06:00",
        "2026-11-24 06h00",
        "2026-11-24 6 am",
        "2026-11-24 06:00 pm",
        "2026-11-24 06:00 America/Toronto please",
        "in two hours",
        "in 2 fortnights",
        "in -2h",
        "in 5ſ",
        "in 5 mın",
        "in ٣h",
        "２０２６-11-24 06:00",
    ],
)
def test_a_form_not_known_is_refused_with_those_that_are(text: str) -> None:
    with pytest.raises(InstantError, match=r"2026-11-24 06:00 America/Toronto|time zone"):
        read(text)


@pytest.mark.parametrize(
    "text", ["2026-13-01 06:00", "2026-02-30 06:00", "2026-11-24 25:00", "2026-11-24 06:61", "0000-01-01 06:00"]
)
def test_a_date_or_time_that_no_calendar_has_is_refused(text: str) -> None:
    with pytest.raises(InstantError, match="exists"):
        read(text)


@pytest.mark.parametrize(
    "text",
    [
        "in 999999999999d",
        "in 3650000d",
        "0001-01-01 00:00+14:00",
        "9999-12-31 23:00-05:00",
        "9999-12-31T23:00Z",
        "0001-06-01 06:00",
    ],
)
def test_a_moment_beyond_the_calendar_is_refused(text: str) -> None:
    with pytest.raises(InstantError, match="too far away"):
        read(text)


def test_an_offset_no_place_has_is_refused() -> None:
    with pytest.raises(InstantError, match="write it as -05:00"):
        read("2026-11-24 06:00+99:99")


# ---- zones


@pytest.mark.parametrize(
    "name", ["CST", "EST", "EST5EDT", "CET", "Z", "Toronto", "", "Europe", "Nowhere/Else", "../UTC"]
)
def test_a_zone_that_is_no_full_name_is_refused(name: str) -> None:
    with pytest.raises(InstantError, match="America/Toronto or Europe/Paris"):
        find_zone(name)


@pytest.mark.parametrize("zone", ["EST", "CST", "CET", "BST", "pst"])
def test_an_abbreviation_behind_a_time_is_refused(zone: str) -> None:
    with pytest.raises(InstantError, match=f"“{zone}” is not a time zone"):
        read(f"2026-11-24 06:00 {zone}")


@pytest.mark.parametrize("zone", [*ZONES, "UTC", "GMT", "Etc/GMT+5"])
def test_a_full_zone_name_is_found(zone: str) -> None:
    assert find_zone(zone).key == zone


def test_a_default_zone_that_does_not_exist_is_refused_when_it_is_needed() -> None:
    with pytest.raises(InstantError, match="EST"):
        read("2026-11-24 06:00", "EST")


# ---- clock changes


def test_the_changes_looked_at_are_all_of_them() -> None:
    """Two a year and zone over seven years; without this the tests below could pass over an empty list."""
    assert len(CHANGES) == len(ZONES) * 7 * 2


@pytest.mark.parametrize(("zone", "moment"), CHANGES)
def test_times_around_a_clock_change_are_refused_exactly_when_skipped_or_repeated(zone: str, moment: datetime) -> None:
    """Minute after minute, a wall time is read if the zone shows it once, refused if it shows it never or twice."""
    before, after = offset_of(moment - timedelta(seconds=1), zone), offset_of(moment, zone)
    low, high = sorted((moment + before, moment + after))
    for minutes in range(-5, int((high - low) / timedelta(minutes=1)) + 5):
        naive = (low + timedelta(minutes=minutes)).replace(tzinfo=None)
        if low.replace(tzinfo=None) <= naive < high.replace(tzinfo=None):
            with pytest.raises(InstantError):
                read(f"{naive:%Y-%m-%d %H:%M}", zone)
        else:
            assert read(f"{naive:%Y-%m-%d %H:%M}", zone).local.replace(tzinfo=None) == naive


@pytest.mark.parametrize(("zone", "moment"), CHANGES)
def test_a_skipped_time_is_said_to_be_skipped_and_a_repeated_one_asks_with_both_offsets(
    zone: str, moment: datetime
) -> None:
    before, after = offset_of(moment - timedelta(seconds=1), zone), offset_of(moment, zone)
    low, high = sorted((moment + before, moment + after))
    naive = (low + (high - low) / 2).replace(tzinfo=None)
    with pytest.raises(InstantError) as refusal:
        read(f"{naive:%Y-%m-%d %H:%M} {zone}", "UTC")
    if after > before:
        assert "does not exist" in str(refusal.value)
    else:
        first, second = str(refusal.value).split(": write ")[1].split(" or ")
        assert read(first).utc == naive.replace(tzinfo=UTC) - before
        assert read(second).utc == naive.replace(tzinfo=UTC) - after


def test_half_an_hour_is_skipped_on_lord_howe() -> None:
    with pytest.raises(InstantError, match="does not exist"):
        read("2026-10-04 02:15", "Australia/Lord_Howe")
    assert read("2026-10-04 02:30", "Australia/Lord_Howe").iso == "2026-10-03T15:30:00Z"


def test_six_in_the_morning_of_a_day_that_was_left_out_does_not_exist() -> None:
    """Samoa went from 29 to 31 December 2011."""
    with pytest.raises(InstantError, match="2011-12-30 06:00 Pacific/Apia does not exist"):
        read("2011-12-30 06:00 Pacific/Apia")
    assert read("2011-12-31 06:00 Pacific/Apia").iso == "2011-12-30T16:00:00Z"


def test_a_repeated_time_with_its_offset_is_taken() -> None:
    assert read("2026-11-01T01:30-04:00").iso == "2026-11-01T05:30:00Z"
    assert read("2026-11-01T01:30-05:00").iso == "2026-11-01T06:30:00Z"


@given(
    naive=st.datetimes(datetime(2024, 1, 1), datetime(2030, 12, 31)),  # noqa: DTZ001  wall-clock times
    zone=st.sampled_from(ZONES),
)
@settings(deadline=None)
def test_a_wall_time_is_what_that_wall_shows_or_is_refused(naive: datetime, zone: str) -> None:
    try:
        moment = resolve_local(naive, zone)
    except InstantError:
        readings = {naive.replace(tzinfo=ZoneInfo(zone), fold=fold).utcoffset() for fold in (0, 1)}
        assert len(readings) == 2
    else:
        assert moment.astimezone(UTC).astimezone(ZoneInfo(zone)).replace(tzinfo=None) == naive


# ---- what people and files read


def test_an_instant_shows_both_clocks_and_the_weekday() -> None:
    assert str(read("2026-11-24 06:00")) == "Tuesday 2026-11-24 06:00 America/Toronto = 11:00 UTC"
    assert str(read("2026-11-24T06:00-05:00")) == "Tuesday 2026-11-24 06:00 UTC-05:00 = 11:00 UTC"


def test_an_instant_shows_the_day_in_utc_where_it_is_another() -> None:
    assert str(read("2026-11-24 22:00")) == "Tuesday 2026-11-24 22:00 America/Toronto = Wednesday 2026-11-25 03:00 UTC"


@pytest.mark.parametrize(
    ("text", "wall"),
    [
        ("2026-11-24 06:00", "2026-11-24T06:00:00"),
        ("2026-11-24T06:00:30-05:00", "2026-11-24T06:00:30"),
        ("2026-11-24 00:00 Asia/Kathmandu", "2026-11-24T00:00:00"),
    ],
)
def test_an_instant_knows_what_its_authors_wall_clock_shows(text: str, wall: str) -> None:
    assert read(text).wall == wall


def test_iso_is_in_utc_to_the_second() -> None:
    moment = datetime(2026, 11, 24, 6, 0, 0, 999999, tzinfo=ZoneInfo(TORONTO))
    assert iso(moment) == "2026-11-24T11:00:00Z"


def test_a_naive_moment_has_no_iso_form() -> None:
    with pytest.raises(ValueError, match="naive"):
        iso(datetime(2026, 11, 24, 6, 0))  # noqa: DTZ001  what is refused


def test_a_text_without_an_offset_is_no_instant() -> None:
    with pytest.raises(ValueError, match="naive"):
        Instant.from_iso("2026-11-24T06:00:00", TORONTO)


@given(moment=st.datetimes(datetime(2000, 1, 1), timezones=st.just(UTC)), zone=st.sampled_from(ZONES))  # noqa: DTZ001
@settings(deadline=None)
def test_an_instant_survives_being_written_and_read(moment: datetime, zone: str) -> None:
    instant = Instant(moment.replace(microsecond=0), zone)
    assert Instant.from_iso(instant.iso, zone) == instant


# ---- whatever is typed

DATES = ["2026-11-24", "2026-11-01", "0001-01-01", "9999-12-31", "in", "now", ""]
TIMES = ["06:00", "01:30", "24:00", "5", "99999999", "１", ""]
ZONES_OR_UNITS = ["Z", "+14:00", "-23:59", "+0000", "Europe/Paris", "Etc/", "/", "\x00", "m", "ſ", "mın", "d", ""]
SCRAPS = st.tuples(*map(st.sampled_from, (DATES, [" ", "T", ""], TIMES, [" ", ""], ZONES_OR_UNITS))).map("".join)


@given(text=SCRAPS | st.text(max_size=40), zone=st.sampled_from(ZONES))
@example(text="2026-11-24 06:00 a/\ud800", zone=TORONTO)
@example(text="in " + "9" * 5000 + "s", zone=TORONTO)
@settings(deadline=None, max_examples=300)
def test_any_text_is_an_instant_or_an_instant_error(text: str, zone: str) -> None:
    with suppress(InstantError):
        instant = read(text, zone)
        assert instant.utc.tzinfo is UTC
        assert "UTC" in str(instant)


def test_an_instant_is_the_same_on_both_clocks_whatever_offset_it_came_with() -> None:
    toronto = datetime(2026, 12, 1, 6, 0, tzinfo=ZoneInfo("America/Toronto"))
    instant = Instant(toronto, "America/Toronto")
    assert instant.utc == toronto
    assert instant.utc.tzinfo is UTC
    assert str(instant) == "Tuesday 2026-12-01 06:00 America/Toronto = 11:00 UTC"
    with pytest.raises(ValueError, match="naive"):
        Instant(datetime(2026, 12, 1), "UTC")  # noqa: DTZ001  what must be refused
