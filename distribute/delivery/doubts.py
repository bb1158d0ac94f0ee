"""What is uncertain in the ledger: when its provider is asked, and what was learnt of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from distribute.delivery.batches import LOST, ORPHANED
from distribute.delivery.columns import UtcDateTime
from distribute.delivery.database import Database
from distribute.delivery.events import note
from distribute.delivery.jobs import defer
from distribute.delivery.journal import PROGRAM, Deed, write
from distribute.delivery.knowing import close, is_uncertain, settle
from distribute.delivery.queue import add_batch, is_claimable
from distribute.delivery.schema import attempt, batch, delivery, plan
from distribute.domain.content import Accepted, Outcome
from distribute.domain.delivery import BatchState, PlanState, Status
from distribute.domain.plan import Batch


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """A request about which something is not known: ``recipients`` maps the uncertain keys to whom they are for.

    ``since`` is when it first left, ``asked`` how often its provider was asked.
    """

    batch: int
    plan: str
    channel: str
    provider: str
    release: str
    since: datetime
    asked: int
    recipients: Mapping[str, str]


class Doubts:
    """The uncertain deliveries, and the moves by which they end."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def due(self, now: datetime) -> list[Doubt]:
        """Those whose provider is to be asked by now, earliest first."""
        return self._find(batch.c.ask_at <= now)

    def of(self, plan_id: str) -> list[Doubt]:
        """Those of a plan, whether or not anybody can be asked."""
        return self._find(batch.c.plan == plan_id)

    def next_asking(self) -> datetime | None:
        """When a provider is to be asked next."""
        with self._db.reading() as db:
            return db.execute(sa.select(sa.func.min(batch.c.ask_at, type_=UtcDateTime))).scalar()

    def learn(self, doubt: Doubt, outcomes: Mapping[str, Outcome], why: str, now: datetime, by: str = "") -> int:
        """Settle what is known by now, with the reason why it is; how many deliveries that were.

        Only what is still uncertain changes: two askers, or an asker and a person, cannot contradict.
        What was reported of it besides is noted with it.
        ``by`` is the person whose word it is; a provider's is no decision.
        """
        with self._db.writing() as db:
            learnt = sum(settle(db, doubt.batch, key, outcome, why, now) for key, outcome in outcomes.items())
            close(db, doubt.batch)
            reported = [event for it in outcomes.values() if isinstance(it, Accepted) for event in it.events]
            note(db, doubt.provider, reported, now)
            if by and learnt:
                write(db, Deed.RESOLVED, doubt.plan, at=now, by=by, said="it arrived", deliveries=learnt)
        return learnt

    def ask_again(self, doubt: Doubt, at: datetime | None, note: str = "") -> None:
        """Write that a provider was asked, and when it is asked next; ``note`` is added to why it is uncertain."""
        with self._db.writing() as db:
            values = {"ask_at": at, "asked": doubt.asked + 1}
            db.execute(batch.update().where(batch.c.id == doubt.batch, batch.c.ask_at.is_not(None)).values(values))
            if note:
                db.execute(delivery.update().where(is_uncertain(doubt.batch)).values(reason=delivery.c.reason + note))

    def put_off(self, doubt: Doubt, at: datetime) -> None:
        """The provider could not be asked: it is at ``at``, and this time does not count."""
        with self._db.writing() as db:
            db.execute(batch.update().where(batch.c.id == doubt.batch).values(ask_at=at))

    def retry(self, doubt: Doubt, parts: Iterable[Batch], now: datetime, by: str = PROGRAM) -> None:
        """Somebody says it did not arrive: its deliveries in ``parts`` are planned again, in new requests.

        Those of a cancelled plan are cancelled instead, so that another plan may promise them.
        """
        with self._db.writing() as db:
            state = db.execute(sa.select(plan.c.state).where(plan.c.id == doubt.plan)).scalar_one()
            resolved = 0
            for part in parts:
                its = is_uncertain(doubt.batch) & delivery.c.key.in_(part.keys)
                if state == PlanState.CANCELLED:
                    gone = {"status": Status.CANCELLED, "live": None, "settled_at": now}
                    resolved += db.execute(delivery.update().where(its).values(gone)).rowcount
                    continue
                again: dict[str, object] = {"status": Status.PLANNED, "reason": None, "settled_at": None}
                again |= {"batch": add_batch(db, doubt.plan, part, doubt.batch)}
                resolved += db.execute(delivery.update().where(its).values(again)).rowcount
            if state == PlanState.DONE:
                db.execute(
                    plan.update().where(plan.c.id == doubt.plan).values(state=PlanState.RUNNING, finished_at=None)
                )
            close(db, doubt.batch)
            write(db, Deed.RESOLVED, doubt.plan, at=now, by=by, said="it did not arrive", deliveries=resolved)
            defer(db, now, [doubt.plan])

    def hasten(self, plan_id: str, now: datetime) -> int:
        """Let what waits to be repeated be repeated now; how many batches of a running plan that are."""
        with self._db.writing() as db:
            waits = (batch.c.plan == plan_id) & batch.c.may_have_left & is_claimable()
            hastened = db.execute(batch.update().where(waits).values(not_before=now)).rowcount
            defer(db, now, [plan_id])
            return hastened

    def in_a_row(self, plan_id: str, limit: int) -> int:
        """How many of the plan's last answers were not readable, one after the other.

        Attempts that died with their worker say nothing about the provider and do not count.
        """
        last = (
            sa.select(attempt.c.outcome)
            .join(batch, batch.c.id == attempt.c.batch)
            .where(batch.c.plan == plan_id, attempt.c.ended_at.is_not(None), attempt.c.outcome != ORPHANED)
            .order_by(attempt.c.id.desc())
            .limit(limit)
        )
        with self._db.reading() as db:
            outcomes = db.execute(last).scalars().all()
        return next((n for n, outcome in enumerate(outcomes) if outcome != LOST), len(outcomes))

    def stop_repeating(self, plan_id: str, now: datetime) -> None:
        """What waits to be repeated is uncertain instead, so that a person's word about it can be written down."""
        with self._db.writing() as db:
            waits = (batch.c.plan == plan_id) & (batch.c.state == BatchState.PLANNED) & batch.c.may_have_left
            doubted = {"status": Status.UNCERTAIN, "reason": "it left and no answer came", "settled_at": now}
            its = delivery.c.batch.in_(sa.select(batch.c.id).where(waits)) & (delivery.c.status == Status.PLANNED)
            db.execute(delivery.update().where(its).values(doubted))
            db.execute(batch.update().where(waits).values(state=BatchState.UNCERTAIN, ask_at=now))

    def _find(self, which: sa.ColumnElement[bool]) -> list[Doubt]:
        rows = (
            sa.select(batch, plan.c.release, delivery.c.key, delivery.c.recipient)
            .join(plan, plan.c.id == batch.c.plan)
            .join(delivery, delivery.c.batch == batch.c.id)
            .where(which, delivery.c.status == Status.UNCERTAIN)
            .order_by(batch.c.ask_at, batch.c.id, delivery.c.id)
        )
        with self._db.reading() as db:
            return _grouped(db.execute(rows).mappings().all())


def _grouped(rows: Sequence[sa.RowMapping]) -> list[Doubt]:
    first: dict[int, sa.RowMapping] = {}
    recipients: dict[int, dict[str, str]] = {}
    for row in rows:
        first.setdefault(row["id"], row)
        recipients.setdefault(row["id"], {})[row["key"]] = row["recipient"]
    return [
        Doubt(
            batch=batch_id,
            plan=row["plan"],
            channel=row["channel"],
            provider=row["provider"],
            release=row["release"],
            since=row["first_sent"],
            asked=row["asked"],
            recipients=recipients[batch_id],
        )
        for batch_id, row in first.items()
    ]
