"""Bluesky: one record per post, under a record key we choose, so that writing it twice writes it once."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, ClassVar, Self

import requests

from distribute.channels.atproto import COLLECTION, TEXT_BYTES, record, record_key
from distribute.channels.base import Answer, Frozen, NobodyToAsk
from distribute.channels.exchange import Reply, Service, post
from distribute.config import BaseUrl, Secret
from distribute.domain.content import Accepted, Outcomes, Post
from distribute.errors import BatchRefused, PlanError, SubmissionError, TryLater, Unauthorised, Uncertain

API_URL = BaseUrl("https://bsky.social")
ACCOUNT_ERRORS = frozenset({"InvalidToken", "ExpiredToken", "AuthMissing", "AccountTakedown", "AccountDeactivated"})
"""Errors that come with status 400 and mean the session or the account."""


@dataclass(frozen=True, kw_only=True)
class BlueskySettings:
    """the handle is your account's name; make an app password in Bluesky under Settings, Privacy and security."""

    handle: str
    app_password: Secret
    api_url: BaseUrl = API_URL


class Bluesky(NobodyToAsk):
    """https://docs.bsky.app/docs/api/com-atproto-repo-put-record, with an app password.

    Nobody is asked after a lost answer: writing the record again is as good a question.
    """

    name: ClassVar[str] = "bluesky"
    channels: ClassVar[frozenset[str]] = frozenset({"bluesky"})
    batch_size: ClassVar[int] = 1
    room: ClassVar[int] = 0
    repeatable_for: ClassVar[timedelta] = timedelta(days=3650)
    Settings: ClassVar[type[Any]] = BlueskySettings

    def __init__(self, settings: BlueskySettings, session: requests.Session) -> None:
        self._settings = settings
        self._session = session
        self._handle = settings.handle.removeprefix("@")
        self._service = Service(
            name="Bluesky",
            remedy="Check BLUESKY_HANDLE, BLUESKY_APP_PASSWORD and BLUESKY_API_URL",
            secrets=(settings.app_password,),
            verdict=_verdict,
        )

    @classmethod
    def open(cls, settings: BlueskySettings, session: requests.Session) -> Self:
        return cls(settings, session)

    @property
    def account(self) -> str:
        return f"@{self._handle}"

    def freeze(self, items: Sequence[Post]) -> bytes:
        (item,) = items
        size = len(item.text.encode())
        if (item.limit and item.length > item.limit) or size > TEXT_BYTES:
            raise PlanError(
                f"The Bluesky post has {item.length} {item.unit} and {size} bytes; shorten it to 300 and 3,000"
            )
        document = {
            "repo": self._handle,
            "collection": COLLECTION,
            "rkey": record_key(item.at, item.key),
            "record": record(item),
        }
        return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()

    def submit(self, request: Frozen) -> Outcomes:
        (key,) = request.keys
        uri = self._call("com.atproto.repo.putRecord", request.body, self._log_in()).get("uri")
        if not isinstance(uri, str) or not uri:
            raise Uncertain("Bluesky took the post, but its answer does not name it")
        address = f"https://bsky.app/profile/{self._handle}/post/{uri.rsplit('/', 1)[-1]}"
        return {key: Accepted(provider_id=uri, url=address)}

    def probe(self) -> Mapping[str, str]:
        """A login; nothing is written."""
        self._log_in()
        return {}

    @staticmethod
    def rehearse(request: requests.PreparedRequest) -> Answer:
        sent = json.loads(request.body or b"{}")
        if (request.url or "").endswith("createSession"):
            answer = {
                "accessJwt": "rehearsal",
                "refreshJwt": "rehearsal",
                "handle": sent["identifier"],
                "did": "did:web:rehearsal",
            }
        else:
            answer = {"uri": f"at://did:web:rehearsal/{sent['collection']}/{sent['rkey']}", "cid": "rehearsal"}
        return 200, {"Content-Type": "application/json"}, json.dumps(answer).encode()

    def _log_in(self) -> Secret:
        """A session's access token; whatever fails here, nothing of the post has left."""
        login = {"identifier": self._handle, "password": self._settings.app_password.reveal()}
        try:
            session = self._call("com.atproto.server.createSession", json.dumps(login).encode())
        except Uncertain as lost:
            raise TryLater(f"{lost}; this was the login, so nothing was posted") from lost
        except BatchRefused as refused:
            raise Unauthorised(f"{refused}. {self._service.remedy}.") from refused
        token = session.get("accessJwt")
        if not isinstance(token, str) or not token:
            raise TryLater("Bluesky's login answered something it does not document; nothing was posted")
        return Secret(token)

    def _call(self, method: str, body: bytes, token: Secret | None = None) -> dict[str, Any]:
        headers = {"Content-Type": "application/json"}
        service = self._service
        if token:
            headers["Authorization"] = f"Bearer {token.reveal()}"
            service = replace(service, secrets=(*service.secrets, token))
        url = f"{self._settings.api_url}/xrpc/{method}"
        answer = post(self._session, url, body=body, headers=headers, service=service).json()
        if not isinstance(answer, dict):
            raise Uncertain("Bluesky took the request, but its answer is not the one it documents")
        return answer


def _verdict(reply: Reply) -> type[SubmissionError] | None:
    """A refused session hides behind 400."""
    answer = reply.json()
    error = answer.get("error") if isinstance(answer, dict) else None
    return Unauthorised if reply.status == 400 and error in ACCOUNT_ERRORS else None
