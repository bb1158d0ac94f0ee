"""Who is on the chosen lists, and who of them gets nothing: on disk and in order, never a list in memory."""

from __future__ import annotations

import json
import sqlite3
import weakref
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple, TypeVar, overload

from distribute.domain.audience import Contact, RowProblem, SkipReason, Suppression
from distribute.domain.plan import EMAIL, Skip

T = TypeVar("T")

TEMPORARY = """
PRAGMA cache_size = -8000;
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
PRAGMA temp_store = FILE;
"""
"""For a private database: eight million bytes of it in memory, the rest in a file that is gone with it."""

PERSON = "person.id, key, variant, embargo_ok, list, line, fields"
_TABLES = """
CREATE TABLE person (id INTEGER PRIMARY KEY, address TEXT UNIQUE, key BLOB, variant TEXT, embargo_ok INTEGER,
    name TEXT, list TEXT, line INTEGER, fields TEXT, reason TEXT, detail TEXT);
CREATE TABLE barred (address TEXT PRIMARY KEY, reason TEXT, detail TEXT) WITHOUT ROWID;
CREATE TABLE promised (key BLOB PRIMARY KEY, plan TEXT) WITHOUT ROWID;
CREATE TABLE skip (id INTEGER PRIMARY KEY, rank INTEGER, channel TEXT, recipient TEXT, reason TEXT, detail TEXT,
    name TEXT, list TEXT, line INTEGER);
CREATE TABLE note (id INTEGER PRIMARY KEY, list TEXT, line INTEGER, said TEXT);
"""
_FIELDS = ("email", "first_name", "last_name", "outlet", "beat", "language", "region", "timezone")
_BROKEN, _REPEATED, _DECIDED, _POSTED = range(4)
_LAST = 2**63 - 1
_ADD = (
    "INSERT INTO person (address, key, variant, embargo_ok, name, list, line, fields) VALUES (?, ?, ?, ?, ?, ?, ?, ?) "
    "ON CONFLICT DO NOTHING"
)
_SKIP = "INSERT INTO skip (rank, channel, recipient, reason, detail, name, list, line) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
_EXCLUDE = (
    "INSERT INTO barred VALUES (?1, ?2, ?3) ON CONFLICT (address) DO UPDATE SET detail = ?3 WHERE barred.reason = ?2"
)
_DECIDE = """
UPDATE person SET (reason, detail) = (
    SELECT reason, detail FROM (
        SELECT 1 AS rank, reason, detail FROM barred WHERE barred.address = person.address
        UNION ALL SELECT 2, :embargo, 'embargo_ok is not yes' WHERE :is_embargoed AND NOT embargo_ok
        UNION ALL SELECT 3, :already, 'in plan ' || plan FROM promised WHERE promised.key = person.key
    ) ORDER BY rank LIMIT 1
)
"""
_SET_ASIDE = (
    "INSERT INTO skip (rank, channel, recipient, reason, detail, name, list, line) "
    "SELECT ?, ?, address, reason, detail, name, list, line FROM person WHERE reason IS NOT NULL ORDER BY id"
)
_IS_NO_SKIP = "NOT EXISTS (SELECT 1 FROM skip WHERE skip.line = note.line AND skip.list = note.list)"


class Person(NamedTuple):
    """Somebody on a list: the number of the row, the delivery key, the contact, the variant of the letter."""

    number: int
    key: str
    contact: Contact
    variant: str


class Roll:
    """A private database in a temporary file; it goes with the object."""

    def __init__(self) -> None:
        self.db = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        weakref.finalize(self, self.db.close)
        self.db.executescript(TEMPORARY + _TABLES)
        self.db.execute("BEGIN")

    def add(self, contact: Contact, key: str, variant: str) -> None:
        """Somebody on a chosen list; a person who is there already is a skip, and accepts embargoes if any row does."""
        address = contact.address
        its = (contact.embargo_ok, contact.name, contact.list_name, contact.line, _written(contact))
        if self.db.execute(_ADD, (address, bytes.fromhex(key), variant, *its)).rowcount:
            return
        if contact.embargo_ok:
            self.db.execute("UPDATE person SET embargo_ok = 1 WHERE address = ?", (address,))
        first, line = self.db.execute("SELECT list, line FROM person WHERE address = ?", (address,)).fetchone()
        again = (SkipReason.DUPLICATE.value, f"the same person as {first} line {line}")
        self.db.execute(_SKIP, (_REPEATED, EMAIL, address, *again, contact.name, contact.list_name, contact.line))

    def report(self, list_name: str, problem: RowProblem) -> None:
        """A row that reaches nobody is a skip; any other problem a note."""
        if problem.is_fatal:
            broken = (problem.email, SkipReason.BAD_ADDRESS.value, problem.message, "", list_name, problem.line)
            self.db.execute(_SKIP, (_BROKEN, EMAIL, *broken))
        else:
            note = (list_name, problem.line, str(problem))
            self.db.execute("INSERT INTO note (list, line, said) VALUES (?, ?, ?)", note)

    def suppress(self, suppressions: Iterable[Suppression]) -> None:
        """Who must not be contacted, whatever else is said of them."""
        rows = ((it.address, SkipReason.SUPPRESSED.value, it.reason) for it in suppressions)
        self.db.executemany("INSERT OR REPLACE INTO barred VALUES (?, ?, ?)", rows)

    def exclude(self, contacts: Iterable[Contact], why: str) -> None:
        """Who is left out of this send."""
        self.db.executemany(_EXCLUDE, ((it.address, SkipReason.EXCLUDED.value, why) for it in contacts))

    def promise(self, promised: Iterable[tuple[str, str]]) -> None:
        """Delivery keys that a plan holds, with that plan's id."""
        rows = ((bytes.fromhex(key), plan) for key, plan in promised)
        self.db.executemany("INSERT OR REPLACE INTO promised VALUES (?, ?)", rows)

    def holder(self, key: str) -> str | None:
        """Which plan holds that delivery key."""
        found = self.db.execute("SELECT plan FROM promised WHERE key = ?", (bytes.fromhex(key),)).fetchone()
        return str(found[0]) if found else None

    def decide(self, *, is_embargoed: bool) -> None:
        """Who gets nothing, by the first reason a person would ask for; all the others are recipients."""
        words = {"embargo": SkipReason.EMBARGO.value, "already": SkipReason.ALREADY.value}
        self.db.execute(_DECIDE, words | {"is_embargoed": is_embargoed})
        self.db.execute(_SET_ASIDE, (_DECIDED, EMAIL))

    def skip(self, channel: str, recipient: str, reason: SkipReason, detail: str) -> None:
        """A network that gets nothing."""
        self.db.execute(_SKIP, (_POSTED, channel, recipient, reason.value, detail, "", "", 0))

    def people(self, after: int = 0, until: int = _LAST) -> Iterator[Person]:
        """The recipients, by the variant of their letter and in the order of the lists.

        Only those whose row's number is above ``after`` and no more than ``until``.
        """
        within = "reason IS NULL AND variant = ? AND id > ? AND id <= ?"
        query = f"SELECT {PERSON} FROM person WHERE {within} ORDER BY id"  # noqa: S608  our own
        for variant in self.variants():
            yield from map(read_person, self.db.execute(query, (variant, after, until)))

    def last_of_first(self, number: int) -> int:
        """The number of the row of the last of the first so many recipients, in the order of the lists."""
        first = "SELECT id FROM person WHERE reason IS NULL ORDER BY id LIMIT ?"
        return int(self.db.execute(f"SELECT coalesce(max(id), 0) FROM ({first})", (number,)).fetchone()[0])  # noqa: S608

    def readers(self) -> dict[str, int]:
        """How many get each variant, in order of their names."""
        query = "SELECT variant, count(*) FROM person WHERE reason IS NULL GROUP BY variant ORDER BY variant"
        return dict(self.db.execute(query).fetchall())

    def variants(self) -> list[str]:
        """The variants that somebody gets, in order."""
        return list(self.readers())

    def skips(self) -> Rows[Skip]:
        """Everybody who gets nothing: broken rows, then repeats, then those decided against."""
        return Rows(lambda: int(self.db.execute("SELECT count(*) FROM skip").fetchone()[0]), self._some_skips)

    def skipped(self, channel: str) -> dict[str, int]:
        """How many of a channel are skipped, by reason."""
        query = "SELECT reason, count(*) FROM skip WHERE channel = ? GROUP BY reason ORDER BY min(rank), min(id)"
        return dict(self.db.execute(query, (channel,)).fetchall())

    def notes(self, most: int) -> tuple[list[str], int]:
        """The first notes on rows that are no skips, and how many of them there are."""
        self.db.execute("CREATE INDEX IF NOT EXISTS skip_by_row ON skip (line, list)")
        rows = self.db.execute(f"SELECT said FROM note WHERE {_IS_NO_SKIP} ORDER BY id LIMIT ?", (most,))  # noqa: S608
        count = self.db.execute(f"SELECT count(*) FROM note WHERE {_IS_NO_SKIP}")  # noqa: S608  our own text
        return [said for (said,) in rows], int(count.fetchone()[0])

    def _some_skips(self, start: int, stop: int) -> Iterator[Skip]:
        query = (
            "SELECT channel, recipient, reason, detail, name, list, line FROM skip ORDER BY rank, id LIMIT ? OFFSET ?"
        )
        for channel, recipient, reason, detail, name, list_name, line in self.db.execute(query, (stop - start, start)):
            yield Skip(
                channel=channel,
                recipient=recipient,
                reason=SkipReason(reason),
                detail=detail,
                name=name,
                list_name=list_name,
                line=line,
            )


class Rows(Sequence[T]):
    """A sequence that is read from where it lies whenever it is asked for; ``read`` takes a start and a stop."""

    def __init__(self, length: Callable[[], int], read: Callable[[int, int], Iterator[T]]) -> None:
        self._length = length
        self._read = read

    def __len__(self) -> int:
        return self._length()

    def __iter__(self) -> Iterator[T]:
        return self._read(0, len(self))

    @overload
    def __getitem__(self, index: int) -> T: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[T]: ...

    def __getitem__(self, index: int | slice) -> T | Sequence[T]:
        places = range(len(self))[index]
        if isinstance(places, int):
            return next(self._read(places, places + 1))
        if places.step == 1:
            return list(self._read(places.start, max(places.start, places.stop)))
        return [self[place] for place in places]


def read_person(row: Sequence[Any]) -> Person:
    """The person in a row of ``PERSON``."""
    number, key, variant, embargo_ok, list_name, line, fields = row
    its = dict(zip(_FIELDS, json.loads(fields), strict=True))
    contact = Contact(**its, embargo_ok=bool(embargo_ok), list_name=list_name, line=line)
    return Person(number, key.hex(), contact, variant)


def _written(contact: Contact) -> str:
    return json.dumps([getattr(contact, name) for name in _FIELDS], ensure_ascii=False)
