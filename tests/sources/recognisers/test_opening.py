"""Release lines, labels and dates above a release."""

from __future__ import annotations

import pytest

from distribute.domain.release import ReleaseLineKind
from distribute.sources.recognisers.labels import is_date, is_label, is_mail_header, is_reference
from distribute.sources.recognisers.opening import release_line_kind
from distribute.sources.vocabulary import vocabulary


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "FOR IMMEDIATE RELEASE"),
        ("en", "*** For Immediate Release: January 17, 2026 ***"),
        ("en", "PRESS RELEASE – FOR IMMEDIATE RELEASE"),
        ("en", "Embargo: For immediate release"),
        ("en", "For Release: Immediate"),
        ("en", "03 September 2026 - Immediate Release"),
        ("fr", "POUR DIFFUSION IMMÉDIATE"),
        ("de", "Zur sofortigen Veröffentlichung"),
        ("es", "Para su publicación inmediata"),
        ("de", "Freigabe: sofort"),
        ("de", "Frei ab sofort"),
        ("fr", "À diffuser dès réception"),
        ("nl", "Per direct vrij voor publicatie"),
        ("pt", "De divulgação imediata"),
        ("pl", "DO NATYCHMIASTOWEJ PUBLIKACJI"),
    ],
)
def test_an_immediate_line_is_told(language: str, line: str) -> None:
    assert release_line_kind(line, vocabulary(language)) is ReleaseLineKind.IMMEDIATE


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "EMBARGOED"),
        ("en", "STRICTLY EMBARGOED UNTIL 00.01, 5 May 2026"),
        ("en", "Embargoed until the press conference"),
        ("en", "[Embargo: 5 May 2026]"),
        ("en", "This press release is under embargo until 6 a.m. on 5 May 2026."),
        ("fr", "Ce communiqué est sous embargo jusqu'au 5 mai 2026 à 6 h"),
        ("en", "NOT FOR PUBLICATION BEFORE 6 a.m., 5 May 2026"),
        ("en", "For release: Tuesday, May 5, 2026, 10 a.m. ET"),
        ("fr", "SOUS EMBARGO JUSQU’AU 5 MAI 2026 À 6 H"),
        ("de", "Sperrfrist: 5. Mai 2026, 10 Uhr"),
        ("es", "Embargado hasta el 5 de mayo de 2026"),
        ("nl", "Onder embargo tot 5 mei 2026, 06:00 uur"),
        ("pt", "Embargado até 5 de maio de 2026"),
        ("de", "Frei ab 24. November 2026, 6 Uhr"),
        ("de", "Freigabe ab: 24.11.2026, 6 Uhr"),
        ("de", "Diese Pressemitteilung unterliegt einer Sperrfrist bis 24. November 2026, 6 Uhr"),
        ("es", "Para publicar el 24 de noviembre de 2026, a las 10 horas"),
        ("nl", "Persembargo tot 24 november 2026, 6 uur"),
        ("pt", "Para divulgação a partir de 24 de novembro de 2026, 6h"),
        ("pl", "Materiał objęty embargiem do 24 listopada 2026 r., godz. 6.00"),
        ("pl", "Do publikacji od 24 listopada 2026 r."),
    ],
)
def test_an_embargo_line_is_told(language: str, line: str) -> None:
    assert release_line_kind(line, vocabulary(language)) is ReleaseLineKind.EMBARGO


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "Embargo on arms sales must stay in force, experts say"),
        ("en", "The embargo on outdoor fires stays in force until 5 May 2026."),
        ("en", "For release of the prisoners, the families have waited years"),
        ("es", "Sin embargo, el 5 de mayo de 2026 cerró el puerto."),
        ("en", "Immediate action is needed"),
        (
            "en",
            "Embargo subscribers are asked to confirm that their names and passwords are right, and before June 28.",
        ),
        ("en", "The ministry kept the ship under embargo until 5 May 2026, the crew said"),
        ("nl", "Per direct gaat de brug dicht."),
        ("de", "Freigabe der Brücke verschoben"),
        ("es", "Para publicar su libro vendió el coche"),
        ("pl", "Embargo na węgiel obowiązuje od lat"),
        ("pl", "Do publikacji raportu nie doszło"),
    ],
)
def test_prose_is_no_release_line(language: str, line: str) -> None:
    assert release_line_kind(line, vocabulary(language)) is None


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "## Media release ##"),
        ("fr", "Communiqué de presse no 12"),
        ("es", "NOTA DE PRENSA"),
        ("es", "COMUNICADO DE PRENSA R84/11"),
        ("nl", "Persbericht / Press Release"),
        ("fr", "Communiqué de Presse (Français)"),
    ],
)
def test_a_label_is_told(language: str, line: str) -> None:
    assert is_label(line, vocabulary(language))


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "September 26, 2026"),
        ("de", "Datum:26. Januar 2026"),
        ("de", "Pressemitteilung vom 20.01.2026"),
        ("en", "Date: 2026-05-05"),
        ("de", "Mitteilung vom 21.07.26"),
        ("es", "4 de agosto de 2026 - 2:55 p. m."),
    ],
)
def test_a_bare_date_is_told(language: str, line: str) -> None:
    assert is_date(line, vocabulary(language))
    assert not is_date(f"{line} and more words", vocabulary(language))


@pytest.mark.parametrize(
    "line", ["2026HLTH0173-001984", "OTS0042 5 II 0312 Di, 24.Nov 2026", "Nr. 211/2026", "N° 1142"]
)
def test_the_number_of_a_release_is_told(line: str) -> None:
    assert is_reference(line, vocabulary("de"))


@pytest.mark.parametrize("line", ["Apollo 1100 flies", "2026: the year of rivers", "24 November 2026"])
def test_a_headline_or_date_is_no_number(line: str) -> None:
    assert not is_reference(line, vocabulary("en"))


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "From: The press desk"),
        ("nl", "Onderwerp: Nieuw dak"),
        ("de", "Betreff: Neues Dach"),
        ("fr", "Objet : Le toit"),
    ],
)
def test_what_a_mail_program_wrote_is_told(language: str, line: str) -> None:
    assert is_mail_header(line, vocabulary(language))


@pytest.mark.parametrize(
    "line", ["NOTA DE PRENSA — OdooClaw", "Press Release | Harbour Carers", "Persbericht Ziekenhuis Meerdaal"]
)
def test_a_label_may_name_its_issuer(line: str) -> None:
    assert any(is_label(line, vocabulary(language)) for language in ("es", "en", "nl"))


def test_a_label_before_a_headline_is_no_label_alone() -> None:
    assert not is_label("PRESS RELEASE — City opens twelve new cooling centres", vocabulary("en"))


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("de", "Medieninformation der Universität Harzfeld"),
        ("nl", "Persmededeling van het Kabinet van de minister van Omgeving"),
        ("nl", "PERS & VOORLICHTING Persbericht"),
    ],
)
def test_a_label_may_name_its_house(language: str, line: str) -> None:
    assert is_label(line, vocabulary(language))


@pytest.mark.parametrize(
    "line",
    ["Statement of the Labor Secretary on September jobs", "Company regrets its press release", "(613) 555-0142"],
)
def test_news_and_numbers_are_no_label(line: str) -> None:
    assert not is_label(line, vocabulary("en"))
    assert not is_reference(line, vocabulary("en"))


@pytest.mark.parametrize("line", ["PM 014  12.03.2026", "2026HLTH0173-001984"])
def test_a_number_with_a_date_is_a_reference(line: str) -> None:
    assert is_reference(line, vocabulary("de"))
