"""The words of an embargo line to the one instant at which it lifts, or to none."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from functools import cache
from typing import NamedTuple

from distribute.sources.dates import FoundDate, FoundTime, find_dates, find_times, settle_year
from distribute.sources.vocabulary import Vocabulary
from distribute.sources.zones import FoundZone, find_zones, localise, place_zone


class Setting(NamedTuple):
    """What stands outside the line and may decide: the moment of reading, a stated zone, the dateline.

    ``timezone`` is an IANA name that the author or the settings gave; ``homes`` are those of the issuer's
    telephones and addresses, believed where no place is named and all keep one time; ``issued`` is the release's
    own date.
    """

    now: datetime
    timezone: str | None = None
    place: str | None = None
    homes: tuple[str, ...] = ()
    issued: date | None = None
    years: frozenset[int] = frozenset()


def read_embargo(text: str, words: Vocabulary, setting: Setting) -> datetime | None:
    """The aware instant at which the embargo lifts; None when the line does not name exactly one.

    Nothing is guessed that could lift it early: not the day, not the zone, not which midnight.
    A line with several zones must name the same instant in each. A day without a time begins at 00:00.
    """
    dates = find_dates(text, words)
    day = _settle_day(dates, setting)
    if day is None or any(_other_day(words).search(text[: found.start]) for found in dates):
        return None
    times = find_times(text, words)
    if not times:
        return _at(day, time(0), _only(find_zones(text, words)), setting)
    zones = find_zones(text, words)
    moments = [_moment(day, found, zones, times, setting) for found in times]
    if None in moments:
        return None
    return moments[0] if len(set(moments)) == 1 else None


@cache
def _other_day(words: Vocabulary) -> re.Pattern[str]:
    """The first of two days: ``24 or`` before ``25 November``."""
    return re.compile(rf"(?<![\d:.h])\d{{1,2}}\.?\s*(?:{words.either('day_links')}|[-–/&])\s*$", re.IGNORECASE)


def _settle_day(found: list[FoundDate], setting: Setting) -> date | None:
    """The one day the line names; a missing year is the one that fits the weekday and lies nearest."""
    days = {day for item in found if (day := settle_year(item, setting.issued or setting.now.date(), setting.years))}
    return days.pop() if len(days) == 1 else None


def _moment(
    day: date, found: FoundTime, zones: list[FoundZone], times: list[FoundTime], setting: Setting
) -> datetime | None:
    if found.value is None:
        return None
    end = min((other.start for other in times if other.start > found.start), default=None)
    following = [zone for zone in zones if zone.start >= found.end and (end is None or zone.start < end)]
    zone = _only(following[:1]) or (_only(zones) if len(times) == 1 else None)
    return _at(day, found.value, zone, setting)


def _at(day: date, clock: time, zone: FoundZone | None, setting: Setting) -> datetime | None:
    naive = datetime.combine(day, clock)
    if zone:
        return zone.apply(naive, setting.timezone or place_zone(setting.place))
    if setting.timezone or setting.place:
        return localise(naive, setting.timezone or place_zone(setting.place))
    moments = {localise(naive, home) for home in setting.homes}
    return moments.pop() if len(moments) == 1 else None


def _only(zones: list[FoundZone]) -> FoundZone | None:
    return zones[0] if zones else None
