"""Rules about dates in the text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from functools import cache

from distribute.checking.names import month_names
from distribute.checking.registry import Remark, warning
from distribute.checking.texts import body_texts
from distribute.domain.release import Release


@warning("day-without-year")
def check_year(release: Release, _now: datetime) -> Iterator[Remark]:
    """The first day and month without a year, where nothing in the release says which year it is."""
    if release.issued or (release.dateline and release.dateline.date) or release.lift:
        return
    for text in body_texts(release):
        if match := _day(release.language).search(text.words):
            message = (
                f"“{match[0]}” has no year, and the release has no date: add the year, or a dateline with the date."
            )
            yield text.remark(message, match)
            return


@cache
def _day(language: str | None) -> re.Pattern[str]:
    months = "|".join(map(re.escape, month_names(language)))
    day = r"\d{1,2}(?:st|nd|rd|th|er|[.ºª])?"
    no_year = r"(?!\w)(?!,?\s+(?:de\s+|del\s+|of\s+)?(?:19|20)\d\d)"
    return re.compile(
        rf"(?<![\w.,]){day}\s(?:de\s|of\s)?(?:{months}){no_year}|(?<!\w)(?<!\d\s)(?:{months})\s{day}{no_year}",
        re.IGNORECASE,
    )
