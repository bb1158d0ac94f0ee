"""A plan whose people, messages, skips and requests lie on disk: in memory it is as large for a million as for ten."""

from __future__ import annotations

import hashlib
import json
import tempfile
import weakref
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from distribute.delivery.enclosures import Texts
from distribute.delivery.packing import Kept, unpack, unpack_readers
from distribute.delivery.roll import PERSON, Person, Roll, Rows, read_person
from distribute.domain.content import Address, Letter, Message
from distribute.domain.plan import Batch, Plan, Recipient, batch_record, canonical

_TABLES = """
CREATE TABLE request (id INTEGER PRIMARY KEY, channel TEXT, provider TEXT, at TEXT, sha256 TEXT, keys TEXT,
    number INTEGER, body BLOB, readers BLOB, after INTEGER);
CREATE TABLE message (id INTEGER PRIMARY KEY, person INTEGER, content BLOB, request INTEGER);
"""
_IN_MEMORY = 1 << 20
"""Bytes of lines that need no file."""
_REQUEST = "channel, provider, at, sha256, keys, body, readers, after"
_CARRIED = (
    f"SELECT {PERSON}, content FROM message JOIN person ON person.id = message.person "  # noqa: S608  our own columns
    "WHERE message.id > ? AND message.id <= ? ORDER BY message.id"
)


class Draft:
    """What was made for the people of a roll, in order, and the lines that the plan's hash is taken over."""

    def __init__(self, roll: Roll) -> None:
        self.roll = roll
        self._db = roll.db
        for statement in _TABLES.split(";"):
            self._db.execute(statement)
        self._lines = tempfile.SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115  it goes with the draft
        weakref.finalize(self, self._lines.close)
        self._digest = hashlib.sha256()
        self.files: Texts = {}

    def write(self, record: Mapping[str, Any]) -> None:
        """Add a line to those the hash is taken over."""
        line = canonical(record)
        self._digest.update(line)
        self._lines.write(line)

    @property
    def digest(self) -> str:
        """``sha256:`` and the hex digest of the lines so far."""
        return f"sha256:{self._digest.hexdigest()}"

    def lines(self) -> Iterator[bytes]:
        """The very bytes that were hashed, in pieces."""
        self._lines.seek(0)
        while piece := self._lines.read(1 << 18):
            yield piece

    def keep(self, it: Kept, messages: Sequence[tuple[int, str]] = ()) -> None:
        """A frozen request; for each message in it the person's number and the sha256 of what that person reads."""
        its = (it.channel, it.provider, it.at.isoformat(), it.sha256, json.dumps(it.keys))
        row = (*its, it.body, it.readers, it.after)
        number = self._db.execute(
            f"INSERT INTO request ({_REQUEST}, number) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",  # noqa: S608
            (*row, len(it.keys)),
        ).lastrowid
        rows = [(person, bytes.fromhex(content.removeprefix("sha256:")), number) for person, content in messages]
        self._db.executemany("INSERT INTO message (person, content, request) VALUES (?, ?, ?)", rows)

    def requests(self) -> Iterator[Kept]:
        """Every request, in order."""
        for row in self._db.execute(f"SELECT {_REQUEST} FROM request ORDER BY id"):  # noqa: S608
            yield _kept(row)

    def seals(self) -> Iterator[dict[str, Any]]:
        """The record of every request."""
        query = "SELECT sha256, channel, at, keys, after FROM request ORDER BY id"
        for digest, channel, at, keys, after in self._db.execute(query):
            yield batch_record(digest, channel, datetime.fromisoformat(at), json.loads(keys), after)

    def counts(self, channel: str) -> tuple[int, int]:
        """Deliveries and requests of a channel."""
        query = "SELECT coalesce(sum(number), 0), count(*) FROM request WHERE channel = ?"
        deliveries, requests = self._db.execute(query, (channel,)).fetchone()
        return int(deliveries), int(requests)

    def canary(self, channel: str) -> tuple[int, int]:
        """Deliveries of a channel that leave first, and the seconds for which the others wait."""
        query = "SELECT coalesce(sum(number * (after = 0)), 0), coalesce(max(after), 0) FROM request WHERE channel = ?"
        first, pause = self._db.execute(query, (channel,)).fetchone()
        return int(first), int(pause)

    def carried(self) -> Iterator[tuple[Person, str]]:
        """Everybody who gets a message, in order, with the sha256 of what they read."""
        return self._carried(0, len(self))

    def __len__(self) -> int:
        return int(self._db.execute("SELECT coalesce(max(id), 0) FROM message").fetchone()[0])

    def recipients(self) -> Rows[Recipient]:
        """Everybody who gets a message."""
        return Rows(self.__len__, self._recipients)

    def messages(self, letters: Mapping[str, Letter]) -> Rows[Message]:
        """What each of them gets."""
        return Rows(self.__len__, lambda start, stop: self._messages(letters, start, stop))

    def batches(self) -> Rows[Batch]:
        """Every request, made whole."""
        return Rows(lambda: int(self._db.execute("SELECT count(*) FROM request").fetchone()[0]), self._batches)

    def _carried(self, start: int, stop: int) -> Iterator[tuple[Person, str]]:
        for *row, content in self._db.execute(_CARRIED, (start, stop)):
            yield read_person(row), f"sha256:{content.hex()}"

    def _recipients(self, start: int, stop: int) -> Iterator[Recipient]:
        for person, _ in self._carried(start, stop):
            yield Recipient(key=person.key, contact=person.contact, variant=person.variant)

    def _messages(self, letters: Mapping[str, Letter], start: int, stop: int) -> Iterator[Message]:
        query = "SELECT readers FROM message JOIN request ON request.id = message.request WHERE message.id = ?"
        readers: dict[str, dict[str, str]] = {}
        for place, (it, _) in enumerate(self._carried(start, stop), start + 1):
            if it.key not in readers:
                readers = unpack_readers(self._db.execute(query, (place,)).fetchone()[0])
            address = Address(it.contact.name, it.contact.email)
            yield Message(key=it.key, letter=letters[it.variant], recipient=address, values=readers[it.key])

    def _batches(self, start: int, stop: int) -> Iterator[Batch]:
        query = f"SELECT {_REQUEST} FROM request WHERE id > ? AND id <= ? ORDER BY id"  # noqa: S608
        for row in self._db.execute(query, (start, stop)):
            it = _kept(row)
            yield Batch(
                channel=it.channel,
                provider=it.provider,
                at=it.at,
                body=unpack(it.body, lambda: self.files),
                keys=it.keys,
                readers=unpack_readers(it.readers),
                after=it.after,
            )


@dataclass(frozen=True, kw_only=True)
class DraftedPlan(Plan):
    """A plan over a draft. Its sequences are read from there; its hash was taken as its lines were written."""

    draft: Draft = field(repr=False, compare=False)
    digest: str = ""

    def hash(self) -> str:
        return self.digest

    def lines(self) -> Iterator[bytes]:
        return self.draft.lines()

    def keys_of(self, channel: str) -> int:
        return self.carried(channel)[0] + sum(self.skipped(channel).values())

    def skipped(self, channel: str) -> dict[str, int]:
        return self.draft.roll.skipped(channel)

    def readers(self) -> Mapping[str, int]:
        return self.draft.roll.readers()

    def carried(self, channel: str) -> tuple[int, int]:
        return self.draft.counts(channel)

    def canary(self, channel: str) -> tuple[int, int]:
        return self.draft.canary(channel)

    def batch_records(self) -> Iterator[dict[str, Any]]:
        return self.draft.seals()


def _kept(row: Sequence[Any]) -> Kept:
    channel, provider, at, digest, keys, body, readers, after = row
    return Kept(channel, provider, datetime.fromisoformat(at), digest, tuple(json.loads(keys)), body, readers, after)
