"""The alarm clock wakes at the instant, and never keeps anybody from looking."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

from distribute.scheduling.clock import SAFETY_POLL, open_clock


def test_the_alarm_wakes_before_the_safety_poll() -> None:
    with open_clock() as clock:
        clock.set(datetime.now(UTC) + timedelta(seconds=0.2))
        started = time.monotonic()
        clock.wait()
        assert 0.1 < time.monotonic() - started < SAFETY_POLL * 0.95


def test_without_an_alarm_the_poll_looks_all_the_same() -> None:
    with open_clock() as clock:
        clock.set(datetime.now(UTC) + timedelta(seconds=0.05))
        clock.set(None)
        started = time.monotonic()
        clock.wait()
        assert time.monotonic() - started >= SAFETY_POLL * 0.95


def test_an_instant_that_has_passed_rings_at_once() -> None:
    with open_clock() as clock:
        clock.set(datetime.now(UTC) - timedelta(hours=3))
        started = time.monotonic()
        clock.wait()
        assert time.monotonic() - started < SAFETY_POLL * 0.95
