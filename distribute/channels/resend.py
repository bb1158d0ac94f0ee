"""Resend: an array of finished messages per request, repeatable under a key made from its bytes."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, ClassVar, Self

import requests

from distribute.channels.base import Answer, Frozen, NobodyToAsk
from distribute.channels.exchange import Reply, Service, get, post
from distribute.channels.headers import extra_fields, mailbox, require_plain
from distribute.config import BaseUrl, Secret
from distribute.domain.content import Accepted, Message, Outcome, Outcomes, Unclear
from distribute.errors import PlanError, SubmissionError, TryLater, Unauthorised, Uncertain

VERDICTS: dict[str, type[SubmissionError]] = {
    "concurrent_idempotent_requests": TryLater,
    "invalid_idempotent_request": Uncertain,
    "daily_quota_exceeded": Unauthorised,
    "monthly_quota_exceeded": Unauthorised,
    "invalid_from_address": Unauthorised,
    "security_error": Unauthorised,
}
"""Where Resend's name for an error says more than its status: https://resend.com/docs/api-reference/errors.

``concurrent_idempotent_requests``: our earlier request is still under way; this one did nothing, and a
repeat gets the answer of the first. ``invalid_idempotent_request``: this one did nothing, but another
with its key did something, so a person must look. The others are true of every message: nobody is rejected.
"""

MESSAGE_BYTES = 40_000_000
"""https://resend.com/docs/api-reference/emails/send-email: 40 MB a message."""
API_URL = BaseUrl("https://api.resend.com")


@dataclass(frozen=True, kw_only=True)
class ResendSettings:
    """create one with Sending access in Resend under API Keys."""

    api_key: Secret
    api_url: BaseUrl = API_URL


class Resend(NobodyToAsk):
    """https://resend.com/docs/api-reference/emails/send-batch-emails.

    A request is carried out in full or refused in full. Resend keeps an Idempotency-Key for 24 hours
    and answers the same bytes under it with the first answer, sending nothing
    (https://resend.com/docs/dashboard/emails/idempotency-keys). Open and click tracking cannot be
    switched off in a request: they belong to the sending domain, where they are off unless somebody
    turned them on. The Message-ID is Resend's own. Its logs are not asked once the key is forgotten: they
    cannot be searched, are closed to a key with Sending access, and need not show what a batch held.
    """

    name: ClassVar[str] = "resend"
    channels: ClassVar[frozenset[str]] = frozenset({"email"})
    batch_size: ClassVar[int] = 100
    room: ClassVar[int] = 0
    repeatable_for: ClassVar[timedelta] = timedelta(hours=24)
    Settings: ClassVar[type[Any]] = ResendSettings

    def __init__(self, settings: ResendSettings, session: requests.Session) -> None:
        self._settings = settings
        self._session = session
        self._service = Service(
            name="Resend",
            remedy="Check RESEND_API_KEY, RESEND_API_URL, your quota and that Resend has verified the sender's domain",
            secrets=(settings.api_key,),
            verdict=lambda reply: VERDICTS.get(_error_name(reply)),
        )

    @classmethod
    def open(cls, settings: ResendSettings, session: requests.Session) -> Self:
        return cls(settings, session)

    @property
    def account(self) -> str:
        return self._settings.api_url.partition("://")[2]

    def freeze(self, items: Sequence[Message]) -> bytes:
        entries = [_entry(message) for message in items]
        return json.dumps(entries, ensure_ascii=False, separators=(",", ":")).encode()

    def submit(self, request: Frozen) -> Outcomes:
        """As the Protocol. The answers stand in the order of the messages."""
        headers = self._headers() | {"Idempotency-Key": f"distribute-{request.sha256}"}
        url = f"{self._settings.api_url}/emails/batch"
        answer = post(self._session, url, body=request.body, headers=headers, service=self._service).json()
        answers = answer.get("data") if isinstance(answer, dict) else None
        if not isinstance(answers, list):
            raise Uncertain("Resend took the request, but its answer is not the list it documents")
        padded = [*answers, *[None] * len(request.keys)]
        return {key: _outcome(answer) for key, answer in zip(request.keys, padded, strict=False)}

    def probe(self) -> Mapping[str, str]:
        """https://resend.com/docs/api-reference/domains/list-domains; a key that may only send is a good one."""
        refusals: list[Reply] = []
        service = replace(self._service, verdict=refusals.append)
        url = f"{self._settings.api_url}/domains"
        try:
            return get(self._session, url, headers=self._headers(), service=service).headers
        except Unauthorised:
            if [_error_name(reply) for reply in refusals] == ["restricted_api_key"]:
                return refusals[0].headers
            raise

    @staticmethod
    def rehearse(request: requests.PreparedRequest) -> Answer:
        answers = [{"id": f"rehearsal-{entry['tags'][0]['value']}"} for entry in json.loads(request.body or b"[]")]
        return 200, {"Content-Type": "application/json"}, json.dumps({"data": answers}).encode()

    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self._settings.api_key.reveal()}", "Content-Type": "application/json"}


def _entry(message: Message) -> dict[str, Any]:
    letter = message.letter
    if letter.attachments:  # https://resend.com/docs/dashboard/emails/attachments: not by its batch endpoint
        raise PlanError("Resend takes no files with the letters of a batch: leave them out, or link to them")
    tags = {"delivery": message.key, "release": re.sub(r"[^A-Za-z0-9_-]", "-", letter.release)[:256]}
    entry: dict[str, Any] = {
        "from": mailbox("From", letter.sender),
        "to": [mailbox("To", message.recipient)],
        "subject": require_plain("Subject", letter.subject),
        "html": message.html,
        "text": message.text,
        "headers": dict(extra_fields(message)),
        "tags": [{"name": name, "value": value} for name, value in tags.items() if value],
    }
    entry |= {"reply_to": mailbox("Reply-To", letter.reply_to)} if letter.reply_to else {}
    if len(entry["html"].encode()) + len(entry["text"].encode()) > MESSAGE_BYTES:
        raise PlanError("The letter is larger than the 40 MB Resend takes: shorten the release")
    return entry


def _outcome(answer: Any) -> Outcome:
    found = answer.get("id") if isinstance(answer, dict) else None
    if not isinstance(found, str) or not found:
        return Unclear(reason="Resend's answer says nothing about this recipient")
    return Accepted(provider_id=found)


def _error_name(reply: Reply) -> str:
    return str(content.get("name")) if isinstance(content := reply.json(), dict) else ""
