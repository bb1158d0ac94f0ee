"""The ledger as a whole: its file, its rehearsal, its secrets, its version."""

from __future__ import annotations

import hashlib
import os
import stat
from contextlib import closing
from pathlib import Path

import pytest
import sqlalchemy as sa

from distribute.config import Settings
from distribute.delivery import database
from distribute.delivery.database import Location, locate
from distribute.delivery.ledger import Ledger
from distribute.domain.plan import Plan
from distribute.errors import ConfigError, LedgerError, PlanError
from tests.delivery.builders import NOON, ON_A_FILE, statuses


def contents(folder: Path) -> dict[str, str]:
    return {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in sorted(folder.rglob("*")) if p.is_file()}


@ON_A_FILE
def test_the_file_is_readable_by_its_owner_alone(ledger: Ledger, tmp_path: Path) -> None:
    assert stat.S_IMODE((tmp_path / "distribute.db").stat().st_mode) == 0o600


@ON_A_FILE
def test_every_commit_to_a_file_is_on_disk_before_it_returns(ledger: Ledger) -> None:
    with ledger._db.reading() as db:
        assert db.exec_driver_sql("PRAGMA synchronous").scalar() == 2, "FULL"
        assert db.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"


@ON_A_FILE
def test_a_rehearsal_can_carry_out_a_waiting_plan_and_changes_nothing(
    ledger: Ledger, plan: Plan, tmp_path: Path
) -> None:
    ledger.close()
    before = contents(tmp_path)
    rehearsal = Ledger.rehearsal(tmp_path / "distribute.db")
    assert statuses(rehearsal, plan) == {"planned": 7}
    rehearsal.plans.begin(plan.id, NOON)
    batch_id = rehearsal.batches.next_claimable(None, NOON)
    assert batch_id is not None
    assert rehearsal.batches.claim(batch_id, NOON)
    rehearsal.close()
    assert contents(tmp_path) == before


def test_a_rehearsal_knows_every_promise_but_not_the_requests_that_have_left(
    ledger: Ledger, begun: Plan, location: Location
) -> None:
    rehearsal = Ledger.rehearsal(location)
    assert rehearsal.standing.promised("bridge", 1) == ledger.standing.promised("bridge", 1)
    assert len(rehearsal.standing.promised("bridge", 1)) == 7
    assert rehearsal.batches.next_claimable(None, NOON) is None
    rehearsal.close()


def test_a_rehearsal_sees_what_an_open_ledger_has_just_written(ledger: Ledger, begun: Plan, location: Location) -> None:
    rehearsal = Ledger.rehearsal(location)
    assert statuses(rehearsal, begun) == {"planned": 7}
    rehearsal.close()


def test_a_rehearsal_of_nothing_makes_no_file(tmp_path: Path) -> None:
    Ledger.rehearsal(tmp_path / "distribute.db").close()
    assert not list(tmp_path.iterdir())


def test_a_secret_is_made_once_and_kept(ledger: Ledger, tmp_path: Path) -> None:
    secret = ledger.secret("secret_key")
    assert len(secret) == 64
    assert ledger.secret("secret_key") == secret
    other = Ledger.rehearsal(tmp_path / "elsewhere.db")
    other.inherit(ledger)
    assert other.secret("secret_key") == secret
    other.close()


def test_of_two_secrets_made_up_at_once_the_one_that_is_kept_counts(ledger: Ledger, tmp_path: Path) -> None:
    """What was drafted with the other would carry links nobody can read."""
    kept = ledger.secret("secret_key")
    with closing(Ledger.rehearsal(tmp_path / "elsewhere.db")) as draft:
        draft.secret("secret_key")
        with pytest.raises(PlanError, match="at the same moment"):
            ledger.inherit(draft)
    assert ledger.secret("secret_key") == kept


def test_only_a_ledger_in_memory_is_a_draft(ledger: Ledger, tmp_path: Path) -> None:
    with closing(Ledger.rehearsal(tmp_path / "elsewhere.db")) as draft:
        assert (draft.is_draft, ledger.is_draft) == (True, False)


@ON_A_FILE
def test_a_file_that_cannot_be_written_can_still_be_looked_at(
    begun: Plan, ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ledger.close()

    def refuse(_path: Path) -> sa.Engine:
        raise LedgerError("attempt to write a readonly database")

    monkeypatch.setattr(database, "open_file", refuse)
    with closing(Ledger.open_to_look(tmp_path / "distribute.db")) as looked_at:
        assert statuses(looked_at, begun) == {"planned": 7}
        assert not looked_at.is_draft
        with pytest.raises(LedgerError, match="readonly"):
            looked_at.plans.hold(begun.id, "nobody can", NOON)


def test_a_file_that_is_no_database_is_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "distribute.db"
    path.write_bytes(b"not a database at all, but long enough to have a header" * 20)
    with pytest.raises(LedgerError, match="cannot be used"):
        Ledger.open(path)


@pytest.mark.skipif(os.geteuid() == 0, reason="root writes where others may not")
def test_a_folder_that_cannot_be_written_is_a_sentence(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(LedgerError, match="cannot be made"):
        Ledger.open(tmp_path / "distribute.db")


@pytest.mark.parametrize("url", ["mysql://press:hush@localhost/x", "sqlite://", "press:hush", "sqlite:///:memory:"])
def test_other_databases_are_refused_with_what_to_write(url: str, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"sqlite:///distribute\.db") as refused:
        locate(url, tmp_path)
    assert "hush" not in str(refused.value)


def test_the_default_ledger_lies_in_the_workspace(tmp_path: Path) -> None:
    assert locate(Settings().database_url.reveal(), tmp_path) == tmp_path / "distribute.db"
    assert locate("sqlite:////var/lib/press.db", tmp_path) == Path("/var/lib/press.db")
