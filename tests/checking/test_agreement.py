"""Numbers, dates and links of two versions: each rule with versions that agree and versions that do not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from distribute.checking import Version, check_versions
from distribute.domain.finding import Finding
from distribute.domain.release import Dateline, Release
from tests.checking.conftest import block


def version(text: str, language: str, file: str = "", **more: Any) -> Version:
    body = tuple(block(part, line) for line, part in enumerate(text.split("\n"), 5))
    release = Release(headline=f"A headline in {language}", language=language, body=body, slug=language, **more)
    return Version(release, file or f"release.{language}.md")


def compare(one: str, other: str, languages: str = "en fr") -> list[Finding]:
    own, another = languages.split()
    return list(check_versions(version(one, own), [version(other, another)]))


@pytest.mark.parametrize(
    ("one", "other", "languages"),
    [
        ("1,200 were held, 40% of them women.", "1 200 personnes, dont 40 % de femmes.", "en fr"),
        ("1,200 were held, 40 per cent of them women.", "1.200 Personen, 40 Prozent davon Frauen.", "en de"),
        ("1,200 were held for $1.2 million.", "1'200 Personen für 1,2 Millionen Dollar.", "en de"),
        ("Three died, 12 were hurt.", "3 personnes sont mortes, douze ont été blessées.", "en fr"),
        ("Half a million people fled in 72 hours.", "500 000 personnes ont fui en soixante-douze heures.", "en fr"),
        ("Some 21 died on 31 August 2020.", "Vingt et une personnes sont mortes le 31 août 2020.", "en fr"),
        ("It began on the 31st and ended on 2 September.", "Du 31 août au 2 septembre.", "en fr"),
        ("In the 1990s and the 21st century.", "Dans les années 90 et au XXIe siècle.", "en fr"),
        ("The law of 3-5 May 2019.", "La loi du 3 au 5 mai 2019.", "en fr"),
        ("The law of 03/04/2019.", "La loi du 4 mars 2019.", "en fr"),
        ("Doors open on Tuesday, 24 November at 11 a.m.", "Ouverture le mardi 24 novembre à 11 h.", "en fr"),
        ("Doors open at 6:30 p.m. EST.", "Einlass um 18.30 Uhr EST.", "en de"),
        ("Within 24 hours.", "Dans les 24 heures.", "en fr"),
        ("It called on Monday.", "L’appel date d’hier.", "en fr"),
        ("It cost 3 billion.", "Costó 3.000 millones.", "en es"),
        ("It cost 3 billion.", "Custou 3 mil milhões.", "en pt"),
        ("It cost 3 billion.", "Het kostte 3 miljard.", "en nl"),
        ("Twice the rain fell.", "Il a plu deux fois plus.", "en fr"),
        ("One of them said so.", "L’une d’elles l’a dit.", "en fr"),
        ("The seven new judges, four of them women.", "Die neun Frauen und drei Männer, acht Kinder.", "en de"),
        ("The fire is 62 miles away.", "L’incendie est à 100 kilomètres.", "en fr"),
        ("Some 1,000 acres burnt, 30 feet high.", "Es brannten 400 Hektar, 9 Meter hoch.", "en de"),
        ("A road of 1.2 million miles.", "Una carretera de 1,9 millones de kilómetros.", "en es"),
        ("Eleven dams, 12 bridges.", "Elf Dämme und zwölf Brücken.", "en de"),
        ("Eleven dams, 12 bridges.", "Once presas y doce puentes.", "en es"),
        ("Eleven dams, 12 bridges.", "Elf dammen en twaalf bruggen.", "en nl"),
        ("Eleven dams, 12 bridges.", "Onze barragens e doze pontes.", "en pt"),
        ("Eleven dams, 9 bridges.", "11 barrages et neuf ponts.", "en fr"),
        ("See https://example.org/en/law.", "Voir https://example.org/fr/loi.", "en fr"),
        ("Figures for 2019–2020 and 2021.", "Chiffres de 2019-2020 et de 2021.", "en fr"),
        ("Mexico held 1,200 people.", "México detuvo a 1,200 personas.", "en es"),
    ],
)
def test_translations_that_say_the_same_have_no_finding(one: str, other: str, languages: str) -> None:
    own, another = languages.split()
    assert compare(one, other, languages) == []
    assert compare(other, one, f"{another} {own}") == []


@pytest.mark.parametrize(
    ("one", "other", "rule", "pieces"),
    [
        ("1,200 were held.", "1 300 personnes.", "version-numbers", ("“1,200 were”", "“1 300 personnes”", "line 5")),
        ("Some 40% were.", "Environ 45 %.", "version-numbers", ("“40”", "“45”")),
        (
            "Three of them died.",
            "Quatre d’entre eux sont morts.",
            "version-numbers",
            ("“Three of”", "“Quatre d’entre”"),
        ),
        ("It cost $1.2 million.", "Cela coûte 1,2 milliard.", "version-numbers", ("1.2 million", "1,2 milliard")),
        ("It is 62 miles off.", "C’est à 200 kilomètres.", "version-numbers", ("“62 miles”", "“200 kilomètres”")),
        ("It is 100 km off.", "C’est à 101 km.", "version-numbers", ("“100 km”", "“101 km”")),
        ("Of 12 dams.", "De neuf barrages.", "version-numbers", ("“12 dams”",)),
        ("It cost 12 dollars.", "C’était cher.", "version-numbers", ("has the number “12 dollars”", "does not")),
        ("On 3 May 2019.", "Le 4 mai 2019.", "version-dates", ("“3 May 2019”", "“4 mai 2019”")),
        ("On 3 May 2019.", "Le 3 mai 2018.", "version-dates", ("“3 May 2019”", "“3 mai 2018”")),
        ("On 3-5 May 2019.", "Bientôt.", "version-dates", ("has the date “3-5 May 2019”",)),
        ("On Tuesday.", "Mercredi.", "version-dates", ("“Tuesday”", "“Mercredi”")),
        ("At 11 a.m.", "À 12 h.", "version-dates", ("“11 a.m.”", "“12 h”")),
        ("At 10 a.m. GMT.", "À 10 h 00 (CET).", "version-dates", ("“10 a.m.”", "“10 h 00”")),
        ("See https://example.org/law.", "Voir la loi.", "version-links", ("https://example.org/law”", "does not")),
        ("1,200 were held.", "Il y en a 1,200.", "version-number-form", ("reads as 1.2 there", "“1,200 were”")),
    ],
)
def test_what_differs_is_one_finding_with_both_sides(one: str, other: str, rule: str, pieces: tuple[str, ...]) -> None:
    (finding,) = compare(one, other)
    assert finding.rule == rule
    assert finding.message.endswith(".")
    for piece in pieces:
        assert piece in finding.message


@pytest.mark.parametrize(
    ("link", "other", "count"),
    [
        ("https://example.org/en/law", "https://example.org/fr/loi", 0),
        ("https://example.org/law", "https://example.org/law/", 0),
        ("https://example.org/law", "https://example.org/dam", 1),
        ("https://example.org/law", None, 0),
    ],
)
def test_the_links_above_two_texts_lead_to_one_page(link: str, other: str | None, count: int) -> None:
    found = check_versions(version("Text.", "en", link=link), [version("Texte.", "fr", link=other)])
    assert [finding.rule for finding in found] == ["version-links"] * count
    assert all("“link: https://example.org/dam”" in finding.message for finding in found)


def test_a_link_above_one_text_is_the_link_in_the_other() -> None:
    own, other = version("Text.", "en", link="https://example.org/law"), version("Voir https://example.org/law.", "fr")
    assert check_versions(own, [other]) == ()


def test_two_releases_with_two_dates_disagree() -> None:
    line = Dateline(raw="OTTAWA", line=3)
    own = version("Text.", "en", issued=date(2026, 3, 3), dateline=line)
    (finding,) = check_versions(own, [version("Texte.", "fr", issued=date(2026, 3, 4))])
    assert finding.message == (
        "The English text is dated 2026-03-03 (line 3), the French text 2026-03-04: correct one of them."
    )
    assert (finding.rule, finding.line) == ("version-dates", 3)


def test_a_date_that_the_other_version_has_above_its_text_is_not_missing() -> None:
    own = version("On 3 March 2026 it rained.", "en")
    assert check_versions(own, [version("Il a plu.", "fr", issued=date(2026, 3, 3))]) == ()


def test_a_part_that_one_version_lacks_is_not_compared() -> None:
    own, other = version("Text.", "en"), version("Texte.", "fr")
    with_past = replace(own, release=replace(own.release, boilerplate="Founded in 1961."))
    assert check_versions(with_past, [other]) == ()
    another = replace(other, release=replace(other.release, boilerplate="Fondée en 1962."))
    assert [finding.rule for finding in check_versions(with_past, [another])] == ["version-numbers"]


def test_texts_that_differ_everywhere_are_asked_whether_they_are_one_release() -> None:
    numbers = " and ".join(str(number) for number in range(100, 120))
    (finding,) = compare(f"Of {numbers}.", "Rien.")
    assert "differ in more than 12 numbers, the first is “100 and” (line 5)" in finding.message
    assert finding.message.endswith("see whether release.fr.md is the same release.")
