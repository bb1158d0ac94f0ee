"""Numbers."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from distribute.domain.finding import Finding

Findings = Callable[..., list[Finding]]


@pytest.mark.parametrize(
    ("language", "headline", "text"),
    [
        ("en", "Landlords ignored 87 rulings", "In 87 cases landlords ignored them."),
        ("en", "Landlords ignored 12 rulings", "In twelve cases landlords ignored them."),
        ("en", "Dam floods 1,200 homes in Ottawa", "Some 1200 homes were flooded."),
        ("fr", "1 200 foyers inondés à Ottawa", "Quelque 1\u202f200 foyers ont été inondés."),
        ("de", "Zwölf Dämme und 3 Brücken fehlen", "Es fehlen drei Brücken."),
        ("en", "Rents rise by 2.5 percent a year", "The rents rose by 2.5 percent."),
        ("de", "Pressekonferenz am 23.05.2026", "Sie beginnt um elf Uhr."),
        ("en", "Rulings from the 2024/25 season", "The rulings were ignored."),
        ("en", "3.2 million homes without heat", "Some 3,200,000 homes have none."),
        ("en", "Dam floods 40 homes in Ottawa", "Some forty homes were flooded."),
        ("fr", "La Région promet 40 km de pistes", "Elle promet quarante kilomètres."),
        ("de", "21 Dämme sind undicht", "Es sind einundzwanzig Dämme."),
        ("es", "Cierran 16 escuelas en Ottawa", "Son dieciséis escuelas."),
        ("nl", "Er komen 85 huizen bij", "Het zijn vijfentachtig huizen."),
        ("pt", "Greve em 12 portos", "Param doze portos."),
        ("en", "Report on dams in 2025", "The report names no year."),
    ],
)
def test_a_number_that_the_text_has_is_well(findings: Findings, language: str, headline: str, text: str) -> None:
    assert findings("headline-number", text, headline=headline, language=language) == []


def test_a_number_that_the_text_lacks_is_named(findings: Findings) -> None:
    (finding,) = findings("headline-number", "In 85 cases they did.", headline="Landlords ignored 87 rulings")
    assert (finding.line, finding.column, finding.is_error) == (1, 19, False)
    assert "The headline says 87" in finding.message


@pytest.mark.parametrize(
    ("language", "headline", "text", "number"),
    [
        ("fr", "1 300 foyers inondés", "Quelque 1 200 foyers ont été inondés.", "1 300"),
        ("de", "4,5 Millionen Menschen hungern", "Es sind 5,4 Millionen.", "4,5"),
        ("en", "The lost rulings of 1998", "The rulings were ignored.", "1998"),
    ],
)
def test_numbers_are_those_of_the_language(
    findings: Findings, language: str, headline: str, text: str, number: str
) -> None:
    (finding,) = findings("headline-number", text, headline=headline, language=language)
    assert f"says {number}," in finding.message
