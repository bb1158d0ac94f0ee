"""The issuer describing itself, with no heading that says so."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from distribute.domain.release import Release
from distribute.sources.recognisers.issuers import describes_issuer, is_self_description
from distribute.sources.vocabulary import fold, vocabulary

BODY = """Harbour workers win two more days of rest

Workers in the port will have two more days of rest from January, Dockers Together says.

“We waited nine years for a day,” said Ines Calloway of Dockers Together. “Now there are two.”

The port authority signed the agreement on Monday.

"""


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Der Lesben- und Schwulenverband (LSVD) ist ein Bürgerrechtsverband und vertritt Interessen."),
        ("en", "Rivers Watch is an independent organisation that works in forty countries."),
        ("fr", "La Ligue des rivières est une association sans but lucratif fondée en 1991."),
    ],
)
def test_an_issuer_that_describes_itself_is_told(language: str, text: str) -> None:
    assert is_self_description(text, vocabulary(language))
    assert not is_self_description("“It is so,” said Jane Doe of the association.", vocabulary(language))


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Dockers Together represents 27,000 people in nine harbours."),
        ("en", "Dockers Together (DT) is Canada’s largest union of harbour workers."),
        ("fr", "Dockers Together défend les droits de 27 000 personnes."),
        ("de", "Dockers Together vertritt 27.000 Menschen in neun Häfen."),
        ("es", "Dockers Together agrupa a 27.000 personas en nueve puertos."),
        ("nl", "Dockers Together behartigt de belangen van 27.000 mensen."),
        ("pt", "A Dockers Together reúne 27 mil pessoas em nove portos."),
    ],
)
def test_a_house_that_the_text_names_is_the_issuer(language: str, text: str) -> None:
    words = vocabulary(language)
    assert describes_issuer(text, words, fold(BODY + text))
    assert not describes_issuer(text, words, fold(text))


@pytest.mark.parametrize(
    "text",
    [
        "Dockers Together is calling on ministers to act.",
        "Dockers Together said the agreement is the first of its kind.",
        "Marburg virus disease is a severe and often fatal illness.",
    ],
)
def test_news_of_a_house_is_no_description_of_it(text: str) -> None:
    assert not describes_issuer(text, vocabulary("en"), fold(BODY + text))


@pytest.mark.parametrize("mark", ["", "-30-\n\n", "Contact: Gwen Parry, 613-555-0142\n\n"])
def test_the_last_paragraph_may_be_the_boilerplate(read: Callable[..., Release], mark: str) -> None:
    own = "Dockers Together represents 27,000 people in nine harbours and has done so since 1931."
    assert read(BODY + mark + own + "\n").boilerplate == own


def test_a_last_paragraph_of_news_stays_in_the_body(read: Callable[..., Release]) -> None:
    release = read(BODY + "Dockers Together is calling on ministers to make the agreement a law.\n")
    assert release.boilerplate is None
    assert release.body[-1].text.startswith("Dockers Together is calling")


def test_a_long_note_of_the_house_among_the_contacts_is_its_boilerplate(read: Callable[..., Release]) -> None:
    own = "2. Dockers Together exists to make the ports safer for everyone who works in them."
    contact = "Contact: Gwen Parry, Dockers Together, 613-555-0142"
    text = f"{BODY}Notes to editors\n\n1. Figures are for 2025.\n\n{own}\n\n{contact}\n"
    release = read(text)
    assert "exists to make the ports safer" in (release.boilerplate or "")
    assert "Figures are for 2025" in (release.notes_to_editors or "")
