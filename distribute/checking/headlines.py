"""Rules about the headline's form."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from distribute.checking.registry import Remark, warning
from distribute.domain.release import Release

_LONGEST, _SHORTEST = 120, 20


@warning("headline-length")
def check_length(release: Release, _now: datetime) -> Iterator[Remark]:
    """20 to 120 characters; wire services ask for 40 to 120, and subject lines show some 50."""
    length = len(release.headline or "")
    if length > _LONGEST:
        yield Remark(f"The headline has {length} characters: bring it under {_LONGEST}.", release.headline_line, 1)
    elif 0 < length < _SHORTEST:
        yield Remark(f"The headline has only {length} characters: say who did what.", release.headline_line, 1)


@warning("headline-shouting")
def check_capitals(release: Release, _now: datetime) -> Iterator[Remark]:
    headline = release.headline or ""
    if headline.isupper() and sum(ch.isalpha() for ch in headline) > 10:
        yield Remark("The headline is all in capitals: write it as a sentence.", release.headline_line, 1)


@warning("headline-exclamation")
def check_exclamation(release: Release, _now: datetime) -> Iterator[Remark]:
    headline = release.headline or ""
    if "!" in headline:
        place = headline.index("!") + 1
        yield Remark("The headline has an exclamation mark: take it out.", release.headline_line, place)
