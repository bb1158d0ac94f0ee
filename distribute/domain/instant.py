"""An instant as people write it, resolved to exactly one moment in UTC, or refused with a sentence."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from distribute.errors import InstantError

_UNITS = {"s": 1, "m": 60, "min": 60, "h": 3600, "d": 86400, "day": 86400, "days": 86400}
_RELATIVE = re.compile(r"in\s+(\d{1,12})\s*(s|min|m|h|days|day|d)", re.IGNORECASE | re.ASCII)
_ABSOLUTE = re.compile(
    r"(?P<date>\d{4}-\d{2}-\d{2})[T ](?P<time>\d{1,2}:\d{2}(?::\d{2})?)\s*(?P<zone>Z|[+-]\d{2}:?\d{2}|[A-Za-z]\S*)?",
    re.ASCII,
)
FORMS = "write it as 2026-11-24 06:00 America/Toronto, 2026-11-24T06:00-05:00, in 2h or now"


@dataclass(frozen=True, slots=True)
class Instant:
    """A moment (``utc``, aware) and the zone its author thought in (IANA name or ``UTC-05:00``)."""

    utc: datetime
    zone: str

    def __post_init__(self) -> None:
        if self.utc.tzinfo is None:
            raise ValueError("a naive datetime has no place here")
        object.__setattr__(self, "utc", self.utc.astimezone(UTC))

    @classmethod
    def from_iso(cls, text: str, zone: str) -> Instant:
        """The moment of an ISO 8601 text with an offset or Z, seen from ``zone``; ValueError for one without."""
        moment = datetime.fromisoformat(text)
        if moment.tzinfo is None:
            raise ValueError("a naive datetime has no place here")
        return cls(moment.astimezone(UTC), zone)

    @property
    def local(self) -> datetime:
        """The same moment on the author's wall clock."""
        if self.zone.startswith("UTC") and len(self.zone) > 3:
            return self.utc.astimezone(datetime.strptime(self.zone[3:], "%z").tzinfo)
        return self.utc.astimezone(ZoneInfo(self.zone))

    @property
    def iso(self) -> str:
        """ISO 8601 in UTC with a Z, to the second."""
        return iso(self.utc)

    @property
    def wall(self) -> str:
        """What the author's wall clock shows then: ``2026-11-24T06:00:00``, by the zone data in use."""
        return self.local.replace(tzinfo=None).isoformat(timespec="seconds")

    def __str__(self) -> str:
        """Both clocks, weekday included: what a person must be able to compare before a send.

        Where it is another day in UTC, that day is shown as well.
        """
        local = self.local
        utc = f"{self.utc:%H:%M}" if self.utc.date() == local.date() else f"{self.utc:%A %Y-%m-%d %H:%M}"
        return f"{local:%A %Y-%m-%d %H:%M} {self.zone} = {utc} UTC"


def iso(moment: datetime) -> str:
    """``2026-11-24T11:00:00Z`` for an aware moment; ValueError for a naive one."""
    if moment.tzinfo is None:
        raise ValueError("a naive datetime has no place here")
    return moment.astimezone(UTC).replace(microsecond=0).isoformat().replace("+00:00", "Z")


def parse_instant(text: str, now: datetime, zone: str) -> Instant:
    """Read WHEN; a bare local time is taken in ``zone`` (an IANA name).

    Raises InstantError for a form not known, a zone that does not exist, a local time that a
    clock change skips, one that it repeats (which must be written with an offset), and a moment
    outside the years 2 to 9998, whose local time could not be shown.
    """
    text = " ".join(text.split())
    instant = None
    with suppress(OverflowError):
        instant = _read(text, now, zone)
    if instant is None or not 1 < instant.utc.year < 9999:
        raise InstantError(f"“{text}” is too far away: choose a date you can see on a calendar")
    return instant


def find_zone(name: str) -> ZoneInfo:
    """The zone of an IANA name such as ``Europe/Paris``; InstantError for anything else.

    Abbreviations are refused: CST is Chicago, Shanghai and Havana.
    """
    if "/" in name or name in {"UTC", "GMT"}:
        with suppress(ZoneInfoNotFoundError, ValueError, OSError):
            return ZoneInfo(name)
    raise InstantError(f"“{name}” is not a time zone: use a name such as America/Toronto or Europe/Paris")


def resolve_local(naive: datetime, zone: str) -> datetime:
    """The aware moment of a wall-clock time in ``zone``; refuses skipped and repeated times (PEP 495)."""
    tz = find_zone(zone)
    first, second = naive.replace(tzinfo=tz, fold=0), naive.replace(tzinfo=tz, fold=1)
    if first.utcoffset() == second.utcoffset():
        return first
    shown = f"{naive:%Y-%m-%d %H:%M} {zone}"
    if first.astimezone(UTC).astimezone(tz).replace(tzinfo=None) != naive:
        raise InstantError(f"{shown} does not exist: the clocks go forward over it; choose another time")
    early, late = _offset(first), _offset(second)
    raise InstantError(
        f"{shown} happens twice that night: write {naive:%Y-%m-%dT%H:%M}{early} or {naive:%Y-%m-%dT%H:%M}{late}"
    )


def _read(text: str, now: datetime, zone: str) -> Instant:
    if text.lower() == "now":
        return Instant(now.astimezone(UTC), zone)
    if match := _RELATIVE.fullmatch(text):
        seconds = int(match[1]) * _UNITS[match[2].lower()]
        return Instant((now + timedelta(seconds=seconds)).astimezone(UTC), zone)
    match = _ABSOLUTE.fullmatch(text)
    if not match:
        raise InstantError(f"“{text}” is not a date and time: {FORMS}")
    return _absolute(text, match, zone)


def _offset(moment: datetime) -> str:
    return moment.isoformat()[-6:]


def _absolute(text: str, match: re.Match[str], zone: str) -> Instant:
    try:
        naive = datetime.fromisoformat(f"{match['date']} {match['time'].zfill(5)}")
    except ValueError:
        raise InstantError(f"“{text}” is not a date and time that exists: {FORMS}") from None
    given = match["zone"]
    if given == "Z":
        return Instant(naive.replace(tzinfo=UTC), "UTC")
    if given and given[0] in "+-":
        sign = given if ":" in given else f"{given[:3]}:{given[3:]}"
        try:
            return Instant(datetime.fromisoformat(f"{naive.isoformat()}{sign}").astimezone(UTC), f"UTC{sign}")
        except ValueError:
            raise InstantError(f"“{given}” is not an offset from UTC: write it as -05:00") from None
    return Instant(resolve_local(naive, given or zone).astimezone(UTC), given or zone)
