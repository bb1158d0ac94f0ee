"""The outbox: each message as an .eml file and each post as a page, so that no account is needed to see them."""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, ClassVar, Self
from urllib.parse import quote

import requests

from distribute.channels.base import Answer, Frozen, NobodyToAsk
from distribute.channels.exchange import Reply, Service, put
from distribute.channels.mime import message_bytes
from distribute.channels.postcard import postcard
from distribute.domain.content import Accepted, Content, Message, Outcome, Outcomes, Post, Rejected, Unclear
from distribute.errors import BatchRefused, TryLater, Unauthorised, Uncertain

ADDRESS = "outbox://local/"
LONGEST_STEM = 120
"""Characters of a file's name before its key and suffix; file systems take 255 bytes."""

_SERVICE = Service(name="The outbox", remedy="Make the folder writable and try again")


@dataclass(frozen=True, kw_only=True)
class OutboxSettings:
    """the outbox needs no settings."""


class Outbox(NobodyToAsk):
    """Files under the workspace's ``outbox`` folder. Writing the same bytes again changes nothing."""

    name: ClassVar[str] = "outbox"
    channels: ClassVar[frozenset[str]] = frozenset({"email", "mastodon", "bluesky", "x"})
    batch_size: ClassVar[int] = 100
    room: ClassVar[int] = 20_000_000
    repeatable_for: ClassVar[timedelta] = timedelta.max
    Settings: ClassVar[type[Any]] = OutboxSettings

    def __init__(self, session: requests.Session) -> None:
        self._session = session

    @classmethod
    def open(cls, settings: OutboxSettings, session: requests.Session) -> Self:  # noqa: ARG003  it has none
        return cls(session)

    @property
    def account(self) -> str:
        return "files in outbox/"

    def freeze(self, items: Sequence[Content]) -> bytes:
        """``{"files": [[key, path, content], …]}``: of a post its record, then its page."""
        files = [[item.key, path, content] for item in items for path, content in _files(item)]
        return json.dumps({"files": files}, ensure_ascii=False, separators=(",", ":")).encode()

    def submit(self, request: Frozen) -> Outcomes:
        """As the Protocol. A disk that fills up in the middle leaves a batch that may only be repeated: Uncertain."""
        nothing = Unclear(reason="The batch holds no file for this one")
        outcomes: dict[str, Outcome] = dict.fromkeys(request.keys, nothing)
        for key, path, content in json.loads(request.body)["files"]:
            if isinstance(outcomes[key], Rejected):
                continue
            try:
                outcomes[key] = self._write(path, content.encode())
            except (TryLater, Unauthorised) as error:
                if any(isinstance(outcome, Accepted) for outcome in outcomes.values()):
                    raise Uncertain(f"{error}; part of the batch is written") from error
                raise
        return outcomes

    def probe(self) -> Mapping[str, str]:
        """Nobody to ask: the folder is on this machine."""
        return {}

    @staticmethod
    def rehearse(request: requests.PreparedRequest) -> Answer:
        return 201, {"Location": request.url or ""}, b""

    def _write(self, path: str, content: bytes) -> Outcome:
        headers = {"Content-Type": "application/octet-stream"}
        try:
            reply = put(self._session, ADDRESS + quote(path), body=content, headers=headers, service=_SERVICE)
        except BatchRefused as refused:
            return Rejected(reason=str(refused))
        return Accepted(provider_id=f"outbox/{path}", url=_location(reply))


def _location(reply: Reply) -> str | None:
    return reply.headers.get("Location")


def _files(item: Content) -> list[tuple[str, str]]:
    """Where one delivery's files go, and what is in them. The key keeps two editions apart."""
    folder = _safe(item.letter.release if isinstance(item, Message) else item.release) or "release"
    if isinstance(item, Message):
        stem = f"{folder}/email/{_safe(item.recipient.email)}.{item.key[:8]}"
        return [(f"{stem}.eml", message_bytes(item).decode())]
    stem = f"{folder}/{_safe(item.network)}.{item.key[:8]}"
    return [(f"{stem}.json", _record(item)), (f"{stem}.html", postcard(item))]


def _record(post: Post) -> str:
    """The post as it would be handed to its network, with its count."""
    record: dict[str, Any] = dataclasses.asdict(post)
    return json.dumps(record, ensure_ascii=False, indent=2) + "\n"


def _safe(text: str) -> str:
    """A part of a file's name every system takes: letters, digits and . _ + @ -, no leading dot."""
    return re.sub(r"[^A-Za-z0-9._+@-]", "_", text).lstrip(".")[:LONGEST_STEM]
