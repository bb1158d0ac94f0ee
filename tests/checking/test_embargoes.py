"""The embargo."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest

from distribute.domain.finding import Finding
from distribute.domain.release import ReleaseLine, ReleaseLineKind

Findings = Callable[..., list[Finding]]


def line(raw: str, until: str | None) -> ReleaseLine:
    lift = datetime.fromisoformat(until) if until else None
    return ReleaseLine(kind=ReleaseLineKind.EMBARGO, raw=raw, until=lift, line=2)


def test_an_embargo_needs_one_instant(findings: Findings) -> None:
    assert findings("embargo-undated", release_line=line("Embargo: 24 November", "2026-11-24T06:00-05:00")) == []
    (finding,) = findings("embargo-undated", release_line=line("EMBARGOED", None))
    assert (finding.line, finding.is_error) == (2, True)
    assert "“EMBARGOED” names no exact instant" in finding.message


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
    ],
)
def test_a_named_weekday_is_that_of_the_date(findings: Findings, language: str | None, raw: str, count: int) -> None:
    until = "2026-11-24T06:00-05:00"
    assert len(findings("embargo-weekday", language=language, release_line=line(raw, until))) == count


def test_the_weekday_is_that_of_the_clock_it_was_written_in(findings: Findings) -> None:
    assert findings("embargo-weekday", release_line=line("Tuesday 23:00 EST", "2026-11-24T23:00-05:00")) == []
