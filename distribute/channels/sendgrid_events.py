"""What SendGrid calls the things that become of a message, in the words of the house."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from distribute.domain.content import Event, EventKind

KINDS: dict[str, EventKind] = {
    "processed": EventKind.ACCEPTED,
    "delivered": EventKind.DELIVERED,
    "deferred": EventKind.DEFERRED,
    "bounce": EventKind.BOUNCED,
    "spamreport": EventKind.COMPLAINED,
    "unsubscribe": EventKind.UNSUBSCRIBED,
    "group_unsubscribe": EventKind.UNSUBSCRIBED,
}
"""https://www.twilio.com/docs/sendgrid/for-developers/tracking-events/event. ``dropped`` was never taken,
``open`` and ``click`` prove nothing and are switched off."""

WORDS = 300
"""Characters of a mail server's answer that are kept."""


def read_events(message: Mapping[str, Any], key: str) -> tuple[Event, ...]:
    """The events of one logged message, which is the delivery of that key; what is no event of ours is passed over.

    https://www.twilio.com/docs/sendgrid/api-reference/email-logs: ``events`` holds the last hundred.
    """
    rows = message.get("events")
    found = (_read(row, key, str(message.get("sg_message_id") or "")) for row in rows) if isinstance(rows, list) else ()
    return tuple(it for it in found if it)


def _read(row: Any, key: str, provider_id: str) -> Event | None:
    """A bounce of type ``bounce`` is for good, one that is ``blocked`` is not."""
    if not isinstance(row, dict) or (kind := KINDS.get(str(row.get("event")))) is None:
        return None
    name, at = row.get("sg_event_id"), row.get("timestamp")
    if not isinstance(name, str) or not name or type(at) is not int:
        return None
    try:
        moment = datetime.fromtimestamp(at, UTC)
    except (OverflowError, OSError, ValueError):
        return None
    return Event(
        key=key,
        kind=kind,
        at=moment,
        id=name,
        detail=" ".join(str(row.get("reason") or row.get("response") or "").split())[:WORDS],
        is_permanent=kind is EventKind.BOUNCED and row.get("type") == "bounce",
        provider_id=provider_id,
    )
