"""Dates in the text."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from distribute.domain.finding import Finding
from distribute.domain.release import Dateline

Findings = Callable[..., list[Finding]]


@pytest.mark.parametrize(
    ("language", "text", "column"),
    [
        ("en", "On 31 August, and again on 1 September, they marched.", 4),
        ("en", "On August 31 they marched.", 4),
        ("fr", "Le 31 août, ils ont marché.", 4),
        ("es", "El 6 de octubre marcharon.", 4),
        ("de", "Am 31. August marschierten sie.", 4),
    ],
)
def test_a_day_without_a_year_is_named_once(findings: Findings, language: str, text: str, column: int) -> None:
    (finding,) = findings("day-without-year", text, language=language, dateline=None)
    assert (finding.line, finding.column) == (5, column)


@pytest.mark.parametrize(
    "text", ["On 31 August 2020 they marched.", "On August 31, 2020 they marched.", "In May 2020 it rained."]
)
def test_a_day_with_its_year_is_well(findings: Findings, text: str) -> None:
    assert findings("day-without-year", text, dateline=None) == []


def test_a_dateline_wants_a_date(findings: Findings) -> None:
    assert findings("no-date") == []
    placed = Dateline(raw="MINSK —", place="MINSK", line=3)
    (finding,) = findings("no-date", dateline=placed)
    assert (finding.line, finding.column) == (3, 1)
    assert findings("no-date", dateline=placed, issued=date(2020, 9, 1)) == []
    assert findings("no-date", dateline=None) == [], "there another rule asks for the dateline"


@pytest.mark.parametrize(
    ("language", "text", "day"),
    [
        ("en", "They marched on Tuesday.", "Tuesday"),
        ("en", "They marched yesterday.", "yesterday"),
        ("fr", "La marche de mardi a réuni mille personnes.", "mardi"),
        ("de", "Am Dienstag wurde demonstriert.", "Dienstag"),
    ],
)
def test_a_day_by_name_alone_wants_a_date(findings: Findings, language: str, text: str, day: str) -> None:
    (finding,) = findings("day-without-date", text, language=language, dateline=None)
    assert f"“{day}”" in finding.message
    assert findings("day-without-date", text, language=language) == [], "the dateline has the date"


@pytest.mark.parametrize(
    "text", ["On Tuesday, 24 November 2026, they marched.", "On Tuesday (March 3) they met.", "We meet on Mondays."]
)
def test_a_day_with_its_date_is_well(findings: Findings, text: str) -> None:
    assert findings("day-without-date", text, dateline=None) == []


@pytest.mark.parametrize(
    ("language", "text", "count"),
    [
        ("en", "On Tuesday, 24 November 2026, they marched.", 0),
        ("en", "On Thursday, November 24, 2026, they marched.", 1),
        ("fr", "Le jeudi 24 novembre 2026, ils ont marché.", 1),
        ("es", "El jueves 24 de noviembre de 2026 marcharon.", 1),
        ("de", "Am Dienstag, den 24. November 2026, geschah es.", 0),
        ("en", "On Monday, 31 February 2026, they marched.", 0),
        ("de", "Am Do., 24.11.2026, geschah es.", 1),
        ("nl", "Op donderdag 24 november 2026 gebeurde het.", 1),
        ("pt", "Na quinta-feira, 24 de novembro de 2026, marcharam.", 1),
        ("en", "From Monday to Thursday, 23-26 November 2026, they marched.", 0),
        ("en", "On Tuesday and Wednesday, 24 and 25 November 2026, they marched.", 0),
        ("en", "On Friday, 18 of the members left.", 0),
        ("en", "On Thursday 03/04/2026 they met.", 0),
    ],
)
def test_a_weekday_is_that_of_its_date(findings: Findings, language: str, text: str, count: int) -> None:
    assert len(findings("day-and-date", text, language=language)) == count


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "“Today we are free,” she said."),
        ("pt", "“Essa fila existia. Hoje acabou”, disse."),
        ("fr", "La loi existe jusqu’à aujourd’hui, et la société d’aujourd’hui l’ignore."),
        ("de", "Das Gesetz gilt bis heute."),
        ("es", "La ley rige hasta hoy."),
    ],
)
def test_an_age_is_no_day(findings: Findings, language: str, text: str) -> None:
    assert findings("day-without-date", text, language=language, dateline=None) == []


def test_a_weekday_without_a_year_is_that_of_the_releases_own(findings: Findings) -> None:
    """The sound release is of 3 March 2026, a Tuesday."""
    assert findings("day-and-date", "They meet on Friday, 6 March.") == []
    (finding,) = findings("day-and-date", "They meet on Thursday, 6 March.")
    assert finding.column == 14
    assert "6 March 2026 is a Friday" in finding.message
    assert findings("day-and-date", "They meet on Thursday, 6 March.", dateline=None) == [], "no year can be told"
    assert findings("day-and-date", "They met on Friday, 19 September.") == [], "that was in 2025"


def test_the_headline_and_the_dateline_are_asked_too(findings: Findings) -> None:
    dateline = Dateline(raw="OTTAWA, Monday, March 3, 2026 —", place="OTTAWA", date=date(2026, 3, 3), line=3)
    assert [finding.line for finding in findings("day-and-date", dateline=dateline)] == [3]
    assert len(findings("day-and-date", headline="Dam inquiry opens on Monday, 3 March 2026")) == 1


def test_a_release_with_a_date_says_which_year_it_is(findings: Findings) -> None:
    text = "On 31 August they marched."
    assert findings("day-without-year", text) == []
    assert findings("day-without-year", text, dateline=None, issued=date(2020, 9, 1)) == []
    assert len(findings("day-without-year", text, dateline=Dateline(raw="MINSK —", place="MINSK"))) == 1
