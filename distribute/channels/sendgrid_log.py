"""What SendGrid has taken: its Email Logs, where each message still carries our delivery key."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any
from urllib.parse import quote

import requests

from distribute.channels.exchange import Service, ask
from distribute.channels.headers import address_spec
from distribute.channels.inquiry import minutes, one_by_one
from distribute.channels.sendgrid_events import read_events
from distribute.domain.content import Accepted, Address, Outcome, Outcomes, Rejected, Sought
from distribute.errors import PlanError

ASKS_AFTER = minutes(2, 5, 15, 60, 360)
"""“Near real-time” is all SendGrid says; the last asking is for a key that may only ask a few times a minute."""

CATEGORY = 255
"""Characters of a category: https://www.twilio.com/docs/sendgrid/api-reference/mail-send/limitations."""

ROWS = 1000
"""The most an answer holds. There is no second page, so an answer this long leaves an unknown rest."""

CLOCKS = timedelta(hours=1)
"""How much later than SendGrid's our clock may be set without hiding a message."""

Row = Mapping[str, Any]
Question = Callable[..., dict[str, Any]]


def search(
    session: requests.Session, api_url: str, sought: Sequence[Sought], *, headers: Mapping[str, str], service: Service
) -> Outcomes:
    """The deliveries SendGrid has logged: dropped ones are Rejected, all others Accepted.

    https://www.twilio.com/docs/sendgrid/api-reference/email-logs. The list shows no ``custom_args``, so
    one request lists a release (or, where that is too long, a recipient) and one more per message
    reads our key, without which no message is ours, and its events. Kept for 30 days. Raises as ``ask``
    and ``one_by_one``.
    """
    remedy = f"Check that SENDGRID_API_KEY may read Email Logs. {service.remedy}"
    question = partial(ask, session, headers=headers, service=replace(service, remedy=remedy))
    log = Log(question, f"{api_url}/v3/logs", sought)
    return one_by_one(sought, log.find)


class Log:
    """The log as far as it concerns the deliveries sought; each release is listed once at most."""

    def __init__(self, question: Question, url: str, sought: Sequence[Sought]) -> None:
        self._question = question
        self._url = url
        self._together: dict[str, list[Sought]] = defaultdict(list)
        self._listed: dict[str, list[Row] | None] = {}
        for item in sought:
            self._together[item.release].append(item)

    def find(self, item: Sought) -> Outcome | None:
        """What became of one delivery; None when its key is in no message to its recipient."""
        try:
            recipient = address_spec("To", Address("", item.recipient))
        except PlanError:
            return None  # no such address was ever handed over
        dropped = None
        for row in self._rows(item, recipient):
            outcome = self._outcome(row, item.key)
            if isinstance(outcome, Accepted):
                return outcome
            dropped = dropped or outcome
        return dropped

    def _rows(self, item: Sought, recipient: str) -> list[Row]:
        """The messages to ``recipient`` since ``item`` left; SendGrid compares letters as they are."""
        listed = self._release(item.release)
        if listed is None:
            spellings = dict.fromkeys((recipient, recipient.lower()))
            listed = [row for spelling in spellings for row in self._list(f'to_email = "{spelling}"', item.since)]
        return [row for row in listed if str(row.get("to_email")).lower() == recipient.lower()]

    def _release(self, release: str) -> list[Row] | None:
        """All messages of a release; None when they cannot be listed whole, or when it is not worth a request."""
        items = self._together[release]
        category = release[:CATEGORY]
        if len(items) == 1 or not re.fullmatch(r"[\w .:-]+", category):
            return None
        if release not in self._listed:
            rows = self._list(f"categories IN ('{category}')", min(item.since for item in items))
            self._listed[release] = rows if len(rows) < ROWS else None
        return self._listed[release]

    def _list(self, condition: str, since: datetime) -> list[Row]:
        instant = (since - CLOCKS).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        query = f'{condition} AND sg_message_id_created_at >= TIMESTAMP "{instant}"'
        rows = self._question(self._url, body=json.dumps({"query": query, "limit": ROWS}).encode()).get("messages")
        return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []

    def _outcome(self, row: Row, key: str) -> Outcome | None:
        """What became of a message; None when it is not the delivery of this key."""
        name = str(row.get("sg_message_id") or "")
        if not name:
            return None
        message = self._question(f"{self._url}/{quote(name, safe='')}", may_be_absent=True)
        arguments = message.get("custom_args")
        if not isinstance(arguments, dict) or arguments.get("delivery") != key:
            return None
        if message.get("status") == "dropped":
            reason = " ".join(str(row.get("reason") or "without a reason").split())
            return Rejected(reason=f"SendGrid dropped it: {reason[:300]}")
        return Accepted(provider_id=name, events=read_events(message, key))
