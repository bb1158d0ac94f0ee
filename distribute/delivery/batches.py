"""Batches in the ledger: claimed before the first byte leaves, settled after the answer."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from distribute.delivery.columns import UtcDateTime
from distribute.delivery.database import Database
from distribute.delivery.moves import ASKED, CARRIED_BY, END, FREE, MOVE, PEOPLE, SETTLE, START, TAKE
from distribute.delivery.packing import opened, unpack
from distribute.delivery.queue import add_batch, cancel_planned, is_claimable, wait
from distribute.delivery.records import outcome_values
from distribute.delivery.schema import batch, delivery, request
from distribute.domain.content import Outcomes
from distribute.domain.delivery import BATCH_MOVES, BatchState, PlanState, Status
from distribute.domain.plan import Batch
from distribute.errors import LedgerError, PlanError

LOST, ORPHANED = "lost", "orphaned"
"""Outcomes of an attempt nobody has an answer to: the answer did not come, or who waited for it died."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A batch taken for submission. Its ``fence`` must still hold when the outcome is written.

    ``tries`` counts this one; ``first_sent`` is when the first of them was begun. A batch that
    ``may_have_left`` before may only be repeated as it is, or doubted. ``owner`` is the number of
    the worker that took it. ``people`` maps the keys to the number of the delivery's row and to whom it goes.
    """

    batch: int
    fence: int
    plan: str
    channel: str
    provider: str
    body: bytes
    keys: tuple[str, ...]
    first_sent: datetime
    may_have_left: bool
    owner: int
    people: Mapping[str, tuple[int, str]] = field(default_factory=dict)

    @property
    def tries(self) -> int:
        return self.fence


class Batches:
    """The rows of ``batch`` and ``attempt``, and every move of them."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._asked: dict[int, tuple[str, str]] = {}

    def claimable(
        self, plans: Sequence[str] | None, now: datetime, *, limit: int, leave_out: Iterable[int] = ()
    ) -> list[int]:
        """The first ``limit`` batches that may be claimed now, of these plans (None: of any), in order."""
        query = sa.select(batch.c.id).where(is_claimable(), batch.c.not_before <= now)
        if plans is not None:
            query = query.where(batch.c.plan.in_(plans))
        if aside := list(leave_out):
            query = query.where(batch.c.id.not_in(aside))
        with self._db.reading() as db:
            ordered = query.order_by(batch.c.not_before, batch.c.id).limit(limit)
            return list(db.execute(ordered).scalars())

    def next_claimable(self, plans: Sequence[str] | None, now: datetime) -> int | None:
        """The first of ``claimable``; None when there is none."""
        return next(iter(self.claimable(plans, now, limit=1)), None)

    def next_instant(self, plans: Sequence[str] | None, *, once_more: bool = False) -> datetime | None:
        """The earliest moment at which a batch of a started channel may be tried, or tried once more."""
        query = sa.select(sa.func.min(batch.c.not_before, type_=UtcDateTime)).where(is_claimable())
        if once_more:
            query = query.where(batch.c.fence > 0)
        if plans is not None:
            query = query.where(batch.c.plan.in_(plans))
        with self._db.reading() as db:
            return db.execute(query).scalar()

    def carried_by(self, batch_id: int) -> tuple[str, str]:
        """The plan a batch belongs to, and the provider that carries it: neither ever changes."""
        found = self._asked.get(batch_id)
        if found is None:
            with self._db.reading() as db:
                rows = db.execute(CARRIED_BY, {"its": batch_id, "others": batch_id + _TOGETHER})
                self._asked = known = {number: (plan_id, provider) for number, plan_id, provider in rows}
            found = known[batch_id]
        return found

    def claim(self, batch_id: int, now: datetime, owner: int = 0) -> Claim | None:
        """Take a batch, on disk before the caller sends a byte; None when it may not be taken (any more).

        Raises PlanError when its bytes are not those that were planned.
        """
        with self._db.writing() as db:
            at = UtcDateTime.text(now)
            row = FREE(db, batch_id, at).first()
            if row is None:
                return None
            its = dict(zip(ASKED, row, strict=True))
            body = opened(bytes(its["body"]), its["sha256"], its["seal"])
            if body is None:
                raise PlanError(f"batch {batch_id} of plan {its['plan']} is not what was planned: it was not sent")
            fence, first = its["fence"] + 1, its["first_sent"] or at
            TAKE(db, fence, first, owner, batch_id)
            START(db, batch_id, fence, at)
            people = {row.key.hex(): (row.id, row.recipient) for row in PEOPLE(db, batch_id)}
            return Claim(
                batch=batch_id,
                fence=fence,
                plan=its["plan"],
                channel=its["channel"],
                provider=its["provider"],
                body=body,
                keys=tuple(json.loads(its["keys"]) if isinstance(its["keys"], str) else its["keys"]),
                first_sent=datetime.fromisoformat(first),
                may_have_left=bool(its["may_have_left"]),
                owner=owner,
                people=people,
            )

    def settle(self, claim: Claim, outcomes: Outcomes, now: datetime, ask_at: datetime | None = None) -> None:
        """Write each recipient's outcome; a key without one becomes uncertain, to be asked about at ``ask_at``."""
        with self._moving(claim, BatchState.SETTLED, "settled", now) as db:
            at, why = UtcDateTime.text(now), _AGAIN if claim.may_have_left else None
            rows = [(*outcome_values(outcomes.get(key), why), at, number) for key, (number, _) in claim.people.items()]
            SETTLE.many(db, rows)
            if any(row[0] == Status.UNCERTAIN for row in rows):
                db.execute(batch.update().where(batch.c.id == claim.batch).values(ask_at=ask_at))

    def postpone(self, claim: Claim, until: datetime, detail: str, now: datetime) -> None:
        """Proven not sent: planned again, and its provider left alone until then."""
        with self._moving(claim, BatchState.PLANNED, f"not sent: {detail}", now) as db:
            wait(db, claim.batch, until)
            cancel_planned(db, claim.plan, now, if_plan_is=PlanState.CANCELLED)

    def release(self, claim: Claim, now: datetime) -> None:
        """Nothing was handed over: as if it had not been claimed."""
        with self._moving(claim, BatchState.PLANNED, "not begun", now) as db:
            cancel_planned(db, claim.plan, now, if_plan_is=PlanState.CANCELLED)

    def repeat(self, claim: Claim, at: datetime, detail: str, now: datetime) -> None:
        """It may have left: planned again, to be repeated byte for byte and never cut, cancelled or forgotten.

        Its provider's queue waits until then, too.
        """
        with self._moving(claim, BatchState.PLANNED, f"to be repeated: {detail}", now) as db:
            db.execute(batch.update().where(batch.c.id == claim.batch).values(may_have_left=True))
            waits = {"reason": f"{detail}; the same request is made again by itself"}
            db.execute(delivery.update().where(delivery.c.batch == claim.batch).values(waits))
            wait(db, claim.batch, at)
            cancel_planned(db, claim.plan, now, if_plan_is=PlanState.CANCELLED)

    def doubt(
        self, claim: Claim, detail: str, now: datetime, ask_at: datetime | None = None, outcome: str = LOST
    ) -> None:
        """It left and the answer is unknown: every delivery in it is uncertain until somebody knows."""
        with self._moving(claim, BatchState.UNCERTAIN, f"uncertain: {detail}", now, outcome) as db:
            db.execute(batch.update().where(batch.c.id == claim.batch).values(ask_at=ask_at))
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
                belongs = (delivery.c.batch == claim.batch) & delivery.c.key.in_(part.keys)
                db.execute(delivery.update().where(belongs).values(batch=add_batch(db, claim.plan, part)))
            for key, reason in (skipped or {}).items():
                values = {"status": Status.SKIPPED, "reason": reason, "live": None, "settled_at": now}
                belongs = (delivery.c.batch == claim.batch) & (delivery.c.key == key)
                db.execute(delivery.update().where(belongs).values(values))
            cancel_planned(db, claim.plan, now, if_plan_is=PlanState.CANCELLED)

    def planned(self, batch_id: int) -> Batch:
        """A batch as it was planned: its bytes and keys."""
        with self._db.reading() as db:
            row = db.execute(_with_request().where(batch.c.id == batch_id)).mappings().one()
        return Batch(
            channel=row["channel"],
            provider=row["provider"],
            at=row["not_before"],
            body=unpack(row["body"]),
            keys=tuple(row["keys"]),
        )

    def under_way(self) -> Sequence[Claim]:
        """Batches that are claimed and not settled. Those whose owner is dead are orphans."""
        with self._db.reading() as db:
            rows = db.execute(_with_request().where(batch.c.state == BatchState.SUBMITTING)).mappings().all()
        return [_claim(row, row["fence"], row["first_sent"], row["owner"] or 0) for row in rows]

    @contextmanager
    def _moving(
        self, claim: Claim, to: BatchState, detail: str, now: datetime, outcome: str = ""
    ) -> Iterator[sa.Connection]:
        """Move a claimed batch while its fence holds; a late answer is refused and changes nothing."""
        if to not in BATCH_MOVES[BatchState.SUBMITTING]:
            raise ValueError(f"a batch under way never becomes {to}")
        with self._db.writing() as db:
            if not MOVE(db, to.value, claim.batch, claim.fence).rowcount:
                raise LedgerError(f"batch {claim.batch} was settled by another worker: this late answer is not applied")
            END(db, UtcDateTime.text(now), outcome or to.value, detail, claim.batch, claim.fence)
            yield db


def _with_request() -> sa.Select[Any]:
    return sa.select(batch, request.c["keys"], request.c.body).join(request, request.c.batch == batch.c.id)


_AGAIN = "the same request was made again and answered"
_TOGETHER = 50


def _claim(row: sa.RowMapping, fence: int, first_sent: datetime, owner: int) -> Claim:
    return Claim(
        batch=row["id"],
        fence=fence,
        plan=row["plan"],
        channel=row["channel"],
        provider=row["provider"],
        body=unpack(row["body"]),
        keys=tuple(row["keys"]),
        first_sent=first_sent,
        may_have_left=row["may_have_left"],
        owner=owner,
    )
