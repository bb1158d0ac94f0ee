"""Contacts that no label announces."""

from __future__ import annotations

import pytest

from distribute.sources.plain import read_plain
from distribute.sources.recognisers.contact_runs import begins_with_name, find_runs
from distribute.sources.vocabulary import vocabulary


def runs(text: str, language: str = "en") -> list[list[str]]:
    words = vocabulary(language)
    document = read_plain(text, words)
    return [[document.lines[index].text for index in run] for run in find_runs(document, words, frozenset())]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Jane Doe\nPress Officer\n613-555-0123"),
        (
            "en",
            "Jane Doe\nDirector of Communications\nExample Works\n221 Harbour Street\nOttawa K1A 0B1\n613-555-0123",
        ),
        ("en", "Jane Doe/Tom Hale\nHeadquarters, Ottawa\n613-555-0123/0124"),
        ("en", "Jane Doe for Example Works, 613-555-0123"),
        ("nl", "Dienst Communicatie, tel. (020) 555 01 23"),
        ("de", "Pressestelle des Beispielbunds\nTel. 030 / 23125 - 010\npresse@example.org"),
        ("en", "press@example.org\n613-555-0123 media@example.org"),
    ],
)
def test_a_block_of_its_own_is_found(language: str, text: str) -> None:
    assert runs(text, language) == [text.split("\n")]


@pytest.mark.parametrize(
    "text",
    [
        "HARBOUR FALLS POLICE\n14 Mill Street\nHarbour Falls, NH 03799\nBusiness: 603-555-0110",
        "Office of Public Affairs\n900 West Alder Avenue, Room 120 | (805) 555-0100",
        "Jane Doe\nTom Hale",
    ],
)
def test_a_letterhead_and_names_alone_are_none(text: str) -> None:
    assert runs(text) == []


def test_an_address_that_ends_the_sentence_above_it_is_no_block() -> None:
    sentence = "To arrange an interview with the warden, please contact the officer at the Mill Trust or write to"
    assert runs(f"{sentence}\njane@example.org") == []


@pytest.mark.parametrize("text", ["Harbour Falls, NH 03799", "Burg Lane, Leeds LS1 4AB", "Example Street 5"])
def test_a_town_is_nobodys_name(text: str) -> None:
    assert not begins_with_name(text, vocabulary("en"))
