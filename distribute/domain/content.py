"""What goes out: letters with slots, messages to exactly one recipient, posts; what came of it, at once and later.

No type here has a cc or bcc field, so no message can show one recipient another's address.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from functools import cached_property
from html import escape

from distribute.domain.attachment import Attachment


@dataclass(frozen=True, slots=True)
class Address:
    """A display name (may be empty) and an addr-spec."""

    name: str
    email: str


@dataclass(frozen=True, slots=True)
class Slotted:
    """Text with slots: ``pieces`` alternate between literal text (even) and slot names (odd)."""

    pieces: tuple[str, ...]

    @classmethod
    def split(cls, text: str, tokens: Mapping[str, str]) -> Slotted:
        """Cut ``text`` at each token; ``tokens`` maps slot names to the tokens that stand for them."""
        if not tokens:
            return cls((text,))
        names = {token: name for name, token in tokens.items()}
        parts = re.split("(" + "|".join(map(re.escape, names)) + ")", text)
        return cls(tuple(names[part] if odd % 2 else part for odd, part in enumerate(parts)))

    @property
    def slots(self) -> frozenset[str]:
        return frozenset(self.pieces[1::2])

    def fill(self, values: Mapping[str, str]) -> str:
        """The text with every slot replaced; KeyError when a slot has no value."""
        return "".join([values[piece] if odd % 2 else piece for odd, piece in enumerate(self.pieces)])

    def with_tags(self, tag: str) -> str:
        """The text with each slot written as ``tag.format(name)``, for providers that fill it themselves."""
        return "".join(tag.format(piece) if odd % 2 else piece for odd, piece in enumerate(self.pieces))


@dataclass(frozen=True, kw_only=True)
class Letter:
    """A compiled e-mail for one variant. Values are filled per recipient, never rendered.

    ``variant`` names it within its plan; ``language`` (BCP 47) is that of its fixed words, ``versions``
    those of the release's versions in it, ``note_list`` the list whose covering note stands above it
    (``*`` where it is for every list).
    ``headers`` are those beyond From, Reply-To, To, Subject, Date and Message-ID.
    ``date`` is the Date header, RFC 5322 form, the instant the plan gives it. Every copy carries ``attachments``.
    """

    variant: str
    language: str
    sender: Address
    reply_to: Address | None
    subject: str
    html: Slotted
    text: Slotted
    headers: tuple[tuple[str, Slotted], ...]
    date: str
    release: str
    size: int = 0
    versions: tuple[str, ...] = ()
    note_list: str = ""
    attachments: tuple[Attachment, ...] = ()

    @cached_property
    def slots(self) -> frozenset[str]:
        return self.html.slots | self.text.slots | frozenset().union(*(h.slots for _, h in self.headers))


@dataclass(frozen=True, kw_only=True)
class Message:
    """One letter to one recipient. ``key`` is the delivery key; ``values`` fill the letter's slots."""

    key: str
    letter: Letter
    recipient: Address
    values: Mapping[str, str]

    @cached_property
    def html(self) -> str:
        return self.letter.html.fill(self.escaped)

    @property
    def escaped(self) -> dict[str, str]:
        """The values as they stand in HTML."""
        return {name: escape(value) for name, value in self.values.items()}

    @cached_property
    def text(self) -> str:
        return self.letter.text.fill(self.values)

    @cached_property
    def headers(self) -> tuple[tuple[str, str], ...]:
        return tuple((name, value.fill(self.values)) for name, value in self.letter.headers)

    @property
    def message_id(self) -> str:
        """Ours, where the provider keeps it: the delivery key at the sender's domain (RFC 5322 3.6.4)."""
        return f"<{self.key}@{self.letter.sender.email.rpartition('@')[2]}>"


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Characters ``start`` to ``end`` (end exclusive, Python string indexes) of a post lead to ``url``."""

    start: int
    end: int
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """The link card a network shows under a post."""

    url: str
    title: str
    description: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """A rendered social text with its length in the network's own unit.

    ``unit`` is a word such as ``graphemes`` or ``weighted characters``; ``at`` an ISO 8601 UTC
    instant for networks whose records carry one.
    """

    key: str
    network: str
    account: str
    text: str
    language: str
    links: tuple[Link, ...] = ()
    card: Card | None = None
    length: int = 0
    limit: int = 0
    unit: str = "characters"
    at: str = ""
    release: str = ""


Content = Message | Post


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """A delivery whose answer was lost, as its provider is asked for it.

    ``key`` is the delivery key, ``recipient`` the bare address or the account it was for, ``release``
    the slug, ``since`` the instant the request first left, in UTC. Naive instants raise ValueError.
    """

    key: str
    recipient: str
    release: str
    since: datetime

    def __post_init__(self) -> None:
        if self.since.utcoffset() is None:
            raise ValueError("an instant without a time zone")


class EventKind(StrEnum):
    """What a provider reports later. Each of them proves that it took the message; none that anybody read it."""

    ACCEPTED = "accepted"
    DELIVERED = "delivered"
    DEFERRED = "deferred"
    BOUNCED = "bounced"
    COMPLAINED = "complained"
    UNSUBSCRIBED = "unsubscribed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """What a provider says became of a message it took, at an instant in UTC. Naive instants raise ValueError.

    ``key`` is the delivery key the message carries, ``id`` the provider's own name for the event, or one made by
    ``event_id`` where it gives none, ``detail`` its words, ``provider_id`` its name for the message.
    A bounce ``is_permanent`` when the address is at fault, so that nobody should write to it again.
    """

    key: str
    kind: EventKind
    at: datetime
    id: str
    detail: str = ""
    is_permanent: bool = False
    provider_id: str = ""

    def __post_init__(self) -> None:
        if self.at.utcoffset() is None:
            raise ValueError("an instant without a time zone")
        object.__setattr__(self, "at", self.at.astimezone(UTC))


def event_id(*facts: str) -> str:
    """32 hex digits that name an event by its facts: the same event, reported again, has the same."""
    return hashlib.sha256(json.dumps(facts).encode()).hexdigest()[:32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """The provider took it, which is not yet received. ``url`` is where a post can be seen.

    ``events`` are what the same answer told of it besides.
    """

    provider_id: str
    url: str | None = None
    events: tuple[Event, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejected:
    """The provider named this recipient or post and refused it."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Unclear:
    """The provider's answer leaves out this one."""

    reason: str


Outcome = Accepted | Rejected | Unclear
Outcomes = Mapping[str, Outcome]
Keys = Sequence[str]
