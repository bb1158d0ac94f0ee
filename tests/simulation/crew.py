"""The crew: several workers on the one ledger, each of which can die, or be taken for dead, without the others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import timedelta
from functools import partial
from unittest import mock

from distribute.delivery import lanes
from distribute.delivery.batch_rows import Claim
from distribute.delivery.lanes import Lanes
from distribute.delivery.timekeeping import Watch
from distribute.delivery.worker import Worker
from distribute.errors import DistributeError
from distribute.scheduling import running
from tests.delivery.builders import NOON
from tests.simulation.enrolled import Enrolled
from tests.simulation.lanes import Latch, Pool, first_done
from tests.simulation.people import GRACE
from tests.simulation.process import Alarm, Crash, Life, Stop
from tests.simulation.provider import Unforeseen
from tests.simulation.stage import Stage, Strand
from tests.simulation.story import Story
from tests.simulation.turns import Actor
from tests.simulation.wire import is_still_its
from tests.simulation.world import DOWNTIMES, FALLS, Broken

UNHEARD_OF = timedelta(seconds=30)
"""After this a server lets go what a machine held that is not heard of: its TCP keepalives' time."""

UNDER_WAY = {"the request arrived, its answer is lost", "the answer is read"}
SUSPENSIONS = 5
SENDER = 0
"""The seat of the one who sees a plan through and leaves."""


class Crew(Stage):
    """A run with as many workers as its story has."""

    def __init__(self, story: Story, crash_at: Sequence[int] = (), downtime: float | None = None) -> None:
        super().__init__(story, crash_at, downtime)
        self._suspensions = 0

    # ---- lives

    def run(self) -> None:
        self._restore()
        with ExitStack() as edges:
            edges.callback(self._end)
            edges.enter_context(mock.patch.object(running, "open_clock", self._open_clock))
            edges.enter_context(mock.patch.object(lanes, "ThreadPoolExecutor", partial(Pool, self)))
            edges.enter_context(mock.patch.object(lanes, "wait", partial(first_done, self)))
            for seat in range(1, self.story.workers + 1):
                self._start(seat)
            if self.story.has_sender:
                first = min(deed.minute for deed in self.story.deeds if deed.verb == "begin" and not deed.number)
                self.soon(NOON + timedelta(minutes=first, seconds=1), partial(self._start, SENDER))
            while strand := self._whose_turn():
                self._let_go_on(strand)
                if strand.actor.has_ended:
                    self._bury(strand)

    def _start(self, seat: int) -> None:
        life = Life(f"worker {seat}", is_worker=True)
        strand = Strand(seat, life, Enrolled(self.roll, self.tick), self.at)
        life.owner = strand.enrolment.number
        strand.actor = Actor(partial(self._work_as, strand))
        self.strands.append(strand)
        self.note(f"worker {seat} starts as number {life.owner}")

    def _work_as(self, strand: Strand) -> None:
        strand.life.require()
        stop, desk = Stop(self.pass_time), self.desk(strand.life)
        trusted = self.tick if self.story.has_trusted_time else None
        watch = Watch(desk.ledger, self.now, self.steady, trusted)
        watch._lock = Latch(self)  # type: ignore[assignment]  # a lane that waits lets others go on
        desk = replace(desk, guard=watch)
        worker = Worker(desk, stop, runner=Lanes(desk.ledger, desk.now, self.story.lanes), enrolment=strand.enrolment)
        if strand.seat == SENDER:
            worker.see_through(next(iter(self.plans)))
            return
        running.run(desk, worker, stop, grace=GRACE, until_idle=False, tell=self.note)

    @contextmanager
    def _open_clock(self) -> Iterator[Alarm]:
        yield Alarm(self._idle, Stop(self.pass_time))

    def _bury(self, strand: Strand) -> None:
        """Whatever it ended of, what it held is given back; but for a sender's, its seat is taken after a while."""
        self.strands.remove(strand)
        if strand.is_lane:
            return
        strand.life.is_dead = True
        self._wake_the_dead(strand.life)
        self._give_back(strand)
        if strand.seat != SENDER or strand.actor.error:
            self._lament(strand.life, strand.actor.error)
        if strand.seat == SENDER:
            return
        downtime = self._downtime or self._rng.choice(DOWNTIMES)
        self.soon(self.at + timedelta(seconds=downtime), partial(self._start, strand.seat))

    def _lament(self, life: Life, error: BaseException | None) -> None:
        if isinstance(error, Crash):
            return
        if not isinstance(error, Unforeseen | DistributeError):
            raise error or AssertionError(f"{life.who} ended by itself")
        self.note(f"{life.who} fell of {error!r}")
        if isinstance(error, DistributeError):
            self.falls.append(repr(error))
            if len(self.falls) > FALLS:
                raise Broken("comes to rest", f"workers fell again and again: {error!r}") from error

    def _give_back(self, strand: Strand) -> None:
        self._note_orphans(strand.life.owner)
        self.roll.give_back(strand.life.owner, self.at)
        self.stir()

    def _kill(self, life: Life) -> None:
        super()._kill(life)
        if self._chance.random() < self.story.all_fall:
            self.note("and with it every other")
            for strand in self.strands:
                strand.life.is_dead = True
        for strand in self.strands:
            self._wake_the_dead(strand.life)

    def _wake_the_dead(self, life: Life) -> None:
        """Threads of a process that died end where they stand."""
        for strand in self.strands:
            if strand.life is life and life.is_dead:
                strand.wakes = self.at

    def _end(self) -> None:
        """Nobody outlives the run."""
        for strand in self.strands:
            strand.life.is_dead = True
        for strand in self.strands:
            while not strand.actor.has_ended:
                strand.actor.go_on()

    # ---- claims

    def claimed(self, life: Life, claim: Claim) -> None:
        """Whoever was taken for dead since it made sure that it lives could not know: its batch may be doubted."""
        super().claimed(life, claim)
        strand = next((it for it in self.strands if it.life.owner == life.owner), None)
        if strand and self.roll.was_lost_after(life.owner, strand.enrolment.confirmed):
            self.wire.doubtful.update(claim.keys)

    @contextmanager
    def moves(self, life: Life, claim: Claim) -> Iterator[None]:
        """What was taken over since must be refused."""
        is_late = not is_still_its(claim)
        yield
        if is_late:
            self.wire.applied_late.append(f"batch {claim.batch}, fence {claim.fence}, by {life.who}")

    # ---- machines that sleep

    def boundary(self, life: Life, place: str) -> None:
        if place in UNDER_WAY and self.current and self.is_asleep(life):
            self.wait_until(self.current, life.sleeps_until)
        super().boundary(life, place)
        if place in UNDER_WAY and self._happens(4 * self.story.suspend_rate):
            self._suspend(life, self._rng.choice(self.story.suspended_for))

    def _suspend(self, life: Life, seconds: float) -> None:
        """A machine that is not heard of for long is taken for dead, and learns it soon after it is back."""
        main = next((it for it in self.strands if it.life is life), None)
        if main is None or self._suspensions == SUSPENSIONS:
            return
        self._suspensions += 1
        self.note(f"{life.who} is suspended for {seconds} s")
        life.sleeps_until = self.at + timedelta(seconds=seconds)
        if timedelta(seconds=seconds) > UNHEARD_OF:
            self.soon(self.at + UNHEARD_OF, partial(self._take_for_dead, main))
        self.pass_time(seconds)
        self.soon(self.at + timedelta(seconds=self._chance.random()), partial(self._beat, main))

    def _take_for_dead(self, strand: Strand) -> None:
        if strand in self.strands and not strand.life.is_dead:
            self.note(f"{strand.life.who} is taken for dead")
            self.losses += 1
            self._give_back(strand)

    def _beat(self, strand: Strand) -> None:
        if strand in self.strands and not (strand.life.is_dead or self.is_asleep(strand.life)):
            strand.enrolment.confirm()
