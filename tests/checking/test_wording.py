"""Words."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from distribute.domain.finding import Finding

Findings = Callable[..., list[Finding]]


def test_a_small_word_that_stands_twice_at_the_start_is_no_name(findings: Findings) -> None:
    (finding,) = findings("doubled-words", "The The dam is shut, and the gates are, too.")
    assert finding.column == 1


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
    [
        ("fr", "Nous nous félicitons."),
        ("de", "Die Kinder, die die Schule suchen."),
        ("nl", "Ik weet dat dat zo is."),
        ("en", "A tuk tuk drove by, long long ago."),
        ("es", "Bailan el cha cha cha."),
    ],
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
        ("pt", "O sindicato orgulha-se de anunciar a greve.", "orgulha-se de anunciar"),
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
