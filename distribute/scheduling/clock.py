"""The alarm clock: APScheduler wakes the worker at a plan's instant, and holds no truth.

Jobs live in memory and are set anew from the ledger; a missed or doubled alarm costs nothing,
because the ledger decides what may leave.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.date import DateTrigger

SAFETY_POLL = 1.0
"""Seconds after which the worker looks at the ledger although nobody woke it: another process may
have scheduled a plan, and a wall clock that was set back delays APScheduler's own alarms."""


class AlarmClock:
    """Wakes whoever waits. ``set`` replaces the alarm; ``wait`` returns at it, or sooner."""

    def __init__(self, scheduler: BackgroundScheduler) -> None:
        self._scheduler = scheduler
        self._rung = threading.Event()

    def set(self, at: datetime | None) -> None:
        """Ring at ``at`` (aware UTC) and at no other time; None for never."""
        if at is None:
            self._scheduler.remove_all_jobs()
            return
        self._scheduler.add_job(
            self.ring,
            DateTrigger(at, timezone=UTC),
            id="next",
            misfire_grace_time=None,
            coalesce=True,
            replace_existing=True,
        )

    def ring(self) -> None:
        self._rung.set()

    def wait(self) -> None:
        """Until the alarm rings, at most a second of monotonic time."""
        self._rung.wait(SAFETY_POLL)
        self._rung.clear()


@contextmanager
def open_clock() -> Iterator[AlarmClock]:
    """An alarm clock whose thread ends with the block.

    Jobs are removed before the shutdown: APScheduler 3.11 marks itself stopped before it takes its
    lock, and its thread dies of a job it finds in that moment.
    """
    scheduler = BackgroundScheduler(timezone=UTC)
    scheduler.start()
    try:
        yield AlarmClock(scheduler)
    finally:
        scheduler.remove_all_jobs()
        scheduler.shutdown(wait=True)
