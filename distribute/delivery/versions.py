"""Which version the ledger's tables are of, and the steps from each version to the next."""

from __future__ import annotations

from collections.abc import Callable

import sqlalchemy as sa

from distribute.delivery import steps
from distribute.delivery.schema import metadata, schema_version
from distribute.errors import LedgerError

MIGRATIONS: list[Callable[[sa.Connection], None]] = [
    steps.keep_requests_apart,
    steps.number_workers,
    steps.remember_the_zone_data,
    steps.write_decisions,
    steps.count_keys,
    steps.slim_deliveries,
    steps.let_some_wait,
    steps.keep_events,
    steps.keep_trials,
]
"""Steps from version 1 on, each spelt out by itself and for both databases, since today's tables are not
those it was written for. Append only: a migration that has left this repository is never edited."""


def newest() -> int:
    """The version of this program's tables."""
    return 1 + len(MIGRATIONS)


def version(connection: sa.Connection) -> int | None:
    """The version of the tables that are there; None when there are none."""
    schema = connection.dialect.default_schema_name if connection.dialect.name == "postgresql" else None
    if not sa.inspect(connection).has_table(schema_version.name, schema=schema):
        return None
    return connection.execute(sa.select(sa.func.max(schema_version.c.version))).scalar()


def is_current(connection: sa.Connection) -> bool:
    """Whether the tables are those of this program."""
    return version(connection) == newest()


def migrate(connection: sa.Connection) -> None:
    """Bring the database to this program's version; LedgerError when it is newer than the program.

    An empty database gets today's tables at once; an older one takes each step it has not had.
    """
    found, wanted = version(connection), newest()
    if found is None:
        metadata.create_all(connection, checkfirst=False)
    elif found > wanted:
        raise LedgerError(
            f"the ledger was written by a newer distribute (its version {found}, this program's {wanted}): "
            "upgrade distribute; nothing was changed"
        )
    for step in MIGRATIONS[found - 1 :] if found else []:
        step(connection)
    if found != wanted:
        connection.execute(schema_version.insert().values(version=wanted))
