"""The statements by which a request is found, claimed and settled."""

from __future__ import annotations

import sqlalchemy as sa

from distribute.delivery.prepared import Prepared
from distribute.delivery.queue import is_claimable
from distribute.delivery.records import OUTCOME
from distribute.delivery.schema import attempt, batch, delivery, request
from distribute.domain.delivery import BatchState, Status

_ITS: sa.BindParameter[int] = sa.bindparam("its")
_FENCE: sa.BindParameter[int] = sa.bindparam("of_fence")
_AT: sa.BindParameter[str] = sa.bindparam("at", type_=sa.String)

_OF_BATCH = ("plan", "channel", "provider", "fence", "first_sent", "may_have_left", "sha256", "seal")
ASKED = (*_OF_BATCH, "keys", "body")
"""What a claim asks of its batch and request, in order."""


def free_if(may_leave: sa.ColumnElement[bool]) -> Prepared:
    """Everything a claim asks of a batch, if that may leave and its time has come."""
    asked = sa.select(*(batch.c[name] for name in _OF_BATCH), request.c["keys"], request.c.body)
    of_batch = asked.join(request, request.c.batch == batch.c.id).where(batch.c.id == _ITS)
    return Prepared(of_batch.where(may_leave, batch.c.not_before <= _AT), "its", "at")


def waiting_if(may_leave: sa.ColumnElement[bool]) -> tuple[Prepared, Prepared]:
    """The first batches that may leave and whose time has come, each with its instant: of any plan, and of one."""
    due = sa.select(batch.c.not_before, batch.c.id).where(may_leave, batch.c.not_before <= _AT)
    first = due.order_by(batch.c.not_before, batch.c.id).limit(sa.bindparam("most", type_=sa.Integer))
    of_one = first.where(batch.c.plan == sa.bindparam("of_plan"))
    return Prepared(first, "at", "most"), Prepared(of_one, "at", "of_plan", "most")


WAITING, WAITING_OF = waiting_if(is_claimable())
FREE = free_if(is_claimable())
TAKE = Prepared(
    batch.update()
    .where(batch.c.id == _ITS)
    .values(
        state=BatchState.SUBMITTING,
        fence=_FENCE,
        first_sent=sa.bindparam("of_first", type_=sa.String),
        owner=sa.bindparam("of_owner"),
    ),
    *("of_fence", "of_first", "of_owner", "its"),
)
START = Prepared(attempt.insert().values(batch=_ITS, fence=_FENCE, started_at=_AT), "its", "of_fence", "at")
_IS_WAITING = (delivery.c.batch == _ITS) & (delivery.c.status == sa.literal_column(f"'{Status.PLANNED}'"))
"""Of whom nothing is known yet."""
PEOPLE = Prepared(
    sa.select(delivery.c.id, delivery.c.key, delivery.c.recipient).where(_IS_WAITING).order_by(delivery.c.id),
    "its",
)
CARRIED_BY = sa.select(batch.c.id, batch.c.plan, batch.c.provider).where(
    batch.c.id >= _ITS, batch.c.id < sa.bindparam("others")
)
MOVE = Prepared(
    batch.update()
    .where(batch.c.id == _ITS, batch.c.fence == _FENCE, batch.c.state == BatchState.SUBMITTING)
    .values(state=sa.bindparam("to_state")),
    *("to_state", "its", "of_fence"),
)
END = Prepared(
    attempt.update()
    .where(attempt.c.batch == _ITS, attempt.c.fence == _FENCE)
    .values(ended_at=_AT, outcome=sa.bindparam("came"), detail=sa.bindparam("said")),
    *("at", "came", "said", "its", "of_fence"),
)
_TO_SET: dict[str, sa.BindParameter[str]] = {name: sa.bindparam(f"to_{name}") for name in OUTCOME} | {"settled_at": _AT}
_SETTLED = (*(f"to_{name}" for name in OUTCOME), "at", "its")
SETTLE = Prepared(delivery.update().where(delivery.c.id == _ITS).values(_TO_SET), *_SETTLED)
SETTLE_ALIKE = Prepared(delivery.update().where(_IS_WAITING).values(_TO_SET), *_SETTLED)
"""The same of one outcome that is everybody's in a batch."""
