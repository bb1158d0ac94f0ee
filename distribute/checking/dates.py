"""Rules about dates in the text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime
from functools import cache

from distribute.checking.languages import either, words_of
from distribute.checking.names import month_names, month_numbers, weekday_names
from distribute.checking.registry import Remark, warning
from distribute.checking.texts import Text, body_texts
from distribute.domain.release import Release


@warning("no-date")
def check_date(release: Release, _now: datetime) -> Iterator[Remark]:
    """A dateline with a place has a date, where nothing else dates the release."""
    if release.dateline and release.dateline.place and not is_dated(release):
        raw = release.dateline.raw
        message = f"“{raw}” has no date: add it, as {release.dateline.place}, 1 September 2026 —"
        yield Text(raw, release.dateline.line).remark(message, 0, raw)


@warning("day-without-year")
def check_year(release: Release, _now: datetime) -> Iterator[Remark]:
    """A day and month have a year, where nothing in the release says which it is; the first is named."""
    if is_dated(release):
        return
    for text in body_texts(release):
        if match := _day(release.language).search(text.words):
            message = (
                f"“{match[0]}” has no year, and the release has no date: add the year, or a dateline with the date."
            )
            yield text.remark(message, match)
            return


@warning("day-without-date")
def check_day(release: Release, _now: datetime) -> Iterator[Remark]:
    """“Tuesday” or “yesterday” has its date, where nothing in the release dates it; the first is named."""
    if is_dated(release):
        return
    for text in body_texts(release):
        if match := named_day(release.language, text.words):
            yield text.remark(
                f"“{match[0]}” could be any week's, for the release has no date: add the date, or a dateline.", match
            )
            return


@warning("day-and-date")
def check_weekdays(release: Release, _now: datetime) -> Iterator[Remark]:
    """A weekday written with its date, year included, is the one that the date falls on."""
    weekdays, months = weekday_names(release.language), month_numbers(release.language)
    for text in body_texts(release):
        for match in _full_date(release.language).finditer(text.words):
            with suppress(ValueError):
                month = months[(match["month"] or match["month2"]).casefold()]
                day = date(int(match["year"] or match["year2"]), month, int(match["day"] or match["day2"]))
                if weekdays[match["weekday"].casefold()] != day.weekday():
                    yield text.remark(f"“{match[0]}” was or will be a {day:%A}: correct the day or the date.", match)


def is_dated(release: Release) -> bool:
    """Something says which day the release is of."""
    return bool(release.issued or (release.dateline and release.dateline.date) or release.lift)


def named_day(language: str | None, words: str) -> re.Match[str] | None:
    """The first day that stands by its name alone: Tuesday, yesterday."""
    return _named_day(language).search(words)


@cache
def _day(language: str | None) -> re.Pattern[str]:
    months = "|".join(map(re.escape, month_names(language)))
    day = r"\d{1,2}(?:st|nd|rd|th|er|[.ºª])?"
    no_year = r"(?!\w)(?!,?\s+(?:de\s+|del\s+|of\s+)?(?:19|20)\d\d)"
    return re.compile(
        rf"(?<![\w.,]){day}\s(?:de\s|of\s)?(?:{months}){no_year}|(?<!\w)(?<!\d\s)(?:{months})\s{day}{no_year}",
        re.IGNORECASE,
    )


@cache
def _named_day(language: str | None) -> re.Pattern[str]:
    """A day with no number behind it that could be its date; ``on Mondays`` names none."""
    own = "|".join(map(re.escape, weekday_names(language)))
    relative = either(words_of(language).days)
    no_date = (
        r"(?!\w|[\s,.(]*(?:the|le|el|den|dem|der|de|dia)?\s*\d|[\s,(]*(?:" + "|".join(month_names(language)) + "))"
    )
    return re.compile(rf"(?<![\w-])(?:{own})(?![\w-]){no_date}|(?:{relative}){no_date}", re.IGNORECASE)


@cache
def _full_date(language: str | None) -> re.Pattern[str]:
    weekdays, months = ("|".join(map(re.escape, names)) for names in (weekday_names(language), month_names(language)))
    day = r"(?P<day>\d{1,2})(?:st|nd|rd|th|er|[.ºª])?"
    year = r"(?P<year>(?:19|20)\d\d)(?!\d)"
    return re.compile(
        rf"(?<!\w)(?P<weekday>{weekdays})(?!\w),?\s+(?:(?:the|le|el|den|dem|der)\s+)?"
        rf"(?:{day}\s+(?:of\s+|de\s+)?(?P<month>{months})(?!\w),?\s+(?:de\s+|del\s+)?{year}"
        rf"|(?P<month2>{months})\s+{day.replace('day', 'day2')},?\s+{year.replace('year', 'year2')})",
        re.IGNORECASE,
    )
