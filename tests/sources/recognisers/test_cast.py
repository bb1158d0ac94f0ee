"""Who is meant by a surname, a pronoun or an office."""

from __future__ import annotations

import pytest

from distribute.domain.release import Block, BlockKind
from distribute.sources.recognisers.cast import Cast
from distribute.sources.recognisers.speakers import Speaker
from distribute.sources.vocabulary import vocabulary


def cast(text: str, language: str = "en") -> Cast:
    return Cast([Block(kind=BlockKind.PARAGRAPH, text=text)], vocabulary(language))


@pytest.mark.parametrize(
    ("language", "text", "surname", "whole"),
    [
        ("en", "It was found by Jane Doe in May.", "Doe", "Jane Doe"),
        ("nl", "Oprichter Femke de Wit blijft.", "de Wit", "Femke de Wit"),
    ],
)
def test_a_surname_is_completed_from_the_text(language: str, text: str, surname: str, whole: str) -> None:
    assert cast(text, language).name(Speaker(name=surname), "")[0] == whole


def test_a_pronoun_is_the_person_its_sentence_begins_with_else_who_spoke_last() -> None:
    people = cast("")
    people.name(Speaker(name="Jane Doe", title="head of the union"), "")
    assert people.name(Speaker(is_pronoun=True), "The mayor agreed. ") == ("Jane Doe", "head of the union")
    assert people.name(Speaker(is_pronoun=True), "Mayor Ann Poe agreed. ") == ("Ann Poe", "Mayor")


def test_an_office_is_known_by_its_last_part_where_words_are_joined() -> None:
    people = cast("Bündnissprecherin Anna Roth sprach in Wien.", "de")
    assert people.name(Speaker(title="Sprecherin"), "Es regnete. ")[0] == "Anna Roth"
    assert cast("", "de").name(Speaker(title="Sprecherin"), "Es regnete. ")[0] is None


def test_a_name_that_ends_its_paragraph_has_no_full_stop() -> None:
    assert cast("It is led by CEO Robby Sikora.").name(Speaker(name="Sikora"), "")[0] == "Robby Sikora"


def test_a_pronoun_with_nobody_before_it_stays_nobody() -> None:
    assert cast("").name(Speaker(is_pronoun=True), "It rained. ") == (None, None)
