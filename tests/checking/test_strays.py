"""What strayed into a file."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from distribute.domain.finding import Finding

Findings = Callable[..., list[Finding]]


PROSE = "The inspectors wrote to the ministry about the spillway of the dam once more. " * 4


def behind(*lines: str) -> dict[str, object]:
    return {"lines": ("The dam", PROSE, "ENDS", *lines), "end_mark": "ENDS", "end_mark_line": 3}


@pytest.mark.parametrize(
    ("lines", "line"),
    [
        (("", "FOR IMMEDIATE RELEASE", "Another headline", PROSE), 5),
        (("COMMUNIQUÉ DE PRESSE", PROSE), 4),
        (("Another headline", f"OTTAWA, March 3, 2026 — {PROSE}"), 5),
        ((PROSE, PROSE, PROSE, "###"), 7),
    ],
)
def test_a_second_release_behind_the_end_mark_blocks(findings: Findings, lines: tuple[str, ...], line: int) -> None:
    (finding,) = findings("second-release", **behind(*lines))
    assert (finding.line, finding.is_error) == (line, True)


@pytest.mark.parametrize(
    "lines",
    [
        ("Media contact: Ana Ruiz, 613-555-0123",),
        ("Notes to editors", "The last press release on the dam is at https://example.org.", PROSE),
        ("About the council", PROSE),
        ("PRESS RELEASE 14/2026",),
        (),
    ],
)
def test_notes_and_contacts_behind_the_end_mark_pass(findings: Findings, lines: tuple[str, ...]) -> None:
    assert findings("second-release", **behind(*lines)) == []


@pytest.mark.parametrize(
    "text",
    [
        "This e-mail and any attachments are confidential.",
        "If you are not the intended recipient, delete it.",
        "Si vous n’êtes pas le destinataire, détruisez ce message.",
        "Diese E-Mail enthält vertrauliche Informationen.",
        "Si usted no es el destinatario, bórrelo.",
        "Dit bericht is uitsluitend bestemd voor de lezer.",
        "Esta mensagem pode conter informações confidenciais.",
    ],
)
def test_a_confidentiality_notice_blocks_in_any_language(findings: Findings, text: str) -> None:
    (finding,) = findings("confidentiality-notice", text)
    assert (finding.line, finding.is_error) == (5, True)


def test_a_notice_counts_wherever_it_stands_in_the_file(findings: Findings) -> None:
    lines = ("The dam", "", "Confidentiality notice: for the addressee alone.")
    (finding,) = findings("confidentiality-notice", lines=lines)
    assert (finding.line, finding.column) == (3, 1)


def test_a_confidential_report_is_news(findings: Findings) -> None:
    assert findings("confidentiality-notice", "A confidential report names the recipient of the funds.") == []
