"""Who speaks where no verb stands beside the marks."""

from __future__ import annotations

import pytest

from tests.sources.recognisers.bodies import said


@pytest.mark.parametrize(
    ("language", "text", "opening", "speaker"),
    [
        ("en", "Jane Doe believes that we must “close the mill that nobody needs”.", "close the", "Jane Doe"),
        ("en", "Mayor Jane Doe told the house that it “will not accept a plan like this”.", "will not", "Jane Doe"),
        ("fr", "Pour Jeanne Roy, il faut « fermer le moulin que personne n'utilise ».", "fermer le", "Jeanne Roy"),
        (
            "de",
            "Jana Roth ist überzeugt, dass man „die Mühle schließen muss, die keiner braucht“.",
            "die Mühle",
            "Jana Roth",
        ),
        ("nl", "Jan de Wit vindt dat we “de molen moeten sluiten die niemand nodig heeft”.", "de molen", "Jan de Wit"),
        ("nl", "Volgens woordvoerder Jan de Wit “is het plan niet haalbaar voor de stad”.", "is het", "Jan de Wit"),
        ("pt", "Ana Souza considera que é preciso “fechar o moinho que ninguém usa”.", "fechar o", "Ana Souza"),
        ("pt", "Para a médica Ana Souza, do Hospital Novo, o teste “não é igual aos outros”.", "não é", "Ana Souza"),
        (
            "es",
            'La consejera Micaela Navas ha dicho hoy que "no conoce ninguna queja así".',
            "no conoce",
            "Micaela Navas",
        ),
    ],
)
def test_part_of_a_sentence_is_said_by_whom_the_sentence_reports_on(
    language: str, text: str, opening: str, speaker: str
) -> None:
    assert said(language, text) == [(opening, speaker)]


def test_what_the_same_person_thinks_may_follow_without_a_name() -> None:
    text = "Nerea Olabe opina que toca “cerrar el molino que no se usa”. A su juicio, “no hace falta esperar más”."
    assert said("es", text) == [("cerrar el", "Nerea Olabe"), ("no hace", "Nerea Olabe")]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The minister launched the “national programme for the renewal of the coast” in May."),
        ("en", "Jane Doe presented the report “The State of Our Rivers and Lakes” on Monday."),
        ("en", "The so-called “use it or lose it” rule was introduced by Minister Jane Doe."),
        ("es", "Ana Ruiz presentó el informe “El estado de los ríos y los lagos”."),
        ("fr", "Jeanne Roy a annoncé le programme « Une eau propre pour tous les villages »."),
        ("de", "Die Ausstellung „Der Wald in uns allen“ zeigt das Projekt „Grün für die Stadt“."),
        ("nl", "Minister Karel Roos noemt het project 'een voorbeeld voor heel het land'."),
    ],
)
def test_titles_and_names_for_things_are_said_by_nobody(language: str, text: str) -> None:
    assert said(language, text) == []


@pytest.mark.parametrize(
    ("language", "text", "speaker"),
    [
        ("en", "Councillor Jane Doe is delighted. “It is good that the court has listened.”", "Jane Doe"),
        ("de", "Landrätin Jana Roth freut sich. „Es ist gut, dass das Gericht zugehört hat.“ Es regnet.", "Jana Roth"),
        ("de", "Das freut auch Uwe Wagner von der Universität Kiel. „Es ist ein guter Tag.“ Es regnet.", "Uwe Wagner"),
        ("fr", "La mairesse Jeanne Roy se réjouit. « Il est bon que le tribunal ait écouté. »", "Jeanne Roy"),
        ("pt", "O convite partiu do diretor da marca, Alfio Lagoas. “Eu conheço a obra dele há anos.”", "Alfio Lagoas"),
        ("en", "The “open door” plan failed, Jane Doe said. “We must close it for good.”", "Jane Doe"),
    ],
)
def test_a_whole_sentence_is_said_by_whom_the_one_before_is_about(language: str, text: str, speaker: str) -> None:
    assert [who for _, who in said(language, text)] == [speaker]


@pytest.mark.parametrize(
    "lead",
    [
        "The claims raise questions for its leader, Gull Bay’s campaign chair Jane Doe says.",
        "Gull Bay wants a review of the law, says Gull Bay’s housing spokesperson Jane Doe.",
        "Jane Doe says that the law needs a review.",
    ],
)
def test_paragraphs_in_marks_are_said_by_whom_the_lead_reports_on(lead: str) -> None:
    body = ("“Despite what we were told, nobody has seen the plan.", "“It is time to show it.”")
    assert said("en", lead, *body) == [("Despite what", "Jane Doe")]


def test_a_lead_about_nobody_names_nobody() -> None:
    assert said("en", "The rain went on.", "“Nobody came to the river that day.”") == [("Nobody came", None)]
