"""Names spelt two ways."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from distribute.domain.finding import Finding

Findings = Callable[..., list[Finding]]


@pytest.mark.parametrize(
    ("language", "text", "rare"),
    [
        ("en", "The Sahrawi camps are full. Most Sahrawi refugees and the Saharawi council agree.", "Saharawi"),
        ("en", "It was Anna Müller who spoke. Later Anna Müller left, and Ms Mueller spoke again.", "Mueller"),
        ("fr", "Le maire Gérard Lefebvre parle. Puis Gérard Lefebvre et Monsieur Lefevbre partent.", None),
        ("de", "Es sprach Anna Müller. Danach ging Anna Müller, und Anna Mueller blieb.", "Anna Mueller"),
        ("en", "They met Lukashenka in Minsk. For Lukashenka and Lukashonka it was new.", "Lukashonka"),
        ("en", "Alyaksandr Lukashenka spoke. Later Lukashenko left, and Lukashenka stayed.", "Lukashenko"),
        ("en", "François Dupré spoke first. Francois Dupré then sang with François Dupré.", "Francois Dupré"),
        ("en", "Katherine Bell spoke to Katherine Bell. Then Catherine Bell left.", "Catherine Bell"),
        ("en", "Stephen Brown spoke to Stephen Brown. Steven Brown left.", "Steven Brown"),
        ("en", "Jack Hartley wrote it, and Jack Hartley knows. Jack Hartly left.", "Jack Hartly"),
        ("fr", "Jean-Marc Petit a parlé de Jean-Marc Petit. Jean Marc Petit est parti.", "Jean Marc Petit"),
        ("de", "Christoph Maier sprach mit Christoph Maier. Christof Maier ging.", "Christof Maier"),
        ("de", "Marius Strauß sprach lange mit Frau Strauß. Strauss ging.", "Strauss"),
        ("es", "Habló José Peña, y José Peña calló. Pena se fue.", "Pena"),
        ("en", "They met Tikhanovskaya there. For Tikhanovskaya and Tikhanovskya it was new.", "Tikhanovskya"),
    ],
)
def test_a_name_in_two_spellings_is_named_once(findings: Findings, language: str, text: str, rare: str | None) -> None:
    found = findings("name-spelt-two-ways", text, language=language)
    assert [f"“{rare}” is spelt" in finding.message for finding in found] == ([True] if rare else [])


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The Belarusian police and all Belarusians know that Belarus is free."),
        ("en", "In Austria and in Australia, in Slovakia and in Slovenia, in Zambia and in Gambia."),
        ("en", "The World Health Organization and the Organisation for Security met."),
        ("en", "The Minister and the Ministry and the Ministers met in Vienna."),
        ("de", "Die Mutter und die Mütter, der Verband und der Verbund in Berlin."),
        ("en", "Ana Bell and Hanna Bell are sisters; Maria Lopez and Mario Lopez are twins."),
        ("en", "Anna Johnson and Peter Johnston met in Ottawa, and Anna Johnson left."),
        ("en", "Minister Moreno and Minister Morena met; Ana Ruiz’s son, and the Ruizes’ house."),
        ("en", "J.R. Hartley wrote it, and J. R. Hartley left for New York and New Yorkers."),
        ("fr", "DUPONT a parlé. Daniel Dupont et Danielle Dupont sont partis."),
        ("de", "Herr Maier und Herr Meyer sprachen mit Christian Weber und Christina Weber."),
        ("de", "Lindners Vorschlag gefiel Petra Lindner und dem Deutschen Roten Kreuz, Deutsches Rotes Kreuz."),
        ("es", "El Consejo Nacional y los Consejos Nacionales; Julio Romero y Julia Romero."),
        ("en", "A workman spoke to the Workmen and to a workmen club."),
    ],
)
def test_other_words_and_other_forms_pass(findings: Findings, language: str, text: str) -> None:
    assert findings("name-spelt-two-ways", text, language=language) == []


def test_the_place_is_that_of_the_rarer_spelling(findings: Findings) -> None:
    text = "The Sahrawi camps and the Sahrawi council and the Saharawi."
    (finding,) = findings("name-spelt-two-ways", text)
    assert (finding.line, finding.column) == (5, 51)
