"""Names of weekdays and months in the language of a release and in English."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from functools import cache

from babel import Locale, UnknownLocaleError
from babel.dates import get_day_names, get_month_names

from distribute.checking.languages import anywhere


@cache
def weekday_names(language: str | None) -> Mapping[str, int]:
    """Full weekday names as written and folded, Monday = 0 (CLDR)."""
    names: dict[str, int] = {}
    for locale in locales(language):
        for day, name in get_day_names("wide", locale=locale).items():
            names |= {name: day, name.casefold(): day}
    return names


def find_weekday_names(text: str, language: str | None) -> Iterator[tuple[re.Match[str], int]]:
    """Each weekday named, Monday = 0: ``Tuesday``, and ``Tue.`` or ``Di.`` before a date."""
    pattern, names = _weekday_pattern(language)
    for match in pattern.finditer(text):
        yield match, names[match[0].rstrip(".").casefold()]


@cache
def _weekday_pattern(language: str | None) -> tuple[re.Pattern[str], Mapping[str, int]]:
    whole = {name.casefold(): day for name, day in weekday_names(language).items()}
    months = {"sept"} | {name.rstrip(".").casefold() for locale in locales(language) for name in _short_months(locale)}
    short = {
        name.rstrip(".").casefold(): day
        for locale in locales(language)
        for width in ("abbreviated", "short")
        for day, name in get_day_names(width, locale=locale).items()
        if len(name.rstrip(".")) > 1
    }
    short = {name: day for name, day in short.items() if name not in months and name not in whole}
    day = rf"(?:\d\d?(?!\d|\s\d{{3}})|\d{{4}}-|(?:{_either(months)})\.?\s*\d)"
    date = rf"(?=\.?,?\s*(?:{anywhere('day_articles')}\s+)?{day})"
    pattern = rf"(?<![\w-])(?:(?:{_either(whole)})(?!\w)|(?:{_either(short)})(?!\w)\.?{date})"
    return re.compile(pattern, re.IGNORECASE), short | whole


def _short_months(locale: Locale) -> Iterator[str]:
    for width in ("abbreviated", "wide"):
        yield from get_month_names(width, locale=locale).values()


def _either(names: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(names, key=lambda name: (-len(name), name))))


@cache
def month_names(language: str | None) -> tuple[str, ...]:
    """Full month names, the longest first (CLDR)."""
    names = {name for locale in locales(language) for name in get_month_names("wide", locale=locale).values()}
    return tuple(sorted(names, key=lambda name: (-len(name), name)))


def locales(language: str | None) -> list[Locale]:
    """English, since desks mix it in, and the language itself where it is known to CLDR."""
    found = [Locale.parse("en")]
    with suppress(UnknownLocaleError, ValueError):
        found.append(Locale.parse(language or "en"))
    return found
