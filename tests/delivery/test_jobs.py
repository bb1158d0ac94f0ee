"""The engine's queue beside the ledger: every batch that may leave has one job, and it says no more than its number."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from distribute.delivery import job_tables
from distribute.delivery.batch_rows import Claim
from distribute.delivery.jobs import defer, queue_of
from distribute.delivery.ledger import Ledger
from distribute.domain.plan import Plan
from distribute.errors import LedgerError
from tests.delivery.builders import NOON, ON_A_FILE, ON_A_SERVER

LATER = NOON + timedelta(minutes=5)


@dataclass(frozen=True)
class Job:
    """A waiting job as the engine would fetch it."""

    queue: str
    args: dict[str, Any]
    at: datetime | None


def waiting(ledger: Ledger) -> list[Job]:
    with ledger._db.reading() as db:
        query = "SELECT queue_name, args, scheduled_at FROM procrastinate_jobs WHERE status = 'todo' ORDER BY id"
        return [Job(*row) for row in db.execute(sa.text(query))]


def batches(ledger: Ledger) -> list[int]:
    return [job.args["batch_id"] for job in waiting(ledger)]


def fetch(ledger: Ledger) -> int:
    """Take the next job as a worker of the engine does."""
    with ledger._db.writing() as db:
        return int(
            db.execute(sa.text("SELECT (procrastinate_fetch_job_v2(NULL, NULL)).args ->> 'batch_id'")).scalar_one()
        )


def take(ledger: Ledger) -> Claim:
    claim = ledger.batches.claim(fetch(ledger), NOON)
    assert claim
    return claim


@ON_A_SERVER
def test_a_plan_that_begins_has_one_job_for_each_batch_that_names_its_number_alone(ledger: Ledger, plan: Plan) -> None:
    assert waiting(ledger) == []
    ledger.plans.begin(plan.id, NOON)
    ids = ledger.batches.claimable(None, NOON, limit=9)
    assert waiting(ledger) == [Job(plan.id, {"batch_id": number}, None) for number in ids]


@ON_A_SERVER
def test_jobs_come_with_the_rows_they_belong_to_or_not_at_all(ledger: Ledger, plan: Plan) -> None:
    def fail(db: sa.Connection) -> None:
        defer(db, NOON)
        raise LedgerError("no")

    ledger.plans.begin(plan.id, NOON)
    with ledger._db.writing() as db:
        db.execute(sa.text("DELETE FROM procrastinate_jobs"))
    with pytest.raises(LedgerError, match="no"), ledger._db.writing() as db:
        fail(db)
    assert waiting(ledger) == []


@ON_A_SERVER
def test_a_batch_has_one_waiting_job_however_often_it_is_asked_for(ledger: Ledger, begun: Plan) -> None:
    before = waiting(ledger)
    assert ledger.batches.defer(NOON) == 0
    assert waiting(ledger) == before


@ON_A_SERVER
def test_a_lost_job_is_found_missing_in_the_ledger(ledger: Ledger, begun: Plan) -> None:
    lost = fetch(ledger)
    assert lost not in batches(ledger)
    assert ledger.batches.defer(NOON) == 1
    assert lost in batches(ledger)


@ON_A_SERVER
def test_what_is_settled_or_under_way_has_no_job(ledger: Ledger, begun: Plan) -> None:
    settled, under_way = take(ledger), take(ledger)
    ledger.batches.settle(settled, {}, NOON)
    ledger.batches.defer(NOON)
    assert len(batches(ledger)) == 1
    assert not {settled.batch, under_way.batch} & set(batches(ledger))


@ON_A_SERVER
@pytest.mark.parametrize("move", ["postpone", "repeat"])
def test_what_waits_has_its_job_then_and_so_has_its_queue(ledger: Ledger, begun: Plan, move: str) -> None:
    moves: dict[str, Callable[[Claim], None]] = {
        "postpone": lambda claim: ledger.batches.postpone(claim, LATER, "busy", NOON),
        "repeat": lambda claim: ledger.batches.repeat(claim, LATER, "silence", NOON),
    }
    moves[move](take(ledger))
    assert [job.at for job in waiting(ledger)] == [LATER] * 3
    ledger.batches.defer(LATER)
    assert [job.at for job in waiting(ledger)] == [None] * 3, "by our clock they are due, whatever the server's says"


@ON_A_SERVER
def test_what_is_cut_anew_has_jobs_for_its_parts(ledger: Ledger, begun: Plan) -> None:
    claim = take(ledger)
    ledger.batches.replace(claim, [ledger.batches.planned(claim.batch)], "halved", NOON)
    assert claim.batch not in batches(ledger)
    assert len(batches(ledger)) == 3


@ON_A_SERVER
def test_a_plan_that_is_held_has_no_jobs_until_it_goes_on(ledger: Ledger, begun: Plan) -> None:
    ledger.plans.hold(begun.id, "a person", NOON)
    assert waiting(ledger) == []
    ledger.plans.resume(begun.id, NOON, timedelta(minutes=15))
    assert len(waiting(ledger)) == 3
    ledger.plans.cancel(begun.id, NOON)
    assert waiting(ledger) == []


@ON_A_FILE
def test_a_file_has_no_queue(ledger: Ledger, begun: Plan) -> None:
    assert ledger.batches.defer(NOON) == 0


def test_the_name_of_a_queue_keeps_the_hash_and_fits_into_that_of_a_channel() -> None:
    plan = "a-headline-that-is-cut-between-its-words-456c0e3d"
    assert queue_of(plan).endswith("-456c0e3d")
    assert len(f"procrastinate_queue_v1#{queue_of(plan)}") <= 63


@ON_A_SERVER
def test_an_upgrade_of_the_engine_takes_its_own_steps_in_order(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    newer = [*job_tables._steps(), "99.00.00_01_pre_one.sql", "99.00.00_50_post_two.sql"]
    monkeypatch.setattr(job_tables, "_steps", lambda: newer)
    scripts = {"99.00.00_01_pre_one.sql": "CREATE TABLE mark (x int)", "99.00.00_50_post_two.sql": "DROP TABLE mark"}
    monkeypatch.setattr(job_tables, "_read", lambda *name: scripts[name[-1]])
    ledger._db.migrate()
    with ledger._db.reading() as db:
        assert job_tables.are_current(db)


@ON_A_SERVER
def test_an_older_engine_does_not_touch_the_tables_of_a_newer(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(job_tables, "_steps", lambda: ["01.00.00_01_old.sql"])
    with pytest.raises(LedgerError, match="newer procrastinate on another machine"):
        ledger._db.migrate()
