"""Approvals: somebody's signature under exactly what will leave, asked for again before it does."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from distribute.delivery.columns import UtcDateTime
from distribute.delivery.database import Database
from distribute.delivery.journal import Deed, write
from distribute.delivery.schema import approval, batch, plan, plan_channel
from distribute.domain.delivery import PlanState
from distribute.domain.plan import canonical
from distribute.errors import PlanError


class Seal:
    """Signs approvals with the workspace's secret: writing to the ledger is not enough to make one."""

    def __init__(self, secret: str) -> None:
        from itsdangerous import Signer  # noqa: PLC0415  where approvals are asked for

        self._signer = Signer(secret, salt="approval", digest_method=hashlib.sha256, key_derivation="hmac")

    def sign(self, content: Mapping[str, Any]) -> str:
        return self._signer.get_signature(canonical(content)).decode()

    def holds(self, signature: str, content: Mapping[str, Any]) -> bool:
        return self._signer.verify_signature(canonical(content), signature)


class Approvals:
    """The rows of ``approval``."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def find(self, plan_id: str) -> dict[str, Any] | None:
        """Who approved a plan and when; None while nobody has."""
        with self._db.reading() as db:
            return _find(db, plan_id)

    def approve(self, plan_id: str, seal: Seal, now: datetime, by: str) -> None:
        """Sign the plan's hash and what its channels will send, through whom and when.

        Raises PlanError when ``by`` is the plan's author, and when it is approved, begun or over.
        """
        with self._db.writing() as db:
            row = db.execute(sa.select(plan).where(plan.c.id == plan_id)).mappings().one()
            if is_same_person(by, row["author"]):
                raise PlanError(f"plan {plan_id} was made by {row['author']}: somebody else must approve it")
            if row["state"] == PlanState.APPROVED and not why_unapproved(db, seal, plan_id):
                before = _find(db, plan_id) or {}
                raise PlanError(f"plan {plan_id} is approved already, by {before.get('name')}")
            if row["state"] not in {PlanState.PLANNED, PlanState.APPROVED}:
                raise PlanError(f"plan {plan_id} is {row['state']}: only a plan that has not begun can be approved")
            channels = _digests(db, plan_id)
            signed = {"plan": plan_id, "name": by, "at": now, "channels": channels}
            signature = seal.sign(_content({**row}, signed))
            db.execute(approval.delete().where(approval.c.plan == plan_id))
            db.execute(approval.insert().values(**signed, signature=signature))
            db.execute(plan.update().where(plan.c.id == plan_id).values(state=PlanState.APPROVED))
            write(db, Deed.APPROVED, plan_id, at=now, by=by, hash=row["hash"])


def why_unapproved(db: sa.Connection, seal: Seal, plan_id: str) -> str:
    """A sentence when nobody's approval holds for what the plan would send now; else empty.

    Of a channel that has started nothing is asked: its batches may have been cut anew, each from what was approved.
    """
    row = db.execute(sa.select(plan).where(plan.c.id == plan_id)).mappings().one()
    signed = _find(db, plan_id)
    if signed is None:
        return f"plan {plan_id} is not approved: ask somebody else to `distribute approve {plan_id} --by NAME`"
    waiting = _digests(db, plan_id, is_waiting=True)
    is_theirs = seal.holds(signed["signature"], _content({**row}, signed))
    if not is_theirs or any(signed["channels"].get(channel) != digest for channel, digest in waiting.items()):
        return (
            f"the approval of plan {plan_id} by {signed['name']} is not for what the ledger holds now, or was signed "
            "under another SECRET_KEY: nothing is sent; plan again and have that approved"
        )
    return ""


def is_same_person(one: str, other: str) -> bool:
    """Two spellings of one name: upper and lower case, spaces and Unicode forms aside."""
    return _squeezed(one) == _squeezed(other)


def _squeezed(name: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def _find(db: sa.Connection, plan_id: str) -> dict[str, Any] | None:
    row = db.execute(sa.select(approval).where(approval.c.plan == plan_id)).mappings().first()
    return dict(row) if row else None


def _content(row: Mapping[str, Any], signed: Mapping[str, Any]) -> dict[str, Any]:
    """What is signed: the plan as the ledger knows it, who approves it and when, and each channel's digest."""
    return {
        "plan": row["id"],
        "hash": row["hash"],
        "armed": row["armed"],
        "by": signed["name"],
        "at": UtcDateTime.text(signed["at"]),
        "channels": dict(signed["channels"]),
    }


def _digests(db: sa.Connection, plan_id: str, *, is_waiting: bool = False) -> dict[str, str]:
    """sha256 for each channel (that has not started) over its provider, its instant and its requests' own sha256."""
    chosen = sa.select(plan_channel).where(plan_channel.c.plan == plan_id)
    if is_waiting:
        chosen = chosen.where(plan_channel.c.begun_at.is_(None))
    return {row["channel"]: _digest(db, {**row}) for row in db.execute(chosen).mappings().all()}


def _digest(db: sa.Connection, channel: Mapping[str, Any]) -> str:
    digest = hashlib.sha256(canonical({"provider": channel["provider"], "at": UtcDateTime.text(channel["at"])}))
    its_own = (batch.c.plan == channel["plan"]) & (batch.c.channel == channel["channel"])
    for content in db.execute(sa.select(batch.c.sha256).where(its_own).order_by(batch.c.id)).scalars():
        digest.update(content.encode())
    return digest.hexdigest()
