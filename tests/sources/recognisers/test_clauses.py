"""Where a clause ends, and what its commas part."""

from __future__ import annotations

import pytest

from distribute.sources.recognisers.clauses import cut_clause, first_clause, split_parts, unbracket
from distribute.sources.vocabulary import vocabulary


@pytest.mark.parametrize(
    ("text", "clause"),
    [
        ("Sen. J. Doe of St. Ives. It rained.", "Sen. J. Doe of St. Ives"),
        ("Jane Doe; it rained", "Jane Doe"),
        ("Jane Doe – it rained", "Jane Doe"),
        ("Jane Doe! It rained", "Jane Doe"),
        ("Jane Doe", "Jane Doe"),
    ],
)
def test_a_clause_ends_at_its_stop(text: str, clause: str) -> None:
    assert first_clause(text, vocabulary("en")) == clause


def test_letters_seats_and_ages_are_no_pieces() -> None:
    words = vocabulary("en")
    assert split_parts("Robert Doe, Jr., D-Vt., 45, chairman", words) == ["Robert Doe Jr.", "chairman"]
    assert split_parts("Jane Doe, PhD, director, Ottawa", words) == ["Jane Doe", "director", "Ottawa"]


def test_brackets_go_with_what_they_hold() -> None:
    assert unbracket("Jane Doe (R-IL), leader [sic]") == "Jane Doe, leader"


@pytest.mark.parametrize(
    ("language", "part", "rest"),
    [
        ("en", "Jane Doe who leads it", "Jane Doe"),
        ("en", "Jane Doe said on Monday", "Jane Doe"),
        ("de", "Jana Roth die Sprecherin", "Jana Roth die Sprecherin"),
        ("fr", "Jeanne Roy qui préside", "Jeanne Roy"),
    ],
)
def test_a_piece_is_cut_at_a_relative_and_at_a_verb(language: str, part: str, rest: str) -> None:
    assert cut_clause(part, vocabulary(language)) == rest
