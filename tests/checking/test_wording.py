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
        "[Describe main action, when, where]",
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
        "“I saw it,” said Maria [name withheld for her safety].",
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


def test_a_word_that_stands_twice_is_named(findings: Findings) -> None:
    (finding,) = findings("doubled-words", "They marched in in Minsk.")
    assert finding.column == 14
    assert "“in in”" in finding.message


@pytest.mark.parametrize(
    "text",
    ["He said that that was so.", "Baden Baden is a town.", "a fifty-fifty fifty", "in, in"],
)
def test_words_that_may_stand_twice_pass(findings: Findings, text: str) -> None:
    assert findings("doubled-words", text) == []


@pytest.mark.parametrize(
    ("language", "text"),
    [("fr", "Nous nous félicitons."), ("de", "Die Kinder, die die Schule suchen."), ("nl", "Ik weet dat dat zo is.")],
)
def test_what_may_stand_twice_is_a_matter_of_language(findings: Findings, language: str, text: str) -> None:
    assert findings("doubled-words", text, language=language) == []


@pytest.mark.parametrize(
    ("language", "text", "word"),
    [
        ("en", "The charity is proud to announce it.", "proud to announce"),
        ("fr", "Nous sommes fiers d’annoncer cela.", "fiers d’annoncer"),
        ("de", "Ein bahnbrechendes Urteil.", "bahnbrechendes"),
        ("es", "Un informe de última generación.", "de última generación"),
        ("nl", "Een baanbrekende uitspraak.", "baanbrekende"),
        ("pt", "Temos o prazer de anunciar o relatório.", "prazer de anunciar"),
    ],
)
def test_words_of_advertisements_are_named(findings: Findings, language: str, text: str, word: str) -> None:
    (finding,) = findings("hype", text, language=language)
    assert f"“{word}”" in finding.message
    assert findings("hype", text, language="ru") == []


def test_an_advertising_word_is_named_once_and_plain_words_never(findings: Findings) -> None:
    assert len(findings("hype", "A groundbreaking day. Truly groundbreaking.")) == 1
    assert findings("hype", "The Revolutionary Guard arrested ten people.") == []


def test_one_the_biggest_lacks_a_word(findings: Findings) -> None:
    (finding,) = findings("missing-word", "They held one the biggest rallies.")
    assert (finding.line, finding.column) == (5, 11)
    assert "“one of the biggest”" in finding.message


@pytest.mark.parametrize("text", ["one of the biggest rallies", "one day the biggest", "one the day before"])
def test_other_words_lack_none(findings: Findings, text: str) -> None:
    assert findings("missing-word", text) == []


def test_other_languages_are_left_alone(findings: Findings) -> None:
    assert findings("missing-word", "one the biggest", language="fr") == []
