"""Telephone numbers that are somebody's own."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from distribute.domain.finding import Finding
from distribute.domain.release import MediaContact

Findings = Callable[..., list[Finding]]


@pytest.mark.parametrize(
    ("language", "text", "column"),
    [
        ("en", "Call her on her private mobile, 07700 900123, at night.", 33),
        ("en", "Ana can be reached at home on 020 7946 0958.", 31),
        ("en", "Ana Ruiz, office 613-555-0123, home: 613-555-0199", 38),
        ("en", "613-555-0199 (home)", 1),
        ("fr", "Son portable personnel est le 01 99 00 56 78.", 31),
        ("fr", "Ana Ruiz - domicile : 01 99 00 56 78", 23),
        ("de", "Ana Ruiz ist privat unter 030 23125 199 zu erreichen.", 27),
        ("de", "Handy (privat): 030 23125 199", 17),
        ("es", "Su móvil personal es el +44 20 7946 0958.", 25),
        ("nl", "Thuis: 020 7946 0958", 8),
        ("pt", "O telemóvel pessoal é +44 20 7946 0958.", 23),
    ],
)
def test_a_number_that_is_called_private_is_named(findings: Findings, language: str, text: str, column: int) -> None:
    (finding,) = findings("private-mobile", text, language=language)
    assert (finding.line, finding.column, finding.is_error) == (5, column, False)
    assert "said to be private" in finding.message


def test_a_private_number_is_named_once_wherever_in_the_file_it_stands(findings: Findings) -> None:
    lines = ("The dam", "", "", "", "", "Ana Ruiz", "Personal mobile: 613-555-0199")
    assert [finding.line for finding in findings("private-mobile", lines=lines)] == [7]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Call Ana on +61 491 570 156 for tickets."),
        ("de", "Ana Ruiz ist unter +61 491 570 156 erreichbar."),
    ],
)
def test_a_mobile_in_the_text_is_asked_about(findings: Findings, language: str, text: str) -> None:
    (finding,) = findings("private-mobile", text, language=language, contacts=())
    assert "is a mobile" in finding.message


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Call the helpline on +44 20 7946 0123."),
        ("en", "Care home: 020 7946 0321; private hospital: 020 7946 0322"),
        ("en", "The home page of 2026 has 12 345 678 readers."),
        ("en", "Call 613-555-0123."),
        ("fr", "Une maison privée de 1 234 567 890 euros."),
    ],
)
def test_other_numbers_pass(findings: Findings, language: str, text: str) -> None:
    assert findings("private-mobile", text, language=language) == []


def test_the_mobile_of_a_contact_is_a_duty_phone(findings: Findings) -> None:
    desk = MediaContact(name="Ana Ruiz", phones=("+61491570156",), line=9)
    assert findings("private-mobile", "Ana Ruiz: 0491 570 156", contacts=(desk,)) == []


def test_a_number_without_its_country_is_read_as_the_contacts_are(findings: Findings) -> None:
    desk = MediaContact(name="Ana Ruiz", phones=("+61255501234",), line=9)
    assert len(findings("private-mobile", "Call Jo on 0491 570 156.", contacts=(desk,))) == 1
    assert findings("private-mobile", "Call Jo on 0491 570 156.", contacts=()) != [], "English is spoken there, too"
    assert findings("private-mobile", "Call Jo on 0491 570 156.", contacts=(), language="pl") == []
