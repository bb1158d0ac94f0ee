"""An embargo's instant in the words of a language and on the clock of a zone.

Names come from Unicode CLDR through babel; offsets are computed here, from the zone database
(babel writes St John's -03:30 as -04:30, and calls Dublin's winter its summer).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Literal

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton, get_timezone_location, get_timezone_name

from distribute.domain.instant import find_zone
from distribute.errors import InstantError

ENGLISH = Locale("en")

_ABBREVIATION = re.compile(r"[A-Z]{2,5}")
_ARABIC_MARKS = frozenset({"ar", "fa", "ur", "ps", "ckb", "sd", "ug"})
"""Languages in Arabic letters, which have a comma and a semicolon of their own (CLDR, characters/exemplars)."""
_EUROPEAN = frozenset({"CET", "CEST", "EET", "EEST", "WET", "WEST"})


def lift_in_words(lift: datetime, zone: str, language: str) -> str:
    """``Tuesday 24 November 2026, 06:00 Eastern Standard Time (Toronto)``: nothing left to work out.

    ``lift`` is aware, ``zone`` an IANA name, ``language`` a BCP 47 tag (English where CLDR has
    no such language). Raises InstantError for a naive moment or an unknown zone.
    """
    return _in_words(_aware(lift), zone, language)


def lift_in_short(lift: datetime, zone: str, language: str) -> str:
    """``24 Nov 06:00 EST``, for a subject line; an offset (``UTC+5:30``) where no abbreviation is known.

    Raises InstantError as :func:`lift_in_words` does.
    """
    local, locale = _aware(lift).astimezone(find_zone(zone)), find_locale(language)
    day = (
        format_date(local, "d MMM", locale)
        if locale.language == "en"
        else format_skeleton("MMMd", local, locale=locale)
    )
    return f"{day} {local:%H:%M} {_abbreviation(local, locale)}"


def find_locale(language: str) -> Locale:
    """The CLDR locale of a BCP 47 tag (``fr``, ``fr-CA``); its language alone, or English, where unknown."""
    tag = language.replace("_", "-")
    for candidate in (tag, tag.partition("-")[0]):
        try:
            return Locale.parse(candidate, sep="-")
        except (UnknownLocaleError, ValueError):
            continue
    return ENGLISH


def listed(lifts: Sequence[str], language: str) -> str:
    """Several of them in one line, parted as the language does."""
    return f"{_marks(find_locale(language))[1]} ".join(lifts)


def _marks(locale: Locale) -> tuple[str, str]:
    """The comma and the semicolon."""
    return ("،", "؛") if locale.language in _ARABIC_MARKS else (",", ";")


def direction(language: str) -> str:
    """``rtl`` for Arabic, Hebrew, Persian, Urdu and their like, else ``ltr`` (Unicode CLDR)."""
    return find_locale(language).text_direction


@lru_cache(maxsize=1024)
def _in_words(lift: datetime, zone: str, language: str) -> str:
    local, locale = lift.astimezone(find_zone(zone)), find_locale(language)
    day = format_date(local, "EEEE d MMMM y" if locale.language == "en" else "full", locale)
    where = _city(zone, locale)
    return f"{day}{_marks(locale)[0]} {local:%H:%M} {_name(local, locale)}" + (f" ({where})" if where else "")


def _aware(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise InstantError(f"{moment:%Y-%m-%d %H:%M} has no time zone: an embargo needs one")
    return moment.astimezone(UTC)


def _name(local: datetime, locale: Locale) -> str:
    if str(local.tzinfo) == "UTC":
        return "UTC"
    name = get_timezone_name(local, "long", locale=locale, zone_variant=_variant(local))
    return _offset(local) if re.search(r"\d", name) else name


def _abbreviation(local: datetime, locale: Locale) -> str:
    for one in (locale, Locale(locale.language)):
        name = get_timezone_name(local, "short", locale=one, zone_variant=_variant(local))
        if str(local.tzinfo) != "UTC" and _ABBREVIATION.fullmatch(name):
            return name
    name = local.tzname() or ""
    return name if name in _EUROPEAN else _offset(local)


def _variant(local: datetime) -> Literal["daylight", "standard"]:
    """``daylight`` or ``standard``, also where the zone database counts summer time as the standard (Dublin)."""
    year = (local + timedelta(days=30 * month) for month in range(12))
    runs_backwards = any((day.dst() or timedelta()) < timedelta() for day in year)
    offset = local.dst() or timedelta()
    is_daylight = offset == timedelta() if runs_backwards else offset > timedelta()
    return "daylight" if is_daylight else "standard"


def _offset(local: datetime) -> str:
    minutes = int((local.utcoffset() or timedelta()).total_seconds()) // 60
    if not minutes:
        return "UTC"
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'+' if minutes > 0 else '-'}{hours}" + (f":{rest:02}" if rest else "")


def _city(zone: str, locale: Locale) -> str:
    if "/" not in zone or zone.startswith("Etc/"):
        return ""
    return get_timezone_location(find_zone(zone), locale=locale, return_city=True).rpartition("/")[2]
