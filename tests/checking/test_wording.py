"""Words."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from distribute.domain.finding import Finding
from distribute.domain.release import MediaContact

Findings = Callable[..., list[Finding]]


@pytest.mark.parametrize(
    "text",
    [
        "It cost XX million.",
        "It cost TK million.",
        "The date is TBC.",
        "[quote] said the mayor.",
        "[Insert name here] said so.",
        "PENDING LARRY QUOTE",
        "Lorem ipsum dolor",
        "Dear {{ first_name }}",
        "Signed ____",
        "[...]",
    ],
)
def test_a_placeholder_blocks(findings: Findings, text: str) -> None:
    (finding,) = findings("placeholder", text)
    assert (finding.line, finding.is_error) == (5, True)


@pytest.mark.parametrize(
    "text",
    [
        "Boeing [NYSE: BA] announced it.",
        "En el siglo XX no había agua.",
        "Super Bowl XX was played in May.",
        "The notes [1] and [sic] stand.",
        "A T-shirt of size XXL-3.",
        "The pending vote was quoted.",
    ],
)
def test_words_that_look_like_placeholders_pass(findings: Findings, text: str) -> None:
    assert findings("placeholder", text) == []


def test_a_placeholder_is_found_wherever_readers_see_it(findings: Findings) -> None:
    assert len(findings("placeholder", headline="XX homes stand empty in the city")) == 1
    assert len(findings("placeholder", boilerplate="About TBC")) == 1
    assert len(findings("placeholder", contacts=(MediaContact(name="TBC", phones=("+16135550123",), line=9),))) == 1


def test_a_character_that_turns_the_direction_blocks(findings: Findings) -> None:
    assert findings("bidi-control", "Plain words.") == []
    (finding,) = findings("bidi-control", "Pay \u202e100 dollars.")
    assert finding.column == 5
    assert "U+202E" in finding.message


@pytest.mark.parametrize("text", ["It was â€œclosedâ€\x9d.", "dÃ©jÃ  vu", "5Â°C", "brokenï¿½", "lost \ufffd sign"])
def test_broken_characters_block(findings: Findings, text: str) -> None:
    assert len(findings("mojibake", text)) == 1


@pytest.mark.parametrize("text", ["NÃO É ASSIM", "L’âge d’or – “déjà” 5 °C", "Âge", "50 € là-bas"])
def test_accents_are_not_broken(findings: Findings, text: str) -> None:
    assert findings("mojibake", text) == []


def test_a_word_that_stands_twice_is_named(findings: Findings) -> None:
    (finding,) = findings("doubled-words", "They marched in in Minsk.")
    assert finding.column == 14
    assert "“in in”" in finding.message


@pytest.mark.parametrize(
    "text",
    ["He said that that was so.", "Nous nous félicitons.", "Baden Baden is a town.", "a fifty-fifty fifty", "in, in"],
)
def test_words_that_may_stand_twice_pass(findings: Findings, text: str) -> None:
    assert findings("doubled-words", text) == []


def test_one_the_biggest_lacks_a_word(findings: Findings) -> None:
    (finding,) = findings("missing-word", "They held one the biggest rallies.")
    assert (finding.line, finding.column) == (5, 11)
    assert "“one of the biggest”" in finding.message


@pytest.mark.parametrize("text", ["one of the biggest rallies", "one day the biggest", "one the day before"])
def test_other_words_lack_none(findings: Findings, text: str) -> None:
    assert findings("missing-word", text) == []


def test_other_languages_are_left_alone(findings: Findings) -> None:
    assert findings("missing-word", "one the biggest", language="fr") == []
