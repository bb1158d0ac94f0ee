"""A plan is written in several transactions and is there for nobody before the last."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from distribute.delivery import recording, schema
from distribute.delivery.ledger import Ledger
from distribute.delivery.order import Order
from distribute.delivery.planning import make_plan
from distribute.domain.delivery import PlanState
from distribute.errors import LedgerError, PlanError
from tests.delivery.builders import NOON, Counting, contacts, media, statuses

TABLES = (schema.plan, schema.plan_channel, schema.letter, schema.batch, schema.request, schema.delivery)


class Death(LedgerError):
    """The machine stops."""


@pytest.fixture(autouse=True)
def small_transactions(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recording, "REQUESTS_AT_ONCE", 1)
    monkeypatch.setattr(recording, "SKIPS_AT_ONCE", 1)


def die_after(ledger: Ledger, transactions: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let so many transactions of the ledger's database be committed, and none after."""
    writing, left = ledger._db.writing, iter(range(transactions))

    @contextmanager
    def mortal() -> Iterator[sa.Connection]:
        if next(left, None) is None:
            raise Death("the machine stopped")
        with writing() as db:
            yield db

    monkeypatch.setattr(ledger._db, "writing", mortal)


def sizes(ledger: Ledger) -> list[int]:
    with ledger._db.reading() as db:
        return [db.execute(sa.select(sa.func.count()).select_from(table)).scalar_one() for table in TABLES]


@pytest.mark.parametrize("transactions", range(6))
def test_a_plan_whose_writer_died_is_known_to_nobody_and_is_written_anew(
    order: Order, ledger: Ledger, monkeypatch: pytest.MonkeyPatch, transactions: int
) -> None:
    people = contacts(7)
    audience = replace(order.audience, chosen=[media(*people, replace(people[0], line=9))])
    plan = make_plan(replace(order, audience=audience), ledger.standing)
    with monkeypatch.context() as patch:
        die_after(ledger, transactions, patch)
        with pytest.raises(Death):
            ledger.plans.record(plan, plan.hash())
    with pytest.raises(PlanError, match="there is no plan"):
        ledger.plans.find(plan.id)
    assert ledger.plans.newest_first() == []
    assert ledger.batches.next_claimable(None, NOON + timedelta(days=9)) is None
    assert ledger.standing.promised("bridge", 1) == {}
    ledger.plans.record(plan, plan.hash())
    assert ledger.plans.find(plan.id)["state"] == PlanState.PLANNED
    assert statuses(ledger, plan) == {"planned": 7, "skipped": 1}
    assert sizes(ledger) == [1, 1, 1, 3, 3, 8]
    ledger.plans.begin(plan.id, NOON)
    assert len(ledger.standing.promised("bridge", 1)) == 7


def test_what_another_plan_left_behind_goes_after_a_day(
    order: Order, ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = make_plan(order, ledger.standing)
    with monkeypatch.context() as patch:
        die_after(ledger, 2, patch)
        with pytest.raises(Death):
            ledger.plans.record(first, first.hash())
    soon = make_plan(replace(order, now=NOON + timedelta(hours=23)), ledger.standing)
    ledger.plans.record(soon, soon.hash())
    assert sizes(ledger)[0] == 2
    later = make_plan(replace(order, now=NOON + timedelta(hours=25)), ledger.standing)
    ledger.plans.record(later, later.hash())
    assert sizes(ledger)[0] == 2
    assert {row["id"] for row in ledger.plans.newest_first()} == {soon.id, later.id}


def test_a_plan_taken_over_by_another_command_stops_the_first(order: Order, ledger: Ledger) -> None:
    plan = make_plan(order, ledger.standing)
    number = recording._open(ledger._db, plan, plan.hash(), "")
    assert number == 1
    ledger.plans.record(plan, plan.hash())
    with ledger._db.writing() as db, pytest.raises(PlanError, match="by another command"):
        recording._require_open(db, plan.id, number)
    assert statuses(ledger, plan) == {"planned": 7}


def test_a_worker_gets_between_the_transactions(order: Order, ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    plan = make_plan(replace(order, carriers={"email": Counting(), "mastodon": Counting()}), ledger.standing)
    writing, seen = ledger._db.writing, []

    @contextmanager
    def counted() -> Iterator[sa.Connection]:
        with writing() as db:
            yield db
        seen.append(ledger.batches.next_claimable(None, NOON))

    monkeypatch.setattr(ledger._db, "writing", counted)
    ledger.plans.record(plan, plan.hash())
    assert seen == [None] * 6, "one to open, four requests, one to close"
