"""What Postmark calls the things that become of a message, in the words of the house."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from distribute.domain.content import Event, EventKind, event_id

KINDS: dict[str, EventKind] = {
    "Delivered": EventKind.DELIVERED,
    "Transient": EventKind.DEFERRED,
    "Bounced": EventKind.BOUNCED,
}
"""https://postmarkapp.com/developer/api/messages-api#outbound-message-details. ``Opened`` and ``LinkClicked``
prove nothing and are switched off; a ``SubscriptionChanged`` does not say here whether it was a bounce, a
complaint or the reader's wish."""

WORDS = 300
"""Characters of a mail server's answer that are kept."""


def read_events(message: Mapping[str, Any], key: str) -> tuple[Event, ...]:
    """The events in a message's details, which is the delivery of that key; what is no event of ours is passed over.

    Postmark gives only a bounce a number of its own, and does not say here which bounces are for good.
    """
    rows = message.get("MessageEvents")
    found = (_read(row, key, str(message.get("MessageID") or "")) for row in rows) if isinstance(rows, list) else ()
    return tuple(it for it in found if it)


def _read(row: Any, key: str, provider_id: str) -> Event | None:
    if not isinstance(row, dict) or (kind := KINDS.get(str(row.get("Type")))) is None:
        return None
    moment = _moment(row.get("ReceivedAt"))
    if moment is None:
        return None
    details = row.get("Details")
    said = details if isinstance(details, dict) else {}
    bounce = str(said.get("BounceID") or "")
    words = " ".join(str(said.get("DeliveryMessage") or said.get("Summary") or "").split())[:WORDS]
    name = f"bounce-{bounce}" if bounce else event_id(provider_id, kind, moment.isoformat(), words)
    return Event(key=key, kind=kind, at=moment, id=name, detail=words, provider_id=provider_id)


def _moment(text: Any) -> datetime | None:
    """An ISO 8601 instant with its offset; its seventh decimal is let go."""
    try:
        moment = datetime.fromisoformat(str(text))
    except ValueError:
        return None
    return moment if moment.tzinfo else None
