"""Dates and clock times as releases write them, found in a line of text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, time, timedelta
from functools import cache, lru_cache
from typing import NamedTuple

from distribute.sources.vocabulary import Vocabulary, either

_NUMERIC = re.compile(r"(?<![\d./:-])(\d{1,4})([./-])(?:(?<=\.) )?(\d{1,2})\2(?:(?<=\.) )?(\d{4}|\d{2})(?![\d/:-])")
_YEAR = re.compile(r"(?<![\d.,])(?:19|20)\d\d(?![\d]|[.,]\d)")
_LETTERS = re.compile(r"[^\W\d_]+")
_DIGIT = re.compile(r"\d")
_CENTURY = 2000
_REACH = timedelta(days=183)


class FoundDate(NamedTuple):
    """A day and month, with the year and weekday if they are given; ``start`` to ``end`` in the text."""

    start: int
    end: int
    day: int
    month: int
    year: int | None = None
    weekday: int | None = None

    def on(self, year: int) -> date | None:
        """The date in that year, if there is such a day in it."""
        try:
            return date(self.year or year, self.month, self.day)
        except ValueError:
            return None

    @property
    def date(self) -> date | None:
        return self.on(self.year) if self.year else None


class FoundTime(NamedTuple):
    """A clock time; ``value`` is None when the words cannot name one (midnight: of which day?)."""

    start: int
    end: int
    value: time | None


def find_dates(text: str, words: Vocabulary) -> list[FoundDate]:
    """Every date in ``text``, left to right.

    03/04/2026 is no date in English, where it has two readings; with dots, or in another
    language, the day comes first. A year of two digits is of this century.
    """
    return list(_find_dates(text, words)) if _DIGIT.search(text) else []


@lru_cache(maxsize=1024)
def _find_dates(text: str, words: Vocabulary) -> tuple[FoundDate, ...]:
    """Several recognisers ask for the same line."""
    found = [*_worded(text, words), *_numeric(text, words)]
    return tuple(sorted(found, key=lambda item: item.start))


def find_times(text: str, words: Vocabulary) -> list[FoundTime]:
    """Every clock time in ``text`` outside its dates, left to right."""
    if not _has_time(words).search(text):
        return []
    masked = list(text)
    for found in find_dates(text, words):
        masked[found.start : found.end] = "\0" * (found.end - found.start)
    return list(_times("".join(masked), words))


def settle_year(found: FoundDate, near: date, years: frozenset[int] = frozenset()) -> date | None:
    """The date with its own year, or with the year that brings it nearest to ``near``.

    Where a weekday is named, only a year in which it falls on that weekday will do: one near by, else the only
    one of ``years``.
    """
    if found.year:
        return found.date
    candidates = [day for year in range(near.year - 1, near.year + 2) if (day := found.on(year))]
    if found.weekday is not None:
        candidates = [day for day in candidates if day.weekday() == found.weekday]
    nearest = min(candidates, key=lambda day: abs(day - near), default=None)
    if nearest and abs(nearest - near) <= _REACH:
        return nearest
    told = [day for year in years if (day := found.on(year)) and day.weekday() == found.weekday]
    return told[0] if len(told) == 1 else None


def find_years(text: str) -> frozenset[int]:
    """Every year of this century or the last that stands in a text."""
    return frozenset(map(int, _YEAR.findall(text)))


@cache
def _date_pattern(words: Vocabulary) -> re.Pattern[str]:
    month = either(words.months)
    weekday = rf"(?:(?P<weekday>{either(words.weekdays)})\b\.?,?\s+)?(?:{words.either('day_articles')}\s+)?"
    day = rf"(?P<day>\d{{1,2}})(?:{words.either('ordinal_endings')}|[.ºª°])?"
    of = rf"\s*(?:{words.either('month_links')}(?:\s+|(?<=['’]))|\s*-\s*)?"
    year = rf"(?:[.,]?\s*(?:{words.either('year_links')}\s+)?(?P<year>(?:19|20)\d\d)(?!\d)"
    year += rf"(?:\s?{words.either('year_endings')}(?!\w)\.?)?)?"
    other = day.replace("day", "day2")
    return re.compile(
        rf"(?:(?<![^\W\d_])|(?=\d)){weekday}(?<!\d)(?:{day}{of}(?P<month>{month})(?!\w)\.?{year}"
        rf"|(?P<month2>{month})(?!\w)\.?\s*{other}(?![\d:]){year.replace('year', 'year2')})",
        re.IGNORECASE,
    )


def _worded(text: str, words: Vocabulary) -> Iterator[FoundDate]:
    if words.months.keys().isdisjoint(_LETTERS.findall(text.casefold())):
        return
    for match in _date_pattern(words).finditer(text):
        name = match["month"] or match["month2"]
        day = int(match["day"] or match["day2"])
        year = match["year"] or match["year2"]
        weekday = words.weekdays[match["weekday"].casefold()] if match["weekday"] else None
        found = FoundDate(
            match.start(), match.end(), day, words.months[name.casefold()], int(year) if year else None, weekday
        )
        if found.on(_CENTURY):
            yield found


def _numeric(text: str, words: Vocabulary) -> Iterator[FoundDate]:
    for match in _NUMERIC.finditer(text):
        first, second, last = int(match[1]), int(match[3]), int(match[4])
        if len(match[1]) == 4:
            parts = (last, second, first)
        elif len(match[1]) > 2:
            continue
        else:
            year = last if last > 99 else last + _CENTURY
            is_either = "may_write_month_first" in words.grammar and match[2] != "."
            if is_either and max(first, second) <= 12 and first != second:
                continue
            parts = (second, first, year) if is_either and second > 12 else (first, second, year)
        end = _year_ending(words).match(text, match.end())
        found = FoundDate(match.start(), end.end() if end else match.end(), *parts)
        if found.date:
            yield found


@cache
def _year_ending(words: Vocabulary) -> re.Pattern[str]:
    """The ``r.`` of ``2026 r.``"""
    return re.compile(rf"\s?{words.either('year_endings')}(?!\w)\.?", re.IGNORECASE)


@cache
def _has_time(words: Vocabulary) -> re.Pattern[str]:
    """What a clock time cannot do without: a digit, noon or midnight."""
    return re.compile(rf"\d|{words.either('noon', 'midnight')}", re.IGNORECASE)


@cache
def _time_pattern(words: Vocabulary) -> re.Pattern[str]:
    half = r"(?P<half>[ap])\.?\s?m\b\.?"
    unit = rf"(?:{words.either('hour_words')}|h)\b\.?"
    of = rf"(?:{words.either('year_links')}\s+|,\s*)?"
    twelve = rf"(?:(?<![\d:.,])12(?:[:.\s]?(?:h\s?)?00)?\s*(?:{words.either('hour_words')}|h)?\s*{of})?"
    return re.compile(
        rf"{twelve}\b(?P<noon>{words.either('noon')})\b|{twelve}\b(?P<midnight>{words.either('midnight')})\b"
        rf"|(?<![\d:.,+\-−])(?P<hour>\d{{1,2}})\s?(?:[:.]|h|H|\sh\s)\s?(?P<minute>[0-5]\d)(?![\d:])"
        rf"(?:[:.]\d\d)?(?:\s*(?:{half}|{unit}))?"
        rf"|\b{words.either('hour_openers')}\.?\s+(?P<hour3>\d{{1,2}})(?![\d:.h]*\d)"
        rf"|(?<![\d:.,])(?P<hour2>\d{{1,2}})\s*(?:{half.replace('half', 'half2')}|{unit})"
        rf"|(?<![\d:.,/+-])(?P<four>[0-2]\d[0-5]\d)(?=\s*(?:{words.either('hour_words')}|h\b|[A-Z]{{2,4}}\b))(?:\s*{unit})?",
        re.IGNORECASE,
    )


def _times(text: str, words: Vocabulary) -> Iterator[FoundTime]:
    for match in _time_pattern(words).finditer(text):
        yield FoundTime(match.start(), match.end(), _clock(match))


def _clock(match: re.Match[str]) -> time | None:
    if match["noon"]:
        return time(12)
    if match["midnight"]:
        return None
    if match["four"]:
        return _time(int(match["four"][:2]), int(match["four"][2:]))
    half = (match["half"] or match["half2"] or "").lower()
    hour = int(match["hour"] or match["hour2"] or match["hour3"])
    if half and not 1 <= hour <= 12:
        return None
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    return _time(hour, int(match["minute"] or 0))


def _time(hour: int, minute: int) -> time | None:
    return time(hour, minute) if hour < 24 and minute < 60 else None
