"""The journal: one line for each decision about a plan, each bound to the line before it, none ever changed.

It names people who decide and never a recipient.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa

from distribute.delivery.columns import UtcDateTime
from distribute.delivery.database import Database
from distribute.delivery.schema import journal
from distribute.domain.plan import canonical

PROGRAM = "the program"
"""Who decided where nobody did: too late, credentials refused, too many answers lost."""

GENESIS = "0" * 64
"""What the first line is bound to."""

_PARTS = 1_000
_ADDRESS = re.compile(r"\S*@\S+")


class Deed(StrEnum):
    """What can be decided about a plan."""

    PLANNED = "planned"
    ARMED = "armed"
    APPROVED = "approved"
    CONFIRMED = "confirmed"
    RELEASED = "released"
    HELD = "held"
    RESUMED = "resumed"
    CANCELLED = "cancelled"
    RESOLVED = "resolved"
    CONTRADICTED = "contradicted"


class Journal:
    """Reads the journal, all of it or a plan's, and says whether it holds."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def lines(self, plan_id: str) -> list[dict[str, Any]]:
        """The decisions about a plan in the order they were taken: at, by, deed, detail, hash."""
        rows = sa.select(journal).where(journal.c.plan == plan_id).order_by(journal.c.seq)
        with self._db.reading() as db:
            return [
                {
                    "at": row["at"],
                    "by": row["actor"],
                    "deed": row["deed"],
                    "detail": json.loads(row["detail"]),
                    "hash": row["hash"],
                }
                for row in db.execute(rows).mappings()
            ]

    def head(self) -> tuple[int, str]:
        """How many lines there are, and the hash of the last: noted elsewhere, it proves all before it."""
        with self._db.reading() as db:
            return _head(db)

    def verify(self) -> str:
        """Empty when every line is what was written, in its place; else a sentence that names the first that is not."""
        before, number = GENESIS, 0
        with self._db.reading() as db:
            for part in db.execute(_as_text().order_by(journal.c.seq)).mappings().partitions(_PARTS):
                for row in part:
                    number += 1
                    if row["seq"] != number:
                        return f"the journal does not hold: its line {number} is missing; compare it with a backup"
                    if row["prev_hash"] != before or row["hash"] != _seal({**row}):
                        said = f"{row['deed']} by {row['actor']} at {row['at']}, plan {row['plan']}"
                        return f"the journal does not hold from line {number} on ({said}): compare it with a backup"
                    before = row["hash"]
        return ""


def write(
    db: sa.Connection, deed: Deed, plan_id: str, *, at: datetime, by: str, **detail: str | int | bool | None
) -> None:
    """Add a line in the transaction of the deed itself, so that neither is ever there without the other.

    E-mail addresses in ``detail`` are left out: providers name recipients in what they refuse.
    """
    number, before = _head(db)
    said = {name: without_addresses(value) if isinstance(value, str) else value for name, value in detail.items()}
    row = {
        "seq": number + 1,
        "at": UtcDateTime.text(at),
        "actor": by,
        "deed": str(deed),
        "plan": plan_id,
        "detail": canonical(said).decode().rstrip("\n"),
        "prev_hash": before,
    }
    db.execute(journal.insert().values(row | {"at": at, "hash": _seal(row)}))


def without_addresses(text: str) -> str:
    """What a provider said, without whom it named: what is only ever added to could not forget anybody."""
    return _ADDRESS.sub("(address)", text)


def _head(db: sa.Connection) -> tuple[int, str]:
    row = db.execute(sa.select(journal.c.seq, journal.c.hash).order_by(journal.c.seq.desc()).limit(1)).first()
    return (row.seq, row.hash) if row else (0, GENESIS)


def _seal(row: Mapping[str, Any]) -> str:
    """sha256 over the line before and this one, as it stands in the database."""
    content = {name: row[name] for name in ("seq", "at", "actor", "deed", "plan", "detail")}
    return hashlib.sha256(row["prev_hash"].encode() + canonical(content)).hexdigest()


def _as_text() -> sa.Select[Any]:
    """The lines with their instants as they are kept: what was tampered with need not be an instant."""
    return sa.select(
        *(sa.type_coerce(column, sa.String).label("at") if column.name == "at" else column for column in journal.c)
    )
