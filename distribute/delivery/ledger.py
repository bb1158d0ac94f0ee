"""The ledger: one workspace's memory of what was planned, what left, and what came of it.

Its rooms are ``plans``, ``batches``, ``pauses``, ``doubts``, ``events``, ``standing``, ``sightings``, ``approvals``,
``trials`` and ``journal``; with schema.py and database.py they hold the only SQL in the house. Every move is a
compare-and-set in one transaction.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from contextlib import AbstractContextManager, closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from distribute.delivery import schema, versions
from distribute.delivery.approvals import Approvals
from distribute.delivery.batches import Batches
from distribute.delivery.database import Database, Location, open_database, open_memory, open_read_only
from distribute.delivery.doubts import Doubts
from distribute.delivery.events import Events
from distribute.delivery.journal import Journal
from distribute.delivery.pauses import Pauses
from distribute.delivery.plans import Plans
from distribute.delivery.sightings import Sightings
from distribute.delivery.standing import Standing
from distribute.delivery.trials import Trials
from distribute.domain.delivery import PlanState
from distribute.errors import LedgerError, PlanError

if TYPE_CHECKING:
    from distribute.delivery.workers import Enrolment

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
        self.pauses = Pauses(db)
        self.standing = Standing(db)
        self.doubts = Doubts(db)
        self.events = Events(db)
        self.sightings = Sightings(db)
        self.approvals = Approvals(db)
        self.journal = Journal(db)
        self.trials = Trials(db)

    @classmethod
    def open(cls, location: Location) -> Ledger:
        """The ledger there, made if there is none; LedgerError when it cannot be."""
        try:
            return cls(open_database(location))
        except OSError as error:
            raise LedgerError(
                f"{location} cannot be made ({error.strerror}): choose a workspace you can write to"
            ) from error

    @classmethod
    def exists(cls, location: Location) -> bool:
        """Whether anything was ever kept there; nothing is made by asking."""
        if isinstance(location, Path):
            return location.exists()
        with closing(open_database(location)) as db:
            return db.has_tables()

    @classmethod
    def open_to_look(cls, location: Location) -> Ledger:
        """The ledger there; a file that cannot be written can still be read, and refuses every move."""
        try:
            return cls.open(location)
        except LedgerError as error:
            if not isinstance(location, Path):
                raise
            try:
                return cls(Database(open_read_only(location), location))
            except LedgerError:
                raise error from None

    @classmethod
    def rehearsal(cls, location: Location) -> Ledger:
        """A copy in memory of what matters of the ledger there, which stays as it is; a file byte for byte."""
        db = Database(open_memory())
        copy = cls(db)
        if source := _read_only(location):
            with closing(source):
                _copy(source, db)
        return copy

    @property
    def is_shared(self) -> bool:
        """Whether workers on many machines may share it."""
        return self._db.is_shared

    def address(self) -> Mapping[str, Any]:
        """How the job engine reaches the server a shared ledger is on; it holds a password."""
        return self._db.address()

    def enrol(self) -> AbstractContextManager[Enrolment | None]:
        """A worker's place on this ledger; None when its only one is taken."""
        from distribute.delivery.workers import enrol  # noqa: PLC0415  whoever only looks or decides is no worker

        return enrol(self._db)

    def secret(self, name: str) -> str:
        """A random value made at the first call and kept from then on: 256 bits in hex."""
        with self._db.writing() as db:
            _keep_unless_kept(db, {"name": name, "value": secrets.token_hex(32)})
            return str(db.execute(sa.select(schema.kept.c.value).where(schema.kept.c.name == name)).scalar_one())

    @property
    def is_draft(self) -> bool:
        """Whether it is in memory alone, and forgotten when the program ends: nothing may leave from it."""
        return self._db.file is None and not self._db.is_shared

    def inherit(self, other: Ledger) -> None:
        """Keep the values that ``other`` made up; PlanError where this one has another of that name by now."""
        with other._db.reading() as source, self._db.writing() as db:
            for row in source.execute(sa.select(schema.kept)).mappings():
                _keep_unless_kept(db, row)
                if not db.execute(sa.select(schema.kept).filter_by(**row)).first():
                    raise PlanError(
                        "another command made this workspace's ledger at the same moment: nothing was planned by this "
                        "one; give it again"
                    )

    def close(self) -> None:
        self._db.close()


def _keep_unless_kept(db: sa.Connection, row: Mapping[str, Any] | sa.RowMapping) -> None:
    """Nobody can come in between: writing transactions follow one another."""
    if not db.execute(sa.select(schema.kept.c.name).where(schema.kept.c.name == row["name"])).first():
        db.execute(schema.kept.insert().values(dict(row)))


def _read_only(location: Location) -> Database | None:
    """The database there if there is one, opened so that nothing in it or beside it changes."""
    if not isinstance(location, Path):
        return open_database(location)
    return Database(open_read_only(location)) if location.is_file() and location.stat().st_size else None


def _require_today(db: sa.Connection) -> bool:
    """Whether there are tables; LedgerError when they are not those of this program."""
    found = versions.version(db)
    if found is not None and found != versions.newest():
        raise LedgerError(
            f"the ledger is of version {found}, this program's is {versions.newest()}, and a rehearsal changes "
            "nothing: `distribute status` brings an older one up to date, a newer one needs an upgrade of distribute"
        )
    return found is not None


def _copy(source: Database, target: Database) -> None:
    """What a rehearsal can meet: every plan and promise, and the requests of plans that have not begun."""
    is_waiting = schema.plan.c.state.in_(WAITING)
    waiting = sa.select(schema.plan.c.id).where(is_waiting)
    is_theirs = schema.delivery.c.plan_number.in_(sa.select(schema.plan.c.number).where(is_waiting))
    own_batch = sa.case((is_theirs, schema.delivery.c.batch), else_=None).label("batch")
    columns = [own_batch if column.name == "batch" else column for column in schema.delivery.c]
    has_part = schema.delivery.c.live | is_theirs
    rows = {
        schema.plan: sa.select(schema.plan),
        schema.plan_channel: sa.select(schema.plan_channel),
        schema.letter: sa.select(schema.letter).where(schema.letter.c.plan.in_(waiting)),
        schema.batch: sa.select(schema.batch).where(schema.batch.c.plan.in_(waiting)),
        schema.request: sa.select(schema.request).where(
            schema.request.c.batch.in_(sa.select(schema.batch.c.id).where(schema.batch.c.plan.in_(waiting)))
        ),
        schema.delivery: sa.select(*columns).where(has_part),
        schema.approval: sa.select(schema.approval),
        schema.trial: sa.select(schema.trial),
        schema.kept: sa.select(schema.kept),
    }
    with source.reading() as old, target.writing() as new:
        if not _require_today(old):
            return
        for table, query in rows.items():
            for part in old.execute(query).mappings().partitions(_COPIED_ROWS):
                new.execute(table.insert(), [dict(row) for row in part])
