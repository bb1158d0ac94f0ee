"""Names of weekdays and months in the language of a release and in English."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from functools import cache

from babel import Locale, UnknownLocaleError
from babel.dates import get_day_names, get_month_names


@cache
def weekday_names(language: str | None) -> Mapping[str, int]:
    """Full weekday names, Monday = 0 (CLDR)."""
    names: dict[str, int] = {}
    for locale in _locales(language):
        names |= {name: day for day, name in get_day_names("wide", locale=locale).items()}
    return names


@cache
def month_names(language: str | None) -> tuple[str, ...]:
    """Full month names, the longest first (CLDR)."""
    names = {name for locale in _locales(language) for name in get_month_names("wide", locale=locale).values()}
    return tuple(sorted(names, key=lambda name: (-len(name), name)))


def _locales(language: str | None) -> list[Locale]:
    locales = [Locale.parse("en")]
    with suppress(UnknownLocaleError, ValueError):
        locales.append(Locale.parse(language or "en"))
    return locales
