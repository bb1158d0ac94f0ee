"""Test copies: which letters somebody of ours was sent before anybody else, told by what is in them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from distribute.delivery.database import Database
from distribute.delivery.schema import letter, plan_channel, trial
from distribute.domain.plan import EMAIL, canonical
from distribute.errors import PlanError

_NO_MATTER = {"date", "files"}
"""When it is sent; and the bytes of files, whose digests stand among its attachments."""


class Trials:
    """The rows of ``trial``, which are only ever added to. No address is kept."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def note(self, digest: str, provider: str, *, at: datetime, by: str) -> None:
        """A provider took a test copy of the letter with that digest."""
        with self._db.writing() as db:
            db.execute(trial.insert().values(letter=digest, provider=provider, at=at, by=by))

    def untested(self, records: Iterable[Mapping[str, Any]], provider: str) -> list[Mapping[str, Any]]:
        """Those of these letters (as ``letter_record`` has them) of which that provider never took a copy."""
        with self._db.reading() as db:
            return _untested(db, records, provider)


def letter_digest(record: Mapping[str, Any]) -> str:
    """64 hex digits over everything in a letter but its Date: edited since, it has another."""
    matter = {name: value for name, value in record.items() if name not in _NO_MATTER}
    return hashlib.sha256(canonical(matter)).hexdigest()


def require_tested(db: sa.Connection, plan_id: str) -> None:
    """PlanError when one of a plan's letters was never tested."""
    is_mail = (plan_channel.c.plan == plan_id) & (plan_channel.c.channel == EMAIL)
    provider = db.execute(sa.select(plan_channel.c.provider).where(is_mail)).scalar()
    records = db.execute(sa.select(letter.c.record).where(letter.c.plan == plan_id).order_by(letter.c.variant))
    if provider and (missing := _untested(db, records.scalars(), provider)):
        raise PlanError(why_untested(missing[0], provider))


def why_untested(record: Mapping[str, Any], provider: str) -> str:
    """A sentence about a letter that was never tested."""
    return (
        f"the letter “{record['subject']}” ({record['language']}) was never tested through {provider}, or was changed "
        "since, and REQUIRE_TEST is set: `distribute test RELEASE` with the same --to sends it to TEST_ADDRESSES; "
        "nothing was sent"
    )


def _untested(db: sa.Connection, records: Iterable[Mapping[str, Any]], provider: str) -> list[Mapping[str, Any]]:
    digests = [(record, letter_digest(record)) for record in records]
    is_one = (trial.c.provider == provider) & trial.c.letter.in_([digest for _, digest in digests])
    tested = set(db.execute(sa.select(trial.c.letter).where(is_one)).scalars())
    return [record for record, digest in digests if digest not in tested]
