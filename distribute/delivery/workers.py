"""Who works on this ledger, and whether they still live.

A worker's life is a lock that the operating system or the database server gives back whatever it
dies of: on a file the lock beside it, on a server an advisory lock on the worker's number.
"""

from __future__ import annotations

import math
import os
import socket
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from pathlib import Path
from threading import Event, RLock, Thread
from typing import Any, Protocol

import sqlalchemy as sa
from filelock import FileLock, Timeout

from distribute.delivery.database import Database, in_sentences, row_id
from distribute.delivery.schema import worker
from distribute.errors import LedgerAway, LedgerError

DUTIES = {"scheduling": 1_684_632_437, "asking": 1_684_632_438}
"""What one worker at a time does for all, with the first key of its advisory lock; the second is the schema's."""

RESTART = 5.0
"""Seconds for which nobody is declared dead after a server was lost: the living are still coming back."""

BEAT = 1.0
"""Seconds between two looks of a worker at its own line, also while a request is under way."""


class Enrolment(Protocol):
    """A worker while it is at work. ``is_alone``: no other can be at work on this ledger."""

    number: int
    is_alone: bool

    def confirm(self) -> None:
        """Show that this worker lives; LedgerError when it cannot be shown: it must claim nothing then."""

    def is_alive(self, number: int) -> bool:
        """Whether the worker of that number may still settle what it claimed."""

    def on_duty(self, duty: str) -> AbstractContextManager[bool]:
        """Whether this worker is the one that does it now, for as long as the block runs."""


@contextmanager
def enrol(db: Database) -> Iterator[Enrolment | None]:
    """A worker's number on this ledger for as long as the block runs; None when its only place is taken.

    Each number is given once, so what a dead worker had claimed is never taken for a living one's.
    """
    if db.is_shared:
        shared = Shared(db, _next_number(db))
        try:
            shared.confirm()
            with shared.beating():
                yield shared
        finally:
            shared.leave()
    else:
        with sole_worker(db.file) if db.file else nullcontext(True) as is_ours:
            yield Alone(_next_number(db)) if is_ours else None


@contextmanager
def sole_worker(ledger_file: Path) -> Iterator[bool]:
    """Whether this process is the worker of the ledger file, for as long as the block runs.

    The kernel gives the lock back whatever the process dies of, so a batch found in submission by
    the holder is certainly an orphan.
    """
    lock = FileLock(ledger_file.with_name(ledger_file.name + ".lock"), mode=0o600)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        yield False
        return
    except OSError as error:
        raise LedgerError(
            f"{lock.lock_file} cannot be locked ({error.strerror}): use a workspace you can write to"
        ) from error
    try:
        yield True
    finally:
        lock.release()


class Alone:
    """The one worker of a file."""

    is_alone = True

    def __init__(self, number: int) -> None:
        self.number = number

    def confirm(self) -> None:
        """The kernel holds the lock for as long as this process lives."""

    def is_alive(self, number: int) -> bool:
        return number == self.number

    def on_duty(self, duty: str) -> AbstractContextManager[bool]:  # noqa: ARG002  whatever it is
        return nullcontext(True)


class Shared:
    """One of many workers on a server, known to be alive by a lock that a connection of its own holds."""

    is_alone = False

    def __init__(self, db: Database, number: int) -> None:
        self.number = number
        self._db = db
        self._one_at_a_time = RLock()
        self._line: sa.Connection | None = None
        self._session = 0
        self._came_back = -math.inf

    def confirm(self) -> None:
        """Ask over the connection that holds the lock; after a restart of the server take it again.

        The number stays: nobody else ever has it, and what this worker has under way is still its own.
        """
        with self._one_at_a_time:
            with suppress(LedgerAway):
                if self._line is not None and self._ask("pg_backend_pid()") != self._session:
                    raise LedgerError(_POOLED)
            if self._line is None:
                is_first = not self._session
                self._call()
                self._came_back = self._came_back if is_first else time.monotonic()

    @contextmanager
    def beating(self) -> Iterator[None]:
        """Keep the line, and take it up again wherever it was lost, from a thread of its own."""
        ended = Event()

        def beat() -> None:
            while not ended.wait(BEAT):
                with suppress(LedgerError):  # whoever claims next is told
                    self.confirm()

        thread = Thread(target=beat, name="life", daemon=True)
        thread.start()
        try:
            yield
        finally:
            ended.set()
            thread.join()

    def is_alive(self, number: int) -> bool:
        """While its lock is held, and for a moment after the server or the line to it was lost."""
        self.confirm()
        if number == self.number or time.monotonic() - self._came_back < RESTART:
            return True
        with self._db.reading() as db:
            return bool(db.execute(_IS_ALIVE, {"number": number, "restart": RESTART}).scalar())

    @contextmanager
    def on_duty(self, duty: str) -> Iterator[bool]:
        is_ours = bool(self._ask(f"pg_try_advisory_lock({DUTIES[duty]}, {_SCHEMA})"))
        try:
            yield is_ours
        finally:
            if is_ours:
                with suppress(LedgerAway):  # then the server has given the lock back already
                    self._ask(f"pg_advisory_unlock({DUTIES[duty]}, {_SCHEMA})")

    def leave(self) -> None:
        """End this worker's life as others see it, at once where the server can be told."""
        with suppress(LedgerAway):
            self._ask(f"pg_advisory_unlock({_LIVES}, {self.number})")
        self._hang_up()

    def _hang_up(self) -> None:
        with self._one_at_a_time:
            line, self._line = self._line, None
            if line is not None:
                line.close()

    def _call(self) -> None:
        self._line = self._db.lasting()
        is_shown = False
        try:
            is_shown = bool(self._ask(f"pg_try_advisory_lock({_LIVES}, {self.number})"))
            self._session = self._ask("pg_backend_pid()")
        finally:
            if not is_shown:
                self._hang_up()
        if not is_shown:
            raise LedgerAway(f"the server still holds a broken connection of worker {self.number}: it ends by itself")

    def _ask(self, what: str) -> Any:
        """Ask over the line; one that fails is given up, and with it what it held."""
        with self._one_at_a_time:
            if self._line is None:
                raise LedgerAway(_LOST)
            try:
                with in_sentences(), self._line.begin():
                    return self._line.exec_driver_sql(f"SELECT {what}").scalar()
            except LedgerAway:
                self._hang_up()
                raise


_SCHEMA = "hashtext(current_schema())"
_LIVES = "hashtext('distribute worker in ' || current_schema())"

_IS_ALIVE = sa.text(
    f"""
    SELECT now() - pg_postmaster_start_time() < make_interval(secs => :restart) OR EXISTS (
      SELECT 1 FROM pg_locks
      WHERE locktype = 'advisory' AND granted AND objsubid = 2
        AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
        AND classid = ({_LIVES}::bigint & 4294967295)::oid AND objid = CAST(CAST(:number AS bigint) AS oid)
    )"""  # noqa: S608  constants of this module
)
"""An advisory lock with two keys is listed as class and object, with 2 beside them
(postgresql.org/docs/current/view-pg-locks.html)."""

_LOST = "the line to the ledger's database was lost: see that the server runs"

_POOLED = (
    "DATABASE_URL leads to a pool that gives each transaction another connection, so a worker cannot show that it "
    "lives: use the server's own address, or a pool in session mode"
)


def _next_number(db: Database) -> int:
    with db.writing() as connection:
        row = {"host": socket.gethostname(), "process": os.getpid()}
        return row_id(connection.execute(worker.insert().values(row)))
