"""Providers are asked at their times; what they know settles, what they do not know proves nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

import pytest

from distribute.delivery.asking import UNREACHABLE, ask, ask_due
from distribute.delivery.desk import Desk
from distribute.delivery.ledger import Ledger
from distribute.delivery.order import Order
from distribute.delivery.sending import send_batch
from distribute.domain.content import Outcomes, Sought
from distribute.domain.plan import Plan
from distribute.errors import SubmissionError, TryLater, Unauthorised, Uncertain
from tests.delivery.builders import NOON, Askable, Counting, FakeClock, planned, statuses


@dataclass
class Lost:
    """A plan whose first request of three arrived, and whose answer did not."""

    plan: Plan
    provider: Askable
    desk: Desk
    clock: FakeClock

    def statuses(self) -> dict[str, int]:
        return dict(statuses(self.desk.ledger, self.plan))

    def reasons(self) -> set[str]:
        rows = self.desk.ledger.standing.deliveries(self.plan.id)
        return {row["reason"] for row in rows if row["settled_at"]}


@pytest.fixture
def lost(order: Order, ledger: Ledger, clock: FakeClock) -> Lost:
    provider = Askable()
    plan = planned(order, ledger, carriers={"email": provider})
    ledger.plans.begin(plan.id, NOON)
    desk = Desk(ledger=ledger, provider=lambda _name: provider, now=clock)

    def unheard(keys: Sequence[str]) -> Outcomes:
        provider.accept(keys)
        raise Uncertain("read timeout")

    provider.answer = unheard
    batch_id = ledger.batches.next_claimable(None, NOON)
    assert batch_id is not None
    send_batch(desk, batch_id)
    return Lost(plan, provider, desk, clock)


def test_nobody_is_asked_before_the_index_can_know(lost: Lost) -> None:
    lost.clock.forward(seconds=119)
    assert ask_due(lost.desk) == {}
    assert lost.provider.asked == []


def test_what_the_provider_knows_is_accepted_and_says_so(lost: Lost) -> None:
    lost.clock.forward(minutes=2)
    assert ask_due(lost.desk) == {lost.plan.id: 3}
    assert lost.provider.asked == [lost.plan.batches[0].keys]
    assert lost.statuses() == {"accepted": 3, "planned": 4}
    assert lost.reasons() == {"found at askable by its key, 2026-11-24 12:02 UTC"}


def test_what_it_does_not_know_is_asked_again_at_its_times_and_stays_uncertain(lost: Lost) -> None:
    lost.provider.is_indexed = False
    asked_at = []
    while (at := lost.desk.ledger.doubts.next_asking()) is not None:
        lost.clock.at = at
        asked_at.append(at - NOON)
        assert ask_due(lost.desk) == {lost.plan.id: 0}
    assert tuple(asked_at) == lost.provider.asks_after
    assert lost.statuses() == {"uncertain": 3, "planned": 4}
    assert lost.reasons() == {
        "read timeout; askable was asked 3 times, until 2026-11-24 12:15 UTC, and did not know it"
    }
    lost.clock.forward(days=1)
    assert ask_due(lost.desk) == {}


def test_an_index_that_lags_is_given_time(lost: Lost) -> None:
    lost.provider.is_indexed = False
    lost.clock.forward(minutes=2)
    ask_due(lost.desk)
    lost.provider.is_indexed = True
    lost.clock.forward(minutes=3)
    assert ask_due(lost.desk) == {lost.plan.id: 3}


@pytest.mark.parametrize(
    ("error", "pause"),
    [(TryLater("busy", after=1.0), UNREACHABLE), (TryLater("busy", after=900.0), timedelta(minutes=15))],
)
def test_a_provider_that_cannot_be_asked_just_now_is_asked_later_and_this_does_not_count(
    lost: Lost, monkeypatch: pytest.MonkeyPatch, error: SubmissionError, pause: timedelta
) -> None:
    _refuse(lost, monkeypatch, error)
    lost.clock.forward(minutes=2)
    assert ask_due(lost.desk) == {lost.plan.id: 0}
    assert lost.desk.ledger.doubts.next_asking() == lost.clock() + pause
    (doubt,) = lost.desk.ledger.doubts.of(lost.plan.id)
    assert doubt.asked == 0


def test_credentials_that_may_not_ask_leave_it_to_a_person(lost: Lost, monkeypatch: pytest.MonkeyPatch) -> None:
    _refuse(lost, monkeypatch, Unauthorised("this key may not read the log"))
    lost.clock.forward(minutes=2)
    ask_due(lost.desk)
    assert lost.desk.ledger.doubts.next_asking() is None
    assert lost.reasons() == {"read timeout; it could not be asked about (this key may not read the log)"}


def _refuse(lost: Lost, monkeypatch: pytest.MonkeyPatch, error: SubmissionError) -> None:
    def refuse(_sought: Sequence[Sought]) -> Outcomes:
        raise error

    monkeypatch.setattr(lost.provider, "look_up", refuse)


def test_asking_out_of_turn_leaves_the_times_as_they_are(lost: Lost) -> None:
    lost.provider.is_indexed = False
    at = lost.desk.ledger.doubts.next_asking()
    (doubt,) = lost.desk.ledger.doubts.of(lost.plan.id)
    assert ask(lost.desk, doubt, out_of_turn=True) == (0, "askable does not know it, or not yet")
    assert lost.desk.ledger.doubts.next_asking() == at
    lost.provider.is_indexed = True
    assert ask(lost.desk, doubt, out_of_turn=True) == (3, "")


def test_where_nobody_can_be_asked_a_person_is_told_where_to_look(desk: Desk, begun: Plan, provider: Counting) -> None:
    def silent(_keys: Sequence[str]) -> Outcomes:
        raise Uncertain("read timeout")

    provider.answer = silent
    batch_id = desk.ledger.batches.next_claimable(None, NOON)
    assert batch_id is not None
    send_batch(desk, batch_id)
    assert desk.ledger.doubts.next_asking() is None
    (doubt,) = desk.ledger.doubts.of(begun.id)
    assert ask(desk, doubt, out_of_turn=True) == (0, "counting cannot be asked: look into its own log")
