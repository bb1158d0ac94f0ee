"""Rules about the embargo: it must be dated, lie ahead, and not contradict its own weekday."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

from distribute.checking.names import weekday_names
from distribute.checking.registry import Remark, error
from distribute.domain.release import Release

_FORM = "embargo: 2026-11-24 06:00 America/Toronto"


@error("embargo-undated")
def check_dated(release: Release, _now: datetime) -> Iterator[Remark]:
    line = release.release_line
    if line.is_embargoed and line.until is None:
        yield Remark(
            f"“{line.raw}” names no exact instant (day, time and zone are needed): write {_FORM} above the text.",
            line.line,
        )


@error("embargo-past")
def check_ahead(release: Release, now: datetime) -> Iterator[Remark]:
    lift = release.lift
    if lift and lift <= now:
        yield Remark(
            f"The embargo lifted on {lift:%Y-%m-%d at %H:%M %Z}, which is past: correct the date or delete the line.",
            release.release_line.line,
        )


@error("embargo-weekday")
def check_weekday(release: Release, _now: datetime) -> Iterator[Remark]:
    """The lift is compared on the clock it was written in."""
    lift, raw = release.lift, release.release_line.raw or ""
    if lift is None:
        return
    for name, weekday in weekday_names(release.language).items():
        match = re.search(rf"(?<!\w){re.escape(name)}(?!\w)", raw, re.IGNORECASE)
        if match and weekday != lift.weekday():
            yield Remark(
                f"The embargo says {match[0]}, but {lift:%Y-%m-%d} is a {lift:%A}: correct the day or the date.",
                release.release_line.line,
                match.start() + 1,
            )
            return
