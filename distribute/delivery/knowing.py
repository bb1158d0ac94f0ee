"""How the ledger comes to know an uncertain delivery: by one compare-and-set, with the reason why it is known."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from distribute.delivery.records import outcome_row
from distribute.delivery.schema import batch, delivery
from distribute.domain.content import Outcome
from distribute.domain.delivery import BatchState, Status


def is_uncertain(batch_id: int) -> sa.ColumnElement[bool]:
    """An uncertain delivery of the batch."""
    return (delivery.c.batch == batch_id) & (delivery.c.status == Status.UNCERTAIN)


def settle(  # noqa: PLR0917  one row, all of it
    db: sa.Connection, batch_id: int, key: str, outcome: Outcome, why: str, now: datetime
) -> int:
    """Write what is known of a delivery if it is uncertain still; 1 if it was."""
    row = outcome_row(outcome)
    if row["status"] == Status.UNCERTAIN:
        return 0
    known = row | {"reason": "; ".join(filter(None, (row.get("reason"), why))), "settled_at": now}
    return db.execute(delivery.update().where(is_uncertain(batch_id), delivery.c.key == key).values(known)).rowcount


def close(db: sa.Connection, batch_id: int) -> None:
    """A request about which everything is known is settled, and nobody is asked about it any more."""
    if db.execute(sa.select(delivery.c.id).where(is_uncertain(batch_id)).limit(1)).first():
        return
    is_open = (batch.c.id == batch_id) & (batch.c.state == BatchState.UNCERTAIN)
    db.execute(batch.update().where(is_open).values(state=BatchState.SETTLED))
    db.execute(batch.update().where(batch.c.id == batch_id).values(ask_at=None))
