"""A plan is frozen, the same for the same order, and breaks no promise."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from distribute.delivery.audience import Audience
from distribute.delivery.ledger import Ledger
from distribute.delivery.order import Order
from distribute.delivery.planning import make_plan
from distribute.domain.audience import Contact
from distribute.domain.plan import Plan
from distribute.domain.release import Release, ReleaseLine, ReleaseLineKind
from distribute.errors import PlanError
from tests.delivery.builders import NOON, Counting, at, contacts, media

LIFT = datetime(2026, 11, 25, 11, 0, tzinfo=UTC)


def embargoed(release: Release) -> Release:
    return replace(release, release_line=ReleaseLine(kind=ReleaseLineKind.EMBARGO, raw="EMBARGO", until=LIFT))


def make(order: Order, ledger: Ledger, **changed: object) -> Plan:
    return make_plan(replace(order, **changed), ledger.standing)  # type: ignore[arg-type]


def test_the_same_order_is_the_same_plan(order: Order, ledger: Ledger) -> None:
    first, second = make(order, ledger), make(order, ledger)
    assert first.hash() == second.hash()
    assert first.id == second.id == f"bridge-{first.hash()[7:15]}"
    assert [batch.body for batch in first.batches] == [batch.body for batch in second.batches]


def test_batches_hold_no_more_than_the_provider_takes_and_one_letter_each(order: Order, ledger: Ledger) -> None:
    people = (*contacts(4), *(replace(c, email=f"fr{c.line}@example.com", language="fr") for c in contacts(4)))
    plan = make(order, ledger, audience=Audience(chosen=[media(*people)]))
    assert [len(batch.keys) for batch in plan.batches] == [3, 1, 3, 1]
    variants = {recipient.key: recipient.variant for recipient in plan.recipients}
    assert [{variants[key] for key in batch.keys} for batch in plan.batches] == [{"en"}, {"en"}, {"fr"}, {"fr"}]
    assert [key for batch in plan.batches for key in batch.keys] == [message.key for message in plan.messages]


def test_a_letter_is_compiled_once_per_language_and_unknown_ones_take_the_default(order: Order, ledger: Ledger) -> None:
    people = [
        Contact(email="a@example.com", language="fr"),
        Contact(email="b@example.com", language="tlh"),
        Contact(email="c@example.com"),
    ]
    plan = make(order, ledger, audience=Audience(chosen=[media(*people)]), language="en")
    assert {r.contact.email: r.variant for r in plan.recipients} == {
        "a@example.com": "fr",
        "b@example.com": "en",
        "c@example.com": "en",
    }
    assert set(plan.letters) == {"en", "fr"}


def test_every_reader_has_an_unsubscribe_link_of_their_own_that_shows_no_address(order: Order, ledger: Ledger) -> None:
    plan = make(order, ledger)
    links = [message.values["unsubscribe_url"] for message in plan.messages]
    assert len(set(links)) == 7
    for message, link in zip(plan.messages, links, strict=True):
        assert order.links.read(link.rpartition("/")[2]) == message.key
        assert "reader" not in link
        assert link in message.html
        assert link in message.text
        assert dict(message.headers)["List-Unsubscribe"].startswith(f"<{link}>")


def test_no_message_holds_another_readers_address(order: Order, ledger: Ledger) -> None:
    plan = make(order, ledger)
    for message in plan.messages:
        seen = message.html + message.text + str(message.headers)
        assert not [m.recipient.email for m in plan.messages if m is not message and m.recipient.email in seen]


def test_networks_wait_for_the_lift_while_e_mail_leaves_at_once(order: Order, ledger: Ledger) -> None:
    people = [replace(contact, embargo_ok=True) for contact in contacts(2)]
    plan = make(
        order,
        ledger,
        release=embargoed(order.release),
        audience=Audience(chosen=[media(*people)]),
        carriers={"email": Counting(), "mastodon": Counting()},
    )
    assert {c.channel: c.at.utc for c in plan.channels} == {"email": NOON, "mastodon": LIFT}


@pytest.mark.parametrize("key", ["", "mastodon"])
def test_nothing_public_may_be_planned_before_the_lift(order: Order, ledger: Ledger, key: str) -> None:
    with pytest.raises(PlanError, match="before the embargo lifts"):
        make(
            order,
            ledger,
            release=embargoed(order.release),
            carriers={"mastodon": Counting()},
            at=at(key, LIFT - timedelta(seconds=1)),
        )


def test_an_instant_that_has_passed_is_refused(order: Order, ledger: Ledger) -> None:
    with pytest.raises(PlanError, match=r"email would leave at .* which has passed"):
        make(order, ledger, at=at("", NOON - timedelta(hours=1)))


def test_under_embargo_the_letter_says_so_and_reaches_only_those_who_accept(order: Order, ledger: Ledger) -> None:
    people = [replace(contact, embargo_ok=contact.line % 2 == 0) for contact in contacts(4)]
    plan = make(order, ledger, release=embargoed(order.release), audience=Audience(chosen=[media(*people)]))
    assert len(plan.messages) == 2
    assert plan.skipped("email") == {"embargo-not-accepted": 2}
    assert "EMBARGO" in plan.letters["en"].subject.upper()


def test_at_the_lift_the_letter_says_nothing_of_an_embargo_and_reaches_all(order: Order, ledger: Ledger) -> None:
    plan = make(order, ledger, release=embargoed(order.release), at=at("email", LIFT))
    assert len(plan.messages) == 7
    assert "EMBARGO" not in plan.letters["en"].subject.upper()
    assert "embargo" not in plan.messages[0].text.lower()


def test_a_plan_that_reaches_nobody_is_refused_with_the_reason(order: Order, ledger: Ledger) -> None:
    with pytest.raises(PlanError, match="--to LIST"):
        make(order, ledger, carriers={})
    with pytest.raises(PlanError, match=r"all 7 .*embargo-not-accepted"):
        make(order, ledger, release=embargoed(order.release))


def test_posts_and_e_mail_are_one_plan(order: Order, ledger: Ledger) -> None:
    plan = make(order, ledger, carriers={"email": Counting(), "mastodon": Counting()})
    assert plan.deliveries == 8
    assert [batch.channel for batch in plan.batches] == ["email", "email", "email", "mastodon"]
    assert plan.posts[0].account == "press"


def test_the_hash_is_of_what_leaves(order: Order, ledger: Ledger) -> None:
    plan = make(order, ledger)
    assert make(order, ledger, audience=Audience(chosen=[media(*contacts(6))])).hash() != plan.hash()
    assert (
        make(order, ledger, release=replace(order.release, headline="The bridge opens in spring")).hash() != plan.hash()
    )
    assert make(order, ledger, at=at("", NOON + timedelta(seconds=1))).hash() != plan.hash()
    assert make(order, ledger, inputs={"release.txt": "abc"}, findings=("x",)).hash() == plan.hash()
