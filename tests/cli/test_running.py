"""``run`` by the real command: wakes at the instant, stops politely, is alone, carries a ``send`` along."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.cli.conftest import Command, child_environment

SECONDS = 30


@pytest.fixture
def running(workspace: Path) -> Iterator[subprocess.Popen[str]]:
    """``distribute run`` at work in the workspace."""
    process = subprocess.Popen(
        [sys.executable, "-m", "distribute", "run"],
        cwd=workspace,
        env=child_environment(),
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stderr
    assert "Waiting for plans" in process.stderr.readline()
    yield process
    process.kill()
    process.wait()
    process.stderr.close()


def wait_for(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + SECONDS
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def letters(workspace: Path) -> int:
    return len(list((workspace / "outbox").rglob("*.eml")))


@pytest.mark.slow
def test_a_scheduled_plan_leaves_at_its_instant_and_not_before(
    distribute: Command, workspace: Path, running: subprocess.Popen[str]
) -> None:
    due = datetime.now(UTC).replace(microsecond=0) + timedelta(seconds=5)
    scheduled = distribute("send", "bridge.txt", "--to", "press", "--at", due.isoformat(), "--confirm", "5", "--json")
    assert scheduled.json["state"] == "scheduled"
    while datetime.now(UTC) < due:
        assert letters(workspace) == 0 or datetime.now(UTC) >= due
        time.sleep(0.02)
    wait_for(lambda: letters(workspace) == 5)
    report = distribute("report", scheduled.json["plan"], "--json").json
    assert all(datetime.fromisoformat(d["at"]) >= due for d in report["deliveries"])
    wait_for(lambda: distribute("status", scheduled.json["plan"], "--json").json["state"] == "done")


@pytest.mark.slow
def test_a_send_beside_it_is_carried_out_by_it(
    distribute: Command, workspace: Path, running: subprocess.Popen[str]
) -> None:
    result = distribute("send", "bridge.txt", "--to", "press", "--confirm", "5", "--json")
    assert result.code == 0
    assert "is at work in this workspace" in result.err
    assert letters(workspace) == 5


@pytest.mark.slow
def test_a_second_beside_an_idle_one_has_nothing_to_do(distribute: Command, running: subprocess.Popen[str]) -> None:
    second = distribute("run", "--until-idle")
    assert (second.code, second.err) == (0, "")


@pytest.mark.slow
def test_a_second_waits_for_its_place_and_takes_it_when_the_first_dies(
    workspace: Path, running: subprocess.Popen[str]
) -> None:
    second = subprocess.Popen(
        [sys.executable, "-m", "distribute", "run"],
        cwd=workspace,
        env=child_environment(),
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert second.stderr
        assert "is at work in this workspace: waiting" in second.stderr.readline()
        running.kill()
        assert "Waiting for plans" in second.stderr.readline()
    finally:
        second.kill()
        second.communicate()


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_stops_when_asked(running: subprocess.Popen[str], number: signal.Signals) -> None:
    running.send_signal(number)
    assert running.wait(SECONDS) == 0


def schedule_soon(distribute: Command) -> tuple[str, datetime]:
    """A plan for five, begun well before its instant, and that instant."""
    due = datetime.now(UTC).replace(microsecond=0) + timedelta(seconds=3)
    result = distribute("send", "bridge.txt", "--to", "press", "--at", due.isoformat(), "--confirm", "5", "--json")
    assert result.json["state"] == "scheduled"
    return str(result.json["plan"]), due


@pytest.mark.slow
def test_a_late_plan_is_held_until_a_person_sends_it(distribute: Command, workspace: Path) -> None:
    plan, due = schedule_soon(distribute)
    wait_for(lambda: datetime.now(UTC) > due + timedelta(seconds=1))
    late = distribute("run", "--until-idle", LATE_GRACE="0s")
    assert "is held: late" in late.err
    status = distribute("status", plan, "--json").json
    assert (status["state"], status["channels"][0]["planned"]) == ("held", 5)
    assert letters(workspace) == 0
    assert distribute("send", "--plan", plan, "--confirm", "5").code == 0
    assert letters(workspace) == 5


@pytest.mark.slow
def test_who_is_suppressed_after_scheduling_gets_nothing(distribute: Command, workspace: Path) -> None:
    plan, due = schedule_soon(distribute)
    refusals = workspace / "recipients" / "suppressions.csv"
    refusals.write_text(refusals.read_text() + "READER2@example.com,asked by phone,phone,2026-11-20\n")
    wait_for(lambda: datetime.now(UTC) > due)
    assert distribute("run", "--until-idle").code == 0
    report = distribute("report", plan, "--json").json["deliveries"]
    assert {d["recipient"]: d["reason"] for d in report if d["status"] == "skipped"} == {
        "reader2@example.com": "suppressed: asked by phone"
    }
    assert letters(workspace) == 4
