"""What the services report later, as the program hears it: doubled, out of order, late, early, some of it forged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from random import Random
from typing import NamedTuple, Protocol

import sqlalchemy as sa

from distribute.delivery import schema
from distribute.delivery.desk import Desk
from distribute.domain.content import Event, EventKind
from distribute.domain.delivery import Status
from tests.simulation.bench import rows
from tests.simulation.process import Crash, Life
from tests.simulation.provider import Effect, Service
from tests.simulation.story import Story

LIVES: tuple[tuple[EventKind, ...], ...] = (
    (EventKind.DELIVERED,),
    (EventKind.ACCEPTED, EventKind.DEFERRED, EventKind.DELIVERED),
    (EventKind.ACCEPTED, EventKind.BOUNCED),
    (EventKind.DELIVERED, EventKind.COMPLAINED),
    (EventKind.DELIVERED, EventKind.UNSUBSCRIBED),
)
"""What may become of a message, in order."""

DELAYS = (0.0, 0.0, 3.0, 90.0, 1_500.0, 4 * 3_600.0)
"""Seconds until it is reported; at once is before the answer to the request itself."""

AGAIN = 60.0
"""Seconds after which a report that nobody took is made again."""


class Report(NamedTuple):
    """What one service says of one event."""

    service: str
    event: Event


class Place(Protocol):
    """Where reports travel: the part of the world they need."""

    at: datetime

    def now(self) -> datetime: ...

    def note(self, what: str) -> None: ...

    def soon(self, at: datetime, do: Callable[[], None]) -> None: ...

    def desk(self, life: Life) -> Desk: ...


class Webhooks:
    """``taken`` counts how often each true report was taken by the program."""

    def __init__(self, world: Place, story: Story, services: Mapping[str, Service]) -> None:
        self.taken: Counter[tuple[str, str]] = Counter()
        self.wrong: list[str] = []
        self._world = world
        self._services = services
        self._rate = story.report_rate
        self._rng = Random(f"{story.kind} {story.seed} webhooks")
        self._seen = Counter[str]()

    def watch(self) -> None:
        """Something may have had an effect just now: some of it is reported, sooner or later, once or more often."""
        for name, service in self._services.items():
            fresh = service.effects[self._seen[name] :]
            self._seen[name] = len(service.effects)
            for effect in fresh:
                if self._rate and self._rng.random() < self._rate:
                    self._tell_of(name, effect)

    def _tell_of(self, service: str, effect: Effect) -> None:
        for number, kind in enumerate(self._rng.choice(LIVES)):
            at = effect.at + timedelta(seconds=number)
            event = Event(key=effect.item.key, kind=kind, at=at, id=f"{effect.item.key}-{number}")
            for _ in range(self._rng.choice((1, 1, 2, 3))):
                self._send(Report(service, event), self._rng.choice(DELAYS))

    def _send(self, report: Report, delay: float) -> None:
        if delay:
            self._world.soon(self._world.at + timedelta(seconds=delay), lambda: self._arrive(report))
        else:
            self._arrive(report)

    def _arrive(self, report: Report) -> None:
        """The program is handed a report among others of which it knows nothing; who hears nothing reports again."""
        forged = [Event(key="f" * 32, kind=EventKind.DELIVERED, at=self._world.at, id=f"forged-{report.event.id}")]
        events = [*forged, report.event] if self._rng.random() < 0.5 else [report.event, *forged]
        try:
            ledger = self._world.desk(Life("receiver")).ledger
            if self._rng.random() < 0.2:
                ledger.events.note("nobody", events, self._world.now())
            noted = ledger.events.note(report.service, events, self._world.now())
        except Crash:
            self._send(report, AGAIN)
            return
        name = (report.service, report.event.id)
        self._world.note(f"{report.service} reports {report.event.kind}: {noted}")
        if (noted.new + noted.known, noted.unknown) != (1, ("f" * 32,)):
            self.wrong.append(f"{name} was answered with {noted}")
        if noted.contradicted:
            self.wrong.append(f"{name} contradicts the ledger: {noted.contradicted}")
        self.taken[name] += 1


def reports_are_kept_once(webhooks: Webhooks) -> Iterator[str]:
    """What the program took is in the ledger, once, and nothing that was forged."""
    kept = Counter((str(row["provider"]), str(row["event_id"])) for row in rows(sa.select(schema.event)))
    for name in kept.keys() | webhooks.taken.keys():
        if kept[name] != 1:
            yield f"{name} was taken {webhooks.taken[name]} times and is kept {kept[name]} times"
    known = {effect.item.key for service in webhooks._services.values() for effect in service.effects}
    for row in rows(sa.select(schema.delivery.c.key).join(schema.event)):
        if row["key"] not in known:
            yield f"{row['key']} is reported and had no effect"
    yield from webhooks.wrong


def what_is_reported_is_accepted(_webhooks: Webhooks) -> Iterator[str]:
    """Nobody stays uncertain, or is to be sent to, of whom a report is kept."""
    its = sa.select(schema.delivery.c.key, schema.delivery.c.status).join(schema.event)
    for row in rows(its.where(schema.delivery.c.status != Status.ACCEPTED)):
        yield f"{row['key']} is reported and {row['status']}"
