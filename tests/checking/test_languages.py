"""The words of each language."""

from __future__ import annotations

import re
from zoneinfo import ZoneInfo

import pytest

from distribute.checking.languages import LANGUAGES, any_language, either, words_of, zone_words


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_says_all_that_rules_ask_for(language: str) -> None:
    words = words_of(language)
    for name in (
        *("announces", "blanks", "confidential", "counted", "days", "doubles", "hype", "midnight", "minors", "noon"),
        *("children", "fields", "pending", "private", "things", "titles", "withheld"),
    ):
        assert getattr(words, name), name
    assert all("{name}" in form and "{age}" in form for form in words.minors)


def test_a_language_without_a_file_has_no_words() -> None:
    assert words_of("pl").hype == words_of(None).hype == ()
    assert not re.search(either(words_of("pl").hype), "anything at all")


def test_zone_words_name_zones_and_come_from_every_language() -> None:
    assert {"EST", "HNE", "MEZ"} <= set(zone_words())
    assert all(ZoneInfo(zone) for zone, _ in zone_words().values())


def test_phrases_match_any_space_either_apostrophe_any_ending_and_whole_words() -> None:
    pattern = re.compile(either(["fier* d'annoncer", "à l'usage d…destinataire*"]), re.IGNORECASE)
    assert pattern.search("Fiers  d’annoncer")
    assert pattern.search("à l’usage des seuls destinataires")
    assert not pattern.search("fiers d'annoncera")
    assert "press release" in any_language("announces")
