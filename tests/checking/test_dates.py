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


def test_a_release_with_a_date_says_which_year_it_is(findings: Findings) -> None:
    text = "On 31 August they marched."
    assert findings("day-without-year", text) == []
    assert findings("day-without-year", text, dateline=None, issued=date(2020, 9, 1)) == []
    assert len(findings("day-without-year", text, dateline=Dateline(raw="MINSK —", place="MINSK"))) == 1
