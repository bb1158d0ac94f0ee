"""The undo window by the real command: seen, waited out, taken back."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.channels.conftest import Fake
from tests.cli.conftest import Command, child_environment

SECONDS = 30
pytestmark = pytest.mark.slow

Start = Callable[..., subprocess.Popen[str]]


@pytest.fixture
def start(workspace: Path, postmark_server: Fake) -> Start:
    """A command as a process of its own, through a provider that counts, once it says that it waits."""

    def begin(*args: str, undo: int = SECONDS) -> subprocess.Popen[str]:
        environ = postmark_server.environ | {"EMAIL_PROVIDER": "postmark", "UNDO_SECONDS": str(undo)}
        process = subprocess.Popen(
            [sys.executable, "-m", "distribute", *args],
            cwd=workspace,
            env=child_environment(**environ),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert process.stderr
        while "Leaves in" not in (line := process.stderr.readline()):
            assert line, "it ended"
        assert re.search(r"Leaves in \d+ s; Ctrl-C or `distribute cancel \S+` undoes it\.", line)
        return process

    return begin


SEND = ("send", "bridge.txt", "--to", "press", "--confirm", "5")


def only_plan(distribute: Command) -> str:
    (plan,) = distribute("status", "--json").json["plans"]
    return str(plan["plan"])


def test_it_leaves_when_the_window_has_passed(distribute: Command, postmark_server: Fake) -> None:
    begun = time.monotonic()
    environ = postmark_server.environ | {"EMAIL_PROVIDER": "postmark", "UNDO_SECONDS": "1"}
    result = distribute(*SEND, "--json", **environ)
    assert time.monotonic() - begun >= 1
    assert (result.code, result.json["state"], len(postmark_server.accepted)) == (0, "done", 5)
    assert result.err.count("Leaves in") == 1, "a countdown is for terminals"
    assert "\r" not in result.err


def test_the_outbox_does_not_wait(distribute: Command) -> None:
    result = distribute(*SEND, UNDO_SECONDS="3600")
    assert (result.code, "Leaves in" in result.err) == (0, False)


def test_ctrl_c_takes_it_back(distribute: Command, postmark_server: Fake, start: Start) -> None:
    process = start(*SEND)
    process.send_signal(signal.SIGINT)
    out, _ = process.communicate(timeout=SECONDS)
    assert process.returncode == 1
    assert "undone before anything left" in out
    plan = only_plan(distribute)
    assert distribute("status", plan, "--json").json["state"] == "held"
    assert distribute("run", "--until-idle", **postmark_server.environ).code == 0
    assert not postmark_server.accepted
    again = distribute("send", "--plan", plan, "--confirm", "5", EMAIL_PROVIDER="postmark")
    assert (again.code, len(postmark_server.accepted)) == (0, 5)


def test_so_it_is_with_an_armed_plan(distribute: Command, postmark_server: Fake, start: Start) -> None:
    environ = postmark_server.environ | {"EMAIL_PROVIDER": "postmark"}
    plan = distribute("plan", "bridge.txt", "--to", "press", "--armed", "--json", **environ).json["plan"]
    process = start("release", plan, "--confirm", "5")
    process.send_signal(signal.SIGINT)
    assert "undone before anything left" in process.communicate(timeout=SECONDS)[0]
    assert not postmark_server.accepted


@pytest.mark.parametrize(("verb", "state"), [("cancel", "cancelled"), ("hold", "held")])
def test_another_terminal_takes_it_back(
    distribute: Command, postmark_server: Fake, start: Start, verb: str, state: str
) -> None:
    process = start(*SEND)
    assert f"`distribute cancel {only_plan(distribute)}` undoes it" in distribute("status").out
    assert distribute(verb, only_plan(distribute), "--json").json["state"] == state
    out, _ = process.communicate(timeout=SECONDS)
    assert (process.returncode, state in out) == (1, True)
    assert not postmark_server.accepted


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_a_death_in_the_window_leaves_it_to_run_which_waits_it_out(
    distribute: Command, postmark_server: Fake, start: Start, number: signal.Signals
) -> None:
    begun = time.monotonic()
    process = start(*SEND, undo=3)
    process.send_signal(number)
    out, _ = process.communicate(timeout=SECONDS)
    assert process.returncode != 0
    assert number is signal.SIGKILL or "`distribute run` carries on" in out
    assert distribute("run", "--until-idle", **postmark_server.environ).code == 0
    assert time.monotonic() - begun >= 3
    assert set(postmark_server.accepted.values()) == {1}
    assert len(postmark_server.accepted) == 5


def test_a_second_send_is_not_kept_waiting(distribute: Command, postmark_server: Fake, start: Start) -> None:
    """Whoever waits holds no lock."""
    process = start(*SEND)
    environ = postmark_server.environ | {"EMAIL_PROVIDER": "postmark"}
    other = distribute("send", "bridge.txt", "--to", "press", "--set", "edition=2", "--confirm", "5", **environ)
    assert (other.code, len(postmark_server.accepted)) == (0, 5)
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=SECONDS)
