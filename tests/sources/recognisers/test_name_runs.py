"""Runs of name words: where they begin, what holds them together and what ends them."""

from __future__ import annotations

import pytest

from distribute.sources.recognisers.name_runs import find_runs, is_office
from distribute.sources.vocabulary import vocabulary


@pytest.mark.parametrize(
    ("language", "text", "runs"),
    [
        ("en", "the director Jane Doe spoke", ["Jane Doe"]),
        ("en", "Khalid al-Masri and Tom O’Brien", ["Khalid al-Masri", "Tom O’Brien"]),
        ("es", "María José de la Fuente habló", ["María José de la Fuente"]),
        ("nl", "Piet van der Berg zegt", ["Piet van der Berg"]),
        ("nl", "Jan ’t Hart zegt", ["Jan ’t Hart"]),
        ("nl", "Kees Jan Prins van Natuurbond", ["Kees Jan Prins", "Natuurbond"]),
        ("de", "Uwe Wagner von der Universität Kiel", ["Uwe Wagner", "Universität Kiel"]),
        ("de", "Das Thema", ["Thema"]),
        ("de", "am Montag Jana Roth", ["Jana Roth"]),
        ("pt", "João dos Santos falou", ["João dos Santos"]),
        ("en", "Boehm (R-OH) spoke", ["Boehm"]),
    ],
)
def test_a_phrase_has_these_runs(language: str, text: str, runs: list[str]) -> None:
    tokens = text.split()
    assert [" ".join(tokens[start:stop]) for start, stop in find_runs(tokens, vocabulary(language))] == runs


def test_a_run_never_grows_long() -> None:
    assert max(stop - start for start, stop in find_runs(["Jane"] * 100, vocabulary("en"))) < 20


@pytest.mark.parametrize("token", ["Director", "Senators", "Dr.", "Ministers"])
def test_an_office_may_have_one_holder_or_several(token: str) -> None:
    assert is_office(token, vocabulary("en"))
