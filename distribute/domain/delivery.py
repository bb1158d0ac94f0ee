"""A delivery: the promise for one recipient, its key, its states and the legal moves between them."""

from __future__ import annotations

import hashlib
import json
from enum import StrEnum


class Status(StrEnum):
    """Where one delivery stands."""

    PLANNED = "planned"
    SUBMITTING = "submitting"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    UNCERTAIN = "uncertain"
    SKIPPED = "skipped"
    CANCELLED = "cancelled"


class BatchState(StrEnum):
    """Where the request that carries some deliveries stands."""

    PLANNED = "planned"
    SUBMITTING = "submitting"
    SETTLED = "settled"
    UNCERTAIN = "uncertain"
    REPLACED = "replaced"
    CANCELLED = "cancelled"


class PlanState(StrEnum):
    """Where a plan stands. One that is still being ``DRAFTED`` is known to nobody."""

    DRAFTED = "drafted"
    PLANNED = "planned"
    APPROVED = "approved"
    SCHEDULED = "scheduled"
    RUNNING = "running"
    HELD = "held"
    CANCELLED = "cancelled"
    DONE = "done"


TERMINAL = frozenset({Status.ACCEPTED, Status.REJECTED, Status.UNCERTAIN, Status.SKIPPED, Status.CANCELLED})

BATCH_MOVES: dict[BatchState, frozenset[BatchState]] = {
    BatchState.PLANNED: frozenset({BatchState.SUBMITTING, BatchState.CANCELLED, BatchState.UNCERTAIN}),
    BatchState.SUBMITTING: frozenset(
        {BatchState.SETTLED, BatchState.PLANNED, BatchState.UNCERTAIN, BatchState.REPLACED}
    ),
    BatchState.UNCERTAIN: frozenset({BatchState.SETTLED}),
    BatchState.SETTLED: frozenset(),
    BatchState.REPLACED: frozenset(),
    BatchState.CANCELLED: frozenset(),
}
"""The legal moves. A planned batch becomes uncertain only when it may have left before; nothing else that is
planned has. What is uncertain stays so until somebody knows: then it is settled."""


def delivery_key(release: str, edition: int, channel: str, recipient: str) -> str:
    """32 hex digits that name one promise.

    Not the provider (a change of provider must not duplicate), not the list (two lists, one
    copy), not the content (mending a comma must not re-send). A deliberate second sending is a
    new edition.
    """
    text = json.dumps([release, edition, channel, recipient])
    return hashlib.sha256(text.encode()).hexdigest()[:32]
