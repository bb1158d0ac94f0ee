"""Plans in the ledger: recorded, begun, held, started channel by channel, done."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import sqlalchemy as sa

from distribute.delivery.approvals import Seal, why_unapproved
from distribute.delivery.beginning import has_left, open_window, require_approved, require_ready
from distribute.delivery.columns import UtcDateTime
from distribute.delivery.database import Database
from distribute.delivery.draft import DraftedPlan
from distribute.delivery.jobs import call_off, defer
from distribute.delivery.journal import PROGRAM, Deed, write
from distribute.delivery.pauses import is_faulty, let_rest_go, put_off_rest
from distribute.delivery.plan_rows import BEGUN, PlanRows
from distribute.delivery.queue import cancel_planned
from distribute.delivery.recording import record
from distribute.delivery.schema import batch, delivery, is_of, plan, plan_channel
from distribute.domain.delivery import BatchState, PlanState, Status
from distribute.errors import PlanError


class Plans(PlanRows):
    """Every move of a plan and its channels."""

    def __init__(self, db: Database) -> None:
        super().__init__(db)
        self._seal: Callable[[], Seal | None] = lambda: None
        self._approved: set[str] = set()
        self._needs_test = False

    def require_approval(self, seal: Callable[[], Seal]) -> None:
        """From here on nothing begins, goes on or starts unless its approval holds under this seal."""
        self._seal = seal

    def require_test(self) -> None:
        """From here on nothing begins before its letters were sent to somebody of ours."""
        self._needs_test = True

    def record(self, it: DraftedPlan, digest: str, by: str = PROGRAM) -> None:
        """Write a plan with every delivery, skip and batch; a known one stays as it is. ``by`` is its author.

        It can be seen, begun or found by nobody before all of it is there.
        """
        record(self._db, it, digest, by)

    def require_ready(self, plan_id: str, *, is_released: bool = False) -> None:
        """Raises PlanError when the plan cannot begin: it has, it is armed and not released, it lacks an approval."""
        seal = self._seal()
        with self._db.reading() as db:
            require_ready(db, seal, plan_id, is_released=is_released, needs_test=self._needs_test)

    def begin(
        self,
        plan_id: str,
        now: datetime,
        by: str = PROGRAM,
        *,
        is_released: bool = False,
        undo: timedelta = timedelta(),
    ) -> datetime | None:
        """Make a plan's promises binding; whatever is due starts now, since a person says so.

        Returns until when it can be undone: nothing that leaves this machine is requested for ``undo`` from now.
        An armed plan begins only when it is released; what has no instant of its own then gets this one.
        Raises PlanError when the plan is not one that can begin, is not approved where that is required, or when
        another plan has promised this edition to one of its recipients since it was made.
        """
        seal = self._seal()
        with self._db.writing() as db:
            state = require_ready(db, seal, plan_id, is_released=is_released, needs_test=self._needs_test)
            if is_faulty(db, plan_id):
                let_rest_go(db, plan_id, now)
            bound = self._bind(db, plan_id)
            is_due = (plan_channel.c.plan == plan_id) & (plan_channel.c.at <= now) & plan_channel.c.begun_at.is_(None)
            instant = {"at": now.replace(microsecond=0)} if is_released else {}
            started = db.execute(plan_channel.update().where(is_due).values(begun_at=now, **instant)).rowcount
            begun_at = sa.func.coalesce(plan.c.begun_at, sa.bindparam("moment", now, UtcDateTime))
            to = PlanState.RUNNING if started or state == PlanState.HELD else PlanState.SCHEDULED
            db.execute(plan.update().where(plan.c.id == plan_id).values(state=to, because=None, begun_at=begun_at))
            deed = Deed.RELEASED if is_released else Deed.CONFIRMED
            write(db, deed, plan_id, at=now, by=by, was=state, deliveries=bound)
            leaves_at = open_window(db, plan_id, now, undo)
            put_off_rest(db, plan_id, leaves_at or now)
            defer(db, now, [plan_id])
            return leaves_at

    def hold(self, plan_id: str, because: str, now: datetime, by: str = PROGRAM) -> None:
        """Nothing more of this plan may be claimed until a person says so."""
        with self._db.writing() as db:
            self._hold(db, plan_id, because, now, by)

    def undo(self, plan_id: str, now: datetime, by: str = PROGRAM) -> None:
        """Hold a plan whose confirmation somebody takes back, and say whether anything of it has left."""
        with self._db.writing() as db:
            said = "stopped after something had left" if has_left(db, plan_id) else "undone before anything left"
            self._hold(db, plan_id, f"{said}; `distribute send --plan {plan_id}` sends it", now, by)

    def resume(self, plan_id: str, now: datetime, grace: timedelta, by: str = PROGRAM) -> None:
        """A held plan goes on: at its instants, or at once where it had started.

        Raises PlanError when it is not held, and when an instant passed longer than ``grace`` ago
        while it was: whether late news is still right is more than a resumption.
        """
        seal = self._seal()
        with self._db.writing() as db:
            state = db.execute(sa.select(plan.c.state).where(plan.c.id == plan_id)).scalar_one()
            if state != PlanState.HELD:
                raise PlanError(f"plan {plan_id} is {state}, not held: see `distribute status {plan_id}`")
            require_approved(db, seal, plan_id)
            if is_faulty(db, plan_id):
                let_rest_go(db, plan_id, now)
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
            defer(db, now, [plan_id])

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
            call_off(db, plan_id)

    def start_channel(self, plan_id: str, channel: str, now: datetime) -> bool:
        """Open a channel for claiming; False when it is not due, has started, or its plan is not begun.

        A plan that is not approved, where that is required, is held instead.
        """
        seal = self._seal()
        is_due = (
            (plan_channel.c.plan == plan_id)
            & (plan_channel.c.channel == channel)
            & (plan_channel.c.at <= now)
            & plan_channel.c.begun_at.is_(None)
            & sa.exists().where(plan.c.id == plan_id, plan.c.state.in_(BEGUN))
        )
        with self._db.writing() as db:
            if db.execute(sa.select(plan_channel.c.plan).where(is_due)).first() is None:
                return False
            if self._is_kept_back(db, seal, plan_id, now):
                return False
            db.execute(plan_channel.update().where(is_due).values(begun_at=now))
            put_off_rest(db, plan_id, now)
            db.execute(plan.update().where(plan.c.id == plan_id).values(state=PlanState.RUNNING))
            defer(db, now, [plan_id])
        return True

    def rest(self, plan_id: str, now: datetime) -> PlanState:
        """Write and return where a begun plan stands: running, waiting for a later instant, or done."""
        with self._db.writing() as db:
            was = PlanState(db.execute(sa.select(plan.c.state).where(plan.c.id == plan_id)).scalar_one())
            if was not in BEGUN:
                return was
            is_open = (batch.c.plan == plan_id) & batch.c.state.in_([BatchState.PLANNED, BatchState.SUBMITTING])
            open_channels = set(db.execute(sa.select(batch.c.channel).where(is_open)).scalars())
            has_begun = (plan_channel.c.plan == plan_id) & plan_channel.c.begun_at.is_not(None)
            started = set(db.execute(sa.select(plan_channel.c.channel).where(has_begun)).scalars())
            if not open_channels:
                state = PlanState.DONE
            else:
                state = PlanState.RUNNING if open_channels & started else PlanState.SCHEDULED
            finished = {"finished_at": now} if state is PlanState.DONE else {}
            if state != was:
                db.execute(plan.update().where(plan.c.id == plan_id).values(state=state, **finished))
            return state

    def hold_unapproved(self, now: datetime) -> list[str]:
        """Hold each begun plan that is not approved where that is required; their ids. A plan is asked about once."""
        if (seal := self._seal()) is None:
            return []
        held = []
        for plan_id in set(self.begun()) - self._approved:
            with self._db.writing() as db:
                if self._is_kept_back(db, seal, plan_id, now):
                    held.append(plan_id)
                else:
                    self._approved.add(plan_id)
        return sorted(held)

    def _is_kept_back(self, db: sa.Connection, seal: Seal | None, plan_id: str, now: datetime) -> bool:
        """A plan that needs an approval and has none is held."""
        why = why_unapproved(db, seal, plan_id) if seal else ""
        if why:
            self._hold(db, plan_id, why, now, PROGRAM)
        return bool(why)

    @staticmethod
    def _hold(db: sa.Connection, plan_id: str, because: str, now: datetime, by: str) -> None:
        is_begun = (plan.c.id == plan_id) & plan.c.state.in_(BEGUN)
        if db.execute(plan.update().where(is_begun).values(state=PlanState.HELD, because=because)).rowcount:
            write(db, Deed.HELD, plan_id, at=now, by=by, because=because)
            call_off(db, plan_id)

    @staticmethod
    def _bind(db: sa.Connection, plan_id: str) -> int:
        """Make the promises of a plan binding; how many there are."""
        promises = is_of(plan_id) & (delivery.c.status == Status.PLANNED)
        try:
            return int(db.execute(delivery.update().where(promises).values(live=True)).rowcount)
        except sa.exc.IntegrityError:
            raise PlanError(
                f"plan {plan_id} has drifted: another plan has promised this edition to some of its recipients "
                "since it was made; plan again"
            ) from None
