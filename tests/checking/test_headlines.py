"""The headline's form."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from distribute.domain.finding import Finding

Findings = Callable[..., list[Finding]]


@pytest.mark.parametrize(("length", "count"), [(19, 1), (20, 0), (120, 0), (121, 1)])
def test_a_headline_has_20_to_120_characters(findings: Findings, length: int, count: int) -> None:
    assert len(findings("headline-length", headline="x" * length)) == count


@pytest.mark.parametrize(("length", "count"), [(64, 0), (65, 1), (120, 1), (121, 0)])
def test_a_subject_has_64_characters(findings: Findings, length: int, count: int) -> None:
    """Over 120 another rule says so."""
    assert len(findings("subject-length", headline="x" * length)) == count


def test_a_headline_does_not_shout(findings: Findings) -> None:
    assert findings("headline-shouting", headline="UN: Dam operators ignored warnings") == []
    assert len(findings("headline-shouting", headline="DAM OPERATORS IGNORED WARNINGS")) == 1


def test_a_headline_does_not_exclaim(findings: Findings) -> None:
    assert findings("headline-exclamation") == []
    (finding,) = findings("headline-exclamation", headline="Dam operators warned!")
    assert (finding.line, finding.column) == (1, 21)
