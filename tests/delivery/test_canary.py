"""Who is in the canary of a plan, and what a plan without one is: as it ever was."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from distribute.delivery.audience import Audience
from distribute.delivery.ledger import Ledger
from distribute.delivery.order import Order
from distribute.delivery.planning import make_plan
from distribute.domain.audience import Contact, Suppression
from distribute.domain.plan import Batch, Plan
from distribute.domain.release import ReleaseLine, ReleaseLineKind
from tests.delivery.builders import NOON, Counting, contacts, media

PAUSE = timedelta(minutes=10)
OWN = ("desk@example.org", "ana@example.org")


def make(order: Order, ledger: Ledger, people: Sequence[Contact] = contacts(7), **changed: object) -> Plan:
    audience = Audience(chosen=[media(*people)])
    return make_plan(
        replace(order, **{"audience": audience, "canary": PAUSE, "own": OWN, **changed}),  # type: ignore[arg-type]
        ledger.standing,
    )


def readers(plan: Plan, batch: Batch) -> list[str]:
    addresses = {recipient.key: recipient.contact.email for recipient in plan.recipients}
    return [addresses[key] for key in batch.keys]


def stretch(plan: Plan, after: int) -> list[str]:
    return [address for batch in plan.batches if batch.after == after for address in readers(plan, batch)]


def test_own_addresses_and_the_first_three_leave_before_the_others(order: Order, ledger: Ledger) -> None:
    plan = make(order, ledger)
    assert [(batch.after, len(batch.keys)) for batch in plan.batches] == [(0, 3), (0, 2), (600, 3), (600, 1)]
    assert stretch(plan, 0) == [*OWN, *(f"reader{n}@example.com" for n in range(3))]
    assert stretch(plan, 600) == [f"reader{n}@example.com" for n in range(3, 7)]
    assert (plan.deliveries, plan.canary("email"), plan.carried("email")) == (9, (5, 600), (9, 4))
    assert Plan.canary(plan, "email") == (5, 600)


def test_no_request_holds_some_of_both(order: Order, ledger: Ledger) -> None:
    provider = Counting()
    provider.batch_size = 100  # type: ignore[misc]
    plan = make(order, ledger, own=(), carriers={"email": provider})
    assert [(batch.after, len(batch.keys)) for batch in plan.batches] == [(0, 3), (600, 4)]


def test_the_first_are_the_first_of_the_list_whatever_they_read(order: Order, ledger: Ledger) -> None:
    people = [replace(it, language=("fr", "en")[it.line % 2]) for it in contacts(7)]
    plan = make(order, ledger, people)
    first = [(batch.after, readers(plan, batch)) for batch in plan.batches][:2]
    assert first == [
        (0, ["desk@example.org", "ana@example.org", "reader1@example.com"]),
        (0, ["reader0@example.com", "reader2@example.com"]),
    ]
    variants = {recipient.contact.email: recipient.variant for recipient in plan.recipients}
    assert (variants["desk@example.org"], variants["reader0@example.com"]) == ("en", "fr")
    assert [message.key for message in plan.messages] == [key for batch in plan.batches for key in batch.keys]


def test_who_is_skipped_is_none_of_the_first(order: Order, ledger: Ledger) -> None:
    audience = Audience(
        chosen=[media(*contacts(7))],
        excluded=[media(contacts(7)[0], name="rivals")],
        suppressions=[Suppression(email="ANA@example.org", reason="asked us")],
    )
    plan = make(order, ledger, audience=audience)
    assert stretch(plan, 0) == ["desk@example.org", *(f"reader{n}@example.com" for n in range(1, 5))]
    assert plan.skipped("email") == {"suppressed": 1, "excluded": 1}


def test_an_own_address_on_the_list_gets_one_copy(order: Order, ledger: Ledger) -> None:
    plan = make(order, ledger, [*contacts(4), Contact(email="Desk@example.org", list_name="press", line=6)])
    assert stretch(plan, 0).count("desk@example.org") == 1
    assert stretch(plan, 600) == ["reader3@example.com"]
    assert [skip.detail for skip in plan.skips] == ["the same person as own addresses line 1"]


def test_own_addresses_may_see_what_is_under_embargo(order: Order, ledger: Ledger) -> None:
    line = ReleaseLine(kind=ReleaseLineKind.EMBARGO, raw="EMBARGO", until=NOON + timedelta(days=1))
    people = [replace(it, embargo_ok=it.line > 4) for it in contacts(7)]
    plan = make(order, ledger, people, release=replace(order.release, release_line=line))
    assert stretch(plan, 0) == [*OWN, *(f"reader{n}@example.com" for n in range(3, 6))]


def test_where_all_are_first_nobody_waits(order: Order, ledger: Ledger) -> None:
    plan = make(order, ledger, contacts(3))
    assert {batch.after for batch in plan.batches} == {0}
    assert plan.canary("email") == (5, 0)
    assert not any("after" in record for record in plan.records())


def test_networks_do_not_wait(order: Order, ledger: Ledger) -> None:
    plan = make(order, ledger, carriers={"email": Counting(), "mastodon": Counting()})
    assert [batch.after for batch in plan.batches if batch.channel == "mastodon"] == [0]
    assert plan.canary("mastodon") == (1, 0)


def test_without_a_canary_own_addresses_are_nobody_and_the_plan_is_as_it_was(order: Order, ledger: Ledger) -> None:
    plan = make(order, ledger, canary=timedelta())
    assert plan.hash() == make_plan(order, ledger.standing).hash()
    assert not any("after" in record for record in plan.records())


@pytest.mark.parametrize("changed", [{"canary": PAUSE * 2}, {"own": OWN[:1]}])
def test_the_canary_is_part_of_what_is_hashed(order: Order, ledger: Ledger, changed: dict[str, object]) -> None:
    plan = make(order, ledger)
    assert make(order, ledger, contacts(7), **changed).hash() != plan.hash()
    assert [record["after"] for record in plan.records() if "after" in record] == [600, 600]
