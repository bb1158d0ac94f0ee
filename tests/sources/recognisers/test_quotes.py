"""Quotations: what is one, who speaks, and where it ends."""

from __future__ import annotations

import pytest

from distribute.domain.release import Block, BlockKind, Quote
from distribute.sources.recognisers.quotes import find_quotes
from distribute.sources.vocabulary import vocabulary


def quotes(language: str, *paragraphs: str) -> tuple[Quote, ...]:
    body = [Block(kind=BlockKind.PARAGRAPH, text=text, line=line) for line, text in enumerate(paragraphs, 1)]
    return find_quotes(body, vocabulary(language))


@pytest.mark.parametrize(
    ("language", "text", "speaker", "title"),
    [
        ("en", "“It is so,” said Jane Doe, director of Rivers Watch.", "Jane Doe", "director of Rivers Watch"),
        ("en", "“It is so,” said Mayor Ruth Abernethy-Singh.", "Ruth Abernethy-Singh", "Mayor"),
        ("en", "“It is so,” CIU Chief Cynthia Garza reflected.", "Cynthia Garza", "CIU Chief"),
        (
            "en",
            'On this, Jack Pelton, EAA CEO and chairman, stated, "It is so."',
            "Jack Pelton",
            "EAA CEO and chairman",
        ),
        ("en", "Chief Eddie Garcia said, “It is so for us.”", "Eddie Garcia", "Chief"),
        ("en", "“It is so for all of us here today.” — Jane Doe, Director", "Jane Doe", "Director"),
        ("en", "‘It is so,’ said Jane Doe, who was there.", "Jane Doe", None),
        ("en", "According to Jane Doe, “it is so and it will be so.”", "Jane Doe", None),
        (
            "fr",
            "« C’est ainsi », a déclaré Josée Roy, porte-parole de la ligue.",
            "Josée Roy",
            "porte-parole de la ligue",
        ),
        (
            "fr",
            "« C'est ainsi », selon Karsten Gerloff, président de la fondation.",
            "Karsten Gerloff",
            "président de la fondation",
        ),
        ("fr", "« C'est ainsi, affirme Marie Dupont, directrice. Il faut agir. »", "Marie Dupont", "directrice"),
        ("de", "„Es ist so“ sagt BKA-Präsident Holger Münch.", "Holger Münch", "BKA-Präsident"),
        (
            "es",
            "«Es así», ha declarado Inés Carvajal, coordinadora de la red.",
            "Inés Carvajal",
            "coordinadora de la red",
        ),
        (
            "es",
            'El agricultor Tomás Belmonte ha explicado que "el pozo duró ochenta años".',
            "Tomás Belmonte",
            "agricultor",
        ),
        ("nl", "“Het is zo”, zegt Jan de Vries, directeur van de bond.", "Jan de Vries", "directeur van de bond"),
        ("pt", "“É assim mesmo”, disse Ana Souza, diretora da rede.", "Ana Souza", "diretora da rede"),
    ],
)
def test_a_quotation_has_its_speaker_and_title(language: str, text: str, speaker: str, title: str | None) -> None:
    (quote,) = quotes(language, text)
    assert (quote.speaker, quote.title) == (speaker, title)


@pytest.mark.parametrize(
    ("language", "text", "speaker", "title"),
    [
        ("de", "„Ein Anruf kann retten“, appelliert Direktorin Maria Hölzl.", "Maria Hölzl", "Direktorin"),
        ("de", "„Wir haben an einen Fehler geglaubt“, erinnert sich Swantje Ohlendorf.", "Swantje Ohlendorf", None),
        ("fr", "« On voit la différence », a pour sa part souligné le Dr Norman Tardif.", "Norman Tardif", None),
        ("fr", "« C'est une victoire, se félicite Maëlle Kerval, juriste. On tient. »", "Maëlle Kerval", "juriste"),
        ("es", "“No los vamos a subir”, ha insistido Fermín Osorio.", "Fermín Osorio", None),
        ("nl", "‘Dit is wat het is’, vindt ook wethouder Gerben Postma.", "Gerben Postma", "wethouder"),
        ("en", "“We can mend it in three,” Dana Oyelaran conceded.", "Dana Oyelaran", None),
        ("en", "“We can mend it in three,” Dana Oyelaran countered, smiling.", "Dana Oyelaran", None),
    ],
)
def test_a_verb_in_no_list_is_understood_between_a_comma_and_a_name(
    language: str, text: str, speaker: str, title: str | None
) -> None:
    (quote,) = quotes(language, text)
    assert (quote.speaker or "").removeprefix("Dr ") == speaker
    assert title is None or title in (quote.title or "")


@pytest.mark.parametrize(
    ("language", "text", "speaker", "title"),
    [
        (
            "de",
            "„Wer krank wird, braucht ein Auto“, sagte die Vorsitzende des Verbands, Frieda Kamp.",
            "Frieda Kamp",
            "Vorsitzende des Verbands",
        ),
        (
            "es",
            'Según ha explicado el director de Litoral Sur, Gonzalo Pardo, "recuperamos toda la inversión".',
            "Gonzalo Pardo",
            "director de Litoral Sur",
        ),
        (
            "en",
            "In a letter to Director Ann Helland, fund director Linda Masters said, “Ask them.”",
            "Linda Masters",
            "fund director",
        ),
        (
            "nl",
            "Oprichter en CEO Daan Verbruggen: “Dat is geen nieuws, maar het doet alsof.”",
            "Daan Verbruggen",
            "Oprichter en CEO",
        ),
        (
            "nl",
            "Dijkgraaf Hendrika Stolwijk begrijpt het. “Ik heb zelf de ijzers ook al klaar.”",
            "Hendrika Stolwijk",
            "Dijkgraaf",
        ),
        (
            "pt",
            "A prefeita Ivone Camargo visitou a obra. “Hoje essa longa fila acabou”, disse.",
            "Ivone Camargo",
            "prefeita",
        ),
    ],
)
def test_the_office_and_its_holder_are_told_apart(language: str, text: str, speaker: str, title: str) -> None:
    (quote,) = quotes(language, text)
    assert (quote.speaker, quote.title) == (speaker, title)


@pytest.mark.parametrize(
    ("language", "text", "spoken"),
    [
        (
            "es",
            "—Nadie vino —explicó la bióloga Ximena Tlatel, directora—. Por eso abrimos.",
            "Nadie vino. Por eso abrimos.",
        ),
        ("pt", "— Há celas cheias — denuncia Mafalda Quintela. — Não é uma pena.", "Há celas cheias. Não é uma pena."),
        (
            "fr",
            "— On ne parle plus de crise, dénonce Jérémie Oligny, élu. Les gens s'en vont.",
            "On ne parle plus de crise",
        ),
    ],
)
def test_a_dash_opens_dialogue(language: str, text: str, spoken: str) -> None:
    (quote,) = quotes(language, text)
    assert quote.text.startswith(spoken)
    assert quote.speaker


@pytest.mark.parametrize(
    ("text", "spoken", "speaker"),
    [
        (
            "– Nikt nie przyszedł – mówi Anna Nowak, prezeska. – Dlatego otwieramy.",
            "Nikt nie przyszedł. Dlatego otwieramy.",
            "Anna Nowak",
        ),
        (
            "– Budżet, czyli 3 mln zł – wcale niemało – wystarczy – ocenił Jan Kos.",
            "Budżet, czyli 3 mln zł – wcale niemało – wystarczy",
            "Jan Kos",
        ),
        ("– Program „Bliżej” działa – dodaje Anna Nowak.", "Program „Bliżej” działa", "Anna Nowak"),
        ("Prace nadzoruje Jan Kos. – Nie zwalniamy nikogo – zapewnił Kos.", "Nie zwalniamy nikogo", "Jan Kos"),
        ("„To ważny dzień dla wszystkich” – zawyrokowała Anna Nowak.", "To ważny dzień dla wszystkich", "Anna Nowak"),
        (
            "– Nikt nie przyszedł – wspomina Anna Nowak, która czekała. – Nikt.",
            "Nikt nie przyszedł. Nikt.",
            "Anna Nowak",
        ),
        ("Dyrektorka Anna Nowak podkreśliła, że „nikt nie może zostać sam”.", "nikt nie może zostać sam", "Anna Nowak"),
    ],
)
def test_polish_sets_what_is_said_between_dashes_or_a_dash_behind_the_marks(
    text: str, spoken: str, speaker: str
) -> None:
    (quote,) = quotes("pl", text)
    assert (quote.text, quote.speaker) == (spoken, speaker)


@pytest.mark.parametrize("language", ["en", "de", "nl"])
def test_a_dash_opens_no_dialogue_where_the_language_does_not_write_it(language: str) -> None:
    assert quotes(language, "— Nobody came — said Anna Nowak.") == ()


@pytest.mark.parametrize(
    ("language", "text", "speaker"),
    [
        ("en", "“It is so,” says Jan Peter van Dijk.", "Jan Peter van Dijk"),
        ("nl", "“Zo is het”, zegt Jan Peter van Dijk.", "Jan Peter van Dijk"),
        ("nl", "“Zo is het”, zegt Kees Bos van Natuurwacht.", "Kees Bos"),
        ("de", "„So ist es“, sagt Hans Peter von Ahlen.", "Hans Peter von Ahlen"),
        ("fr", "« C’est ainsi », affirme Jean Pierre de la Tour.", "Jean Pierre de la Tour"),
        ("pl", "„Tak jest” – mówi prezydentka Wrocławia Ewa Kos.", "Ewa Kos"),
        ("pl", "„Tak jest” – mówi prezydentka Sława Kos.", "Sława Kos"),
        ("pl", "„Tak jest” – mówi dyrektor Instytutu Badań Wody Anna Nowak.", "Anna Nowak"),
    ],
)
def test_given_names_of_two_words_and_particles_belong_to_the_name(language: str, text: str, speaker: str) -> None:
    (quote,) = quotes(language, text)
    assert quote.speaker == speaker


def test_a_dash_that_nobody_speaks_behind_is_no_quotation() -> None:
    assert quotes("en", "— Tickets are free for children under twelve.") == ()


def test_a_quotation_may_close_paragraphs_later() -> None:
    (quote,) = quotes(
        "de",
        "Dazu erklärt Cansu Arslan:",
        "„Dieser Prozess in Koblenz ist erst ein Anfang.",
        "Wir warten seit Jahren.",
        "Wer foltert, darf nicht ruhig schlafen.“",
    )
    assert (quote.paragraphs, quote.speaker) == (3, "Cansu Arslan")


def test_an_office_named_alone_is_its_holder_named_before() -> None:
    found = quotes(
        "es",
        "“Luz no era una amenaza”, expresó Yolanda Rivas, vocera nacional de la red.",
        "“No queremos otro silencio”, concluyó la vocera.",
    )
    assert [quote.speaker for quote in found] == ["Yolanda Rivas"] * 2


def test_an_attribution_in_the_middle_makes_one_quotation() -> None:
    (quote,) = quotes("en", "“It is so,” said Jane Doe. “It was always so.”")
    assert (quote.text, quote.paragraphs) == ("It is so. It was always so.", 1)


def test_a_quotation_left_open_goes_on_with_the_next_mark() -> None:
    (quote,) = quotes(
        "en", "“It is so,” said Jane Doe. “It was so.", "“It will be so.", "“And so on.”", "Then she left."
    )
    assert (quote.paragraphs, quote.blocks) == (3, (0, 1, 2))
    assert quote.text == "It is so. It was so.\n\nIt will be so.\n\nAnd so on."


def test_spanish_goes_on_with_the_closing_mark() -> None:
    (quote,) = quotes("es", "«Es así», dijo Ana Ruiz. «Y así será.", "»Así ha sido siempre aquí».")
    assert quote.paragraphs == 2


def test_the_paragraph_above_may_announce_the_speaker() -> None:
    (quote,) = quotes(
        "en", "Jane Doe, head of the union, released the following statement:", "“It is so and was always so here.”"
    )
    assert (quote.speaker, quote.title) == ("Jane Doe", "head of the union")


def test_a_surname_and_a_pronoun_find_their_person() -> None:
    found = quotes(
        "en",
        "“It is so,” said Jane Doe, head of the union.",
        "“It was so,” Doe added.",
        "“It will be so,” she said.",
    )
    assert [(quote.speaker, quote.title) for quote in found] == [("Jane Doe", "head of the union")] * 3


def test_a_surname_finds_the_full_name_in_the_text() -> None:
    found = quotes("en", "The letters were found by Jane Doe in May.", "“It was so,” said Doe.")
    assert found[0].speaker == "Jane Doe"


def test_an_unnamed_speaker_has_a_title_and_no_name() -> None:
    (quote,) = quotes("en", "“We would welcome that,” said a spokesperson for the Colorado Springs Police Department.")
    assert (quote.speaker, quote.title) == (None, "spokesperson for the Colorado Springs Police Department")


@pytest.mark.parametrize(
    "text",
    [
        "The “open door” policy was called a “great success” by all.",
        "The festival is “The World's Greatest Celebration” of aviation.",
        "They launched the petition “Save the river now!” in May.",
    ],
)
def test_titles_slogans_and_scare_quotes_are_no_quotations(text: str) -> None:
    assert quotes("en", text) == ()


def test_a_quotation_nobody_closes_ends_with_its_paragraph() -> None:
    first, second = quotes(
        "en",
        '"We will go on with it as long as we can, said the crew.',
        "The day after:",
        '"We have stopped and shall not begin again."',
    )
    assert (first.paragraphs, second.paragraphs) == (1, 1)
