"""The loop: carries on what was interrupted, sends what is due, returns when idle."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from distribute.delivery.desk import Desk
from distribute.delivery.ledger import Ledger
from distribute.delivery.order import Order
from distribute.delivery.timekeeping import Watch
from distribute.delivery.worker import Worker
from distribute.domain.delivery import PlanState
from distribute.scheduling.running import _tick, run
from tests.delivery.builders import NOON, Counting, FakeClock, at, planned, statuses
from tests.delivery.clocks import Machine

GRACE = timedelta(minutes=15)
HOUR = timedelta(hours=1)


def idle(desk: Desk, told: list[str]) -> None:
    stop = threading.Event()
    run(desk, Worker(desk, stop), stop, grace=GRACE, until_idle=True, tell=told.append)


def watched(
    ledger: Ledger, provider: Counting, machine: Machine, trusted: Callable[[], datetime] | None = None
) -> Desk:
    watch = Watch(ledger, machine.wall, machine.steady, trusted)
    return Desk(ledger=ledger, provider=lambda _name: provider, now=machine.wall, guard=watch)


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


# ---- the clock


def test_a_clock_that_jumped_starts_nothing_until_a_person_lets_it(
    order: Order, ledger: Ledger, provider: Counting
) -> None:
    machine = Machine()
    plan = planned(order, ledger, at=at("", NOON + HOUR))
    ledger.plans.begin(plan.id, NOON)
    desk = watched(ledger, provider, machine)
    told: list[str] = []
    idle(desk, told)
    machine.is_set(3_600)
    idle(desk, told)
    assert not provider.requests
    row = ledger.plans.find(plan.id)
    assert (row["state"], row["because"][:6]) == (PlanState.HELD, "clock:")
    assert "3,600 s ahead" in told[-1]
    assert [channel["begun_at"] for channel in ledger.plans.channels(plan.id)] == [None]
    idle(desk, told)
    assert ledger.plans.find(plan.id)["state"] == PlanState.HELD, "nobody has let it go on"
    machine.is_set(-3_600)
    idle(desk, told)
    ledger.plans.resume(plan.id, machine.wall(), GRACE)
    idle(desk, told)
    assert not provider.requests
    machine.passes(3_600)
    idle(desk, told)
    assert statuses(ledger, plan) == {"accepted": 7}


def test_a_night_asleep_is_not_punished(order: Order, ledger: Ledger, provider: Counting) -> None:
    machine = Machine()
    plan = planned(order, ledger, at=at("", NOON + 9 * HOUR))
    ledger.plans.begin(plan.id, NOON)
    desk = watched(ledger, provider, machine)
    idle(desk, [])
    machine.passes(9 * 3_600)
    idle(desk, [])
    assert statuses(ledger, plan) == {"accepted": 7}


def test_the_trusted_time_is_asked_before_a_channel_starts_and_must_answer(
    order: Order, ledger: Ledger, provider: Counting
) -> None:
    machine = Machine()
    plan = planned(order, ledger, at=at("", NOON + HOUR))
    ledger.plans.begin(plan.id, NOON)
    desk = watched(ledger, provider, machine, trusted=machine.trusted)
    told: list[str] = []
    idle(desk, told)
    machine.passes(3_599)
    machine.is_reachable = False
    idle(desk, told)
    assert ledger.plans.find(plan.id)["state"] == PlanState.SCHEDULED, "nothing was to start"
    machine.passes(1)
    idle(desk, told)
    assert not provider.requests
    assert "cannot be asked for the time" in told[-1]
    machine.is_reachable = True
    ledger.plans.resume(plan.id, machine.wall(), GRACE)
    asked = machine.asked
    idle(desk, told)
    assert machine.asked > asked
    assert statuses(ledger, plan) == {"accepted": 7}


def test_a_clock_that_was_wrong_from_the_start_is_said_so_once(
    order: Order, ledger: Ledger, provider: Counting
) -> None:
    machine = Machine()
    machine.is_set(3_600)
    plan = planned(order, ledger, at=at("", NOON + HOUR))
    ledger.plans.begin(plan.id, NOON)
    told: list[str] = []
    desk = watched(ledger, provider, machine, trusted=machine.trusted)
    stop = threading.Event()
    worker = Worker(desk, stop)
    run(desk, worker, stop, grace=GRACE, until_idle=True, tell=told.append)
    for _ in range(100):
        machine.passes(1)
        _tick(desk, worker, GRACE, told.append)
    assert [sentence for sentence in told if "3,600 s ahead of" in sentence] == told
    assert len(told) == 1
    assert not provider.requests


def test_a_fault_at_the_start_is_said_although_nothing_is_scheduled(ledger: Ledger, provider: Counting) -> None:
    machine = Machine()
    machine.is_set(3_600)
    told: list[str] = []
    idle(watched(ledger, provider, machine, trusted=machine.trusted), told)
    assert len(told) == 1
    assert told[0].startswith("clock: this machine's clock is 3,600 s ahead of")


def test_a_clock_set_back_between_two_lives_holds_what_was_scheduled(
    order: Order, ledger: Ledger, provider: Counting
) -> None:
    machine = Machine()
    plan = planned(order, ledger, at=at("", NOON + HOUR))
    ledger.plans.begin(plan.id, NOON)
    idle(watched(ledger, provider, machine), [])
    machine.passes(60)
    machine.is_set(-600)
    told: list[str] = []
    idle(watched(ledger, provider, machine), told)
    assert "was set back" in told[0]
    assert ledger.plans.find(plan.id)["because"].startswith("clock:")


STEP = st.tuples(st.sampled_from(["passes", "is_set", "is_paused", "is_set_while_down"]), st.floats(0.1, 4_000.0))


@given(story=st.lists(STEP, max_size=10), sign=st.sampled_from([1, -1]), is_checked=st.booleans())
@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_however_a_clock_lies_nothing_leaves_before_its_true_instant(
    order: Order, story: list[tuple[str, float]], sign: int, is_checked: bool
) -> None:
    """But for steps too small to be seen, two seconds each, or five beside a trusted time.

    A clock set ahead while nobody watches is seen by a trusted time alone.
    """
    machine, provider, ledger = Machine(), Counting(), Ledger.rehearsal(Path("nowhere"))
    plan = planned(order, ledger, at=at("", NOON + HOUR), carriers={"email": provider})
    ledger.plans.begin(plan.id, NOON)
    slack = timedelta(seconds=5 if is_checked else 2 * len(story))
    trusted = machine.trusted if is_checked else None
    desk = watched(ledger, provider, machine, trusted=trusted)
    for what, seconds in [("passes", 0.0), *story]:
        if what in {"is_set", "is_set_while_down"}:
            machine.is_set(sign * seconds)
            sign = -sign
        else:
            getattr(machine, what)(seconds)
        if what == "is_set_while_down" and is_checked:
            desk = watched(ledger, provider, machine, trusted=trusted)
        _tick(desk, Worker(desk, threading.Event()), GRACE, lambda _sentence: None)
        assert not provider.requests or machine.true >= NOON + HOUR - slack
    ledger.close()


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
