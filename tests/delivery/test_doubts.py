"""What is uncertain ends once, by what somebody knows, and never by itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from distribute.delivery.desk import Desk
from distribute.delivery.doubts import Doubt
from distribute.delivery.ledger import Ledger
from distribute.delivery.sending import recut, send_batch
from distribute.domain.content import Accepted, Event, EventKind, Outcome, Rejected, Unclear
from distribute.domain.delivery import PlanState
from distribute.domain.plan import Plan
from tests.delivery.builders import NOON, Counting, statuses

SOON = NOON + timedelta(minutes=2)


@pytest.fixture
def doubt(ledger: Ledger, begun: Plan) -> Doubt:
    """The plan's first batch of three, whose answer was lost."""
    batch_id = ledger.batches.next_claimable(None, NOON)
    assert batch_id is not None
    claim = ledger.batches.claim(batch_id, NOON)
    assert claim is not None
    ledger.batches.doubt(claim, "silence", NOON, SOON)
    (found,) = ledger.doubts.of(begun.id)
    return found


def of_the_doubt(ledger: Ledger, doubt: Doubt) -> list[dict[str, object]]:
    return [row for row in ledger.standing.deliveries(doubt.plan) if row["key"] in doubt.recipients]


def test_it_tells_who_and_since_when(ledger: Ledger, doubt: Doubt, begun: Plan) -> None:
    first = begun.batches[0]
    assert tuple(doubt.recipients) == first.keys
    assert set(doubt.recipients.values()) == {r.contact.address for r in begun.recipients[:3]}
    assert (doubt.since, doubt.release, doubt.asked) == (NOON, "bridge", 0)


def test_it_is_due_when_its_provider_is_to_be_asked(ledger: Ledger, doubt: Doubt) -> None:
    assert ledger.doubts.due(SOON - timedelta(seconds=1)) == []
    assert ledger.doubts.due(SOON) == [doubt]
    assert ledger.doubts.next_asking() == SOON


def test_what_is_learnt_is_settled_with_why_it_is_known(ledger: Ledger, doubt: Doubt, begun: Plan) -> None:
    first, second, third = doubt.recipients
    outcomes: dict[str, Outcome] = {
        first: Accepted(provider_id="m1"),
        second: Rejected(reason="inactive"),
        third: Unclear(reason="?"),
    }
    assert ledger.doubts.learn(doubt, outcomes, "it was asked", NOON) == 2
    rows = {str(row["key"]): row for row in of_the_doubt(ledger, doubt)}
    assert (rows[first]["standing"], rows[first]["provider_id"], rows[first]["reason"]) == (
        "accepted",
        "m1",
        "it was asked",
    )
    assert (rows[second]["standing"], rows[second]["reason"]) == ("rejected", "inactive; it was asked")
    assert (rows[third]["standing"], rows[third]["reason"]) == ("uncertain", "silence")
    (left,) = ledger.doubts.of(begun.id)
    assert list(left.recipients) == [third]
    assert ledger.doubts.next_asking() == SOON


def test_what_the_answer_told_of_it_besides_is_kept_with_it(ledger: Ledger, doubt: Doubt, begun: Plan) -> None:
    first, *_ = doubt.recipients
    event = Event(key=first, kind=EventKind.DELIVERED, at=NOON, id="1")
    ledger.doubts.learn(doubt, {first: Accepted(provider_id="m1", events=(event,))}, "it was asked", NOON)
    (row,) = [row for row in of_the_doubt(ledger, doubt) if row["key"] == first]
    assert (row["standing"], row["reason"]) == ("accepted", "it was asked")
    ((kept,),) = ledger.events.of(begun.id).values()
    assert (kept["kind"], kept["at"], kept["event_id"], kept["provider"]) == ("delivered", NOON, "1", doubt.provider)


def test_once_everything_is_known_nobody_is_asked_any_more(ledger: Ledger, doubt: Doubt, begun: Plan) -> None:
    ledger.doubts.learn(doubt, {key: Accepted(provider_id="m") for key in doubt.recipients}, "known", NOON)
    assert ledger.doubts.of(begun.id) == []
    assert ledger.doubts.next_asking() is None
    assert statuses(ledger, begun) == {"accepted": 3, "planned": 4}


def test_the_first_to_know_is_believed(ledger: Ledger, doubt: Doubt, begun: Plan) -> None:
    first = next(iter(doubt.recipients))
    ledger.doubts.learn(doubt, {first: Accepted(provider_id="m1")}, "it was asked", NOON)
    assert ledger.doubts.learn(doubt, {first: Rejected(reason="no")}, "somebody else", NOON) == 0
    assert statuses(ledger, begun) == {"accepted": 1, "uncertain": 2, "planned": 4}


def test_an_answer_that_leaves_somebody_out_is_asked_about(ledger: Ledger, begun: Plan) -> None:
    batch_id = ledger.batches.next_claimable(None, NOON)
    assert batch_id is not None
    claim = ledger.batches.claim(batch_id, NOON)
    assert claim is not None
    ledger.batches.settle(claim, {claim.keys[0]: Accepted(provider_id="m")}, NOON, SOON)
    (doubt,) = ledger.doubts.due(SOON)
    assert tuple(doubt.recipients) == claim.keys[1:]


def test_what_did_not_arrive_leaves_again_in_a_new_request(
    desk: Desk, doubt: Doubt, begun: Plan, provider: Counting
) -> None:
    first, *others = doubt.recipients
    chosen = replace(doubt, recipients={first: doubt.recipients[first]})
    desk.ledger.doubts.retry(doubt, recut(desk, chosen), NOON)
    assert statuses(desk.ledger, begun) == {"planned": 5, "uncertain": 2}
    while (batch_id := desk.ledger.batches.next_claimable(None, NOON)) is not None:
        send_batch(desk, batch_id)
    assert statuses(desk.ledger, begun) == {"accepted": 5, "uncertain": 2}
    assert set(provider.accepted) == {m.key for m in begun.messages} - set(others)


def test_a_plan_that_was_done_is_taken_up_again_for_it(desk: Desk, doubt: Doubt, begun: Plan) -> None:
    while (batch_id := desk.ledger.batches.next_claimable(None, NOON)) is not None:
        send_batch(desk, batch_id)
    assert desk.ledger.plans.rest(begun.id, NOON) is PlanState.DONE
    desk.ledger.doubts.retry(doubt, recut(desk, doubt), NOON)
    assert desk.ledger.plans.find(begun.id)["state"] == PlanState.RUNNING
    while (batch_id := desk.ledger.batches.next_claimable(None, NOON)) is not None:
        send_batch(desk, batch_id)
    assert desk.ledger.plans.rest(begun.id, NOON) is PlanState.DONE
    assert statuses(desk.ledger, begun) == {"accepted": 7}


def test_in_a_cancelled_plan_its_promise_is_freed_instead(desk: Desk, doubt: Doubt, begun: Plan) -> None:
    desk.ledger.plans.cancel(begun.id, NOON)
    assert set(desk.ledger.standing.promised("bridge", 1)) == set(doubt.recipients)
    desk.ledger.doubts.retry(doubt, recut(desk, doubt), NOON)
    assert statuses(desk.ledger, begun) == {"cancelled": 7}
    assert desk.ledger.standing.promised("bridge", 1) == {}


def test_only_lost_answers_count_as_silence(ledger: Ledger, begun: Plan) -> None:
    outcomes = ("lost", "orphaned", "lost")
    for outcome in outcomes:
        batch_id = ledger.batches.next_claimable(None, NOON)
        assert batch_id is not None
        claim = ledger.batches.claim(batch_id, NOON)
        assert claim is not None
        ledger.batches.doubt(claim, "silence", NOON, None, outcome)
    assert ledger.doubts.in_a_row(begun.id, 3) == 2
