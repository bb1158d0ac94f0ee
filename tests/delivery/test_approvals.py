"""Approvals: what was signed leaves, what was not is refused by the sender itself."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from distribute.delivery import schema
from distribute.delivery.approvals import Seal, is_same_person
from distribute.delivery.desk import Desk
from distribute.delivery.ledger import Ledger
from distribute.delivery.order import Order
from distribute.delivery.planning import make_plan
from distribute.delivery.worker import Worker
from distribute.domain.delivery import PlanState
from distribute.domain.plan import Plan
from distribute.errors import PlanError
from distribute.scheduling.due import start_due
from distribute.scheduling.running import run
from tests.delivery.builders import NOON, Counting, FakeClock, at

GRACE = timedelta(minutes=15)
LATER = NOON + timedelta(hours=1)
SEAL = Seal("the workspace's secret")

TAMPERED = [
    "UPDATE plan SET hash = 'sha256:0'",
    "UPDATE plan SET armed = true, begun_at = created_at",
    "UPDATE approval SET name = 'Cleo'",
    "UPDATE approval SET at = '2026-11-24T12:00:01.000000Z'",
    "UPDATE plan_channel SET provider = 'other'",
    "UPDATE plan_channel SET at = '2026-11-24T12:00:30.000000Z'",
    "UPDATE batch SET sha256 = 'e3b0c442' WHERE id = 2",
    "DELETE FROM approval",
]


@pytest.fixture
def strict(ledger: Ledger) -> Ledger:
    """A ledger in which nothing begins without an approval."""
    ledger.plans.require_approval(lambda: SEAL)
    return ledger


@pytest.fixture
def later(order: Order, ledger: Ledger, provider: Counting) -> Plan:
    """Ada's plan for e-mail and a network in an hour."""
    carriers = {"email": provider, "mastodon": provider}
    made = make_plan(replace(order, at=at("", LATER), carriers=carriers), ledger.standing)
    ledger.plans.record(made, made.hash(), "Ada")
    return made


def write(ledger: Ledger, statement: str) -> None:
    with ledger._db.writing() as db:
        db.exec_driver_sql(statement)


def test_a_plan_that_nobody_approved_does_not_begin(strict: Ledger, later: Plan) -> None:
    with pytest.raises(PlanError, match=f"is not approved.*distribute approve {later.id} --by NAME"):
        strict.plans.begin(later.id, NOON, "Ada")
    assert strict.plans.find(later.id)["state"] == PlanState.PLANNED


def test_an_approved_plan_is_carried_out(strict: Ledger, later: Plan, desk: Desk, clock: FakeClock) -> None:
    strict.approvals.approve(later.id, SEAL, NOON, "Ben")
    assert strict.plans.find(later.id)["state"] == PlanState.APPROVED
    strict.plans.begin(later.id, NOON, "Ada")
    clock.forward(hours=1)
    stop = threading.Event()
    run(desk, Worker(desk, stop), stop, grace=GRACE, until_idle=True, tell=lambda _said: None)
    assert strict.plans.find(later.id)["state"] == PlanState.DONE
    deeds = [(line["deed"], line["by"]) for line in strict.journal.lines(later.id)]
    assert deeds == [("planned", "Ada"), ("approved", "Ben"), ("confirmed", "Ada")]


@pytest.mark.parametrize("name", ["Ada", "ada", "  ADA  ", "\N{FULLWIDTH LATIN CAPITAL LETTER A}da"])
def test_the_author_does_not_approve(ledger: Ledger, later: Plan, name: str) -> None:
    with pytest.raises(PlanError, match="made by Ada: somebody else"):
        ledger.approvals.approve(later.id, SEAL, NOON, name)
    assert ledger.approvals.find(later.id) is None


def test_spaces_and_case_make_no_other_person() -> None:
    assert is_same_person("Ada  Moreau", " ada moreau ")
    assert not is_same_person("Ada Moreau", "Ada Moreaux")


def test_a_plan_is_approved_once(ledger: Ledger, later: Plan) -> None:
    ledger.approvals.approve(later.id, SEAL, NOON, "Ben")
    with pytest.raises(PlanError, match="approved already, by Ben"):
        ledger.approvals.approve(later.id, SEAL, NOON, "Cleo")


@pytest.mark.parametrize("verb", ["begin", "cancel"])
def test_a_plan_that_has_begun_or_is_over_is_not_approved(ledger: Ledger, later: Plan, verb: str) -> None:
    getattr(ledger.plans, verb)(later.id, NOON)
    with pytest.raises(PlanError, match="only a plan that has not begun"):
        ledger.approvals.approve(later.id, SEAL, NOON, "Ben")


@pytest.mark.parametrize("statement", TAMPERED)
def test_what_was_changed_after_its_approval_does_not_begin(strict: Ledger, later: Plan, statement: str) -> None:
    strict.approvals.approve(later.id, SEAL, NOON, "Ben")
    write(strict, statement)
    with pytest.raises(PlanError, match="approv"):
        strict.plans.begin(later.id, NOON, "Ada")


@pytest.mark.parametrize("statement", TAMPERED)
def test_what_was_changed_while_it_waited_does_not_start(
    strict: Ledger, later: Plan, provider: Counting, desk: Desk, clock: FakeClock, statement: str
) -> None:
    strict.approvals.approve(later.id, SEAL, NOON, "Ben")
    strict.plans.begin(later.id, NOON, "Ada")
    write(strict, statement)
    clock.forward(hours=1)
    told: list[str] = []
    stop = threading.Event()
    run(desk, Worker(desk, stop), stop, grace=GRACE, until_idle=True, tell=told.append)
    assert not provider.requests
    assert strict.plans.find(later.id)["state"] == PlanState.HELD
    assert len(told) == 1
    assert "approv" in told[0]


def test_a_signature_under_another_secret_is_none(strict: Ledger, later: Plan) -> None:
    strict.approvals.approve(later.id, Seal("somebody else's secret"), NOON, "Ben")
    with pytest.raises(PlanError, match="another SECRET_KEY"):
        strict.plans.begin(later.id, NOON, "Ada")
    strict.approvals.approve(later.id, SEAL, NOON, "Ben")
    strict.plans.begin(later.id, NOON, "Ada")


def test_an_approval_of_one_plan_is_none_of_another(strict: Ledger, later: Plan, order: Order) -> None:
    other = make_plan(order, strict.standing)
    strict.plans.record(other, other.hash(), "Ada")
    strict.approvals.approve(later.id, SEAL, NOON, "Ben")
    with strict._db.writing() as db:
        row = db.execute(sa.select(schema.approval)).mappings().one()
        db.execute(schema.approval.insert().values({**row, "plan": other.id}))
    with pytest.raises(PlanError, match="approval"):
        strict.plans.begin(other.id, NOON, "Ada")


def test_what_began_before_approvals_were_required_is_held_and_not_resumed(
    ledger: Ledger, plan: Plan, provider: Counting, desk: Desk
) -> None:
    """A worker that requires approvals trusts no state it finds."""
    ledger.plans.begin(plan.id, NOON)
    ledger.plans.require_approval(lambda: SEAL)
    assert start_due(ledger, NOON, GRACE) == [plan.id]
    Worker(desk, threading.Event()).drain()
    assert not provider.requests
    with pytest.raises(PlanError, match="not approved"):
        ledger.plans.resume(plan.id, NOON, GRACE, "Ada")


def test_an_approved_plan_can_be_held_resumed_and_cut(
    strict: Ledger, order: Order, desk: Desk, provider: Counting
) -> None:
    made = make_plan(order, strict.standing)
    strict.plans.record(made, made.hash(), "Ada")
    strict.approvals.approve(made.id, SEAL, NOON, "Ben")
    strict.plans.begin(made.id, NOON, "Ada")
    suppressed = Desk(
        ledger=strict, provider=desk.provider, now=desk.now, suppressed=lambda: {"reader1@example.com": "asked"}
    )
    first = strict.batches.next_claimable(None, NOON)
    assert first
    Worker(suppressed, threading.Event()).turn(first)
    strict.plans.hold(made.id, "by a person", NOON, "Ada")
    strict.plans.resume(made.id, NOON, GRACE, "Ada")
    assert start_due(strict, NOON, GRACE) == []
    Worker(suppressed, threading.Event()).drain()
    assert sum(provider.accepted.values()) == 6


def test_cancelling_and_holding_need_no_approval(strict: Ledger, later: Plan) -> None:
    strict.plans.cancel(later.id, NOON, "Ada")
    assert strict.plans.find(later.id)["state"] == PlanState.CANCELLED


def test_a_channel_asks_again_when_it_starts(strict: Ledger, later: Plan) -> None:
    strict.approvals.approve(later.id, SEAL, NOON, "Ben")
    strict.plans.begin(later.id, NOON, "Ada")
    assert strict.plans.hold_unapproved(NOON) == []
    write(strict, "UPDATE batch SET sha256 = 'e3b0c442' WHERE channel = 'email'")
    assert strict.plans.start_channel(later.id, "mastodon", LATER) is False
    assert strict.plans.find(later.id)["state"] == PlanState.HELD
