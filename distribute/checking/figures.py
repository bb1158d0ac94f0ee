"""Rules about numbers: what the headline counts, the text counts as well."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal

from distribute.checking.amounts import Figure, find_figures
from distribute.checking.registry import Remark, warning
from distribute.checking.texts import headline_text
from distribute.domain.release import Release

_NUMBER = re.compile(r"(?<![\w.,/-])\d+(?:[.,'’\u00a0\u202f ]\d{3})*(?:[.,]\d+)?(?![\d/]|[.,-]\d)")
_YEAR = re.compile(r"(?:19|20)\d\d")


@warning("headline-number")
def check_number(release: Release, _now: datetime) -> Iterator[Remark]:
    """A number in the headline stands in the text, too, in figures or in words."""
    text = headline_text(release)
    below = [*release.subheads, *(block.text for block in release.body)]
    known = {value for words in below for value in _values(words, release.language)}
    known |= {Decimal(digits) for words in below for digits in re.findall(r"\d{1,18}", words)}
    for figure in find_figures(text.words, release.language):
        match = _NUMBER.match(text.words, figure.start)
        if below and match and not known & _readings(figure, match[0]) and not _is_dated_so(match[0], release):
            yield text.remark(
                f"The headline says {match[0]}, which the text never does: check both, or explain it in the text.",
                match,
            )


def _values(words: str, language: str | None) -> Iterator[Decimal]:
    for figure in find_figures(words, language):
        yield from figure.readings


def _readings(figure: Figure, written: str) -> set[Decimal]:
    """What a number may mean, with and without the million behind it."""
    return {*figure.readings, Decimal(re.sub(r"\D", "", written))}


def _is_dated_so(written: str, release: Release) -> bool:
    """The year of the release itself: Annual Report 2026. Any may be it where the release has no date."""
    dateline = release.dateline
    issued = release.issued or (dateline.date if dateline else None)
    return bool(_YEAR.fullmatch(written)) and (issued is None or abs(issued.year - int(written)) <= 1)
