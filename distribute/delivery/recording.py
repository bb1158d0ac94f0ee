"""A plan into the ledger, in transactions that let a worker through, under a state nobody knows until all is there."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from functools import partial
from itertools import chain, islice
from typing import Any

import sqlalchemy as sa

from distribute.delivery.database import Database
from distribute.delivery.draft import DraftedPlan
from distribute.delivery.journal import Deed, write
from distribute.delivery.packing import Kept
from distribute.delivery.prepared import Prepared
from distribute.delivery.queue import add_request
from distribute.delivery.records import channel_row, kept_letter, plan_row
from distribute.delivery.schema import batch, delivery, letter, plan, plan_channel, request
from distribute.domain.delivery import PlanState, Status, delivery_key
from distribute.domain.plan import EMAIL, Skip, content_hash
from distribute.errors import PlanError

REQUESTS_AT_ONCE, SKIPS_AT_ONCE = 20, 2_000
"""So many in one transaction: some ten milliseconds, after which somebody else may write."""
FORGOTTEN = timedelta(days=1)
"""A draft this old was left by a process that died."""

Part = Callable[[sa.Connection], None]

_COLUMNS = ("plan_number", "key", "channel", "recipient", "name", "variant", "content", "status", "reason", "batch")
_DELIVERY = Prepared(
    delivery.insert().values({name: sa.bindparam(f"to_{name}") for name in _COLUMNS}),
    *(f"to_{name}" for name in _COLUMNS),
)


def record(database: Database, it: DraftedPlan, digest: str, by: str) -> None:
    """Write a plan with every delivery, skip and request; one that is known stays as it is.

    What a process that died left of the same plan is taken away first.
    """
    number = _open(database, it, digest, by)
    if number is None:
        return
    for part in chain(_requests(it, number), _skips(it, number)):
        with database.writing() as db:
            _require_open(db, it.id, number)
            part(db)
    with database.writing() as db:
        _require_open(db, it.id, number)
        db.execute(plan.update().where(plan.c.id == it.id).values(state=PlanState.PLANNED))
        write(db, Deed.PLANNED, it.id, at=it.created_at, by=by, hash=digest, deliveries=it.deliveries)
        if it.is_armed:
            write(db, Deed.ARMED, it.id, at=it.created_at, by=by)


def _requests(it: DraftedPlan, number: int) -> Iterator[Part]:
    """The requests with their deliveries, some at a time."""
    posts = {post.key: post for post in it.posts}
    people, requests = it.draft.carried(), it.draft.requests()

    def rows(item: Kept, carried_by: int) -> Iterator[tuple[Any, ...]]:
        for key in item.keys:
            its: tuple[str | None, ...]
            if item.channel == EMAIL:
                person, content = next(people)
                its = (EMAIL, person.contact.email, person.contact.name, person.variant)
            else:
                post = posts[key]
                its, content = (post.network, post.account, "", None), content_hash(post)
            stands = (Status.PLANNED.value, None, carried_by)
            yield (number, bytes.fromhex(key), *its, _bytes(content), *stands)

    def write_some(some: Sequence[Kept]) -> Part:
        def part(db: sa.Connection) -> None:
            for item in some:
                _DELIVERY.many(db, list(rows(item, add_request(db, it.id, item))))

        return part

    while some := list(islice(requests, REQUESTS_AT_ONCE)):
        yield write_some(some)


def _skips(it: DraftedPlan, number: int) -> Iterator[Part]:
    """Those who get nothing, some at a time."""
    skips = iter(it.skips)
    while some := [_skip_row(it, number, skip) for skip in islice(skips, SKIPS_AT_ONCE)]:
        yield partial(_DELIVERY.many, rows=some)


def _skip_row(it: DraftedPlan, number: int, skip: Skip) -> tuple[Any, ...]:
    key = delivery_key(it.release, it.edition, skip.channel, skip.recipient)
    reason = f"{skip.reason}: {skip.detail}" if skip.detail else str(skip.reason)
    its = (number, bytes.fromhex(key), skip.channel, skip.recipient, skip.name, None, None)
    return (*its, Status.SKIPPED.value, reason, None)


def _bytes(content: str) -> bytes:
    return bytes.fromhex(content.removeprefix("sha256:"))


def _open(database: Database, it: DraftedPlan, digest: str, by: str) -> int | None:
    """The plan's number; None when it is recorded already."""
    with database.writing() as db:
        state = db.execute(sa.select(plan.c.state).where(plan.c.id == it.id)).scalar()
        if state is not None and state != PlanState.DRAFTED:
            return None
        is_left = (plan.c.id == it.id) | (plan.c.created_at < it.created_at - FORGOTTEN)
        forgotten = sa.select(plan.c.id, plan.c.number).where(plan.c.state == PlanState.DRAFTED, is_left)
        for left, its_number in db.execute(forgotten).all():
            _forget(db, left, its_number)
        number = int(db.execute(sa.select(sa.func.coalesce(sa.func.max(plan.c.number), 0) + 1)).scalar_one())
        db.execute(plan.insert().values(plan_row(it, digest, by) | {"number": number}))
        db.execute(plan_channel.insert(), [channel_row(it, channel) for channel in it.channels])
        for variant, compiled in it.letters.items():
            db.execute(letter.insert().values(plan=it.id, variant=variant, record=kept_letter(compiled)))
    return number


def _forget(db: sa.Connection, plan_id: str, number: int) -> None:
    """Take away what was written of a plan that nobody knows."""
    db.execute(delivery.delete().where(delivery.c.plan_number == number))
    db.execute(request.delete().where(request.c.batch.in_(sa.select(batch.c.id).where(batch.c.plan == plan_id))))
    for table in (batch, letter, plan_channel):
        db.execute(table.delete().where(table.c.plan == plan_id))
    db.execute(plan.delete().where(plan.c.id == plan_id))


def _require_open(db: sa.Connection, plan_id: str, number: int) -> None:
    """PlanError when somebody else took this plan over while it was being written."""
    known = sa.select(plan.c.id).where(plan.c.number == number, plan.c.state == PlanState.DRAFTED)
    if db.execute(known).scalar() != plan_id:
        raise PlanError(f"plan {plan_id} is being made by another command at the same time: see `distribute status`")
