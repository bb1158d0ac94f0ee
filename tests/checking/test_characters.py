"""Single characters."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from distribute.domain.finding import Finding

Findings = Callable[..., list[Finding]]


def test_a_character_that_turns_the_direction_blocks(findings: Findings) -> None:
    assert findings("bidi-control", "Plain words.") == []
    (finding,) = findings("bidi-control", "Pay \u202e100 dollars.")
    assert finding.column == 5
    assert "U+202E" in finding.message


@pytest.mark.parametrize(
    "text",
    [
        "It was â€œclosedâ€\x9d.",
        "dÃ©jÃ  vu",
        "5Â°C",
        "brokenï¿½",
        "lost \ufffd sign",
        "informaÃ§Ã£o",
        "Ã“rgano",
        "Ã‰tat",
        "cÅ“ur",
        "5 â‚¬ a head",
        "l\u00e2\u20ac\u2122hiver",
        "Ulm &amp; Sohn",
        "M&uuml;ller",
        "K&ouml;ln",
    ],
)
def test_broken_characters_block(findings: Findings, text: str) -> None:
    assert len(findings("mojibake", text)) == 1


def test_the_code_of_a_web_page_is_named_with_its_character(findings: Findings) -> None:
    (finding,) = findings("mojibake", "Das Haus M&uuml;ller")
    assert finding.column == 11
    assert "“&uuml;” is how a web page writes “ü”" in finding.message
    assert len(findings("mojibake", "K&ouml;ln&nbsp;am Rhein")) == 2


@pytest.mark.parametrize(
    "text",
    [
        "NÃO É ASSIM",
        "L’âge d’or – “déjà” 5 °C",
        "Âge",
        "50 € là-bas",
        "“A CAMPEÔ CHEGOU",
        "„Ä“ und „Å“",
        "R&D; AT&T; Q&A;",
    ],
)
def test_accents_are_not_broken(findings: Findings, text: str) -> None:
    assert findings("mojibake", text) == []


@pytest.mark.parametrize(
    ("text", "letter"),
    [
        ("The p\u0430lace was searched.", "Cyrillic letter “\u0430”"),
        ("They paid \u0421$5 for it.", "Cyrillic letter “\u0421”"),
        ("Le \u0421\u041e\u0420 a parlé.", "Cyrillic letter “\u0421”"),
        ("Die F\u00e4hr\u0435n fahren.", "Cyrillic letter “\u0435”"),
        ("They went t\u03bf court.", "Greek letter “\u03bf”"),
        ("It is \u0430 right.", "Cyrillic letter “\u0430”"),
        ("\u041c\u043e\u0441kv\u0430 \u043c\u043e\u043b\u0447\u0438\u0442.", "Latin “k”"),
        ("It is \U0001d5ef\U0001d5fc\U0001d5f9\U0001d5f1 news.", "only look like letters"),
    ],
)
def test_a_letter_of_another_alphabet_within_a_word_blocks(findings: Findings, text: str, letter: str) -> None:
    (finding,) = findings("look-alike", text)
    assert letter in finding.message
    assert finding.is_error


@pytest.mark.parametrize(
    "text",
    [
        "The word “свобода” means freedom.",
        "A dose of 5 µg and TNF\u03b1 at 3 \u03a9.",
        "The firm \u0421\u041e\u0420 (Союз) and the paper Правда.",
        "IT-компанія and the α-particle.",
        "Łódź, Đà Nẵng, naïve, ﬁne.",
    ],
)
def test_words_each_in_one_alphabet_pass(findings: Findings, text: str) -> None:
    assert findings("look-alike", text) == []
