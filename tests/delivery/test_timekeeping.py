"""The guard: what is a fault of the clock, what is a correction, and what is nobody's business."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest

from distribute.delivery.desk import Desk
from distribute.delivery.ledger import Ledger
from distribute.delivery.timekeeping import DRIFT, JUMP, TOLERANCE, TRUST, ClockGuard, Watch, unwatched
from distribute.delivery.worker import Worker
from distribute.domain.delivery import PlanState
from distribute.domain.plan import Plan
from tests.delivery.builders import NOON, Counting, Repeatable, statuses
from tests.delivery.clocks import Machine

DAY = 86_400.0


@pytest.fixture
def machine() -> Machine:
    return Machine()


@pytest.fixture
def alone(machine: Machine) -> ClockGuard:
    """A guard without a trusted time, which has looked once."""
    guard = ClockGuard(machine.wall, machine.steady)
    assert guard.fault() == ""
    return guard


@pytest.fixture
def checked(machine: Machine) -> ClockGuard:
    """A guard with a trusted time, which has looked, and asked, once."""
    guard = ClockGuard(machine.wall, machine.steady, machine.trusted)
    assert guard.fault() == ""
    assert machine.asked == 1
    return guard


# ---- two clocks of one machine


@pytest.mark.parametrize("seconds", [0.001, 1.0, 30.0, 9 * 3_600.0, 3 * DAY])
def test_time_that_passes_is_no_fault_and_neither_is_a_night_asleep(
    machine: Machine, alone: ClockGuard, seconds: float
) -> None:
    for _ in range(5):
        machine.passes(seconds)
        assert alone.fault() == ""
        assert alone.fault(is_release=True) == ""


@pytest.mark.parametrize(("seconds", "words"), [(3_600.0, "3,600 s ahead"), (-90.0, "90 s back"), (2.5, "2 s ahead")])
def test_a_step_is_a_fault_once(machine: Machine, alone: ClockGuard, seconds: float, words: str) -> None:
    machine.passes(1)
    machine.is_set(seconds)
    fault = alone.fault()
    assert fault.startswith("clock: this machine's clock jumped ")
    assert f"{words} while 1 s passed" in fault
    machine.passes(1)
    assert alone.fault(is_release=True) == "", "who lets it go on has looked at the clock"


def test_a_step_is_seen_however_long_the_machine_slept(machine: Machine, alone: ClockGuard) -> None:
    machine.passes(9 * 3_600)
    machine.is_set(600)
    assert "600 s ahead" in alone.fault()


def test_every_step_is_a_fault_of_its_own(machine: Machine, alone: ClockGuard) -> None:
    machine.is_set(3_600)
    assert "ahead" in alone.fault()
    machine.is_set(-3_600)
    assert "back" in alone.fault()


@pytest.mark.parametrize("step", [JUMP, -JUMP, 1.0, -1.0])
def test_a_leap_second_and_a_hurried_ntp_are_no_fault(machine: Machine, alone: ClockGuard, step: float) -> None:
    machine.passes(1)
    machine.is_set(step)
    assert alone.fault() == ""


def test_a_paused_virtual_machine_is_a_fault_since_its_clocks_part(machine: Machine, alone: ClockGuard) -> None:
    machine.is_paused(1_800)
    assert "1,800 s ahead while 0 s passed" in alone.fault()


@pytest.mark.parametrize("sign", [1, -1])
def test_what_ntp_slews_in_a_month_is_no_fault(machine: Machine, alone: ClockGuard, sign: int) -> None:
    for _ in range(30 * 24):
        machine.passes(3_600)
        machine.is_set(sign * 3_600 * 400e-6)
        assert alone.fault() == ""


@pytest.mark.parametrize("sign", [1, -1])
def test_small_steps_that_all_go_one_way_are_a_fault_in_the_end(machine: Machine, alone: ClockGuard, sign: int) -> None:
    moved = 0.0
    while not (fault := alone.fault()):
        machine.passes(1)
        machine.is_set(sign * 1.5)
        moved += 1.5
    assert DRIFT < moved < DRIFT + 3
    assert "in small steps" in fault
    assert alone.fault() == ""


def test_small_steps_to_and_fro_are_no_fault(machine: Machine, alone: ClockGuard) -> None:
    for number in range(500):
        machine.passes(1)
        machine.is_set(1.5 if number % 2 else -1.5)
        assert alone.fault() == ""


def test_a_machine_suspended_between_two_readings_looks_again(machine: Machine) -> None:
    naps = iter([0.0] * 8 + [1_800.0] + [0.0] * 100)

    def wall() -> object:
        moment = machine.wall()
        machine.passes(next(naps))
        return moment

    guard = ClockGuard(wall, machine.steady)  # type: ignore[arg-type]
    for _ in range(20):
        assert guard.fault() == ""


# ---- an earlier life


@pytest.mark.parametrize(
    ("back", "is_fault"), [(3_000.0, True), (2.5, True), (2.0, False), (0.0, False), (-9.0, False)]
)
def test_a_clock_set_back_while_nobody_looked_is_seen_at_the_start(
    machine: Machine, back: float, is_fault: bool
) -> None:
    guard = ClockGuard(machine.wall, machine.steady, seen=NOON + timedelta(seconds=back))
    fault = guard.fault()
    assert bool(fault) is is_fault
    assert fault == "" or fault.startswith("clock: this machine's clock was set back: it says 2026-11-24T12:00:00Z")
    assert guard.fault() == ""


def test_a_start_with_the_clock_set_back_to_the_true_time_is_a_correction(machine: Machine) -> None:
    guard = ClockGuard(machine.wall, machine.steady, machine.trusted, seen=NOON + timedelta(hours=1))
    look = guard.look()
    assert (look.fault, look.is_set_back) == ("", True)


# ---- a trusted time


def test_a_clock_that_is_off_from_the_start_is_a_fault_for_as_long_as_it_is(machine: Machine) -> None:
    machine.is_set(3_600)
    guard = ClockGuard(machine.wall, machine.steady, machine.trusted)
    for _ in range(200):
        assert "is 3,600 s ahead of the time CLOCK_CHECK gives" in guard.fault()
        machine.passes(1)
    assert machine.asked == 1 + 199 // TRUST
    machine.is_set(-3_600)
    assert guard.fault() == "", "setting it right is no fault"


@pytest.mark.parametrize("off", [TOLERANCE, -TOLERANCE])
def test_a_trusted_time_with_whole_seconds_is_given_some_room(machine: Machine, off: float) -> None:
    machine.is_set(off)
    assert ClockGuard(machine.wall, machine.steady, machine.trusted).fault() == ""
    machine.is_set(off / 100)
    assert ClockGuard(machine.wall, machine.steady, machine.trusted).fault()


@pytest.mark.parametrize("seconds", [1_800.0, 3.0])
def test_a_jump_to_the_true_time_is_a_correction(machine: Machine, seconds: float) -> None:
    machine.is_set(-seconds)
    guard = ClockGuard(machine.wall, machine.steady)
    guard.fault()
    guard._trusted = machine.trusted
    machine.is_set(seconds)
    assert guard.fault() == ""


def test_a_paused_machine_whose_clock_was_set_right_carries_on(machine: Machine, checked: ClockGuard) -> None:
    machine.is_paused(1_800)
    assert checked.fault() == ""


def test_a_jump_away_from_the_true_time_lasts(machine: Machine, checked: ClockGuard) -> None:
    machine.is_set(600)
    assert "600 s ahead of" in checked.fault()
    machine.passes(TRUST)
    assert "600 s ahead of" in checked.fault()


def test_a_jump_nobody_can_confirm_is_a_fault_and_says_both(machine: Machine, checked: ClockGuard) -> None:
    machine.is_reachable = False
    machine.is_set(600)
    fault = checked.fault()
    assert "jumped 600 s ahead" in fault
    assert "clock.example.org cannot be asked" in fault


def test_ordinary_questions_ask_elsewhere_once_a_minute_and_releases_always(
    machine: Machine, checked: ClockGuard
) -> None:
    for _ in range(600):
        machine.passes(1)
        checked.fault()
    assert machine.asked == 11
    for _ in range(5):
        checked.fault(is_release=True)
    assert machine.asked == 16


def test_a_trusted_time_that_cannot_be_asked_stops_releases_alone(machine: Machine, checked: ClockGuard) -> None:
    machine.is_reachable = False
    machine.passes(TRUST)
    assert checked.fault() == ""
    fault = checked.fault(is_release=True)
    assert fault.startswith("clock: ntp://clock.example.org cannot be asked")
    assert "nothing starts" in fault
    assert checked.fault() == ""
    machine.is_reachable = True
    assert checked.fault(is_release=True) == ""


def test_a_disagreement_says_with_whom(machine: Machine) -> None:
    guard = ClockGuard(machine.wall, machine.steady, machine.trusted, whose="the ledger's server")
    machine.is_set(3_600.0)
    assert "is 3,600 s ahead of the ledger's server: set it right" in guard.fault()


def test_a_disagreement_outlives_the_trusted_times_silence(machine: Machine, checked: ClockGuard) -> None:
    machine.is_set(600)
    assert checked.fault()
    machine.is_reachable = False
    machine.passes(TRUST)
    assert "600 s ahead of" in checked.fault()


@pytest.mark.parametrize(("took", "is_believed"), [(3.0, True), (9.0, True), (1_800.0, False)])
def test_an_answer_counts_for_the_middle_of_its_question_unless_the_machine_slept_in_it(
    machine: Machine, took: float, is_believed: bool
) -> None:
    def trusted() -> object:
        machine.passes(took / 2)
        answer = machine.trusted()
        machine.passes(took / 2)
        return answer

    guard = ClockGuard(machine.wall, machine.steady, trusted)  # type: ignore[arg-type]
    assert (guard.fault(is_release=True) == "") is is_believed


# ---- over a ledger


def watching(ledger: Ledger, machine: Machine) -> Watch:
    return Watch(ledger, machine.wall, machine.steady)


def test_a_fault_holds_every_begun_plan_and_says_how_to_go_on(ledger: Ledger, begun: Plan, machine: Machine) -> None:
    watch = watching(ledger, machine)
    assert watch() == ""
    machine.is_set(3_600)
    fault = watch()
    row = ledger.plans.find(begun.id)
    assert row["state"] == PlanState.HELD
    assert row["because"] == f"{fault}; `distribute resume {begun.id}` then lets it go on"
    assert ledger.batches.next_claimable(None, NOON + timedelta(days=1)) is None


def test_a_plan_that_has_not_begun_is_left_alone(ledger: Ledger, plan: Plan, machine: Machine) -> None:
    watch = watching(ledger, machine)
    watch()
    machine.is_set(3_600)
    assert watch()
    assert ledger.plans.find(plan.id)["state"] == PlanState.PLANNED


def test_the_time_is_remembered_every_half_minute_and_compared_at_the_next_start(
    ledger: Ledger, machine: Machine
) -> None:
    watch = watching(ledger, machine)
    noted = set()
    for _ in range(100):
        watch()
        noted.add(ledger.sightings.last())
        machine.passes(1)
    assert noted == {NOON + timedelta(seconds=seconds) for seconds in (0, 30, 60, 90)}
    machine.is_set(-3_600)
    again = watching(ledger, machine)
    assert "was set back" in again()
    assert watching(ledger, machine)() == "", "a jump is a fault once"


def test_after_a_set_back_no_request_is_young_enough_to_be_repeated(
    ledger: Ledger, begun: Plan, machine: Machine
) -> None:
    provider = Repeatable()
    watch = watching(ledger, machine)
    watch()
    batch_id = ledger.batches.next_claimable(None, NOON)
    assert batch_id is not None
    ledger.batches.claim(batch_id, machine.wall())
    machine.passes(1_500)
    machine.is_set(-1_600)
    desk = Desk(ledger=ledger, provider=lambda _name: provider, now=machine.wall, guard=watching(ledger, machine))
    assert watch()
    ledger.plans.resume(begun.id, machine.wall(), timedelta(minutes=15))
    machine.passes(400)
    Worker(desk, threading.Event()).take_over()
    assert statuses(ledger, begun) == {"uncertain": 3, "planned": 4}


def test_a_request_whose_age_is_known_is_repeated(ledger: Ledger, begun: Plan, machine: Machine) -> None:
    provider = Repeatable()
    batch_id = ledger.batches.next_claimable(None, NOON)
    assert batch_id is not None
    ledger.batches.claim(batch_id, machine.wall())
    machine.passes(1_500)
    desk = Desk(ledger=ledger, provider=lambda _name: provider, now=machine.wall, guard=watching(ledger, machine))
    worker = Worker(desk, threading.Event())
    worker.take_over()
    worker.drain()
    assert statuses(ledger, begun) == {"accepted": 7}


def test_nothing_is_repeated_while_the_trusted_time_is_silent(ledger: Ledger, begun: Plan, machine: Machine) -> None:
    provider = Repeatable()
    watch = Watch(ledger, machine.wall, machine.steady, machine.trusted)
    desk = Desk(ledger=ledger, provider=lambda _name: provider, now=machine.wall, guard=watch)
    batch_id = ledger.batches.next_claimable(None, NOON)
    assert batch_id is not None
    ledger.batches.claim(batch_id, machine.wall())
    machine.is_reachable = False
    worker = Worker(desk, threading.Event())
    worker.take_over()
    worker.drain()
    assert not provider.requests
    assert ledger.plans.find(begun.id)["state"] == PlanState.HELD
    assert not ledger.batches.under_way()
    machine.is_reachable = True
    ledger.plans.resume(begun.id, machine.wall(), timedelta(minutes=15))
    worker.drain()
    assert statuses(ledger, begun) == {"accepted": 7}


def test_a_jump_between_two_batches_ends_the_sending(
    ledger: Ledger, begun: Plan, provider: Counting, machine: Machine
) -> None:
    def answer(keys: object) -> object:
        machine.is_set(3_600)
        return provider.accept(keys)  # type: ignore[arg-type]

    provider.answer = answer  # type: ignore[assignment]
    watch = watching(ledger, machine)
    Worker(
        Desk(ledger=ledger, provider=lambda _name: provider, now=machine.wall, guard=watch), threading.Event()
    ).drain()
    assert statuses(ledger, begun) == {"accepted": 3, "planned": 4}
    assert ledger.plans.find(begun.id)["because"].startswith("clock: this machine's clock jumped 3,600 s ahead")


def test_a_guard_that_only_says_no_is_obeyed_too(desk: Desk, begun: Plan, provider: Counting) -> None:
    blocked = Desk(ledger=desk.ledger, provider=desk.provider, now=desk.now, guard=lambda **_: "clock: no")
    Worker(blocked, threading.Event()).drain()
    assert not provider.requests
    assert desk.ledger.plans.find(begun.id)["because"] == "clock: no"


def test_of_many_threads_that_ask_at_once_none_passes_a_fault_before_the_plans_are_held(
    ledger: Ledger, begun: Plan, machine: Machine
) -> None:
    watch = watching(ledger, machine)
    watch()
    machine.is_set(3_600)
    start = threading.Barrier(8)
    states: list[str] = []

    def ask() -> None:
        start.wait()
        watch()
        states.append(ledger.plans.find(begun.id)["state"])

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert states == [PlanState.HELD] * 8


def test_who_is_given_a_time_takes_it_at_its_word() -> None:
    assert unwatched() == unwatched(is_release=True) == ""
