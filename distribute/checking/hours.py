"""The clock times a text names, as each language writes them, for comparing the versions of a release."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from distribute.checking.languages import anywhere
from distribute.checking.numerals import level

_ZONES = {
    "gmt": 0, "utc": 0, "tu": 0, "bst": 60, "cet": 60, "cest": 120, "mez": 60, "mesz": 120, "hnec": 60, "est": -300,
    "edt": -240, "hne": -300, "hae": -240, "cst": -360, "cdt": -300, "hnc": -360, "hac": -300, "mst": -420,
    "mdt": -360, "pst": -480, "pdt": -420, "hnp": -480, "hap": -420,
}  # fmt: skip
"""Minutes from UTC of the zones that versions of one release name in different words (RFC 5322 4.3, and their
French and German names)."""
_HALF = r"(?P<half{n}>[ap])\.?\s?m\b\.?"
_UNIT = rf"(?:{level(anywhere('hours'))}|h)(?!\w)"
_TIME = re.compile(
    rf"(?<![\w:.,+−-])(?P<hour>\d{{1,2}})(?:\s?[:.]|\s?h|\sh\s)\s?(?P<minute>[0-5]\d)(?![\d:%]|[.,]\d)"
    rf"(?P<sign>\s*(?:{_HALF.format(n=1)}|{_UNIT}))?"
    rf"|(?<![\w:.,])(?P<hour2>\d{{1,2}})\s*(?:{_HALF.format(n=2)}|{_UNIT})"
)
_ZONE = re.compile(rf"[\s,(]*(?P<zone>{'|'.join(sorted(_ZONES, key=len, reverse=True))})(?!\w)")


class Time(NamedTuple):
    """A clock time at ``start`` to ``end``: minutes since midnight, and minutes from UTC where a zone is named.

    ``stop`` is the end of the zone, or of the time where it has none.
    """

    start: int
    end: int
    minutes: int
    offset: int | None = None
    stop: int = 0

    def agrees(self, other: Time) -> bool:
        """The same instant of a day; a zone that only one of them names decides nothing."""
        if self.offset is None or other.offset is None:
            return self.minutes == other.minutes
        return (self.minutes - self.offset - other.minutes + other.offset) % 1440 == 0

    @property
    def in_utc(self) -> str:
        """``14:00 UTC``."""
        hour, minute = divmod((self.minutes - (self.offset or 0)) % 1440, 60)
        return f"{hour:02}:{minute:02} UTC"

    @property
    def figures(self) -> set[int]:
        """The numbers in it, which another text may write alone: ``within 6 hours``."""
        return {*divmod(self.minutes, 60), self.minutes // 60 % 12}


def find_times(text: str) -> list[Time]:
    """Every clock time, left to right. 18.30 is one only with its unit or where a colon or an h divides it."""
    return list(_times(level(text)))


def _times(plain: str) -> Iterator[Time]:
    for match in _TIME.finditer(plain):
        divided = plain[match.end("hour") : match.start("minute")] if match["hour"] else ""
        if "." in divided and not match["sign"]:
            continue
        hour, minute = int(match["hour"] or match["hour2"]), int(match["minute"] or 0)
        half = match["half1"] or match["half2"]
        if hour > 23 or (half and not 1 <= hour <= 12):
            continue
        hour = hour % 12 + (12 if half == "p" else 0) if half else hour
        zone = _ZONE.match(plain, match.end())
        offset, stop = (_ZONES[zone["zone"]], zone.end()) if zone else (None, match.end())
        yield Time(match.start(), match.end(), hour * 60 + minute, offset, stop)
