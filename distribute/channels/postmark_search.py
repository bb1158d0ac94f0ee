"""What Postmark has taken: its message search, asked for one delivery key at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote, urlencode

import requests

from distribute.channels.exchange import Service, ask
from distribute.channels.inquiry import minutes, one_by_one
from distribute.channels.postmark_events import read_events
from distribute.domain.content import Accepted, Event, Outcomes, Sought
from distribute.errors import SubmissionError

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
    """The deliveries Postmark has a message for; each costs one request, and one more where it has.

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
        if not ours:
            return None
        name = str(ours[0].get("MessageID") or "")
        return Accepted(provider_id=name, events=tell(name, item.key) if name else ())

    def tell(name: str, key: str) -> tuple[Event, ...]:
        """What became of it, in the message's details; that it was found holds without them."""
        try:
            url = f"{api_url}/messages/outbound/{quote(name, safe='')}/details"
            return read_events(ask(session, url, headers=headers, service=service, may_be_absent=True), key)
        except SubmissionError:
            return ()

    return one_by_one(sought, find)


def _delivery(row: Any) -> Any:
    metadata = row.get("Metadata") if isinstance(row, dict) else None
    return metadata.get("delivery") if isinstance(metadata, dict) else None
