"""Whether a request that may have left is made again, byte for byte, and when."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from distribute.channels.base import Provider
from distribute.delivery.asking import first_asking
from distribute.delivery.batch_rows import Claim
from distribute.delivery.batches import ORPHANED
from distribute.delivery.desk import Desk
from distribute.errors import ConfigError

PAUSES = tuple(timedelta(seconds=seconds) for seconds in (5, 30, 120, 600, 1800))
"""Before the second, third, … try; the last one for all that follow."""


def take_up_orphans(desk: Desk, is_alive: Callable[[int], bool] = lambda _owner: False) -> Mapping[str, int]:
    """Decide about batches whose worker died in mid-request; how many were repeated and doubted.

    ``is_alive`` tells of a worker's number whether it still works. A batch is repeated, byte for
    byte, only where its provider treats the repetition as the same request and is well inside
    the time it does so; everything else is uncertain.
    """
    decided = {"repeated": 0, "uncertain": 0}
    for claim in desk.ledger.batches.under_way():
        if is_alive(claim.owner):
            continue
        now = desk.now()
        provider = _find_provider(desk, claim.provider)
        if provider and is_repeatable(claim, provider.repeatable_for, now):
            desk.ledger.batches.repeat(claim, now, "interrupted", now)
            decided["repeated"] += 1
        else:
            why = "interrupted after it may have left; no answer was recorded"
            desk.ledger.batches.doubt(claim, why, now, first_asking(provider, now), ORPHANED)
            decided["uncertain"] += 1
    return decided


def why_not_repeated(desk: Desk, provider: Provider[Any], claim: Claim, refusals: Mapping[str, str]) -> str:
    """Why a batch that may have left must not be repeated, asked again before every repetition; empty when it may.

    Since it left a plan may have been held for days, or somebody may have said no; leaving them
    out would make other bytes, which no provider takes for the same request.
    """
    if not is_repeatable(claim, provider.repeatable_for, desk.now()):
        return "it may have left and no answer came; its provider would not know it any more as the same request"
    if refusals:
        return "it may have left and no answer came; somebody in it must not be contacted any more"
    return ""


def is_repeatable(claim: Claim, repeatable_for: timedelta, at: datetime) -> bool:
    """Whether it first left well inside the time its provider takes a repetition for the same request.

    What left later than ``at`` was sent before the clock was set back: how long ago, nobody can tell.
    """
    return timedelta() <= at - claim.first_sent < repeatable_for / 2


def pause(tries: int) -> timedelta:
    """How long after so many tries the next one is made."""
    return PAUSES[min(tries, len(PAUSES)) - 1]


def _find_provider(desk: Desk, name: str) -> Provider[Any] | None:
    """None for a provider that is not set up any more: then nobody can tell what its key is worth."""
    try:
        return desk.provider(name)
    except ConfigError:
        return None
