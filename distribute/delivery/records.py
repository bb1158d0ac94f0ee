"""Domain objects as rows of the ledger, and back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from distribute.delivery.packing import Kept, seal_of
from distribute.domain.attachment import read_attachment
from distribute.domain.content import Accepted, Address, Letter, Message, Outcome, Rejected, Slotted
from distribute.domain.delivery import BatchState, PlanState, Status
from distribute.domain.plan import ChannelPlan, Plan, letter_record


def plan_row(it: Plan, digest: str, author: str) -> dict[str, Any]:
    return {
        "id": it.id,
        "release": it.release,
        "edition": it.edition,
        "headline": it.headline,
        "hash": digest,
        "state": PlanState.DRAFTED,
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


def batch_row(plan_id: str, item: Kept) -> dict[str, Any]:
    return {
        "plan": plan_id,
        "channel": item.channel,
        "provider": item.provider,
        "state": BatchState.PLANNED,
        "fence": 0,
        "may_have_left": False,
        "not_before": item.at,
        "after": item.after,
        "sha256": item.sha256,
        "seal": seal_of(item.body, item.sha256),
    }


def request_row(batch_id: int, item: Kept) -> dict[str, Any]:
    return {"batch": batch_id, "keys": list(item.keys), "body": item.body, "readers": item.readers}


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


def kept_letter(letter: Letter) -> dict[str, Any]:
    """A letter's record with the bytes of its files beside it, each once."""
    files = {file.sha256: file.base64 for file in letter.attachments}
    return letter_record(letter) | ({"files": files} if files else {})


def read_letter(record: Mapping[str, Any], variant: str, release: str) -> Letter:
    """The letter that ``kept_letter`` was made of."""
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
        versions=tuple(record.get("versions", ())),
        note_list=record.get("note", ""),
        attachments=tuple(read_attachment(it, record["files"]) for it in record.get("attachments", ())),
    )


def read_message(row: Mapping[str, Any], letter: Letter) -> Message:
    """The message of an e-mail delivery's row."""
    return Message(
        key=row["key"],
        letter=letter,
        recipient=Address(row["name"], row["recipient"]),
        values=row["values"],
    )
