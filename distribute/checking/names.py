"""Names of weekdays and months in the language of a release and in English."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from functools import cache

from babel import Locale, UnknownLocaleError
from babel.dates import get_day_names, get_month_names


@cache
def weekday_names(language: str | None) -> Mapping[str, int]:
    """Full weekday names as written and folded, Monday = 0 (CLDR)."""
    names: dict[str, int] = {}
    for locale in locales(language):
        for day, name in get_day_names("wide", locale=locale).items():
            names |= {name: day, name.casefold(): day}
    return names


@cache
def month_names(language: str | None) -> tuple[str, ...]:
    """Full month names, the longest first (CLDR)."""
    names = {name for locale in locales(language) for name in get_month_names("wide", locale=locale).values()}
    return tuple(sorted(names, key=lambda name: (-len(name), name)))


@cache
def month_numbers(language: str | None) -> Mapping[str, int]:
    """Full month names, folded, with their numbers (CLDR)."""
    return {
        name.casefold(): number
        for locale in locales(language)
        for number, name in get_month_names("wide", locale=locale).items()
    }


def locales(language: str | None) -> list[Locale]:
    """English, since desks mix it in, and the language itself where it is known to CLDR."""
    found = [Locale.parse("en")]
    with suppress(UnknownLocaleError, ValueError):
        found.append(Locale.parse(language or "en"))
    return found
