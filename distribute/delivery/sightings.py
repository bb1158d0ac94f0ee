"""What the ledger remembers of the time: when a worker last saw the clock, and whose age nobody can tell any more."""

from __future__ import annotations

from datetime import UTC, datetime

import sqlalchemy as sa

from distribute.delivery.database import Database
from distribute.delivery.schema import batch, kept
from distribute.domain.delivery import BatchState

_LAST_SEEN = "last_seen"
_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


class Sightings:
    """The time as workers saw it, across restarts."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def last(self) -> datetime | None:
        """What the clock said when a worker last looked at it; None when none has."""
        with self._db.reading() as db:
            text = db.execute(sa.select(kept.c.value).where(kept.c.name == _LAST_SEEN)).scalar()
        return datetime.fromisoformat(text) if text else None

    def server_time(self) -> datetime:
        """What the clock of the database's server says; only a ledger that is shared has one."""
        with self._db.reading() as db:
            told: datetime = db.execute(sa.select(sa.func.clock_timestamp())).scalar_one()
        return told.astimezone(UTC)

    def note(self, at: datetime) -> None:
        """Remember that the clock said ``at``, be it earlier than what was remembered."""
        with self._db.writing() as db:
            value = at.astimezone(UTC).isoformat()
            if not db.execute(kept.update().where(kept.c.name == _LAST_SEEN).values(value=value)).rowcount:
                db.execute(kept.insert().values(name=_LAST_SEEN, value=value))

    def outdate(self) -> None:
        """The clock was set back: how long ago an open request left, nobody can tell, so none counts as young."""
        is_open = batch.c.state.in_([BatchState.PLANNED, BatchState.SUBMITTING]) & batch.c.first_sent.is_not(None)
        with self._db.writing() as db:
            db.execute(batch.update().where(is_open).values(first_sent=_LONG_AGO))
