"""What Postmark has taken: its message search, asked for one delivery key at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

import requests

from distribute.channels.exchange import Service, ask
from distribute.channels.inquiry import minutes, one_by_one
from distribute.domain.content import Accepted, Outcomes, Sought

ASKS_AFTER = minutes(2, 5, 15, 60)
"""Its search is fed from a queue, and says nothing of how far behind it is."""

ROWS = 10
"""More than one key can have; at most 500 may be asked for."""


def search(
    session: requests.Session,
    api_url: str,
    sought: Sequence[Sought],
    *,
    stream: str,
    headers: Mapping[str, str],
    service: Service,
) -> Outcomes:
    """The deliveries Postmark has a message for; each costs one request.

    https://postmarkapp.com/developer/api/messages-api#outbound-message-search; by metadata, one field
    a query: https://postmarkapp.com/support/article/1125-custom-metadata-faq. The message stream is
    always named, as otherwise the search may be of another. A row counts only with our key in it,
    whatever the search was for. A recipient Postmark refuses gets no message, so nothing found here
    is a refusal. Raises as ``ask`` and ``one_by_one``.
    """

    def find(item: Sought) -> Accepted | None:
        query = urlencode({"count": ROWS, "offset": 0, "messagestream": stream, "metadata_delivery": item.key})
        answer = ask(session, f"{api_url}/messages/outbound?{query}", headers=headers, service=service)
        rows = answer.get("Messages")
        ours = [row for row in rows if _delivery(row) == item.key] if isinstance(rows, list) else []
        return Accepted(provider_id=str(ours[0].get("MessageID") or "")) if ours else None

    return one_by_one(sought, find)


def _delivery(row: Any) -> Any:
    metadata = row.get("Metadata") if isinstance(row, dict) else None
    return metadata.get("delivery") if isinstance(metadata, dict) else None
