"""Addresses as they stand in texts, plain, disguised and hidden."""

from __future__ import annotations

import pytest

from distribute.sources.reaches import find_reaches, has_address, has_reach, reveal
from distribute.sources.vocabulary import vocabulary


@pytest.mark.parametrize(
    "text",
    [
        "ana (at) example.org",
        "ana[at]example[dot]org",
        "ana {at} example (dot) org",
        "ana AT example DOT org",
        "ana(arroba)example.org",
        "ana [ät] example [punkt] org",
    ],
)
def test_a_disguised_address_is_read(text: str) -> None:
    assert reveal(text) == "ana@example.org"


@pytest.mark.parametrize("text", ["meet (at) noon", "open AT ten DOT", "we [at] the mill", "(at) example.org"])
def test_other_words_in_brackets_stay(text: str) -> None:
    assert reveal(text) == text


@pytest.mark.parametrize("text", ["[email protected]", "[email\u00a0protected]", "write to [Email Protected]."])
def test_the_place_of_a_hidden_address_reaches_somebody(text: str) -> None:
    words = vocabulary("en")
    assert has_reach(text, words)
    assert [(reach.kind, reach.value) for reach in find_reaches(text, words)] == [("hidden", "")]


def test_addresses_that_only_sign_readers_off_are_none() -> None:
    assert not has_address("To leave, write to news-unsubscribe@example.org")


def test_what_a_mail_program_left_of_a_link_is_no_second_address() -> None:
    found = find_reaches("Ana <ana@example.org><mailto:ana@example.org>, fax 613-555-0199", vocabulary("en"))
    assert {reach.value for reach in found if reach.kind} == {"ana@example.org"}


@pytest.mark.parametrize("text", ["Tel. 455-0172", "(0362) 455-0172", "Cel. 15-5555-0148"])
def test_a_number_that_only_its_country_would_tell_reaches_somebody(text: str) -> None:
    assert has_reach(text, vocabulary("es"))


@pytest.mark.parametrize("text", ["Fax: 613-555-0199", "Room 2010 2011", "from 10 to 12"])
def test_other_figures_reach_nobody(text: str) -> None:
    assert not has_reach(text, vocabulary("en"))
