"""Plans in the ledger: recorded, begun, held, started channel by channel, done."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from distribute.delivery.database import Database
from distribute.delivery.journal import PROGRAM, Deed, write
from distribute.delivery.queue import add_batch, cancel_planned
from distribute.delivery.records import channel_row, delivery_rows, in_chunks, plan_row
from distribute.delivery.schema import UtcDateTime, batch, delivery, letter, plan, plan_channel
from distribute.domain.delivery import BatchState, PlanState, Status
from distribute.domain.plan import EMAIL, Plan, letter_record
from distribute.errors import PlanError

BEGUN = (PlanState.SCHEDULED, PlanState.RUNNING)


class Plans:
    """The rows of ``plan`` and ``plan_channel``, and every move of them."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def record(self, it: Plan, digest: str, by: str = PROGRAM) -> None:
        """Write a plan with every delivery, skip and batch in one transaction; a known one stays as it is.

        ``by`` is its author.
        """
        with self._db.writing() as db:
            if db.execute(sa.select(plan.c.id).where(plan.c.id == it.id)).first():
                return
            db.execute(plan.insert().values(plan_row(it, digest, by)))
            db.execute(plan_channel.insert(), [channel_row(it, channel) for channel in it.channels])
            for variant, compiled in it.letters.items():
                db.execute(letter.insert().values(plan=it.id, variant=variant, record=letter_record(compiled)))
            carried_by: dict[str, int] = {}
            for item in it.batches:
                carried_by |= dict.fromkeys(item.keys, add_batch(db, it.id, item))
            for chunk in in_chunks(delivery_rows(it, carried_by)):
                db.execute(delivery.insert(), chunk)
            write(db, Deed.PLANNED, it.id, at=it.created_at, by=by, hash=digest, deliveries=it.deliveries)

    def find(self, plan_id: str) -> dict[str, Any]:
        """The plan's row; PlanError when there is none of that id."""
        with self._db.reading() as db:
            row = db.execute(sa.select(plan).where(plan.c.id == plan_id)).mappings().first()
        if row is None:
            raise PlanError(f"there is no plan “{plan_id}” in this workspace: `distribute status` lists them")
        return dict(row)

    def release(self, plan_id: str) -> str:
        """The slug of the plan's release."""
        return str(self.find(plan_id)["release"])

    def newest_first(self) -> list[dict[str, Any]]:
        with self._db.reading() as db:
            rows = db.execute(sa.select(plan).order_by(plan.c.created_at.desc(), plan.c.id)).mappings()
            return [dict(row) for row in rows]

    def channels(self, plan_id: str) -> list[dict[str, Any]]:
        """The plan's channels, earliest first, e-mail before networks."""
        rows = sa.select(plan_channel).where(plan_channel.c.plan == plan_id)
        with self._db.reading() as db:
            ordered = db.execute(
                rows.order_by(plan_channel.c.at, plan_channel.c.channel != EMAIL, plan_channel.c.channel)
            ).mappings()
            return [dict(row) for row in ordered]

    def sent_under_another_name(self, release_file: str, release: str) -> dict[str, Any] | None:
        """The newest begun plan made from the same file under another slug, if there is one."""
        same_file = (plan.c.release_file == release_file) & (plan.c.release != release) & plan.c.begun_at.is_not(None)
        with self._db.reading() as db:
            row = db.execute(sa.select(plan).where(same_file).order_by(plan.c.begun_at.desc())).mappings().first()
        return dict(row) if row else None

    def begin(self, plan_id: str, now: datetime, by: str = PROGRAM) -> None:
        """Make a plan's promises binding; whatever is due starts now, since a person says so.

        Raises PlanError when the plan is not one that can begin, or when another plan has promised
        this edition to one of its recipients since it was made.
        """
        with self._db.writing() as db:
            state = db.execute(sa.select(plan.c.state).where(plan.c.id == plan_id)).scalar_one()
            if state not in {PlanState.PLANNED, PlanState.APPROVED, PlanState.HELD}:
                raise PlanError(f"plan {plan_id} is {state} already: see `distribute status {plan_id}`")
            bound = self._bind(db, plan_id)
            is_due = (plan_channel.c.plan == plan_id) & (plan_channel.c.at <= now) & plan_channel.c.begun_at.is_(None)
            started = db.execute(plan_channel.update().where(is_due).values(begun_at=now)).rowcount
            begun_at = sa.func.coalesce(plan.c.begun_at, sa.bindparam("moment", now, UtcDateTime))
            to = PlanState.RUNNING if started or state == PlanState.HELD else PlanState.SCHEDULED
            db.execute(plan.update().where(plan.c.id == plan_id).values(state=to, because=None, begun_at=begun_at))
            write(db, Deed.CONFIRMED, plan_id, at=now, by=by, was=state, deliveries=bound)

    def hold(self, plan_id: str, because: str, now: datetime, by: str = PROGRAM) -> None:
        """Nothing more of this plan may be claimed until a person says so."""
        with self._db.writing() as db:
            is_begun = (plan.c.id == plan_id) & plan.c.state.in_(BEGUN)
            if db.execute(plan.update().where(is_begun).values(state=PlanState.HELD, because=because)).rowcount:
                write(db, Deed.HELD, plan_id, at=now, by=by, because=because)

    def resume(self, plan_id: str, now: datetime, grace: timedelta, by: str = PROGRAM) -> None:
        """A held plan goes on: at its instants, or at once where it had started.

        Raises PlanError when it is not held, and when an instant passed longer than ``grace`` ago
        while it was: whether late news is still right is more than a resumption.
        """
        with self._db.writing() as db:
            state = db.execute(sa.select(plan.c.state).where(plan.c.id == plan_id)).scalar_one()
            if state != PlanState.HELD:
                raise PlanError(f"plan {plan_id} is {state}, not held: see `distribute status {plan_id}`")
            not_begun = (plan_channel.c.plan == plan_id) & plan_channel.c.begun_at.is_(None)
            is_late = sa.select(plan_channel.c.channel).where(not_begun, plan_channel.c.at < now - grace)
            if late := db.execute(is_late).scalar():
                raise PlanError(
                    f"the time of plan {plan_id} for {late} has passed: if it is still right, "
                    f"`distribute send --plan {plan_id}` sends it now"
                )
            has_begun = (plan_channel.c.plan == plan_id) & plan_channel.c.begun_at.is_not(None)
            began = db.execute(sa.select(plan_channel.c.channel).where(has_begun)).first()
            to = PlanState.RUNNING if began else PlanState.SCHEDULED
            db.execute(plan.update().where(plan.c.id == plan_id).values(state=to, because=None))
            write(db, Deed.RESUMED, plan_id, at=now, by=by)

    def cancel(self, plan_id: str, now: datetime, by: str = PROGRAM) -> None:
        """Nothing more of this plan leaves, ever; its people may be promised the edition again.

        Raises PlanError when it is done or cancelled already.
        """
        with self._db.writing() as db:
            state = db.execute(sa.select(plan.c.state).where(plan.c.id == plan_id)).scalar_one()
            if state in {PlanState.DONE, PlanState.CANCELLED}:
                raise PlanError(f"plan {plan_id} is {state} already: there is nothing left to cancel")
            values = {"state": PlanState.CANCELLED, "because": None, "finished_at": now}
            db.execute(plan.update().where(plan.c.id == plan_id).values(values))
            cancel_planned(db, plan_id, now, if_plan_is=PlanState.CANCELLED)
            write(db, Deed.CANCELLED, plan_id, at=now, by=by, was=state)

    def pending_channels(self) -> list[dict[str, Any]]:
        """The channels of begun plans that have not started (plan, channel, at), earliest first."""
        rows = (
            sa.select(plan_channel.c.plan, plan_channel.c.channel, plan_channel.c.at)
            .join(plan, plan.c.id == plan_channel.c.plan)
            .where(plan.c.state.in_(BEGUN), plan_channel.c.begun_at.is_(None))
            .order_by(plan_channel.c.at, plan_channel.c.plan, plan_channel.c.channel)
        )
        with self._db.reading() as db:
            return [dict(row) for row in db.execute(rows).mappings()]

    def begun(self) -> Sequence[str]:
        """The ids of plans that are scheduled or running."""
        with self._db.reading() as db:
            return (
                db.execute(sa.select(plan.c.id).where(plan.c.state.in_(BEGUN)).order_by(plan.c.begun_at))
                .scalars()
                .all()
            )

    def start_channel(self, plan_id: str, channel: str, now: datetime) -> bool:
        """Open a channel for claiming; False when it is not due, has started, or its plan is not begun."""
        is_due = (
            (plan_channel.c.plan == plan_id)
            & (plan_channel.c.channel == channel)
            & (plan_channel.c.at <= now)
            & plan_channel.c.begun_at.is_(None)
            & sa.exists().where(plan.c.id == plan_id, plan.c.state.in_(BEGUN))
        )
        with self._db.writing() as db:
            started = db.execute(plan_channel.update().where(is_due).values(begun_at=now)).rowcount
            if started:
                db.execute(plan.update().where(plan.c.id == plan_id).values(state=PlanState.RUNNING))
        return bool(started)

    def rest(self, plan_id: str, now: datetime) -> PlanState:
        """Write and return where a begun plan stands: running, waiting for a later instant, or done."""
        with self._db.writing() as db:
            state = PlanState(db.execute(sa.select(plan.c.state).where(plan.c.id == plan_id)).scalar_one())
            if state not in BEGUN:
                return state
            is_open = (batch.c.plan == plan_id) & batch.c.state.in_([BatchState.PLANNED, BatchState.SUBMITTING])
            open_channels = set(db.execute(sa.select(batch.c.channel).where(is_open)).scalars())
            has_begun = (plan_channel.c.plan == plan_id) & plan_channel.c.begun_at.is_not(None)
            started = set(db.execute(sa.select(plan_channel.c.channel).where(has_begun)).scalars())
            if not open_channels:
                state = PlanState.DONE
            else:
                state = PlanState.RUNNING if open_channels & started else PlanState.SCHEDULED
            finished = {"finished_at": now} if state is PlanState.DONE else {}
            db.execute(plan.update().where(plan.c.id == plan_id).values(state=state, **finished))
            return state

    @staticmethod
    def _bind(db: sa.Connection, plan_id: str) -> int:
        """Make the promises of a plan binding; how many there are."""
        promises = (delivery.c.plan == plan_id) & (delivery.c.status == Status.PLANNED)
        try:
            return int(db.execute(delivery.update().where(promises).values(live=True)).rowcount)
        except sa.exc.IntegrityError:
            raise PlanError(
                f"plan {plan_id} has drifted: another plan has promised this edition to some of its recipients "
                "since it was made; plan again"
            ) from None
