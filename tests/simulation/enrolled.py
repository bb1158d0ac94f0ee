"""Who is at work, as a database server sees it: locks that are held, lost and given back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from itertools import count

from distribute.delivery.workers import Enrolment
from distribute.errors import LedgerAway


class Roll:
    """The locks: one on each living worker's number, one on each duty, which goes with its worker's."""

    def __init__(self) -> None:
        self.numbers = count(1)
        self._living: set[int] = set()
        self._duties: dict[str, int] = {}
        self._lost: dict[int, datetime] = {}

    def take(self, number: int) -> None:
        self._living.add(number)

    def give_back(self, number: int, at: datetime) -> None:
        """The server lets go what that worker held: it died, or nothing was heard of it for too long."""
        self._living.discard(number)
        self._lost[number] = at
        self._duties = {duty: holder for duty, holder in self._duties.items() if holder != number}

    def holds(self, number: int) -> bool:
        return number in self._living

    def was_lost_after(self, number: int, at: datetime) -> bool:
        """Whether it lost its lock behind its back, so that it could not know."""
        return number in self._lost and self._lost[number] > at

    @contextmanager
    def on_duty(self, duty: str, number: int) -> Iterator[bool]:
        is_ours = self._duties.setdefault(duty, number) == number
        try:
            yield is_ours
        finally:
            if is_ours and self._duties.get(duty) == number:
                del self._duties[duty]


class Enrolled(Enrolment):
    """One worker's place on the roll; ``confirmed`` is when it last made sure of it."""

    is_alone = False

    def __init__(self, roll: Roll, now: Callable[[], datetime]) -> None:
        self.number = next(roll.numbers)
        self._roll = roll
        self._now = now
        self.confirmed = now()
        roll.take(self.number)

    def confirm(self) -> None:
        self.confirmed = self._now()
        self._roll.take(self.number)

    def is_alive(self, number: int) -> bool:
        self.confirm()
        return self._roll.holds(number)

    @contextmanager
    def on_duty(self, duty: str) -> Iterator[bool]:
        if not self._roll.holds(self.number):
            raise LedgerAway("the line to the ledger's database was lost")
        with self._roll.on_duty(duty, self.number) as is_ours:
            yield is_ours
