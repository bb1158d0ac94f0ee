"""The database under the world: one engine in memory for every run, set to where a story begins."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from functools import cache

import sqlalchemy as sa

from distribute.delivery.database import Database, open_memory
from distribute.delivery.draft import DraftedPlan
from distribute.delivery.ledger import Ledger

_HISTORY = "CREATE TABLE history (id INTEGER PRIMARY KEY, plan INTEGER, key TEXT, was TEXT, became TEXT)"
_CHANGE = """
CREATE TRIGGER change AFTER UPDATE OF status ON delivery WHEN NEW.status <> OLD.status BEGIN
  INSERT INTO history (plan, key, was, became) VALUES (NEW.plan_number, lower(hex(NEW.key)), OLD.status, NEW.status);
END
"""


class Bench:
    """The engine, and a picture of its content for each set of plans. ``history`` keeps each change of a status."""

    def __init__(self) -> None:
        self.engine = open_memory()
        self._ledger = Ledger(Database(self.engine))
        connection = self.engine.raw_connection().driver_connection
        assert isinstance(connection, sqlite3.Connection)
        self._connection = connection
        connection.execute(_HISTORY)
        connection.execute(_CHANGE)
        self._pictures: dict[tuple[str, ...], sqlite3.Connection] = {(): self._picture()}

    def restore(self, plans: Sequence[DraftedPlan]) -> None:
        """The database as it is when these plans are recorded and nothing else has happened."""
        ids = tuple(plan.id for plan in plans)
        if ids not in self._pictures:
            self.restore(())
            for plan in plans:
                self._ledger.plans.record(plan, plan.hash())
            self._pictures[ids] = self._picture()
        self._pictures[ids].backup(self._connection)

    def changes(self) -> int:
        """How many rows were changed since the engine was opened."""
        return self._connection.total_changes

    def _picture(self) -> sqlite3.Connection:
        taken = sqlite3.connect(":memory:")
        self._connection.backup(taken)
        return taken


@cache
def bench() -> Bench:
    return Bench()


def rows(query: sa.Select[tuple[object, ...]]) -> list[sa.RowMapping]:
    """What the ledger holds, read past every boundary."""
    with Database(bench().engine).reading() as db:
        return list(db.execute(query).mappings())
