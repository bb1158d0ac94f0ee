"""The words by which the parts of a release are known, one TOML file per language."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

LANGUAGES = ("en", "fr", "de", "es", "nl", "pt")


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """What releases in ``language`` say, with the English words behind its own, since desks mix them.

    ``months`` and ``weekdays`` count from 1 and from Monday = 0; ``zones`` maps a word to an offset
    (``-05:00``, empty when it follows the season) and an IANA name.
    """

    language: str
    regions: tuple[str, ...]
    stop_words: frozenset[str]
    months: Mapping[str, int]
    weekdays: Mapping[str, int]
    zones: Mapping[str, tuple[str, str]]
    _phrases: Mapping[str, tuple[str, ...]] = field(repr=False)

    def phrases(self, name: str) -> tuple[str, ...]:
        return self._phrases[name]

    def either(self, *names: str) -> str:
        """A regular expression that matches any phrase of these groups, the longest first."""
        return either(phrase for name in names for phrase in self._phrases[name])


def vocabulary(language: str | None) -> Vocabulary:
    """The words of a language; of English where the language is not known."""
    return _merged(language if language in LANGUAGES else "en")


@cache
def _merged(language: str) -> Vocabulary:
    own, english = _table(language), _table("en")
    both = (own,) if language == "en" else (own, english)
    words = ("relatives", "pronouns", "articles")
    phrases = {name: _union(table["phrases"][name] for table in both) for name in english["phrases"]}
    phrases |= {name: tuple(own[name]) for name in words}
    return Vocabulary(
        language=language,
        regions=tuple(own["regions"]),
        stop_words=frozenset(own["stop_words"]),
        months=_overlay("months", both),
        weekdays=_overlay("weekdays", both),
        zones={name: (offset, zone) for name, (offset, zone) in _overlay("zones", both).items()},
        _phrases=phrases,
    )


@cache
def stop_words() -> Mapping[str, frozenset[str]]:
    """The commonest words of each language, by which one is told from another."""
    heads = {language: _text(language).partition("\n[")[0] for language in LANGUAGES}  # they stand before any table
    return {language: frozenset(tomllib.loads(head)["stop_words"]) for language, head in heads.items()}


@cache
def places() -> Mapping[str, Mapping[str, str]]:
    """``towns`` and ``regions``, folded, with the time zone of each (a region's may end in a slash)."""
    return _table("places")


def either(phrases: Iterable[str]) -> str:
    """A regular expression for any of the phrases, the longest first; any white space, either apostrophe."""
    ordered = sorted(set(phrases), key=lambda phrase: (-len(phrase), phrase))
    return "(?:" + "|".join(_expression(phrase) for phrase in ordered) + ")"


def fold(text: str) -> str:
    """Lower case without accents, one kind of apostrophe and single spaces: for comparing, not for showing."""
    plain = unicodedata.normalize("NFKD", text.replace("’", "'"))
    bare = "".join(ch for ch in plain if not unicodedata.combining(ch))
    return " ".join(bare.casefold().split())


def _expression(phrase: str) -> str:
    return r"\s+".join(re.escape(word).replace("'", "['’]") for word in phrase.split())


def _union(groups: Iterable[list[str]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(phrase for group in groups for phrase in group))


def _overlay(name: str, tables: tuple[dict[str, Any], ...]) -> dict[str, Any]:
    merged: dict[str, Any] = {}
    for table in reversed(tables):
        merged |= table[name]
    return merged


@cache
def _table(name: str) -> dict[str, Any]:
    return tomllib.loads(_text(name))


def _text(name: str) -> str:
    return Path(__file__).with_name(f"{name}.toml").read_text(encoding="utf-8")
