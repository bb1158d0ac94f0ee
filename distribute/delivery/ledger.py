"""The ledger: one workspace's memory of what was planned, what left, and what came of it.

Its rooms are ``plans``, ``batches``, ``doubts`` and ``standing``; with schema.py and database.py they hold the
only SQL in the house. Every move is a compare-and-set in one transaction.
"""

from __future__ import annotations

import secrets
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.dialects import sqlite

from distribute.delivery import schema
from distribute.delivery.batches import Batches
from distribute.delivery.database import Database, open_file, open_memory, open_read_only
from distribute.delivery.doubts import Doubts
from distribute.delivery.plans import Plans
from distribute.delivery.standing import Standing
from distribute.domain.delivery import PlanState
from distribute.errors import LedgerError

WAITING = (PlanState.PLANNED, PlanState.APPROVED, PlanState.HELD)

_COPIED_ROWS = 1_000


class Ledger:
    """The ledger over one database, which is made or brought up to date on opening."""

    def __init__(self, db: Database) -> None:
        try:
            db.migrate()
        except BaseException:
            db.close()
            raise
        self._db = db
        self.plans = Plans(db)
        self.batches = Batches(db)
        self.standing = Standing(db)
        self.doubts = Doubts(db)

    @classmethod
    def open(cls, path: Path) -> Ledger:
        """The ledger in ``path``, made if it is not there; LedgerError when it cannot be."""
        try:
            return cls(Database(open_file(path)))
        except OSError as error:
            raise LedgerError(
                f"{path} cannot be made ({error.strerror}): choose a workspace you can write to"
            ) from error

    @classmethod
    def rehearsal(cls, path: Path) -> Ledger:
        """A copy in memory of what matters of ``path``; the file stays as it is, byte for byte."""
        db = Database(open_memory())
        copy = cls(db)
        if path.is_file() and path.stat().st_size:
            source = Database(open_read_only(path))
            _copy(source, db)
            source.close()
        return copy

    def secret(self, name: str) -> str:
        """A random value made at the first call and kept from then on: 256 bits in hex."""
        with self._db.writing() as db:
            value = {"name": name, "value": secrets.token_hex(32)}
            db.execute(sqlite.insert(schema.kept).values(value).on_conflict_do_nothing())
            return str(db.execute(sa.select(schema.kept.c.value).where(schema.kept.c.name == name)).scalar_one())

    def inherit(self, other: Ledger) -> None:
        """Keep the values that ``other`` made up, where this one has none of that name."""
        with other._db.reading() as source, self._db.writing() as db:
            for row in source.execute(sa.select(schema.kept)).mappings():
                db.execute(sqlite.insert(schema.kept).values(dict(row)).on_conflict_do_nothing())

    def close(self) -> None:
        self._db.close()


def _copy(source: Database, target: Database) -> None:
    """What a rehearsal can meet: every plan and promise, and the requests of plans that have not begun."""
    is_waiting = schema.plan.c.state.in_(WAITING)
    waiting = sa.select(schema.plan.c.id).where(is_waiting)
    own_batch = sa.case((schema.delivery.c.plan.in_(waiting), schema.delivery.c.batch), else_=None).label("batch")
    columns = [own_batch if column.name == "batch" else column for column in schema.delivery.c]
    has_part = schema.delivery.c.live | schema.delivery.c.plan.in_(waiting)
    rows = {
        schema.plan: sa.select(schema.plan),
        schema.plan_channel: sa.select(schema.plan_channel),
        schema.letter: sa.select(schema.letter).where(schema.letter.c.plan.in_(waiting)),
        schema.batch: sa.select(schema.batch).where(schema.batch.c.plan.in_(waiting)),
        schema.request: sa.select(schema.request).where(
            schema.request.c.batch.in_(sa.select(schema.batch.c.id).where(schema.batch.c.plan.in_(waiting)))
        ),
        schema.delivery: sa.select(*columns).where(has_part),
        schema.kept: sa.select(schema.kept),
    }
    with source.reading() as old, target.writing() as new:
        if not schema.is_current(old):
            return
        for table, query in rows.items():
            for part in old.execute(query).mappings().partitions(_COPIED_ROWS):
                new.execute(table.insert(), [dict(row) for row in part])
