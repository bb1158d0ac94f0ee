"""Several workers in the simulated world: whole processes that take turns on the one ledger.

Each runs the real loop in a thread of its own, and only one of them moves at a time. Wherever
something becomes true outside a process, chance decides whether another goes on first; each can
die, or be taken for dead, without the others.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial
from random import Random
from unittest import mock

from distribute.delivery.batch_rows import Claim
from distribute.delivery.timekeeping import Watch
from distribute.delivery.worker import Worker
from distribute.errors import DistributeError
from distribute.scheduling import running
from tests.delivery.builders import NOON
from tests.simulation.enrolled import Enrolled, Roll
from tests.simulation.people import GRACE
from tests.simulation.process import Alarm, Crash, Life, Stop
from tests.simulation.provider import Unforeseen
from tests.simulation.story import Story
from tests.simulation.turns import Actor
from tests.simulation.wire import is_still_its
from tests.simulation.world import DOWNTIMES, FALLS, HORIZON, WAKES, Broken, World

UNHEARD_OF = timedelta(seconds=30)
"""After this a server lets go what a machine held that is not heard of: its TCP keepalives' time."""

HAND_OVER = 0.25
"""How often others may go on at a boundary, and for how many seconds they do."""
PAUSES = (0.0, 0.02, 0.3, 1.5)

UNDER_WAY = {"the request arrived, its answer is lost", "the answer is read"}
SUSPENSIONS = 5
UNINTERRUPTED = {"before a commit", "the request is lost"}
"""Where nobody else goes on: the write lock is held, or somebody's no could be overtaken by a request."""


@dataclass(eq=False)
class Machine:
    """One worker from its start to its death. It goes on at ``wakes`` (None: when something happens)."""

    seat: int
    life: Life
    enrolment: Enrolled
    actor: Actor = field(init=False)
    wakes: datetime | None
    is_idle: bool = False
    is_stirred: bool = False
    is_suspended: bool = False


class Crew(World):
    """A run with as many workers as its story has; ``turns`` are the seats of those who went on, in order."""

    def __init__(self, story: Story, crash_at: Sequence[int] = (), downtime: float | None = None) -> None:
        super().__init__(story, crash_at, downtime)
        self.roll = Roll()
        self._chance = Random(f"{story.kind} {story.seed} turns")
        self._machines: list[Machine] = []
        self._current: Machine | None = None
        self._suspensions = 0

    # ---- lives

    def run(self) -> None:
        self._restore()
        with mock.patch.object(running, "open_clock", self._open_clock):
            try:
                for seat in range(1, self.story.workers + 1):
                    self._start(seat)
                while machine := self._whose_turn():
                    self._let_go_on(machine)
            finally:
                self._end()

    def _start(self, seat: int) -> None:
        life = Life(f"worker {seat}", is_worker=True)
        machine = Machine(seat, life, Enrolled(self.roll, self.tick), self.at)
        life.owner = machine.enrolment.number
        machine.actor = Actor(partial(self._work_as, machine))
        self._machines.append(machine)
        self.note(f"worker {seat} starts as number {life.owner}")

    def _work_as(self, machine: Machine) -> None:
        machine.life.require()
        stop, desk = Stop(self.pass_time), self.desk(machine.life)
        trusted = self.tick if self.story.has_trusted_time else None
        desk = replace(desk, guard=Watch(desk.ledger, self.now, self.steady, trusted))
        worker = Worker(desk, stop, enrolment=machine.enrolment)
        running.run(desk, worker, stop, grace=GRACE, until_idle=False, tell=self.note)

    @contextmanager
    def _open_clock(self) -> Iterator[Alarm]:
        yield Alarm(self._idle, Stop(self.pass_time))

    def _let_go_on(self, machine: Machine) -> None:
        self.turns.append(machine.seat)
        self._current = machine
        try:
            machine.actor.go_on()
        finally:
            self._current = None
        if machine.actor.has_ended:
            self._bury(machine)

    def _bury(self, machine: Machine) -> None:
        """Whatever it died of, what it held is given back, and another takes its seat after a while."""
        self._machines.remove(machine)
        self._lament(machine.life, machine.actor.error)
        self._give_back(machine)
        downtime = self._downtime or self._rng.choice(DOWNTIMES)
        self.soon(self.at + timedelta(seconds=downtime), partial(self._start, machine.seat))

    def _lament(self, life: Life, error: BaseException | None) -> None:
        if not isinstance(error, Crash | Unforeseen | DistributeError):
            raise error or AssertionError(f"{life.who} ended by itself")
        if isinstance(error, Crash):
            return
        self.note(f"{life.who} fell of {error!r}")
        if isinstance(error, DistributeError):
            self.falls.append(repr(error))
            if len(self.falls) > FALLS:
                raise Broken("comes to rest", f"workers fell again and again: {error!r}") from error

    def _give_back(self, machine: Machine) -> None:
        self._note_orphans(machine.life.owner)
        self.roll.give_back(machine.life.owner, self.at)
        self.stir()

    def claimed(self, life: Life, claim: Claim) -> None:
        """Whoever was taken for dead since it made sure that it lives could not know: its batch may be doubted."""
        super().claimed(life, claim)
        machine = next((it for it in self._machines if it.life.owner == life.owner), None)
        if machine and self.roll.was_lost_after(life.owner, machine.enrolment.confirmed):
            self.wire.doubtful.update(claim.keys)

    @contextmanager
    def moves(self, life: Life, claim: Claim) -> Iterator[None]:
        """What was taken over since must be refused."""
        is_late = not is_still_its(claim)
        yield
        if is_late:
            self.wire.applied_late.append(f"batch {claim.batch}, fence {claim.fence}, by {life.who}")

    def _kill(self, life: Life) -> None:
        super()._kill(life)
        if self._chance.random() < self.story.all_fall:
            self.note("and with it every other")
            for machine in self._machines:
                machine.life.is_dead = True
                machine.wakes = self.at

    def _end(self) -> None:
        """Nobody outlives the run."""
        for machine in self._machines:
            machine.life.is_dead = True
            while not machine.actor.has_ended:
                machine.actor.go_on()

    # ---- turns

    def boundary(self, life: Life, place: str) -> None:
        super().boundary(life, place)
        if place in UNDER_WAY and self._happens(4 * self.story.suspend_rate):
            self._suspend(life, self._rng.choice(self.story.suspended_for))
        if place not in UNINTERRUPTED:
            self._let_others(life)

    def aside(self, life: Life) -> None:
        super().aside(life)
        self._let_others(life)

    def _let_others(self, life: Life) -> None:
        if self._current and life.is_worker and self._chance.random() < HAND_OVER:
            self._sleep(self._current, self._chance.choice(PAUSES))

    def _sleep(self, machine: Machine, seconds: float) -> None:
        machine.wakes = self.at + timedelta(seconds=seconds)
        machine.actor.pause()
        machine.life.require()

    def _whose_turn(self) -> Machine | None:
        """One of those who can go on now, or as soon as time has passed; None when nobody ever will."""
        while True:
            ready = [it for it in self._machines if it.wakes and it.wakes <= self.at]
            if ready:
                return self._chance.choice(ready)
            if all(it.is_idle for it in self._machines):
                self.people.react()
            moments = [it.wakes for it in self._machines if it.wakes] + [due.at for due in self._due[:1]]
            if not moments:
                return None
            self.pass_time((min(moments) - self.at).total_seconds())

    def stir(self, by: Life | None = None) -> None:
        """Something has changed: everybody else sees it at the next look, which is within a second or so."""
        for machine in self._machines:
            if machine.life is by:
                continue
            if not machine.is_idle:
                machine.is_stirred = True
            else:
                soon = self._soon()
                machine.wakes = min(machine.wakes or soon, soon)

    def _soon(self) -> datetime:
        """The next look of a worker that polls every second."""
        return self.at + timedelta(seconds=self._chance.uniform(0.1, 1.0))

    # ---- time

    def now(self) -> datetime:
        """What the clock of whoever asks says: only the first machine's is ever set wrong."""
        return self.tick() - self._behind()

    def _behind(self) -> timedelta:
        return self._lag if self._current and self._current.seat == 1 else timedelta()

    def pass_time(self, seconds: float) -> None:
        """For a worker it passes while others go on."""
        if self._current:
            self._sleep(self._current, seconds)
            return
        super().pass_time(seconds)
        if self._is_stirred:
            self._is_stirred = False
            self.stir()

    def _suspend(self, life: Life, seconds: float) -> None:
        """A machine that is not heard of for long is taken for dead, and learns it soon after it is back."""
        machine = next((it for it in self._machines if it.life is life), None)
        if machine is None or self._suspensions == SUSPENSIONS:
            return
        self._suspensions += 1
        self.note(f"{life.who} is suspended for {seconds} s")
        machine.is_suspended = True
        if timedelta(seconds=seconds) > UNHEARD_OF:
            self.soon(self.at + UNHEARD_OF, partial(self._take_for_dead, machine))
        self.pass_time(seconds)
        machine.is_suspended = False
        self.soon(self.at + timedelta(seconds=self._chance.random()), partial(self._beat, machine))

    def _take_for_dead(self, machine: Machine) -> None:
        if machine in self._machines and not machine.life.is_dead:
            self.note(f"{machine.life.who} is taken for dead")
            self.losses += 1
            self._give_back(machine)

    def _beat(self, machine: Machine) -> None:
        if machine in self._machines and not (machine.life.is_dead or machine.is_suspended):
            machine.enrolment.confirm()

    def _idle(self, alarm: datetime | None) -> bool:
        machine = self._current
        assert machine is not None
        self._wakes += 1
        if self._wakes > WAKES * self.story.workers or self.at - NOON > HORIZON:
            raise Broken("comes to rest", f"still at work at {self.at} after {self._wakes} wakes")
        machine.is_idle = True
        if machine.is_stirred:
            machine.is_stirred = False
            alarm = self.at - self._behind()
        machine.wakes = max(alarm + self._behind(), self._soon()) if alarm else None
        machine.actor.pause()
        machine.is_idle = False
        machine.life.require()
        return True
