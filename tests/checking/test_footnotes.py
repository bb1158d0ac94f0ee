"""Footnotes."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from distribute.domain.finding import Finding

Findings = Callable[..., list[Finding]]


NOTES = "[1] Ministry of Water, 2024."


@pytest.mark.parametrize(
    ("text", "notes"),
    [
        ("The dam leaked.[1]", "[1] Ministry of Water, 2024."),
        ("The dam leaked [1] twice.", "[1] Ministry of Water, 2024."),
        ("The dam leaked.¹", "¹ Ministry of Water, 2024."),
        ("The dam leaked.[1]", "1. Ministry of Water, 2024."),
        ("It floods 30 km² and 5 m³.", None),
    ],
)
def test_a_mark_with_its_note_is_well(findings: Findings, text: str, notes: str | None) -> None:
    assert findings("footnote-without-note", text, notes_to_editors=notes) == []
    assert findings("note-without-footnote", text, notes_to_editors=notes) == []


@pytest.mark.parametrize(("text", "column"), [("The dam leaked.[2]", 16), ("The dam leaked.²", 16)])
def test_a_mark_without_a_note_is_named(findings: Findings, text: str, column: int) -> None:
    (finding,) = findings("footnote-without-note", text, notes_to_editors="[1] Ministry of Water, 2024.")
    assert (finding.line, finding.column) == (5, column)
    assert "note 2" in finding.message


def test_a_note_without_a_mark_is_named(findings: Findings) -> None:
    (finding,) = findings("note-without-footnote", notes_to_editors=NOTES, notes_lines=(11,))
    assert (finding.line, "note 1" in finding.message) == (11, True)
    assert findings("note-without-footnote", notes_to_editors="1. The ministry has 40 dams.") == []


def test_notes_of_one_paragraph_begin_on_lines_of_their_own(findings: Findings) -> None:
    lines = ("The dam leaked [1] and burst [2].", "", "[1] Ministry of Water,", "[2] The same,", "[3] Nobody.")
    assert findings("footnote-without-note", lines=lines) == []
    (finding,) = findings("note-without-footnote", lines=lines)
    assert (finding.line, finding.column) == (5, 1)
