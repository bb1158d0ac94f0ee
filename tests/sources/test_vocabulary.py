"""The vocabularies: complete in every language, and each a pattern that compiles."""

from __future__ import annotations

import re
from zoneinfo import ZoneInfo

import pytest

from distribute.sources.vocabulary import LANGUAGES, either, fold, places, vocabulary


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_the_same_groups_months_and_weekdays(language: str) -> None:
    words, english = vocabulary(language), vocabulary("en")
    assert set(words._phrases) == set(english._phrases)
    assert {*words.months.values()} == {*range(1, 13)}
    assert {*words.weekdays.values()} == {*range(7)}
    assert all(words.phrases(name) for name in words._phrases)
    for name in words._phrases:
        re.compile(words.either(name))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_zone_named_exists(language: str) -> None:
    for offset, zone in vocabulary(language).zones.values():
        assert ZoneInfo(zone).key == zone
        assert re.fullmatch(r"(?:[+-]\d\d:\d\d)?", offset)


def test_every_town_has_a_zone_and_is_folded() -> None:
    for town, zone in places()["towns"].items():
        assert ZoneInfo(zone).key == zone
        assert fold(town) == town


def test_an_unknown_language_has_the_english_words() -> None:
    assert vocabulary("xx") is vocabulary(None) is vocabulary("en")


def test_phrases_match_either_apostrophe_and_any_white_space_the_longest_first() -> None:
    assert re.fullmatch(either(["editor's note", "editor's"]), "editor’s\u00a0note")
