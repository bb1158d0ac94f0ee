"""A clock that is off, seen by ``doctor``, ``send`` and ``run`` beside a server that knows the time."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest

from distribute.cli.workspace import Workspace, now, steady
from distribute.delivery.ledger import Ledger
from tests.channels.conftest import Misbehaving, misbehaving  # noqa: F401  pytest finds fixtures by name
from tests.cli.conftest import Command, child_environment

Start = Callable[[Callable[[Misbehaving, socket.socket], None]], Misbehaving]


class TimeServer:
    """A web server on the loopback interface whose Date is ``off`` by so much, or which hangs up."""

    def __init__(self, start: Start) -> None:
        self.off = timedelta()
        self.is_there = True
        self.asked = 0
        self.url = start(self._behave).url

    def _behave(self, _server: Misbehaving, connection: socket.socket) -> None:
        connection.recv(65536)
        self.asked += 1
        if self.is_there:
            date = format_datetime(datetime.now(UTC) + self.off, usegmt=True)
            connection.sendall(f"HTTP/1.1 200 OK\r\nDate: {date}\r\n\r\n".encode())


@pytest.fixture
def time_server(misbehaving: Start) -> TimeServer:  # noqa: F811  the fixture
    return TimeServer(misbehaving)


def said(distribute: Command, *subjects: str, **environ: str) -> list[tuple[str, str]]:
    diagnoses = distribute("doctor", "--json", **environ).json["diagnoses"]
    return [(it["level"], it["sentence"]) for it in diagnoses if it["subject"] in subjects]


def letters(workspace: Path) -> int:
    return len(list((workspace / "outbox").rglob("*.eml")))


# ---- the clocks


def test_the_steady_clock_goes_forward_with_the_time() -> None:
    before, then = steady(), now()
    time.sleep(0.05)
    passed = (now() - then).total_seconds()
    assert 0.05 <= steady() - before < passed + 0.05


@pytest.mark.skipif(not hasattr(time, "CLOCK_BOOTTIME"), reason="CLOCK_BOOTTIME is Linux's")
def test_the_steady_clock_counts_the_time_a_machine_sleeps() -> None:
    assert abs(steady() - time.clock_gettime(time.CLOCK_BOOTTIME)) < 1


def test_one_process_has_one_watch(workspace: Path) -> None:
    opened = Workspace(workspace)
    ledger = opened.ledger()
    assert opened.watch(ledger) is opened.watch(ledger)
    opened.close()


# ---- the doctor


def test_the_doctor_compares_the_clock_where_it_is_told_to(distribute: Command, time_server: TimeServer) -> None:
    assert said(distribute, "time") == []
    assert said(distribute, "time", CLOCK_CHECK=time_server.url) == [("ok", f"{time_server.url} agrees with it")]
    time_server.off = timedelta(hours=1)
    ((level, sentence),) = said(distribute, "time")
    assert level == "stop"
    assert "s behind the time CLOCK_CHECK gives" in sentence
    time_server.is_there = False
    ((level, sentence),) = said(distribute, "time")
    assert (level, "cannot be asked for the time" in sentence) == ("stop", True)
    asked = time_server.asked
    distribute("doctor", "--offline")
    assert time_server.asked == asked


def test_the_doctor_sees_a_clock_that_was_set_back(distribute: Command, workspace: Path) -> None:
    assert [level for level, _ in said(distribute, "clock")] == ["ok"]
    ledger = Ledger.open(workspace / "distribute.db")
    ledger.sightings.note(datetime.now(UTC) + timedelta(hours=1))
    ledger.close()
    assert [level for level, _ in said(distribute, "clock")] == ["ok", "stop"]


def test_a_clock_check_that_is_no_address_is_a_setting_to_mend(distribute: Command) -> None:
    result = distribute("doctor", CLOCK_CHECK="time.example.org")
    assert (result.code, "CLOCK_CHECK: must be an https:// address or ntp://" in result.out) == (1, True)


# ---- sending


def test_a_send_by_a_clock_that_is_off_begins_nothing_and_can_be_said_again(
    distribute: Command, workspace: Path, time_server: TimeServer
) -> None:
    time_server.off = timedelta(hours=-1)
    words = ("send", "bridge.txt", "--to", "press", "--confirm", "5")
    refused = distribute(*words, CLOCK_CHECK=time_server.url)
    assert refused.code == 1
    assert refused.err.count("clock: this machine's clock is ") == 1
    assert " s ahead of the time CLOCK_CHECK gives" in refused.err
    (standing,) = distribute("status", "--json").json["plans"]
    assert standing["state"] == "planned"
    assert letters(workspace) == 0
    assert f"distribute send --plan {standing['plan']}" in refused.err
    time_server.off = timedelta()
    assert distribute("send", "--plan", standing["plan"], "--confirm", "5").code == 0
    assert letters(workspace) == 5


def test_a_later_send_is_scheduled_without_an_answer_but_not_against_one(
    distribute: Command, time_server: TimeServer
) -> None:
    time_server.is_there = False
    words = ("send", "bridge.txt", "--to", "press", "--at", "in 2h", "--confirm", "5", "--json")
    assert distribute(*words, CLOCK_CHECK=time_server.url).json["state"] == "scheduled"
    now_words = ("send", "bridge.txt", "--to", "example", "--confirm", "17")
    assert "nothing starts by a clock that was not checked" in distribute(*now_words).err
    time_server.is_there = True
    time_server.off = timedelta(hours=1)
    assert distribute(*now_words).code == 1


def test_a_dry_run_asks_nobody_for_the_time(distribute: Command, time_server: TimeServer) -> None:
    words = ("send", "bridge.txt", "--to", "press", "--dry-run")
    assert distribute(*words, CLOCK_CHECK=time_server.url).code == 0
    assert time_server.asked == 0


def test_a_clock_set_back_since_the_last_worker_holds_and_is_said_once(distribute: Command, workspace: Path) -> None:
    ledger = Ledger.open(workspace / "distribute.db")
    ledger.sightings.note(datetime.now(UTC) + timedelta(hours=1))
    ledger.close()
    words = ("send", "bridge.txt", "--to", "press", "--confirm", "5")
    assert "was set back" in distribute(*words).err
    assert distribute(*words).code == 0
    assert letters(workspace) == 5


@pytest.mark.slow
def test_run_holds_a_due_plan_beside_a_server_that_says_otherwise(
    distribute: Command, workspace: Path, time_server: TimeServer
) -> None:
    due = datetime.now(UTC).replace(microsecond=0) + timedelta(seconds=3)
    words = ("send", "bridge.txt", "--to", "press", "--at", due.isoformat(), "--confirm", "5", "--json")
    plan = distribute(*words).json["plan"]
    time_server.off = timedelta(minutes=-10)
    time.sleep(max(0.0, (due - datetime.now(UTC)).total_seconds()) + 0.2)
    ran = subprocess.run(
        [sys.executable, "-m", "distribute", "run", "--until-idle"],
        cwd=workspace,
        env=child_environment(CLOCK_CHECK=time_server.url),
        capture_output=True,
        text=True,
        check=False,
    )
    assert "clock: this machine's clock is " in ran.stderr
    standing = distribute("status", plan, "--json").json
    assert (standing["state"], standing["because"][:6]) == ("held", "clock:")
    assert letters(workspace) == 0
    assert distribute("resume", plan).code == 0
    time_server.off = timedelta()
    assert distribute("run", "--until-idle", CLOCK_CHECK=time_server.url).code == 0
    assert letters(workspace) == 5
