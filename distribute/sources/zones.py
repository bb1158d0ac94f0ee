"""The time zone that words name, or that a town decides."""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone, tzinfo
from functools import cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from distribute.domain.instant import find_zone, resolve_local
from distribute.errors import InstantError
from distribute.sources.towns import split_place
from distribute.sources.vocabulary import Vocabulary, either, everywhere, fold, places

_OFFSET = re.compile(r"(?:\b(?:UTC|GMT|TU|TUC)\s*)([+\-−–]\s?\d{1,2})(?::?(\d\d))?\b|(?<=[\d\s])([+\-]\d\d):?(\d\d)\b")
_NAME = re.compile(r"\b(?:Africa|America|Antarctica|Asia|Atlantic|Australia|Europe|Indian|Pacific)/[A-Za-z_/-]+")


class FoundZone(NamedTuple):
    """A zone named at ``start`` to ``end``: an offset from UTC, an IANA name, or both."""

    start: int
    end: int
    offset: timedelta | None
    name: str | None

    def apply(self, naive: datetime, preferred: str | None = None) -> datetime | None:
        """The aware moment of a wall-clock time; None for one that the clocks skip or repeat.

        A stated offset is obeyed to the letter (EST in July is UTC-5). It is carried by ``preferred``
        or by its usual zone when that has the same offset then, so that the time shows as it was written.
        """
        if self.offset is None:
            return localise(naive, self.name)
        for zone in filter(None, (preferred, self.name)):
            moment = localise(naive, zone)
            if moment and moment.utcoffset() == self.offset:
                return moment
        return naive.replace(tzinfo=_fixed(self.offset))


def find_zones(text: str, words: Vocabulary) -> list[FoundZone]:
    """Every zone that ``text`` names, left to right: EST, HNE, UTC+2, Europe/Paris, London time.

    IST is not among them: India, Israel and Ireland all use it.
    """
    found = [_from_offset(match) for match in _OFFSET.finditer(text)]
    found += [FoundZone(match.start(), match.end(), None, match[0]) for match in _NAME.finditer(text)]
    taken = [(zone.start, zone.end) for zone in found]
    for match in _zone_pattern(words).finditer(text):
        if not any(start < match.end() and match.start() < end for start, end in taken):
            found.append(_from_word(match, words))
    if _time_of().search(text):
        found += [_from_town(match) for match in _town_pattern().finditer(text) if match["before"] or match["after"]]
    return sorted(found, key=lambda zone: zone.start)


def place_zone(place: str | None) -> str | None:
    """The zone of a dateline's place when it decides one clearly; None otherwise.

    ``Paris``, ``London, Ont.`` and ``Campinas (SP)`` do, ``London, Texas`` and ``GENEVA/NEW YORK`` do not.
    """
    town, region = split_place(place or "")
    known = places()["towns"].get(town)
    if not region:
        return known
    allowed = places()["regions"].get(region)
    if allowed is None:
        return None
    candidates = {zone for zone, towns in places()["towns_with_region"].items() if town in towns} | {known} - {None}
    zones = [
        zone for zone in candidates if zone and zone.startswith(allowed if isinstance(allowed, str) else tuple(allowed))
    ]
    if len(zones) == 1:
        return zones[0]
    return allowed if isinstance(allowed, str) and not candidates else None


def localise(naive: datetime, zone: str | None) -> datetime | None:
    """The aware moment of a wall-clock time in an IANA zone, or None when there is not exactly one."""
    try:
        return resolve_local(naive, zone) if zone else None
    except InstantError:
        return None


@cache
def _zone_pattern(words: Vocabulary) -> re.Pattern[str]:
    short = either(name for name in words.zones if len(name) <= 4)
    long = either(name for name in words.zones if len(name) > 4)
    return re.compile(rf"(?<![\w/])(?:(?P<short>{short.upper()})|(?P<long>(?i:{long})))(?![\w/])")


@cache
def _time_of() -> re.Pattern[str]:
    """What a town's time cannot do without: a word such as hora, time, Zeit."""
    return re.compile(either(everywhere("zone_openers") + everywhere("zone_closers")), re.IGNORECASE)


@cache
def _town_pattern() -> re.Pattern[str]:
    before = rf"(?P<before>{either(everywhere('zone_openers'))}(?:\s+|(?<=['’])))?"
    after = rf"(?P<after>\s+{either(everywhere('zone_closers'))})?"
    return re.compile(rf"{before}(?P<town>{either(places()['towns'])}){after}", re.IGNORECASE)


def _from_word(match: re.Match[str], words: Vocabulary) -> FoundZone:
    key = " ".join(match[0].casefold().replace("’", "'").split())
    offset, name = words.zones[key]
    return FoundZone(match.start(), match.end(), _read_offset(offset), name)


def _from_offset(match: re.Match[str]) -> FoundZone:
    hours, minutes = (match[1], match[2]) if match[1] else (match[3], match[4])
    sign = "+" if hours[0] == "+" else "-"
    digits = re.sub(r"\D", "", hours).zfill(2)
    return FoundZone(match.start(), match.end(), _read_offset(f"{sign}{digits}:{minutes or '00'}"), None)


def _from_town(match: re.Match[str]) -> FoundZone:
    return FoundZone(match.start(), match.end(), None, places()["towns"].get(fold(match["town"])))


def _read_offset(text: str) -> timedelta | None:
    if not text:
        return None
    hours, minutes = int(text[1:3]), int(text[4:6])
    length = timedelta(hours=hours, minutes=minutes)
    return -length if text[0] == "-" else length


def _fixed(offset: timedelta) -> tzinfo:
    return timezone(offset) if abs(offset) < timedelta(hours=24) else ZoneInfo("UTC")


def is_zone(name: str) -> bool:
    """Whether ``name`` is an IANA zone such as Europe/Paris."""
    try:
        find_zone(name)
    except InstantError:
        return False
    return True
