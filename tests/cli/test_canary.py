"""A canary by the real command: the first few, the pause, and the rest by ``run``."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.channels.conftest import Fake, FakePostmark
from tests.cli.conftest import Command

OWN = "desk@example.org"
SEND = ("send", "bridge.txt", "--to", "press", "--confirm", "6")


def letters(workspace: Path) -> int:
    return len(list((workspace / "outbox").rglob("*.eml")))


def wait_until(instant: str) -> None:
    """A second more, since it is shown without fractions."""
    while datetime.now(UTC) <= datetime.fromisoformat(instant) + timedelta(seconds=1):
        time.sleep(0.05)


@pytest.mark.slow
def test_the_first_leave_with_send_and_the_rest_with_run(distribute: Command, workspace: Path) -> None:
    begun = time.monotonic()
    sent = distribute(*SEND, CANARY="2s", TEST_ADDRESSES=OWN)
    assert (sent.code, letters(workspace)) == (0, 4)
    assert "  canary    4 deliveries first, the other 2 after 2s" in sent.out
    (plan,) = distribute("status", "--json").json["plans"]
    pause = plan["canary"]
    assert (plan["state"], pause["left"], pause["waiting"]) == ("running", 4, 2)
    said = f"Canary: 4 have left; the other 2 leave at {pause['until']} by `distribute run`, unless one of"
    assert said in sent.out
    assert said in distribute("status").out
    assert distribute("run", "--until-idle").code == 0
    wait_until(pause["until"])
    assert letters(workspace) == 4, "not by itself"
    assert distribute("run", "--until-idle").code == 0
    assert time.monotonic() - begun >= 2
    assert letters(workspace) == 6
    done = distribute("status", plan["plan"], "--json").json
    assert (done["state"], done["canary"]) == ("done", None)


def test_a_plan_names_its_canary_for_the_channel_that_has_one(distribute: Command) -> None:
    command = ("plan", "bridge.txt", "--to", "press", "--on", "mastodon", "--json")
    plan = distribute(*command, CANARY="10m", TEST_ADDRESSES=f"{OWN},reader1@example.com").json
    assert [channel.get("canary") for channel in plan["channels"]] == [{"deliveries": 5, "pause": 600}, None]
    assert plan["channels"][0]["deliveries"] == 6
    rehearsed = distribute("send", "--plan", plan["plan"], "--dry-run", "--json").json
    assert rehearsed["channels"][0]["canary"] == {"deliveries": 5, "pause": 600}
    assert "canary" not in distribute(*command, CANARY="0").json["channels"][0]


@pytest.mark.parametrize("frozen", [False, True])
def test_a_rehearsal_does_not_stop_at_the_canary(distribute: Command, *, frozen: bool) -> None:
    environ = {"CANARY": "10m", "TEST_ADDRESSES": OWN}
    words = ["bridge.txt", "--to", "press"]
    if frozen:
        words = ["--plan", distribute("plan", *words, "--json", **environ).json["plan"]]
    rehearsed = distribute("send", *words, "--dry-run", "--json", **environ)
    assert (rehearsed.code, rehearsed.json["state"]) == (0, "done")
    assert rehearsed.json["channels"][0]["statuses"]["accepted"] == 6


def test_a_rejection_among_the_first_holds_the_rest_for_a_person(
    distribute: Command, postmark_server: FakePostmark
) -> None:
    postmark_server.inactive.add(OWN)
    environ = postmark_server.environ | {"EMAIL_PROVIDER": "postmark"}
    sent = distribute(*SEND, CANARY="1h", TEST_ADDRESSES=OWN, **environ)
    assert (sent.code, len(postmark_server.accepted)) == (3, 3)
    assert "canary: 1 of the first 4 by email did not come through (1 rejected), the rest was not sent" in sent.out
    (plan,) = distribute("status", "--json").json["plans"]
    assert (plan["state"], plan["canary"]) == ("held", None)
    assert distribute("resume", plan["plan"]).code == 0
    assert distribute("run", "--until-idle").code == 3
    assert len(postmark_server.accepted) == 5
    assert distribute("status", plan["plan"], "--json").json["state"] == "done"


@pytest.mark.parametrize(("verb", "state"), [("hold", "held"), ("cancel", "cancelled")])
def test_the_rest_is_stopped_in_the_pause(distribute: Command, postmark_server: Fake, verb: str, state: str) -> None:
    environ = postmark_server.environ | {"EMAIL_PROVIDER": "postmark"}
    assert distribute(*SEND, CANARY="1h", TEST_ADDRESSES=OWN, **environ).code == 0
    (plan,) = distribute("status", "--json").json["plans"]
    assert distribute(verb, plan["plan"], "--json").json["state"] == state
    assert distribute("run", "--until-idle").code == 0
    assert len(postmark_server.accepted) == 4


def test_an_approved_plan_keeps_its_canary_and_its_approval(distribute: Command, workspace: Path) -> None:
    environ = {"CANARY": "1h", "TEST_ADDRESSES": OWN, "REQUIRE_APPROVAL": "1"}
    plan = distribute("plan", "bridge.txt", "--to", "press", "--by", "Ada", "--json", **environ).json["plan"]
    assert distribute("approve", plan, "--by", "Ben").code == 0
    assert distribute("send", "--plan", plan, "--confirm", "6").code == 0
    assert distribute("run", "--until-idle").code == 0
    assert letters(workspace) == 4
    assert distribute("status", plan, "--json").json["state"] == "running"


def test_a_pause_no_news_bears_is_refused(distribute: Command) -> None:
    result = distribute(*SEND, CANARY="2d")
    assert (result.code, "CANARY is longer than a day" in result.err) == (2, True)


def test_a_preview_for_nobody_in_particular_shows_one_reader(distribute: Command, workspace: Path) -> None:
    result = distribute("preview", "bridge.txt", "--out", "pages", CANARY="10m", TEST_ADDRESSES=OWN)
    assert result.code == 0
    assert not [page for page in (workspace / "pages").rglob("*.html") if OWN in page.read_text()]
