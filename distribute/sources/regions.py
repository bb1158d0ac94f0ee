"""The countries a text speaks of, the likeliest first: the ends of its addresses, their names, their towns."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from functools import cache

from distribute.sources.vocabulary import CAPITALS, Vocabulary, fold, places

_LONGEST = 20_000
_MOST = 3
_SHORTEST_NAME = 4
_HOST = re.compile(r"(?:@|https?://|www\.)[\w.-]{1,100}\.([a-z]{2})(?![\w-])", re.IGNORECASE)
_PROPER = re.compile(rf"[{CAPITALS}][\w'’\-]+(?:[ \u00a0](?:de |of )?[{CAPITALS}][\w'’\-]+){{0,2}}")
_WEIGHTS = {"host": 4, "name": 2, "town": 1}


def regions_of(text: str, words: Vocabulary) -> tuple[str, ...]:
    """Two-letter codes (ISO 3166-1) of the countries that the first 20,000 characters of a text point to.

    The names of countries are those of the Unicode CLDR, in the text's language and in English; the country of
    a town is that of its time zone (tz database, zone.tab).
    """
    head = text[:_LONGEST]
    found: Counter[str] = Counter()
    countries = _countries(words.language)
    for match in _HOST.finditer(head):
        code = {"UK": "GB"}.get(match[1].upper(), match[1].upper())
        found[code] += _WEIGHTS["host"] * (code in countries.values())
    for match in _PROPER.finditer(head):
        for phrase in _within(fold(match[0])):
            if code := countries.get(phrase):
                found[code] += _WEIGHTS["name"]
            elif zone := places()["towns"].get(phrase):
                found[_zone_countries().get(zone, "")] += _WEIGHTS["town"]
    return tuple(code for code, weight in found.most_common(_MOST) if code and weight)


def _within(phrase: str) -> list[str]:
    """``mayor of cape town`` has ``cape town`` in it, beside ``mayor``, ``of cape`` and the rest."""
    tokens = phrase.split()
    return [" ".join(tokens[a:b]) for a in range(len(tokens)) for b in range(a + 1, len(tokens) + 1)]


@cache
def _countries(language: str) -> Mapping[str, str]:
    from babel import Locale  # noqa: PLC0415  the names of all countries, for a number that does not tell its own

    names: dict[str, str] = {}
    for code in dict.fromkeys(("en", language)):
        for region, name in Locale(code).territories.items():
            if len(region) == 2 and region.isalpha() and len(name) >= _SHORTEST_NAME:
                names[fold(name)] = region
    return names


@cache
def _zone_countries() -> Mapping[str, str]:
    from importlib.resources import files  # noqa: PLC0415  a slow import that only national numbers need

    rows = (files("tzdata") / "zoneinfo" / "zone.tab").read_text(encoding="utf-8").splitlines()
    fields = (row.split("\t") for row in rows if not row.startswith("#"))
    return {row[2]: row[0] for row in fields}
