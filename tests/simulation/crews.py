"""Kinds of run with several workers at once."""

from __future__ import annotations

from collections.abc import Callable

from tests.simulation.orders import Shape
from tests.simulation.provider import Trouble
from tests.simulation.story import LOST, Deed, Story

_BEGUN = Deed(minute=0, verb="begin", number=0)
_SLOW = (0.2, 45.0, 2.0)
"""Some answers are longer under way than a server waits for a machine that is not heard of."""


def _pair(seed: int) -> Story:
    return Story(
        kind="pair", seed=seed, shapes=(Shape(readers=(0, 1, 2, 3, 4)),), workers=2, all_fall=0.1, answers_in=_SLOW
    )


def _zombies(seed: int) -> Story:
    return Story(
        kind="zombies",
        seed=seed,
        shapes=(Shape(mail=("hour", "once", "logged")[seed % 3]),),
        deeds=(_BEGUN, Deed(minute=40, verb="resolve", number=0), Deed(minute=80, verb="resolve", number=0)),
        menu=(Trouble.BUSY, Trouble.TIMEOUT, Trouble.UNHEARD),
        trouble_rate=0.3,
        suspend_rate=0.08,
        suspended_for=(25, 40, 50, 2_700, 10_000),
        workers=2,
        answers_in=_SLOW,
    )


def _askers(seed: int) -> Story:
    return Story(
        kind="askers",
        seed=seed,
        shapes=(Shape(mail="logged", network="logged"),),
        menu=(*LOST, Trouble.PARTIAL, Trouble.SHORT),
        trouble_rate=0.6,
        workers=2,
        all_fall=0.1,
    )


def _crowd(seed: int) -> Story:
    return Story(
        kind="crowd",
        seed=seed,
        shapes=(Shape(network="hour", mail="hour", lift=60, mail_at=30),),
        deeds=(
            _BEGUN,
            Deed(minute=30.01, verb=("hold", "cancel", "suppress")[seed % 3], number=0),
            Deed(minute=45, verb="resume", number=0),
            Deed(minute=70, verb=("replan", "resolve")[seed % 2], number=0),
        ),
        menu=(Trouble.BUSY, *LOST),
        trouble_rate=0.3,
        workers=3,
        all_fall=0.1,
        answers_in=_SLOW,
    )


def _lanes(seed: int) -> Story:
    return Story(
        kind="lanes",
        seed=seed,
        shapes=(Shape(readers=(0, 1, 2, 3, 4), mail=("hour", "once")[seed % 2]),),
        menu=(Trouble.BUSY, *LOST),
        trouble_rate=0.3,
        suspend_rate=0.02,
        workers=2,
        lanes=2,
        answers_in=_SLOW,
    )


def _sender(seed: int) -> Story:
    """The command that sends, beside one that runs."""
    return Story(
        kind="sender",
        seed=seed,
        shapes=(Shape(readers=(0, 1, 2, 3, 4), mail=("once", "hour")[seed % 2]),),
        menu=(Trouble.BUSY, *LOST),
        trouble_rate=0.2,
        troubles=2,
        all_fall=0.1,
        has_sender=True,
    )


CREWS: dict[str, Callable[[int], Story]] = {
    "pair": _pair,
    "zombies": _zombies,
    "askers": _askers,
    "crowd": _crowd,
    "lanes": _lanes,
    "sender": _sender,
}
