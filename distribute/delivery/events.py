"""What providers report later of what they took: each event once, and what it says of a delivery that was in doubt."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from distribute.delivery.database import Database
from distribute.delivery.evidence import Belief, believe
from distribute.delivery.journal import without_addresses
from distribute.delivery.schema import batch, delivery, event, is_of, plan
from distribute.domain.content import Event, EventKind
from distribute.domain.delivery import PlanState

_AT_A_TIME = 500
_KEY = re.compile("[0-9a-f]{32}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted:
    """What became of events that were handed over.

    ``new`` were written down, ``known`` had been before, and ``unknown`` are the keys under which this provider was
    never to be handed anything. ``settled`` counts the uncertain deliveries that are accepted now; ``contradicted``
    maps the keys of those whom the ledger took to have got nothing to the sentence that now says otherwise.
    """

    new: int = 0
    known: int = 0
    unknown: tuple[str, ...] = ()
    settled: int = 0
    contradicted: Mapping[str, str] = field(default_factory=dict)


class Events:
    """The rows of ``event``, which are only ever added to."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def note(self, provider: str, events: Sequence[Event], now: datetime) -> Noted:
        """Write down what a provider reported, whatever the order and however often, and believe it.

        Whoever calls this has made sure that the provider says so. Every event proves that the provider took the
        message: an uncertain delivery is accepted. So is one that was taken to have got nothing (planned and not
        known to have left, rejected, skipped or cancelled), which is said aloud, in the journal and in what is
        returned: it is promised to nobody again, and leaves no second time. What is being submitted just now is
        left to its answer, and believed when that leaves it open. An event of a key that is not known here
        changes nothing and holds up no other.
        """
        with self._db.writing() as db:
            return note(db, provider, events, now)

    def of(self, plan_id: str) -> dict[int, list[dict[str, Any]]]:
        """What was reported of a plan, oldest first, by the number of the delivery's row."""
        rows = sa.select(event).join(delivery, delivery.c.id == event.c.delivery).where(is_of(plan_id))
        reported: dict[int, list[dict[str, Any]]] = {}
        with self._db.reading() as db:
            for row in db.execute(rows.order_by(event.c.at, event.c.provider, event.c.event_id)).mappings():
                reported.setdefault(row["delivery"], []).append(dict(row))
        return reported

    def refusals(self) -> list[dict[str, Any]]:
        """Who should not be written to again: whose address bounced for good, who complained or unsubscribed.

        One row for each report, oldest first: recipient, channel, kind, at, provider, detail.
        """
        is_refusal = event.c.kind.in_([EventKind.COMPLAINED, EventKind.UNSUBSCRIBED]) | (
            (event.c.kind == EventKind.BOUNCED) & event.c.permanent
        )
        columns = (delivery.c.recipient, delivery.c.channel, event.c.kind, event.c.at, event.c.provider, event.c.detail)
        rows = sa.select(*columns).join(delivery, delivery.c.id == event.c.delivery).where(is_refusal)
        with self._db.reading() as db:
            return [dict(row) for row in db.execute(rows.order_by(event.c.at, event.c.id)).mappings()]


def note(db: sa.Connection, provider: str, events: Sequence[Event], now: datetime) -> Noted:
    """``Events.note`` inside a transaction."""
    about = _carried(db, provider, {it.key for it in events if _KEY.fullmatch(it.key)})
    ours = [it for it in events if it.key in about]
    there = _known(db, provider, ours)
    fresh = {it.id: _row(provider, it, about[it.key]) for it in reversed(ours) if it.id not in there}
    belief = Belief()
    if fresh:
        db.execute(event.insert(), list(reversed(fresh.values())))
        belief = believe(db, delivery.c.id.in_({row["delivery"] for row in fresh.values()}), now)
    if belief.settled or belief.contradicted:
        _name(db, {about[it.key]: it.provider_id for it in ours if it.provider_id})
    return Noted(
        new=len(fresh),
        known=len(ours) - len(fresh),
        unknown=tuple(dict.fromkeys(it.key for it in events if it.key not in about)),
        settled=belief.settled,
        contradicted=belief.contradicted,
    )


def _name(db: sa.Connection, names: Mapping[int, str]) -> None:
    """Write down what the provider calls a message, where no answer ever said so."""
    is_nameless = sa.func.coalesce(delivery.c.provider_id, "") == ""
    for number, name in names.items():
        db.execute(delivery.update().where(delivery.c.id == number, is_nameless).values(provider_id=name))


def _row(provider: str, it: Event, about: int) -> dict[str, Any]:
    return {
        "delivery": about,
        "provider": provider,
        "event_id": it.id,
        "kind": it.kind,
        "at": it.at,
        "permanent": it.is_permanent,
        "detail": without_addresses(it.detail),
    }


def _known(db: sa.Connection, provider: str, events: Iterable[Event]) -> set[str]:
    """Which of these events are written down already."""
    found: set[str] = set()
    for some in _parts({it.id for it in events}):
        rows = sa.select(event.c.event_id).where(event.c.provider == provider, event.c.event_id.in_(some))
        found |= set(db.execute(rows).scalars())
    return found


def _carried(db: sa.Connection, provider: str, keys: Iterable[str]) -> dict[str, int]:
    """The delivery each key names, of those this provider was to be handed.

    A key is a promise: who holds it now is meant, though it may have been another plan, or another provider,
    by which it left. Where nobody holds it, it is who had it last when it left. Only a promise that is held
    has an index, so what is not found by it costs a look at every row.
    """
    holders, carriers = _held(db, provider, keys)
    missing = set(keys) - carriers
    earlier = _earlier(db, provider, missing)
    return {key: holders.get(key, earlier.get(key, 0)) for key in carriers | earlier.keys()}


def _held(db: sa.Connection, provider: str, keys: Iterable[str]) -> tuple[dict[str, int], set[str]]:
    """Who holds the promise of each key now, and the keys of those that are carried by this provider."""
    holders: dict[str, int] = {}
    carriers: set[str] = set()
    rows = sa.select(delivery.c.id, delivery.c.key, batch.c.provider).join(batch, batch.c.id == delivery.c.batch)
    for some in _parts(keys):
        for row in db.execute(rows.where(delivery.c.key.in_(some), sa.text("delivery.live"))).mappings():
            holders[row["key"]] = row["id"]
            carriers |= {row["key"]} if row["provider"] == provider else set()
    return holders, carriers


def _earlier(db: sa.Connection, provider: str, keys: Iterable[str]) -> dict[str, int]:
    """The delivery this provider was to be handed last of each key, one that left before all that did not."""
    is_known = (batch.c.provider == provider) & (plan.c.state != PlanState.DRAFTED)
    rows = (
        sa.select(delivery.c.id, delivery.c.key)
        .join(batch, batch.c.id == delivery.c.batch)
        .join(plan, plan.c.id == batch.c.plan)
        .order_by(batch.c.fence > 0, delivery.c.id)
    )
    found: dict[str, int] = {}
    for some in _parts(keys):
        for row in db.execute(rows.where(delivery.c.key.in_(some), is_known)).mappings():
            found[row["key"]] = row["id"]
    return found


def _parts(keys: Iterable[str]) -> Iterator[list[str]]:
    ordered = sorted(keys)
    for start in range(0, len(ordered), _AT_A_TIME):
        yield ordered[start : start + _AT_A_TIME]
