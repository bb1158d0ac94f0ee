"""What a stretch between marks looks like, with the words around it."""

from __future__ import annotations

import pytest

from distribute.domain.release import Block, BlockKind
from distribute.sources.recognisers.quotation_marks import find_stretches
from distribute.sources.recognisers.quoted import Quoted
from distribute.sources.vocabulary import vocabulary


def quoted(text: str) -> Quoted:
    (stretch,) = find_stretches(text)
    return Quoted(
        0,
        Block(kind=BlockKind.PARAGRAPH, text=text),
        stretch,
        text[: stretch.outer[0]],
        text[stretch.outer[1] :],
    )


@pytest.mark.parametrize(
    ("text", "is_independent"),
    [
        ("It rained. “Nobody came to the river.” We left.", True),
        ("«Nadie vino hoy al río». Nos fuimos.", True),
        ("The film “Nobody came to the river.” is good.", False),
        ("It is “Nobody Came to the River”, a film.", False),
        ("“Nobody came.” We left.", False),
    ],
)
def test_a_sentence_between_sentences_is_independent(text: str, *, is_independent: bool) -> None:
    assert quoted(text).is_independent is is_independent


@pytest.mark.parametrize(
    ("language", "text", "is_clause"),
    [
        ("en", "“close the plants that nobody needs”", True),
        ("en", "“a national programme for the coast”", False),
        ("es", "“cerrar las plantas de gas”", True),
        ("es", "“un plan nacional para el mar”", False),
        ("fr", "“fermer les usines de la côte”", True),
        ("de", "“die Anlagen schließen muss”", True),
        ("nl", "“een voorbeeld voor heel het land”", False),
        ("pt", "“fechar as fábricas da costa”", True),
    ],
)
def test_a_clause_says_something_and_a_name_does_not(language: str, text: str, *, is_clause: bool) -> None:
    assert quoted(text).is_clause(vocabulary(language)) is is_clause


def test_a_stretch_is_alone_when_it_is_long_and_ends_its_paragraph() -> None:
    assert quoted("“We stand by it and we always will.”").is_alone
    assert not quoted("“We stand by it.”").is_alone
    assert not quoted("“We stand by it and we always will,” she said.").is_alone
