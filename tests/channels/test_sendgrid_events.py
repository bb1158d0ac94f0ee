"""What SendGrid says became of a message is read as it documents it, and nothing else is."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from distribute.channels.sendgrid_events import read_events
from distribute.domain.content import EventKind

KEY = "a" * 32
AT = datetime(2026, 11, 24, 12, 1, 2, tzinfo=UTC)


def event(kind: str, **more: Any) -> dict[str, Any]:
    return {"event": kind, "sg_event_id": f"id-{kind}", "timestamp": int(AT.timestamp()), **more}


def read(*rows: Any) -> Any:
    return read_events({"sg_message_id": "sg-1.recvd-0", "events": list(rows)}, KEY)


@pytest.mark.parametrize(
    ("row", "kind", "detail"),
    [
        (event("processed"), EventKind.ACCEPTED, ""),
        (event("delivered", response="250 2.0.0\n OK"), EventKind.DELIVERED, "250 2.0.0 OK"),
        (event("deferred", response="421 later", attempt="2"), EventKind.DEFERRED, "421 later"),
        (event("bounce", type="blocked", reason="550 policy"), EventKind.BOUNCED, "550 policy"),
        (event("spamreport"), EventKind.COMPLAINED, ""),
        (event("unsubscribe"), EventKind.UNSUBSCRIBED, ""),
        (event("group_unsubscribe"), EventKind.UNSUBSCRIBED, ""),
    ],
)
def test_an_event_is_read_with_its_instant_and_words(row: Any, kind: EventKind, detail: str) -> None:
    (found,) = read(row)
    assert (found.key, found.kind, found.at, found.detail) == (KEY, kind, AT, detail)
    assert (found.id, found.provider_id, found.is_permanent) == (row["sg_event_id"], "sg-1.recvd-0", False)


def test_a_bounce_that_is_no_block_is_for_good() -> None:
    assert read(event("bounce", type="bounce"))[0].is_permanent
    assert not read(event("deferred", type="bounce"))[0].is_permanent


@pytest.mark.parametrize("kind", ["dropped", "cancel_drop", "open", "click", "received", "group_resubscribe", ""])
def test_what_proves_nothing_is_passed_over(kind: str) -> None:
    assert read(event(kind)) == ()


@pytest.mark.parametrize(
    "row",
    [
        *(None, "delivered", {}, {"event": "delivered"}, event("delivered", timestamp="now")),
        *(event("delivered", timestamp=10**18), event("delivered", sg_event_id=""), event("delivered", timestamp=True)),
    ],
)
def test_what_is_no_event_is_passed_over(row: Any) -> None:
    assert [it.kind for it in read(row, event("spamreport"))] == [EventKind.COMPLAINED]


@pytest.mark.parametrize("message", [{}, {"events": None}, {"events": {"event": "delivered"}}])
def test_a_message_without_events_has_none(message: Any) -> None:
    assert read_events(message, KEY) == ()
