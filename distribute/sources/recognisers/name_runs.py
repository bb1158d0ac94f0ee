"""Runs of name words in a phrase, with the particles between them: ``Jan``, ``Ana de la Cruz``, ``El Amrani``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import takewhile

from distribute.sources.people import (
    is_given_name,
    is_honorific,
    is_name_word,
    is_organisation,
    is_title_word,
    particles,
)
from distribute.sources.vocabulary import CAPITALS, Vocabulary

PREFIXED = re.compile(rf"[a-zß-ÿ]{{1,4}}[-’'][{CAPITALS}]\w+")
"""``al-Masri``, ``d’Orsay``."""

_LONGEST_RUN = 16
_LONGEST_HOUSE = 6


def find_runs(tokens: Sequence[str], words: Vocabulary) -> Iterator[tuple[int, int]]:
    """Runs of name words, with the particles between them."""
    start: int | None = None
    place = 0
    while place < len(tokens):
        if start is not None and place - start >= _LONGEST_RUN:
            yield start, place
            start = None
        if start is not None and (step := _particles_at(tokens, start, place, words)):
            place += step
        elif _is_word(tokens[place], place, words):
            start = place if start is None else start
            place += 1
        else:
            if start is not None:
                yield start, place
            start = None
            place += 1
    if start is not None:
        yield start, len(tokens)


def _particles_at(tokens: Sequence[str], start: int, place: int, words: Vocabulary) -> int:
    """How many particles stand here that go on with the name; 0 where they lead to a house or a place."""
    stop = place
    while stop < len(tokens) and not tokens[stop][0].isupper() and is_particle(tokens[stop], words):
        stop += 1
    if stop == place or stop == len(tokens) or not is_name_word(tokens[stop]) or is_organisation(tokens[stop], words):
        return 0
    names = [token for token in tokens[start:place] if not is_office(token, words)]
    if len(names) > 1 and _leads_to_house(tokens[stop:], words):
        return 0
    if stop == place + 1 and len(names) > 1 and _names_house(tokens[place], tokens[place - 1], words):
        return 0
    if "capitalises_nouns" in words.grammar and tokens[place] in words.phrases("articles"):
        return 0
    if not names or (tokens[place] in words.phrases("title_links") and is_title_word(tokens[place - 1], words)):
        return 0
    return stop - place


def _leads_to_house(tokens: Sequence[str], words: Vocabulary) -> bool:
    """``von der`` of ``Daniel Roth von der Offenen Wissensstiftung Seeland``, behind whose name a house begins."""
    proper = takewhile(is_name_word, tokens[:_LONGEST_HOUSE])
    return any(is_organisation(token, words) for token in proper)


def _names_house(token: str, before: str, words: Vocabulary) -> bool:
    """``van`` in ``Kees Bos van Natuurwacht``, where a surname stands before it; not in ``Jan Peter van Dijk``."""
    return token in words.phrases("affiliations") and not is_given_name(before, words)


def _is_word(token: str, place: int, words: Vocabulary) -> bool:
    if token[-1] == ")" or not (is_name_word(token) or PREFIXED.fullmatch(token)):
        return False
    if token.casefold() in _weekdays(words):
        return False
    if place > 0 or token.casefold() not in _openers(words):
        return True
    return token.casefold() in particles(words) and "capitalises_nouns" not in words.grammar


def is_office(token: str, words: Vocabulary) -> bool:
    """One holder's or several: ``Senator``, ``Senators``."""
    is_title = is_title_word(token, words) or is_title_word(token.removesuffix("s"), words)
    return is_title or is_honorific(token, words)


def is_particle(token: str, words: Vocabulary) -> bool:
    return token.replace("’", "'").casefold() in particles(words)


@cache
def _openers(words: Vocabulary) -> frozenset[str]:
    """Words that begin a sentence and no name."""
    groups = ("articles", "pronouns", "statement_words", "according", "attribution_verbs")
    phrases = {phrase.casefold() for group in groups for phrase in words.phrases(group)}
    return words.stop_words | phrases


@cache
def _weekdays(words: Vocabulary) -> frozenset[str]:
    return frozenset(day.casefold() for day in words.weekdays)
