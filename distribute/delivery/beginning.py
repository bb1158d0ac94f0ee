"""What must be so before a plan begins, and the window in which its beginning can be undone."""

from __future__ import annotations

from datetime import datetime, timedelta

import sqlalchemy as sa

from distribute.delivery.approvals import Seal, why_unapproved
from distribute.delivery.schema import batch, plan, plan_channel
from distribute.delivery.trials import require_tested
from distribute.domain.delivery import BatchState, PlanState
from distribute.domain.plan import OUTBOX
from distribute.errors import PlanError

MAY_BEGIN = frozenset({PlanState.PLANNED, PlanState.APPROVED, PlanState.HELD})


def require_ready(
    db: sa.Connection, seal: Seal | None, plan_id: str, *, is_released: bool, needs_test: bool = False
) -> str:
    """The state of a plan that may begin; PlanError for one that may not. ``seal`` where approvals are required.

    Where it ``needs_test``, a plan whose letter nobody of ours was sent does not begin; one that has begun goes on.
    """
    row = db.execute(sa.select(plan).where(plan.c.id == plan_id)).mappings().one()
    if row["state"] not in MAY_BEGIN:
        raise PlanError(f"plan {plan_id} is {row['state']} already: see `distribute status {plan_id}`")
    if is_released and not row["armed"]:
        raise PlanError(f"plan {plan_id} is not armed: `distribute send --plan {plan_id}` sends it")
    if is_released and row["begun_at"]:
        raise PlanError(f"plan {plan_id} was released already: `distribute send --plan {plan_id}` carries it on")
    if row["armed"] and not (is_released or row["begun_at"]):
        raise PlanError(f"plan {plan_id} is armed: `distribute release {plan_id}` starts it, and nothing else does")
    require_approved(db, seal, plan_id)
    if needs_test and not row["begun_at"]:
        require_tested(db, plan_id)
    return str(row["state"])


def require_approved(db: sa.Connection, seal: Seal | None, plan_id: str) -> None:
    """PlanError when an approval is required (there is a seal) and none holds."""
    if seal and (why := why_unapproved(db, seal, plan_id)):
        raise PlanError(why)


def open_window(db: sa.Connection, plan_id: str, now: datetime, undo: timedelta) -> datetime | None:
    """Let nothing of the started channels leave for ``undo`` from now, and return until when.

    None where there is no such time, and where nothing would leave this machine anyway. Once something has left
    there is nothing to undo, and what is left does not wait again. A window from before ends.
    """
    before = db.execute(sa.select(plan.c.leaves_at).where(plan.c.id == plan_id)).scalar_one()
    if has_left(db, plan_id) or not (undo or before):
        return None
    until = now + undo
    leaving = sa.select(plan_channel.c.channel).where(
        plan_channel.c.plan == plan_id, plan_channel.c.begun_at.is_not(None), plan_channel.c.provider != OUTBOX
    )
    waits = (batch.c.plan == plan_id) & (batch.c.state == BatchState.PLANNED) & batch.c.channel.in_(leaving)
    is_sooner = (batch.c.not_before < until) | (batch.c.not_before == before)
    put_off = db.execute(batch.update().where(waits, is_sooner).values(not_before=until)).rowcount
    leaves_at = until if undo and put_off else None
    db.execute(plan.update().where(plan.c.id == plan_id).values(leaves_at=leaves_at))
    return leaves_at


def has_left(db: sa.Connection, plan_id: str) -> bool:
    """Whether a request of the plan was ever made."""
    made = (batch.c.plan == plan_id) & batch.c.first_sent.is_not(None)
    return db.execute(sa.select(batch.c.id).where(made).limit(1)).first() is not None
