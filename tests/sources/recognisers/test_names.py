"""The person in a phrase, whatever offices and houses stand around the name."""

from __future__ import annotations

import pytest

from distribute.sources.recognisers.names import find_named, find_people, is_letters, office_before
from distribute.sources.vocabulary import vocabulary


@pytest.mark.parametrize(
    ("language", "phrase", "name"),
    [
        ("en", "Labour biosecurity spokesperson Jo Lawton", "Jo Lawton"),
        ("en", "Harbour Watch head of freshwater campaigns Mereana Te Whata", "Mereana Te Whata"),
        ("en", "acting deputy chief executive of operations Ruth McDonald", "Ruth McDonald"),
        ("en", "chief executive of Rivers Watch Jane Doe", "Jane Doe"),
        ("en", "Rivers Watch’s Jane Doe", "Jane Doe"),
        ("en", "GXB National Officer Gary Smythe", "Gary Smythe"),
        ("en", "U.S. Secretary of Labor Elaine L. Cho", "Elaine L. Cho"),
        ("en", "Ngāti Kea chair Tāne Māhuta Rāwiri", "Tāne Māhuta Rāwiri"),
        ("en", "Nguyen Thi Minh Khai", "Nguyen Thi Minh Khai"),
        ("en", "Robert F. Doe III", "Robert F. Doe III"),
        ("en", "ANTHONY ROWE", "ANTHONY ROWE"),
        ("en", "Khalid al-Masri", "Khalid al-Masri"),
        ("en", "District Attorney Thompson", "Thompson"),
        ("en", "Mr Peterson", "Peterson"),
        ("fr", "la responsable des campagnes de Rivières Libres Aïssata N’Diaye", "Aïssata N’Diaye"),
        ("fr", "le chirurgien Jean-François LE GALL", "Jean-François LE GALL"),
        ("de", "Daniel Roth von der Offenen Wissen Stiftung Seeland", "Daniel Roth"),
        ("de", "Ministerin Holt-Förster", "Holt-Förster"),
        ("es", "Ana de la Cruz", "Ana de la Cruz"),
        ("nl", "wethouder Kees ten Brinke", "Kees ten Brinke"),
        ("nl", "Van Geffen", "Van Geffen"),
    ],
)
def test_a_phrase_names_this_person(language: str, phrase: str, name: str) -> None:
    named = find_named(phrase.split(), vocabulary(language))
    assert named
    assert named.name == name


@pytest.mark.parametrize(
    "phrase",
    ["director of Rivers Watch", "U.S. Secretary of Labor", "the University", "a spokesperson", "EAA", "of FSX"],
)
def test_a_phrase_may_name_nobody(phrase: str) -> None:
    assert find_named(phrase.split(), vocabulary("en")) is None


def test_what_a_house_is_of_is_nobodys_name() -> None:
    phrase = "secretario general de la Red de Municipios Rurales"
    assert find_named(phrase.split(), vocabulary("es")) is None


def test_everybody_in_a_phrase_comes_with_the_office_before_the_name() -> None:
    found = find_people(["Director", "Jane", "Doe", "and", "mayor", "Paul", "Finch"], vocabulary("en"))
    assert [(named.name, title) for named, title in found] == [("Jane Doe", "Director"), ("Paul Finch", "mayor")]


@pytest.mark.parametrize(
    ("language", "before", "office"),
    [
        ("en", "the chief executive of", "chief executive of"),
        ("de", "heute der agrarpolitische Sprecher", "agrarpolitische Sprecher"),
        ("en", "CIU Chief", "CIU Chief"),
        ("en", "and so we met", None),
    ],
)
def test_an_office_begins_behind_its_article(language: str, before: str, office: str | None) -> None:
    assert office_before(before.split(), vocabulary(language)) == office


@pytest.mark.parametrize(("text", "are"), [("MP", True), ("PhD", True), ("Jr.", True), ("Doe", False)])
def test_letters_behind_a_name_are_known(text: str, *, are: bool) -> None:
    assert is_letters(text, vocabulary("en")) is are
