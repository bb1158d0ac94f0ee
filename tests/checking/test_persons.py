"""Children."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from distribute.domain.finding import Finding

Findings = Callable[..., list[Finding]]


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("en", "Police held Ana Ruiz, 15, for two days.", "Ana Ruiz"),
        ("en", "They held 15-year-old Ana de la Cruz for two days.", "Ana de la Cruz"),
        ("en", "They held Ana Ruiz (9) for two days.", "Ana Ruiz"),
        ("en", "Fifteen-year-old Ana Ruiz joined them.", "Ana Ruiz"),
        ("en", "They held Ana Ruiz, aged nine, for two days.", "Ana Ruiz"),
        ("en", "A 14-year-old boy, Liam Doyle, was hurt.", "Liam Doyle"),
        ("en", "Liam Doyle is 16 years old.", "Liam Doyle"),
        ("fr", "Âgée de neuf ans, Inès Faure chante.", "Inès Faure"),
        ("fr", "Une adolescente de 14 ans, Inès Faure, est blessée.", "Inès Faure"),
        ("fr", "Inès Faure a 14 ans.", "Inès Faure"),
        ("fr", "Léa Martin, 15 ans, a été arrêtée.", "Léa Martin"),
        ("fr", "Léa Martin, âgée de 15 ans, a été arrêtée.", "Léa Martin"),
        ("de", "Die 15-jährige Lena Weber wurde festgenommen.", "Lena Weber"),
        ("de", "Der zwölfjährige Lukas Brandt sprach.", "Lukas Brandt"),
        ("de", "Die 16-jährige Schülerin Emma Vogt sprach.", "Emma Vogt"),
        ("de", "Emma Vogt ist 16 Jahre alt.", "Emma Vogt"),
        ("es", "Ana Ruiz tiene dieciséis años.", "Ana Ruiz"),
        ("nl", "Daan Smit van 14 jaar zong.", "Daan Smit"),
        ("pt", "O menino Tiago Ramos tem 8 anos.", "Tiago Ramos"),
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
    ("language", "text"),
    [
        ("en", "Police held Ana Ruiz, 18, for two days."),
        ("en", "Police held Ana Ruiz, 150, for two days."),
        ("en", "Police held Ana, 15, for two days."),
        ("en", "They held a 15-year-old girl for two days."),
        ("en", "On Tuesday June 9, 15, and 17 they met."),
        ("en", "The 26-year-old Ana Ruiz is free."),
        ("en", "Ana Ruiz, mother of a 6-year-old, is free."),
        ("en", "Ana Ruiz, 15 years in the job, is free."),
        ("en", "The 12-year-old Nepean Bridge and North Pier (15) are shut."),
        ("fr", "Ana Ruiz, 15 ans d’expérience, parle."),
        ("fr", "La Maison Verte a 15 ans."),
        ("de", "Die 15-jährige Schülerin Emma sprach."),
        ("de", "Die Halle Nord (12) und die Neue Donaubrücke (14) sind zu."),
        ("de", "Nach 16 Jahren geht Petra Lindner."),
        ("es", "Ana Ruiz tiene 12 años de experiencia."),
        ("nl", "Stichting Groen Hart is 15 jaar oud."),
    ],
)
def test_adults_first_names_dates_and_things_pass(findings: Findings, language: str, text: str) -> None:
    assert findings("minor-named", text, language=language) == []
