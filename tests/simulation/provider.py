"""The simulated provider: what truly happened at the service, and the line over which it is asked."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, ClassVar, NamedTuple, Protocol, Self

import requests

from distribute.channels.base import Answer, Frozen, NobodyToAsk
from distribute.domain.content import Accepted, Message, Outcome, Outcomes, Post, Rejected, Sought
from distribute.domain.plan import content_hash
from distribute.errors import BatchRefused, TryLater, Unauthorised, Uncertain
from tests.delivery.builders import NoSettings

INDEXED = timedelta(minutes=4)
"""How long a service's log lags."""


class Trouble(StrEnum):
    """What can go wrong with one request."""

    NONE = "none"
    BUSY = "try later"
    REFUSED = "the account is refused"
    TIMEOUT = "timeout: it never arrived"
    UNHEARD = "timeout: it arrived"
    LATE = "timeout: it arrives later"
    BAD_GATEWAY = "502: it arrived"
    PARTIAL = "the answer leaves a recipient out"
    SHORT = "a recipient is left out, and so is the answer"
    GARBLED = "something unforeseen after it arrived"
    BROKEN = "something unforeseen before it left"


class Unforeseen(RuntimeError):
    """An exception no provider may raise."""


class Item(NamedTuple):
    """One recipient in a request: the delivery key, whom it names and a hash of what they read."""

    key: str
    recipient: str
    content: str


class Effect(NamedTuple):
    """One recipient got something: when it was asked for, when it happened, on behalf of which plan."""

    item: Item
    plan: str
    sha256: str
    asked: datetime
    at: datetime


def items(body: bytes) -> list[Item]:
    """The recipients in a body, in order."""
    return [Item(*row) for row in json.loads(body)]


@dataclass(kw_only=True)
class Service:
    """The true state of one service; no crash of ours touches it.

    ``window`` is how long the same bytes are one request. It refuses a request as a whole because
    of any ``poisonous`` address in it, and names the ``rejected`` ones.
    """

    window: timedelta
    rejected: frozenset[str]
    poisonous: frozenset[str]
    effects: list[Effect] = field(default_factory=list)
    _log: dict[str, tuple[datetime, Outcome]] = field(default_factory=dict)
    _known: dict[str, tuple[datetime, Outcomes]] = field(default_factory=dict)

    def take(self, body: bytes, plan: str, asked: datetime, at: datetime, *, is_short: bool = False) -> Outcomes:
        """A request arrives ``at``; BatchRefused when nothing in it had effect.

        A service that ``is_short`` forgets the last recipient and does not say so.
        """
        digest = hashlib.sha256(body).hexdigest()
        first, answer = self._known.get(digest, (None, {}))
        if first is not None and at - first < self.window:
            return answer
        handed = items(body)[: -1 if is_short else None]
        if any(item.recipient in self.poisonous for item in handed):
            raise BatchRefused("one address is malformed")
        taken = [item for item in handed if item.recipient not in self.rejected]
        self.effects += [Effect(item, plan, digest, asked, at) for item in taken]
        outcomes: dict[str, Outcome] = {item.key: Rejected(reason="no such mailbox") for item in handed}
        outcomes |= {item.key: Accepted(provider_id=f"id-{item.key}") for item in taken}
        self._known[digest] = (at, outcomes)
        self._log |= {key: (at, outcome) for key, outcome in outcomes.items()}
        return outcomes

    def look_up(self, keys: Sequence[str], at: datetime) -> Outcomes:
        """What its log shows of these keys; it shows everything ``INDEXED`` after it happened."""
        shown = {key: self._log[key] for key in keys if key in self._log}
        return {key: outcome for key, (since, outcome) in shown.items() if at - since >= INDEXED}


class Wire(Protocol):
    """What the simulated world does with a request on its way."""

    def carry(self, service: str, body: bytes, keys: Sequence[str]) -> Outcomes: ...

    def ask(self, service: str, keys: Sequence[str]) -> Outcomes: ...


class Once(NobodyToAsk):
    """A provider to which the same bytes, handed over twice, are two sendings."""

    name: ClassVar[str] = "once"
    channels: ClassVar[frozenset[str]] = frozenset({"email", "mastodon"})
    batch_size: ClassVar[int] = 2
    room: ClassVar[int] = 0
    repeatable_for: ClassVar[timedelta] = timedelta()
    Settings: ClassVar[type[Any]] = NoSettings
    account = "press"

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    @classmethod
    def open(cls, settings: Any, session: requests.Session) -> Self:
        raise NotImplementedError("the world opens it")

    def freeze(self, content: Sequence[Message | Post]) -> bytes:
        rows = [
            Item(it.key, it.recipient.email if isinstance(it, Message) else it.account, content_hash(it))
            for it in content
        ]
        return json.dumps(rows).encode()

    def submit(self, request: Frozen) -> Outcomes:
        return self._wire.carry(self.name, request.body, request.keys)

    def probe(self) -> Mapping[str, str]:
        return {}

    @staticmethod
    def rehearse(request: requests.PreparedRequest) -> Answer:
        return 200, {}, b""


class Hour(Once):
    """A provider that takes the same bytes for the same request for an hour."""

    name = "hour"
    repeatable_for = timedelta(hours=1)


class Logged(Once):
    """A provider whose log can be asked, and lags."""

    name = "logged"
    asks_after: ClassVar[tuple[timedelta, ...]] = (timedelta(minutes=2), timedelta(minutes=5), timedelta(minutes=20))

    def look_up(self, sought: Sequence[Sought]) -> Outcomes:
        return self._wire.ask(self.name, [it.key for it in sought])


PROVIDERS: dict[str, type[Once]] = {provider.name: provider for provider in (Once, Hour, Logged)}


def troubled(trouble: Trouble, arrive: Callable[[], Outcomes], later: Callable[[], None], pause: float) -> Outcomes:
    """What the caller of a request learns under ``trouble``; ``arrive`` gives it its effect now, ``later`` later."""
    match trouble:
        case Trouble.BUSY:
            raise TryLater("too many requests", after=pause)
        case Trouble.REFUSED:
            raise Unauthorised("the account is suspended")
        case Trouble.TIMEOUT:
            raise Uncertain("timeout")
        case Trouble.BROKEN:
            raise Unforeseen("before it left")
        case Trouble.LATE:
            later()
            raise Uncertain("timeout")
    outcomes = arrive()
    match trouble:
        case Trouble.UNHEARD:
            raise Uncertain("timeout")
        case Trouble.BAD_GATEWAY:
            raise Uncertain("answered 502")
        case Trouble.GARBLED:
            raise Unforeseen("after it arrived")
        case Trouble.PARTIAL:
            return dict(list(outcomes.items())[:-1])
    return outcomes
