"""Where a sentence begins, and which full stops end none."""

from __future__ import annotations

import pytest

from distribute.sources.sentences import is_abbreviation, split_sentences
from distribute.sources.vocabulary import vocabulary


@pytest.mark.parametrize(
    ("language", "text", "count"),
    [
        ("en", "It rained. The river rose. Nobody left.", 3),
        ("en", "U.S. Rep. Maria B. Hale Jr. of St. Ives spoke.", 1),
        ("en", "It was found by Jane Doe. Later she left.", 2),
        ("en", "“It rained.” The river rose.", 2),
        ("en", "It rained. “The river rose.”", 2),
        ("fr", "M. Roy et Mme J.-P. Fortin ont parlé. Il pleuvait.", 2),
        ("de", "Am 12. Januar sprach Prof. Dr. Roth. Es regnete.", 2),
        ("de", "Der stellv. Vorsitzende sprach.", 1),
        ("es", "¿Llovió? ¡Sí! Subió el río.", 3),
    ],
)
def test_a_text_has_so_many_sentences(language: str, text: str, count: int) -> None:
    assert len(split_sentences(text, vocabulary(language))) == count


def test_the_pieces_hold_every_word() -> None:
    text = "It rained.  The river rose… “And then?” Nobody left."
    assert " ".join(split_sentences(text, vocabulary("en"))).split() == text.split()


@pytest.mark.parametrize("word", ["U.S", "J", "Sen", "Dr", "12", "Inc"])
def test_a_short_form_ends_no_sentence(word: str) -> None:
    assert is_abbreviation(word, vocabulary("en"))


@pytest.mark.parametrize("word", ["Doe", "2026", "", "river"])
def test_a_name_a_year_and_a_word_may_end_one(word: str) -> None:
    assert not is_abbreviation(word, vocabulary("en"))
