"""Batches in the ledger: claimed before the first byte leaves, settled after the answer."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from distribute.delivery.database import Database, row_id
from distribute.delivery.records import batch_row, outcome_row
from distribute.delivery.schema import UtcDateTime, attempt, batch, delivery, plan, plan_channel
from distribute.domain.content import Outcomes
from distribute.domain.delivery import BATCH_MOVES, BatchState, PlanState, Status
from distribute.domain.plan import Batch
from distribute.errors import LedgerError, PlanError


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A batch taken for submission. Its ``fence`` must still hold when the outcome is written.

    One that ``may_have_left`` before may only be repeated as it is, or doubted.
    """

    batch: int
    fence: int
    plan: str
    channel: str
    provider: str
    body: bytes
    keys: tuple[str, ...]
    first_sent: datetime | None
    may_have_left: bool


class Batches:
    """The rows of ``batch`` and ``attempt``, and every move of them."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def next_claimable(self, plans: Sequence[str] | None, now: datetime) -> int | None:
        """The first batch that may be claimed now, of these plans (None: of any); None when there is none."""
        query = sa.select(batch.c.id).where(_is_claimable(), batch.c.not_before <= now)
        if plans is not None:
            query = query.where(batch.c.plan.in_(plans))
        with self._db.reading() as db:
            return db.execute(query.order_by(batch.c.not_before, batch.c.id).limit(1)).scalar()

    def next_instant(self, plans: Sequence[str] | None) -> datetime | None:
        """The earliest moment at which a batch of a started channel may be tried."""
        query = sa.select(sa.func.min(batch.c.not_before, type_=UtcDateTime)).where(_is_claimable())
        if plans is not None:
            query = query.where(batch.c.plan.in_(plans))
        with self._db.reading() as db:
            return db.execute(query).scalar()

    def plan_of(self, batch_id: int) -> str:
        return self._column(batch.c.plan, batch_id)

    def provider_of(self, batch_id: int) -> str:
        return self._column(batch.c.provider, batch_id)

    def claim(self, batch_id: int, now: datetime) -> Claim | None:
        """Take a batch, on disk before the caller sends a byte; None when it may not be taken (any more).

        Raises PlanError when its bytes are not those that were planned.
        """
        with self._db.writing() as db:
            is_free = (batch.c.id == batch_id) & _is_claimable() & (batch.c.not_before <= now)
            row = db.execute(sa.select(batch).where(is_free)).mappings().first()
            if row is None:
                return None
            claim = _claim(row, row["fence"] + 1)
            if hashlib.sha256(claim.body).hexdigest() != row["sha256"]:
                raise PlanError(f"batch {batch_id} of plan {claim.plan} is not what was planned: it was not sent")
            taken = {"state": BatchState.SUBMITTING, "fence": claim.fence, "first_sent": claim.first_sent or now}
            db.execute(batch.update().where(batch.c.id == batch_id).values(taken))
            db.execute(attempt.insert().values(batch=batch_id, fence=claim.fence, started_at=now))
            return claim

    def settle(self, claim: Claim, outcomes: Outcomes, now: datetime) -> None:
        """Write each recipient's outcome; a key without one becomes uncertain."""
        with self._moving(claim, BatchState.SETTLED, "settled", now) as db:
            rows = [
                {"its_key": key, "settled_at": now, **_blank, **outcome_row(outcomes.get(key))} for key in claim.keys
            ]
            db.execute(
                delivery.update()
                .where(delivery.c.batch == claim.batch, delivery.c.key == sa.bindparam("its_key"))
                .values({name: sa.bindparam(name) for name in ("settled_at", *_blank)}),
                rows,
            )

    def postpone(self, claim: Claim, until: datetime, detail: str, now: datetime) -> None:
        """Proven not sent: planned again, and its provider left alone until then."""
        with self._moving(claim, BatchState.PLANNED, f"not sent: {detail}", now) as db:
            same_queue = (batch.c.provider == claim.provider) & (batch.c.plan == claim.plan) & _is_claimable()
            waits = (batch.c.id == claim.batch) | same_queue
            db.execute(batch.update().where(waits, batch.c.not_before < until).values(not_before=until))
            cancel_planned(db, claim.plan, now, if_plan_is=PlanState.CANCELLED)

    def take_up(self, claim: Claim, now: datetime) -> None:
        """It may have left: planned again, to be repeated byte for byte and never cut, cancelled or forgotten."""
        with self._moving(claim, BatchState.PLANNED, "interrupted: to be repeated", now) as db:
            db.execute(batch.update().where(batch.c.id == claim.batch).values(may_have_left=True))
            cancel_planned(db, claim.plan, now, if_plan_is=PlanState.CANCELLED)

    def doubt(self, claim: Claim, detail: str, now: datetime) -> None:
        """It left and the answer is unknown: every delivery in it is uncertain until somebody knows."""
        with self._moving(claim, BatchState.UNCERTAIN, f"uncertain: {detail}", now) as db:
            values = {"status": Status.UNCERTAIN, "reason": detail, "settled_at": now}
            db.execute(delivery.update().where(delivery.c.batch == claim.batch).values(values))

    def replace(
        self,
        claim: Claim,
        parts: Iterable[Batch],
        detail: str,
        now: datetime,
        skipped: Mapping[str, str] | None = None,
    ) -> None:
        """Proven not sent and cut anew: the parts take the batch's place; ``skipped`` maps keys to the reason."""
        with self._moving(claim, BatchState.REPLACED, f"cut anew: {detail}", now) as db:
            for part in parts:
                inserted = db.execute(batch.insert().values(batch_row(claim.plan, part)))
                belongs = (delivery.c.batch == claim.batch) & delivery.c.key.in_(part.keys)
                db.execute(delivery.update().where(belongs).values(batch=row_id(inserted)))
            for key, reason in (skipped or {}).items():
                values = {"status": Status.SKIPPED, "reason": reason, "live": None, "settled_at": now}
                belongs = (delivery.c.batch == claim.batch) & (delivery.c.key == key)
                db.execute(delivery.update().where(belongs).values(values))
            cancel_planned(db, claim.plan, now, if_plan_is=PlanState.CANCELLED)

    def orphans(self) -> Sequence[Claim]:
        """Batches whose worker died between claim and outcome. Only the one worker may ask."""
        with self._db.reading() as db:
            rows = db.execute(sa.select(batch).where(batch.c.state == BatchState.SUBMITTING)).mappings().all()
        return [_claim(row, row["fence"]) for row in rows]

    def _column(self, column: sa.Column[str], batch_id: int) -> str:
        with self._db.reading() as db:
            return db.execute(sa.select(column).where(batch.c.id == batch_id)).scalar_one()

    @contextmanager
    def _moving(self, claim: Claim, to: BatchState, outcome: str, now: datetime) -> Iterator[sa.Connection]:
        """Move a claimed batch while its fence holds; a late answer is refused and changes nothing."""
        if to not in BATCH_MOVES[BatchState.SUBMITTING]:
            raise ValueError(f"a batch under way never becomes {to}")
        with self._db.writing() as db:
            is_ours = (batch.c.id == claim.batch) & (batch.c.fence == claim.fence)
            moved = db.execute(
                batch.update().where(is_ours, batch.c.state == BatchState.SUBMITTING).values(state=to)
            ).rowcount
            if not moved:
                raise LedgerError(f"batch {claim.batch} was settled by another worker: this late answer is not applied")
            its_attempt = (attempt.c.batch == claim.batch) & (attempt.c.fence == claim.fence)
            db.execute(attempt.update().where(its_attempt).values(ended_at=now, outcome=to, detail=outcome))
            yield db


_blank = dict.fromkeys(("status", "reason", "provider_id", "url"))


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
        state = BatchState.UNCERTAIN if may_have_left else BatchState.CANCELLED
        db.execute(batch.update().where(these).values(state=state))


def _claim(row: sa.RowMapping, fence: int) -> Claim:
    return Claim(
        batch=row["id"],
        fence=fence,
        plan=row["plan"],
        channel=row["channel"],
        provider=row["provider"],
        body=zlib.decompress(row["body"]),
        keys=tuple(row["keys"]),
        first_sent=row["first_sent"],
        may_have_left=row["may_have_left"],
    )


def _is_claimable() -> sa.ColumnElement[bool]:
    """Planned, of a plan that is running, on a channel that has started."""
    is_running = sa.exists().where(plan.c.id == batch.c.plan, plan.c.state == PlanState.RUNNING)
    has_begun = sa.exists().where(
        plan_channel.c.plan == batch.c.plan,
        plan_channel.c.channel == batch.c.channel,
        plan_channel.c.begun_at.is_not(None),
    )
    return (batch.c.state == BatchState.PLANNED) & is_running & has_begun
