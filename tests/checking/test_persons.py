"""Children, and private numbers."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from distribute.domain.finding import Finding
from distribute.domain.release import MediaContact

Findings = Callable[..., list[Finding]]


@pytest.mark.parametrize(
    ("phone", "count"),
    [
        ("+61491570156", 1),
        ("+442079460123", 0),
        ("+33199000123", 0),
        ("+16135550123", 0),
        ("+1", 0),
    ],
)
def test_a_mobile_number_beside_a_name_is_asked_about(findings: Findings, phone: str, count: int) -> None:
    found = findings("private-mobile", contacts=(MediaContact(name="Ana Ruiz", phones=(phone,), line=9),))
    assert [(finding.line, finding.is_error) for finding in found] == [(9, False)] * count


def test_the_duty_phone_of_a_desk_is_well(findings: Findings) -> None:
    desk = MediaContact(organisation="Press office", phones=("+61491570156",))
    assert findings("private-mobile", contacts=(desk,)) == []


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("en", "Police held Ana Ruiz, 15, for two days.", "Ana Ruiz"),
        ("en", "They held 15-year-old Ana de la Cruz for two days.", "Ana de la Cruz"),
        ("en", "They held Ana Ruiz (9) for two days.", "Ana Ruiz"),
        ("fr", "Léa Martin, 15 ans, a été arrêtée.", "Léa Martin"),
        ("fr", "Léa Martin, âgée de 15 ans, a été arrêtée.", "Léa Martin"),
        ("de", "Die 15-jährige Lena Weber wurde festgenommen.", "Lena Weber"),
        ("es", "Ana Ruiz, de 15 años, fue detenida.", "Ana Ruiz"),
        ("nl", "De 15-jarige Anna Bakker is vrij.", "Anna Bakker"),
        ("pt", "Ana Souza, de 15 anos, foi detida.", "Ana Souza"),
    ],
)
def test_a_childs_full_name_beside_the_age_is_named(findings: Findings, language: str, text: str, name: str) -> None:
    (finding,) = findings("minor-named", text, language=language)
    assert finding.message.startswith(f"{name} is ")
    assert finding.column == text.index(name) + 1


@pytest.mark.parametrize(
    "text",
    [
        "Police held Ana Ruiz, 18, for two days.",
        "Police held Ana Ruiz, 150, for two days.",
        "Police held Ana, 15, for two days.",
        "They held a 15-year-old girl for two days.",
        "On Tuesday June 9, 15, and 17 they met.",
        "The 26-year-old Ana Ruiz is free.",
    ],
)
def test_adults_first_names_and_dates_pass(findings: Findings, text: str) -> None:
    assert findings("minor-named", text) == []
