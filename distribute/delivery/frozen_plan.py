"""A plan file as the plan that was frozen into it, so that who approves it sees what they sign."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from distribute.delivery.plan_file import read_header
from distribute.delivery.records import read_letter
from distribute.domain.audience import Contact, SkipReason, normalise_address
from distribute.domain.content import Address, Card, Letter, Link, Message, Post
from distribute.domain.instant import Instant
from distribute.domain.plan import ChannelPlan, Plan, Recipient, Skip
from distribute.rendering.measure import measure

Record = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class FrozenPlan(Plan):
    """A plan read from its file: everything that is shown of it, without the requests. Its hash is the file's.

    ``canaries`` maps channels to how many leave first, and the seconds for which the others then wait.
    """

    digest: str
    canaries: Mapping[str, tuple[int, int]]

    def hash(self) -> str:
        return self.digest

    def canary(self, channel: str) -> tuple[int, int]:
        return self.canaries.get(channel, (0, 0))


def read_plan(
    path: Path, *, zone: str, contacts: Mapping[str, Contact], kept: Callable[[str], Mapping[str, Any]] = lambda _: {}
) -> FrozenPlan:
    """The plan in ``path``, its instants as seen from ``zone`` (IANA).

    A file names people only by address and name; ``contacts`` maps normalised addresses to what is
    known of them besides, and whoever is missing there is shown without. ``kept`` gives what the ledger
    keeps of a variant's letter and the file only has the digest of. Raises PlanError when the file is no
    plan or was changed after it was planned.
    """
    header = read_header(path)
    records = list(_records(path))
    about = next(it for it in records if "release" in it)
    release = str(about["release"])
    letters = {
        variant: read_letter({**kept(variant), **it}, variant, release)
        for it in records
        if (variant := it.get("letter"))
    }
    pairs = [_delivery(it, letters, contacts) for it in records if "delivery" in it]
    lift = next((it["lift"] for it in records if "lift" in it), None)
    return FrozenPlan(
        **_told_before(header),
        release=release,
        edition=about["edition"],
        headline=about["headline"],
        channels=tuple(_channel(it, zone) for it in records if "provider" in it),
        lift=Instant.from_iso(lift, zone) if lift else None,
        letters=letters,
        recipients=tuple(recipient for recipient, _ in pairs),
        messages=tuple(message for _, message in pairs),
        posts=tuple(_post(it, release) for it in records if "post" in it),
        skips=tuple(_skip(it, contacts) for it in records if "skip" in it),
        batches=(),
        is_armed=any(it.get("armed") for it in records),
        canaries=_canaries(records),
    )


def _told_before(header: Record) -> Record:
    """What the header says of a plan: all that is no part of its hash, and the hash."""
    return {
        "id": header["plan"],
        "created_at": datetime.fromisoformat(header["created_at"]),
        "inputs": header["inputs"],
        "findings": tuple(header["findings"]),
        "release_file": header["release_file"],
        "tzdata": header["tzdata"],
        "digest": header["hash"],
    }


def _records(path: Path) -> Iterator[Record]:
    with path.open("rb") as file:
        file.readline()
        yield from map(json.loads, file)


def _canaries(records: Iterable[Record]) -> dict[str, tuple[int, int]]:
    canaries: dict[str, tuple[int, int]] = {}
    for batch in (it for it in records if "batch" in it):
        first, pause = canaries.get(batch["channel"], (0, 0))
        after = batch.get("after", 0)
        canaries[batch["channel"]] = (first + (0 if after else len(batch["keys"])), max(pause, after))
    return canaries


def _channel(record: Record, zone: str) -> ChannelPlan:
    at = Instant.from_iso(record["at"], zone)
    return ChannelPlan(channel=record["channel"], provider=record["provider"], at=at)


def _delivery(
    record: Record, letters: Mapping[str, Letter], contacts: Mapping[str, Contact]
) -> tuple[Recipient, Message]:
    contact = contacts.get(record["recipient"]) or Contact(email=record["recipient"], first_name=record["name"])
    key, variant = record["delivery"], record["variant"]
    address = Address(record["name"], contact.email)
    message = Message(key=key, letter=letters[variant], recipient=address, values=record["values"])
    return Recipient(key=key, contact=contact, variant=variant), message


def _post(record: Record, release: str) -> Post:
    size = measure(record["text"], record["network"])
    card = record.get("card")
    return Post(
        key=record["post"],
        network=record["network"],
        account=record.get("account", ""),
        text=record["text"],
        language=record.get("language", "en"),
        links=tuple(Link(start=start, end=end, url=url) for start, end, url in record.get("links", ())),
        card=Card(url=card[0], title=card[1], description=card[2]) if card else None,
        length=size.length,
        limit=size.limit,
        unit=size.unit,
        release=release,
    )


def _skip(record: Record, contacts: Mapping[str, Contact]) -> Skip:
    known = contacts.get(normalise_address(record["skip"]))
    return Skip(
        channel=record["channel"],
        recipient=record["skip"],
        reason=SkipReason(record["reason"]),
        detail=record["detail"],
        name=known.name if known else "",
    )
