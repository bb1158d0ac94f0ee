"""What is reported later is kept once, settles what was in doubt, and never lets anything leave a second time."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st

from distribute.delivery import schema
from distribute.delivery.batch_rows import Claim
from distribute.delivery.database import Database, Location, open_memory
from distribute.delivery.desk import Desk
from distribute.delivery.doubts import Doubt
from distribute.delivery.events import Noted
from distribute.delivery.ledger import Ledger
from distribute.delivery.order import Order
from distribute.delivery.sending import recut, send_batch
from distribute.domain.content import Accepted, Event, EventKind, Outcomes, Rejected
from distribute.domain.delivery import BatchState, PlanState
from distribute.domain.plan import Plan
from distribute.errors import PlanError, TryLater
from tests.chaos.share import IS_LONG
from tests.delivery.builders import NOON, Counting, planned, statuses
from tests.simulation.orders import Shape
from tests.simulation.orders import planned as planned_anew

LATER = NOON + timedelta(hours=1)


def report(key: str, kind: EventKind = EventKind.DELIVERED, minute: int = 4, **more: Any) -> Event:
    at = NOON + timedelta(minutes=minute)
    return Event(key=key, kind=kind, at=at, **{"id": f"{key}-{kind}-{minute}", **more})


def note(ledger: Ledger, *events: Event, provider: str = "counting") -> Noted:
    return ledger.events.note(provider, events, LATER)


def take(ledger: Ledger) -> Claim:
    batch_id = ledger.batches.next_claimable(None, LATER)
    assert batch_id is not None
    claim = ledger.batches.claim(batch_id, NOON)
    assert claim is not None
    return claim


def row_of(ledger: Ledger, plan: Plan, key: str) -> dict[str, Any]:
    (row,) = [row for row in ledger.standing.deliveries(plan.id) if row["key"] == key]
    return row


def state_of(ledger: Ledger, batch_id: int) -> str:
    with ledger._db.reading() as db:
        return str(db.execute(sa.select(schema.batch.c.state).where(schema.batch.c.id == batch_id)).scalar_one())


def send_all(desk: Desk) -> None:
    later = replace(desk, now=lambda: LATER)
    while (batch_id := desk.ledger.batches.next_claimable(None, LATER)) is not None:
        send_batch(later, batch_id)


@pytest.fixture
def doubt(ledger: Ledger, begun: Plan) -> Doubt:
    """The plan's first batch of three, whose answer was lost."""
    ledger.batches.doubt(take(ledger), "silence", NOON, LATER)
    (found,) = ledger.doubts.of(begun.id)
    return found


# ---- kept


def test_what_was_accepted_keeps_its_events_oldest_first(desk: Desk, begun: Plan) -> None:
    send_all(desk)
    key = begun.batches[0].keys[0]
    told = (report(key, minute=9), report(key, EventKind.DEFERRED, 2, detail="421 later"))
    assert note(desk.ledger, *told) == Noted(new=2)
    (reported,) = desk.ledger.events.of(begun.id).values()
    assert [(it["kind"], it["at"], it["detail"]) for it in reported] == [
        ("deferred", NOON + timedelta(minutes=2), "421 later"),
        ("delivered", NOON + timedelta(minutes=9), ""),
    ]
    assert row_of(desk.ledger, begun, key)["reason"] is None
    assert statuses(desk.ledger, begun) == {"accepted": 7}


def test_an_event_that_is_reported_again_changes_nothing(desk: Desk, begun: Plan) -> None:
    send_all(desk)
    event = report(begun.batches[0].keys[0])
    assert note(desk.ledger, event, event) == Noted(new=1, known=1)
    assert note(desk.ledger, replace(event, detail="again")) == Noted(known=1)
    assert len(desk.ledger.events.of(begun.id)) == 1


def test_two_providers_may_give_their_events_the_same_name(desk: Desk, begun: Plan, order: Order) -> None:
    class Other(Counting):
        name = "other"

    other = planned(order, desk.ledger, carriers={"email": Other()}, release=replace(order.release, slug="tunnel"))
    keys = begun.batches[0].keys[0], other.batches[0].keys[0]
    assert note(desk.ledger, report(keys[0], id="1")).new == 1
    assert note(desk.ledger, report(keys[1], id="1"), provider="other").new == 1


def test_a_key_that_is_not_ours_is_said_and_holds_up_nobody(desk: Desk, begun: Plan) -> None:
    send_all(desk)
    key = begun.batches[0].keys[0]
    strange = [report("f" * 32), report("f" * 32, id="x"), report("no key"), report("", id="")]
    assert note(desk.ledger, *strange[:2], report(key), *strange[2:]) == Noted(new=1, unknown=("f" * 32, "no key", ""))
    assert note(desk.ledger, report(key, id="y"), provider="another") == Noted(unknown=(key,))
    assert note(desk.ledger) == Noted()


def test_an_event_is_never_changed_nor_removed(desk: Desk, begun: Plan) -> None:
    note(desk.ledger, report(begun.batches[0].keys[0]))
    for change in (schema.event.update().values(kind="delivered"), schema.event.delete()):
        with pytest.raises(sa.exc.IntegrityError, match="only ever added to"), desk.ledger._db.writing() as db:
            db.execute(change)


def test_whom_a_provider_names_is_not_kept_for_ever(desk: Desk, begun: Plan) -> None:
    key = begun.batches[0].keys[0]
    note(desk.ledger, report(key, EventKind.BOUNCED, detail="550 5.1.1 <reader0@example.com> unknown"))
    (reported,) = desk.ledger.events.of(begun.id).values()
    assert reported[0]["detail"] == "550 5.1.1 (address) unknown"


# ---- what was in doubt


@pytest.mark.parametrize("kind", EventKind)
def test_whatever_is_reported_of_an_uncertain_delivery_it_was_taken(
    ledger: Ledger, doubt: Doubt, begun: Plan, kind: EventKind
) -> None:
    first, *others = doubt.recipients
    assert note(ledger, report(first, kind)) == Noted(new=1, settled=1)
    row = row_of(ledger, begun, first)
    assert (row["standing"], row["settled_at"]) == ("accepted", LATER)
    assert row["reason"].startswith("counting reported ")
    assert row["reason"].endswith(", 2026-11-24 12:04 UTC")
    assert state_of(ledger, doubt.batch) == BatchState.UNCERTAIN
    assert note(ledger, *(report(key, kind) for key in others)).settled == 2
    assert state_of(ledger, doubt.batch) == BatchState.SETTLED
    assert ledger.doubts.next_asking() is None
    assert ledger.journal.lines(begun.id)[-1]["deed"] != "contradicted"


def test_it_says_how_it_is_known(ledger: Ledger, doubt: Doubt, begun: Plan) -> None:
    first, *_ = doubt.recipients
    note(ledger, report(first))
    assert row_of(ledger, begun, first)["reason"] == "counting reported it delivered, 2026-11-24 12:04 UTC"


def test_the_providers_name_for_it_is_kept_where_no_answer_gave_one(desk: Desk, doubt: Doubt, begun: Plan) -> None:
    first, *_ = doubt.recipients
    note(desk.ledger, report(first, provider_id="m-1"))
    assert row_of(desk.ledger, begun, first)["provider_id"] == "m-1"
    send_all(desk)
    other = begun.batches[1].keys[0]
    note(desk.ledger, report(other, provider_id="m-2"))
    assert row_of(desk.ledger, begun, other)["provider_id"] == f"id-{other}"


def test_an_answer_that_left_somebody_out_is_completed_by_a_report(ledger: Ledger, begun: Plan) -> None:
    claim = take(ledger)
    ledger.batches.settle(claim, {key: Accepted(provider_id="m") for key in claim.keys[1:]}, NOON, LATER)
    assert note(ledger, report(claim.keys[0])).settled == 1
    assert ledger.doubts.of(begun.id) == []


# ---- while the answer is under way


def test_while_it_is_submitted_a_report_waits_for_the_answer(ledger: Ledger, begun: Plan) -> None:
    claim = take(ledger)
    assert note(ledger, report(claim.keys[0])) == Noted(new=1)
    assert statuses(ledger, begun) == {"submitting": 3, "planned": 4}
    ledger.batches.settle(claim, {key: Accepted(provider_id=f"m-{key}") for key in claim.keys}, NOON)
    row = row_of(ledger, begun, claim.keys[0])
    assert (row["standing"], row["provider_id"], row["reason"]) == ("accepted", f"m-{claim.keys[0]}", None)


def test_an_answer_that_is_lost_after_the_report_leaves_only_the_others_in_doubt(ledger: Ledger, begun: Plan) -> None:
    claim = take(ledger)
    note(ledger, report(claim.keys[0]))
    ledger.batches.doubt(claim, "silence", NOON, LATER)
    assert row_of(ledger, begun, claim.keys[0])["standing"] == "accepted"
    (left,) = ledger.doubts.of(begun.id)
    assert tuple(left.recipients) == claim.keys[1:]


def test_an_orphan_of_which_all_is_reported_is_settled_when_it_is_taken_up(ledger: Ledger, begun: Plan) -> None:
    claim = take(ledger)
    note(ledger, *map(report, claim.keys))
    (orphan,) = ledger.batches.under_way()
    ledger.batches.doubt(orphan, "interrupted", NOON, LATER)
    assert state_of(ledger, claim.batch) == BatchState.SETTLED
    assert ledger.doubts.next_asking() is None


def test_a_request_that_waits_to_be_repeated_is_repeated_whole_for_the_others(
    desk: Desk, begun: Plan, provider: Counting
) -> None:
    claim = take(desk.ledger)
    desk.ledger.batches.repeat(claim, LATER, "silence", NOON)
    assert note(desk.ledger, report(claim.keys[0])) == Noted(new=1)
    assert row_of(desk.ledger, begun, claim.keys[0])["standing"] == "accepted"
    again = desk.ledger.batches.claim(claim.batch, LATER)
    assert again is not None
    assert (again.body, again.keys, tuple(again.people)) == (claim.body, claim.keys, claim.keys[1:])
    desk.ledger.batches.settle(again, {key: Rejected(reason="no") for key in claim.keys}, LATER)
    assert [row_of(desk.ledger, begun, key)["standing"] for key in claim.keys] == ["accepted", "rejected", "rejected"]


def test_where_all_is_reported_nothing_is_repeated(ledger: Ledger, begun: Plan) -> None:
    claim = take(ledger)
    ledger.batches.repeat(claim, LATER, "silence", NOON)
    assert note(ledger, *map(report, claim.keys)).contradicted == {}
    assert state_of(ledger, claim.batch) == BatchState.SETTLED
    assert claim.batch not in ledger.batches.claimable(None, LATER, limit=9)


# ---- what was taken to have got nothing


def test_what_is_reported_of_a_planned_delivery_keeps_it_from_leaving(
    desk: Desk, begun: Plan, provider: Counting
) -> None:
    key = begun.batches[0].keys[1]
    said = "counting reported it delivered, 2026-11-24 12:04 UTC, although it was not known to have left"
    assert note(desk.ledger, report(key)) == Noted(new=1, contradicted={key: said})
    send_all(desk)
    assert key not in provider.accepted
    assert set(provider.accepted.values()) == {1}
    assert statuses(desk.ledger, begun) == {"accepted": 7}
    assert row_of(desk.ledger, begun, key)["reason"] == said
    assert desk.ledger.plans.rest(begun.id, LATER) is PlanState.DONE
    line = desk.ledger.journal.lines(begun.id)[-1]
    assert (line["deed"], line["by"]) == ("contradicted", "counting")
    assert line["detail"]["said"] == "it took 1 that had not left for all we knew"


def test_a_request_all_of_which_is_reported_does_not_leave(desk: Desk, begun: Plan, provider: Counting) -> None:
    note(desk.ledger, *map(report, begun.batches[0].keys))
    send_all(desk)
    assert provider.accepted.total() == 4
    assert desk.ledger.plans.rest(begun.id, LATER) is PlanState.DONE


def test_an_answer_of_not_sent_is_not_believed_once_one_of_them_is_reported(
    desk: Desk, begun: Plan, provider: Counting
) -> None:
    def busy(_keys: Sequence[str]) -> Outcomes:
        raise TryLater("busy", after=1.0)

    provider.answer = busy
    batch_id = desk.ledger.batches.next_claimable(None, NOON)
    assert batch_id is not None
    send_batch(desk, batch_id)
    provider.answer = provider.accept
    first, *others = begun.batches[0].keys
    assert note(desk.ledger, report(first)).contradicted.keys() == {first}
    send_all(desk)
    assert not set(provider.accepted) & set(begun.batches[0].keys)
    assert statuses(desk.ledger, begun) == {"accepted": 5, "uncertain": 2}
    (doubt,) = desk.ledger.doubts.of(begun.id)
    assert list(doubt.recipients) == others


def test_a_person_who_said_too_early_that_it_did_not_arrive_sends_it_to_nobody_twice(
    desk: Desk, doubt: Doubt, begun: Plan, provider: Counting
) -> None:
    first, *others = doubt.recipients
    desk.ledger.doubts.retry(doubt, recut(desk, doubt), NOON)
    assert note(desk.ledger, report(first)).contradicted.keys() == {first}
    send_all(desk)
    assert first not in provider.accepted
    assert set(others) < provider.accepted.keys()


def test_what_was_rejected_and_is_reported_was_taken(desk: Desk, begun: Plan) -> None:
    claim = take(desk.ledger)
    desk.ledger.batches.settle(claim, {key: Rejected(reason="inactive") for key in claim.keys}, NOON)
    (said,) = note(desk.ledger, report(claim.keys[0])).contradicted.values()
    assert said.endswith("although it was rejected (inactive)")
    assert row_of(desk.ledger, begun, claim.keys[0])["standing"] == "accepted"


def test_what_was_cancelled_and_is_reported_is_promised_to_nobody_again(
    desk: Desk, doubt: Doubt, begun: Plan, order: Order
) -> None:
    desk.ledger.plans.cancel(begun.id, NOON)
    desk.ledger.doubts.retry(doubt, recut(desk, doubt), NOON)
    assert desk.ledger.standing.promised("bridge", 1) == {}
    first, *_ = doubt.recipients
    (said,) = note(desk.ledger, report(first)).contradicted.values()
    assert said.endswith("although it was cancelled (silence)")
    assert desk.ledger.standing.promised("bridge", 1) == {first: begun.id}
    again = planned(order, desk.ledger, now=LATER)
    assert first not in {key for batch in again.batches for key in batch.keys}


def test_a_report_of_what_left_by_another_plan_keeps_it_from_leaving_by_this_one(
    desk: Desk, doubt: Doubt, begun: Plan, order: Order, provider: Counting
) -> None:
    desk.ledger.plans.cancel(begun.id, NOON)
    desk.ledger.doubts.retry(doubt, recut(desk, doubt), NOON)
    again = planned(order, desk.ledger, now=LATER)
    desk.ledger.plans.begin(again.id, LATER)
    first, *_ = doubt.recipients
    note(desk.ledger, report(first))
    send_all(desk)
    assert first not in provider.accepted
    assert statuses(desk.ledger, again) == {"accepted": 7}


def test_a_plan_that_was_made_before_the_report_cannot_promise_it_again(
    desk: Desk, doubt: Doubt, begun: Plan, order: Order
) -> None:
    desk.ledger.plans.cancel(begun.id, NOON)
    desk.ledger.doubts.retry(doubt, recut(desk, doubt), NOON)
    again = planned(order, desk.ledger, now=LATER)
    note(desk.ledger, report(next(iter(doubt.recipients))))
    with pytest.raises(PlanError, match="plan again"):
        desk.ledger.plans.begin(again.id, LATER)


# ---- evidence for suppression


def test_who_complained_unsubscribed_or_bounced_for_good_is_named(desk: Desk, begun: Plan) -> None:
    send_all(desk)
    keys = [key for batch in begun.batches for key in batch.keys]
    note(
        desk.ledger,
        report(keys[0], EventKind.COMPLAINED, 9),
        report(keys[1], EventKind.UNSUBSCRIBED, 8),
        report(keys[2], EventKind.BOUNCED, 7, is_permanent=True, detail="no such user"),
        report(keys[3], EventKind.BOUNCED, 6, detail="mailbox full"),
        report(keys[4], EventKind.DELIVERED, 5),
    )
    assert [(it["recipient"], it["kind"], it["detail"]) for it in desk.ledger.events.refusals()] == [
        ("reader2@example.com", "bounced", "no such user"),
        ("reader1@example.com", "unsubscribed", ""),
        ("reader0@example.com", "complained", ""),
    ]


# ---- any order, any number of times, any number of workers

KEYS = [key for batch in planned_anew(Shape(readers=(0, 1, 2, 3))).batches for key in batch.keys]
REPORTS = st.lists(
    st.builds(report, st.sampled_from([*KEYS, "e" * 32]), st.sampled_from(EventKind), st.integers(0, 3)), max_size=8
)


def told(batches: Sequence[Sequence[Event]]) -> tuple[Any, ...]:
    """A plan of four in two requests, one doubted and one not begun; what stands after these events."""
    ledger = Ledger(Database(open_memory()))
    plan = planned_anew(Shape(readers=(0, 1, 2, 3)))
    ledger.plans.record(plan, plan.hash())
    ledger.plans.begin(plan.id, NOON)
    ledger.batches.doubt(take(ledger), "silence", NOON, LATER)
    for events in batches:
        ledger.events.note("once", events, LATER)
    rows = ledger.standing.deliveries(plan.id)
    keys = {row["id"]: row["key"] for row in rows}
    kept = {
        (keys[n], it["event_id"], it["kind"], it["at"]) for n, its in ledger.events.of(plan.id).items() for it in its
    }
    with ledger._db.reading() as db:
        number = db.execute(sa.select(sa.func.count()).select_from(schema.event)).scalar_one()
        states = db.execute(sa.select(schema.batch.c.id, schema.batch.c.state)).all()
    assert number == len(kept)
    return {row["key"]: row["status"] for row in rows}, kept, states


@settings(max_examples=150 if IS_LONG else 20, deadline=None)
@given(events=REPORTS, data=st.data())
def test_in_any_order_and_any_number_of_times_the_same_is_kept_and_believed(
    events: list[Event], data: st.DataObject
) -> None:
    again = data.draw(
        st.permutations([*events, *data.draw(st.lists(st.sampled_from(events)) if events else st.just([]))])
    )
    cut = data.draw(st.integers(0, len(again)))
    assert told([again[:cut], again[cut:]]) == told([[event] for event in events])


def test_of_many_threads_each_event_is_kept_by_one(
    ledger: Ledger, doubt: Doubt, begun: Plan, location: Location
) -> None:
    events = [report(key, minute=minute) for key in doubt.recipients for minute in range(4)]
    noted: list[Noted] = []

    def hear(number: int) -> None:
        own = Ledger.open(location)
        noted.extend(own.events.note("counting", [event], LATER) for event in (*events[number:], *events[:number]))
        own.close()

    threads = [threading.Thread(target=hear, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(it.new for it in noted) == len(events)
    assert sum(it.known for it in noted) == 3 * len(events)
    assert sum(it.settled for it in noted) == 3
    assert {len(its) for its in ledger.events.of(begun.id).values()} == {4}
    assert statuses(ledger, begun) == {"accepted": 3, "planned": 4}
