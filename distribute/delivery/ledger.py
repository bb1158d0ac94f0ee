"""The ledger: one workspace's memory of what was planned, what left, and what came of it.

Its rooms are ``plans``, ``batches`` and ``standing``; with schema.py and database.py they hold the
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
from distribute.delivery.plans import Plans
from distribute.delivery.standing import Standing
from distribute.errors import LedgerError

_COPIED_ROWS = 1_000


class Ledger:
    """The ledger over one database, which is made or brought up to date on opening."""

    def __init__(self, db: Database) -> None:
        db.migrate()
        self._db = db
        self.plans = Plans(db)
        self.batches = Batches(db)
        self.standing = Standing(db)

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
        """A copy in memory of what ``path`` knows; the file stays as it is, byte for byte."""
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
    """Every row but the bytes of settled batches, table by table in the order of their references."""
    with source.reading() as old, target.writing() as new:
        for table in schema.metadata.sorted_tables:
            if table is schema.schema_version or not sa.inspect(old).has_table(table.name):
                continue
            for part in old.execute(sa.select(table)).mappings().partitions(_COPIED_ROWS):
                new.execute(table.insert(), [dict(row) for row in part])
