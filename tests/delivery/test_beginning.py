"""Beginning a plan: what stands in its way, and the window in which it can be undone."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import timedelta

import pytest

from distribute.delivery.desk import Desk
from distribute.delivery.ledger import Ledger
from distribute.delivery.order import Order
from distribute.delivery.worker import Worker
from distribute.domain.delivery import PlanState
from distribute.domain.plan import Plan
from distribute.errors import PlanError
from distribute.scheduling.running import run
from tests.delivery.builders import NOON, Counting, FakeClock, at, planned, statuses

UNDO = timedelta(seconds=30)
GRACE = timedelta(minutes=15)


class Outbox(Counting):
    """Carried by the folder on this machine."""

    name = "outbox"


def work(desk: Desk) -> None:
    Worker(desk, threading.Event()).drain()


def test_nothing_leaves_within_the_window_and_everything_after_it(
    ledger: Ledger, plan: Plan, desk: Desk, provider: Counting, clock: FakeClock
) -> None:
    assert ledger.plans.begin(plan.id, NOON, undo=UNDO) == NOON + UNDO
    clock.forward(seconds=29)
    work(desk)
    assert not provider.requests
    assert ledger.plans.may_be_undone(clock())
    clock.forward(seconds=1)
    assert not ledger.plans.may_be_undone(clock())
    work(desk)
    assert statuses(ledger, plan) == {"accepted": 7}


def test_without_seconds_there_is_no_window(ledger: Ledger, plan: Plan) -> None:
    assert ledger.plans.begin(plan.id, NOON) is None
    assert not ledger.plans.may_be_undone(NOON)
    assert ledger.batches.next_claimable(None, NOON) is not None


def test_what_never_leaves_this_machine_does_not_wait(order: Order, ledger: Ledger) -> None:
    plan = planned(order, ledger, carriers={"email": Outbox()})
    assert ledger.plans.begin(plan.id, NOON, undo=UNDO) is None
    assert ledger.batches.next_claimable(None, NOON) is not None


def test_only_the_channel_that_leaves_waits(order: Order, ledger: Ledger, provider: Counting) -> None:
    plan = planned(order, ledger, carriers={"email": Outbox(), "mastodon": provider})
    assert ledger.plans.begin(plan.id, NOON, undo=UNDO) == NOON + UNDO
    waiting = {ledger.batches.carried_by(n)[1] for n in ledger.batches.claimable(None, NOON, limit=9)}
    assert waiting == {"outbox"}


def test_what_leaves_later_has_its_time_until_then(order: Order, ledger: Ledger) -> None:
    plan = planned(order, ledger, at=at("", NOON + timedelta(hours=1)))
    assert ledger.plans.begin(plan.id, NOON, undo=UNDO) is None
    assert ledger.plans.start_channel(plan.id, "email", NOON + timedelta(hours=1))
    assert ledger.batches.next_claimable(None, NOON + timedelta(hours=1)) is not None


def test_a_plan_is_undone_before_anything_left_and_sent_again_after_another_window(
    ledger: Ledger, plan: Plan, desk: Desk, clock: FakeClock
) -> None:
    ledger.plans.begin(plan.id, NOON, undo=UNDO)
    clock.forward(seconds=10)
    ledger.plans.undo(plan.id, clock(), "Ada")
    row = ledger.plans.find(plan.id)
    assert row["state"] == PlanState.HELD
    assert row["because"] == f"undone before anything left; `distribute send --plan {plan.id}` sends it"
    assert ledger.journal.lines(plan.id)[-1]["by"] == "Ada"
    clock.forward(hours=1)
    assert ledger.plans.begin(plan.id, clock(), undo=UNDO) == clock() + UNDO
    assert ledger.batches.next_claimable(None, clock()) is None


def test_whoever_confirms_again_without_a_window_is_not_kept_by_the_old_one(ledger: Ledger, plan: Plan) -> None:
    ledger.plans.begin(plan.id, NOON, undo=UNDO)
    ledger.plans.undo(plan.id, NOON, "Ada")
    assert ledger.plans.begin(plan.id, NOON) is None
    assert ledger.batches.next_claimable(None, NOON) is not None
    assert not ledger.plans.may_be_undone(NOON)


def test_once_something_has_left_there_is_no_second_window(
    ledger: Ledger, plan: Plan, desk: Desk, clock: FakeClock
) -> None:
    ledger.plans.begin(plan.id, NOON)
    first = ledger.batches.next_claimable(None, NOON)
    assert first
    Worker(desk, threading.Event()).turn(first)
    ledger.plans.undo(plan.id, NOON, "Ada")
    assert "stopped after something had left" in ledger.plans.find(plan.id)["because"]
    assert ledger.plans.begin(plan.id, NOON, undo=UNDO) is None
    assert ledger.batches.next_claimable(None, NOON) is not None


def test_a_plan_held_in_its_window_and_resumed_keeps_what_is_left_of_it(ledger: Ledger, plan: Plan) -> None:
    ledger.plans.begin(plan.id, NOON, undo=UNDO)
    ledger.plans.hold(plan.id, "by a person", NOON)
    ledger.plans.resume(plan.id, NOON, GRACE)
    assert ledger.batches.next_claimable(None, NOON) is None
    assert ledger.batches.next_claimable(None, NOON + UNDO) is not None


def test_a_worker_does_not_wait_in_its_seat_for_a_window(
    order: Order, ledger: Ledger, plan: Plan, desk: Desk, clock: FakeClock
) -> None:
    """Another plan may come due while it lasts."""
    ledger.plans.begin(plan.id, NOON, undo=timedelta(seconds=5))
    work(desk)
    assert clock() == NOON
    other = planned(order, ledger, release=replace(order.release, slug="other"))
    ledger.plans.begin(other.id, NOON)
    work(desk)
    assert statuses(ledger, other) == {"accepted": 7}
    assert statuses(ledger, plan) == {"planned": 7}


def test_working_until_idle_waits_for_a_window(
    ledger: Ledger, plan: Plan, desk: Desk, provider: Counting, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    ledger.plans.begin(plan.id, NOON, undo=UNDO)
    monkeypatch.setattr("distribute.scheduling.clock.AlarmClock.wait", lambda _self: clock.forward(seconds=1))
    stop = threading.Event()
    run(desk, Worker(desk, stop), stop, grace=GRACE, until_idle=True, tell=lambda _said: None)
    assert statuses(ledger, plan) == {"accepted": 7}
    assert clock() == NOON + UNDO


def test_a_release_can_be_undone_too(order: Order, ledger: Ledger) -> None:
    armed = planned(order, ledger, is_armed=True)
    assert ledger.plans.begin(armed.id, NOON, is_released=True, undo=UNDO) == NOON + UNDO
    ledger.plans.undo(armed.id, NOON)
    with pytest.raises(PlanError, match="released already"):
        ledger.plans.require_ready(armed.id, is_released=True)
    ledger.plans.require_ready(armed.id)
