"""A finding blocks or advises, nothing between."""

from __future__ import annotations

import pytest

from distribute.domain.finding import Finding, Severity


@pytest.mark.parametrize(("severity", "blocks"), [(Severity.ERROR, True), (Severity.WARNING, False)])
def test_only_errors_block(severity: Severity, *, blocks: bool) -> None:
    assert Finding(rule="no-headline", severity=severity, message="x").is_error is blocks


def test_severities_are_the_words_of_the_json() -> None:
    assert [str(severity) for severity in Severity] == ["error", "warning"]


def test_a_finding_about_the_whole_has_no_place() -> None:
    finding = Finding(rule="no-headline", severity=Severity.ERROR, message="there is no headline")
    assert (finding.line, finding.column) == (None, None)
