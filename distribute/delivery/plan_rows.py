"""Plans as the ledger has them: read, never written."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from distribute.delivery.database import Database
from distribute.delivery.schema import plan, plan_channel
from distribute.domain.delivery import PlanState
from distribute.domain.plan import EMAIL
from distribute.errors import PlanError

BEGUN = (PlanState.SCHEDULED, PlanState.RUNNING)

_IS_KNOWN = plan.c.state != PlanState.DRAFTED


class PlanRows:
    """The rows of ``plan`` and ``plan_channel``."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def find(self, plan_id: str) -> dict[str, Any]:
        """The plan's row; PlanError when there is none of that id."""
        with self._db.reading() as db:
            row = db.execute(sa.select(plan).where(plan.c.id == plan_id, _IS_KNOWN)).mappings().first()
        if row is None:
            raise PlanError(f"there is no plan “{plan_id}” in this workspace: `distribute status` lists them")
        return dict(row)

    def release(self, plan_id: str) -> str:
        """The slug of the plan's release."""
        return str(self.find(plan_id)["release"])

    def newest_first(self) -> list[dict[str, Any]]:
        with self._db.reading() as db:
            rows = db.execute(sa.select(plan).where(_IS_KNOWN).order_by(plan.c.created_at.desc(), plan.c.id)).mappings()
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

    def may_be_undone(self, now: datetime) -> bool:
        """Whether a plan was begun so lately that nothing of it leaves yet."""
        in_window = plan.c.state.in_(BEGUN) & (plan.c.leaves_at > now)
        with self._db.reading() as db:
            return db.execute(sa.select(plan.c.id).where(in_window).limit(1)).first() is not None

    def begun(self) -> Sequence[str]:
        """The ids of plans that are scheduled or running."""
        with self._db.reading() as db:
            return (
                db.execute(sa.select(plan.c.id).where(plan.c.state.in_(BEGUN)).order_by(plan.c.begun_at))
                .scalars()
                .all()
            )
