"""The rest of a plan waits for its canary: for the pause, and for a person where not all of it was accepted."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple

import sqlalchemy as sa

from distribute.delivery.columns import UtcDateTime
from distribute.delivery.database import Database
from distribute.delivery.schema import batch, delivery, is_of, plan, plan_channel
from distribute.domain.delivery import BatchState, PlanState, Status

FAULT = "canary: "
"""How the reason begins for which a plan is held whose canary was not accepted."""


class Pause(NamedTuple):
    """How many deliveries left first, how many wait, and until when."""

    left: int
    waiting: int
    until: datetime


class Pauses:
    """The batches that leave ``after`` their canary."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def keep(self, now: datetime) -> dict[str, str]:
        """Put off what waits for a canary that is late itself; for each plan whose canary failed, a sentence why.

        Whatever comes of it, nothing of the rest can be claimed before all of the canary was accepted.
        """
        waiting = sa.select(batch.c.plan, batch.c.channel).distinct().join(plan, plan.c.id == batch.c.plan)
        with self._db.reading() as db:
            rows = db.execute(waiting.where(plan.c.state == PlanState.RUNNING, _IS_WAITING)).all()
            counts = {(plan_id, channel): _count_first(db, plan_id, channel) for plan_id, channel in rows}
        faults = {}
        for (plan_id, channel), statuses in counts.items():
            if statuses.keys() & {Status.REJECTED, Status.UNCERTAIN}:
                faults[plan_id] = _fault(plan_id, channel, statuses)
            elif Status.PLANNED in statuses:
                with self._db.writing() as db:
                    put_off_rest(db, plan_id, now)
        return faults

    def of(self, plan_id: str) -> Pause | None:
        """The pause a running plan is in: its canary has left, the rest has not."""
        waits = (batch.c.plan == plan_id) & _IS_WAITING
        is_running = sa.exists().where(plan.c.id == plan_id, plan.c.state == PlanState.RUNNING)
        rest = sa.select(batch.c.channel, sa.func.min(batch.c.not_before, type_=UtcDateTime)).where(waits, is_running)
        with self._db.reading() as db:
            row = db.execute(rest.group_by(batch.c.channel)).first()
            statuses = _count_first(db, plan_id, row[0]) if row else {}
            if row is None or Status.PLANNED in statuses:
                return None
            carried = sa.select(sa.func.count()).select_from(delivery.join(batch, batch.c.id == delivery.c.batch))
            return Pause(sum(statuses.values()), int(db.execute(carried.where(waits)).scalar_one()), row[1])

    def planned(self, plan_id: str) -> dict[str, tuple[int, int]]:
        """For each channel how many deliveries leave first, and for how many seconds the rest then waits."""
        first = sa.func.sum(sa.case((batch.c.after == 0, 1), else_=0))
        rows = (
            sa.select(delivery.c.channel, first, sa.func.max(batch.c.after))
            .join(batch, batch.c.id == delivery.c.batch)
            .where(is_of(plan_id), delivery.c.status != Status.SKIPPED)
            .group_by(delivery.c.channel)
        )
        with self._db.reading() as db:
            return {channel: (int(number), int(pause)) for channel, number, pause in db.execute(rows)}

    def forgo(self, plan_id: str, now: datetime) -> None:
        """Let the rest of a plan leave as if it had no canary, from now on."""
        with self._db.writing() as db:
            let_rest_go(db, plan_id, now)


def put_off_rest(db: sa.Connection, plan_id: str, start: datetime) -> None:
    """On channels that have started, what waits for a canary still to leave waits for its pause from ``start`` on."""
    first = batch.alias("first")
    is_ours = (first.c.plan == batch.c.plan) & (first.c.channel == batch.c.channel) & (first.c.after == 0)
    is_open = sa.exists().where(is_ours, first.c.state.in_([BatchState.PLANNED, BatchState.SUBMITTING]))
    has_begun = sa.exists().where(
        plan_channel.c.plan == batch.c.plan,
        plan_channel.c.channel == batch.c.channel,
        plan_channel.c.begun_at.is_not(None),
    )
    waits = (batch.c.plan == plan_id) & _IS_WAITING & is_open & has_begun
    for after in db.execute(sa.select(batch.c.after).where(waits).distinct()).scalars().all():
        until = start + timedelta(seconds=after)
        is_sooner = (batch.c.after == after) & (batch.c.not_before < until)
        db.execute(batch.update().where(waits, is_sooner).values(not_before=until))


def let_rest_go(db: sa.Connection, plan_id: str, now: datetime) -> None:
    """A person says that the rest may leave, whatever came of the canary."""
    waits = (batch.c.plan == plan_id) & (batch.c.after > 0) & (batch.c.state == BatchState.PLANNED)
    db.execute(batch.update().where(waits).values(after=0, not_before=now))


def is_faulty(db: sa.Connection, plan_id: str) -> bool:
    """Whether a plan is held because of its canary."""
    held = sa.select(plan.c.because).where(plan.c.id == plan_id, plan.c.state == PlanState.HELD)
    return str(db.execute(held).scalar() or "").startswith(FAULT)


_IS_WAITING = (batch.c.after > 0) & (batch.c.state == BatchState.PLANNED) & (batch.c.fence == 0)


def _count_first(db: sa.Connection, plan_id: str, channel: str) -> dict[str, int]:
    """The deliveries of a channel's canary by status; who is skipped is none of them."""
    counts = (
        sa.select(delivery.c.status, sa.func.count().label("number"))
        .join(batch, batch.c.id == delivery.c.batch)
        .where(batch.c.plan == plan_id, batch.c.channel == channel, batch.c.after == 0)
        .where(delivery.c.status != Status.SKIPPED)
        .group_by(delivery.c.status)
    )
    return {row.status: int(row.number) for row in db.execute(counts)}


def _fault(plan_id: str, channel: str, statuses: dict[str, int]) -> str:
    failed = statuses.get(Status.REJECTED, 0) + statuses.get(Status.UNCERTAIN, 0)
    named = ", ".join(f"{statuses[it]} {it}" for it in (Status.REJECTED, Status.UNCERTAIN) if it in statuses)
    return (
        f"{FAULT}{failed} of the first {sum(statuses.values())} by {channel} did not come through ({named}), the rest "
        f"was not sent: `distribute report {plan_id}` says why, `distribute resume {plan_id}` sends the rest"
    )
