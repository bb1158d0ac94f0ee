"""The loop: carries on what was interrupted, sends what is due, returns when idle."""

from __future__ import annotations

import threading
import time
from datetime import UTC, datetime, timedelta

from distribute.delivery.desk import Desk
from distribute.delivery.ledger import Ledger
from distribute.delivery.planning import Order
from distribute.delivery.worker import Worker
from distribute.domain.delivery import PlanState
from distribute.scheduling.running import run
from tests.delivery.builders import NOON, Counting, FakeClock, at, planned, statuses

GRACE = timedelta(minutes=15)


def idle(desk: Desk, told: list[str]) -> None:
    stop = threading.Event()
    run(desk, Worker(desk, stop), stop, grace=GRACE, until_idle=True, tell=told.append)


def test_what_is_due_is_sent_and_what_is_not_is_left(
    order: Order, ledger: Ledger, desk: Desk, provider: Counting, clock: FakeClock
) -> None:
    plan = planned(order, ledger, at=at("", NOON + timedelta(hours=1)))
    ledger.plans.begin(plan.id, NOON)
    told: list[str] = []
    idle(desk, told)
    assert not provider.requests
    assert ledger.plans.find(plan.id)["state"] == PlanState.SCHEDULED
    clock.forward(hours=1)
    idle(desk, told)
    assert statuses(ledger, plan) == {"accepted": 7}
    assert told == [f"Plan {plan.id} is done."]


def test_an_interrupted_plan_is_carried_on_and_its_orphan_is_uncertain(
    order: Order, ledger: Ledger, desk: Desk, provider: Counting
) -> None:
    plan = planned(order, ledger)
    ledger.plans.begin(plan.id, NOON)
    batch_id = ledger.batches.next_claimable(None, NOON)
    assert batch_id is not None
    ledger.batches.claim(batch_id, NOON)
    idle(desk, [])
    assert statuses(ledger, plan) == {"accepted": 4, "uncertain": 3}
    assert set(provider.accepted.values()) == {1}
    assert ledger.plans.find(plan.id)["state"] == PlanState.DONE


def test_a_late_plan_is_told_of_and_not_sent(
    order: Order, ledger: Ledger, desk: Desk, provider: Counting, clock: FakeClock
) -> None:
    plan = planned(order, ledger, at=at("", NOON + timedelta(hours=1)))
    ledger.plans.begin(plan.id, NOON)
    clock.forward(hours=9)
    told: list[str] = []
    idle(desk, told)
    assert not provider.requests
    assert len(told) == 1
    assert "is held: late" in told[0]


def test_the_loop_wakes_at_the_instant(order: Order, ledger: Ledger, provider: Counting) -> None:
    due = datetime.now(UTC) + timedelta(seconds=1.3)
    plan = planned(order, ledger, at=at("", due), now=datetime.now(UTC))
    ledger.plans.begin(plan.id, datetime.now(UTC))
    sent_at: list[datetime] = []

    def answer(keys: object) -> object:
        sent_at.append(datetime.now(UTC))
        return provider.accept(keys)  # type: ignore[arg-type]

    provider.answer = answer  # type: ignore[assignment]
    desk = Desk(ledger=ledger, provider=lambda _name: provider, now=lambda: datetime.now(UTC))
    stop = threading.Event()
    thread = threading.Thread(
        target=run,
        args=(desk, Worker(desk, stop), stop),
        kwargs={"grace": GRACE, "until_idle": False, "tell": lambda _sentence: None},
    )
    thread.start()
    deadline = time.monotonic() + 10
    while ledger.plans.find(plan.id)["state"] != PlanState.DONE and time.monotonic() < deadline:
        time.sleep(0.05)
    stop.set()
    thread.join()
    assert statuses(ledger, plan) == {"accepted": 7}
    assert timedelta(0) <= sent_at[0] - due < timedelta(seconds=0.9)
