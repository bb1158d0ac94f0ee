"""``plan --armed`` and ``release`` by the real command: everything is ready, and nothing starts it but a person."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.cli.conftest import Command


@pytest.fixture
def armed(distribute: Command) -> str:
    result = distribute("plan", "bridge.txt", "--to", "press", "--on", "mastodon", "--armed", "--json")
    assert result.code == 0, result.err
    assert result.json["armed"] is True
    assert [channel["at"] for channel in result.json["channels"]] == [None, None]
    return str(result.json["plan"])


def written(workspace: Path) -> int:
    return len([path for path in (workspace / "outbox").rglob("*") if path.suffix in {".eml", ".json"}])


def test_it_waits_until_it_is_released(distribute: Command, workspace: Path, armed: str) -> None:
    status = distribute("status", armed)
    assert f"armed: waits for `distribute release {armed}`" in status.out
    assert "when it is released" in status.out
    document = distribute("status", armed, "--json").json
    assert (document["state"], document["armed"], document["at"]) == ("planned", True, None)
    assert distribute("run", "--until-idle").code == 0
    for verb in (("send", "--plan", armed, "--confirm", "6"), ("send", "--plan", armed)):
        refused = distribute(*verb)
        assert (refused.code, f"distribute release {armed}" in refused.err) == (2, True)
    assert distribute("resume", armed).code == 2
    assert written(workspace) == 0


def test_a_release_asks_for_the_number_and_sends(distribute: Command, workspace: Path, armed: str) -> None:
    for confirm in ([], ["--confirm", "5"]):
        refused = distribute("release", armed, *confirm)
        assert (refused.code, "nothing was sent" in refused.err) == (2, True)
    released = distribute("release", armed, "--confirm", "6", "--by", "Ada", "--json")
    assert (released.code, released.json["state"], written(workspace)) == (0, "done", 6)
    assert all(channel["at"] for channel in released.json["channels"])
    status = distribute("status", armed, "--json").json
    assert (status["armed"], status["decisions"][-1]["deed"], status["decisions"][-1]["by"]) == (
        False,
        "released",
        "Ada",
    )
    assert distribute("release", armed, "--confirm", "6").code == 2


def test_an_armed_plan_can_be_rehearsed(distribute: Command, workspace: Path, armed: str) -> None:
    rehearsed = distribute("send", "--plan", armed, "--dry-run", "--json").json
    assert [channel["statuses"]["accepted"] for channel in rehearsed["channels"]] == [5, 1]
    assert written(workspace) == 0
    assert distribute("release", armed, "--confirm", "6").code == 0


def test_networks_wait_for_a_lift_that_lies_ahead(distribute: Command, workspace: Path) -> None:
    path = workspace / "recipients" / "press.csv"
    path.write_text("email,embargo_ok\nreader@example.com,yes\n")
    lift = ("--embargo", "2027-03-02 06:00 America/Toronto")
    plan = distribute("plan", "bridge.txt", "--to", "press", "--on", "mastodon", "--armed", *lift, "--json").json
    assert [channel["at"] for channel in plan["channels"]] == [None, "2027-03-02T11:00:00Z"]
    released = distribute("release", plan["plan"], "--confirm", "2", "--json").json
    assert released["state"] == "scheduled"
    assert [c["statuses"]["accepted"] for c in released["channels"]] == [1, 0]
    assert released["channels"][1]["at"] == "2027-03-02T11:00:00Z"


def test_an_armed_plan_takes_no_time(distribute: Command) -> None:
    result = distribute("plan", "bridge.txt", "--to", "press", "--armed", "--at", "in 2h")
    assert (result.code, "leave out --at" in result.err) == (2, True)


def test_a_plan_that_is_not_armed_is_not_released(distribute: Command) -> None:
    plan = distribute("plan", "bridge.txt", "--to", "press", "--json").json
    assert plan["armed"] is False
    refused = distribute("release", plan["plan"], "--confirm", "5")
    assert (refused.code, f"distribute send --plan {plan['plan']}" in refused.err) == (2, True)


def test_an_armed_plan_needs_its_approval_too(distribute: Command, workspace: Path) -> None:
    strict = {"REQUIRE_APPROVAL": "1", "DISTRIBUTE_USER": "Ada"}
    planned = distribute("plan", "bridge.txt", "--to", "press", "--armed", **strict)
    plan = next((workspace / "plans").glob("*.jsonl")).stem
    assert f"distribute approve {plan} --by NAME\n  distribute release {plan}" in planned.out
    refused = distribute("release", plan, "--confirm", "5")
    assert (refused.code, "is not approved" in refused.err) == (2, True)
    approved = distribute("approve", plan, "--by", "Ben")
    assert (approved.code, f"to release it:\n  distribute release {plan}" in approved.out) == (0, True)
    assert distribute("run", "--until-idle").code == 0
    assert distribute("status", plan, "--json").json["state"] == "approved"
    assert distribute("release", plan, "--confirm", "5", "--json").json["state"] == "done"


def test_letters_that_speak_of_an_embargo_which_has_lifted_are_not_sent(
    distribute: Command, workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import distribute.cli.frozen as module  # noqa: PLC0415
    from distribute.domain.instant import parse_instant  # noqa: PLC0415

    path = workspace / "recipients" / "press.csv"
    path.write_text("email,embargo_ok\nreader@example.com,yes\n")
    lift = ("--embargo", "2027-03-02 06:00 America/Toronto")
    plan = distribute("plan", "bridge.txt", "--to", "press", "--armed", *lift, "--json").json["plan"]
    later = parse_instant("2027-03-02 06:01 America/Toronto", datetime.now(UTC), "UTC").utc
    monkeypatch.setattr(module, "now", lambda: later)
    refused = distribute("release", plan, "--confirm", "1")
    assert (refused.code, "say EMBARGO until 2027-03-02T11:00:00Z, which has passed" in refused.err) == (2, True)
    assert written(workspace) == 0
