"""Tables that are only ever added to: the database itself refuses to change or remove a row."""

from __future__ import annotations

import sqlalchemy as sa

_REFUSALS = {
    "sqlite": [
        f"CREATE TRIGGER {{table}}_{verb} BEFORE {verb} ON {{table}} "
        "BEGIN SELECT RAISE(ABORT, 'the {table} is only ever added to'); END"
        for verb in ("update", "delete")
    ],
    "postgresql": [
        """
        CREATE OR REPLACE FUNCTION {table}_is_final() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN
          RAISE EXCEPTION 'the {table} is only ever added to' USING ERRCODE = 'integrity_constraint_violation';
        END $$
        """,
        """
        CREATE TRIGGER {table}_is_final BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
        FOR EACH STATEMENT EXECUTE FUNCTION {table}_is_final()
        """,
    ],
}
"""Of each dialect, what makes a table so (sqlite.org/lang_createtrigger.html; PostgreSQL manual, CREATE TRIGGER)."""


def forbid_changes(connection: sa.Connection, table: str) -> None:
    """Let nothing but INSERT happen to a table that is there."""
    for statement in _REFUSALS[connection.dialect.name]:
        connection.exec_driver_sql(statement.format(table=table))
