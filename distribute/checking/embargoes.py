"""Rules about the embargo: one exact instant that lies ahead, in words that cannot be read in two ways."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from distribute.checking.hours import Time, find_times
from distribute.checking.languages import any_language, either, steady_places, zone_words
from distribute.checking.names import find_weekday_names
from distribute.checking.registry import Remark, error, warning
from distribute.checking.texts import Text
from distribute.domain.release import Release, ReleaseLine

_FORM = "“24 November 2026, 06:00 EST”"
_TWELVE = re.compile(
    r"(?<![\d:.])(?:12(?:[:.]00)?\s*[ap]\.?\s?m\b\.?|24(?:[:.h]00|\s*(?:uhr|uur|h|horas|heures|hrs|hours)\b)|24\s*h\s*00|(?<!\d)0?0[:.]00\s*[ap]\.?\s?m\b\.?)",
    re.IGNORECASE,
)
_BARE_TWELVE = re.compile(r"(?<![\d:.])12[:.]00(?=\s*(?:[ECMPAN][SD]?T|Eastern|Central|Mountain|Pacific)\b)")
_WORLDWIDE = {"GMT": "+44"}
_OTHER_CLOCK = re.compile(r"(?<!\d)(?:0\d|1[3-9]|2[0-3])[:.]\d\d")


@error("embargo-undated", is_final=True)
def check_dated(release: Release, _now: datetime) -> Iterator[Remark]:
    """An embargo names exactly one instant: day, time and zone."""
    line = release.release_line
    is_explained = _is_contradicted(line) or _torn(line) or _find_twelve(line.raw or "", release.language)
    if line.is_embargoed and line.until is None and not is_explained:
        words = _line_text(line)
        yield words.remark(
            f"“{line.raw}” names no exact instant. Write the day, the hour and its zone, as {_FORM}.",
            0,
            words.words,
        )


@error("embargo-conflict", is_final=True)
def check_agreement(release: Release, _now: datetime) -> Iterator[Remark]:
    """All embargo lines, and all times in one of them, name the same instant."""
    line = release.release_line
    if torn := _torn(line):
        yield _torn_remark(*torn)
    elif _is_contradicted(line):
        dated = [rival for rival in line.rivals if rival.until]
        other = next((rival for rival in dated if rival.line != line.line), dated[0])
        yield _line_text(other).remark(
            f"“{other.raw}” is not the instant of “{line.raw}” above it: correct one of them.",
            0,
            other.raw or "",
        )


@error("embargo-past", is_final=True)
def check_ahead(release: Release, now: datetime) -> Iterator[Remark]:
    """The embargo lies ahead."""
    lift, words = release.lift, _line_text(release.release_line)
    if lift and lift <= now:
        message = (
            f"The embargo lifted on {lift:%Y-%m-%d at %H:%M %Z}, which is past: correct the date or delete the line."
        )
        yield words.remark(message, 0, words.words)


@error("embargo-weekday")
def check_weekday(release: Release, _now: datetime) -> Iterator[Remark]:
    """A weekday in the embargo is that of its date, on the clock it was written in."""
    lift, text = release.lift, _line_text(release.release_line)
    if lift is None:
        return
    for match, weekday in find_weekday_names(text.words, release.language):
        if weekday != lift.weekday():
            yield text.remark(
                f"The embargo says {match[0]}, but {lift:%Y-%m-%d} is a {lift:%A}: correct the day or the date.", match
            )
            return


@error("embargo-twelve", is_final=True)
def check_twelve(release: Release, _now: datetime) -> Iterator[Remark]:
    """The embargo's hour is not 12 a.m., 12 p.m., 24:00 or midnight, which are read in two ways.

    NIST: 12 a.m. and 12 p.m. are ambiguous; midnight belongs to two days.
    """
    if not release.release_line.is_embargoed:
        return
    for line in (release.release_line, *release.release_line.rivals):
        text = _line_text(line)
        if match := _find_twelve(text.words, release.language):
            is_midnight = "12" not in match[0] or "midnight" in match[0].casefold()
            doubt = "begins the day or ends it" if is_midnight else "is noon to some and midnight to others"
            meant = "00:01 or 23:59" if is_midnight else "12 noon, 00:01 or 23:59"
            yield text.remark(f"“{match[0]}” {doubt}: write {meant}.", match)
            return


@error("embargo-zone")
def check_season(release: Release, _now: datetime) -> Iterator[Remark]:
    """The embargo's zone word is in force on its date: no EST in summer, no CEST in winter.

    A lift that is held in a named zone has the offset its word says: Regina keeps CST all year. GMT is a time
    for all the world, and out of season only for a desk in Britain, which may mean its own clock.
    """
    lift, text = release.lift, _line_text(release.release_line)
    if lift is None or isinstance(lift.tzinfo, ZoneInfo):
        return
    for word, (zone, is_summer) in zone_words().items():
        match = re.search(rf"(?<![\w/]){word}(?![\w/])", text.words)
        if _is_used_all_year(word, release, text):
            continue
        if match and bool(lift.astimezone(ZoneInfo(zone)).dst()) is not is_summer:
            meant = _other_word(word, zone, is_summer=is_summer)
            yield text.remark(
                f"“{word}” is not in force on {lift:%Y-%m-%d}: write {meant} if that is meant, "
                f"or the time in UTC ({lift.astimezone(ZoneInfo('UTC')):%H:%M UTC} if {word} is right).",
                match,
            )


@warning("embargo-zone-unwritten")
def check_zone_written(release: Release, _now: datetime) -> Iterator[Remark]:
    """The embargo's line names its time zone, so that nobody abroad reads it in their own."""
    line, lift, text = release.release_line, release.lift, _line_text(release.release_line)
    if lift and line.is_zone_inferred:
        yield text.remark(
            f"“{line.raw}” names no time zone and is read as {lift:%H:%M %Z} ({lift.tzinfo}): "
            "write the zone behind the hour.",
            0,
            text.words,
        )


def _is_used_all_year(word: str, release: Release, text: Text) -> bool:
    if word in _WORLDWIDE and (_is_told_twice(text) or not _is_domestic(release, _WORLDWIDE[word])):
        return True
    dateline = release.dateline.raw if release.dateline else ""
    return bool(re.search(either(steady_places(word)), f"{dateline} {text.words}", re.IGNORECASE))


def _is_domestic(release: Release, country: str) -> bool:
    """All of the desk's telephones are in the country with this calling code."""
    phones = [phone for contact in release.contacts for phone in contact.phones]
    return bool(phones) and all(phone.startswith(country) for phone in phones)


def _is_told_twice(text: Text) -> bool:
    """Another zone's time beside it says which instant is meant."""
    return sum(time.offset is not None for time in find_times(text.words)) > 1


def _is_contradicted(line: ReleaseLine) -> bool:
    return line.is_embargoed and line.until is None and any(rival.until for rival in line.rivals)


def _torn(line: ReleaseLine) -> tuple[ReleaseLine, Time, Time] | None:
    """Two times of one line, each with its zone, that are not one instant: 10:00 EDT / 15:00 GMT."""
    if not line.is_embargoed or line.until is not None:
        return None
    for one in (line, *line.rivals):
        times = [time for time in find_times(one.raw or "") if time.offset is not None]
        for other in times[1:]:
            if not other.agrees(times[0]):
                return one, times[0], other
    return None


def _torn_remark(line: ReleaseLine, first: Time, second: Time) -> Remark:
    text = _line_text(line)
    shown = [f"“{text.words[it.start : it.stop]}” is {it.in_utc}" for it in (first, second)]
    words = text.words[second.start : second.stop]
    return text.remark(f"{shown[0]}, but {shown[1]}: an embargo has one instant, so correct one.", second.start, words)


def _line_text(line: ReleaseLine) -> Text:
    return Text(line.raw or "", line.line)


def _find_twelve(raw: str, language: str | None) -> re.Match[str] | None:
    if match := _TWELVE.search(raw) or re.search(either(any_language("midnight")), raw, re.IGNORECASE):
        return match
    is_twelve_hour = language in {"en", None} and not _OTHER_CLOCK.search(raw)
    is_noon = re.search(either(any_language("noon")), raw, re.IGNORECASE)
    return _BARE_TWELVE.search(raw) if is_twelve_hour and not is_noon else None


def _other_word(word: str, zone: str, *, is_summer: bool) -> str:
    others = [name for name, (place, summer) in zone_words().items() if place == zone and summer is not is_summer]
    return next((name for name in others if name != word), zone)
