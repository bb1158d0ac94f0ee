"""The job engine as a runner: it calls for what may leave, from many processes at once, and nothing rests on it."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace

import pytest
import sqlalchemy as sa

from distribute.delivery.desk import Desk
from distribute.delivery.engine import Engine
from distribute.delivery.ledger import Ledger
from distribute.delivery.server import Server
from distribute.delivery.worker import Worker, open_runner
from distribute.domain.content import Outcomes
from distribute.domain.plan import Plan
from distribute.errors import LedgerAway, TryLater
from tests.delivery.builders import NOON, ON_A_SERVER, Counting, FakeClock, statuses

pytestmark = ON_A_SERVER


@pytest.fixture
def engine(ledger: Ledger, clock: FakeClock) -> Engine:
    return Engine(ledger, clock)


def drain(desk: Desk, engine: Engine, stop: threading.Event | None = None, plans: Sequence[str] | None = None) -> None:
    stop = stop or threading.Event()
    Worker(desk, stop, runner=engine).drain(plans)


def ended(ledger: Ledger) -> Counter[str]:
    """The jobs by what became of them; those that succeeded are gone."""
    with ledger._db.reading() as db:
        return Counter(db.execute(sa.text("SELECT status::text FROM procrastinate_jobs")).scalars())


def test_everything_is_sent_once_and_no_job_is_left(
    desk: Desk, engine: Engine, begun: Plan, provider: Counting
) -> None:
    drain(desk, engine)
    assert provider.accepted == dict.fromkeys((m.key for m in begun.messages), 1)
    assert statuses(desk.ledger, begun) == {"accepted": 7}
    assert ended(desk.ledger) == {}


def test_a_shared_ledger_is_worked_by_the_engine(ledger: Ledger, clock: FakeClock) -> None:
    assert isinstance(open_runner(ledger, clock, 2), Engine)


def test_many_workers_share_the_batches(desk: Desk, begun: Plan, location: Server, provider: Counting) -> None:
    def work() -> None:
        with closing(Ledger.open(location)) as own:
            drain(replace(desk, ledger=own), Engine(own, desk.now, lanes=2))

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert provider.accepted == dict.fromkeys((m.key for m in begun.messages), 1)
    assert statuses(desk.ledger, begun) == {"accepted": 7}


def test_a_job_that_comes_again_finds_its_batch_settled(
    desk: Desk, engine: Engine, begun: Plan, provider: Counting
) -> None:
    (first, *_) = desk.ledger.batches.claimable(None, NOON, limit=1)
    Worker(desk, threading.Event()).turn(first)
    drain(desk, engine)
    assert set(provider.accepted.values()) == {1}
    assert statuses(desk.ledger, begun) == {"accepted": 7}


def test_what_lost_its_job_is_sent_all_the_same(desk: Desk, engine: Engine, begun: Plan) -> None:
    with desk.ledger._db.writing() as db:
        db.execute(sa.text("DELETE FROM procrastinate_jobs"))
    drain(desk, engine)
    assert statuses(desk.ledger, begun) == {"accepted": 7}


def test_jobs_of_the_dead_are_buried_and_their_batches_sent(desk: Desk, engine: Engine, begun: Plan) -> None:
    with desk.ledger._db.writing() as db:
        db.execute(sa.text("SELECT procrastinate_fetch_job_v2(NULL, NULL)"))
    drain(desk, engine)
    assert statuses(desk.ledger, begun) == {"accepted": 7}
    assert ended(desk.ledger) == {"failed": 1}


def test_only_the_named_plans_are_drained(desk: Desk, engine: Engine, begun: Plan, provider: Counting) -> None:
    drain(desk, engine, plans=["another"])
    assert not provider.requests
    drain(desk, engine, plans=[begun.id])
    assert len(provider.requests) == 3


def test_a_stop_ends_it_after_the_request_under_way(
    desk: Desk, engine: Engine, begun: Plan, provider: Counting
) -> None:
    stop = threading.Event()

    def answer(keys: Sequence[str]) -> Outcomes:
        stop.set()
        return provider.accept(keys)

    provider.answer = answer
    drain(desk, engine, stop)
    assert statuses(desk.ledger, begun) == {"accepted": 3, "planned": 4}


def test_a_long_pause_is_not_waited_for(desk: Desk, engine: Engine, begun: Plan, provider: Counting) -> None:
    def answer(keys: Sequence[str]) -> Outcomes:
        raise TryLater("busy", after=3600)

    provider.answer = answer
    drain(desk, engine)
    assert len(provider.requests) == 1
    assert statuses(desk.ledger, begun) == {"planned": 7}


def test_what_a_call_raises_reaches_whoever_drains(engine: Engine, begun: Plan) -> None:
    def turn(batch_id: int) -> None:
        raise LedgerAway(f"not {batch_id}")

    with pytest.raises(LedgerAway, match="not "):
        engine.drain(turn, None, threading.Event())


@pytest.fixture
def lonely(ledger: Ledger, begun: Plan, monkeypatch: pytest.MonkeyPatch) -> Ledger:
    """A ledger whose engine is led to a server that is not there."""
    monkeypatch.setattr(ledger, "address", lambda: {"host": "/nowhere", "dbname": "x"})
    return ledger


def test_an_engine_without_its_server_is_waited_for(
    lonely: Ledger, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("distribute.delivery.engine.REACH", 0.3)
    with pytest.raises(LedgerAway, match="job queue was lost"):
        Engine(lonely, clock).drain(lambda _batch: None, None, threading.Event())
