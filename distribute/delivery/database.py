"""How the ledger's database is opened, and what a transaction on it is."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

import sqlalchemy as sa
from sqlalchemy.pool import StaticPool

from distribute.delivery import schema
from distribute.errors import ConfigError, LedgerError


class Database:
    """An engine whose writing transactions take the write lock at once and are on disk when they end."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    def migrate(self) -> None:
        """Make the tables, or bring them to this program's version; one that is there already is only read."""
        with self.reading() as db:
            is_current = schema.is_current(db)
        if not is_current:
            with self.writing() as db:
                schema.migrate(db)

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """One consistent view. Raises LedgerError when the database cannot be used."""
        with _sentences(), self._engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def writing(self) -> Iterator[sa.Connection]:
        """All or nothing. Raises LedgerError when it is locked, full, read-only or no database."""
        with _sentences(), self._engine.connect().execution_options(write=True) as connection, connection.begin():
            yield connection

    def close(self) -> None:
        self._engine.dispose()


def database_path(url: str, workspace: Path) -> Path:
    """The file of a ``sqlite:///`` URL, relative to the workspace; ConfigError for other databases."""
    try:
        parsed = sa.make_url(url)
    except sa.exc.ArgumentError:
        raise ConfigError(["DATABASE_URL is not a database address: write sqlite:///distribute.db"]) from None
    if parsed.get_backend_name() != "sqlite" or not parsed.database or parsed.database == ":memory:":
        raise ConfigError(["DATABASE_URL: this version keeps its ledger in an SQLite file, sqlite:///distribute.db"])
    return workspace / parsed.database


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


def _engine(url: sa.URL, pragmas: list[str], **options: Any) -> sa.Engine:
    engine = sa.create_engine(url, connect_args={"isolation_level": None, "check_same_thread": False}, **options)

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


def row_id(inserted: sa.CursorResult[Any]) -> int:
    """The integer primary key a single insert was given."""
    return int((inserted.inserted_primary_key or (0,))[0])


@contextmanager
def _sentences() -> Iterator[None]:
    try:
        yield
    except sa.exc.IntegrityError:
        raise
    except (sa.exc.DatabaseError, sqlite3.Error) as error:
        reason = getattr(error, "orig", None) or error
        raise LedgerError(
            f"the ledger cannot be used ({reason}), so nothing left: see that the disk has room and that the workspace "
            "can be written to, then try again"
        ) from error
