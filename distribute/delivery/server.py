"""The ledger on a PostgreSQL server: how it is reached, and in words what went wrong there."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from distribute.errors import ConfigError, LedgerAway, LedgerError

DRIVER = "postgresql+psycopg"
SPELLINGS = ("postgresql", "postgres", DRIVER)

WRITE_LOCK = 1_684_632_436
"""The first key of the advisory lock every writing transaction takes; the second is the schema's."""

_SETTINGS = {
    "tcp_keepalives_idle": "15",
    "tcp_keepalives_interval": "5",
    "tcp_keepalives_count": "3",
    "lock_timeout": "10s",
    "statement_timeout": "5min",
    "idle_in_transaction_session_timeout": "5min",
    "client_min_messages": "warning",
}
"""The server, too, notices within 30 s that a machine is gone, and gives its worker's lock back."""

_ARGUMENTS = {
    "application_name": "distribute",
    "connect_timeout": 10,
    "keepalives": 1,
    "keepalives_idle": 15,
    "keepalives_interval": 5,
    "keepalives_count": 3,
}
"""A server that fell silent is noticed after 30 s (postgresql.org/docs/current/libpq-connect.html)."""


@dataclass(frozen=True, slots=True)
class Server:
    """A PostgreSQL database. It shows where it is and never the password it is reached with."""

    url: sa.URL

    def __repr__(self) -> str:
        return f"Server({str(self)!r})"

    def __str__(self) -> str:
        host = self.url.host or self.url.query.get("host") or "this machine"
        return f"{self.url.database or self.url.username or 'the default database'} on {host}"


logging.getLogger("psycopg").addHandler(logging.NullHandler())  # what a person should know is raised


def open_server(server: Server) -> sa.Engine:
    """An engine whose writers take one lock, one after the other, and whose commits are on disk.

    Nothing is asked of the server yet. Raises ConfigError when the driver is not installed.
    """
    try:
        engine = sa.create_engine(
            server.url,
            isolation_level="READ COMMITTED",
            hide_parameters=True,
            connect_args=_ARGUMENTS,
        )
    except ImportError:
        raise ConfigError(
            [f"DATABASE_URL names a PostgreSQL database ({server}): pip install 'distribute[postgres]' adds the driver"]
        ) from None

    @sa.event.listens_for(engine, "connect")
    def _configure(connection: Any, _record: Any) -> None:
        """``synchronous_commit`` is only ever raised: somebody may have set it to wait for a standby's reading, too."""
        with connection.cursor() as cursor:
            for name, value in _SETTINGS.items():
                cursor.execute("SELECT set_config(%s, %s, false)", (name, value))
            cursor.execute(
                "SELECT set_config('synchronous_commit', 'on', false)"
                " WHERE current_setting('synchronous_commit') <> 'remote_apply'"
            )
        connection.commit()

    @sa.event.listens_for(engine, "begin")
    def _begin(connection: sa.Connection) -> None:
        if connection.get_execution_options().get("write", False):
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({WRITE_LOCK}, hashtext(current_schema()))")

    return engine


def arguments(url: sa.URL) -> dict[str, Any]:
    """The driver's arguments for that address."""
    return {**url.translate_connect_args(username="user", database="dbname"), **url.query, **_ARGUMENTS}


def explain(error: sa.exc.DBAPIError) -> LedgerError:
    """The sentence for what the server, or the way to it, answered; LedgerAway when waiting may help.

    Whatever keeps a connection from being made comes without a code, so it may always pass.
    """
    state = str(getattr(error.orig, "sqlstate", None) or "")
    said = str(error.orig).strip().splitlines()[0].strip() if str(error.orig).strip() else "no answer"
    if state in _REFUSED:
        return LedgerError(f"the ledger's database refuses this program ({said}): {_REFUSED[state]}")
    if error.connection_invalidated or not state or state[:2] in _AWAY or state in _AWAY:
        return LedgerAway(
            f"the ledger's database cannot be reached or is busy ({said}): see DATABASE_URL and that the server runs"
        )
    return LedgerError(f"the ledger cannot be used ({said}), so nothing more leaves: `distribute doctor` looks at it")


_AWAY = ("08", "40", "53", "57", "55P03", "25006", "58")
"""Lost connections, conflicts, want of room or connections, a server that stops or starts, a lock
held for too long, a server that is only a standby, trouble with its files
(postgresql.org/docs/current/errcodes-appendix.html)."""

_REFUSED = {
    "3F000": "the schema named in search_path is not there: CREATE SCHEMA makes it",
    "42501": "its role must own the schema the ledger lies in",
}
