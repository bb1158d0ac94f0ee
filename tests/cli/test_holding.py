"""``hold``, ``resume`` and ``cancel`` by the real command, also from beside a running send."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.channels.conftest import Fake
from tests.cli.conftest import Command, child_environment, write_list


def scheduled(distribute: Command, *options: str) -> str:
    at = ("--at", "2027-03-02 06:00 America/Toronto")
    result = distribute("send", "bridge.txt", "--to", "press", *at, *options, "--confirm", "5", "--json")
    assert result.json["state"] == "scheduled"
    return str(result.json["plan"])


def test_a_scheduled_plan_is_held_and_resumed(distribute: Command) -> None:
    plan = scheduled(distribute)
    assert distribute("hold", plan, "--json").json["state"] == "held"
    assert "held by a person" in distribute("status", plan).out
    assert distribute("resume", plan, "--json").json["state"] == "scheduled"
    again = distribute("resume", plan)
    assert (again.code, "not held" in again.err) == (2, True)


def test_a_scheduled_plan_is_cancelled_for_good_and_can_be_planned_anew(distribute: Command) -> None:
    plan = scheduled(distribute)
    cancelled = distribute("cancel", plan, "--json").json
    assert (cancelled["state"], cancelled["channels"][0]["cancelled"]) == ("cancelled", 5)
    for verb in ("hold", "resume", "cancel"):
        assert distribute(verb, plan).code == 2
    assert distribute("send", "--plan", plan, "--confirm", "5").code == 2
    assert distribute("send", "bridge.txt", "--to", "press", "--confirm", "5").code == 0


def test_all_plans_are_held_at_one_word_and_resumed_at_another(distribute: Command) -> None:
    plans = {scheduled(distribute), scheduled(distribute, "--set", "edition=2")}
    held = distribute("hold", "--all", "--json").json["plans"]
    assert {it["plan"] for it in held} == plans
    assert {it["state"] for it in held} == {"held"}
    assert distribute("run", "--until-idle").code == 0
    resumed = distribute("resume", "--all", "--json").json["plans"]
    assert {it["state"] for it in resumed} == {"scheduled"}
    assert "no such plan" in distribute("resume", "--all").out


def test_a_plan_must_be_named_and_known(distribute: Command) -> None:
    for verb in ("hold", "resume"):
        assert distribute(verb).code == 2
        assert distribute(verb, "x", "--all").code == 2
    for verb in ("hold", "resume", "cancel"):
        result = distribute(verb, "nonsense")
        assert (result.code, "no plan “nonsense”" in result.err) == (2, True)


@pytest.mark.slow
@pytest.mark.parametrize(("verb", "left"), [("hold", "planned"), ("cancel", "cancelled")])
def test_it_takes_effect_before_the_next_request_of_a_send_under_way(
    distribute: Command, workspace: Path, postmark_server: Fake, verb: str, left: str
) -> None:
    many = 3_000
    environ = postmark_server.environ | {"EMAIL_PROVIDER": "postmark"}
    write_list(workspace / "recipients" / "press.csv", many)
    process = subprocess.Popen(
        [sys.executable, "-m", "distribute", "send", "bridge.txt", "--to", "press", "--confirm", str(many), "--json"],
        cwd=workspace,
        env=child_environment(**environ),
        stdout=subprocess.PIPE,
        text=True,
    )
    deadline = time.monotonic() + 60
    while postmark_server.calls < 1 and time.monotonic() < deadline:
        time.sleep(0.001)
    (plan,) = distribute("status", "--json").json["plans"]
    distribute(verb, plan["plan"])
    asked = postmark_server.calls
    out, _ = process.communicate(timeout=60)
    assert postmark_server.calls <= asked + 1, "the one under way may finish"
    statuses = json.loads(out)["channels"][0]["statuses"]
    assert statuses["accepted"] == len(postmark_server.accepted) < many
    assert statuses[left] == many - statuses["accepted"]
