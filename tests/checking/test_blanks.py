"""What waits to be filled in."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from distribute.domain.finding import Finding
from distribute.domain.release import MediaContact

Findings = Callable[..., list[Finding]]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "It cost XX million."),
        ("en", "It cost $X,XX to mend."),
        ("en", "Doors open at XX:XX."),
        ("en", "An XX-year-old was held."),
        ("en", "The minister, xxx, will open it."),
        ("en", "It cost TK million."),
        ("en", "The date is TBC."),
        ("en", "The share is ??? per cent."),
        ("en", "[quote] said the mayor."),
        ("en", "[Describe main action, when, where]"),
        ("en", "[Insert name here] said so."),
        ("en", "According to [source needed], it rained."),
        ("en", "INSERT QUOTE HERE"),
        ("en", "Quote to come from the mayor."),
        ("en", "PENDING LARRY QUOTE"),
        ("en", "Lorem ipsum dolor"),
        ("en", "Call Ana Ruiz or write to [email\u00a0protected]."),
        ("en", "Dear {{ first_name }}"),
        ("en", "%%NAME%% will speak."),
        ("en", "Signed ____"),
        ("en", "[...]"),
        ("fr", "Le lieu est à confirmer : [LIEU]."),
        ("fr", "CITATION À VENIR"),
        ("de", "Der Preis liegt bei XX,XX Euro."),
        ("de", "[Bild folgt]"),
        ("es", "Cuesta X.XX euros."),
        ("es", "El XX de septiembre abre."),
        ("nl", "[NAAM] is bereikbaar."),
        ("pt", "[A CONFIRMAR]"),
    ],
)
def test_a_placeholder_blocks(findings: Findings, language: str, text: str) -> None:
    (finding,) = findings("placeholder", text, language=language)
    assert (finding.line, finding.is_error) == (5, True)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Boeing [NYSE: BA] announced it."),
        ("en", "The notes [1] and [sic] stand."),
        ("en", "“I saw it,” said Maria [name withheld for her safety]."),
        ("en", "“We can wait […] no longer,” she said."),
        ("en", "“[The dam] is old,” she said."),
        ("en", "[Photo: Jo Lee] shows the dam."),
        ("en", "Read [link](https://example.org)."),
        ("en", "A T-shirt of size XXL-3."),
        ("en", "Women have two XX chromosomes."),
        ("en", "Super Bowl XX was played in May."),
        ("en", "The Games of the XX Olympiad."),
        ("en", "The XX Corps marched past TK Maxx and TBC Bank."),
        ("en", "The pending vote was quoted."),
        ("fr", "Le XXe siècle, et « […] la suite »."),
        ("de", "Die Techniker Krankenkasse (TK) zahlt."),
        ("de", "Der Name des Kindes [Name von der Redaktion geändert]."),
        ("nl", "De TK stemde over tuberculose (TBC)."),
        ("es", "En el siglo XX no había agua; los siglos XIX y XX."),
        ("es", "El XX Congreso Nacional de Presas."),
        ("pt", "A XX edição do festival."),
    ],
)
def test_words_that_look_like_placeholders_pass(findings: Findings, language: str, text: str) -> None:
    assert findings("placeholder", text, language=language) == []


def test_a_placeholder_is_found_wherever_readers_see_it(findings: Findings) -> None:
    assert len(findings("placeholder", headline="XX homes stand empty in the city")) == 1
    assert len(findings("placeholder", boilerplate="About TBC")) == 1
    assert len(findings("placeholder", contacts=(MediaContact(name="TBC", phones=("+16135550123",), line=9),))) == 1


def test_a_placeholder_is_found_once_and_in_lines_that_are_no_part(findings: Findings) -> None:
    lines = ("The dam", "", "", "", "It cost XX million.", "____________", "Media contact:", "+44 20 XXXX, [NAME]")
    found = findings("placeholder", "It cost XX million.", lines=lines)
    assert [(finding.line, finding.column) for finding in found] == [(5, 9), (8, 8), (8, 14)]


def test_front_matter_is_not_read_as_text(findings: Findings) -> None:
    lines = ("---", "silence:", "  placeholder: TBC is the builder's name", "---", "The dam", "Call XX.")
    assert [finding.line for finding in findings("placeholder", lines=lines)] == [6]
