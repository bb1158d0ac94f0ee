"""SendGrid: one letter and its recipients' fields per request, filled by SendGrid, answered as a whole."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from html import escape
from typing import Any, ClassVar, Self
from urllib.parse import urlsplit

import requests

from distribute.channels.base import Answer, Frozen
from distribute.channels.enclosing import listed
from distribute.channels.exchange import Service, get, post
from distribute.channels.headers import address_spec, extra_fields, require_plain
from distribute.channels.sendgrid_log import ASKS_AFTER, CATEGORY, search
from distribute.config import BaseUrl, Secret
from distribute.domain.content import Accepted, Address, Letter, Message, Outcomes, Sought
from distribute.errors import PlanError, Uncertain

SUBSTITUTION_BYTES = 10_000  # a recipient; twilio.com/docs/sendgrid/api-reference/mail-send/limitations
REQUEST_BYTES = 30_000_000
RESERVED = frozenset(
    {"x-sg-id", "x-sg-eid", "received", "dkim-signature", "content-type", "content-transfer-encoding"}
    | {"to", "from", "subject", "reply-to", "cc", "bcc"}
)
OFF = {"enable": False}
API_URL = BaseUrl("https://api.sendgrid.com")


@dataclass(frozen=True, kw_only=True)
class SendGridSettings:
    """create one with Mail Send (and Email Logs) access in SendGrid under Settings, API Keys."""

    api_key: Secret
    api_url: BaseUrl = API_URL


class SendGrid:
    """https://www.twilio.com/docs/sendgrid/api-reference/mail-send/mail-send."""

    name: ClassVar[str] = "sendgrid"
    channels: ClassVar[frozenset[str]] = frozenset({"email"})
    batch_size: ClassVar[int] = 100
    room: ClassVar[int] = 0
    repeatable_for: ClassVar[timedelta] = timedelta(0)
    asks_after: ClassVar[tuple[timedelta, ...]] = ASKS_AFTER
    Settings: ClassVar[type[Any]] = SendGridSettings

    def __init__(self, settings: SendGridSettings, session: requests.Session) -> None:
        self._settings = settings
        self._session = session
        self._service = Service(
            name="SendGrid",
            remedy="Check SENDGRID_API_KEY, SENDGRID_API_URL (EU accounts have their own) and the verified sender",
            secrets=(settings.api_key,),
        )

    @classmethod
    def open(cls, settings: SendGridSettings, session: requests.Session) -> Self:
        return cls(settings, session)

    @property
    def account(self) -> str:
        return urlsplit(self._settings.api_url).netloc

    def freeze(self, items: Sequence[Message]) -> bytes:
        """As the Protocol; every message must carry the same letter, so batches are planned letter by letter."""
        letter = items[0].letter
        if any(message.letter is not letter and message.letter != letter for message in items):
            raise PlanError("SendGrid carries one letter per request: its batches must be planned letter by letter")
        mark = hashlib.sha256("\x1f".join((*letter.html.pieces, *letter.text.pieces)).encode()).hexdigest()[:8]
        document: dict[str, Any] = {
            "personalizations": [_personalization(message, mark) for message in items],
            "from": _party("From", letter.sender),
            "subject": require_plain("Subject", letter.subject),
            "content": [
                {"type": "text/plain", "value": letter.text.with_tags(_tag("text", mark))},
                {"type": "text/html", "value": letter.html.with_tags(_tag("html", mark))},
            ],
            "tracking_settings": {
                "click_tracking": {"enable": False, "enable_text": False},
                "open_tracking": OFF,
                "subscription_tracking": OFF,
            },
            **({"reply_to": _party("Reply-To", letter.reply_to)} if letter.reply_to else {}),
            **({"attachments": _files(letter)} if letter.attachments else {}),
            **({"categories": [letter.release[:CATEGORY]]} if letter.release else {}),
        }
        if len(body := json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()) > REQUEST_BYTES:
            raise PlanError("A batch is larger than the 30 MB SendGrid takes in one request: leave files out")
        return body

    def submit(self, request: Frozen) -> Outcomes:
        """As the Protocol. 202 accepts them all; a refusal names its field (personalizations.N) and sends none."""
        url = f"{self._settings.api_url}/v3/mail/send"
        reply = post(self._session, url, body=request.body, headers=self._headers(), service=self._service)
        if reply.status != 202:
            raise Uncertain(f"SendGrid answered {reply.status} instead of 202, which it does not document for sending")
        return dict.fromkeys(request.keys, Accepted(provider_id=reply.headers.get("X-Message-Id", "")))

    def look_up(self, sought: Sequence[Sought]) -> Outcomes:
        return search(self._session, self._settings.api_url, sought, headers=self._headers(), service=self._service)

    def probe(self) -> Mapping[str, str]:
        """https://www.twilio.com/docs/sendgrid/api-reference/api-key-permissions."""
        url = f"{self._settings.api_url}/v3/scopes"
        return get(self._session, url, headers=self._headers(), service=self._service).headers

    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self._settings.api_key.reveal()}", "Content-Type": "application/json"}

    @staticmethod
    def rehearse(request: requests.PreparedRequest) -> Answer:
        digest = hashlib.sha256(request.body if isinstance(request.body, bytes) else b"").hexdigest()
        return 202, {"X-Message-Id": f"rehearsal-{digest[:16]}"}, b""


def _tag(part: str, mark: str) -> str:
    """The form of a substitution tag; ``mark`` is of this letter, so no text can hold a tag by chance."""
    return f"-{part}.{{}}.{mark}-"


def _personalization(message: Message, mark: str) -> dict[str, Any]:
    letter, values = message.letter, message.values
    substitutions = {_tag("text", mark).format(slot): values[slot] for slot in sorted(letter.text.slots)}
    substitutions |= {_tag("html", mark).format(slot): escape(values[slot]) for slot in sorted(letter.html.slots)}
    if sum(len(text.encode()) for pair in substitutions.items() for text in pair) > SUBSTITUTION_BYTES:
        raise PlanError(f"The fields of {message.recipient.email} exceed the 10,000 bytes SendGrid takes: shorten them")
    if reserved := sorted(RESERVED.intersection(map(str.lower, fields := dict(extra_fields(message))))):
        raise PlanError(f"SendGrid does not let a letter set the header {', '.join(reserved)}: leave it out")
    to, args = [_party("To", message.recipient)], {"delivery": message.key}
    return {"to": to, "headers": fields, "substitutions": substitutions, "custom_args": args}


def _files(letter: Letter) -> list[dict[str, str]]:
    entries = listed(letter.attachments, ("filename", "content", "type", "content_id"))
    return [entry | {"disposition": it.disposition} for it, entry in zip(letter.attachments, entries, strict=True)]


def _party(field: str, address: Address) -> dict[str, str]:
    """SendGrid refuses commas and semicolons in names, so they become spaces."""
    name = " ".join(re.sub("[;,]", " ", require_plain(field, address.name)).split())
    return {"email": address_spec(field, address)} | ({"name": name} if name else {})
