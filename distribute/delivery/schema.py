"""The ledger's tables."""

from __future__ import annotations

import sqlalchemy as sa

from distribute.delivery.append_only import forbid_changes
from distribute.delivery.columns import Digest, Hex, UtcDateTime

metadata = sa.MetaData()

plan = sa.Table(
    "plan",
    metadata,
    sa.Column("id", sa.String, primary_key=True),
    sa.Column("release", sa.String, nullable=False),
    sa.Column("edition", sa.Integer, nullable=False),
    sa.Column("headline", sa.String, nullable=False),
    sa.Column("hash", sa.String, nullable=False),
    sa.Column("state", sa.String, nullable=False),
    sa.Column("because", sa.String),
    sa.Column("release_file", sa.String, nullable=False),
    sa.Column("inputs", sa.JSON, nullable=False),
    sa.Column("created_at", UtcDateTime, nullable=False),
    sa.Column("begun_at", UtcDateTime),
    sa.Column("finished_at", UtcDateTime),
    sa.Column("tzdata", sa.String),
    sa.Column("author", sa.String, nullable=False, server_default=""),
    sa.Column("armed", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("leaves_at", UtcDateTime),
    sa.Column("number", sa.Integer),
    sa.Index("plan_number", "number", unique=True),
)

plan_channel = sa.Table(
    "plan_channel",
    metadata,
    sa.Column("plan", sa.ForeignKey("plan.id"), primary_key=True),
    sa.Column("channel", sa.String, primary_key=True),
    sa.Column("provider", sa.String, nullable=False),
    sa.Column("at", UtcDateTime, nullable=False),
    sa.Column("zone", sa.String, nullable=False),
    sa.Column("begun_at", UtcDateTime),
    sa.Column("local", sa.String),
    sa.Column("keys", sa.Integer),
)

letter = sa.Table(
    "letter",
    metadata,
    sa.Column("plan", sa.ForeignKey("plan.id"), primary_key=True),
    sa.Column("variant", sa.String, primary_key=True),
    sa.Column("record", sa.JSON, nullable=False),
)

batch = sa.Table(
    "batch",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("plan", sa.ForeignKey("plan.id"), nullable=False),
    sa.Column("channel", sa.String, nullable=False),
    sa.Column("provider", sa.String, nullable=False),
    sa.Column("state", sa.String, nullable=False),
    sa.Column("fence", sa.Integer, nullable=False, default=0),
    sa.Column("not_before", UtcDateTime, nullable=False),
    sa.Column("first_sent", UtcDateTime),
    sa.Column("may_have_left", sa.Boolean, nullable=False, default=False),
    sa.Column("sha256", sa.String, nullable=False),
    sa.Column("seal", sa.LargeBinary),
    sa.Column("owner", sa.Integer),
    sa.Column("ask_at", UtcDateTime),
    sa.Column("asked", sa.Integer, nullable=False, default=0),
    sa.Column("after", sa.Integer, nullable=False, server_default="0"),
    sa.Index("batch_queue", "plan", "state", "not_before"),
    sa.Index("batch_canary", "plan", "after"),
)

request = sa.Table(
    "request",
    metadata,
    sa.Column("batch", sa.ForeignKey("batch.id"), primary_key=True),
    sa.Column("keys", sa.JSON, nullable=False),
    sa.Column("body", sa.LargeBinary, nullable=False),
    sa.Column("readers", sa.LargeBinary),
)
"""The frozen bytes of a batch (packing.py), apart from its state: what is read often must not lie behind what is
large. ``readers`` is what fills the slots of each one's letter, for when the batch must be cut anew."""

delivery = sa.Table(
    "delivery",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("plan_number", sa.ForeignKey("plan.number"), nullable=False),
    sa.Column("key", Hex, nullable=False),
    sa.Column("channel", sa.String, nullable=False),
    sa.Column("recipient", sa.String, nullable=False),
    sa.Column("name", sa.String, nullable=False, default=""),
    sa.Column("variant", sa.String),
    sa.Column("content", Digest),
    sa.Column("status", sa.String, nullable=False),
    sa.Column("reason", sa.String),
    sa.Column("batch", sa.ForeignKey("batch.id")),
    sa.Column("provider_id", sa.String),
    sa.Column("url", sa.String),
    sa.Column("settled_at", UtcDateTime),
    sa.Column("live", sa.Boolean),
    sa.Index("delivery_by_plan", "plan_number"),
    sa.Index("delivery_by_batch", "batch"),
)


@sa.event.listens_for(delivery, "after_create")
def _promise_once(_delivery: sa.Table, connection: sa.Connection, **_: object) -> None:
    """One live promise for each key. An Index with ``postgresql_where`` would import that dialect for a file, too."""
    connection.exec_driver_sql('CREATE UNIQUE INDEX one_promise ON delivery ("key") WHERE live')


def is_of(plan_id: str) -> sa.ColumnElement[bool]:
    """A delivery of the plan."""
    number = sa.select(plan.c.number).where(plan.c.id == plan_id).scalar_subquery()
    return delivery.c.plan_number == number


attempt = sa.Table(
    "attempt",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("batch", sa.ForeignKey("batch.id"), nullable=False),
    sa.Column("fence", sa.Integer, nullable=False),
    sa.Column("started_at", UtcDateTime, nullable=False),
    sa.Column("ended_at", UtcDateTime),
    sa.Column("outcome", sa.String),
    sa.Column("detail", sa.String),
    sa.Index("attempt_by_batch", "batch"),
)

kept = sa.Table(
    "kept",
    metadata,
    sa.Column("name", sa.String, primary_key=True),
    sa.Column("value", sa.String, nullable=False),
)

worker = sa.Table(
    "worker",
    metadata,
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("host", sa.String, nullable=False),
    sa.Column("process", sa.Integer, nullable=False),
    sqlite_autoincrement=True,
)

approval = sa.Table(
    "approval",
    metadata,
    sa.Column("plan", sa.ForeignKey("plan.id"), primary_key=True),
    sa.Column("name", sa.String, nullable=False),
    sa.Column("at", UtcDateTime, nullable=False),
    sa.Column("channels", sa.JSON, nullable=False),
    sa.Column("signature", sa.String, nullable=False),
)

journal = sa.Table(
    "journal",
    metadata,
    sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("at", UtcDateTime, nullable=False),
    sa.Column("actor", sa.String, nullable=False),
    sa.Column("deed", sa.String, nullable=False),
    sa.Column("plan", sa.String, nullable=False),
    sa.Column("detail", sa.String, nullable=False),
    sa.Column("prev_hash", sa.String(64), nullable=False),
    sa.Column("hash", sa.String(64), nullable=False),
    sa.Index("journal_by_plan", "plan"),
)


event = sa.Table(
    "event",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("delivery", sa.ForeignKey("delivery.id"), nullable=False),
    sa.Column("provider", sa.String, nullable=False),
    sa.Column("event_id", sa.String, nullable=False),
    sa.Column("kind", sa.String, nullable=False),
    sa.Column("at", UtcDateTime, nullable=False),
    sa.Column("permanent", sa.Boolean, nullable=False),
    sa.Column("detail", sa.String, nullable=False),
    sa.Index("one_event", "provider", "event_id", unique=True),
    sa.Index("event_by_delivery", "delivery"),
)


trial = sa.Table(
    "trial",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("letter", sa.String(64), nullable=False),
    sa.Column("provider", sa.String, nullable=False),
    sa.Column("at", UtcDateTime, nullable=False),
    sa.Column("by", sa.String, nullable=False),
)


@sa.event.listens_for(trial, "after_create")
@sa.event.listens_for(journal, "after_create")
@sa.event.listens_for(event, "after_create")
def _make_final(table: sa.Table, connection: sa.Connection, **_: object) -> None:
    forbid_changes(connection, table.name)


schema_version = sa.Table("schema_version", metadata, sa.Column("version", sa.Integer, primary_key=True))
