"""Asking after one delivery and then the next, so that what was learnt before a pause stays learnt."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta

from distribute.domain.content import Outcome, Outcomes, Sought
from distribute.errors import SubmissionError


def minutes(*numbers: float) -> tuple[timedelta, ...]:
    """When a service is asked: so many minutes after the answer was lost."""
    return tuple(timedelta(minutes=number) for number in numbers)


def one_by_one(sought: Sequence[Sought], find: Callable[[Sought], Outcome | None]) -> Outcomes:
    """The outcome of each delivery ``find`` knows.

    A SubmissionError ends the asking: it is raised when nothing was found before it; otherwise what
    was found is returned, so that under a limit of requests each asking gets further than the last.
    """
    found: dict[str, Outcome] = {}
    for item in sought:
        try:
            outcome = find(item)
        except SubmissionError:
            if not found:
                raise
            break
        if outcome is not None:
            found[item.key] = outcome
    return found
