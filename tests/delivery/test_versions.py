"""Tables and migrations: an older ledger is brought up to date with all it holds, a newer one is refused."""

from __future__ import annotations

import sqlite3
import stat
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from distribute.delivery import schema, versions
from distribute.delivery.database import Database, Location, open_database
from distribute.delivery.ledger import Ledger
from distribute.delivery.server import Server
from distribute.errors import LedgerError
from tests.delivery.builders import NOON, ON_A_FILE, ON_A_SERVER
from tests.postgres import schema as schema_of_its_own

VERSION_1 = Path(__file__).with_name("version_1.sql").read_text(encoding="utf-8")


def write_version_1(location: Location) -> None:
    """The tables as version 1 made them, with a row in each."""
    if isinstance(location, Path):
        with closing(sqlite3.connect(location)) as db:
            db.executescript(VERSION_1)
        return
    spelt = VERSION_1.replace("id INTEGER NOT NULL", "id SERIAL NOT NULL").replace("BLOB", "BYTEA")
    with closing(open_database(location)) as database, database.writing() as db:
        db.exec_driver_sql(spelt)


def shape(database: Database) -> dict[str, Any]:
    """Every table's columns and indexes, without the order in which columns came to be."""
    with database.reading() as db:
        look = sa.inspect(db)
        own = look.default_schema_name if database.is_shared else None
        return {
            table: (
                {c["name"]: (str(c["type"]), c["nullable"]) for c in look.get_columns(table, own)},
                {i["name"]: (i["column_names"], bool(i["unique"])) for i in look.get_indexes(table, own)},
                look.get_pk_constraint(table, own)["constrained_columns"],
            )
            for table in schema.metadata.tables
        }


def test_a_version_1_ledger_becomes_todays_and_keeps_every_row(location: Location) -> None:
    write_version_1(location)
    ledger = Ledger.open(location)
    accepted, skipped = ledger.standing.deliveries("bridge-1")
    assert (accepted["recipient"], accepted["standing"], accepted["attempts"]) == ("reader1@example.com", "accepted", 1)
    assert (skipped["standing"], skipped["reason"]) == ("skipped", "suppressed: asked us")
    assert (accepted["key"], accepted["content"]) == ("1" * 32, "sha256:" + "1" * 64)
    assert ledger.standing.carried(1)[0]["values"] == {"unsubscribe_url": "https://example.org/u/1"}
    assert ledger.standing.promised("bridge", 1) == {"1" * 32: "bridge-1"}
    assert ledger.plans.find("bridge-1")["begun_at"] == NOON
    assert ledger.secret("secret_key") == "kept"
    with ledger.enrol() as worker:
        assert worker
    ledger.close()


def test_a_migrated_ledger_has_the_tables_of_a_new_one(location: Location, ledger: Ledger) -> None:
    with ExitStack() as stack:
        if isinstance(location, Path):
            older: Location = location.with_name("older.db")
        else:
            older = Server(stack.enter_context(schema_of_its_own(location.url.difference_update_query(["options"]))))
        write_version_1(older)
        migrated = stack.enter_context(closing(Ledger.open(older)))
        assert shape(migrated._db) == shape(ledger._db)


@ON_A_FILE
def test_an_older_file_is_backed_up_before_it_is_touched(location: Path) -> None:
    write_version_1(location)
    Ledger.open(location).close()
    backup = location.with_name("distribute.db.v1-backup")
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600
    with closing(sqlite3.connect(backup)) as db:
        assert db.execute("SELECT version FROM schema_version").fetchall() == [(1,)]
        assert db.execute("SELECT count(*) FROM delivery").fetchone() == (2,)
    assert not backup.with_name(backup.name + ".part").exists()
    backup.unlink()
    Ledger.open(location).close()
    assert not backup.exists(), "a ledger of today is not backed up"


@ON_A_FILE
def test_a_backup_that_fails_stops_the_migration(location: Path) -> None:
    write_version_1(location)
    location.with_name("distribute.db.v1-backup").mkdir()
    with pytest.raises(LedgerError, match="was not brought up to date and is as it was"):
        Ledger.open(location)
    with closing(sqlite3.connect(location)) as db:
        assert db.execute("SELECT max(version) FROM schema_version").fetchone() == (1,)


def test_a_step_that_fails_leaves_everything_as_it_was(location: Location, monkeypatch: pytest.MonkeyPatch) -> None:
    write_version_1(location)

    def fail(db: sa.Connection) -> None:
        db.execute(schema.plan.update().values(state="spoilt"))
        raise LedgerError("no")

    monkeypatch.setattr(versions, "MIGRATIONS", [*versions.MIGRATIONS, fail])
    with pytest.raises(LedgerError, match="no"):
        Ledger.open(location)
    with closing(open_database(location)) as database, database.reading() as db:
        assert versions.version(db) == 1
        assert db.execute(sa.select(schema.plan.c.state)).scalars().all() == ["running"]


def test_each_step_is_taken_once(location: Location, monkeypatch: pytest.MonkeyPatch) -> None:
    Ledger.open(location).close()
    taken: list[str] = []
    steps = [lambda _db: taken.append("next"), lambda _db: taken.append("after")]
    monkeypatch.setattr(versions, "MIGRATIONS", [*versions.MIGRATIONS, *steps])
    for _ in range(2):
        Ledger.open(location).close()
    assert taken == ["next", "after"]


def test_a_newer_ledger_is_refused_by_this_program(ledger: Ledger, location: Location) -> None:
    with ledger._db.writing() as db:
        db.execute(schema.schema_version.insert().values(version=99))
    with pytest.raises(LedgerError, match="newer distribute"):
        Ledger.open(location)


@ON_A_SERVER
def test_a_ledger_further_down_the_search_path_is_not_taken_for_this_one(location: Server, ledger: Ledger) -> None:
    outer = location.url.query["options"]
    with schema_of_its_own(location.url) as inner:
        both = f"{inner.query['options']},{str(outer).partition('=')[2]}"
        beside = Server(inner.update_query_dict({"options": both}))
        assert not Ledger.exists(beside)
        Ledger.open(beside).close()
        assert Ledger.exists(Server(inner))


def test_no_naive_time_enters_the_ledger(ledger: Ledger) -> None:
    with ledger._db.reading() as db, pytest.raises(sa.exc.StatementError, match="naive"):
        db.execute(sa.select(schema.plan).where(schema.plan.c.created_at == NOON.replace(tzinfo=None)))


def test_a_rehearsal_brings_nothing_up_to_date(location: Location) -> None:
    write_version_1(location)
    with pytest.raises(LedgerError, match="`distribute status` brings an older one up to date"):
        Ledger.rehearsal(location)
    with closing(open_database(location)) as database, database.reading() as db:
        assert versions.version(db) == 1
