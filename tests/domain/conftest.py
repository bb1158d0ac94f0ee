"""A small complete plan, and the parts it is made of."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest

from distribute.domain.audience import Contact, SkipReason
from distribute.domain.content import Address, Card, Letter, Message, Post, Slotted
from distribute.domain.instant import Instant
from distribute.domain.plan import Batch, ChannelPlan, Plan, Recipient, Skip

LEAVES = datetime(2026, 11, 24, 11, 0, tzinfo=UTC)


def make_letter(**changes: Any) -> Letter:
    values: dict[str, Any] = {
        "variant": "en",
        "language": "en",
        "sender": Address("Press desk", "press@example.org"),
        "reply_to": Address("", "desk@example.org"),
        "subject": "Belarus: Police must be held accountable",
        "html": Slotted(("<p>Dear ", "name", "</p>")),
        "text": Slotted(("Dear ", "name", "\n")),
        "headers": (("List-Unsubscribe", Slotted(("<https://example.org/u/", "token", ">"))),),
        "date": "Tue, 24 Nov 2026 11:00:00 +0000",
        "release": "belarus-police",
    }
    return Letter(**values | changes)


def make_message(**changes: Any) -> Message:
    values: dict[str, Any] = {
        "key": "a" * 32,
        "letter": make_letter(),
        "recipient": Address("Ana Example", "ana@example.com"),
        "values": {"name": "Ana", "token": "t1"},
    }
    return Message(**values | changes)


def make_post(**changes: Any) -> Post:
    values: dict[str, Any] = {
        "key": "b" * 32,
        "network": "mastodon",
        "account": "@press",
        "text": "Police must answer. https://example.org/r",
        "language": "en",
        "card": Card(url="https://example.org/r", title="Police must answer"),
    }
    return Post(**values | changes)


def make_plan(**changes: Any) -> Plan:
    message, post, at = make_message(), make_post(), Instant(LEAVES, "America/Toronto")
    values: dict[str, Any] = {
        "id": "belarus-police-1",
        "release": "belarus-police",
        "edition": 1,
        "headline": "Belarus: Police must be held accountable",
        "created_at": datetime(2026, 11, 20, 9, 30, tzinfo=UTC),
        "channels": (
            ChannelPlan(channel="email", provider="postmark", at=at),
            ChannelPlan(channel="mastodon", provider="mastodon", at=at),
        ),
        "lift": at,
        "letters": {"en": message.letter},
        "recipients": (Recipient(key=message.key, contact=Contact(email="ana@example.com"), variant="en"),),
        "messages": (message,),
        "posts": (post,),
        "skips": (
            Skip(channel="email", recipient="ben@example.com", reason=SkipReason.SUPPRESSED, detail="asked us to stop"),
        ),
        "batches": (
            Batch(channel="email", provider="postmark", at=LEAVES, body=b"[1]", keys=(message.key,)),
            Batch(channel="mastodon", provider="mastodon", at=LEAVES, body=b"{}", keys=(post.key,)),
        ),
    }
    return Plan(**values | changes)


@pytest.fixture
def make() -> SimpleNamespace:
    """Builders by name; each takes the fields that shall differ."""
    return SimpleNamespace(letter=make_letter, message=make_message, post=make_post, plan=make_plan)


@pytest.fixture
def plan() -> Callable[..., Plan]:
    return make_plan
