"""What Postmark says became of a message is read as it documents it, and nothing else is."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from distribute.channels.postmark_events import read_events
from distribute.domain.content import EventKind

KEY = "a" * 32
AT = "2026-11-24T07:01:02.8054242-05:00"


def event(kind: str, **details: str) -> dict[str, Any]:
    return {"Recipient": "reader@example.com", "Type": kind, "ReceivedAt": AT, "Details": details}


def read(*rows: Any) -> Any:
    return read_events({"MessageID": "pm-1", "MessageEvents": list(rows)}, KEY)


@pytest.mark.parametrize(
    ("row", "kind", "detail"),
    [
        (event("Delivered", DeliveryMessage="smtp;250 2.0.0 OK"), EventKind.DELIVERED, "smtp;250 2.0.0 OK"),
        (event("Transient", DeliveryMessage="smtp;421\n try later"), EventKind.DEFERRED, "smtp;421 try later"),
        (event("Bounced", Summary="no such user", BounceID="37"), EventKind.BOUNCED, "no such user"),
        (event("Delivered"), EventKind.DELIVERED, ""),
    ],
)
def test_an_event_is_read_with_its_instant_and_words(row: Any, kind: EventKind, detail: str) -> None:
    (found,) = read(row)
    assert (found.key, found.kind, found.detail, found.provider_id) == (KEY, kind, detail, "pm-1")
    assert found.at == datetime(2026, 11, 24, 12, 1, 2, 805424, UTC)
    assert not found.is_permanent


def test_a_bounce_has_its_own_number_and_everything_else_a_name_made_of_its_facts() -> None:
    bounce, first, second, other = read(
        event("Bounced", BounceID="37"),
        *[event("Transient", DeliveryMessage="421")] * 2,
        event("Transient", DeliveryMessage="450"),
    )
    assert bounce.id == "bounce-37"
    assert first.id == second.id != other.id
    assert read_events({"MessageID": "pm-2", "MessageEvents": [event("Transient", DeliveryMessage="421")]}, KEY)[
        0
    ].id not in {first.id, other.id}


@pytest.mark.parametrize("kind", ["Opened", "LinkClicked", "SubscriptionChanged", "", "delivered"])
def test_what_proves_nothing_is_passed_over(kind: str) -> None:
    assert read(event(kind)) == ()


@pytest.mark.parametrize(
    "row", [None, "Delivered", {}, {"Type": "Delivered"}, {"Type": "Delivered", "ReceivedAt": "2026-11-24T07:01:02"}]
)
def test_what_is_no_event_is_passed_over(row: Any) -> None:
    assert read(row, event("Delivered"))[0].kind is EventKind.DELIVERED
    assert len(read(row, event("Delivered"))) == 1


@pytest.mark.parametrize("message", [{}, {"MessageEvents": None}, {"MessageEvents": "none"}])
def test_a_message_without_events_has_none(message: Any) -> None:
    assert read_events(message, KEY) == ()
    assert read({**event("Delivered"), "Details": None})[0].detail == ""
