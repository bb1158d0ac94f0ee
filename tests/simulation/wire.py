"""The wire: each request passes three boundaries, meets its trouble, and may be answered too late."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from random import Random
from typing import NamedTuple, Protocol

import sqlalchemy as sa

from distribute.channels.base import Frozen
from distribute.delivery import schema, sending
from distribute.delivery.batch_rows import Claim
from distribute.delivery.desk import Desk
from distribute.domain.content import Outcomes
from distribute.domain.delivery import BatchState
from distribute.errors import DistributeError, LedgerError, TryLater
from tests.simulation.bench import rows
from tests.simulation.process import Crash, Life
from tests.simulation.provider import PROVIDERS, Once, Service, Trouble, troubled
from tests.simulation.story import Story
from tests.simulation.webhooks import Webhooks

LEAVES_DOUBT = frozenset(Trouble) - {Trouble.NONE, Trouble.BUSY, Trouble.REFUSED}


class Place(Protocol):
    """Where requests travel: the part of the world they need."""

    at: datetime

    def tick(self) -> datetime: ...

    def now(self) -> datetime: ...

    def note(self, what: str) -> None: ...

    def soon(self, at: datetime, do: Callable[[], None]) -> None: ...

    def pass_time(self, seconds: float) -> None: ...

    def travel(self, seconds: float) -> None: ...

    def boundary(self, life: Life, place: str) -> None: ...

    def desk(self, life: Life) -> Desk: ...


class _Sleeper(NamedTuple):
    """A process taken for dead, with the answer it had when it fell asleep."""

    life: Life
    claim: Claim
    outcomes: Outcomes


class Wire:
    """``doubtful`` are the keys whose answer was lost; ``applied_late`` are late answers that were not refused.

    ``asked`` counts how often a service answered about each key.
    """

    def __init__(self, world: Place, story: Story) -> None:
        self.requests = 0
        self.doubtful: set[str] = set()
        self.applied_late: list[str] = []
        self.asked: Counter[str] = Counter()
        self.services = {
            name: Service(window=provider.repeatable_for, rejected=story.rejected, poisonous=story.poisonous)
            for name, provider in PROVIDERS.items()
        }
        self.webhooks = Webhooks(world, story, self.services)
        self._world = world
        self._story = story
        self._rng = Random(f"{story.kind} {story.seed} wire")
        self._troubles = 0
        self._sleepers: list[_Sleeper] = []

    def carry(self, life: Life, service: str, body: bytes, keys: Sequence[str]) -> Outcomes:
        """A request, with a boundary before it arrives, after it arrived and after its answer was read."""
        self._world.boundary(life, "the request is lost")
        self.wake_sleepers()
        trouble, asked = self._next_trouble(keys), self._world.tick()
        claim = life.claims.get(tuple(keys))
        plan = claim.plan if claim else ""
        self.requests += 1
        self._world.note(f"{life.who} asks for {len(keys)}: {trouble}")
        self._world.travel(self._story.answers_in[self.requests % len(self._story.answers_in)])

        def arrive() -> Outcomes:
            is_short = trouble is Trouble.SHORT
            outcomes = self.services[service].take(body, plan, asked, self._world.tick(), is_short=is_short)
            self.webhooks.watch()
            self._answer_or_sleep(life, claim, outcomes)
            return outcomes

        def later() -> None:
            at = self._world.at + timedelta(seconds=self._rng.choice((5, 90, 600)))
            self._world.soon(at, lambda: self._arrive_late(service, body, plan, asked))

        outcomes = troubled(trouble, arrive, later, self._rng.choice((1.0, 8.0, 60.0, 2_400.0, 9_000.0)))
        self._world.boundary(life, "the answer is read")
        return outcomes

    def ask(self, life: Life, service: str, keys: Sequence[str]) -> Outcomes:
        """A look-up, with a boundary on either side; now and then the service is busy."""
        self._world.boundary(life, "the question is lost")
        if self._story.menu and self._rng.random() < self._story.trouble_rate / 3:
            raise TryLater("too many questions", after=60.0)
        outcomes = self.services[service].look_up(keys, self._world.tick())
        self.asked.update(keys)
        self._world.note(f"{life.who} asks {service} about {len(keys)}, {len(outcomes)} are known")
        self._world.boundary(life, "the answer about it is read")
        return outcomes

    def wake_sleepers(self) -> None:
        """Each carries on where it was: it writes down an answer for a batch that was taken over since."""
        taken_over = [it for it in self._sleepers if not is_still_its(it.claim)]
        self._sleepers = [it for it in self._sleepers if it not in taken_over]
        for _life, claim, outcomes in taken_over:
            try:
                sending._submit(self._world.desk(Life("sleeper")), _Echo(outcomes), claim)
            except LedgerError:
                self._world.note(f"a late answer for batch {claim.batch} is refused")
            else:
                self.applied_late.append(f"batch {claim.batch}, fence {claim.fence}")

    def _answer_or_sleep(self, life: Life, claim: Claim | None, outcomes: Outcomes) -> None:
        """The process may die before it has the answer, or be taken for dead."""
        try:
            self._world.boundary(life, "the request arrived, its answer is lost")
        except Crash:
            if self._story.has_sleepers and claim:
                self._sleepers.append(_Sleeper(life, claim, outcomes))
            raise

    def _arrive_late(self, service: str, body: bytes, plan: str, asked: datetime) -> None:
        with suppress(DistributeError):
            self.services[service].take(body, plan, asked, self._world.at)
            self.webhooks.watch()

    def _next_trouble(self, keys: Sequence[str]) -> Trouble:
        story, rng = self._story, self._rng
        if not story.menu or self._troubles >= story.troubles or rng.random() >= story.trouble_rate:
            return Trouble.NONE
        self._troubles += 1
        trouble = rng.choice(story.menu)
        if trouble in LEAVES_DOUBT:
            self.doubtful.update(keys)
        return trouble


def is_still_its(claim: Claim) -> bool:
    """Nobody has taken the batch over yet: an answer written down now would come in time, and be true."""
    its = (schema.batch.c.id == claim.batch) & (schema.batch.c.fence == claim.fence)
    return bool(rows(sa.select(schema.batch.c.id).where(its, schema.batch.c.state == BatchState.SUBMITTING)))


class _Echo(Once):
    """A request that was made long ago and is answered now."""

    def __init__(self, outcomes: Outcomes) -> None:
        self._outcomes = outcomes

    def submit(self, _request: Frozen) -> Outcomes:
        return self._outcomes
