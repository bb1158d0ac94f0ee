"""A provider in memory that keeps count and misbehaves when told to; people; a clock; plans."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar, Self

import pytest
import requests

from distribute.channels.base import Answer, Frozen, NobodyToAsk
from distribute.delivery.draft import DraftedPlan
from distribute.delivery.ledger import Ledger
from distribute.delivery.order import Order
from distribute.delivery.planning import make_plan
from distribute.domain.audience import Contact, MediaList, Selection
from distribute.domain.content import Accepted, Message, Outcomes, Post, Sought
from distribute.domain.instant import Instant
from distribute.domain.plan import Plan

ON_A_FILE = pytest.mark.parametrize("location", ["sqlite"], indirect=True)
ON_A_SERVER = pytest.mark.parametrize("location", ["postgresql"], indirect=True)
"""For what is true of only one of the two databases."""

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


def files_of(item: Message | Post) -> list[str]:
    return [file.base64 for file in item.letter.attachments] if isinstance(item, Message) else []


@dataclass(frozen=True, kw_only=True)
class NoSettings:
    """Nothing to set."""


class Counting(NobodyToAsk):
    """Accepts every key it is handed, unless ``answer`` says otherwise, and counts what it accepted."""

    name: ClassVar[str] = "counting"
    channels: ClassVar[frozenset[str]] = frozenset({"email", "mastodon"})
    batch_size: ClassVar[int] = 3
    room: ClassVar[int] = 0
    repeatable_for: ClassVar[timedelta] = timedelta()
    Settings: ClassVar[type[Any]] = NoSettings
    account = "press"

    def __init__(self) -> None:
        self.accepted: Counter[str] = Counter()
        self.requests: list[tuple[str, ...]] = []
        self.bodies: list[bytes] = []
        self.answer: Callable[[Sequence[str]], Outcomes] = self.accept

    @classmethod
    def open(cls, settings: Any, session: requests.Session) -> Self:
        return cls()

    def freeze(self, items: Sequence[Message | Post]) -> bytes:
        return json.dumps([[i.key, i.text, getattr(i, "html", ""), *files_of(i)] for i in items]).encode()

    def submit(self, request: Frozen) -> Outcomes:
        assert [row[0] for row in json.loads(request.body)] == list(request.keys)
        self.requests.append(tuple(request.keys))
        self.bodies.append(request.body)
        return self.answer(request.keys)

    def accept(self, keys: Sequence[str]) -> Outcomes:
        self.accepted.update(keys)
        return {key: Accepted(provider_id=f"id-{key}") for key in keys}

    def probe(self) -> Mapping[str, str]:
        return {}

    @staticmethod
    def rehearse(request: requests.PreparedRequest) -> Answer:
        return 200, {}, b""


class Repeatable(Counting):
    """Treats the same key as the same delivery for an hour."""

    name = "repeatable"
    repeatable_for = timedelta(hours=1)


class Askable(Counting):
    """Can be asked three times what it took, and knows it only once it is ``indexed``."""

    name = "askable"
    asks_after: ClassVar[tuple[timedelta, ...]] = (timedelta(minutes=2), timedelta(minutes=5), timedelta(minutes=15))

    def __init__(self) -> None:
        super().__init__()
        self.is_indexed = True
        self.asked: list[tuple[str, ...]] = []

    def look_up(self, sought: Sequence[Sought]) -> Outcomes:
        self.asked.append(tuple(it.key for it in sought))
        known = [it.key for it in sought if it.key in self.accepted]
        return {key: Accepted(provider_id=f"found-{key}") for key in known if self.is_indexed}


class FakeClock:
    """A clock that stands still until it is moved."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at

    def forward(self, **by: float) -> None:
        self.at += timedelta(**by)


def contacts(number: int) -> tuple[Contact, ...]:
    return tuple(
        Contact(email=f"reader{n}@example.com", first_name="Reader", last_name=str(n), list_name="press", line=n + 2)
        for n in range(number)
    )


def media(*people: Contact, name: str = "press") -> tuple[Selection, MediaList]:
    return Selection(name=name, where={}), MediaList(name=name, contacts=people)


def planned(order: Order, ledger: Ledger, **changed: Any) -> DraftedPlan:
    made = make_plan(replace(order, **changed), ledger.standing)
    ledger.plans.record(made, made.hash())
    return made


def at(channel: str, moment: datetime) -> dict[str, Instant]:
    return {channel: Instant(moment, "UTC")}


def statuses(ledger: Ledger, plan: Plan, channel: str = "email") -> Mapping[str, int]:
    return {status: number for status, number in ledger.standing.counts(plan.id)[channel].items() if number}
