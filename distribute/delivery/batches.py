"""Batches in the ledger: claimed before the first byte leaves, settled after the answer."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime

import sqlalchemy as sa

from distribute.delivery.batch_rows import BatchRows, Claim
from distribute.delivery.columns import UtcDateTime
from distribute.delivery.evidence import believe
from distribute.delivery.jobs import defer
from distribute.delivery.moves import ASKED, END, FREE, MOVE, PEOPLE, SETTLE, SETTLE_ALIKE, START, TAKE
from distribute.delivery.packing import opened
from distribute.delivery.queue import add_batch, cancel_planned, wait
from distribute.delivery.records import outcome_values
from distribute.delivery.schema import batch, delivery
from distribute.domain.content import Accepted, Outcomes
from distribute.domain.delivery import BATCH_MOVES, BatchState, PlanState, Status
from distribute.domain.plan import Batch
from distribute.errors import LateAnswer, PlanError

PATIENCE = 60.0
"""Seconds for which an outcome waits to be written down when the ledger's database is away."""

LOST, ORPHANED = "lost", "orphaned"
"""Outcomes of an attempt nobody has an answer to: the answer did not come, or who waited for it died."""


class Batches(BatchRows):
    """The rows of ``batch`` and ``attempt``, and every move of them."""

    def defer(self, now: datetime) -> int:
        """Give every batch that may leave its job, where jobs carry them; how many had none."""
        with self._db.writing() as db:
            return defer(db, now)

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
            body = opened(bytes(its["body"]), its["sha256"], its["seal"], lambda: self._files(db, its["plan"]))
            if body is None:
                raise PlanError(f"batch {batch_id} of plan {its['plan']} is not what was planned: it was not sent")
            fence, first = its["fence"] + 1, its["first_sent"] or at
            TAKE(db, fence, first, owner, batch_id)
            START(db, batch_id, fence, at)
            people = {key.hex(): (number, recipient) for number, key, recipient in PEOPLE.rows(db, batch_id)}
            return Claim(
                batch=batch_id,
                fence=fence,
                plan=its["plan"],
                channel=its["channel"],
                provider=its["provider"],
                body=body,
                sha256=its["sha256"],
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
            if (outcome := _of_all(outcomes, claim)) is not None:
                SETTLE_ALIKE(db, *outcome_values(outcome, why), at, claim.batch)
                return
            rows = [(*outcome_values(outcomes.get(key), why), at, number) for key, (number, _) in claim.people.items()]
            SETTLE.many(db, rows)
            if any(row[0] == Status.UNCERTAIN for row in rows):
                db.execute(batch.update().where(batch.c.id == claim.batch).values(ask_at=ask_at))
            if any(row[0] != Status.ACCEPTED for row in rows):
                believe(db, _in(claim), now)

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
            db.execute(delivery.update().where(_waiting(claim)).values(waits))
            wait(db, claim.batch, at)
            cancel_planned(db, claim.plan, now, if_plan_is=PlanState.CANCELLED)

    def doubt(
        self, claim: Claim, detail: str, now: datetime, ask_at: datetime | None = None, outcome: str = LOST
    ) -> None:
        """It left and the answer is unknown: every delivery in it is uncertain until somebody knows."""
        with self._moving(claim, BatchState.UNCERTAIN, f"uncertain: {detail}", now, outcome) as db:
            db.execute(batch.update().where(batch.c.id == claim.batch).values(ask_at=ask_at))
            values = {"status": Status.UNCERTAIN, "reason": detail, "settled_at": now}
            db.execute(delivery.update().where(_waiting(claim)).values(values))

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
                db.execute(delivery.update().where(belongs).values(batch=add_batch(db, claim.plan, part, claim.batch)))
            for key, reason in (skipped or {}).items():
                values = {"status": Status.SKIPPED, "reason": reason, "live": None, "settled_at": now}
                belongs = (delivery.c.batch == claim.batch) & (delivery.c.key == key)
                db.execute(delivery.update().where(belongs).values(values))
            cancel_planned(db, claim.plan, now, if_plan_is=PlanState.CANCELLED)

    @contextmanager
    def _moving(
        self, claim: Claim, to: BatchState, detail: str, now: datetime, outcome: str = ""
    ) -> Iterator[sa.Connection]:
        """Move a claimed batch while its fence holds; a late answer is refused and changes nothing."""
        if to not in BATCH_MOVES[BatchState.SUBMITTING]:
            raise ValueError(f"a batch under way never becomes {to}")
        with self._db.writing(patience=PATIENCE) as db:
            if not MOVE(db, to.value, claim.batch, claim.fence).rowcount:
                raise LateAnswer(f"batch {claim.batch} was settled by another worker: this late answer is not applied")
            END(db, UtcDateTime.text(now), outcome or to.value, detail, claim.batch, claim.fence)
            yield db
            if to is not BatchState.SETTLED:
                believe(db, _in(claim), now)
            if to in {BatchState.PLANNED, BatchState.REPLACED}:
                defer(db, now, [claim.plan])


def _of_all(outcomes: Outcomes, claim: Claim) -> Accepted | None:
    """What was said of everybody at once; None where each has an outcome of their own."""
    first = outcomes.get(claim.keys[0])
    if isinstance(first, Accepted) and all(outcomes.get(key) is first for key in claim.people):
        return first
    return None


def _waiting(claim: Claim) -> sa.ColumnElement[bool]:
    """Those in a claimed batch of whom nothing is known: what was reported of others stands."""
    return (delivery.c.batch == claim.batch) & (delivery.c.status == Status.PLANNED)


def _in(claim: Claim) -> sa.ColumnElement[bool]:
    """Those who are, or were until now, in a claimed batch."""
    return (delivery.c.batch == claim.batch) | delivery.c.id.in_([number for number, _ in claim.people.values()])


_AGAIN = "the same request was made again and answered"
