"""The worker: one at a time, drains what may leave, waits out short pauses, stops when told."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from distribute.delivery import worker
from distribute.delivery.desk import Desk
from distribute.delivery.lanes import Lanes, Take
from distribute.delivery.worker import DOUBTS_IN_A_ROW, Worker
from distribute.domain.content import Outcomes
from distribute.domain.delivery import PlanState
from distribute.domain.plan import Plan
from distribute.errors import ConfigError, LedgerAway, TryLater, Uncertain
from tests.delivery.builders import Counting, FakeClock, statuses


def test_draining_sends_everything_once(desk: Desk, begun: Plan, provider: Counting) -> None:
    Worker(desk, threading.Event()).drain()
    assert provider.accepted == dict.fromkeys((m.key for m in begun.messages), 1)
    assert statuses(desk.ledger, begun) == {"accepted": 7}


def test_only_the_named_plans_are_drained(desk: Desk, begun: Plan, provider: Counting) -> None:
    Worker(desk, threading.Event()).drain(["another"])
    assert not provider.requests


def test_a_stop_ends_it_after_the_request_under_way(desk: Desk, begun: Plan, provider: Counting) -> None:
    stop = threading.Event()

    def answer(keys: Sequence[str]) -> Outcomes:
        stop.set()
        return provider.accept(keys)

    provider.answer = answer
    Worker(desk, stop).drain()
    assert statuses(desk.ledger, begun) == {"accepted": 3, "planned": 4}


def test_three_unreadable_answers_in_a_row_hold_the_plan(
    desk: Desk, begun: Plan, provider: Counting, clock: FakeClock
) -> None:
    def answer(keys: Sequence[str]) -> Outcomes:
        raise Uncertain("silence")

    provider.answer = answer
    assert len(begun.batches) == DOUBTS_IN_A_ROW
    Worker(desk, threading.Event()).drain()
    assert desk.ledger.plans.find(begun.id)["state"] == PlanState.HELD
    assert "in a row" in desk.ledger.plans.find(begun.id)["because"]


def test_a_long_pause_is_not_waited_for(desk: Desk, begun: Plan, provider: Counting) -> None:
    def answer(keys: Sequence[str]) -> Outcomes:
        raise TryLater("busy", after=3600)

    provider.answer = answer
    Worker(desk, threading.Event()).drain()
    assert len(provider.requests) == 1
    assert statuses(desk.ledger, begun) == {"planned": 7}


def test_a_short_pause_is_waited_out(desk: Desk, begun: Plan, provider: Counting, clock: FakeClock) -> None:
    tries: list[int] = []

    class Waiting(threading.Event):
        def wait(self, timeout: float | None = None) -> bool:
            clock.at += timedelta(seconds=timeout or 0)
            return False

    def answer(keys: Sequence[str]) -> Outcomes:
        tries.append(1)
        if len(tries) == 1:
            raise TryLater("busy", after=5)
        return provider.accept(keys)

    provider.answer = answer
    Worker(desk, Waiting()).drain()
    assert statuses(desk.ledger, begun) == {"accepted": 7}


def test_a_plan_whose_provider_is_not_set_up_any_more_waits_for_a_person(desk: Desk, begun: Plan) -> None:
    def missing(_name: str) -> Counting:
        raise ConfigError(["COUNTING_API_KEY is not set"])

    Worker(replace(desk, provider=missing), threading.Event()).drain()
    row = desk.ledger.plans.find(begun.id)
    assert (row["state"], row["because"]) == (PlanState.HELD, "COUNTING_API_KEY is not set")
    assert statuses(desk.ledger, begun) == {"planned": 7}


def test_an_orphan_of_a_provider_that_is_gone_is_uncertain(desk: Desk, begun: Plan, clock: FakeClock) -> None:
    def missing(_name: str) -> Counting:
        raise ConfigError(["COUNTING_API_KEY is not set"])

    batch_id = desk.ledger.batches.next_claimable(None, clock.at)
    assert batch_id is not None
    desk.ledger.batches.claim(batch_id, clock.at)
    Worker(replace(desk, provider=missing), threading.Event()).take_over()
    assert statuses(desk.ledger, begun) == {"uncertain": 3, "planned": 4}


def test_a_late_answer_ends_nobodys_work(desk: Desk, begun: Plan, provider: Counting, clock: FakeClock) -> None:
    def answer(keys: Sequence[str]) -> Outcomes:
        for claim in desk.ledger.batches.under_way():
            desk.ledger.batches.doubt(claim, "its worker was taken for dead", clock.at)
        provider.answer = provider.accept
        return provider.accept(keys)

    provider.answer = answer
    Worker(desk, threading.Event()).drain()
    assert statuses(desk.ledger, begun) == {"uncertain": 3, "accepted": 4}


def test_a_send_waits_for_its_ledger_for_a_while_and_no_longer(
    desk: Desk, begun: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Away(Lanes):
        missed = 0

        def drain(self, turn: Take, plans: Sequence[str] | None, stop: threading.Event) -> None:
            self.missed += 1
            if self.missed <= absences:
                raise LedgerAway("it is away")
            super().drain(turn, plans, stop)

    monkeypatch.setattr(worker, "GLANCE", 0)
    absences = worker.PATIENCE + 1
    with pytest.raises(LedgerAway):
        Worker(desk, threading.Event(), runner=Away(desk.ledger, desk.now)).see_through(begun.id)
    absences = worker.PATIENCE
    Worker(desk, threading.Event(), runner=Away(desk.ledger, desk.now)).see_through(begun.id)
    assert statuses(desk.ledger, begun) == {"accepted": 7}


def test_what_another_settles_last_is_seen_as_done(
    desk: Desk, begun: Plan, provider: Counting, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other's answer comes after this one has drained, and before it looks whether anybody is at work."""
    batches = desk.ledger.batches
    batch_id = batches.next_claimable([begun.id], desk.now())
    assert batch_id is not None
    theirs = batches.claim(batch_id, desk.now(), owner=7)
    assert theirs is not None
    mine = Worker(desk, threading.Event())
    monkeypatch.setattr(mine, "take_over", lambda: None)
    is_idle = mine.is_idle

    def answered(plans: Sequence[str] | None = None) -> bool:
        batches.settle(theirs, provider.accept(theirs.keys), desk.now())
        return is_idle(plans)

    monkeypatch.setattr(mine, "is_idle", answered)
    mine.see_through(begun.id)
    assert statuses(desk.ledger, begun) == {"accepted": 7}
    assert desk.ledger.plans.find(begun.id)["state"] == PlanState.DONE
