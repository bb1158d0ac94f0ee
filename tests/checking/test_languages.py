"""The words of each language."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

import distribute.checking.languages as room
from distribute.checking.languages import LANGUAGES, Words, any_language, anywhere, either, words_of, zone_words
from distribute.checking.numerals import numerals
from distribute.sources import vocabulary

HERE = Path(room.__file__).parent
TABLES = {"steady", "zones"}
KEYS = {field.name for field in fields(Words)} - TABLES
NEVER_EMPTY = (
    *("announces", "blanks", "children", "confidential", "counted", "days", "doubles", "fields", "hype", "midnight"),
    *("minors", "noon", "ourselves", "pending", "private", "things", "titles", "withheld"),
)


def gaps(file: str, table: Mapping[str, Any]) -> Iterator[str]:
    """What ``file`` lacks, in sentences for the person who writes it."""
    for key in sorted(KEYS - table.keys()):
        yield f"{file} lacks “{key}”: add it, empty ([]) if your language has no such words; en.toml shows what it is."
    for key in sorted(table.keys() - KEYS - TABLES):
        yield f"{file} has a “{key}” that no rule reads: compare its spelling with en.toml."
    for key in NEVER_EMPTY:
        if table.get(key) == []:
            yield f"{file} has nothing under “{key}”: at least one word must stand there."
    for form in table.get("minors", ()):
        if "{name}" not in form or "{age}" not in form:
            yield f"{file} has “{form}” under “minors”: it needs {{name}} and {{age}}."


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_says_all_that_rules_ask_for(language: str) -> None:
    table = tomllib.loads((HERE / f"{language}.toml").read_text(encoding="utf-8"))
    assert "\n".join(gaps(f"{language}.toml", table)) == ""


def test_what_a_new_file_lacks_is_said_in_sentences() -> None:
    table = tomllib.loads((HERE / "en.toml").read_text(encoding="utf-8"))
    del table["hours"]
    table |= {"hipe": [], "noon": [], "minors": ["{name}, ten"]}
    assert list(gaps("xx.toml", table)) == [
        "xx.toml lacks “hours”: add it, empty ([]) if your language has no such words; en.toml shows what it is.",
        "xx.toml has a “hipe” that no rule reads: compare its spelling with en.toml.",
        "xx.toml has nothing under “noon”: at least one word must stand there.",
        "xx.toml has “{name}, ten” under “minors”: it needs {name} and {age}.",
    ]


def test_every_language_that_is_read_is_checked() -> None:
    assert LANGUAGES == vocabulary.LANGUAGES
    assert all(numerals(language).words for language in LANGUAGES), "numerals.toml has a table for each"


def test_a_language_without_a_file_has_no_words() -> None:
    assert words_of("xx").hype == words_of(None).hype == ()
    assert not re.search(either(words_of("xx").hype), "anything at all")


def test_words_of_all_languages_fit_into_a_longer_pattern() -> None:
    assert re.fullmatch(rf"1(?:{anywhere('ordinal_endings')})", "1er")


def test_zone_words_name_zones_and_come_from_every_language() -> None:
    assert {"EST", "HNE", "MEZ"} <= set(zone_words())
    assert all(ZoneInfo(zone) for zone, _ in zone_words().values())


def test_phrases_match_any_space_either_apostrophe_any_ending_and_whole_words() -> None:
    pattern = re.compile(either(["fier* d'annoncer", "à l'usage d…destinataire*"]), re.IGNORECASE)
    assert pattern.search("Fiers  d’annoncer")
    assert pattern.search("à l’usage des seuls destinataires")
    assert not pattern.search("fiers d'annoncera")
    assert "press release" in any_language("announces")


def test_the_readme_for_translators_explains_every_key_that_rules_ask_for() -> None:
    readme = (Path(vocabulary.__file__).parent / "README.md").read_text(encoding="utf-8")
    rows = [
        line.split("|")[1]
        for line in readme.partition("## What rules look for")[2].splitlines()
        if line.startswith("| `")
    ]
    assert {key for row in rows for key in re.findall(r"`(\w+)`", row)} == KEYS | TABLES
