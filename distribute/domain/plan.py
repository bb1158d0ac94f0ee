"""A plan: one edition, frozen, for chosen lists and channels at chosen instants, under one hash."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

from distribute.domain.audience import Contact, SkipReason
from distribute.domain.content import Letter, Message, Post
from distribute.domain.instant import Instant, iso
from distribute.errors import PlanError

EMAIL = "email"
OUTBOX = "outbox"
"""The channel that goes to journalists, and the provider that sends nothing: it writes files on this machine."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Skip:
    """Someone on a chosen list who gets nothing, and why; written down and never claimable."""

    channel: str
    recipient: str
    reason: SkipReason
    detail: str = ""
    name: str = ""
    list_name: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """A contact within one plan, with the delivery key and the letter variant they get."""

    key: str
    contact: Contact
    variant: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelPlan:
    """One channel of a plan: who carries it and when."""

    channel: str
    provider: str
    at: Instant


@dataclass(frozen=True, kw_only=True)
class Batch:
    """What leaves in one request: its exact bytes and the deliveries in it, in order.

    ``readers`` maps the keys to what fills the slots of each one's letter. It leaves ``after`` so many
    seconds from when its channel starts, or later: 0 for all but those who wait for a canary.
    """

    channel: str
    provider: str
    at: datetime
    body: bytes
    keys: tuple[str, ...]
    readers: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    after: int = 0

    @cached_property
    def sha256(self) -> str:
        return hashlib.sha256(self.body).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Everything that will leave, and everything that will not, before any of it does.

    ``inputs`` maps each file the plan was made from to the hex sha256 of its bytes;
    ``findings`` are the advice given and the rules silenced when it was made; ``tzdata`` is the
    edition of the IANA database that found its instants, and no part of the hash: they are.
    An armed plan has no instant of its own: it waits for a person, and only networks for a lift.
    """

    id: str
    release: str
    edition: int
    headline: str
    created_at: datetime
    channels: tuple[ChannelPlan, ...]
    lift: Instant | None
    letters: Mapping[str, Letter]
    recipients: Sequence[Recipient]
    messages: Sequence[Message]
    posts: tuple[Post, ...]
    skips: Sequence[Skip]
    batches: Sequence[Batch]
    inputs: Mapping[str, str] = field(default_factory=dict)
    findings: tuple[str, ...] = ()
    release_file: str = ""
    tzdata: str = ""
    is_armed: bool = False

    @property
    def deliveries(self) -> int:
        return len(self.messages) + len(self.posts)

    def keys_of(self, channel: str) -> int:
        """How many keys a channel has: what leaves, and what is skipped."""
        leaving = len(self.messages) if channel == EMAIL else sum(post.network == channel for post in self.posts)
        return leaving + sum(skip.channel == channel for skip in self.skips)

    def skipped(self, channel: str) -> dict[str, int]:
        """How many of a channel get nothing, by reason."""
        return dict(Counter(str(skip.reason) for skip in self.skips if skip.channel == channel))

    def readers(self) -> Mapping[str, int]:
        """How many get each letter, by its variant."""
        return Counter(recipient.variant for recipient in self.recipients)

    def carried(self, channel: str) -> tuple[int, int]:
        """The deliveries of a channel, and the requests that carry them."""
        batches = [batch for batch in self.batches if batch.channel == channel]
        return sum(len(batch.keys) for batch in batches), len(batches)

    def canary(self, channel: str) -> tuple[int, int]:
        """How many of a channel leave first, and for how many seconds the rest then waits; 0 where nobody waits."""
        batches = [batch for batch in self.batches if batch.channel == channel]
        first = sum(len(batch.keys) for batch in batches if not batch.after)
        return first, max((batch.after for batch in batches), default=0)

    def records(self) -> Iterable[dict[str, Any]]:
        """The plan as JSON-able records, in a fixed order: what the hash is taken over.

        Its id and the moment it was made are left out: the same sending planned twice has one hash.
        """
        yield from self.head_records()
        for recipient, message in zip(self.recipients, self.messages, strict=True):
            yield message_record(recipient, message)
        yield from self.tail_records()

    def head_records(self) -> Iterator[dict[str, Any]]:
        """What stands before the recipients."""
        yield {"release": self.release, "edition": self.edition, "headline": self.headline}
        yield {"lift": self.lift.iso if self.lift else None}
        if self.is_armed:
            yield {"armed": True}
        for channel in self.channels:
            yield {"channel": channel.channel, "provider": channel.provider, "at": channel.at.iso}
        for variant, letter in sorted(self.letters.items()):
            yield {"letter": variant, **letter_record(letter)}

    def tail_records(self) -> Iterator[dict[str, Any]]:
        """What stands after them."""
        for post in self.posts:
            yield post_record(post)
        for skip in self.skips:
            yield {"skip": skip.recipient, "channel": skip.channel, "reason": skip.reason, "detail": skip.detail}
        yield from self.batch_records()

    def batch_records(self) -> Iterator[dict[str, Any]]:
        for batch in self.batches:
            yield batch_record(batch.sha256, batch.channel, batch.at, batch.keys, batch.after)

    def lines(self) -> Iterable[bytes]:
        """The bytes that the hash is taken over, in pieces."""
        return map(canonical, self.records())

    def hash(self) -> str:
        """``sha256:`` and the hex digest over the canonical JSON of every record."""
        digest = hashlib.sha256()
        for line in self.lines():
            digest.update(line)
        return f"sha256:{digest.hexdigest()}"


def canonical(record: Mapping[str, Any]) -> bytes:
    """One line of JSON with sorted keys and a newline: the same record is always the same bytes."""
    return json.dumps(record, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode() + b"\n"


def letter_record(letter: Letter) -> dict[str, Any]:
    """A letter without the bytes of its files, whose digests stand for them."""
    files = {"attachments": [file.record for file in letter.attachments]} if letter.attachments else {}
    return files | {
        "language": letter.language,
        "from": [letter.sender.name, letter.sender.email],
        "reply_to": [letter.reply_to.name, letter.reply_to.email] if letter.reply_to else None,
        "subject": letter.subject,
        "date": letter.date,
        "headers": [[name, list(value.pieces)] for name, value in letter.headers],
        "html": list(letter.html.pieces),
        "text": list(letter.text.pieces),
        "versions": list(letter.versions),
        "note": letter.note_list,
    }


def message_record(recipient: Recipient, message: Message) -> dict[str, Any]:
    return {
        "delivery": message.key,
        "recipient": recipient.contact.address,
        "name": message.recipient.name,
        "variant": recipient.variant,
        "values": dict(message.values),
    }


def post_record(post: Post) -> dict[str, Any]:
    """A post whole, so that it can be shown as it was frozen; its length follows from its text."""
    card = post.card
    return {
        "post": post.key,
        "network": post.network,
        "account": post.account,
        "language": post.language,
        "text": post.text,
        "links": [[link.start, link.end, link.url] for link in post.links],
        "card": [card.url, card.title, card.description] if card else None,
        "content": content_hash(post),
    }


def batch_record(sha256: str, channel: str, at: datetime, keys: Iterable[str], after: int) -> dict[str, Any]:
    record = {"batch": sha256, "channel": channel, "at": iso(at), "keys": list(keys)}
    return record | {"after": after} if after else record


def content_hash(content: Message | Post) -> str:
    """``sha256:`` over what this one recipient reads: subject, both parts, headers and files, or the post."""
    if isinstance(content, Post):
        parts = [content.text, content.card.url if content.card else ""]
    else:
        parts = [content.letter.subject, content.html, content.text, *(f"{n}: {v}" for n, v in content.headers)]
        parts += [file.seal for file in content.letter.attachments]
    return "sha256:" + hashlib.sha256("\x1f".join(parts).encode()).hexdigest()


def require_coherence(channels: Iterable[ChannelPlan], lift: datetime | None) -> None:
    """Nothing public may leave before the lift. There is no override."""
    for channel in channels:
        if lift and channel.channel != EMAIL and channel.at.utc < lift:
            raise PlanError(
                f"{channel.channel} would publish at {channel.at.iso}, before the embargo lifts: leave --at out "
                f"(networks then wait for the lift) or give e-mail alone its time with --at email=WHEN"
            )
