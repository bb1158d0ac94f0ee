"""Plans in the ledger: recorded once, begun by a person, started when due, done when all is settled."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import timedelta

import pytest

from distribute.delivery.audience import Audience
from distribute.delivery.desk import Desk
from distribute.delivery.draft import DraftedPlan
from distribute.delivery.journal import PROGRAM
from distribute.delivery.ledger import Ledger
from distribute.delivery.order import Order
from distribute.delivery.planning import make_plan
from distribute.delivery.sending import send_batch
from distribute.delivery.worker import Worker
from distribute.domain.content import Accepted
from distribute.domain.delivery import PlanState
from distribute.domain.plan import Plan
from distribute.domain.release import ReleaseLine, ReleaseLineKind
from distribute.errors import PlanError
from distribute.scheduling.running import run
from tests.delivery.builders import NOON, Counting, FakeClock, at, contacts, media, planned, statuses


def test_a_recorded_plan_has_a_row_for_every_delivery_and_is_not_begun(ledger: Ledger, plan: Plan) -> None:
    assert ledger.plans.find(plan.id)["state"] == PlanState.PLANNED
    assert ledger.plans.find(plan.id)["hash"] == plan.hash()
    assert statuses(ledger, plan) == {"planned": 7}
    assert ledger.batches.next_claimable(None, NOON + timedelta(days=9)) is None


def test_recording_the_same_plan_again_changes_nothing(ledger: Ledger, plan: DraftedPlan) -> None:
    ledger.plans.begin(plan.id, NOON)
    ledger.plans.record(plan, plan.hash())
    assert ledger.plans.find(plan.id)["state"] == PlanState.RUNNING
    assert statuses(ledger, plan) == {"planned": 7}


def test_an_unknown_plan_is_a_sentence(ledger: Ledger) -> None:
    with pytest.raises(PlanError, match=r"no plan “nonsense”.*distribute status"):
        ledger.plans.find("nonsense")


def test_beginning_starts_what_is_due_and_schedules_the_rest(order: Order, ledger: Ledger) -> None:
    now = planned(order, ledger)
    ledger.plans.begin(now.id, NOON)
    assert ledger.plans.find(now.id)["state"] == PlanState.RUNNING

    later = planned(
        replace(order, release=replace(order.release, slug="later")), ledger, at=at("", NOON + timedelta(hours=1))
    )
    ledger.plans.begin(later.id, NOON)
    assert ledger.plans.find(later.id)["state"] == PlanState.SCHEDULED
    assert ledger.batches.next_claimable([later.id], NOON + timedelta(hours=2)) is None


def test_a_plan_begins_once(ledger: Ledger, begun: Plan) -> None:
    with pytest.raises(PlanError, match="is running already"):
        ledger.plans.begin(begun.id, NOON)


def test_two_plans_cannot_promise_the_same_person_the_same_edition(order: Order, ledger: Ledger, plan: Plan) -> None:
    other = planned(order, ledger, at=at("", NOON + timedelta(hours=1)))
    assert other.id != plan.id
    ledger.plans.begin(plan.id, NOON)
    with pytest.raises(PlanError, match="drifted"):
        ledger.plans.begin(other.id, NOON)
    assert ledger.plans.find(other.id)["state"] == PlanState.PLANNED
    assert ledger.standing.promised("bridge", 1) == {message.key: plan.id for message in plan.messages}


def test_a_plan_made_later_skips_those_who_were_promised(order: Order, ledger: Ledger, begun: Plan) -> None:
    with pytest.raises(PlanError, match=rf"promised this edition already \(in plan {begun.id}\).*slug.*edition"):
        make_plan(order, ledger.standing)
    second = make_plan(replace(order, release=replace(order.release, edition=2)), ledger.standing)
    assert second.deliveries == 7


def test_a_channel_starts_only_when_due_and_only_once(order: Order, ledger: Ledger) -> None:
    plan = planned(order, ledger, at=at("", NOON + timedelta(hours=1)))
    assert not ledger.plans.start_channel(plan.id, "email", NOON + timedelta(hours=2)), "not begun"
    ledger.plans.begin(plan.id, NOON)
    assert not ledger.plans.start_channel(plan.id, "email", NOON + timedelta(minutes=59)), "not due"
    assert ledger.plans.start_channel(plan.id, "email", NOON + timedelta(hours=1))
    assert not ledger.plans.start_channel(plan.id, "email", NOON + timedelta(hours=1)), "started"
    assert ledger.plans.find(plan.id)["state"] == PlanState.RUNNING


def test_a_held_plan_gives_nothing_away_until_a_person_begins_it_again(ledger: Ledger, begun: Plan, desk: Desk) -> None:
    ledger.plans.hold(begun.id, "late: tell me", NOON)
    assert ledger.plans.find(begun.id)["because"] == "late: tell me"
    assert ledger.batches.next_claimable(None, NOON) is None
    ledger.plans.begin(begun.id, NOON)
    assert ledger.plans.find(begun.id)["because"] is None
    assert ledger.batches.next_claimable(None, NOON) is not None


def test_a_plan_is_done_when_every_batch_is_settled(ledger: Ledger, begun: Plan, desk: Desk) -> None:
    assert ledger.plans.rest(begun.id, NOON) is PlanState.RUNNING
    Worker(desk, threading.Event()).drain()
    assert ledger.plans.rest(begun.id, NOON) is PlanState.DONE
    assert ledger.plans.find(begun.id)["finished_at"] == NOON


def test_another_name_for_a_file_that_was_sent_is_noticed(order: Order, ledger: Ledger) -> None:
    plan = planned(order, ledger, release_file="release.txt")
    assert ledger.plans.sent_under_another_name("release.txt", "other") is None
    ledger.plans.begin(plan.id, NOON)
    found = ledger.plans.sent_under_another_name("release.txt", "other")
    assert found is not None
    assert found["id"] == plan.id
    assert ledger.plans.sent_under_another_name("release.txt", "bridge") is None


def test_a_resumed_plan_keeps_its_instant(order: Order, ledger: Ledger) -> None:
    plan = planned(order, ledger, at=at("", NOON + timedelta(hours=1)))
    ledger.plans.begin(plan.id, NOON)
    ledger.plans.hold(plan.id, "by a person", NOON)
    assert not ledger.plans.start_channel(plan.id, "email", NOON + timedelta(hours=1)), "held"
    ledger.plans.resume(plan.id, NOON + timedelta(minutes=30), timedelta(minutes=15))
    assert ledger.plans.find(plan.id)["state"] == PlanState.SCHEDULED
    assert ledger.batches.next_claimable(None, NOON + timedelta(minutes=30)) is None
    assert ledger.plans.start_channel(plan.id, "email", NOON + timedelta(hours=1))


def test_a_plan_whose_time_passed_while_it_was_held_is_not_simply_resumed(order: Order, ledger: Ledger) -> None:
    plan = planned(order, ledger, at=at("", NOON + timedelta(hours=1)))
    ledger.plans.begin(plan.id, NOON)
    ledger.plans.hold(plan.id, "by a person", NOON)
    with pytest.raises(PlanError, match=f"distribute send --plan {plan.id}"):
        ledger.plans.resume(plan.id, NOON + timedelta(hours=3), timedelta(minutes=15))
    assert ledger.plans.find(plan.id)["state"] == PlanState.HELD


def test_only_a_held_plan_is_resumed(ledger: Ledger, begun: Plan) -> None:
    with pytest.raises(PlanError, match="is running, not held"):
        ledger.plans.resume(begun.id, NOON, timedelta())


def test_cancelling_stops_what_has_not_left_and_frees_its_people(
    order: Order, ledger: Ledger, begun: Plan, desk: Desk
) -> None:
    batch_id = ledger.batches.next_claimable(None, NOON)
    assert batch_id is not None
    send_batch(desk, batch_id)
    ledger.plans.cancel(begun.id, NOON)
    assert statuses(ledger, begun) == {"accepted": 3, "cancelled": 4}
    assert ledger.plans.find(begun.id)["state"] == PlanState.CANCELLED
    assert ledger.batches.next_claimable(None, NOON) is None
    again = planned(order, ledger)
    assert again.deliveries == 4
    ledger.plans.begin(again.id, NOON)
    with pytest.raises(PlanError, match="nothing left to cancel"):
        ledger.plans.cancel(begun.id, NOON)


@pytest.mark.parametrize("answer", ["settle", "postpone", "doubt"])
def test_what_is_under_way_while_it_is_cancelled_ends_as_it_ends(ledger: Ledger, begun: Plan, answer: str) -> None:
    batch_id = ledger.batches.next_claimable(None, NOON)
    assert batch_id is not None
    claim = ledger.batches.claim(batch_id, NOON)
    assert claim is not None
    ledger.plans.cancel(begun.id, NOON)
    assert statuses(ledger, begun) == {"submitting": 3, "cancelled": 4}
    if answer == "settle":
        ledger.batches.settle(claim, {key: Accepted(provider_id="x") for key in claim.keys}, NOON)
    elif answer == "postpone":
        ledger.batches.postpone(claim, NOON, "busy", NOON)
    else:
        ledger.batches.doubt(claim, "silence", NOON)
    ending = {"settle": "accepted", "postpone": "cancelled", "doubt": "uncertain"}[answer]
    counted = {"cancelled": 7} if ending == "cancelled" else {ending: 3, "cancelled": 4}
    assert statuses(ledger, begun) == counted
    assert ledger.batches.next_claimable(None, NOON + timedelta(days=1)) is None


@pytest.fixture
def armed(order: Order, ledger: Ledger, provider: Counting) -> Plan:
    """Armed under an embargo that lifts in two hours: e-mail when released, the network at the lift."""
    carriers = {"email": provider, "mastodon": provider}
    audience = Audience(chosen=[media(*(replace(it, embargo_ok=True) for it in contacts(7)))])
    line = ReleaseLine(kind=ReleaseLineKind.EMBARGO, until=NOON + timedelta(hours=2))
    changed = {"release": replace(order.release, release_line=line), "audience": audience, "carriers": carriers}
    return planned(order, ledger, **changed, is_armed=True)


def test_an_armed_plan_is_another_plan(order: Order, ledger: Ledger) -> None:
    assert planned(order, ledger).hash() != planned(order, ledger, is_armed=True).hash()


def test_an_armed_plan_has_no_time_of_its_own(order: Order, ledger: Ledger) -> None:
    with pytest.raises(PlanError, match="leave out --at"):
        make_plan(replace(order, is_armed=True, at=at("", NOON + timedelta(hours=1))), ledger.standing)


def test_nothing_but_a_release_starts_an_armed_plan(
    ledger: Ledger, armed: Plan, desk: Desk, provider: Counting, clock: FakeClock
) -> None:
    stop = threading.Event()
    for hours in (0, 1, 48):
        clock.forward(hours=hours)
        run(desk, Worker(desk, stop), stop, grace=timedelta(minutes=15), until_idle=True, tell=lambda _said: None)
        assert not ledger.plans.start_channel(armed.id, "email", clock())
        with pytest.raises(PlanError, match=f"distribute release {armed.id}"):
            ledger.plans.begin(armed.id, clock())
        with pytest.raises(PlanError, match="not held"):
            ledger.plans.resume(armed.id, clock(), timedelta(days=9))
    assert not provider.requests


def test_a_released_plan_leaves_at_once_but_for_what_waits_for_the_lift(
    ledger: Ledger, armed: Plan, desk: Desk, provider: Counting, clock: FakeClock
) -> None:
    clock.forward(hours=1, minutes=30)
    ledger.plans.begin(armed.id, clock(), "Ada", is_released=True)
    stop = threading.Event()
    grace = timedelta(minutes=15)
    run(desk, Worker(desk, stop), stop, grace=grace, until_idle=True, tell=lambda _said: None)
    assert statuses(ledger, armed) == {"accepted": 7}
    assert statuses(ledger, armed, "mastodon") == {"planned": 1}
    assert {it["channel"]: it["at"] for it in ledger.plans.channels(armed.id)} == {
        "email": NOON + timedelta(hours=1, minutes=30),
        "mastodon": NOON + timedelta(hours=2),
    }
    clock.forward(minutes=30)
    run(desk, Worker(desk, stop), stop, grace=grace, until_idle=True, tell=lambda _said: None)
    assert statuses(ledger, armed, "mastodon") == {"accepted": 1}
    deeds = [(line["deed"], line["by"]) for line in ledger.journal.lines(armed.id)]
    assert deeds == [("planned", PROGRAM), ("armed", PROGRAM), ("released", "Ada")]


def test_a_plan_is_released_once_and_carried_on_like_any_other(ledger: Ledger, armed: Plan) -> None:
    ledger.plans.begin(armed.id, NOON, is_released=True)
    with pytest.raises(PlanError, match="is running already"):
        ledger.plans.begin(armed.id, NOON, is_released=True)
    ledger.plans.hold(armed.id, "by a person", NOON)
    with pytest.raises(PlanError, match="released already"):
        ledger.plans.begin(armed.id, NOON, is_released=True)
    ledger.plans.begin(armed.id, NOON)
    assert ledger.plans.find(armed.id)["state"] == PlanState.RUNNING


def test_only_an_armed_plan_is_released(ledger: Ledger, plan: Plan) -> None:
    with pytest.raises(PlanError, match="is not armed"):
        ledger.plans.begin(plan.id, NOON, is_released=True)


def test_an_armed_plan_is_cancelled_like_any_other(ledger: Ledger, armed: Plan) -> None:
    ledger.plans.cancel(armed.id, NOON)
    with pytest.raises(PlanError, match="is cancelled already"):
        ledger.plans.begin(armed.id, NOON, is_released=True)
