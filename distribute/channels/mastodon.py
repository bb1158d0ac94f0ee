"""Mastodon and servers that speak its API: one status per request, under a key of ours."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, ClassVar, Self
from urllib.parse import urlsplit

import requests

from distribute.channels.base import Answer, Frozen, NobodyToAsk
from distribute.channels.exchange import Service, get, post
from distribute.config import BaseUrl, Secret
from distribute.domain.content import Accepted, Outcomes, Post
from distribute.errors import PlanError, Uncertain


@dataclass(frozen=True, kw_only=True)
class MastodonSettings:
    """the address is your server's, and the token is under Preferences, Development, Your applications."""

    api_url: BaseUrl
    access_token: Secret


class Mastodon(NobodyToAsk):
    """https://docs.joinmastodon.org/methods/statuses/#create.

    ``repeatable_for`` is zero although Mastodon keeps an Idempotency-Key for an hour: it stores the
    key after the status, so a repeat that follows at once can overtake it, and the servers that only
    speak its API ignore the key. It is sent all the same, to protect a repeat a person asks for.
    Nobody is asked after a lost answer: a status shows no key of ours, and the same words may be there
    because a person posted them.
    """

    name: ClassVar[str] = "mastodon"
    channels: ClassVar[frozenset[str]] = frozenset({"mastodon"})
    batch_size: ClassVar[int] = 1
    room: ClassVar[int] = 0
    repeatable_for: ClassVar[timedelta] = timedelta(0)
    Settings: ClassVar[type[Any]] = MastodonSettings

    def __init__(self, settings: MastodonSettings, session: requests.Session) -> None:
        self._settings = settings
        self._session = session
        self._service = Service(
            name=f"Mastodon ({self.account})",
            remedy="Check MASTODON_ACCESS_TOKEN (it needs write:statuses) and MASTODON_API_URL",
            secrets=(settings.access_token,),
        )

    @classmethod
    def open(cls, settings: MastodonSettings, session: requests.Session) -> Self:
        return cls(settings, session)

    @property
    def account(self) -> str:
        return urlsplit(self._settings.api_url).netloc

    def freeze(self, items: Sequence[Post]) -> bytes:
        """As the Protocol; ``visibility`` is always given, as other servers' defaults differ."""
        (item,) = items
        if item.limit and item.length > item.limit:
            raise PlanError(f"The Mastodon post has {item.length} {item.unit}, {item.limit} are allowed: shorten it")
        status = {"status": item.text, "visibility": "public", "language": item.language.split("-")[0]}
        return json.dumps(status, ensure_ascii=False, separators=(",", ":")).encode()

    def submit(self, request: Frozen) -> Outcomes:
        (key,) = request.keys
        headers = {
            "Authorization": f"Bearer {self._settings.access_token.reveal()}",
            "Content-Type": "application/json",
            "Idempotency-Key": key,
        }
        url = f"{self._settings.api_url}/api/v1/statuses"
        status = post(self._session, url, body=request.body, headers=headers, service=self._service).json()
        if not isinstance(status, dict) or not isinstance(status.get("id"), str) or not status["id"]:
            raise Uncertain(f"{self._service.name} took the post, but its answer does not name it")
        address = status.get("url")
        return {key: Accepted(provider_id=status["id"], url=address if isinstance(address, str) else None)}

    def probe(self) -> Mapping[str, str]:
        """https://docs.joinmastodon.org/methods/apps/#verify_credentials."""
        headers = {"Authorization": f"Bearer {self._settings.access_token.reveal()}"}
        url = f"{self._settings.api_url}/api/v1/apps/verify_credentials"
        return get(self._session, url, headers=headers, service=self._service).headers

    @staticmethod
    def rehearse(request: requests.PreparedRequest) -> Answer:
        body = request.body if isinstance(request.body, bytes) else b""
        number = str(int(hashlib.sha256(body).hexdigest()[:12], 16))
        host = urlsplit(request.url or "").netloc
        status = {"id": number, "url": f"https://{host}/@rehearsal/{number}"}
        return 200, {"Content-Type": "application/json"}, json.dumps(status).encode()
