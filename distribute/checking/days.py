"""The days a text names, as each language writes them, for comparing the versions of a release."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import NamedTuple

from babel.dates import get_day_names, get_month_names

from distribute.checking.languages import anywhere
from distribute.checking.names import locales
from distribute.checking.numerals import level

_ISO = re.compile(r"(?<![\d./-])((?:19|20)\d\d)-(\d{1,2})-(\d{1,2})(?![\d/-])")
_FIGURES = re.compile(r"(?<![\d./:-])(\d{1,2})([./-])\s?(\d{1,2})\2\s?((?:19|20)\d\d|\d\d)(?![\d/:-]|[.,]\d)")
_ORDINAL = rf"(?:\s?(?:{level(anywhere('ordinal_endings'))}|[ºª°])(?!\w)|\.)?"
_OF = rf"\s*(?:{level(anywhere('month_links'))}(?:\s+|(?<=['’])\s?))?"
_AND = rf"\s*(?:[-–—/]|{level(anywhere('day_links'))})\s*(?:{level(anywhere('day_articles'))}(?:\s+|(?<=['’])))?"
_CENTURY = 2000


class Day(NamedTuple):
    """A day, or a month of a year (``day`` 0), at ``start`` to ``end`` of a text; ``year`` 0 where it is not given.

    ``readings`` are the pairs (month, day) it can mean: two for 03/04/2026 in English.
    """

    start: int
    end: int
    readings: tuple[tuple[int, int], ...]
    year: int = 0

    def agrees(self, other: Day) -> bool:
        """They can be the same day; a year that only one of them gives decides nothing."""
        is_same_year = not self.year or not other.year or self.year == other.year
        return is_same_year and bool(set(self.readings) & set(other.readings))

    @property
    def figures(self) -> set[int]:
        """The numbers in it, which another text may write alone: ``on the 31st``, ``in 2020``."""
        return {self.year, *(day for _, day in self.readings)} - {0}


class Weekday(NamedTuple):
    """A weekday named at ``start`` to ``end``; Monday is 0."""

    start: int
    end: int
    number: int


def find_days(text: str, language: str | None) -> list[Day]:
    """Every day, and every month with its year, left to right."""
    found = [*_worded(text, language), *_figured(text, language)]
    return sorted(found, key=lambda day: day.start)


def find_weekdays(text: str, language: str | None) -> list[Weekday]:
    """Every weekday written out, left to right."""
    plain = level(text)
    names = _weekdays(language)
    pattern = re.compile(rf"(?<!\w)(?:{_either(names)})(?!\w)")
    return [Weekday(match.start(), match.end(), names[match[0]]) for match in pattern.finditer(plain)]


def _worded(text: str, language: str | None) -> Iterator[Day]:
    months = _months(language)
    for match in _pattern(language).finditer(level(text)):
        month = months[next(filter(None, (match[name] for name in ("month", "month2", "month3"))))]
        year = int(match["year"] or match["year2"] or match["year3"] or 0)
        days = [int(match[name]) for name in ("from", "day", "day2", "until2") if match[name]]
        if all(_exists(month, day) for day in days) and (days or year):
            for day in days or [0]:
                yield Day(match.start(), match.end(), ((month, day),), year)


def _figured(text: str, language: str | None) -> Iterator[Day]:
    for match in _ISO.finditer(text):
        if _exists(int(match[2]), int(match[3])):
            yield Day(match.start(), match.end(), ((int(match[2]), int(match[3])),), int(match[1]))
    for match in _FIGURES.finditer(text):
        first, second = int(match[1]), int(match[3])
        is_either = language == "en" and match[2] != "."
        readings = {(second, first), (first, second)} if is_either else {(second, first)}
        found = tuple(sorted(pair for pair in readings if _exists(*pair)))
        if found and (len(match[4]) == 4 or match[2] != "-"):
            year = int(match[4])
            yield Day(match.start(), match.end(), found, year if year > 99 else year + _CENTURY)


@cache
def _pattern(language: str | None) -> re.Pattern[str]:
    """``3 to 5 March 2026`` · ``March 3-5, 2026`` · ``March 2026``, over a levelled text."""
    month = _either(_months(language))
    year = rf"(?:(?:\.?,?\s*(?:{level(anywhere('year_links'))}\s+)?)(?P<year>(?:19|20)\d\d)(?![\d.,]?\d))?"
    return re.compile(
        rf"(?<![\w.,:])(?:(?P<from>\d{{1,2}}){_ORDINAL}{_AND})?(?P<day>\d{{1,2}}){_ORDINAL}{_OF}"
        rf"(?P<month>{month})(?!\w){year}"
        rf"|(?<!\w)(?P<month2>{month})(?!\w)\.?\s*(?P<day2>\d{{1,2}}){_ORDINAL}(?![\d:]|[.,]\d)"
        rf"(?:{_AND}(?P<until2>\d{{1,2}}){_ORDINAL}(?![\d:\w]))?{year.replace('year', 'year2')}"
        rf"|(?<!\w)(?P<month3>{month})(?!\w){year.replace('year', 'year3')[:-1]}"
    )


@cache
def _months(language: str | None) -> dict[str, int]:
    names = {"sept": 9}
    for locale in locales(language):
        for width in ("abbreviated", "wide"):
            for context in ("format", "stand-alone"):
                table = get_month_names(width, context, locale=locale)
                names |= {level(name).rstrip("."): month for month, name in table.items()}
    return names


@cache
def _weekdays(language: str | None) -> dict[str, int]:
    names: dict[str, int] = {}
    for locale in locales(language):
        names |= {level(name): day for day, name in get_day_names("wide", locale=locale).items()}
    return names


def _either(names: dict[str, int]) -> str:
    return "|".join(map(re.escape, sorted(names, key=lambda name: (-len(name), name))))


def _exists(month: int, day: int) -> bool:
    try:
        return bool(date(_CENTURY, month, day or 1))
    except ValueError:
        return False
