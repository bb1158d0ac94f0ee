"""The clauses that say who speaks, in the orders and forms of six languages."""

from __future__ import annotations

import pytest

from distribute.sources.recognisers.attribution import opens_according, reported_at_end, reported_by
from distribute.sources.vocabulary import vocabulary
from tests.sources.recognisers.bodies import said, speakers


@pytest.mark.parametrize(
    ("language", "text", "speaker"),
    [
        ("en", "“We stand by it,” Labour biosecurity spokesperson Jo Lawton said.", "Jo Lawton"),
        ("en", "“We stand by it” University of Hull ecologist Dr. Peter Ng said on Monday.", "Dr. Peter Ng"),
        ("en", "“We stand by it,” Jane Doe, director of Rivers Watch, told the committee.", "Jane Doe"),
        ("en", "“We stand by it,” the company’s chief executive, Jane Doe, said.", "Jane Doe"),
        ("en", "“We stand by it,” said yesterday the chair of the Fishers' Union (FUX), Mark Lowe.", "Mark Lowe"),
        ("en", "Said Jane Doe, who chairs the board, “We stand by it.”", "Jane Doe"),
        ("en", "Jane Doe (@janedoe) tweeted: “We stand by it.”", "Jane Doe"),
        ("en", "In the words of Jane Doe, “we stand by it and we always will”.", "Jane Doe"),
        ("en", "Jane Doe, of Rivers Watch, who chairs the board, told the committee: “We stand by it.”", "Jane Doe"),
        (
            "de",
            "„Es reicht“, meinte heute der Vorsitzende der Post- und Bahndienste (GPX), Hans-Georg Dorfner, hier.",
            "Hans-Georg Dorfner",
        ),
        ("de", "„So geht es nicht“, sagte am Montag die Leiterin des Vereins (VXY), Ute Kranz, in Kiel.", "Ute Kranz"),
        ("de", "„So geht es nicht“, lehnte CDX-Fraktionschef Daniel Gunter das Ansinnen ab.", "Daniel Gunter"),
        ("de", "Dazu Jana Roth, Sprecherin des Bündnisses: „So geht es nicht.“", "Jana Roth"),
        (
            "fr",
            "« Ça ne va pas », a déclaré hier le président de la Fédération (FPX), Marc Le Goff, à Brest.",
            "Marc Le Goff",
        ),
        ("fr", "« Ça ne va pas du tout », Jeanne Roy, présidente de la Ligue.", "Jeanne Roy"),
        ("fr", "Selon Jean DUPOND, maire : « Ça ne va pas. »", "Jean DUPOND"),
        ("es", "“Así no puede ser”, dijo ayer el secretario de la Unión (UPX), Luis Ortega, y se fue.", "Luis Ortega"),
        ("es", "«Así no puede ser», en palabras de María José de la Fuente, directora.", "María José de la Fuente"),
        ("nl", "Michiel Woudsma, Goed Bestuur: “Zo kan het niet langer.”", "Michiel Woudsma"),
        ("pt", "“Assim não pode ser”, analisa o prefeito Laércio Schmidt Junior.", "Laércio Schmidt Junior"),
    ],
)
def test_the_clause_beside_the_marks_names_the_speaker(language: str, text: str, speaker: str) -> None:
    assert speakers(language, text) == [speaker]


@pytest.mark.parametrize(
    ("language", "text", "speaker"),
    [
        (
            "de",
            "Dr. Tilo Brandau aus Kiel spricht von einer „bitteren Botschaft“: „Das Meer vergisst nicht, nie.",
            "Dr. Tilo Brandau",
        ),
        ("en", "Jane Doe of Rivers Watch called it a “bitter pill”: “The sea has a long memory.", "Jane Doe"),
        ("fr", "Jeanne Roy parle d'un « message amer » : « La mer a de la mémoire, elle. »", "Jeanne Roy"),
    ],
)
def test_scare_quotes_before_a_quotation_hide_nobody(language: str, text: str, speaker: str) -> None:
    assert speakers(language, text) == [speaker]


@pytest.mark.parametrize(
    ("language", "text", "names"),
    [
        (
            "en",
            "Speaker J. Denis Harper (R-IL), Leader John Boehm (R-OH), and Whip Roy Blount (R-MO) said: “We agree.”",
            "J. Denis Harper, John Boehm and Roy Blount",
        ),
        ("en", "“We all agree,” said Jane Doe, Paul Finch, and Ann Poe.", "Jane Doe, Paul Finch and Ann Poe"),
        ("en", "“We all agree,” Senators Jane Roe and Paul Finch said.", "Jane Roe and Paul Finch"),
        ("fr", "Jeanne Roy et Paul Fortin ont déclaré : « Nous sommes d'accord. »", "Jeanne Roy et Paul Fortin"),
        (
            "nl",
            "“We zijn het eens”, aldus Kees de Mol en Jan Gerritsen die samen kwamen.",
            "Kees de Mol en Jan Gerritsen",
        ),
        ("en", "“We all agree,” said Jane Doe, Minister of Food and Rural Affairs.", "Jane Doe"),
    ],
)
def test_those_who_speak_together_are_all_named(language: str, text: str, names: str) -> None:
    assert speakers(language, text) == [names]


@pytest.mark.parametrize(
    ("language", "announcement", "speaker"),
    [
        (
            "en",
            "U.S. Secretary of Labor Elaine L. Cho issued the following statement on the figures released today:",
            "Elaine L. Cho",
        ),
        ("en", "U.S. Rep. Maria B. Hale (D-Calif.) released the following statement:", "Maria B. Hale"),
        ("en", "St. John's Mayor Dan F. Breen Jr. made the following statement today:", "Dan F. Breen Jr."),
        ("en", "Following is a statement from Joe Hanson, UFX International President, on the charges:", "Joe Hanson"),
        ("en", "Moira Coates, party president, said today:", "Moira Coates"),
        ("de", "Hierzu äußert sich Ministerin Linda Silber wie folgt:", "Linda Silber"),
        ("nl", "Oud-raadslid Vic Haagsma:", "Vic Haagsma"),
    ],
)
def test_the_paragraph_above_announces_who_speaks(language: str, announcement: str, speaker: str) -> None:
    assert speakers(language, announcement, "“We have seen the figures, and they are good.”") == [speaker]


def test_nobody_is_named_where_it_is_no_person() -> None:
    assert said("de", "„Wir stehen dazu“, heißt es aus dem Vorstand.") == [("Wir stehen", None)]


def test_a_report_is_told_from_the_sentence_around_it() -> None:
    words = vocabulary("en")
    assert reported_by("The river rose and fell.", words) is None
    assert reported_at_end("The river rose.", words) is None
    assert opens_according("According to Jane Doe, it rained.", words)
    assert not opens_according("It rained, according to Jane Doe.", words)


@pytest.mark.parametrize(
    ("language", "text", "speaker"),
    [
        ("en", "“We’re glad,” says Amy (34) from Leeds. “It’s ours.”", "Amy"),
        ("en", "“We wait,” Jane Doe told reporters, flanked by Environment Minister Julie Dabb.", "Jane Doe"),
        ("en", "Greenpond International said: “Governments must act now.”", "Greenpond International"),
        (
            "en",
            "The union’s secretary, Mick Farrow, described it as “an insult to all who have kept this open”.",
            "Mick Farrow",
        ),
        (
            "en",
            "“We wait,” says Gary Smythe, national officer, who led the talks, “and we always will.”",
            "Gary Smythe",
        ),
        ("fr", "« C’est un début », promet le maire, Éric N’Guessan.", "Éric N’Guessan"),
        ("fr", "Comme le rappelle Sophie Lambertin, directrice : « Rien n’est acquis. »", "Sophie Lambertin"),
        (
            "de",
            "Laut Institutsdirektor Jens Uwe Harmsen ist das „ein Fund, den wir nie erwartet haben“.",
            "Jens Uwe Harmsen",
        ),
        (
            "de",
            "Zum Verbot erklärt der Sprecher der Fraktion im Landtag, Jörg Baumer (SPX): „Das war fällig.“",
            "Jörg Baumer",
        ),
        ("de", "Leiterin Aylin Yıldız-Öztürk zeigt sich froh: „Alle kamen mit.“", "Aylin Yıldız-Öztürk"),
        ("es", "Tal y como explica el doctor Javier Peñalba, jefe de sala, «la espera no es corta».", "Javier Peñalba"),
        ("nl", "Minister-president Dick Schoutens noemde het “een dag die we niet vergeten”.", "Dick Schoutens"),
        ("pt", "“É um marco”, destaca o diretor da ABX, José Roberto Tavares de Lima.", "José Roberto Tavares de Lima"),
    ],
)
def test_other_clauses_name_the_speaker_too(language: str, text: str, speaker: str) -> None:
    assert set(speakers(language, text)) == {speaker}


def test_a_rank_and_a_surname_find_the_name_given_before() -> None:
    found = speakers("en", "Inspector Sarah Whitlow said: “We want to hear.”", "DI Whitlow added: “Do call us.”")
    assert found == ["Sarah Whitlow", "Sarah Whitlow"]


def test_a_verb_without_a_subject_goes_on_with_the_last_speaker() -> None:
    assert speakers("es", "Linda Plata señaló: “No pueden más”. Y agregó: “Así no sirve”.") == ["Linda Plata"] * 2


def test_a_subject_is_left_out_behind_a_comma_too() -> None:
    before = "“Foi o mês mais quente”, diz Rita Ideal."
    after = "Abalada pelo relatório da agência, afirma “os nossos modelos não estavam prontos”."
    assert speakers("pt", before, after) == ["Rita Ideal"] * 2


@pytest.mark.parametrize(
    ("language", "text", "speaker"),
    [
        ("en", "Dr Orla Lind spoke.\n\nDr Lind added that she had slept. “It rained,” she said.", "Orla Lind"),
        ("en", "The effect was gone, Tobias Frahm said.\n\n“It was then that I stopped,” he said.", "Tobias Frahm"),
        ("en", "Rita Poe, who runs the Office of Student Plans, noted that, “He has inspired us all.”", "Rita Poe"),
        ("de", "Leiter Anton Radl warnt. Seine Häuser litten. „Wir bilden aus“, bedauerte er.", "Anton Radl"),
        ("es", "Desde la Red de Parques, Rita Uncal pidió a los vecinos: “Si ven una huella, avisen”.", "Rita Uncal"),
        (
            "es",
            "Ante el director, Javier Haro, y cien socios, Ana Ruiz ha dicho que “la ayuda ha sido un pilar”.",
            "Ana Ruiz",
        ),
        ("pt", "Ana Ruiz falou. Cansada da espera, afirma ainda “não estamos prontos para isto”.", "Ana Ruiz"),
        ("en", "“The barrier is high,” said Senegalese filmmaker and finalist Hussein Sow.", "Hussein Sow"),
    ],
)
def test_it_is_the_person_whom_the_words_around_are_about(language: str, text: str, speaker: str) -> None:
    assert speakers(language, *text.split("\n\n")) == [speaker]


@pytest.mark.parametrize("text", ["A report called “The Last River of the North” is out.", "They ask: “Is it dead?”"])
def test_a_title_and_a_question_of_others_are_no_quotations(text: str) -> None:
    assert said("en", text) == []
