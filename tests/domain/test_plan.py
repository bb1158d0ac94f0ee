"""One hash over everything that will leave; nothing public before the lift."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from distribute.domain.audience import Contact, SkipReason
from distribute.domain.content import Address, Card, Slotted
from distribute.domain.instant import Instant
from distribute.domain.plan import (
    EMAIL,
    Batch,
    ChannelPlan,
    Plan,
    Skip,
    canonical,
    content_hash,
    require_coherence,
)
from distribute.errors import PlanError

Make = Callable[..., Plan]
LIFT = datetime(2026, 11, 24, 11, 0, tzinfo=UTC)
LATER = Instant(LIFT + timedelta(minutes=1), "America/Toronto")


def with_letter(plan: Plan, **changes: Any) -> Plan:
    """The plan with its letter changed, and its message with it."""
    letter = replace(plan.letters["en"], **changes)
    return replace(plan, letters={"en": letter}, messages=(replace(plan.messages[0], letter=letter),))


def with_message(plan: Plan, **changes: Any) -> Plan:
    return replace(plan, messages=(replace(plan.messages[0], **changes),))


def with_post(plan: Plan, **changes: Any) -> Plan:
    return replace(plan, posts=(replace(plan.posts[0], **changes),))


def with_skip(plan: Plan, **changes: Any) -> Plan:
    return replace(plan, skips=(replace(plan.skips[0], **changes),))


def with_batch(plan: Plan, **changes: Any) -> Plan:
    return replace(plan, batches=(replace(plan.batches[0], **changes), *plan.batches[1:]))


def with_channel(plan: Plan, **changes: Any) -> Plan:
    return replace(plan, channels=(replace(plan.channels[0], **changes), *plan.channels[1:]))


CHANGES: dict[str, Callable[[Plan], Plan]] = {
    "the release": lambda p: replace(p, release="belarus-courts"),
    "the edition": lambda p: replace(p, edition=2),
    "the headline": lambda p: replace(p, headline="Belarus"),
    "the lift": lambda p: replace(p, lift=LATER),
    "no lift": lambda p: replace(p, lift=None),
    "a channel's instant": lambda p: with_channel(p, at=LATER),
    "a channel's provider": lambda p: with_channel(p, provider="sendgrid"),
    "a channel less": lambda p: replace(p, channels=p.channels[:1]),
    "the order of channels": lambda p: replace(p, channels=p.channels[::-1]),
    "the letter's subject": lambda p: with_letter(p, subject="Belarus"),
    "the letter's sender": lambda p: with_letter(p, sender=Address("Press desk", "other@example.org")),
    "the letter's reply address": lambda p: with_letter(p, reply_to=None),
    "the letter's HTML": lambda p: with_letter(p, html=Slotted(("<p>Hello ", "name", "</p>"))),
    "the letter's text": lambda p: with_letter(p, text=Slotted(("Hello ", "name", "\n"))),
    "the letter's slots": lambda p: with_letter(p, text=Slotted(("Dear ", "token", "\n"))),
    "the letter's headers": lambda p: with_letter(p, headers=()),
    "the letter's date": lambda p: with_letter(p, date="Tue, 24 Nov 2026 11:01:00 +0000"),
    "the letter's language": lambda p: with_letter(p, language="fr"),
    "the letter's variant": lambda p: replace(p, letters={"fr": p.letters["en"]}),
    "a recipient's address": lambda p: replace(
        p, recipients=(replace(p.recipients[0], contact=Contact(email="cy@example.com")),)
    ),
    "a recipient's variant": lambda p: replace(p, recipients=(replace(p.recipients[0], variant="fr"),)),
    "a recipient's name": lambda p: with_message(p, recipient=Address("Ana", "ana@example.com")),
    "a recipient's key": lambda p: with_message(p, key="d" * 32),
    "a value": lambda p: with_message(p, values={"name": "Ana", "token": "t2"}),
    "a recipient less": lambda p: replace(p, recipients=(), messages=()),
    "a post's text": lambda p: with_post(p, text="Police must answer."),
    "a post's card": lambda p: with_post(p, card=None),
    "a post's key": lambda p: with_post(p, key="d" * 32),
    "a post's network": lambda p: with_post(p, network="bluesky"),
    "a post less": lambda p: replace(p, posts=()),
    "a skip's person": lambda p: with_skip(p, recipient="cy@example.com"),
    "a skip's reason": lambda p: with_skip(p, reason=SkipReason.EXCLUDED),
    "a skip's detail": lambda p: with_skip(p, detail="on staff"),
    "a skip's channel": lambda p: with_skip(p, channel="mastodon"),
    "a skip less": lambda p: replace(p, skips=()),
    "a batch's bytes": lambda p: with_batch(p, body=b"[2]"),
    "a batch's instant": lambda p: with_batch(p, at=LATER.utc),
    "a batch's channel": lambda p: with_batch(p, channel="bluesky"),
    "a batch's deliveries": lambda p: with_batch(p, keys=("d" * 32,)),
    "a batch less": lambda p: replace(p, batches=p.batches[:1]),
    "the order of batches": lambda p: replace(p, batches=p.batches[::-1]),
}


# ---- the hash


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_the_hash_changes_with(plan: Make, change: Callable[[Plan], Plan]) -> None:
    assert change(plan()).hash() != plan().hash()


def test_no_two_changes_have_the_same_hash(plan: Make) -> None:
    assert len({change(plan()).hash() for change in CHANGES.values()}) == len(CHANGES)


@pytest.mark.parametrize(
    "change",
    [
        {"id": "another"},
        {"created_at": LIFT},
        {"release_file": "elsewhere.txt"},
        {"inputs": {"recipients/press.csv": "00"}},
        {"findings": ("contact-without-email",)},
    ],
    ids=lambda change: next(iter(change)),
)
def test_the_same_sending_planned_twice_has_one_hash(plan: Make, change: dict[str, Any]) -> None:
    assert plan(**change).hash() == plan().hash()


def test_the_hash_does_not_depend_on_the_order_of_mappings(plan: Make, make: SimpleNamespace) -> None:
    english, french = make.letter(), make.letter(variant="fr", language="fr")
    there = plan(letters={"en": english, "fr": french}, messages=(make.message(values={"name": "A", "token": "t"}),))
    back = plan(letters={"fr": french, "en": english}, messages=(make.message(values={"token": "t", "name": "A"}),))
    assert there.hash() == back.hash()


def test_the_hash_is_the_sha256_of_the_canonical_records(plan: Make) -> None:
    lines = b"".join(canonical(record) for record in plan().records())
    assert plan().hash() == "sha256:" + hashlib.sha256(lines).hexdigest()


def test_every_record_is_one_line_of_json(plan: Make) -> None:
    for record in plan().records():
        line = canonical(record)
        assert line.count(b"\n") == 1
        assert line.endswith(b"\n")
        assert json.loads(line) == record


@given(st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), st.integers() | st.none()))
@settings(deadline=None)
def test_a_record_has_one_form_however_it_was_put_together(record: dict[str, int | None]) -> None:
    assert canonical(dict(reversed(record.items()))) == canonical(record)


def test_recipients_and_messages_that_do_not_match_have_no_hash(plan: Make) -> None:
    with pytest.raises(ValueError, match="zip"):
        plan(recipients=()).hash()


# ---- counting


def test_a_plan_counts_messages_and_posts_but_no_skips(plan: Make) -> None:
    assert plan().deliveries == 2
    assert plan(posts=()).deliveries == 1


def test_skips_are_counted_by_channel_and_reason(plan: Make) -> None:
    reasons = [("email", SkipReason.SUPPRESSED), ("email", SkipReason.DUPLICATE), ("email", SkipReason.DUPLICATE)]
    reasons.append(("mastodon", SkipReason.ALREADY))
    skips = tuple(Skip(channel=channel, recipient="x@example.com", reason=reason) for channel, reason in reasons)
    assert plan(skips=skips).skipped("email") == {"suppressed": 1, "duplicate": 2}
    assert plan(skips=skips).skipped("mastodon") == {"already-sent": 1}
    assert plan(skips=skips).skipped("bluesky") == {}


def test_a_batch_is_known_by_its_bytes() -> None:
    batch = Batch(channel="email", provider="outbox", at=LIFT, body=b"[1]", keys=("a",))
    assert batch.sha256 == hashlib.sha256(b"[1]").hexdigest()


# ---- what one recipient reads


def test_the_content_hash_is_of_what_this_recipient_reads(make: SimpleNamespace) -> None:
    ana = make.message()
    assert content_hash(ana) == content_hash(make.message(key="d" * 32))
    others = [
        make.message(values={"name": "Ben", "token": "t1"}),
        make.message(values={"name": "Ana", "token": "t2"}),
        make.message(letter=make.letter(subject="Belarus")),
    ]
    assert len({content_hash(message) for message in [ana, *others]}) == 4


def test_the_content_hash_of_a_post_is_of_its_text_and_card(make: SimpleNamespace) -> None:
    posts = [make.post(), make.post(text="Police"), make.post(card=None), make.post(card=Card(url="u", title=""))]
    assert len({content_hash(post) for post in posts}) == 4


# ---- never early


def channel(name: str, seconds: int) -> ChannelPlan:
    return ChannelPlan(channel=name, provider="outbox", at=Instant(LIFT + timedelta(seconds=seconds), "UTC"))


@pytest.mark.parametrize("name", ["mastodon", "bluesky", "x", "a-network-not-known-yet"])
def test_nothing_public_may_leave_a_second_before_the_lift(name: str) -> None:
    with pytest.raises(PlanError, match=f"{name} would publish at 2026-11-24T10:59:59Z, before the embargo lifts"):
        require_coherence([channel(EMAIL, -60), channel(name, -1)], LIFT)


def test_networks_may_post_at_the_lift_and_e_mail_before_it() -> None:
    require_coherence([channel(EMAIL, -86400), channel("mastodon", 0), channel("bluesky", 60)], LIFT)


def test_without_an_embargo_everything_may_leave_at_once() -> None:
    require_coherence([channel(EMAIL, -60), channel("mastodon", -60)], None)


@given(seconds=st.integers(-(10**8), 10**8))
@settings(deadline=None)
def test_public_channels_are_refused_exactly_before_the_lift(seconds: int) -> None:
    try:
        require_coherence([channel("mastodon", seconds)], LIFT)
    except PlanError:
        assert seconds < 0
    else:
        assert seconds >= 0
