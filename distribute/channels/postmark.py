"""Postmark: an array of finished messages per request, answered one by one."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, ClassVar, Self

import requests

from distribute.channels.base import Answer, Frozen
from distribute.channels.enclosing import listed
from distribute.channels.exchange import Reply, Service, get, post, said
from distribute.channels.headers import extra_fields, mailbox, require_plain
from distribute.channels.postmark_search import ASKS_AFTER, search
from distribute.config import BaseUrl, Secret
from distribute.domain.attachment import weight
from distribute.domain.content import Accepted, Message, Outcome, Outcomes, Rejected, Sought, Unclear
from distribute.errors import PlanError, SubmissionError, Unauthorised, Uncertain

ACCOUNT_CODES = frozenset({10, 400, 401, 405, 412, 413})
"""Token, sender signature, permission, account: https://postmarkapp.com/developer/api/overview#error-codes."""

MESSAGE_BYTES = 10_000_000
"""https://postmarkapp.com/developer/api/email-api: 10 MB a message, 50 MB a batch."""

REQUEST_BYTES = 50_000_000
FILE = ("Name", "Content", "ContentType", "ContentID")
API_URL = BaseUrl("https://api.postmarkapp.com")


@dataclass(frozen=True, kw_only=True)
class PostmarkSettings:
    """find it in Postmark under Servers, your server, API Tokens."""

    server_token: Secret
    message_stream: str = "broadcast"
    api_url: BaseUrl = API_URL


class Postmark:
    """https://postmarkapp.com/developer/api/email-api#send-batch-emails."""

    name: ClassVar[str] = "postmark"
    channels: ClassVar[frozenset[str]] = frozenset({"email"})
    batch_size: ClassVar[int] = 100
    room: ClassVar[int] = 20_000_000
    repeatable_for: ClassVar[timedelta] = timedelta(0)
    asks_after: ClassVar[tuple[timedelta, ...]] = ASKS_AFTER
    Settings: ClassVar[type[Any]] = PostmarkSettings

    def __init__(self, settings: PostmarkSettings, session: requests.Session) -> None:
        self._settings = settings
        self._session = session
        self._service = Service(
            name="Postmark",
            remedy="Check POSTMARK_SERVER_TOKEN, POSTMARK_API_URL and that Postmark has confirmed the sender",
            secrets=(settings.server_token,),
            verdict=_verdict,
        )

    @classmethod
    def open(cls, settings: PostmarkSettings, session: requests.Session) -> Self:
        return cls(settings, session)

    @property
    def account(self) -> str:
        return f"message stream {self._settings.message_stream}"

    def freeze(self, items: Sequence[Message]) -> bytes:
        entries = [self._entry(message) for message in items]
        body = json.dumps(entries, ensure_ascii=False, separators=(",", ":")).encode()
        if len(body) > REQUEST_BYTES:
            raise PlanError("A batch is larger than the 50 MB Postmark takes in one request: shorten the release")
        return body

    def submit(self, request: Frozen) -> Outcomes:
        url = f"{self._settings.api_url}/email/batch"
        answers = post(self._session, url, body=request.body, headers=self._headers(), service=self._service).json()
        if not isinstance(answers, list):
            raise Uncertain("Postmark took the request, but its answer is not the list it documents")
        if answers and len(answers) == len(request.keys) and all(_code(answer) in ACCOUNT_CODES for answer in answers):
            raise Unauthorised(f"Postmark: {said(answers[0], self._service)}. {self._service.remedy}.")
        padded = [*answers, *[None] * len(request.keys)]
        return {key: self._outcome(answer) for key, answer in zip(request.keys, padded, strict=False)}

    def look_up(self, sought: Sequence[Sought]) -> Outcomes:
        url, stream = self._settings.api_url, self._settings.message_stream
        return search(self._session, url, sought, stream=stream, headers=self._headers(), service=self._service)

    def probe(self) -> Mapping[str, str]:
        """https://postmarkapp.com/developer/api/server-api."""
        url = f"{self._settings.api_url}/server"
        return get(self._session, url, headers=self._headers(), service=self._service).headers

    @staticmethod
    def rehearse(request: requests.PreparedRequest) -> Answer:
        entries = json.loads(request.body or b"[]")
        names = (f"rehearsal-{entry['Metadata']['delivery']}" for entry in entries)
        answers = [{"ErrorCode": 0, "Message": "OK", "MessageID": name} for name in names]
        return 200, {"Content-Type": "application/json"}, json.dumps(answers).encode()

    def _headers(self) -> dict[str, str]:
        kind = "application/json"
        token = self._settings.server_token.reveal()
        return {"Accept": kind, "Content-Type": kind, "X-Postmark-Server-Token": token}

    def _entry(self, message: Message) -> dict[str, Any]:
        letter = message.letter
        entry: dict[str, Any] = {
            "From": mailbox("From", letter.sender),
            "To": mailbox("To", message.recipient),
            "Subject": require_plain("Subject", letter.subject),
            "HtmlBody": message.html,
            "TextBody": message.text,
            "Headers": [{"Name": name, "Value": value} for name, value in extra_fields(message)],
            "Metadata": {"delivery": message.key, "release": letter.release[:80]},
            "Tag": letter.release[:1000],
            "MessageStream": self._settings.message_stream,
            "TrackOpens": False,
            "TrackLinks": "None",
        }
        entry |= {"ReplyTo": mailbox("Reply-To", letter.reply_to)} if letter.reply_to else {}
        entry |= {"Attachments": listed(letter.attachments, FILE, "cid:{}")} if letter.attachments else {}
        parts = len(entry["HtmlBody"].encode()) + len(entry["TextBody"].encode())
        if parts + weight(letter.attachments) > MESSAGE_BYTES:
            raise PlanError("The letter is larger than the 10 MB Postmark takes: leave files out or shorten the text")
        return entry

    def _outcome(self, answer: Any) -> Outcome:
        if (code := _code(answer)) is None:
            return Unclear(reason="Postmark's answer says nothing about this recipient")
        if code:
            return Rejected(reason=f"Postmark ({code}): {said(answer, self._service) or 'refused without a reason'}")
        return Accepted(provider_id=str(answer.get("MessageID") or ""))


def _code(answer: Any) -> int | None:
    code = answer.get("ErrorCode") if isinstance(answer, dict) else None
    return code if isinstance(code, int) else None


def _verdict(reply: Reply) -> type[SubmissionError] | None:
    """A refused account hides behind 422."""
    return Unauthorised if reply.status == 422 and _code(reply.json()) in ACCOUNT_CODES else None
