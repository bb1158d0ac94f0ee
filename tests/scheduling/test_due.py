"""What is due starts; what is too late is held for a person."""

from __future__ import annotations

from datetime import timedelta

from distribute.delivery.ledger import Ledger
from distribute.delivery.order import Order
from distribute.domain.delivery import PlanState
from distribute.domain.plan import Plan
from distribute.scheduling.due import next_start, start_due
from tests.delivery.builders import NOON, at, planned

GRACE = timedelta(minutes=15)
HOUR = timedelta(hours=1)


def scheduled(order: Order, ledger: Ledger) -> Plan:
    plan = planned(order, ledger, at=at("", NOON + HOUR))
    ledger.plans.begin(plan.id, NOON)
    return plan


def test_nothing_starts_before_its_instant(order: Order, ledger: Ledger) -> None:
    plan = scheduled(order, ledger)
    assert next_start(ledger) == NOON + HOUR
    assert start_due(ledger, NOON + HOUR - timedelta(microseconds=1), GRACE) == []
    assert ledger.plans.find(plan.id)["state"] == PlanState.SCHEDULED
    assert ledger.batches.next_claimable(None, NOON + HOUR) is None


def test_a_plan_starts_at_its_instant_and_within_its_grace(order: Order, ledger: Ledger) -> None:
    plan = scheduled(order, ledger)
    assert start_due(ledger, NOON + HOUR + GRACE, GRACE) == []
    assert ledger.plans.find(plan.id)["state"] == PlanState.RUNNING
    assert next_start(ledger) is None


def test_a_plan_later_than_its_grace_is_held_and_says_how_to_go_on(order: Order, ledger: Ledger) -> None:
    plan = scheduled(order, ledger)
    late = NOON + HOUR + GRACE + timedelta(seconds=1)
    assert start_due(ledger, late, GRACE) == [plan.id]
    row = ledger.plans.find(plan.id)
    assert row["state"] == PlanState.HELD
    assert "2026-11-24T13:00:00Z" in row["because"]
    assert f"distribute send --plan {plan.id}" in row["because"]
    assert ledger.batches.next_claimable(None, late) is None
    ledger.plans.begin(plan.id, late)
    assert ledger.batches.next_claimable(None, late) is not None


def test_what_was_interrupted_is_carried_on_however_late(order: Order, ledger: Ledger) -> None:
    plan = planned(order, ledger)
    ledger.plans.begin(plan.id, NOON)
    assert start_due(ledger, NOON + timedelta(days=2), GRACE) == []
    assert ledger.batches.next_claimable(None, NOON + timedelta(days=2)) is not None
    assert ledger.plans.find(plan.id)["state"] == PlanState.RUNNING
