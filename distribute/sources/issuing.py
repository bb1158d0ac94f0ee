"""Where and when a release was issued: its own day, and the dateline as the domain has it."""

from __future__ import annotations

import re
from datetime import date

from distribute.domain.release import Dateline, ReleaseLineKind
from distribute.sources.dates import FoundDate, find_dates, find_years, settle_year
from distribute.sources.parts import Part
from distribute.sources.reading import Reading
from distribute.sources.recognisers.opening import release_line_kind
from distribute.sources.statements import stated_date, stated_text

_COPYRIGHT = re.compile(r"(?:©|\(c\)|copyright)\s*((?:19|20)\d\d)\b", re.IGNORECASE)


def find_day(reading: Reading) -> date | None:
    """The release's own date: stated, in the dateline, or on a line of its own."""
    if stated := stated_date(reading.matter, reading.words):
        return stated
    found = reading.resolved.dateline
    if found and found.date and found.date.year:
        return found.date.date
    for index in reading.resolved.lines(Part.DATE, Part.RELEASE_LINE):
        text = reading.document.lines[index].text
        if release_line_kind(text, reading.words) is ReleaseLineKind.EMBARGO:
            continue
        for item in find_dates(text, reading.words):
            if item.date:
                return item.date
    return None


def _copyright_day(reading: Reading) -> date | None:
    """The middle of the year that a footer gives to its copyright: a release from an archive is of that year."""
    footers = (reading.document.lines[index].text for index in reading.resolved.lines(Part.FOOTER, Part.NOTES))
    years = {int(match[1]) for text in footers for match in _COPYRIGHT.finditer(text)}
    return date(years.pop(), 7, 1) if len(years) == 1 else None


def _day_of(found: FoundDate, reading: Reading, issued: date | None) -> date | None:
    if found.year:
        return found.date
    near = issued or _copyright_day(reading) or reading.now.date()
    return settle_year(found, near, find_years(reading.document.text))


def find_place(reading: Reading, issued: date | None) -> Dateline | None:
    """The dateline, stated or found; a date in it without a year takes that of ``issued``, or the nearest to now."""
    matter, found = reading.matter, reading.resolved.dateline
    place, day = stated_text(matter, "place"), stated_date(matter, reading.words)
    raw = stated_text(matter, "dateline")
    if found and not raw:
        own = _day_of(found.date, reading, issued) if found.date else None
        return Dateline(raw=found.raw, place=place or found.place, date=day or own, line=found.paragraph.number)
    if raw:
        dates = [item.date for item in find_dates(raw, reading.words) if item.date]
        own = dates[0] if dates else None
        return Dateline(raw=raw, place=place, date=day or own, line=matter["dateline"].own_line)
    if place or day:
        shown = ", ".join(filter(None, [place, day.isoformat() if day else None]))
        return Dateline(raw=shown, place=place, date=day)
    return None
