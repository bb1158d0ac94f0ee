"""Where deliveries stand: read, never written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from distribute.delivery.database import Database
from distribute.delivery.packing import unpack_readers
from distribute.delivery.schema import attempt, batch, delivery, is_of, letter, plan, plan_channel, request
from distribute.domain.delivery import BatchState, Status
from distribute.domain.plan import EMAIL

_AT_A_TIME = 1_000


class Standing:
    """What the ledger answers about recipients."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def promised(self, release: str, edition: int) -> dict[str, str]:
        """The keys of this edition that a begun plan holds, each with that plan's id."""
        return dict(self.promises(release, edition))

    def promises(self, release: str, edition: int) -> Iterator[tuple[str, str]]:
        """The same, one by one."""
        known = (
            sa.select(delivery.c.key, plan.c.id)
            .join(plan, plan.c.number == delivery.c.plan_number)
            .where(plan.c.release == release, plan.c.edition == edition, delivery.c.live)
        )
        with self._db.reading() as db:
            yield from ((key, owner) for key, owner in db.execute(known.execution_options(yield_per=_AT_A_TIME)))

    def promised_readers(self, release: str, edition: int) -> Iterator[tuple[str, str]]:
        """The addresses that a plan holds a letter of that release for, with that plan's id."""
        known = (
            sa.select(delivery.c.recipient, plan.c.id)
            .join(plan, plan.c.number == delivery.c.plan_number)
            .where(plan.c.release == release, plan.c.edition == edition, delivery.c.channel == EMAIL, delivery.c.live)
        )
        with self._db.reading() as db:
            yield from ((reader, owner) for reader, owner in db.execute(known.execution_options(yield_per=_AT_A_TIME)))

    def deliveries(self, plan_id: str) -> list[dict[str, Any]]:
        """Every delivery in planned order: its columns, its ``standing``, ``provider`` and ``attempts``."""
        tries = sa.select(sa.func.count()).where(attempt.c.batch == batch.c.id).scalar_subquery()
        is_carried = (plan_channel.c.plan == plan_id) & (plan_channel.c.channel == delivery.c.channel)
        rows = (
            sa.select(delivery, _standing().label("standing"), plan_channel.c.provider, tries.label("attempts"))
            .join(batch, batch.c.id == delivery.c.batch, isouter=True)
            .join(plan_channel, is_carried, isouter=True)
            .where(is_of(plan_id))
            .order_by(delivery.c.id)
        )
        with self._db.reading() as db:
            return [dict(row) for row in db.execute(rows).mappings()]

    def counts(self, plan_id: str) -> dict[str, dict[str, int]]:
        """Deliveries by channel and status; every key of the plan is counted exactly once."""
        standing = _standing().label("standing")
        rows = (
            sa.select(delivery.c.channel, standing, sa.func.count())
            .join(batch, batch.c.id == delivery.c.batch, isouter=True)
            .where(is_of(plan_id))
            .group_by(delivery.c.channel, standing)
        )
        counted: dict[str, dict[str, int]] = {}
        with self._db.reading() as db:
            for channel, status, number in db.execute(rows):
                counted.setdefault(channel, dict.fromkeys((str(s) for s in Status), 0))[status] = number
        return counted

    def astray(self, plan_id: str, counts: Mapping[str, Mapping[str, int]]) -> str:
        """A sentence when the keys of a plan are not all in its ``counts``, each with one status; else empty."""
        planned = sa.select(plan_channel.c.channel, plan_channel.c["keys"]).where(plan_channel.c.plan == plan_id)
        with self._db.reading() as db:
            wrong = [
                f"{channel} was planned with {keys:,} keys and has {sum(counts.get(channel, {}).values()):,}"
                for channel, keys in db.execute(planned)
                if keys is not None and keys != sum(counts.get(channel, {}).values())
            ]
        return f"the ledger of plan {plan_id} does not add up: {'; '.join(wrong)}" if wrong else ""

    def uncertain(self, plan_id: str) -> list[dict[str, Any]]:
        """The uncertain deliveries in planned order: key, channel, recipient, reason."""
        rows = (
            sa.select(delivery.c.key, delivery.c.channel, delivery.c.recipient, delivery.c.reason)
            .join(batch, batch.c.id == delivery.c.batch, isouter=True)
            .where(is_of(plan_id), _standing() == str(Status.UNCERTAIN))
            .order_by(delivery.c.id)
        )
        with self._db.reading() as db:
            return [dict(row) for row in db.execute(rows).mappings()]

    def skipped(self, plan_id: str) -> dict[str, dict[str, int]]:
        """How many are skipped, by channel and reason."""
        rows = sa.select(delivery.c.channel, delivery.c.reason).where(
            is_of(plan_id), delivery.c.status == Status.SKIPPED
        )
        counted: dict[str, Counter[str]] = {}
        with self._db.reading() as db:
            for channel, reason in db.execute(rows):
                counted.setdefault(channel, Counter())[reason.partition(":")[0]] += 1
        return {channel: dict(reasons) for channel, reasons in counted.items()}

    def carried(self, batch_id: int) -> list[dict[str, Any]]:
        """The deliveries in a batch, in planned order, with the ``values`` of each one's letter."""
        with self._db.reading() as db:
            rows = sa.select(delivery).where(delivery.c.batch == batch_id).order_by(delivery.c.id)
            packed = db.execute(sa.select(request.c.readers).where(request.c.batch == batch_id)).scalar()
            readers = unpack_readers(packed)
            return [{**row, "values": readers.get(row["key"])} for row in db.execute(rows).mappings()]

    def letter(self, plan_id: str, variant: str) -> dict[str, Any]:
        """The compiled letter of a variant, as it was recorded."""
        with self._db.reading() as db:
            query = sa.select(letter.c.record).where(letter.c.plan == plan_id, letter.c.variant == variant)
            return dict(db.execute(query).scalar_one())

    def attachments(self, plan_id: str) -> list[list[Any]]:
        """The records of the files that a plan's letters carry, each once, without their bytes."""
        query = sa.select(letter.c.record["attachments"]).where(letter.c.plan == plan_id).order_by(letter.c.variant)
        with self._db.reading() as db:
            found = [it for files in db.execute(query).scalars() for it in files or ()]
        return list({it[2]: it for it in found}.values())

    def next_try(self, plan_id: str) -> tuple[datetime, str] | None:
        """When the earliest postponed batch of a plan may be tried again, and why it was postponed."""
        last = sa.select(attempt.c.detail).where(attempt.c.batch == batch.c.id).order_by(attempt.c.id.desc()).limit(1)
        postponed = (batch.c.plan == plan_id) & (batch.c.state == BatchState.PLANNED) & (batch.c.fence > 0)
        rows = sa.select(batch.c.not_before, last.scalar_subquery()).where(postponed).order_by(batch.c.not_before)
        with self._db.reading() as db:
            row = db.execute(rows).first()
        return (row[0], row[1] or "") if row else None


def _standing() -> sa.ColumnElement[str]:
    """A delivery's status, which follows from the batch's while that is under way or waits to be repeated."""
    is_planned = delivery.c.status == Status.PLANNED
    return sa.case(
        (is_planned & (batch.c.state == BatchState.SUBMITTING), str(Status.SUBMITTING)),
        (is_planned & batch.c.may_have_left, str(Status.UNCERTAIN)),
        else_=delivery.c.status,
    )
