"""Names, titles and what stands behind them, as speakers have them; and who is meant later on."""

from __future__ import annotations

import pytest

from distribute.sources.recognisers.speakers import Speaker, first_person, read_after, read_before, subject_of
from distribute.sources.vocabulary import vocabulary
from tests.sources.recognisers.bodies import speakers


@pytest.mark.parametrize(
    ("language", "clause", "name"),
    [
        ("en", "Prof. Jane Doe OBE, who leads it.", "Prof. Jane Doe"),
        ("en", "Jane Doe, PhD, lead author of the study.", "Jane Doe"),
        ("en", "Jane Doe MP.", "Jane Doe"),
        ("en", "Rep. Jane Roe, D-Vt., who wrote the bill.", "Jane Roe"),
        ("en", "Sen. Jane Roe (D-Vt.).", "Jane Roe"),
        ("en", "Robert Doe, Jr., chairman.", "Robert Doe Jr."),
        ("en", "Dr. A. J. O’Brien-Smith of Cork.", "Dr. A. J. O’Brien-Smith"),
        ("en", "Khalid al-Masri, director.", "Khalid al-Masri"),
        ("en", "Nguyen Thi Minh Khai, director.", "Nguyen Thi Minh Khai"),
        ("es", "Linda Plata, presidenta, quien pide ayuda.", "Linda Plata"),
        ("nl", "wethouder Jan ’t Hart.", "Jan ’t Hart"),
        ("de", "Prof. Dr. Linda Silber-Groß, Direktorin.", "Dr. Linda Silber-Groß"),
        ("pt", "a diretora Maria da Conceição, da Rede Rios.", "Maria da Conceição"),
    ],
)
def test_the_words_behind_a_verb_hold_this_name(language: str, clause: str, name: str) -> None:
    speaker = read_after(clause, vocabulary(language))
    assert speaker
    assert speaker.name == name


def test_a_preposition_before_a_name_makes_it_no_speaker() -> None:
    speaker = read_before("In a letter to Director Ann Holland, fund director Linda Marsh", vocabulary("en"))
    assert speaker == Speaker(name="Linda Marsh", title="fund director")


def test_a_sentence_is_about_whom_it_begins_with() -> None:
    words = vocabulary("en")
    assert subject_of("Mayor Jane Doe visited Paul Finch.", words) == Speaker(name="Jane Doe", title="Mayor")
    assert subject_of("It rained on Paul Finch.", words) is None
    assert first_person("On Monday, director Paul Finch went home", words) == Speaker("Paul Finch", "director")


@pytest.mark.parametrize(
    ("language", "paragraphs", "speaker"),
    [
        (
            "en",
            ("Paul Tollich, officer of the union, is not glad.", "“We wait,” says Paul.", "“We do,” he added."),
            "Paul Tollich",
        ),
        (
            "en",
            ("“We wait,” said Jane Doe, executive director.", "“We do,” the director said.", "“We did,” Ms. Doe said."),
            "Jane Doe",
        ),
        ("en", ("“We wait,” said Kim Dae-jun, director.", "“We do,” Kim said."), "Kim Dae-jun"),
        ("en", ("“We wait,” Doe, 45, said. The team of Jane Doe had won.",), "Jane Doe"),
        (
            "fr",
            (
                "« On attend », a dit Jeanne Roy, directrice générale.",
                "« On reste », dit-elle.",
                "« On tient », a conclu la directrice.",
            ),
            "Jeanne Roy",
        ),
        ("fr", ("Jean DUPOND, maire : « On attend. »", "« On reste », ajoute Dupond."), "Jean DUPOND"),
        (
            "de",
            (
                "„Wir warten“, sagte Ministerin Jana Roth.",
                "„Wir bleiben“, so die Ministerin.",
                "„Mehr folgt“, so Roth weiter.",
            ),
            "Jana Roth",
        ),
        (
            "de",
            ("Europaminister Stefan Holt-Förster kam.", "Minister Holt-Förster: „Wir warten auf das Urteil.“"),
            "Stefan Holt-Förster",
        ),
        (
            "es",
            ("«Esperamos», dijo Inés Vega, directora de la red.", "«Seguimos aquí», añadió la directora."),
            "Inés Vega",
        ),
        (
            "es",
            (
                "La presidenta, Rosa Piedrahita, no sabe más.",
                "Habló hoy en la sede.",
                '"Quiero seguir aquí", respondió.',
            ),
            "Rosa Piedrahita",
        ),
        (
            "nl",
            (
                "‘Wij wachten’, zegt directeur Piet van der Berg.",
                "‘Wij blijven’, aldus Van der Berg.",
                "‘Er komt meer’, besluit hij.",
            ),
            "Piet van der Berg",
        ),
        ("pt", ("Thalita Figueira participou. “Esse momento é de muita alegria”, afirmou.",), "Thalita Figueira"),
    ],
)
def test_a_surname_a_given_name_a_pronoun_and_an_office_find_their_person(
    language: str, paragraphs: tuple[str, ...], speaker: str
) -> None:
    assert set(speakers(language, *paragraphs)) == {speaker}


def test_a_pronoun_means_whom_the_text_went_on_to() -> None:
    found = speakers(
        "en", "“We wait,” said Jane Doe.", "Paul Finch visited the site.", "“It is a great site,” he said."
    )
    assert found == ["Jane Doe", "Paul Finch"]
