"""Several processes in the simulated world, of which one thread at a time moves.

Wherever something becomes true outside a process, chance decides whether another goes on first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from tests.delivery.builders import NOON
from tests.simulation.enrolled import Enrolled, Roll
from tests.simulation.process import Life
from tests.simulation.story import Story
from tests.simulation.turns import Actor
from tests.simulation.world import HORIZON, WAKES, Broken, World

HAND_OVER = 0.25
"""How often others may go on at a boundary, and for how many seconds they do."""
PAUSES = (0.0, 0.02, 0.3, 1.5)

UNINTERRUPTED = {"before a commit", "the request is lost"}
"""Where nobody else goes on: the write lock is held, or somebody's no could be overtaken by a request."""


@dataclass(eq=False)
class Strand:
    """A thread of a worker: the one of its loop, or a lane. It goes on at ``wakes`` (None: when something happens)."""

    seat: int
    life: Life
    enrolment: Enrolled
    wakes: datetime | None
    is_lane: bool = False
    is_idle: bool = False
    is_stirred: bool = False
    actor: Actor = field(init=False)


class Stage(World):
    """``turns`` are the seats of those who went on, in order."""

    def __init__(self, story: Story, crash_at: Sequence[int] = (), downtime: float | None = None) -> None:
        super().__init__(story, crash_at, downtime)
        self.roll = Roll()
        self._chance = Random(f"{story.kind} {story.seed} turns")
        self.strands: list[Strand] = []
        self.current: Strand | None = None

    def boundary(self, life: Life, place: str) -> None:
        super().boundary(life, place)
        if place not in UNINTERRUPTED:
            self._let_others(life)

    def aside(self, life: Life) -> None:
        super().aside(life)
        self._let_others(life)

    def _let_others(self, life: Life) -> None:
        if self.current and life.is_worker and self._chance.random() < HAND_OVER:
            self._sleep(self.current, self._chance.choice(PAUSES))

    def _sleep(self, strand: Strand, seconds: float) -> None:
        self.wait_until(strand, self.at + timedelta(seconds=seconds))

    def wait_until(self, strand: Strand, at: datetime | None) -> None:
        """Others go on until then (None: until somebody sets ``wakes``)."""
        strand.wakes = at
        strand.actor.pause()
        strand.life.require()
        while self.is_asleep(strand.life):
            strand.wakes = strand.life.sleeps_until
            strand.actor.pause()
            strand.life.require()

    def is_asleep(self, life: Life) -> bool:
        """Whether its machine is suspended, and all of its threads with it."""
        return life.sleeps_until is not None and life.sleeps_until > self.at

    def _whose_turn(self) -> Strand | None:
        """One of those who can go on now, or as soon as time has passed; None when nobody ever will."""
        while True:
            ready = [it for it in self.strands if it.wakes and it.wakes <= self.at]
            if ready:
                return self._chance.choice(ready)
            if all(it.is_idle for it in self.strands):
                self.people.react()
            moments = [it.wakes for it in self.strands if it.wakes] + [due.at for due in self._due[:1]]
            if not moments:
                return None
            self.pass_time((min(moments) - self.at).total_seconds())

    def _let_go_on(self, strand: Strand) -> None:
        self.turns.append(strand.seat)
        self.current = strand
        try:
            strand.actor.go_on()
        finally:
            self.current = None

    def stir(self, by: Life | None = None) -> None:
        """Something has changed: every other process sees it at its next look, within a second."""
        for strand in self.strands:
            if strand.life is by or strand.is_lane:
                continue
            if not strand.is_idle:
                strand.is_stirred = True
            else:
                soon = self._soon()
                strand.wakes = min(strand.wakes or soon, soon)

    def _soon(self) -> datetime:
        """The next look of a worker that polls every second."""
        return self.at + timedelta(seconds=self._chance.uniform(0.1, 1.0))

    # ---- time

    def now(self) -> datetime:
        """What the clock of whoever asks says: only the first machine's is ever set wrong."""
        return self.tick() - self._behind()

    def _behind(self) -> timedelta:
        return self._lag if self.current and self.current.seat == 1 else timedelta()

    def pass_time(self, seconds: float) -> None:
        """For a worker it passes while others go on."""
        if self.current:
            self._sleep(self.current, seconds)
            return
        super().pass_time(seconds)
        if self._is_stirred:
            self._is_stirred = False
            self.stir()

    def travel(self, seconds: float) -> None:
        """A request is on its way whether or not its machine has fallen asleep since."""
        strand = self.current
        assert strand is not None
        strand.wakes = self.at + timedelta(seconds=seconds)
        strand.actor.pause()
        strand.life.require()

    def _idle(self, alarm: datetime | None) -> bool:
        strand = self.current
        assert strand is not None
        self._wakes += 1
        if self._wakes > WAKES * self.story.workers or self.at - NOON > HORIZON:
            raise Broken("comes to rest", f"still at work at {self.at} after {self._wakes} wakes")
        at = self.at if strand.is_stirred else alarm and alarm + self._behind()
        strand.is_stirred, strand.is_idle = False, True
        self.wait_until(strand, at and max(at, self._soon()))
        strand.is_idle = False
        return True
