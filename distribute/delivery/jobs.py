"""The job engine's queue, kept beside the ledger: what may leave has a job, written in the same transaction.

Only a ledger on a server has one. The ledger says what may leave; a job only says that somebody
should look, so a lost, late or doubled one costs nothing. Tables and functions are those of
procrastinate, whose workers take jobs from them (distribute/delivery/engine.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa

from distribute.delivery.queue import is_claimable
from distribute.delivery.schema import batch

TASK = "send_batch"
QUEUE_NAME = 40
"""Characters of a queue's name: the engine puts 23 before it to make the name of a channel, which may have
63 bytes (postgresql.org/docs/current/sql-notify.html)."""

job = sa.table(
    "procrastinate_jobs",
    sa.column("id", sa.BigInteger),
    sa.column("queue_name", sa.String),
    sa.column("queueing_lock", sa.String),
    sa.column("status", sa.String),
    sa.column("scheduled_at", sa.DateTime(timezone=True)),
)


def defer(db: sa.Connection, now: datetime, plans: Sequence[str] | None = None) -> int:
    """Give every batch that may leave, now or later, its one job; how many were missing or at a wrong time.

    The job's queue is the plan (``plans``: None for any), and it carries the number of the batch
    and nothing else. Writing transactions follow one another, so nobody defers the same in between.
    """
    if not has_queue(db):
        return 0
    wanted = _wanted(now, plans)
    _call_off_untimely(db, wanted)
    has_job = sa.exists().where(job.c.queueing_lock == _lock(wanted.c.id), _is_waiting())
    missing = sa.select(wanted).where(~has_job).cte("missing")
    deferred = sa.select(sa.func.procrastinate_defer_jobs_v1(sa.literal_column(_JOBS))).select_from(missing)
    return len(db.execute(deferred).scalar() or [])


def call_off(db: sa.Connection, plan_id: str) -> None:
    """Take the waiting jobs of a plan away: nothing of it may leave for now."""
    if has_queue(db):
        db.execute(sa.select(_cancelled(job.c.id)).where(job.c.queue_name == queue_of(plan_id), _is_waiting()))


def queue_of(plan_id: str) -> str:
    """The queue of a plan's jobs: the end of its name, in which its hash is."""
    return plan_id[-QUEUE_NAME:]


def has_queue(db: sa.Connection) -> bool:
    return db.dialect.name == "postgresql"


def _wanted(now: datetime, plans: Sequence[str] | None) -> sa.CTE:
    """The batches that may leave, each with the moment its job is for; none for one that is due by our clock."""
    at = sa.case((batch.c.not_before <= now, None), else_=sa.cast(batch.c.not_before, sa.DateTime(timezone=True)))
    claimable = sa.select(batch.c.id, batch.c.plan, at.label("at")).where(is_claimable())
    return (claimable if plans is None else claimable.where(batch.c.plan.in_(plans))).cte("wanted")


def _call_off_untimely(db: sa.Connection, wanted: sa.CTE) -> None:
    is_due = wanted.c.at.is_(None) & (sa.func.coalesce(job.c.scheduled_at, sa.func.now()) <= sa.func.now())
    is_timely = is_due | job.c.scheduled_at.is_not_distinct_from(wanted.c.at)
    untimely = sa.select(_cancelled(job.c.id)).join(wanted, job.c.queueing_lock == _lock(wanted.c.id))
    db.execute(untimely.where(_is_waiting(), ~is_timely))


def _lock(batch_id: sa.ColumnElement[int]) -> sa.ColumnElement[str]:
    """The queueing lock: the engine has at most one waiting job of each."""
    return sa.literal("batch-") + sa.cast(batch_id, sa.String)


def _is_waiting() -> sa.ColumnElement[bool]:
    return job.c.status == sa.literal_column("'todo'")


def _cancelled(job_id: sa.ColumnElement[int]) -> sa.ColumnElement[int]:
    """The engine's own way to take a waiting job out of the queue."""
    return sa.func.procrastinate_cancel_job_v1(job_id, sa.false(), sa.true())


_JOBS = f"""array_agg(ROW(
    right(missing.plan, {QUEUE_NAME}), '{TASK}', 0, NULL,
    'batch-' || missing.id, jsonb_build_object('batch_id', missing.id), missing.at
)::procrastinate_job_to_defer_v1 ORDER BY missing.at NULLS FIRST, missing.id)"""
"""queue_name, task_name, priority, lock, queueing_lock, args, scheduled_at (procrastinate/sql/schema.sql)."""
