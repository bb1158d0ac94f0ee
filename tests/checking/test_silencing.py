"""Rules that a release passes over."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from distribute.domain.finding import Finding, Silence

Findings = Callable[..., list[Finding]]


def test_a_silenced_rule_keeps_its_findings_with_the_reason_and_blocks_no_more(findings: Findings) -> None:
    hushed = (Silence(rule="placeholder", reason="XX is the name of a band"),)
    (finding,) = findings("placeholder", "They played with XX on stage.", silences=hushed)
    assert (finding.silenced, finding.is_error, finding.is_blocking) == ("XX is the name of a band", True, False)
    assert findings("silence", silences=hushed) == []


@pytest.mark.parametrize(
    ("rule", "reason", "sentence"),
    [
        ("no-datline", "house style", "did you mean no-dateline?"),
        ("zzz", "house style", "no rule “zzz”"),
        ("no-dateline", "", "without a reason"),
        ("empty-body", "it is so", "cannot be silenced"),
        ("no-headline", "it is so", "cannot be silenced"),
        ("bidi-control", "it is so", "cannot be silenced"),
        ("embargo-past", "it is so", "cannot be silenced"),
        ("embargo-undated", "it is so", "cannot be silenced"),
        ("silence", "it is so", "cannot be silenced"),
    ],
)
def test_what_cannot_be_silenced_so_is_a_sentence(findings: Findings, rule: str, reason: str, sentence: str) -> None:
    (finding,) = findings("silence", silences=(Silence(rule=rule, reason=reason, line=2),))
    assert sentence in finding.message
    assert (finding.line, finding.is_blocking) == (2, True)


def test_what_is_silenced_wrongly_is_heard(findings: Findings) -> None:
    (finding,) = findings("empty-body", body=(), silences=(Silence(rule="empty-body", reason="a picture says it all"),))
    assert finding.is_blocking
    (finding,) = findings("no-dateline", dateline=None, silences=(Silence(rule="no-dateline", reason=""),))
    assert finding.silenced is None
