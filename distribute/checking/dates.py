"""Rules about dates in the text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime, timedelta
from functools import cache

from distribute.checking.days import Day, find_days
from distribute.checking.languages import anywhere, either, words_of
from distribute.checking.names import find_weekday_names, month_names, weekday_names
from distribute.checking.registry import Remark, warning
from distribute.checking.texts import Text, body_texts, headline_text, notes_texts, subhead_texts
from distribute.domain.release import Release

_BETWEEN = re.compile(rf"[.,]?\s*(?:\(\s*)?(?:{anywhere('day_articles')}\s+)?")
_SAID = re.compile(r"[“„][^“”„]{1,2000}[”“]|«[^«»]{1,2000}»|\"[^\"]{1,2000}\"")
_LASTING = re.compile(rf"(?<!\w){anywhere('lasting')}\s*$", re.IGNORECASE)
_NEAR = timedelta(days=250)
_JOINT = 6
"""Characters between two weekdays of one range."""


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
        if match := _news_day(release.language, text.words):
            yield text.remark(
                f"“{match[0]}” could be any week's, for the release has no date: add the date, or a dateline.", match
            )
            return


@warning("day-and-date")
def check_weekdays(release: Release, _now: datetime) -> Iterator[Remark]:
    """A weekday written with its date is the one that the date falls on; a year left out is the release's own."""
    dateline = release.dateline
    placed = (Text(dateline.raw, dateline.line),) if dateline else ()
    for text in (headline_text(release), *subhead_texts(release), *placed, *body_texts(release), *notes_texts(release)):
        for start, end, weekday, found in _weekdays_with_dates(text.words, release.language):
            days = _dates(found, release)
            if days and all(day.weekday() != weekday for day in days):
                words = text.words[start:end]
                when = f"{days[0].day} {days[0]:%B %Y} is a {days[0]:%A}"
                yield text.remark(f"“{words}” cannot be: {when}. Correct the day or the date.", start, words)


def _weekdays_with_dates(words: str, language: str | None) -> Iterator[tuple[int, int, int, Day]]:
    """Where a weekday and the date behind it begin and end. ``Tuesday and Wednesday, 3-4 March`` are two of each."""
    days = {day.start: day for day in reversed(find_days(words, language)) if day.readings[0][1]}
    names = list(find_weekday_names(words, language))
    for place, (match, weekday) in enumerate(names):
        between = _BETWEEN.match(words, match.end())
        start = between.end() if between else match.end()
        is_joined = place > 0 and match.start() - names[place - 1][0].end() <= _JOINT
        if start in days and len(days[start].readings) == 1 and not is_joined:
            yield match.start(), days[start].end, weekday, days[start]


def _dates(day: Day, release: Release) -> list[date]:
    """The day in its year; else in the years that bring it near to the release's own date, the nearest first."""
    month, number = day.readings[0]
    issued = release.issued or (release.dateline and release.dateline.date) or (release.lift and release.lift.date())
    years = [day.year] if day.year else [issued.year + step for step in (-1, 0, 1)] if issued else []
    found: list[date] = []
    for year in years:
        with suppress(ValueError):
            found.append(date(year, month, number))
    if day.year or not issued:
        return found
    return sorted((one for one in found if abs(one - issued) < _NEAR), key=lambda one: abs(one - issued))


def is_dated(release: Release) -> bool:
    """Something says which day the release is of."""
    return bool(release.issued or (release.dateline and release.dateline.date) or release.lift)


def named_day(language: str | None, words: str) -> re.Match[str] | None:
    """The first day that stands by its name alone: Tuesday, yesterday."""
    return _named_day(language).search(words)


def _news_day(language: str | None, words: str) -> re.Match[str] | None:
    """The first of them outside quotations, in which “today” is said of an age, and not “until today”."""
    said = [match.span() for match in _SAID.finditer(words)]
    for match in _named_day(language).finditer(words):
        is_said = any(start < match.start() < end for start, end in said)
        if not is_said and not _LASTING.search(words, 0, match.start()):
            return match
    return None


@cache
def _day(language: str | None) -> re.Pattern[str]:
    months = "|".join(map(re.escape, month_names(language)))
    day = rf"\d{{1,2}}(?:{anywhere('ordinal_endings')}|[.ºª])?"
    no_year = rf"(?!\w)(?!,?\s+(?:{anywhere('year_links')}\s+)?(?:19|20)\d\d)"
    return re.compile(
        rf"(?<![\w.,]){day}\s(?:{anywhere('month_links')}\s)?(?:{months}){no_year}|(?<!\w)(?<!\d\s)(?:{months})\s{day}{no_year}",
        re.IGNORECASE,
    )


@cache
def _named_day(language: str | None) -> re.Pattern[str]:
    """A day with no number behind it that could be its date; ``on Mondays`` names none."""
    own = "|".join(map(re.escape, weekday_names(language)))
    relative = either(words_of(language).days)
    no_date = rf"(?!\w|[\s,.(]*{anywhere('day_articles')}?\s*\d|[\s,(]*(?:" + "|".join(month_names(language)) + "))"
    return re.compile(rf"(?<![\w-])(?:{own})(?![\w-]){no_date}|(?:{relative}){no_date}", re.IGNORECASE)
