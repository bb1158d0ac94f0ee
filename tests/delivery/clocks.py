"""Two clocks and a trusted time in a world of their own: the wall clock can be set, the steady one cannot."""

from __future__ import annotations

from datetime import datetime, timedelta

from distribute.errors import ClockError
from tests.delivery.builders import NOON


class Machine:
    """``true`` passes; ``wall`` is off by what it was set by; ``steady`` stands still while a VM is paused."""

    def __init__(self) -> None:
        self.true = NOON
        self.off = timedelta()
        self.paused = timedelta()
        self.is_reachable = True
        self.asked = 0

    def wall(self) -> datetime:
        return self.true + self.off

    def steady(self) -> float:
        return (self.true - self.paused - NOON).total_seconds() + 1_000

    def trusted(self) -> datetime:
        self.asked += 1
        if not self.is_reachable:
            raise ClockError("ntp://clock.example.org cannot be asked for the time (no answer)")
        return self.true

    def passes(self, seconds: float) -> None:
        """Time passes, awake or asleep: both clocks go on."""
        self.true += timedelta(seconds=seconds)

    def is_set(self, seconds: float) -> None:
        """Somebody sets the wall clock, ahead or back."""
        self.off += timedelta(seconds=seconds)

    def is_paused(self, seconds: float) -> None:
        """A virtual machine does not run for a while; on its return the host sets its wall clock right."""
        self.true += timedelta(seconds=seconds)
        self.paused += timedelta(seconds=seconds)
