"""Batches as they are in the ledger: read, never moved."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from heapq import merge
from typing import Any

import sqlalchemy as sa

from distribute.delivery.columns import UtcDateTime
from distribute.delivery.database import Database
from distribute.delivery.enclosures import Texts, stored_texts
from distribute.delivery.moves import CARRIED_BY, WAITING, WAITING_OF
from distribute.delivery.packing import unpack
from distribute.delivery.queue import is_claimable
from distribute.delivery.schema import batch, request
from distribute.domain.delivery import BatchState
from distribute.domain.plan import Batch

_TOGETHER = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A batch taken for submission. Its ``fence`` must still hold when the outcome is written.

    ``tries`` counts this one; ``first_sent`` is when the first of them was begun. A batch that
    ``may_have_left`` before may only be repeated as it is, or doubted. ``owner`` is the number of
    the worker that took it. ``people`` maps the keys of those of whom nothing is known yet to the number of the
    delivery's row and to whom it goes.
    """

    batch: int
    fence: int
    plan: str
    channel: str
    provider: str
    body: bytes
    sha256: str
    keys: tuple[str, ...]
    first_sent: datetime
    may_have_left: bool
    owner: int
    people: Mapping[str, tuple[int, str]] = field(default_factory=dict)

    @property
    def tries(self) -> int:
        return self.fence


class BatchRows:
    """The rows of ``batch`` and what they carry."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._asked: dict[int, tuple[str, str]] = {}
        self._texts: dict[str, Texts] = {}

    def claimable(
        self, plans: Sequence[str] | None, now: datetime, *, limit: int, leave_out: Iterable[int] = ()
    ) -> list[int]:
        """The first ``limit`` batches that may be claimed now, of these plans (None: of any), in order."""
        aside, at = frozenset(leave_out), UtcDateTime.text(now)
        most = limit + len(aside)
        with self._db.reading() as db:
            of_any = [WAITING.rows(db, at, most)] if plans is None else []
            queues = of_any or [WAITING_OF.rows(db, at, plan_id, most) for plan_id in plans or ()]
        return [number for _, number in merge(*queues) if number not in aside][:limit]

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

    def is_busy(self, plans: Sequence[str] | None, now: datetime) -> bool:
        """Whether anything (of these plans) is under way or may leave now."""
        is_due = is_claimable() & (batch.c.not_before <= now)
        query = sa.select(batch.c.id).where((batch.c.state == BatchState.SUBMITTING) | is_due)
        if plans is not None:
            query = query.where(batch.c.plan.in_(plans))
        with self._db.reading() as db:
            return db.execute(query.limit(1)).first() is not None

    def ended(self, plan_id: str) -> tuple[int, int]:
        """How many of a plan's requests have come to an end, and how many there are."""
        is_open = (batch.c.state == BatchState.PLANNED) | (batch.c.state == BatchState.SUBMITTING)
        query = sa.select(sa.func.count(sa.case((~is_open, 1))), sa.func.count()).where(batch.c.plan == plan_id)
        with self._db.reading() as db:
            ended, total = db.execute(query).one()
        return ended, total

    def carried_by(self, batch_id: int) -> tuple[str, str]:
        """The plan a batch belongs to, and the provider that carries it: neither ever changes."""
        found = self._asked.get(batch_id)
        if found is None:
            with self._db.reading() as db:
                rows = db.execute(CARRIED_BY, {"its": batch_id, "others": batch_id + _TOGETHER})
                self._asked = known = {number: (plan_id, provider) for number, plan_id, provider in rows}
            found = known[batch_id]
        return found

    def planned(self, batch_id: int) -> Batch:
        """A batch as it was planned: its bytes and keys."""
        with self._db.reading() as db:
            row = db.execute(with_request().where(batch.c.id == batch_id)).mappings().one()
            body = unpack(row["body"], lambda: self._files(db, row["plan"]))
        return Batch(
            channel=row["channel"],
            provider=row["provider"],
            at=row["not_before"],
            body=body,
            keys=tuple(row["keys"]),
        )

    def under_way(self) -> Sequence[Claim]:
        """Batches that are claimed and not settled. Those whose owner is dead are orphans."""
        with self._db.reading() as db:
            rows = db.execute(with_request().where(batch.c.state == BatchState.SUBMITTING)).mappings().all()
            return [read_claim(row, lambda plan_id: self._files(db, plan_id)) for row in rows]

    def _files(self, db: sa.Connection, plan_id: str) -> Texts:
        """The files of a plan's letters; those of the plan asked for last are at hand."""
        if plan_id not in self._texts:
            self._texts = {plan_id: stored_texts(db, plan_id)}
        return self._texts[plan_id]


def with_request() -> sa.Select[Any]:
    return sa.select(batch, request.c["keys"], request.c.body).join(request, request.c.batch == batch.c.id)


def read_claim(row: sa.RowMapping, files: Callable[[str], Texts]) -> Claim:
    return Claim(
        batch=row["id"],
        fence=row["fence"],
        plan=row["plan"],
        channel=row["channel"],
        provider=row["provider"],
        body=unpack(row["body"], lambda: files(row["plan"])),
        sha256=row["sha256"],
        keys=tuple(row["keys"]),
        first_sent=row["first_sent"],
        may_have_left=row["may_have_left"],
        owner=row["owner"] or 0,
    )
