"""The vocabularies: complete in every language, explained to who writes one, and each a pattern that compiles."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

import distribute.sources.vocabulary as room
from distribute.sources.vocabulary import (
    CAPITALS,
    LANGUAGES,
    either,
    everywhere,
    fold,
    language_name,
    places,
    stop_words,
    vocabulary,
)

HERE = Path(room.__file__).parent
README = (HERE / "README.md").read_text(encoding="utf-8")
NEVER_EMPTY = ("stop_words", "relatives", "pronouns", "articles", "attribution_verbs", "contact_openers", "labels")
TABLES = ("grammar", "months", "weekdays", "zones", "phrases")


def read(language: str) -> dict[str, Any]:
    return tomllib.loads((HERE / f"{language}.toml").read_text(encoding="utf-8"))


def flat(table: Mapping[str, Any]) -> dict[str, Any]:
    """The keys a translator fills: those above the tables, the tables themselves, and what two of them hold."""
    keys = dict(table)
    for name in ("grammar", "phrases"):
        keys |= {f"{name}.{key}": value for key, value in table.get(name, {}).items()}
    return keys


def gaps(file: str, table: Mapping[str, Any], example: Mapping[str, Any]) -> Iterator[str]:
    """What ``file`` lacks, measured by a complete one, in sentences for the person who writes it."""
    own = flat(table)
    for key in flat(example):
        _, _, name = key.rpartition(".")
        if key not in own:
            yield f"{file} lacks “{name}”: add it as README.md explains, empty ([]) if your language has no such words."
        elif name in NEVER_EMPTY and not own[key]:
            yield f"{file} has nothing under “{name}”: at least one word must stand there."
    for key in own.keys() - flat(example).keys():
        yield f"{file} has a “{key.rpartition('.')[2]}” that nothing reads: see README.md how it is spelt."
    for name, numbers in (("months", range(1, 13)), ("weekdays", range(7))):
        for number in sorted({*numbers} - {*table.get(name, {}).values()}):
            yield f"{file} has no word for number {number} under [{name}]."


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_file_has_every_key(language: str) -> None:
    assert "\n".join(gaps(f"{language}.toml", read(language), read("en"))) == ""


def test_what_a_new_file_lacks_is_said_in_sentences() -> None:
    table = read("en")
    del table["phrases"]["labels"], table["grammar"]["joins_words"], table["articles"], table["months"]["may"]
    table["pronouns"], table["phrases"]["lables"] = [], ["news"]
    assert sorted(gaps("xx.toml", table, read("en"))) == [
        "xx.toml has a “lables” that nothing reads: see README.md how it is spelt.",
        "xx.toml has no word for number 5 under [months].",
        "xx.toml has nothing under “pronouns”: at least one word must stand there.",
        "xx.toml lacks “articles”: add it as README.md explains, empty ([]) if your language has no such words.",
        "xx.toml lacks “joins_words”: add it as README.md explains, empty ([]) if your language has no such words.",
        "xx.toml lacks “labels”: add it as README.md explains, empty ([]) if your language has no such words.",
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_group_is_a_pattern_without_empty_phrases(language: str) -> None:
    words = vocabulary(language)
    for name in words._phrases:
        assert not re.fullmatch(words.either(name), ""), name
        assert all(phrase.strip() == phrase != "" for phrase in words.phrases(name)), name


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_phrase_stands_once_in_its_group_and_in_small_letters(language: str) -> None:
    for name, phrases in read(language)["phrases"].items():
        twice = sorted({phrase for phrase in phrases if phrases.count(phrase) > 1})
        assert not twice, f"{language}.toml has {twice} twice under “{name}”."
        shouted = [phrase for phrase in phrases if phrase != phrase.lower()]
        assert not shouted, f"{language}.toml has capitals in {shouted} under “{name}”: they are compared without."


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_zone_named_exists(language: str) -> None:
    for offset, zone in vocabulary(language).zones.values():
        assert ZoneInfo(zone).key == zone
        assert re.fullmatch(r"(?:[+-]\d\d:\d\d)?", offset)


def test_the_languages_are_the_files_that_are_there_english_first() -> None:
    assert LANGUAGES[0] == "en"
    assert sorted(LANGUAGES) == sorted(path.stem for path in HERE.glob("??.toml"))
    assert [read(language)["language"] for language in LANGUAGES] == list(LANGUAGES)
    assert set(stop_words()) == set(LANGUAGES)


def test_a_language_has_its_name_and_an_unknown_one_its_code() -> None:
    assert (language_name("de"), language_name("xx")) == ("German", "xx")


def test_every_town_has_a_zone_and_is_folded() -> None:
    for town, zone in places()["towns"].items():
        assert ZoneInfo(zone).key == zone
        assert fold(town) == town


def test_every_region_allows_zones_that_exist_and_is_folded() -> None:
    table = places()
    for region, allowed in table["regions"].items():
        assert fold(region) == region
        for zone in [allowed] if isinstance(allowed, str) else allowed:
            assert zone.endswith("/") or ZoneInfo(zone).key == zone
    for zone, towns in table["towns_with_region"].items():
        assert ZoneInfo(zone).key == zone
        assert [fold(town) for town in towns] == sorted(set(towns))


def test_an_unknown_language_has_the_english_words() -> None:
    assert vocabulary("xx") is vocabulary(None) is vocabulary("en")


def test_words_of_places_are_understood_in_every_language() -> None:
    assert {"de", "am", "of"} <= set(everywhere("place_particles"))


def test_phrases_match_either_apostrophe_and_any_white_space_the_longest_first() -> None:
    assert re.fullmatch(either(["editor's note", "editor's"]), "editor’s\u00a0note")
    assert not re.search(either([]), "anything at all")


def test_capitals_are_those_of_all_latin_alphabets() -> None:
    assert all(re.fullmatch(f"[{CAPITALS}]", sign) for sign in "AZÀÞŁŚŻŐŠĞ")
    assert not any(re.fullmatch(f"[{CAPITALS}]", sign) for sign in "azàþłśżőšğ×")


def explained(heading: str, until: str) -> set[str]:
    """The keys that the tables of README.md explain between two headings."""
    part = README.partition(heading)[2].partition(until)[0]
    cells = [line.split("|")[1] for line in part.splitlines() if line.startswith("| `")]
    return {key for cell in cells for key in re.findall(r"`(\w+)`", cell)}


def test_the_readme_explains_every_key_and_no_other() -> None:
    table = read("en")
    assert explained("## Above the tables", "## `[grammar]`") == {key for key in table if key not in TABLES}
    assert explained("## `[grammar]`", "## `[months]`") == set(table["grammar"])
    assert explained("## `[months]`", "## `[phrases]`") == {"months", "weekdays", "zones"}
    assert explained("## `[phrases]`", "## `places.toml`") == set(table["phrases"])


def test_the_readme_gives_examples_that_stand_in_the_files() -> None:
    polish, english = read("pl")["phrases"], read("en")["phrases"]
    rows = [line.split("|")[1:5] for line in README.splitlines() if re.match(r"\| `\w+` \|.*\|.*\|.*\|", line)]
    checked = 0
    for key, _, first, second in rows:
        name = re.findall(r"`(\w+)`", key)[0]
        for example, phrases in ((first, english.get(name)), (second, polish.get(name))):
            if phrases is not None and example.strip():
                missing = [word for word in example.strip().split(", ") if word not in phrases]
                assert not missing, f"README.md gives {missing} for “{name}”, which stands in no file."
                checked += 1
    assert checked > 60
