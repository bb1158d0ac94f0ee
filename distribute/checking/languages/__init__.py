"""The words by which rules know what they look for, one TOML file per language."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

_HERE = Path(__file__).parent
LANGUAGES = ("en", *sorted(path.stem for path in _HERE.glob("??.toml") if path.stem != "en"))


@dataclass(frozen=True, eq=False, kw_only=True)
class Words:
    """What one language says; empty where the file of a language says nothing.

    ``blanks`` open a bracket that waits to be filled in, unless something is ``withheld`` there; ``pending`` are
    whole phrases that say so; ``counted`` is what a Roman number counts. ``minors`` are forms with {name}, {age} and
    {child}, which is one of ``children``; a name with one of ``things`` in it is nobody's;
    ``titles`` may stand before the surnames of two people. ``private`` are words
    before a telephone number that make it private, ``fields`` those that do so as a label. ``zones`` maps a zone word
    to an IANA name and whether it is its summer time; ``steady`` are places that keep a zone word all year.
    A final ``*`` stands for any ending in ``hype`` and ``minors``; an ellipsis for some words in ``confidential``.
    """

    ages: tuple[str, ...] = ()
    announces: tuple[str, ...] = ()
    blanks: tuple[str, ...] = ()
    children: tuple[str, ...] = ()
    confidential: tuple[str, ...] = ()
    counted: tuple[str, ...] = ()
    day_articles: tuple[str, ...] = ()
    day_links: tuple[str, ...] = ()
    days: tuple[str, ...] = ()
    doubles: frozenset[str] = frozenset()
    fields: tuple[str, ...] = ()
    hours: tuple[str, ...] = ()
    hype: tuple[str, ...] = ()
    lasting: tuple[str, ...] = ()
    midnight: tuple[str, ...] = ()
    minors: tuple[str, ...] = ()
    month_links: tuple[str, ...] = ()
    noon: tuple[str, ...] = ()
    ordinal_endings: tuple[str, ...] = ()
    ourselves: tuple[str, ...] = ()
    particles: tuple[str, ...] = ()
    pending: tuple[str, ...] = ()
    private: tuple[str, ...] = ()
    spans: tuple[str, ...] = ()
    steady: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    things: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    withheld: tuple[str, ...] = ()
    year_links: tuple[str, ...] = ()
    zones: Mapping[str, tuple[str, bool]]


@cache
def words_of(language: str | None) -> Words:
    """The words of a language; no words at all for one that has no file."""
    if language not in LANGUAGES:
        return Words(zones={})
    table: dict[str, Any] = tomllib.loads((_HERE / f"{language}.toml").read_text(encoding="utf-8"))
    zones = {word: (zone, season == "summer") for word, (zone, season) in table.pop("zones", {}).items()}
    steady = {word: tuple(places) for word, places in table.pop("steady", {}).items()}
    doubles = frozenset(table.pop("doubles", []))
    return Words(
        zones=zones, steady=steady, doubles=doubles, **{name: tuple(phrases) for name, phrases in table.items()}
    )


@cache
def zone_words() -> Mapping[str, tuple[str, bool]]:
    """The zone words of all languages: a release in one quotes times in another."""
    return {word: zone for language in LANGUAGES for word, zone in words_of(language).zones.items()}


@cache
def steady_places(word: str) -> tuple[str, ...]:
    """The places, in any language, that keep a zone word all year."""
    return tuple(place for language in LANGUAGES for place in words_of(language).steady.get(word, ()))


def any_language(name: str) -> tuple[str, ...]:
    """The phrases of this name in all languages, each once."""
    return tuple(dict.fromkeys(phrase for language in LANGUAGES for phrase in getattr(words_of(language), name)))


def either(phrases: Iterable[str]) -> str:
    """A regular expression for any of the phrases, the longest first, between word boundaries; never for nothing."""
    ordered = sorted(set(phrases), key=lambda phrase: (-len(phrase), phrase))
    return rf"(?<!\w)(?:{'|'.join(map(_expression, ordered)) or '(?!)'})(?!\w)"


def anywhere(name: str) -> str:
    """A regular expression for the phrases of this name in all languages, for inside a longer pattern."""
    return "(?:" + "|".join(map(_expression, sorted(any_language(name), key=lambda one: (-len(one), one)))) + ")"


def _expression(phrase: str) -> str:
    escaped = r"\s+".join(re.escape(word) for word in phrase.split())
    return escaped.replace("'", "['’]").replace("…", ".{0,80}?").replace(r"\*", r"\w*")
