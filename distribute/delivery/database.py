"""How the ledger's database is opened, and what a transaction on it is."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

import sqlalchemy as sa
from sqlalchemy.pool import StaticPool

from distribute.delivery import job_tables, versions
from distribute.delivery.server import DRIVER, SPELLINGS, Server, arguments, explain, open_server
from distribute.errors import ConfigError, LedgerAway, LedgerError

Location = Path | Server
"""Where a ledger is kept: a file on this machine, or a PostgreSQL database many machines share."""

_PAUSE = 0.5
"""Seconds between two tries to reach a database."""


class Database:
    """An engine whose writing transactions take the write lock at once and are on disk when they end.

    ``file`` is the ledger's file; None for one in memory or on a server.
    """

    def __init__(self, engine: sa.Engine, file: Path | None = None) -> None:
        self._engine = engine
        self.file = file

    @property
    def is_shared(self) -> bool:
        """Whether many machines may work on it."""
        return self._engine.dialect.name == "postgresql"

    def migrate(self) -> None:
        """Make the tables, or bring them to this program's version; one that is there already is only read.

        An older file is copied to ``NAME.vN-backup`` first; on a server the migration is one
        transaction, which leaves everything as it was when it fails.
        """
        with self.reading() as db:
            is_current = versions.is_current(db) and job_tables.are_current(db)
        if not is_current:
            with self.writing() as db:
                version = versions.version(db)
                if self.file and version and version < versions.newest():
                    _back_up(self.file, version)
                versions.migrate(db)
                job_tables.bring_up_to_date(db)

    def has_tables(self) -> bool:
        """Whether anything was ever planned in it."""
        with self.reading() as db:
            return versions.version(db) is not None

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """One consistent view. Raises LedgerError when the database cannot be used."""
        view = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True} if self.is_shared else {}
        with in_sentences(), self._engine.connect().execution_options(**view) as connection, connection.begin():
            yield connection

    @contextmanager
    def writing(self, patience: float = 0.0) -> Iterator[sa.Connection]:
        """All or nothing. Raises LedgerError when it is locked, full, read-only or no database.

        For ``patience`` seconds a database that cannot be reached is waited for.
        """
        connection, transaction = self._begin(time.monotonic() + patience)
        with in_sentences(), connection, transaction:
            yield connection

    def _begin(self, deadline: float) -> tuple[sa.Connection, sa.RootTransaction]:
        while True:
            try:
                with in_sentences(), ExitStack() as undo:
                    connection = undo.enter_context(self._engine.connect().execution_options(write=True))
                    transaction = connection.begin()
                    undo.pop_all()
                    return connection, transaction
            except LedgerAway:
                if time.monotonic() >= deadline:
                    raise
            time.sleep(_PAUSE)

    def lasting(self) -> sa.Connection:
        """A connection of one's own, to be closed; what it locks on a server is locked while it lives."""
        with in_sentences():
            connection = self._engine.connect().execution_options(isolation_level="AUTOCOMMIT")
            connection.detach()
            return connection

    def address(self) -> dict[str, Any]:
        """The driver's arguments for a further connection to the same place; they hold a password."""
        return arguments(self._engine.url)

    def close(self) -> None:
        self._engine.dispose()


def open_database(location: Location) -> Database:
    """The database there, made if it is a file that is not there; LedgerError when it cannot be."""
    if isinstance(location, Server):
        return Database(open_server(location))
    return Database(open_file(location), location)


def locate(url: str, workspace: Path) -> Location:
    """Where DATABASE_URL says the ledger is; a file's name is taken from the workspace.

    ConfigError, which never shows the address since it may hold a password, when it is none.
    """
    try:
        parsed = sa.make_url(url)
    except (sa.exc.ArgumentError, ValueError):
        raise ConfigError([_HOW_TO_WRITE_IT]) from None
    if parsed.drivername in SPELLINGS:
        return Server(parsed.set(drivername=DRIVER))
    if parsed.get_backend_name() == "sqlite" and parsed.database and parsed.database != ":memory:":
        return workspace / parsed.database
    raise ConfigError([_HOW_TO_WRITE_IT])


_HOW_TO_WRITE_IT = (
    "DATABASE_URL is no address of a ledger: write sqlite:///distribute.db for a file in the workspace, "
    "or postgresql+psycopg://USER:PASSWORD@HOST/DATABASE"
)


def open_file(path: Path) -> sa.Engine:
    """An engine over the ledger file, made readable by its owner alone, with every commit on disk before it returns."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    url = sa.URL.create("sqlite", database=str(path))
    return _engine(url, ["busy_timeout=10000", "journal_mode=WAL", "synchronous=FULL"])


def open_read_only(path: Path) -> sa.Engine:
    """An engine that cannot change the file nor leave one beside it.

    A write-ahead log is only present while somebody works on the ledger; without one the file is
    complete by itself and may be read as immutable (sqlite.org/uri.html).
    """
    query = {"mode": "ro", "uri": "true"}
    if not path.with_name(path.name + "-wal").exists():
        query["immutable"] = "1"
    return _engine(sa.URL.create("sqlite", database=f"file:{quote(str(path))}", query=query), ["busy_timeout=10000"])


def open_memory() -> sa.Engine:
    """An engine over an empty database that lives as long as the engine does."""
    return _engine(sa.URL.create("sqlite"), [], poolclass=StaticPool)


_PLAIN = {"isolation_level": None, "check_same_thread": False}
"""Transactions are ours to begin, and connections go from thread to thread."""


def _engine(url: sa.URL, pragmas: list[str], **options: Any) -> sa.Engine:
    engine = sa.create_engine(url, hide_parameters=True, connect_args=_PLAIN, **options)

    @sa.event.listens_for(engine, "connect")
    def _configure(connection: Any, _record: Any) -> None:
        try:
            for pragma in [*pragmas, "foreign_keys=ON"]:
                connection.execute(f"PRAGMA {pragma}")
        except sqlite3.Error:
            connection.close()
            raise

    @sa.event.listens_for(engine, "begin")
    def _begin(connection: sa.Connection) -> None:
        is_write = connection.get_execution_options().get("write", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if is_write else "BEGIN")

    return engine


def _back_up(file: Path, version: int) -> None:
    """Copy the file, as it was last committed, to ``NAME.vN-backup``, mode 0600, whole or not at all."""
    backup = file.with_name(f"{file.name}.v{version}-backup")
    part = backup.with_name(backup.name + ".part")
    try:
        part.unlink(missing_ok=True)
        os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        with closing(sqlite3.connect(file)) as source, closing(sqlite3.connect(part)) as copy:
            source.backup(copy)
        with part.open("rb+") as written:
            os.fsync(written.fileno())
        part.replace(backup)
    except (OSError, sqlite3.Error) as error:
        part.unlink(missing_ok=True)
        raise LedgerError(
            f"{backup} cannot be written ({error}), so the ledger was not brought up to date and is as it was: "
            "make room or let the folder be written to, then try again"
        ) from error


def row_id(inserted: sa.CursorResult[Any]) -> int:
    """The integer primary key a single insert was given."""
    return int((inserted.inserted_primary_key or (0,))[0])


@contextmanager
def in_sentences() -> Iterator[None]:
    """What a database or its driver raises becomes a LedgerError; a broken constraint stays what it is."""
    try:
        yield
    except sa.exc.IntegrityError:
        raise
    except (sa.exc.DatabaseError, sa.exc.InterfaceError, sqlite3.Error) as error:
        reason = getattr(error, "orig", None) or error
        if isinstance(error, sa.exc.DBAPIError) and not isinstance(reason, sqlite3.Error):
            raise explain(error) from error
        raise LedgerError(
            f"the ledger cannot be used ({reason}), so nothing more leaves: see that the disk has room and that the "
            "workspace can be written to, then try again"
        ) from error
