"""The migration that made a delivery's row half its size: numbers and bytes for text, values beside the request."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Any

import sqlalchemy as sa

from distribute.delivery.columns import Digest, Hex
from distribute.delivery.packing import pack_readers

_ROWS = 1_000

_now = sa.MetaData()
_delivery = sa.Table(
    "delivery",
    _now,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("plan_number", sa.Integer, nullable=False),
    sa.Column("key", Hex, nullable=False),
    sa.Column("channel", sa.String, nullable=False),
    sa.Column("recipient", sa.String, nullable=False),
    sa.Column("name", sa.String, nullable=False),
    sa.Column("variant", sa.String),
    sa.Column("content", Digest),
    sa.Column("status", sa.String, nullable=False),
    sa.Column("reason", sa.String),
    sa.Column("batch", sa.Integer),
    sa.Column("provider_id", sa.String),
    sa.Column("url", sa.String),
    sa.Column("settled_at", sa.String(27)),
    sa.Column("live", sa.Boolean),
    sa.ForeignKeyConstraint(["plan_number"], ["plan.number"]),
    sa.ForeignKeyConstraint(["batch"], ["batch.id"]),
    sa.Index("delivery_by_plan", "plan_number"),
    sa.Index("delivery_by_batch", "batch"),
)
sa.Table("plan", _now, sa.Column("number", sa.Integer))
sa.Table("batch", _now, sa.Column("id", sa.Integer))
_request = sa.table("request", *map(sa.column, ("batch", "readers")))
_before = sa.Table(
    "delivery_before",
    sa.MetaData(),
    *(sa.Column(column.name, sa.String) for column in _delivery.c if column.name not in {"plan_number", "live", "id"}),
    sa.Column("id", sa.Integer),
    sa.Column("plan", sa.String),
    sa.Column("values", sa.JSON(none_as_null=True)),
    sa.Column("live", sa.Boolean),
)


def slim_deliveries(db: sa.Connection) -> None:
    """Rebuild ``delivery``, every row carried over; plans get a number, requests what fills their readers' slots."""
    binary = "BYTEA" if db.dialect.name == "postgresql" else "BLOB"
    for statement in (
        "ALTER TABLE plan ADD COLUMN number INTEGER",
        "UPDATE plan SET number = (SELECT count(*) FROM plan AS other WHERE other.id <= plan.id)",
        "CREATE UNIQUE INDEX plan_number ON plan (number)",
        f"ALTER TABLE request ADD COLUMN readers {binary}",
        f"ALTER TABLE batch ADD COLUMN seal {binary}",
        "DROP INDEX one_promise",
        "DROP INDEX delivery_by_plan",
        "DROP INDEX delivery_by_batch",
        "ALTER TABLE delivery RENAME TO delivery_before",
    ):
        db.exec_driver_sql(statement)
    _delivery.create(db)
    db.exec_driver_sql('CREATE UNIQUE INDEX one_promise ON delivery ("key") WHERE live')
    numbers: dict[str, int] = {row.id: row.number for row in db.exec_driver_sql("SELECT id, number FROM plan")}
    for rows in db.execute(sa.select(_before).order_by(_before.c.id)).mappings().partitions(_ROWS):
        db.execute(_delivery.insert(), [_slim(row, numbers) for row in rows])
    _move_values(db)
    db.exec_driver_sql("DROP TABLE delivery_before")


def _slim(row: sa.RowMapping, numbers: Mapping[str, int]) -> dict[str, Any]:
    kept = {column.name: row[column.name] for column in _delivery.c if column.name != "plan_number"}
    return kept | {"plan_number": numbers[row["plan"]]}


def _move_values(db: sa.Connection) -> None:
    """What was in each row goes to the request that carries it."""
    wanted = sa.select(_before.c.batch, _before.c.key, _before.c["values"])
    rows = db.execute(wanted.where(_before.c["values"].is_not(None)).order_by(_before.c.batch, _before.c.id))
    for batch, its in groupby(rows, key=lambda row: row[0]):
        _keep(db, batch, its)


def _keep(db: sa.Connection, batch: Any, rows: Iterable[tuple[Any, ...]]) -> None:
    readers = pack_readers({key: values for _, key, values in rows})
    db.execute(sa.update(_request).where(_request.c.batch == int(batch)).values(readers=readers))
