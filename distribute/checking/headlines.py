"""Rules about the headline's form."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from distribute.checking.registry import Remark, warning
from distribute.checking.texts import headline_text
from distribute.domain.release import Release

_LONGEST, _SHORTEST = 120, 20
_SUBJECT = 64


@warning("headline-length")
def check_length(release: Release, _now: datetime) -> Iterator[Remark]:
    """The headline has 20 to 120 characters.

    Wire services ask for 40 to 120.
    """
    length = len(release.headline or "")
    if length > _LONGEST:
        message = f"The headline has {length} characters: bring it under {_LONGEST}."
        yield headline_text(release).remark(message, 0, release.headline or "")
    elif 0 < length < _SHORTEST:
        message = f"The headline has only {length} characters: say who did what."
        yield headline_text(release).remark(message, 0, release.headline or "")


@warning("subject-length")
def check_subject(release: Release, _now: datetime) -> Iterator[Remark]:
    """The headline, which is the e-mail's subject, is not over 64 characters: inboxes cut what follows.

    A headline that is over 120 is named by headline-length alone.
    """
    headline = release.headline or ""
    if _SUBJECT < len(headline) <= _LONGEST:
        yield headline_text(release).remark(
            f"The headline is the e-mail's subject and has {len(headline)} characters: inboxes show some {_SUBJECT}, "
            "so put what matters first, or move a detail to a subhead.",
            _SUBJECT,
            headline[_SUBJECT:].strip(),
        )


@warning("headline-shouting")
def check_capitals(release: Release, _now: datetime) -> Iterator[Remark]:
    """The headline is not all in capitals."""
    headline = release.headline or ""
    if headline.isupper() and sum(ch.isalpha() for ch in headline) > 10:
        yield headline_text(release).remark("The headline is all in capitals: write it as a sentence.", 0, headline)


@warning("headline-exclamation")
def check_exclamation(release: Release, _now: datetime) -> Iterator[Remark]:
    """The headline has no exclamation mark."""
    headline = release.headline or ""
    if "!" in headline:
        message = "The headline has an exclamation mark: take it out."
        yield headline_text(release).remark(message, headline.index("!"), "!")
