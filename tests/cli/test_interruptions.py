"""`kill -9` at any moment of a send, then `run`: nobody twice, nobody missing, the unknowable uncertain."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from tests.channels.conftest import Fake
from tests.chaos.share import some
from tests.cli.conftest import Command, child_environment, write_list

READERS = 600
MANY = 2_000
SECONDS = 60


def start(workspace: Path, *args: str, **environ: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "distribute", *args],
        cwd=workspace,
        env=child_environment(**environ),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def until(condition: object, process: subprocess.Popen[Any]) -> None:
    deadline = time.monotonic() + SECONDS
    while not condition() and process.poll() is None:  # type: ignore[operator]
        assert time.monotonic() < deadline
        time.sleep(0.001)


@pytest.mark.slow
@pytest.mark.parametrize("provider", ["sendgrid", "postmark"])
@pytest.mark.parametrize("seed", some([1, 2], 1))
def test_killed_at_random_moments_it_is_carried_on(
    distribute: Command, workspace: Path, provider: str, seed: int, sendgrid_server: Fake, postmark_server: Fake
) -> None:
    fake = {"sendgrid": sendgrid_server, "postmark": postmark_server}[provider]
    chance = random.Random(seed)
    environ = fake.environ | {"EMAIL_PROVIDER": provider}
    write_list(workspace / "recipients" / "press.csv", READERS)
    verbs = [["send", "bridge.txt", "--to", "press", "--confirm", str(READERS)], ["run", "--until-idle"]]
    process = start(workspace, *verbs[0], **environ)
    for calls in sorted(chance.sample(range(1, 6), 2)):
        until(lambda calls=calls: fake.calls >= calls, process)
        time.sleep(chance.random() * 0.03)
        process.kill()
        process.wait()
        process = start(workspace, *verbs[1], **environ)
    process.wait(SECONDS)
    assert process.returncode in {0, 3}

    (plan,) = distribute("status", "--json").json["plans"]
    deliveries = distribute("report", plan["plan"], "--json").json["deliveries"]
    assert len(deliveries) == READERS
    assert {d["status"] for d in deliveries} <= {"accepted", "uncertain"}
    assert plan["state"] == "done"
    assert set(fake.accepted.values()) == {1}, "nobody got it twice"
    accepted = {d["recipient"] for d in deliveries if d["status"] == "accepted"}
    assert accepted <= set(fake.accepted), "accepted is only what the provider took"
    missing = {d["recipient"] for d in deliveries} - set(fake.accepted)
    assert missing <= {d["recipient"] for d in deliveries if d["status"] == "uncertain"}, "nobody is lost unnamed"


@pytest.mark.slow
def test_a_death_before_anything_left_loses_and_doubles_nothing(
    distribute: Command, workspace: Path, postmark_server: Fake
) -> None:
    """Killed through all of planning and recording, where nothing has left yet."""
    environ = postmark_server.environ | {"EMAIL_PROVIDER": "postmark"}
    for wait in (0.3, 0.6, 0.9):
        process = start(workspace, "plan", "bridge.txt", "--to", "press", **environ)
        time.sleep(wait)
        process.kill()
        process.wait()
    result = distribute("send", "bridge.txt", "--to", "press", "--confirm", "5", "--json", **environ)
    assert (result.code, result.json["state"]) == (0, "done")
    assert postmark_server.accepted == {f"reader{n}@example.com": 1 for n in range(5)}


@pytest.mark.slow
def test_the_outbox_is_carried_on_without_a_doubt(distribute: Command, workspace: Path) -> None:
    write_list(workspace / "recipients" / "press.csv", READERS)
    process = start(workspace, "send", "bridge.txt", "--to", "press", "--confirm", str(READERS))
    until(lambda: len(list((workspace / "outbox").rglob("*.eml"))) > 120, process)
    process.kill()
    process.wait()
    assert distribute("run", "--until-idle").code == 0
    (plan,) = distribute("status", "--json").json["plans"]
    assert (plan["state"], plan["channels"][0]["accepted"]) == ("done", READERS)
    assert len(list((workspace / "outbox").rglob("*.eml"))) == READERS


@pytest.mark.slow
def test_a_polite_stop_finishes_the_request_and_leaves_nothing_uncertain(
    distribute: Command, workspace: Path, postmark_server: Fake
) -> None:
    environ = postmark_server.environ | {"EMAIL_PROVIDER": "postmark"}
    write_list(workspace / "recipients" / "press.csv", MANY)
    process = subprocess.Popen(
        [sys.executable, "-m", "distribute", "send", "bridge.txt", "--to", "press", "--confirm", str(MANY)],
        cwd=workspace,
        env=child_environment(**environ),
        stdout=subprocess.PIPE,
        text=True,
    )
    until(lambda: postmark_server.calls >= 2, process)
    process.send_signal(signal.SIGTERM)
    out, _ = process.communicate(timeout=SECONDS)
    assert process.returncode == 1
    assert "`distribute run` carries on" in out
    (plan,) = distribute("status", "--json").json["plans"]
    assert plan["channels"][0]["uncertain"] == 0
    assert distribute("run", "--until-idle", **environ).code == 0
    assert set(postmark_server.accepted.values()) == {1}
    assert len(postmark_server.accepted) == MANY


@pytest.mark.slow
def test_lanes_send_side_by_side_and_once(distribute: Command, workspace: Path, postmark_server: Fake) -> None:
    environ = postmark_server.environ | {"EMAIL_PROVIDER": "postmark", "LANES": "4"}
    write_list(workspace / "recipients" / "press.csv", MANY)
    result = distribute("send", "bridge.txt", "--to", "press", "--confirm", str(MANY), "--json", **environ)
    assert (result.code, result.json["channels"][0]["statuses"]["accepted"]) == (0, MANY)
    assert set(postmark_server.accepted.values()) == {1}
    assert len(postmark_server.accepted) == MANY
