"""The countries a text speaks of, the likeliest first: the ends of its addresses, their names, their towns."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import tzdata

from distribute.sources.vocabulary import CAPITALS, Vocabulary, fold, places

_LONGEST = 20_000
_MOST = 3
_SHORTEST_NAME = 4
_HOST = re.compile(r"(?:@|https?://|www\.)[\w.-]{1,100}\.([a-z]{2})(?![\w-])", re.IGNORECASE)
_PROPER = re.compile(rf"[{CAPITALS}][\w'’\-]+(?:[ \u00a0](?:de |of )?[{CAPITALS}][\w'’\-]+){{0,2}}")
_CALLED = re.compile(r"(?<![\w+])\+{1,2}[ \u00a0(]?([2-9]\d{0,2})(?=[ \u00a0().\-/]|\d{4})")
_HEADS = frozenset({"emea", "apac", "latam", "uk", "usa", "us", "eu"})
_CONTINENTS = frozenset(
    {
        "africa",
        "americas",
        "asia",
        "europe",
        "latin america",
        "middle east",
        "north america",
        "oceania",
        "south america",
    }
)
_WEIGHTS = {"host": 4, "called": 3, "name": 2, "town": 1}


def regions_of(text: str, words: Vocabulary) -> tuple[str, ...]:
    """Two-letter codes (ISO 3166-1) of the countries that the first 20,000 characters of a text point to.

    The names of countries are those of the Unicode CLDR, in the text's language and in English; the country of
    a town is that of its time zone (tz database, zone.tab).
    """
    head = text[:_LONGEST]
    found: Counter[str] = Counter()
    countries = _countries(words.language)
    for match in _HOST.finditer(head):
        code = country_of_ending(match[1])
        found[code] += _WEIGHTS["host"] * (code in countries.values())
    for match in _CALLED.finditer(head):
        code = _called(match[1])
        found[code] += _WEIGHTS["called"] * _speaks(code, words.language)
    for match in _PROPER.finditer(head):
        for phrase in _within(fold(match[0])):
            if land := countries.get(phrase):
                found[land] += _WEIGHTS["name"]
            elif zone := places()["towns"].get(phrase):
                found[_zone_countries().get(zone, "")] += _WEIGHTS["town"]
    return tuple(code for code, weight in found.most_common(_MOST) if code and weight)


def country_of_ending(ending: str) -> str:
    """The code (ISO 3166-1) that the last part of a host name stands for: ``GB`` for ``uk``, itself for others."""
    return {"UK": "GB"}.get(ending.upper(), ending.upper())


def zones_of(country: str) -> tuple[str, ...]:
    """The IANA zones of a country (ISO 3166-1; tz database, zone.tab); none of what is no country."""
    return tuple(zone for zone, code in _zone_countries().items() if code == country)


def is_place(text: str, words: Vocabulary) -> bool:
    """``Moncton``, ``UK & Europe``, ``North America (mornings)``: towns, countries and continents, nothing else."""
    named = re.sub(r"\([^()]*\)", "", fold(text)).strip()
    parts = [part.strip(" .") for part in re.split(rf"\s*[/,&+]\s*|\s{words.either('conjunctions')}\s", named)]
    return all(part and _is_on_map(part, words) for part in parts)


def _is_on_map(part: str, words: Vocabulary) -> bool:
    return (
        part in _HEADS | _CONTINENTS
        or part in places()["towns"]
        or part in places()["regions"]
        or part in _lands(words.language)
    )


def _called(digits: str) -> str:
    """The country with this calling code (ITU-T E.164); none where several share it, as with +1."""
    import phonenumbers  # noqa: PLC0415  the numbering plans of the world, for a text with foreign numbers

    for length in range(1, len(digits) + 1):
        codes = phonenumbers.COUNTRY_CODE_TO_REGION_CODE.get(int(digits[:length]), ())
        if codes:
            return str(codes[0]) if codes[0].isalpha() else ""
    return ""


@cache
def _speaks(region: str, language: str) -> bool:
    """The language is an official one there (CLDR): a foreign number in a text says nothing of its others."""
    from babel.languages import get_official_languages  # noqa: PLC0415  likewise

    return bool(region) and language in get_official_languages(region, de_facto=True)


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
def _lands(language: str) -> frozenset[str]:
    """The names of countries in English (tz database, iso3166.tab); in another language of all territories (CLDR)."""
    rows = (row.split("\t") for row in _table("iso3166.tab").splitlines() if not row.startswith("#"))
    names = {row[1].partition(" (")[0] for row in rows}
    if language != "en":
        from babel import Locale  # noqa: PLC0415  likewise

        names.update(Locale(language).territories.values())
    return frozenset(fold(name) for name in names)


@cache
def _zone_countries() -> Mapping[str, str]:
    fields = (row.split("\t") for row in _table("zone.tab").splitlines() if not row.startswith("#"))
    return {row[2]: row[0] for row in fields}


def _table(name: str) -> str:
    return (Path(tzdata.__file__).with_name("zoneinfo") / name).read_text(encoding="utf-8")
