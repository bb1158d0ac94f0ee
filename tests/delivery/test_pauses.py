"""The rest waits for its canary: its pause, and a person where one of the first failed."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from distribute.delivery.desk import Desk
from distribute.delivery.draft import DraftedPlan
from distribute.delivery.engine import Engine
from distribute.delivery.lanes import Lanes
from distribute.delivery.ledger import Ledger
from distribute.delivery.order import Order
from distribute.delivery.pauses import Pause
from distribute.delivery.sending import recut, send_batch
from distribute.delivery.worker import Worker
from distribute.domain.content import Outcomes, Rejected
from distribute.domain.delivery import PlanState
from distribute.errors import BatchRefused, TryLater, Uncertain
from distribute.scheduling.due import start_due
from distribute.scheduling.running import run
from tests.delivery.builders import NOON, ON_A_SERVER, Counting, FakeClock, at, planned, statuses

PAUSE = timedelta(minutes=10)
UNDO = timedelta(seconds=30)
GRACE = timedelta(minutes=15)


@pytest.fixture
def plan(order: Order, ledger: Ledger) -> DraftedPlan:
    """Three of seven first, in one request; the others in two."""
    return planned(order, ledger, canary=PAUSE)


def work(desk: Desk, lanes: int = 1) -> None:
    Worker(desk, threading.Event(), runner=Lanes(desk.ledger, desk.now, lanes)).drain()


def lose_every_answer(provider: Counting) -> None:
    def answer(_keys: Sequence[str]) -> Outcomes:
        raise Uncertain("silence")

    provider.answer = answer


def reject_one(provider: Counting) -> None:
    def answer(keys: Sequence[str]) -> Outcomes:
        return {**provider.accept(keys[1:]), keys[0]: Rejected(reason="no such mailbox")}

    provider.answer = answer


def test_the_rest_leaves_after_the_pause(
    ledger: Ledger, plan: DraftedPlan, desk: Desk, provider: Counting, clock: FakeClock
) -> None:
    ledger.plans.begin(plan.id, NOON)
    work(desk)
    assert statuses(ledger, plan) == {"accepted": 3, "planned": 4}
    assert ledger.pauses.of(plan.id) == Pause(left=3, waiting=4, until=NOON + PAUSE)
    assert ledger.batches.next_instant(None) == NOON + PAUSE
    assert ledger.plans.rest(plan.id, clock()) == PlanState.RUNNING
    clock.forward(minutes=9, seconds=59)
    work(desk)
    assert len(provider.requests) == 1
    clock.forward(seconds=1)
    work(desk)
    assert statuses(ledger, plan) == {"accepted": 7}
    assert ledger.plans.rest(plan.id, clock()) == PlanState.DONE
    assert ledger.pauses.of(plan.id) is None


def test_the_pause_begins_when_the_time_to_undo_ends(
    ledger: Ledger, plan: DraftedPlan, desk: Desk, clock: FakeClock
) -> None:
    ledger.plans.begin(plan.id, NOON, undo=UNDO)
    assert ledger.pauses.of(plan.id) is None, "the canary has not left"
    clock.forward(seconds=30)
    work(desk)
    pause = ledger.pauses.of(plan.id)
    assert pause
    assert pause.until == NOON + UNDO + PAUSE


def test_a_channel_that_starts_later_has_its_pause_then(
    order: Order, ledger: Ledger, desk: Desk, clock: FakeClock
) -> None:
    plan = planned(order, ledger, canary=PAUSE, at=at("", NOON + timedelta(hours=1)))
    ledger.plans.begin(plan.id, NOON)
    clock.forward(hours=1, minutes=1)
    assert start_due(ledger, clock(), GRACE) == []
    work(desk)
    assert ledger.pauses.of(plan.id) == Pause(left=3, waiting=4, until=clock() + PAUSE)


@pytest.mark.parametrize("lanes", [1, 3])
def test_a_canary_that_is_late_takes_its_pause_with_it(
    ledger: Ledger, plan: DraftedPlan, desk: Desk, provider: Counting, clock: FakeClock, lanes: int
) -> None:
    """Whoever began it died; the worker comes when the pause would be over."""
    ledger.plans.begin(plan.id, NOON)
    clock.forward(hours=1)
    work(desk, lanes)
    assert len(provider.requests) == 1
    assert ledger.pauses.of(plan.id) == Pause(left=3, waiting=4, until=clock() + PAUSE)


def test_the_rest_cannot_be_claimed_while_one_of_the_first_is_on_its_way(
    ledger: Ledger, plan: DraftedPlan, provider: Counting, desk: Desk, clock: FakeClock
) -> None:
    ledger.plans.begin(plan.id, NOON)
    (first,) = ledger.batches.claimable(None, NOON + timedelta(hours=1), limit=9)
    assert ledger.batches.claim(first, NOON)
    clock.forward(hours=1)
    assert ledger.batches.claim(first + 1, clock()) is None
    assert ledger.batches.next_claimable(None, clock()) is None


def test_networks_leave_with_the_canary(order: Order, ledger: Ledger, desk: Desk, provider: Counting) -> None:
    plan = planned(order, ledger, canary=PAUSE, carriers={"email": provider, "mastodon": provider})
    ledger.plans.begin(plan.id, NOON)
    work(desk)
    assert statuses(ledger, plan, "mastodon") == {"accepted": 1}
    assert statuses(ledger, plan) == {"accepted": 3, "planned": 4}
    assert ledger.pauses.planned(plan.id) == {"email": (3, 600), "mastodon": (1, 0)}


def test_a_rejection_among_the_first_holds_the_rest_until_it_is_resumed_once(
    ledger: Ledger, plan: DraftedPlan, desk: Desk, provider: Counting, clock: FakeClock
) -> None:
    reject_one(provider)
    ledger.plans.begin(plan.id, NOON)
    work(desk)
    row = ledger.plans.find(plan.id)
    assert row["state"] == PlanState.HELD
    assert row["because"].startswith("canary: 1 of the first 3 by email did not come through (1 rejected)")
    assert f"`distribute resume {plan.id}` sends the rest" in row["because"]
    assert ledger.journal.lines(plan.id)[-1]["by"] == "the program"
    clock.forward(hours=1)
    work(desk)
    assert len(provider.requests) == 1
    ledger.plans.resume(plan.id, clock(), GRACE, "Ada")
    work(desk)
    assert statuses(ledger, plan) == {"accepted": 4, "rejected": 3}
    assert ledger.plans.rest(plan.id, clock()) == PlanState.DONE


def test_whoever_sends_the_held_plan_sends_the_rest_at_once(
    ledger: Ledger, plan: DraftedPlan, desk: Desk, provider: Counting
) -> None:
    reject_one(provider)
    ledger.plans.begin(plan.id, NOON)
    work(desk)
    provider.answer = provider.accept
    assert ledger.plans.begin(plan.id, NOON, undo=UNDO) is None
    work(desk)
    assert statuses(ledger, plan) == {"accepted": 6, "rejected": 1}


def test_a_lost_answer_holds_the_rest_and_what_is_learnt_of_it_sends_nothing(
    ledger: Ledger, plan: DraftedPlan, desk: Desk, provider: Counting, clock: FakeClock
) -> None:
    lose_every_answer(provider)
    ledger.plans.begin(plan.id, NOON)
    work(desk)
    assert "(3 uncertain)" in ledger.plans.find(plan.id)["because"]
    provider.answer = provider.accept
    (doubt,) = ledger.doubts.of(plan.id)
    ledger.doubts.learn(doubt, provider.accept(list(doubt.recipients)), "found", clock())
    clock.forward(hours=1)
    work(desk)
    assert statuses(ledger, plan) == {"accepted": 3, "planned": 4}


def test_one_of_the_first_that_is_sent_again_is_still_one_of_the_first(
    ledger: Ledger, plan: DraftedPlan, desk: Desk, provider: Counting, clock: FakeClock
) -> None:
    lose_every_answer(provider)
    ledger.plans.begin(plan.id, NOON)
    work(desk)
    (doubt,) = ledger.doubts.of(plan.id)
    ledger.doubts.retry(doubt, recut(desk, doubt), clock())
    assert ledger.pauses.planned(plan.id) == {"email": (3, 600)}


def test_a_hold_for_another_reason_keeps_the_pause(
    ledger: Ledger, plan: DraftedPlan, desk: Desk, provider: Counting, clock: FakeClock
) -> None:
    ledger.plans.begin(plan.id, NOON)
    work(desk)
    ledger.plans.hold(plan.id, "by a person", NOON)
    assert ledger.pauses.of(plan.id) is None
    clock.forward(minutes=5)
    ledger.plans.resume(plan.id, clock(), GRACE)
    work(desk)
    assert ledger.pauses.of(plan.id) == Pause(left=3, waiting=4, until=NOON + PAUSE)


def test_a_death_between_the_answer_and_the_hold_sends_nothing(
    ledger: Ledger, plan: DraftedPlan, desk: Desk, provider: Counting, clock: FakeClock
) -> None:
    """The ledger itself refuses the rest; the next worker says why."""
    reject_one(provider)
    ledger.plans.begin(plan.id, NOON)
    send_batch(desk, ledger.batches.next_claimable(None, NOON) or 0)
    clock.forward(hours=1)
    assert ledger.plans.find(plan.id)["state"] == PlanState.RUNNING
    assert ledger.batches.next_claimable(None, clock()) is None
    work(desk)
    assert len(provider.requests) == 1
    assert ledger.plans.find(plan.id)["because"].startswith("canary:")


def test_a_refused_request_cut_in_parts_is_first_or_waits_as_it_was(
    ledger: Ledger, plan: DraftedPlan, desk: Desk, provider: Counting, clock: FakeClock
) -> None:
    def refuse(keys: Sequence[str]) -> Outcomes:
        if len(keys) > 1:
            raise BatchRefused("one of them")
        return provider.accept(keys)

    provider.answer = refuse
    ledger.plans.begin(plan.id, NOON)
    work(desk)
    assert statuses(ledger, plan) == {"accepted": 3, "planned": 4}
    clock.forward(minutes=10)
    work(desk)
    assert statuses(ledger, plan) == {"accepted": 7}
    assert ledger.pauses.planned(plan.id) == {"email": (3, 600)}


def test_a_rejection_among_the_rest_holds_nothing(
    ledger: Ledger, plan: DraftedPlan, desk: Desk, provider: Counting, clock: FakeClock
) -> None:
    ledger.plans.begin(plan.id, NOON)
    work(desk)
    reject_one(provider)
    clock.forward(minutes=10)
    work(desk)
    assert statuses(ledger, plan) == {"accepted": 5, "rejected": 2}


def test_a_canary_that_is_put_off_puts_off_the_rest(
    ledger: Ledger, plan: DraftedPlan, desk: Desk, provider: Counting, clock: FakeClock
) -> None:
    def answer(keys: Sequence[str]) -> Outcomes:
        raise TryLater("busy", after=3600)

    provider.answer = answer
    ledger.plans.begin(plan.id, NOON)
    work(desk)
    provider.answer = provider.accept
    clock.forward(hours=1)
    work(desk)
    assert ledger.pauses.of(plan.id) == Pause(left=3, waiting=4, until=clock() + PAUSE)


def test_where_all_of_the_first_said_no_meanwhile_the_rest_leaves(
    ledger: Ledger, plan: DraftedPlan, desk: Desk, clock: FakeClock
) -> None:
    refused = {f"reader{n}@example.com": "asked us" for n in range(3)}
    desk = replace(desk, suppressed=lambda: refused)
    ledger.plans.begin(plan.id, NOON)
    work(desk)
    clock.forward(minutes=10)
    work(desk)
    assert statuses(ledger, plan) == {"accepted": 4, "skipped": 3}


def test_a_plan_cancelled_in_the_pause_sends_nothing_more(
    ledger: Ledger, plan: DraftedPlan, desk: Desk, clock: FakeClock
) -> None:
    ledger.plans.begin(plan.id, NOON)
    work(desk)
    ledger.plans.cancel(plan.id, clock())
    clock.forward(hours=1)
    work(desk)
    assert statuses(ledger, plan) == {"accepted": 3, "cancelled": 4}


def test_an_armed_plan_has_its_pause_when_it_is_released(
    order: Order, ledger: Ledger, desk: Desk, clock: FakeClock
) -> None:
    plan = planned(order, ledger, canary=PAUSE, is_armed=True)
    clock.forward(hours=5)
    ledger.plans.begin(plan.id, clock(), is_released=True)
    work(desk)
    assert ledger.pauses.of(plan.id) == Pause(left=3, waiting=4, until=clock() + PAUSE)


def test_forgone_the_canary_waits_for_nobody(ledger: Ledger, plan: DraftedPlan, desk: Desk) -> None:
    ledger.pauses.forgo(plan.id, NOON)
    ledger.plans.begin(plan.id, NOON)
    work(desk)
    assert statuses(ledger, plan) == {"accepted": 7}


@ON_A_SERVER
def test_the_engine_calls_for_the_rest_when_the_canary_has_left(
    ledger: Ledger, plan: DraftedPlan, desk: Desk, clock: FakeClock
) -> None:
    worker = Worker(desk, threading.Event(), runner=Engine(ledger, clock, lanes=2))
    ledger.plans.begin(plan.id, NOON)
    worker.sweep()
    worker.drain()
    assert statuses(ledger, plan) == {"accepted": 3, "planned": 4}
    clock.forward(minutes=10)
    worker.sweep()
    worker.drain()
    assert statuses(ledger, plan) == {"accepted": 7}


def test_working_until_idle_does_not_wait_for_the_pause_and_says_when_it_is_held(
    order: Order, ledger: Ledger, plan: DraftedPlan, desk: Desk, provider: Counting, clock: FakeClock
) -> None:
    stop, told = threading.Event(), list[str]()
    ledger.plans.begin(plan.id, NOON)
    run(desk, Worker(desk, stop), stop, grace=GRACE, until_idle=True, tell=told.append)
    assert (clock(), told) == (NOON, [])
    assert statuses(ledger, plan) == {"accepted": 3, "planned": 4}
    reject_one(provider)
    other = planned(order, ledger, canary=PAUSE, release=replace(order.release, slug="other"))
    ledger.plans.begin(other.id, NOON)
    run(desk, Worker(desk, stop), stop, grace=GRACE, until_idle=True, tell=told.append)
    assert [said.startswith(f"Plan {other.id} is held: canary: 1 of the first 3") for said in told] == [True]
