"""When clocks change, worked out from what the law says and not from any zone file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

YEARS = range(2024, 2031)
SUNDAY = 6
Day = Callable[[int], datetime]


def hours(number: float) -> timedelta:
    return timedelta(hours=number)


def nth_sunday(month: int, number: int) -> Day:
    """Midnight of the first, second … Sunday of a month, in UTC."""

    def day(year: int) -> datetime:
        first = datetime(year, month, 1, tzinfo=UTC)
        return first + timedelta(days=(SUNDAY - first.weekday()) % 7 + 7 * (number - 1))

    return day


def last(weekday: int, month: int) -> Day:
    """Midnight of the last such day (Monday is 0) of a month, in UTC."""

    def day(year: int) -> datetime:
        end = datetime(year + month // 12, month % 12 + 1, 1, tzinfo=UTC) - timedelta(days=1)
        return end - timedelta(days=(end.weekday() - weekday) % 7)

    return day


@dataclass(frozen=True)
class Law:
    """``offset`` all year; ``more`` of it between two days, which begin and end at so many hours of UTC."""

    offset: timedelta
    more: timedelta = timedelta()
    begins: tuple[Day, float] | None = None
    ends: tuple[Day, float] | None = None

    def changes(self) -> list[tuple[datetime, timedelta]]:
        """Each moment at which the offset changes, with the offset from then on."""
        if not (self.begins and self.ends):
            return []
        found = []
        for year in YEARS:
            found.append((self.begins[0](year) + hours(self.begins[1]), self.offset + self.more))
            found.append((self.ends[0](year) + hours(self.ends[1]), self.offset))
        return sorted(found)

    def before(self) -> timedelta:
        """The offset before the first change: that of the season the first change ends."""
        changes = self.changes()
        return changes[1][1] if changes else self.offset


def europe(offset: float) -> Law:
    """Directive 2000/84/EC: from the last Sunday of March to that of October, at 01:00 UTC everywhere."""
    return Law(hours(offset), hours(1), (last(SUNDAY, 3), 1), (last(SUNDAY, 10), 1))


def america(offset: float) -> Law:
    """From the second Sunday of March to the first of November, at 2 by the local clock (15 U.S.C. 260a)."""
    return Law(hours(offset), hours(1), (nth_sunday(3, 2), 2 - offset), (nth_sunday(11, 1), 1 - offset))


LAWS = {
    "Europe/Paris": europe(1),
    "Europe/London": europe(0),
    "Europe/Dublin": europe(0),
    "Europe/Kyiv": europe(2),
    "America/Toronto": america(-5),
    "America/New_York": america(-5),
    "America/St_Johns": america(-3.5),
    # half an hour, from the first Sunday of October to that of April, at 2 by the local clock
    "Australia/Lord_Howe": Law(hours(10.5), hours(0.5), (nth_sunday(10, 1), -8.5), (nth_sunday(4, 1), -9)),
    "Australia/Sydney": Law(hours(10), hours(1), (nth_sunday(10, 1), -8), (nth_sunday(4, 1), -8)),
    # from the last Sunday of September to the first of April, at 2 standard time
    "Pacific/Auckland": Law(hours(12), hours(1), (last(SUNDAY, 9), -10), (nth_sunday(4, 1), -10)),
    "Pacific/Chatham": Law(hours(12.75), hours(1), (last(SUNDAY, 9), -10), (nth_sunday(4, 1), -10)),
    # law 24 of 2023: from the last Friday of April to the end of the last Thursday of October
    "Africa/Cairo": Law(hours(2), hours(1), (last(4, 4), -2), (last(3, 10), 21)),
    # no change any more, or never
    "Asia/Tehran": Law(hours(3.5)),
    "Pacific/Apia": Law(hours(13)),
    "America/Sao_Paulo": Law(hours(-3)),
    "America/Mexico_City": Law(hours(-6)),
    "Asia/Kolkata": Law(hours(5.5)),
    "Asia/Kathmandu": Law(hours(5.75)),
}

RAMADAN = ((2024, 3, 10), (2024, 4, 14), (2025, 2, 23), (2025, 4, 6), (2026, 2, 15), (2026, 3, 22))
"""Sundays, at 3 and at 2 by the local clock, between which Morocco left its +1 (decree 2-18-855)."""


def changes(zone: str) -> list[tuple[datetime, timedelta, timedelta]]:
    """Each change of a zone: its moment, the offset before and the offset from then on."""
    if zone == "Africa/Casablanca":
        moments = [datetime(*day, 2, tzinfo=UTC) for day in RAMADAN]
        return [(moment, hours(1 - n % 2), hours(n % 2)) for n, moment in enumerate(moments)]
    law, found = LAWS[zone], []
    before = law.before()
    for moment, after in law.changes():
        found.append((moment, before, after))
        before = after
    return found
