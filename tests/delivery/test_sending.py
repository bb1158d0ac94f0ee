"""What each answer of a provider means, and what a death in mid-request leaves behind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from distribute.delivery.batch_rows import Claim
from distribute.delivery.desk import Desk, Turn
from distribute.delivery.ledger import Ledger
from distribute.delivery.order import Order
from distribute.delivery.repeating import take_up_orphans
from distribute.delivery.sending import send_batch
from distribute.domain.content import Outcomes
from distribute.domain.delivery import PlanState
from distribute.domain.plan import Plan
from distribute.errors import BatchRefused, ConfigError, LateAnswer, PlanError, TryLater, Unauthorised, Uncertain
from tests.delivery.builders import NOON, Counting, FakeClock, Repeatable, planned, statuses


def first(ledger: Ledger) -> int:
    batch_id = ledger.batches.next_claimable(None, NOON)
    assert batch_id is not None
    return batch_id


def failing(error: BaseException) -> object:
    def answer(keys: Sequence[str]) -> Outcomes:
        raise error

    return answer


def test_a_batch_that_is_accepted_is_settled(desk: Desk, begun: Plan, provider: Counting) -> None:
    assert send_batch(desk, first(desk.ledger)) is Turn.SETTLED
    assert statuses(desk.ledger, begun) == {"accepted": 3, "planned": 4}
    assert provider.bodies == [begun.batches[0].body]


def test_calling_again_sends_nothing(desk: Desk, begun: Plan, provider: Counting) -> None:
    batch_id = first(desk.ledger)
    send_batch(desk, batch_id)
    assert send_batch(desk, batch_id) is Turn.NOTHING
    assert len(provider.requests) == 1


def test_what_did_not_leave_is_planned_again_and_waits(
    desk: Desk, begun: Plan, provider: Counting, clock: FakeClock
) -> None:
    batch_id = first(desk.ledger)
    provider.answer = failing(TryLater("busy", after=30))  # type: ignore[assignment]
    assert send_batch(desk, batch_id) is Turn.POSTPONED
    assert statuses(desk.ledger, begun) == {"planned": 7}
    assert send_batch(desk, batch_id) is Turn.NOTHING
    clock.forward(seconds=30)
    provider.answer = provider.accept
    assert send_batch(desk, batch_id) is Turn.SETTLED


def test_a_refused_account_holds_the_plan_and_rejects_nobody(desk: Desk, begun: Plan, provider: Counting) -> None:
    provider.answer = failing(Unauthorised("check COUNTING_API_KEY"))  # type: ignore[assignment]
    assert send_batch(desk, first(desk.ledger)) is Turn.HELD
    assert statuses(desk.ledger, begun) == {"planned": 7}
    row = desk.ledger.plans.find(begun.id)
    assert (row["state"], row["because"]) == (PlanState.HELD, "check COUNTING_API_KEY")


def test_a_lost_answer_is_uncertain_and_never_sent_again(
    desk: Desk, begun: Plan, provider: Counting, clock: FakeClock
) -> None:
    batch_id = first(desk.ledger)
    provider.answer = failing(Uncertain("read timeout"))  # type: ignore[assignment]
    assert send_batch(desk, batch_id) is Turn.DOUBTED
    clock.forward(days=3)
    assert send_batch(desk, batch_id) is Turn.NOTHING
    assert statuses(desk.ledger, begun) == {"uncertain": 3, "planned": 4}


def test_an_exception_nobody_foresaw_is_uncertain_and_not_swallowed(
    desk: Desk, begun: Plan, provider: Counting
) -> None:
    provider.answer = failing(ZeroDivisionError())  # type: ignore[assignment]
    with pytest.raises(ZeroDivisionError):
        send_batch(desk, first(desk.ledger))
    assert statuses(desk.ledger, begun) == {"uncertain": 3, "planned": 4}


def test_a_request_refused_as_a_whole_is_cut_until_the_one_at_fault_stands_alone(
    desk: Desk, begun: Plan, provider: Counting
) -> None:
    bad = begun.messages[1].key

    def answer(keys: Sequence[str]) -> Outcomes:
        if bad in keys:
            raise BatchRefused("one address is malformed")
        return provider.accept(keys)

    provider.answer = answer
    while (batch_id := desk.ledger.batches.next_claimable(None, NOON)) is not None:
        send_batch(desk, batch_id)
    assert statuses(desk.ledger, begun) == {"accepted": 6, "rejected": 1}
    rejected = next(row for row in desk.ledger.standing.deliveries(begun.id) if row["standing"] == "rejected")
    assert (rejected["key"], rejected["reason"]) == (bad, "one address is malformed")
    assert set(provider.accepted.values()) == {1}


def test_the_parts_of_a_cut_batch_carry_the_same_messages(desk: Desk, begun: Plan, provider: Counting) -> None:
    provider.answer = failing(BatchRefused("no"))  # type: ignore[assignment]
    send_batch(desk, first(desk.ledger))
    provider.answer = provider.accept
    while (batch_id := desk.ledger.batches.next_claimable(None, NOON)) is not None:
        send_batch(desk, batch_id)
    sent = [provider.freeze([message]) for message in begun.messages]
    assert sorted(b for body in provider.bodies[1:] for b in _items(body)) == sorted(
        b for it in sent for b in _items(it)
    )


def test_a_provider_that_is_not_set_up_leaves_the_batch_unclaimed(
    ledger: Ledger, begun: Plan, clock: FakeClock
) -> None:
    def missing(_name: str) -> Counting:
        raise ConfigError(["COUNTING_API_KEY is not set"])

    with pytest.raises(ConfigError):
        send_batch(Desk(ledger=ledger, provider=missing, now=clock), first(ledger))
    assert statuses(ledger, begun) == {"planned": 7}


def test_an_orphan_is_uncertain_where_a_second_request_may_be_a_second_sending(desk: Desk, begun: Plan) -> None:
    desk.ledger.batches.claim(first(desk.ledger), NOON)
    assert take_up_orphans(desk) == {"repeated": 0, "uncertain": 1}
    assert statuses(desk.ledger, begun) == {"uncertain": 3, "planned": 4}
    assert take_up_orphans(desk) == {"repeated": 0, "uncertain": 0}


@pytest.mark.parametrize(("age", "is_repeated"), [(timedelta(minutes=29), True), (timedelta(minutes=31), False)])
def test_an_orphan_is_repeated_only_well_inside_the_window_of_its_provider(
    order: Order, ledger: Ledger, clock: FakeClock, age: timedelta, is_repeated: bool
) -> None:
    repeatable = Repeatable()
    plan = planned(order, ledger, carriers={"email": repeatable})
    ledger.plans.begin(plan.id, NOON)
    desk = Desk(ledger=ledger, provider=lambda _name: repeatable, now=clock)
    claim = ledger.batches.claim(first(ledger), NOON)
    assert claim is not None
    clock.forward(seconds=age.total_seconds())
    take_up_orphans(desk)
    rows = [row for row in ledger.standing.deliveries(plan.id) if row["key"] in claim.keys]
    assert {row["standing"] for row in rows} == {"uncertain"}
    send_batch(desk, claim.batch)
    assert repeatable.bodies == [claim.body] * is_repeated


def _items(body: bytes) -> list[str]:
    import json  # noqa: PLC0415

    return [json.dumps(row) for row in json.loads(body)]


def test_who_said_no_after_the_plan_was_made_is_left_out(desk: Desk, begun: Plan, provider: Counting) -> None:
    refused = begun.recipients[1]
    desk = replace(desk, suppressed=lambda: {refused.contact.address: "unsubscribed"})
    while (batch_id := desk.ledger.batches.next_claimable(None, NOON)) is not None:
        send_batch(desk, batch_id)
    assert statuses(desk.ledger, begun) == {"accepted": 6, "skipped": 1}
    assert set(provider.accepted) == {message.key for message in begun.messages} - {refused.key}
    skipped = next(row for row in desk.ledger.standing.deliveries(begun.id) if row["standing"] == "skipped")
    assert (skipped["key"], skipped["reason"]) == (refused.key, "suppressed: unsubscribed")
    planned_items = {item for batch in begun.batches for item in _items(batch.body)}
    assert {item for body in provider.bodies for item in _items(body)} <= planned_items


def test_a_batch_of_people_who_all_said_no_is_not_sent(desk: Desk, begun: Plan, provider: Counting) -> None:
    desk = replace(desk, suppressed=lambda: {r.contact.address: "no" for r in begun.recipients})
    while (batch_id := desk.ledger.batches.next_claimable(None, NOON)) is not None:
        send_batch(desk, batch_id)
    assert not provider.requests
    assert statuses(desk.ledger, begun) == {"skipped": 7}
    assert desk.ledger.plans.rest(begun.id, NOON) is PlanState.DONE


def test_the_orphan_of_a_cancelled_plan_is_never_called_cancelled(
    order: Order, ledger: Ledger, clock: FakeClock
) -> None:
    repeatable = Repeatable()
    plan = planned(order, ledger, carriers={"email": repeatable})
    ledger.plans.begin(plan.id, NOON)
    ledger.batches.claim(first(ledger), NOON)
    ledger.plans.cancel(plan.id, NOON)
    take_up_orphans(Desk(ledger=ledger, provider=lambda _name: repeatable, now=clock))
    assert statuses(ledger, plan) == {"uncertain": 3, "cancelled": 4}


class Taken:
    """A batch that landed at a provider that knows a repetition, and whose worker died before it read the answer."""

    def __init__(self, order: Order, ledger: Ledger, clock: FakeClock) -> None:
        self.provider = Repeatable()
        self.plan = planned(order, ledger, carriers={"email": self.provider})
        ledger.plans.begin(self.plan.id, NOON)
        self.ledger, self.clock = ledger, clock
        self.desk = Desk(ledger=ledger, provider=lambda _name: self.provider, now=clock)
        claim = ledger.batches.claim(first(ledger), NOON)
        assert claim is not None
        self.claim = claim
        self.provider.submit(claim)
        take_up_orphans(self.desk)

    def statuses_of_the_batch(self) -> set[str]:
        rows = self.ledger.standing.deliveries(self.plan.id)
        return {row["standing"] for row in rows if row["key"] in self.claim.keys}


@pytest.fixture
def taken(order: Order, ledger: Ledger, clock: FakeClock) -> Taken:
    return Taken(order, ledger, clock)


def test_what_may_have_left_is_uncertain_until_it_is_repeated(taken: Taken) -> None:
    assert taken.statuses_of_the_batch() == {"uncertain"}
    assert taken.ledger.plans.rest(taken.plan.id, NOON) is PlanState.RUNNING
    assert send_batch(taken.desk, taken.claim.batch) is Turn.SETTLED
    assert taken.provider.bodies == [taken.claim.body] * 2
    assert taken.statuses_of_the_batch() == {"accepted"}
    reasons = {row["reason"] for row in taken.ledger.standing.deliveries(taken.plan.id) if row["settled_at"]}
    assert reasons == {"the same request was made again and answered"}


def test_the_window_is_asked_again_before_every_repetition(taken: Taken) -> None:
    taken.ledger.plans.hold(taken.plan.id, "by a person", NOON)
    taken.clock.forward(hours=30)
    taken.ledger.plans.begin(taken.plan.id, taken.clock())
    assert send_batch(taken.desk, taken.claim.batch) is Turn.DOUBTED
    assert len(taken.provider.requests) == 1
    assert taken.statuses_of_the_batch() == {"uncertain"}


def test_a_pause_between_repetitions_does_not_widen_the_window(taken: Taken) -> None:
    taken.provider.answer = failing(TryLater("busy", after=3000))  # type: ignore[assignment]
    assert send_batch(taken.desk, taken.claim.batch) is Turn.POSTPONED
    assert taken.statuses_of_the_batch() == {"uncertain"}
    taken.clock.forward(seconds=3000)
    assert send_batch(taken.desk, taken.claim.batch) is Turn.DOUBTED


def test_nobody_is_cut_out_of_what_may_have_left(taken: Taken) -> None:
    address = taken.plan.recipients[0].contact.address
    assert send_batch(replace(taken.desk, suppressed=lambda: {address: "no"}), taken.claim.batch) is Turn.DOUBTED
    assert len(taken.provider.requests) == 1
    assert taken.statuses_of_the_batch() == {"uncertain"}


def test_a_refused_repetition_says_nothing_of_the_first_request(taken: Taken) -> None:
    taken.provider.answer = failing(BatchRefused("no"))  # type: ignore[assignment]
    assert send_batch(taken.desk, taken.claim.batch) is Turn.DOUBTED
    assert taken.statuses_of_the_batch() == {"uncertain"}


def test_cancelling_does_not_call_cancelled_what_may_have_left(taken: Taken) -> None:
    taken.ledger.plans.cancel(taken.plan.id, NOON)
    assert taken.statuses_of_the_batch() == {"uncertain"}
    assert statuses(taken.ledger, taken.plan) == {"uncertain": 3, "cancelled": 4}


def test_a_clock_that_was_set_back_makes_no_old_request_young(desk: Desk, begun: Plan, clock: FakeClock) -> None:
    desk.ledger.batches.claim(first(desk.ledger), NOON)
    clock.forward(hours=-1)
    assert take_up_orphans(desk) == {"repeated": 0, "uncertain": 1}
    assert statuses(desk.ledger, begun) == {"uncertain": 3, "planned": 4}


def test_who_is_suppressed_is_asked_last_of_all(desk: Desk, begun: Plan, provider: Counting) -> None:
    asked: list[str] = []
    claim = desk.ledger.batches.claim

    def read(*args: Any) -> Claim | None:
        asked.append("ledger")
        return claim(*args)

    def suppressed() -> dict[str, str]:
        asked.append("suppressions")
        return {}

    desk.ledger.batches.claim = read  # type: ignore[assignment, method-assign]
    send_batch(replace(desk, suppressed=suppressed), first(desk.ledger))
    assert asked == ["ledger", "suppressions"]


@pytest.mark.parametrize("seconds", [20, 10_000, -1])
def test_who_sleeps_between_claim_and_request_lets_go(
    desk: Desk, begun: Plan, provider: Counting, clock: FakeClock, seconds: float
) -> None:
    def asleep() -> dict[str, str]:
        clock.forward(seconds=seconds)
        return {}

    batch_id = first(desk.ledger)
    assert send_batch(replace(desk, suppressed=asleep), batch_id) is Turn.NOTHING
    assert (provider.requests, statuses(desk.ledger, begun)) == ([], {"planned": 7})
    clock.at = NOON
    assert send_batch(desk, batch_id) is Turn.SETTLED


def test_a_request_does_not_leave_once_its_batch_was_taken_over(
    desk: Desk, begun: Plan, provider: Counting, clock: FakeClock
) -> None:
    def taken_for_dead() -> dict[str, str]:
        clock.forward(minutes=40)
        take_up_orphans(desk)
        return {}

    with pytest.raises(LateAnswer):
        send_batch(replace(desk, suppressed=taken_for_dead), first(desk.ledger))
    assert provider.requests == []
    assert statuses(desk.ledger, begun) == {"uncertain": 3, "planned": 4}


def test_a_pause_holds_although_the_plan_was_held_meanwhile(desk: Desk, begun: Plan, provider: Counting) -> None:
    def answer(keys: Sequence[str]) -> Outcomes:
        desk.ledger.plans.hold(begun.id, "by a person", NOON)
        raise TryLater("busy", after=600)

    provider.answer = answer
    batch_id = first(desk.ledger)
    send_batch(desk, batch_id)
    desk.ledger.plans.resume(begun.id, NOON, timedelta())
    assert send_batch(desk, batch_id) is Turn.NOTHING


def test_a_lost_answer_is_asked_for_by_the_same_request_where_that_is_harmless(
    order: Order, ledger: Ledger, clock: FakeClock
) -> None:
    provider = Repeatable()
    plan = planned(order, ledger, carriers={"email": provider})
    ledger.plans.begin(plan.id, NOON)
    desk = Desk(ledger=ledger, provider=lambda _name: provider, now=clock)
    batch_id = first(ledger)
    provider.answer = failing(Uncertain("read timeout"))  # type: ignore[assignment]
    for pause in (5, 30, 120):
        assert send_batch(desk, batch_id) is Turn.POSTPONED
        assert statuses(ledger, plan) == {"uncertain": 3, "planned": 4}
        assert ledger.batches.next_claimable(None, clock() + timedelta(seconds=pause - 1)) is None
        clock.forward(seconds=pause)
    provider.answer = provider.accept
    assert send_batch(desk, batch_id) is Turn.SETTLED
    assert len(set(provider.bodies)) == 1
    assert statuses(ledger, plan) == {"accepted": 3, "planned": 4}


def test_asking_again_ends_where_the_next_time_would_be_too_late(
    order: Order, ledger: Ledger, clock: FakeClock
) -> None:
    provider = Repeatable()
    plan = planned(order, ledger, carriers={"email": provider})
    ledger.plans.begin(plan.id, NOON)
    desk = Desk(ledger=ledger, provider=lambda _name: provider, now=clock)
    batch_id = first(ledger)
    provider.answer = failing(Uncertain("read timeout"))  # type: ignore[assignment]
    while send_batch(desk, batch_id) is Turn.POSTPONED:
        at = ledger.batches.next_instant(None)
        assert at is not None
        clock.at = at
    assert clock() - NOON < provider.repeatable_for / 2
    assert statuses(ledger, plan) == {"uncertain": 3, "planned": 4}


def test_a_batch_that_cannot_be_cut_is_left_as_it_was(desk: Desk, begun: Plan, provider: Counting) -> None:
    def broken(_items: object) -> bytes:
        raise PlanError("it does not fit any more")

    provider.answer = failing(BatchRefused("no"))  # type: ignore[assignment]
    provider.freeze = broken  # type: ignore[assignment,method-assign]
    with pytest.raises(PlanError):
        send_batch(desk, first(desk.ledger))
    assert statuses(desk.ledger, begun) == {"planned": 7}
