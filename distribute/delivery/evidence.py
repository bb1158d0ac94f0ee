"""What an event proves: that the provider took the delivery it is about, whatever the ledger took it for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

import sqlalchemy as sa

from distribute.delivery.journal import Deed, write
from distribute.delivery.knowing import close, settle
from distribute.delivery.schema import batch, delivery, event
from distribute.domain.content import Accepted, EventKind
from distribute.domain.delivery import BatchState, Status

SAID: dict[EventKind, str] = {
    EventKind.ACCEPTED: "reported that it took it",
    EventKind.DELIVERED: "reported it delivered",
    EventKind.DEFERRED: "reported it deferred",
    EventKind.BOUNCED: "reported it bounced",
    EventKind.COMPLAINED: "reported a complaint about it",
    EventKind.UNSUBSCRIBED: "reported that its reader unsubscribed",
}


@dataclass(kw_only=True)
class Belief:
    """How many uncertain deliveries are ``settled``, and the sentence about each key that was ``contradicted``."""

    settled: int = 0
    contradicted: dict[str, str] = field(default_factory=dict)


def believe(db: sa.Connection, which: sa.ColumnElement[bool], now: datetime) -> Belief:
    """Accept every delivery of ``which`` that a provider reported on; what is being submitted is left to its answer.

    An uncertain one, and one that waits to be repeated, were to become known. Of all others the ledger took for
    certain that they got nothing: they are promised to nobody again, and do not leave. Had their request been
    answered as not sent, then nobody in it can be sure any more.
    """
    belief = Belief()
    plans: dict[tuple[str, str], Counter[Status]] = {}
    touched: dict[int, sa.RowMapping] = {}
    for row in _doubted(db, which):
        provider, why = _first_report(db, row["id"])
        touched[row["batch"]] = row
        if row["status"] == Status.UNCERTAIN:
            belief.settled += settle(db, row["batch"], row["key"], _accepted(row), why, now)
            continue
        is_repeated = row["status"] == Status.PLANNED and row["may_have_left"]
        reason = why if is_repeated else f"{why}, although it was {_thought(row)}"
        accepted = {"status": Status.ACCEPTED, "reason": reason, "settled_at": now, "live": True}
        db.execute(delivery.update().where(delivery.c.id == row["id"]).values(accepted))
        if not is_repeated:
            belief.contradicted[row["key"]] = reason
            plans.setdefault((row["plan"], provider), Counter())[Status(row["status"])] += 1
    for row in touched.values():
        _end(db, row, now)
    for (plan_id, provider), statuses in plans.items():
        said = ", ".join(f"{number:,} that {_WERE[status]}" for status, number in sorted(statuses.items()))
        write(db, Deed.CONTRADICTED, plan_id, at=now, by=provider, said=f"it took {said}")
    return belief


_WERE = {
    Status.PLANNED: "had not left for all we knew",
    Status.REJECTED: "it had rejected",
    Status.SKIPPED: "had been skipped",
    Status.CANCELLED: "had been cancelled",
}


def _doubted(db: sa.Connection, which: sa.ColumnElement[bool]) -> Sequence[sa.RowMapping]:
    """The deliveries that were reported on and are not accepted, with what carries them."""
    is_reported = sa.exists().where(event.c.delivery == delivery.c.id)
    is_under_way = (batch.c.state == BatchState.SUBMITTING) & (delivery.c.status == Status.PLANNED)
    rows = (
        sa.select(delivery, batch.c.plan, batch.c.state, batch.c.fence, batch.c.may_have_left)
        .join(batch, batch.c.id == delivery.c.batch)
        .where(which, delivery.c.status != Status.ACCEPTED, ~is_under_way, is_reported)
        .order_by(delivery.c.id)
    )
    return db.execute(rows).mappings().all()


def _first_report(db: sa.Connection, delivery_id: int) -> tuple[str, str]:
    """Who reported it first, and what: why it is known."""
    rows = sa.select(event).where(event.c.delivery == delivery_id).order_by(event.c.at, event.c.id).limit(1)
    row = db.execute(rows).mappings().one()
    return row["provider"], f"{row['provider']} {SAID[EventKind(row['kind'])]}, {row['at']:%Y-%m-%d %H:%M} UTC"


def _accepted(row: sa.RowMapping) -> Accepted:
    return Accepted(provider_id=row["provider_id"] or "", url=row["url"])


def _thought(row: sa.RowMapping) -> str:
    if row["status"] == Status.PLANNED:
        return "not known to have left"
    return f"{row['status']} ({row['reason']})" if row["reason"] else str(row["status"])


def _end(db: sa.Connection, its: sa.RowMapping, now: datetime) -> None:
    """What becomes of a request once somebody in it is known to have got it."""
    this = (batch.c.id == its["batch"]) & (batch.c.state == BatchState.PLANNED)
    waits = (delivery.c.batch == its["batch"]) & (delivery.c.status == Status.PLANNED)
    if its["state"] == BatchState.PLANNED:
        if its["fence"] and not its["may_have_left"]:
            reason = "it was answered as not sent, and another in the same request is reported to have been taken"
            doubted = {"status": Status.UNCERTAIN, "reason": reason, "settled_at": now}
            db.execute(delivery.update().where(waits).values(doubted))
        if not db.execute(sa.select(delivery.c.id).where(waits).limit(1)).first():
            has_left = bool(its["fence"] or its["may_have_left"])
            ended = {"state": BatchState.UNCERTAIN, "ask_at": now} if has_left else {"state": BatchState.CANCELLED}
            db.execute(batch.update().where(this).values(ended))
    close(db, its["batch"])
