"""The queue in the ledger: what may be claimed, what waits, what is added to it and what is called off."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from functools import cache

import sqlalchemy as sa

from distribute.delivery.database import row_id
from distribute.delivery.enclosures import stored_texts
from distribute.delivery.packing import Kept, keep
from distribute.delivery.records import batch_row, request_row
from distribute.delivery.schema import batch, delivery, plan, plan_channel, request
from distribute.domain.delivery import BatchState, PlanState, Status
from distribute.domain.plan import Batch


@cache
def is_claimable() -> sa.ColumnElement[bool]:
    """Planned, of a plan that is running, on a channel that has started, and not waiting for a canary."""
    is_running = sa.exists().where(plan.c.id == batch.c.plan, plan.c.state == PlanState.RUNNING)
    has_begun = sa.exists().where(
        plan_channel.c.plan == batch.c.plan,
        plan_channel.c.channel == batch.c.channel,
        plan_channel.c.begun_at.is_not(None),
    )
    return (batch.c.state == BatchState.PLANNED) & is_running & has_begun & _is_free_of_canary()


def _is_free_of_canary() -> sa.ColumnElement[bool]:
    """First itself, or all that leave first have left, and none of them was rejected or is uncertain."""
    first, its = batch.alias("first"), delivery.alias("its")
    is_open = (first.c.state == BatchState.PLANNED) | (first.c.state == BatchState.SUBMITTING)
    failed = (its.c.status == Status.REJECTED) | (its.c.status == Status.UNCERTAIN)
    is_first = (first.c.plan == batch.c.plan) & (first.c.channel == batch.c.channel) & (first.c.after == 0)
    holds_up = sa.exists().where(is_first, is_open | sa.exists().where(its.c.batch == first.c.id, failed))
    return (batch.c.after == 0) | ~holds_up


def cancel_planned(db: sa.Connection, plan_id: str, now: datetime, *, if_plan_is: PlanState) -> None:
    """Cancel what has not left of a plan in that state, and free its promises.

    What is under way goes on; what may have left before is uncertain, not cancelled.
    """
    is_so = sa.exists().where(plan.c.id == plan_id, plan.c.state == if_plan_is)
    waiting = (batch.c.plan == plan_id) & (batch.c.state == BatchState.PLANNED) & is_so
    cancelled = {"status": Status.CANCELLED, "live": None, "settled_at": now}
    doubted = {"status": Status.UNCERTAIN, "reason": "cancelled before it was known to have left", "settled_at": now}
    for may_have_left, values in ((False, cancelled), (True, doubted)):
        these = waiting & (batch.c.may_have_left == sa.literal(may_have_left))
        is_theirs = delivery.c.batch.in_(sa.select(batch.c.id).where(these)) & (delivery.c.status == Status.PLANNED)
        db.execute(delivery.update().where(is_theirs).values(values))
        ended = {"state": BatchState.UNCERTAIN, "ask_at": now} if may_have_left else {"state": BatchState.CANCELLED}
        db.execute(batch.update().where(these).values(ended))


def add_batch(db: sa.Connection, plan_id: str, item: Batch, replaced: int) -> int:
    """Write a planned batch with its bytes; its number. It is first, or waits, as the one it replaces."""
    after = db.execute(sa.select(batch.c.after).where(batch.c.id == replaced)).scalar_one()
    return add_request(db, plan_id, keep(replace(item, after=after), stored_texts(db, plan_id)))


def add_request(db: sa.Connection, plan_id: str, item: Kept) -> int:
    """Write a planned batch as it is kept; its number."""
    batch_id = row_id(db.execute(_BATCH, batch_row(plan_id, item)))
    db.execute(_REQUEST, request_row(batch_id, item))
    return batch_id


_BATCH, _REQUEST = batch.insert(), request.insert()


def wait(db: sa.Connection, batch_id: int, until: datetime) -> None:
    """Leave this batch and the rest of its plan's queue at the same provider alone until then."""
    plan_id, provider = db.execute(sa.select(batch.c.plan, batch.c.provider).where(batch.c.id == batch_id)).one()
    same_queue = (batch.c.provider == provider) & (batch.c.plan == plan_id) & is_claimable()
    waits = (batch.c.id == batch_id) | same_queue
    db.execute(batch.update().where(waits, batch.c.not_before < until).values(not_before=until))
