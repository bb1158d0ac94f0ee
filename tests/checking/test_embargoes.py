"""The embargo."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from distribute.domain.finding import Finding
from distribute.domain.release import MediaContact, ReleaseLine, ReleaseLineKind

Findings = Callable[..., list[Finding]]


def line(raw: str, until: str | None) -> ReleaseLine:
    lift = datetime.fromisoformat(until) if until else None
    return ReleaseLine(kind=ReleaseLineKind.EMBARGO, raw=raw, until=lift, line=2)


def test_an_embargo_needs_one_instant(findings: Findings) -> None:
    assert findings("embargo-undated", release_line=line("Embargo: 24 November", "2026-11-24T06:00-05:00")) == []
    (finding,) = findings("embargo-undated", release_line=line("EMBARGOED", None))
    assert (finding.line, finding.is_error) == (2, True)
    assert "“EMBARGOED” names no exact instant" in finding.message


def test_two_embargoes_name_one_instant(findings: Findings) -> None:
    first, other = line("Embargo: 24 November, 06:00 EST", None), line("Embargo: 25 November", "2026-11-25T06:00-05:00")
    agreed = replace(first, until=other.until, rivals=(other,))
    assert findings("embargo-conflict", release_line=agreed) == []
    torn = replace(first, rivals=(replace(other, line=9),))
    (finding,) = findings("embargo-conflict", release_line=torn)
    assert (finding.line, finding.is_error) == (9, True)
    assert findings("embargo-undated", release_line=torn) == [], "one fault is named once"


@pytest.mark.parametrize(
    ("raw", "first", "second"),
    [
        (
            "Embargoed until 24 November 2026, 10:00 EST / 14:00 GMT",
            "“10:00 EST” is 15:00 UTC",
            "“14:00 GMT” is 14:00 UTC",
        ),
        (
            "Sperrfrist: 24. November 2026, 10 Uhr MEZ / 8 Uhr GMT",
            "“10 Uhr MEZ” is 09:00 UTC",
            "“8 Uhr GMT” is 08:00 UTC",
        ),
        ("Sous embargo : 24 novembre 2026, 10 h HNE, 17 h CET", "“10 h HNE” is 15:00 UTC", "“17 h CET” is 16:00 UTC"),
    ],
)
def test_two_times_of_one_line_that_differ_are_both_named(
    findings: Findings, raw: str, first: str, second: str
) -> None:
    (finding,) = findings("embargo-conflict", release_line=line(raw, None))
    assert first in finding.message
    assert second in finding.message
    assert finding.is_error
    assert findings("embargo-undated", release_line=line(raw, None)) == [], "one fault is named once"


def test_two_times_of_one_line_that_agree_are_well(findings: Findings) -> None:
    for raw in ("Embargo: 24 November 2026, 10:00 EST / 15:00 GMT", "Embargo: 24 November 2026, 9:00 to 10:00 GMT"):
        assert findings("embargo-conflict", release_line=line(raw, None)) == []


@pytest.mark.parametrize(
    ("language", "raw", "words"),
    [
        ("en", "Embargoed until 24 November 2026, 12 a.m. EST", "12 a.m."),
        ("en", "Embargoed until 24 November 2026, 12:00 PM EST", "12:00 PM"),
        ("en", "Embargoed until midnight, 24 November 2026", "midnight"),
        ("en", "Embargoed until 24 November 2026, 24:00 GMT", "24:00"),
        ("en", "Embargoed until 24 November 2026, 12:00 EST", "12:00"),
        ("fr", "Sous embargo jusqu’au 24 novembre 2026 à minuit", "minuit"),
        ("fr", "Sous embargo jusqu’au 24 novembre 2026 à 24 h", "24 h"),
        ("de", "Sperrfrist: 24. November 2026, 24 Uhr", "24 Uhr"),
        ("de", "Sperrfrist: 24. November 2026, Mitternacht", "Mitternacht"),
    ],
)
def test_an_hour_that_is_noon_or_midnight_blocks(findings: Findings, language: str, raw: str, words: str) -> None:
    (finding,) = findings("embargo-twelve", language=language, release_line=line(raw, "2026-11-24T12:00-05:00"))
    assert f"“{words}”" in finding.message
    assert finding.is_error


def test_a_midnight_says_what_is_doubtful_and_is_named_once(findings: Findings) -> None:
    undated = line("Embargoed until midnight, 24 November 2026, EST", None)
    (finding,) = findings("embargo-twelve", release_line=undated)
    assert "begins the day or ends it: write 00:01 or 23:59" in finding.message
    assert findings("embargo-undated", release_line=undated) == []


@pytest.mark.parametrize(
    ("language", "raw"),
    [
        ("en", "Embargoed until 24 November 2026, 12 noon EST"),
        ("en", "Embargoed until 24 November 2026, 12:00 noon EST"),
        ("en", "Embargoed until 24 November 2026, 12:00 GMT"),
        ("en", "Embargoed until 24 November 2026, 00:01 GMT"),
        ("fr", "Sous embargo jusqu’au 24 novembre 2026, 12 h 00"),
        ("de", "Sperrfrist: 24. November 2026, 12:00 Uhr"),
    ],
)
def test_an_hour_that_is_one_is_well(findings: Findings, language: str, raw: str) -> None:
    assert findings("embargo-twelve", language=language, release_line=line(raw, "2026-11-24T12:00-05:00")) == []


@pytest.mark.parametrize(
    ("raw", "until", "meant"),
    [
        ("Embargo: 7 July 2027, 6:00 EST", "2027-07-07T06:00-05:00", "EDT"),
        ("Embargo: 7 January 2027, 6:00 CEST", "2027-01-07T06:00+02:00", "CET"),
        ("Embargo : 7 juillet 2027, 6 h HNE", "2027-07-07T06:00-05:00", "HAE"),
        ("Sperrfrist: 7. Juli 2027, 6 Uhr MEZ", "2027-07-07T06:00+01:00", "MESZ"),
    ],
)
def test_a_zone_word_out_of_season_blocks(findings: Findings, raw: str, until: str, meant: str) -> None:
    (finding,) = findings("embargo-zone", release_line=line(raw, until))
    assert f"write {meant}" in finding.message
    assert finding.is_error


@pytest.mark.parametrize(
    ("raw", "until"),
    [
        ("Embargo: 7 July 2027, 6:00 EDT", "2027-07-07T06:00-04:00"),
        ("Embargo: 7 January 2027, 6:00 GMT", "2027-01-07T06:00+00:00"),
        ("Embargo: 7 July 2027, 6:00 GMT", "2027-07-07T06:00+00:00"),
        ("Embargo: 7 July 2027, 6:00 MST (Phoenix)", "2027-07-07T06:00-07:00"),
        ("Embargo: Brisbane, 7 January 2027, 6:00 AEST", "2027-01-07T06:00+10:00"),
        ("Embargo: 7 July 2027, 6:00 UTC", "2027-07-07T06:00+00:00"),
        ("Embargo: 7 July 2027, 6:00 ET", "2027-07-07T06:00-04:00"),
    ],
)
def test_a_zone_word_in_season_is_well(findings: Findings, raw: str, until: str) -> None:
    assert findings("embargo-zone", release_line=line(raw, until)) == []


def test_a_british_desk_that_says_gmt_in_summer_may_mean_its_own_clock(findings: Findings) -> None:
    desk = (MediaContact(name="Ana Ruiz", phones=("+442079460123",), emails=("ana@example.org",)),)
    lone = line("Embargo: 7 July 2027, 6:00 GMT", "2027-07-07T06:00+00:00")
    (finding,) = findings("embargo-zone", release_line=lone, contacts=desk)
    assert "write BST" in finding.message
    told = line("Embargo: 7 July 2027, 2:00 EDT / 6:00 GMT", "2027-07-07T06:00+00:00")
    assert findings("embargo-zone", release_line=told, contacts=desk) == []


def test_a_word_that_a_place_keeps_all_year_is_well(findings: Findings) -> None:
    lift = datetime(2027, 7, 7, 6, 0, tzinfo=ZoneInfo("America/Regina"))
    kept = ReleaseLine(kind=ReleaseLineKind.EMBARGO, raw="Embargo: 7 July 2027, 6:00 CST", until=lift, line=2)
    assert findings("embargo-zone", release_line=kept) == []


@pytest.mark.parametrize(("is_inferred", "count"), [(True, 1), (False, 0)])
def test_a_zone_that_nobody_wrote_is_told(findings: Findings, is_inferred: bool, count: int) -> None:
    lift = datetime(2027, 7, 7, 6, 0, tzinfo=ZoneInfo("Europe/London"))
    bare = line("Embargo: 7 July 2027, 6:00", "2027-07-07T06:00+01:00")
    found = findings("embargo-zone-unwritten", release_line=replace(bare, until=lift, is_zone_inferred=is_inferred))
    assert len(found) == count
    assert all("06:00 BST (Europe/London)" in finding.message and not finding.is_error for finding in found)


def test_a_release_that_is_immediate_needs_none(findings: Findings) -> None:
    assert findings("embargo-undated", release_line=ReleaseLine(kind=ReleaseLineKind.IMMEDIATE, raw="x")) == []


@pytest.mark.parametrize(("until", "count"), [("2026-11-22T09:00+00:00", 1), ("2026-11-22T09:01+00:00", 0)])
def test_an_embargo_lies_ahead(findings: Findings, until: str, count: int) -> None:
    assert len(findings("embargo-past", release_line=line("Embargo", until))) == count


@pytest.mark.parametrize(
    ("language", "raw", "count"),
    [
        ("en", "Embargoed until Tuesday, 24 November 2026, 06:00 EST", 0),
        ("en", "Embargoed until Thursday, 24 November 2026, 06:00 EST", 1),
        ("fr", "Sous embargo jusqu'au mardi 24 novembre 2026", 0),
        ("fr", "Sous embargo jusqu'au jeudi 24 novembre 2026", 1),
        ("fr", "Embargo: Thursday 24 November 2026", 1),
        (None, "Embargo: 24 November 2026", 0),
        ("de", "Sperrfrist: Di., 24.11.2026", 0),
        ("de", "Sperrfrist: Do., 24.11.2026", 1),
        ("en", "Embargo: Wed, Nov. 24, 2026", 1),
        ("en", "Embargo: Tue, Nov. 24, for the Sat edition", 0),
    ],
)
def test_a_named_weekday_is_that_of_the_date(findings: Findings, language: str | None, raw: str, count: int) -> None:
    until = "2026-11-24T06:00-05:00"
    assert len(findings("embargo-weekday", language=language, release_line=line(raw, until))) == count


def test_the_weekday_is_that_of_the_clock_it_was_written_in(findings: Findings) -> None:
    assert findings("embargo-weekday", release_line=line("Tuesday 23:00 EST", "2026-11-24T23:00-05:00")) == []
