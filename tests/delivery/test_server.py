"""The ledger on a server: what a transaction is there, and what is said when it is not there."""

from __future__ import annotations

import sys
import threading
from contextlib import closing
from pathlib import Path

import pytest
import sqlalchemy as sa

from distribute.delivery.database import Location, locate, open_database
from distribute.delivery.ledger import Ledger
from distribute.delivery.server import Server
from distribute.errors import ConfigError, LedgerAway, LedgerError
from tests.delivery.builders import ON_A_SERVER

PASSWORD = "hush-hush"


@pytest.mark.parametrize("scheme", ["postgresql+psycopg", "postgresql", "postgres"])
def test_every_spelling_of_the_address_is_understood(scheme: str, tmp_path: Path) -> None:
    location = locate(f"{scheme}://press:{PASSWORD}@db.example.org:6543/releases", tmp_path)
    assert isinstance(location, Server)
    assert location.url.drivername == "postgresql+psycopg"
    assert str(location) == "releases on db.example.org"


def test_where_it_is_never_shows_the_password(tmp_path: Path) -> None:
    location = locate(f"postgresql://press:{PASSWORD}@db.example.org/releases", tmp_path)
    assert PASSWORD not in f"{location} {location!r}"


def test_a_missing_driver_is_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(ConfigError, match=r"pip install 'distribute\[postgres\]'") as missing:
        open_database(locate(f"postgresql://press:{PASSWORD}@db.example.org/releases", tmp_path))
    assert PASSWORD not in str(missing.value)


def test_a_server_that_is_not_there_is_waited_for(tmp_path: Path) -> None:
    location = locate(f"postgresql://press:{PASSWORD}@/releases?host={tmp_path}", tmp_path)
    with pytest.raises(LedgerAway, match="cannot be reached or is busy") as away:
        Ledger.open(location)
    assert PASSWORD not in str(away.value)


@ON_A_SERVER
def test_what_the_server_says_against_an_address_is_passed_on(location: Server) -> None:
    with pytest.raises(LedgerAway, match=r'database "nowhere" does not exist.*see DATABASE_URL'):
        Ledger.open(Server(location.url.set(database="nowhere")))


@ON_A_SERVER
def test_a_schema_that_is_not_there_is_a_sentence(location: Server) -> None:
    with pytest.raises(LedgerError, match="CREATE SCHEMA makes it"):
        Ledger.open(Server(location.url.update_query_dict({"options": "-csearch_path=nowhere"})))


@ON_A_SERVER
def test_every_commit_to_a_server_is_on_disk_before_it_returns(location: Server) -> None:
    lax = location.url.update_query_dict({"options": f"{location.url.query['options']} -csynchronous_commit=off"})
    strict = location.url.update_query_dict(
        {"options": f"{location.url.query['options']} -csynchronous_commit=remote_apply"}
    )
    for url, wanted in ((lax, "on"), (strict, "remote_apply")):
        with closing(open_database(Server(url))) as database, database.reading() as db:
            assert db.exec_driver_sql("SHOW synchronous_commit").scalar() == wanted


@ON_A_SERVER
def test_what_is_read_is_one_view_and_nothing_can_be_written_into_it(location: Server, ledger: Ledger) -> None:
    count = sa.text("SELECT count(*) FROM kept WHERE name = 'meanwhile'")
    with ledger._db.reading() as db:
        assert db.execute(count).scalar() == 0
        ledger.secret("meanwhile")
        assert db.execute(count).scalar() == 0
    with pytest.raises(LedgerError, match="read-only transaction"), ledger._db.reading() as db:
        db.execute(sa.text("DELETE FROM kept"))


def test_those_who_write_follow_one_another(location: Location, ledger: Ledger) -> None:
    """Each reads what it then writes, which two at once would spoil."""
    with ledger._db.writing() as db:
        db.execute(sa.text("INSERT INTO kept VALUES ('count', '0')"))

    def add() -> None:
        with closing(open_database(location)) as own:
            for _ in range(10):
                with own.writing() as db:
                    number = int(str(db.execute(sa.text("SELECT value FROM kept WHERE name = 'count'")).scalar()))
                    db.execute(sa.text("UPDATE kept SET value = :it WHERE name = 'count'"), {"it": str(number + 1)})

    threads = [threading.Thread(target=add) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with ledger._db.reading() as db:
        assert db.execute(sa.text("SELECT value FROM kept WHERE name = 'count'")).scalar() == "40"


def test_what_is_written_down_is_not_shown_when_it_breaks(ledger: Ledger) -> None:
    with ledger._db.writing() as db:
        db.execute(sa.text("INSERT INTO kept VALUES (:name, 'x')"), {"name": "reader1@example.com"})
    with pytest.raises(sa.exc.IntegrityError) as broken, ledger._db.writing() as db:
        db.execute(sa.text("INSERT INTO kept VALUES (:name, 'x')"), {"name": "reader1@example.com"})
    assert "[parameters" not in str(broken.value)
