"""The simulated world: true time, and a machine that can die at every boundary.

The program in it is the real one: its loop, worker, ledger and sending run unchanged. Only its
edges are the world's: the database counts boundaries, the provider asks a simulated service, the
alarm clock and every wait pass virtual time.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random
from unittest import mock

import sqlalchemy as sa

from distribute.delivery import schema
from distribute.delivery.batch_rows import Claim
from distribute.delivery.desk import Desk
from distribute.delivery.ledger import Ledger
from distribute.delivery.sending import send_batch
from distribute.delivery.timekeeping import Watch
from distribute.delivery.worker import Worker
from distribute.domain.delivery import BatchState
from distribute.errors import DistributeError
from distribute.scheduling import running
from tests.delivery.builders import NOON
from tests.simulation.bench import bench, rows
from tests.simulation.hours import Hours
from tests.simulation.orders import planned
from tests.simulation.people import GRACE, People
from tests.simulation.process import Alarm, Crash, Life, Line, Remembering, Stop, Watched
from tests.simulation.provider import PROVIDERS, Unforeseen
from tests.simulation.story import Story
from tests.simulation.wire import Wire

HORIZON = timedelta(days=9)
WAKES = 4_500
"""More than a look every second in the hour for which a clock is wrong."""

FALLS = 20
INTRUSIONS = 6
DOWNTIMES = (2.0, 600.0, 2_400.0, 12_000.0)
"""Seconds a dead machine stays down: less and more than the grace, half the window and the window."""

SET_BACK = timedelta(minutes=50)
"""So long before its death a machine that lost the time believes it wakes up."""


class Broken(AssertionError):
    """A promise was broken: ``promise`` is the word for it, ``detail`` what happened."""

    def __init__(self, promise: str, detail: str) -> None:
        super().__init__(promise, detail)
        self.promise = promise
        self.detail = detail

    def __str__(self) -> str:
        return f"{self.promise}: {self.detail}"


class World(Hours):
    """One run of one story; ``crash_at`` numbers the boundaries at which the machine dies.

    ``falls`` are the errors of ours a worker fell of, ``losses`` how often one was taken for dead.
    """

    def __init__(self, story: Story, crash_at: Sequence[int] = (), downtime: float | None = None) -> None:
        super().__init__(story.clock_steps)
        self.story = story
        self.boundaries = self.crashes = self.losses = 0
        self.falls: list[str] = []
        self._crash_at = frozenset(crash_at)
        self._downtime = downtime
        self._rng = Random(f"{story.kind} {story.seed} machine")
        self._wakes = self._intrusions = 0
        self._is_quiet = False
        self.turns: list[int] = []
        self.plans = {plan.id: plan for plan in map(planned, story.shapes)}
        self.wire = Wire(self, story)
        self.people = People(self, story, self.plans, self.happened)

    # ---- lives

    def run(self) -> None:
        """Until nothing is due, under way or going to be done by anybody."""
        self._restore()
        self._live()
        while not self._is_quiet:
            self._note_orphans()
            died = self.at
            self.pass_time(self._downtime or self._rng.choice(DOWNTIMES))
            self._lose_the_time(died)
            self._live()

    def desk(self, life: Life) -> Desk:
        """The program's desk in one process, with the world at its edges."""
        db = Watched(self, life)
        ledger = Ledger(db)
        ledger.batches = Remembering(db, self, life)
        return Desk(
            ledger=ledger,
            provider=lambda name: PROVIDERS[name](Line(self.wire, life)),
            now=self.now,
            suppressed=lambda: dict.fromkeys(self.people.suppressed, "unsubscribed"),
            owner=life.owner,
        )

    def claimed(self, life: Life, claim: Claim) -> None:
        life.claims[claim.keys] = claim

    def moves(self, life: Life, claim: Claim) -> AbstractContextManager[None]:
        """A worker writes down what became of a claim."""
        return nullcontext()

    def stir(self, by: Life) -> None:
        """A process changed something; a worker that is alone needs nobody to tell it."""

    def _restore(self) -> None:
        bench().restore([planned(shape) for shape in self.story.shapes])

    def _live(self) -> None:
        """One life of the scheduler: the real loop over a virtual alarm clock."""
        self.note("the worker starts")
        try:
            self._work()
        except Crash:
            pass
        except Unforeseen as error:
            self.note(f"the worker fell of {error!r}")
        except DistributeError as error:
            self.note(f"the worker fell of {error!r}")
            self.falls.append(repr(error))
            if len(self.falls) > FALLS:
                raise Broken("comes to rest", f"the worker fell again and again: {error!r}") from error

    def _work(self) -> None:
        stop = Stop(self.pass_time)
        alarm = Alarm(self._idle, stop)
        desk = self.desk(Life("worker", is_worker=True))
        trusted = self.tick if self.story.has_trusted_time else None
        desk = replace(desk, guard=Watch(desk.ledger, self.now, self.steady, trusted))
        with mock.patch.object(running, "open_clock", return_value=nullcontext(alarm)):
            running.run(desk, Worker(desk, stop), stop, grace=GRACE, until_idle=False, tell=self.note)

    def _note_orphans(self, owner: int = 0) -> None:
        """What its worker has in submission when it dies may have left: doubt about it is well founded."""
        its = (schema.batch.c.state == BatchState.SUBMITTING) & (schema.batch.c.owner == owner)
        under_way = sa.select(schema.batch.c.id).where(its)
        orphans = sa.select(schema.request.c["keys"]).where(schema.request.c.batch.in_(under_way))
        self.wire.doubtful.update(key for row in rows(orphans) for key in row["keys"])

    def happened(self) -> set[str]:
        """The keys that had an effect: what a person finds in a provider's own log."""
        return {effect.item.key for service in self.wire.services.values() for effect in service.effects}

    # ---- boundaries

    def boundary(self, life: Life, place: str) -> None:
        """Something is about to be, or has just become, true outside the process: it may die here."""
        life.require()
        self.boundaries += 1
        if self.boundaries in self._crash_at or self._strikes():
            self.crashes += 1
            self.note(f"CRASH of {life.who} at boundary {self.boundaries}, {place}")
            self._kill(life)
            raise Crash(place)

    def aside(self, life: Life) -> None:
        """Between two transactions of the worker: the machine may be suspended, or an intruder come by."""
        if not life.is_worker:
            return
        if self._happens(self.story.suspend_rate):
            self._suspend(life, self._rng.choice(self.story.suspended_for))
        if self._happens(self.story.intruder_rate) and self._intrusions < INTRUSIONS:
            self._intrusions += 1
            self._intrude(life)

    def _kill(self, life: Life) -> None:
        life.is_dead = True

    def _suspend(self, life: Life, seconds: float) -> None:
        self.note(f"{life.who} is suspended")
        self.pass_time(seconds)

    def _strikes(self) -> bool:
        return self.crashes < self.story.crashes and self._happens(self.story.crash_rate)

    def _happens(self, rate: float) -> bool:
        return rate > 0 and self._rng.random() < rate

    def _intrude(self, life: Life) -> None:
        """Somebody on the same machine calls ``send_batch`` for any batch, as a job engine may."""
        batch_id = self._rng.choice([int(str(row["id"])) for row in rows(sa.select(schema.batch.c.id))])
        try:
            turn = send_batch(self.desk(Life("intruder", owner=life.owner, host=life)), batch_id)
            self.note(f"an intruder asked for batch {batch_id}: {turn.name}")
        except Crash:
            life.is_dead = True
            raise
        except (Unforeseen, DistributeError) as error:
            self.note(f"an intruder fell of {error!r}")

    # ---- time

    def _idle(self, alarm: datetime | None) -> bool:
        """Wait for the alarm or for somebody; False when nothing will ever happen again.

        What somebody did since the alarm was set is seen at the loop's next safety poll.
        """
        self._wakes += 1
        self.wire.wake_sleepers()
        self.people.react()
        moments = [alarm + self._lag] if alarm else []
        moments += [due.at for due in self._due[:1]]
        if not moments and not self._is_stirred:
            self._is_quiet = True
            return False
        if self._wakes > WAKES or self.at - NOON > HORIZON:
            raise Broken("comes to rest", f"still at work at {self.at} after {self._wakes} wakes")
        self._is_stirred = False
        self.pass_time(max(1.0, (min(moments, default=self.at) - self.at).total_seconds()))
        return True

    def _lose_the_time(self, died: datetime) -> None:
        """Once in a run a machine starts with its clock set back, and learns the time an hour later."""
        if self.story.loses_the_time and not self._lag and self.crashes == 1:
            self.note("the clock is set back")
            self._lag = self.at - died + SET_BACK
            self.soon(self.at + timedelta(hours=1), self._learn_the_time)
