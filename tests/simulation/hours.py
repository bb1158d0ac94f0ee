"""The hours of the simulated world: true time, the clock on the wall, and what is due when."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from itertools import count

from tests.delivery.builders import NOON


@dataclass(order=True)
class _Due:
    at: datetime
    number: int
    do: Callable[[], None] = field(compare=False)


class Hours:
    """``at`` is the true time, which the machine's own clock may not know; ``log`` is what happened when.

    ``steps`` are the minute after noon at which the clock is set wrong, by how many seconds, and for how many.
    """

    def __init__(self, steps: Iterable[tuple[float, float, float]]) -> None:
        self.at = NOON
        self.log: list[tuple[datetime, str]] = []
        self._due: list[_Due] = []
        self._numbers = count()
        self._lag = timedelta()
        self._is_stirred = False
        for minute, seconds, lasting in steps:
            begins = NOON + timedelta(minutes=minute)
            self.soon(begins, partial(self._step_the_clock, seconds))
            self.soon(begins + timedelta(seconds=lasting), partial(self._step_the_clock, -seconds))

    def now(self) -> datetime:
        """What the machine's clock says."""
        return self.tick() - self._lag

    def steady(self) -> float:
        """A clock nobody can set: true seconds since noon."""
        return (self.tick() - NOON).total_seconds()

    def tick(self) -> datetime:
        """The true time; no two questions get the same answer."""
        self.at += timedelta(microseconds=1)
        return self.at

    def note(self, what: str) -> None:
        self.log.append((self.at, what))

    def soon(self, at: datetime, do: Callable[[], None]) -> None:
        """Let something happen at a true time."""
        heapq.heappush(self._due, _Due(at, next(self._numbers), do))

    def pass_time(self, seconds: float) -> None:
        """What is due in between happens at its time."""
        until = self.at + timedelta(seconds=seconds)
        while self._due and self._due[0].at <= until:
            due = heapq.heappop(self._due)
            self.at = max(self.at, due.at)
            self._is_stirred = True
            due.do()
        self.at = max(self.at, until)

    def travel(self, seconds: float) -> None:
        """A request is on its way."""
        self.pass_time(seconds)

    def _step_the_clock(self, seconds: float) -> None:
        self.note(f"the clock is set {seconds:+.0f} s")
        self._lag -= timedelta(seconds=seconds)

    def _learn_the_time(self) -> None:
        self.note("the clock is set right")
        self._lag = timedelta()
