"""Domain objects as rows of the ledger, and back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

from distribute.delivery.packing import pack_readers, seal_of
from distribute.domain.content import Accepted, Address, Letter, Message, Outcome, Rejected, Slotted
from distribute.domain.delivery import BatchState, PlanState, Status, delivery_key
from distribute.domain.plan import EMAIL, Batch, ChannelPlan, Plan, content_hash

_CHUNK = 5_000
_NO_VALUES = dict.fromkeys(("name", "variant", "content", "reason", "batch"))


def plan_row(it: Plan, digest: str, author: str) -> dict[str, Any]:
    return {
        "id": it.id,
        "release": it.release,
        "edition": it.edition,
        "headline": it.headline,
        "hash": digest,
        "state": PlanState.PLANNED,
        "release_file": it.release_file,
        "inputs": dict(it.inputs),
        "created_at": it.created_at,
        "tzdata": it.tzdata,
        "author": author,
        "armed": it.is_armed,
    }


def channel_row(it: Plan, channel: ChannelPlan) -> dict[str, Any]:
    return {
        "plan": it.id,
        "channel": channel.channel,
        "provider": channel.provider,
        "at": channel.at.utc,
        "zone": channel.at.zone,
        "local": channel.at.wall,
        "keys": it.keys_of(channel.channel),
    }


def batch_row(plan_id: str, item: Batch, packed: bytes) -> dict[str, Any]:
    return {
        "plan": plan_id,
        "channel": item.channel,
        "provider": item.provider,
        "state": BatchState.PLANNED,
        "fence": 0,
        "may_have_left": False,
        "not_before": item.at,
        "sha256": item.sha256,
        "seal": seal_of(packed, item.sha256),
    }


def request_row(batch_id: int, item: Batch, packed: bytes) -> dict[str, Any]:
    readers = pack_readers(item.readers) if item.readers else None
    return {"batch": batch_id, "keys": list(item.keys), "body": packed, "readers": readers}


def delivery_rows(it: Plan, number: int, carried_by: Mapping[str, int]) -> Iterator[dict[str, Any]]:
    """A row for each message, post and skip; ``carried_by`` maps keys to batch ids, ``number`` is the plan's."""
    for recipient, message in zip(it.recipients, it.messages, strict=True):
        yield _NO_VALUES | {
            "plan_number": number,
            "key": message.key,
            "channel": EMAIL,
            "recipient": message.recipient.email,
            "name": message.recipient.name,
            "variant": recipient.variant,
            "content": content_hash(message),
            "status": Status.PLANNED,
            "batch": carried_by[message.key],
        }
    for post in it.posts:
        yield _NO_VALUES | {
            "plan_number": number,
            "key": post.key,
            "channel": post.network,
            "recipient": post.account,
            "name": "",
            "content": content_hash(post),
            "status": Status.PLANNED,
            "batch": carried_by[post.key],
        }
    for skip in it.skips:
        yield _NO_VALUES | {
            "plan_number": number,
            "key": delivery_key(it.release, it.edition, skip.channel, skip.recipient),
            "channel": skip.channel,
            "recipient": skip.recipient,
            "name": skip.name,
            "status": Status.SKIPPED,
            "reason": f"{skip.reason}: {skip.detail}" if skip.detail else str(skip.reason),
        }


def outcome_row(outcome: Outcome | None) -> dict[str, Any]:
    """What a provider said of one recipient; silence is uncertain, never accepted."""
    match outcome:
        case Accepted():
            return {"status": Status.ACCEPTED, "provider_id": outcome.provider_id, "url": outcome.url}
        case Rejected():
            return {"status": Status.REJECTED, "reason": outcome.reason}
        case None:
            return {"status": Status.UNCERTAIN, "reason": "the provider's answer leaves this one out"}
        case _:
            return {"status": Status.UNCERTAIN, "reason": outcome.reason}


OUTCOME = ("status", "reason", "provider_id", "url")


def outcome_values(outcome: Outcome | None, why: str | None) -> tuple[str, str | None, str | None, str | None]:
    """The same in the order of ``OUTCOME``; ``why`` it is known, where it is accepted and that needs saying."""
    if type(outcome) is Accepted:
        return Status.ACCEPTED.value, why, outcome.provider_id, outcome.url
    row = outcome_row(outcome)
    return row["status"].value, row["reason"], None, None


def read_letter(record: Mapping[str, Any], variant: str, release: str) -> Letter:
    """The letter that ``letter_record`` was made of."""
    return Letter(
        variant=variant,
        language=record["language"],
        sender=Address(*record["from"]),
        reply_to=Address(*record["reply_to"]) if record["reply_to"] else None,
        subject=record["subject"],
        html=Slotted(tuple(record["html"])),
        text=Slotted(tuple(record["text"])),
        headers=tuple((name, Slotted(tuple(pieces))) for name, pieces in record["headers"]),
        date=record["date"],
        release=release,
    )


def read_message(row: Mapping[str, Any], letter: Letter) -> Message:
    """The message of an e-mail delivery's row."""
    return Message(
        key=row["key"],
        letter=letter,
        recipient=Address(row["name"], row["recipient"]),
        values=row["values"],
    )


def in_chunks(rows: Iterable[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    """Lists of at most 5,000 rows, so that one statement stays small."""
    iterator = iter(rows)
    while chunk := list(islice(iterator, _CHUNK)):
        yield chunk
