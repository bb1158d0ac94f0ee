"""The bar: seen in a terminal only, and cheap however many requests there are."""

from __future__ import annotations

import io
import sys
import time
from typing import Any

import pytest

from distribute.cli import progress
from distribute.cli.progress import show_progress


class Screen(io.StringIO):
    def isatty(self) -> bool:
        return True


class Counting:
    """A ledger of 40 requests, one more of which has come to an end at every look."""

    def __init__(self) -> None:
        self.looks = 0

    @property
    def batches(self) -> Any:
        return self

    def ended(self, _plan_id: str) -> tuple[int, int]:
        self.looks += 1
        return self.looks, 40


def terminal(monkeypatch: pytest.MonkeyPatch) -> Screen:
    """Standard error from now on: pytest puts its own in place between a fixture and its test."""
    screen = Screen()
    monkeypatch.setattr(sys, "stderr", screen)
    monkeypatch.setenv("TERM", "xterm-256color")
    return screen


def test_a_terminal_shows_how_far_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "BLINK", 0.0)
    ledger: Any = Counting()
    screen = terminal(monkeypatch)
    with show_progress(ledger, "plan") as update:
        for _ in range(10):
            update("plan")
        for _ in range(500):
            if "25%" in screen.getvalue():
                break
            time.sleep(0.01)
    assert "Sending" in screen.getvalue()
    assert "25%" in screen.getvalue()


def test_the_ledger_is_not_asked_after_every_request(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "BLINK", 3600.0)
    ledger: Any = Counting()
    terminal(monkeypatch)
    with show_progress(ledger, "plan") as update:
        for _ in range(1_000):
            update("plan")
    assert ledger.looks == 1


def test_nothing_is_drawn_or_asked_where_nobody_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    quiet = io.StringIO()
    monkeypatch.setattr(sys, "stderr", quiet)
    ledger: Any = Counting()
    with show_progress(ledger, "plan") as update:
        update("plan")
    assert (ledger.looks, quiet.getvalue()) == (0, "")
