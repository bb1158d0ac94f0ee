"""``plan`` and ``send`` by the real command: frozen, confirmed, carried out once."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest
from pytest_socket import disable_socket, enable_socket

from distribute.cli import freezing
from distribute.delivery.ledger import Ledger
from tests.channels.conftest import Fake
from tests.cli.conftest import Command


def contents(folder: Path) -> dict[str, str]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def sender(fake: Fake, provider: str) -> dict[str, str]:
    return fake.environ | {"EMAIL_PROVIDER": provider}


def test_a_plan_is_frozen_and_nothing_is_sent(distribute: Command, workspace: Path) -> None:
    result = distribute("plan", "bridge.txt", "--to", "press", "--on", "mastodon", "--json")
    assert result.code == 0
    plan = result.json
    assert plan["deliveries"] == 6
    assert [(c["channel"], c["provider"], c["deliveries"]) for c in plan["channels"]] == [
        ("email", "outbox", 5),
        ("mastodon", "outbox", 1),
    ]
    assert plan["hash"].startswith("sha256:")
    assert (workspace / "plans" / f"{plan['plan']}.jsonl").is_file()
    assert not list((workspace / "outbox").iterdir())
    assert distribute("status", plan["plan"], "--json").json["state"] == "planned"


def test_a_send_writes_each_reader_one_letter_and_ends_done(distribute: Command, workspace: Path) -> None:
    result = distribute("send", "bridge.txt", "--to", "press", "--confirm", "5", "--json")
    assert (result.code, result.json["state"]) == (0, "done")
    letters = [message_from_bytes(p.read_bytes(), policy=policy.default) for p in workspace.rglob("outbox/**/*.eml")]
    assert Counter(str(letter["To"].addresses[0].addr_spec) for letter in letters) == {
        f"reader{n}@example.com": 1 for n in range(5)
    }
    assert all(letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click" for letter in letters)
    report = distribute("report", result.json["plan"], "--json").json
    assert Counter(d["status"] for d in report["deliveries"]) == {"accepted": 5}
    assert all(d["content"].startswith("sha256:") and d["attempts"] == 1 for d in report["deliveries"])


def test_a_ledger_that_a_worker_made_in_the_meantime_gets_the_plan(
    distribute: Command, workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def confirm(_count: int, _given: int | None) -> None:
        Ledger.open(workspace / "distribute.db").close()

    monkeypatch.setattr("distribute.cli.sending.require_confirmation", confirm)
    sent = distribute("send", "bridge.txt", "--to", "press", "--json").json
    assert distribute("status", sent["plan"], "--json").json["state"] == "done"


@pytest.mark.parametrize("typed", [[], ["--confirm", "4"]])
def test_without_the_right_number_nothing_happens(distribute: Command, workspace: Path, typed: list[str]) -> None:
    before = contents(workspace)
    result = distribute("send", "bridge.txt", "--to", "press", *typed)
    assert result.code == 2
    assert "nothing was sent" in result.err
    assert contents(workspace) == before


def test_a_frozen_plan_is_carried_out_once(distribute: Command, workspace: Path) -> None:
    plan = distribute("plan", "bridge.txt", "--to", "press", "--json").json["plan"]
    assert distribute("send", "--plan", plan, "--confirm", "5").code == 0
    sent = contents(workspace / "outbox")
    again = distribute("send", "--plan", plan, "--confirm", "5")
    assert again.code == 2
    assert contents(workspace / "outbox") == sent


def test_plan_send_and_send_of_a_plan_answer_in_one_shape(distribute: Command) -> None:
    options = ("bridge.txt", "--to", "example", "--on", "x")
    planned = distribute("plan", *options, "--json").json
    rehearsed = distribute("send", "--plan", planned["plan"], "--dry-run", "--json").json
    sent = distribute("send", "--plan", planned["plan"], "--confirm", "18", "--json").json
    for document in (rehearsed, sent):
        for name in ("plan", "hash", "release", "edition", "deliveries"):
            assert document[name] == planned[name]
        for then, now in zip(planned["channels"], document["channels"], strict=True):
            for name in ("channel", "provider", "at", "deliveries", "skipped"):
                assert now[name] == then[name]
        assert [c["statuses"]["accepted"] for c in document["channels"]] == [17, 1]


def test_a_frozen_plan_may_be_named_by_its_file(distribute: Command, workspace: Path) -> None:
    plan = distribute("plan", "bridge.txt", "--to", "press", "--json").json["plan"]
    assert distribute("send", "--plan", str(workspace / "plans" / f"{plan}.jsonl"), "--confirm", "5").code == 0


@pytest.mark.parametrize("edited", ["bridge.txt", "recipients/press.csv", "recipients/suppressions.csv"])
def test_a_plan_whose_sources_were_edited_is_refused(distribute: Command, workspace: Path, edited: str) -> None:
    plan = distribute("plan", "bridge.txt", "--to", "press", "--json").json["plan"]
    path = workspace / edited
    path.write_text(path.read_text() + "\n")
    result = distribute("send", "--plan", plan, "--confirm", "5")
    assert result.code == 2
    assert f"{edited} was changed after the plan was made" in result.err
    assert not list((workspace / "outbox").iterdir())


def test_a_plan_file_that_was_touched_is_refused(distribute: Command, workspace: Path) -> None:
    plan = distribute("plan", "bridge.txt", "--to", "press", "--json").json["plan"]
    path = workspace / "plans" / f"{plan}.jsonl"
    path.write_text(path.read_text().replace("reader1@example.com", "rival@example.net"))
    result = distribute("send", "--plan", plan, "--confirm", "5")
    assert (result.code, "was changed after it was planned" in result.err) == (2, True)


def test_a_second_send_of_the_same_release_reaches_nobody_again(distribute: Command) -> None:
    assert distribute("send", "bridge.txt", "--to", "press", "--confirm", "5").code == 0
    again = distribute("send", "bridge.txt", "--to", "press", "--confirm", "5")
    assert again.code == 2
    assert "promised this edition already" in again.err
    assert distribute("send", "bridge.txt", "--to", "press", "--set", "edition=2", "--confirm", "5").code == 0


def test_a_dry_run_opens_no_socket_and_changes_no_byte(
    distribute: Command, workspace: Path, sendgrid_server: Fake, mastodon_server: Fake
) -> None:
    environ = sender(sendgrid_server, "sendgrid") | {"MASTODON_API_URL": mastodon_server.url}
    before = contents(workspace)
    disable_socket()
    try:
        result = distribute("send", "bridge.txt", "--to", "press", "--on", "mastodon", "--dry-run", "--json", **environ)
    finally:
        enable_socket()
    assert result.code == 0
    assert result.json["dry_run"] is True
    assert result.json["requests"] == 3, "two letters (en, fr) and a post"
    assert [c["statuses"]["accepted"] for c in result.json["channels"]] == [5, 1]
    assert contents(workspace) == before
    assert (sendgrid_server.calls, mastodon_server.calls) == (0, 0)


def test_the_dry_run_is_the_plan(distribute: Command) -> None:
    when = ["--at", "2027-03-02 06:00 America/Toronto"]
    rehearsed = distribute("send", "bridge.txt", "--to", "press", *when, "--dry-run", "--json").json
    planned = distribute("plan", "bridge.txt", "--to", "press", *when, "--json").json
    assert rehearsed["hash"] == planned["hash"]
    assert rehearsed["plan"] == planned["plan"]


def test_a_frozen_plan_can_be_rehearsed_and_then_sent(distribute: Command, workspace: Path) -> None:
    plan = distribute("plan", "bridge.txt", "--to", "press", "--json").json["plan"]
    before = contents(workspace)
    assert distribute("send", "--plan", plan, "--dry-run").code == 0
    assert contents(workspace) == before
    assert distribute("send", "--plan", plan, "--confirm", "5").code == 0


@pytest.mark.parametrize("provider", ["sendgrid", "postmark", "resend"])
def test_through_a_provider_each_address_is_accepted_once(
    distribute: Command, provider: str, request: pytest.FixtureRequest
) -> None:
    fake: Fake = request.getfixturevalue(f"{provider}_server")
    result = distribute("send", "bridge.txt", "--to", "press", "--confirm", "5", "--json", **sender(fake, provider))
    assert result.code == 0, result.err
    assert fake.accepted == {f"reader{n}@example.com": 1 for n in range(5)}


def test_a_ledger_that_came_to_be_while_the_plan_was_drawn_up_is_the_one_that_is_used(
    distribute: Command, workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two commands are the first in a workspace at the same moment: neither may go on with an empty memory."""
    draw_up = freezing.draw_up_now

    def while_another_begins(*args: Any) -> Any:
        planned = draw_up(*args)
        Ledger.open(workspace / "distribute.db").close()
        return planned

    monkeypatch.setattr(freezing, "draw_up_now", while_another_begins)
    assert distribute("send", "bridge.txt", "--to", "press", "--confirm", "5").code == 0
    (plan,) = distribute("status", "--json").json["plans"]
    assert (plan["state"], plan["channels"][0]["accepted"]) == ("done", 5)
    assert distribute("send", "bridge.txt", "--to", "press", "--confirm", "5").code == 2


def test_posts_reach_their_networks(distribute: Command, mastodon_server: Fake, bluesky_server: Fake) -> None:
    environ = mastodon_server.environ | {"BLUESKY_API_URL": bluesky_server.url}
    send = ("send", "bridge.txt", "--on", "mastodon", "--on", "bluesky", "--confirm", "2", "--json")
    result = distribute(*send, **environ)
    assert result.code == 0, result.err
    deliveries = distribute("report", result.json["plan"], "--json").json["deliveries"]
    assert [(d["status"], bool(d["url"])) for d in deliveries] == [("accepted", True)] * 2


def test_refused_credentials_hold_the_plan_and_can_be_mended(distribute: Command, postmark_server: Fake) -> None:
    good = sender(postmark_server, "postmark")
    wrong = good | {"POSTMARK_SERVER_TOKEN": "wrong"}
    result = distribute("send", "bridge.txt", "--to", "press", "--confirm", "5", "--json", **wrong)
    assert (result.code, result.json["state"]) == (1, "held")
    assert "wrong" not in result.err
    plan = result.json["plan"]
    assert distribute("status", plan, "--json").json["channels"][0]["planned"] == 5
    assert distribute("send", "--plan", plan, "--confirm", "5", **good).code == 0
    assert set(postmark_server.accepted.values()) == {1}
    assert len(postmark_server.accepted) == 5


def test_a_recipient_the_provider_refuses_is_named_and_the_others_are_sent(
    distribute: Command, postmark_server: Fake
) -> None:
    postmark_server.inactive.add("reader2@example.com")  # type: ignore[attr-defined]
    result = distribute(
        "send", "bridge.txt", "--to", "press", "--confirm", "5", "--json", **sender(postmark_server, "postmark")
    )
    assert result.code == 3
    deliveries = distribute("report", result.json["plan"], "--json").json["deliveries"]
    assert {d["recipient"]: d["status"] for d in deliveries if d["status"] != "accepted"} == {
        "reader2@example.com": "rejected"
    }
    assert "inactive" in next(d["reason"] for d in deliveries if d["status"] == "rejected")


def test_a_provider_that_is_not_set_up_names_everything_that_is_missing_and_writes_nothing(
    distribute: Command, workspace: Path
) -> None:
    before = contents(workspace)
    result = distribute(
        "send", "bridge.txt", "--to", "press", "--confirm", "5", EMAIL_PROVIDER="sendgrid", PUBLIC_URL="", FROM_EMAIL=""
    )
    assert result.code == 2
    for name in ("SENDGRID_API_KEY", "PUBLIC_URL", "FROM_EMAIL"):
        assert name in result.err
    assert contents(workspace) == before


def test_a_later_instant_is_scheduled_and_run_sends_it(distribute: Command, workspace: Path) -> None:
    at = (datetime.now(UTC) + timedelta(minutes=2)).strftime("%Y-%m-%dT%H:%M:%S+00:00")
    result = distribute("send", "bridge.txt", "--to", "press", "--at", at, "--confirm", "5", "--json")
    assert (result.code, result.json["state"]) == (0, "scheduled")
    assert distribute("run", "--until-idle").code == 0
    assert not list((workspace / "outbox").iterdir()), "not yet"


def test_nothing_public_before_the_lift(distribute: Command, workspace: Path) -> None:
    before = contents(workspace)
    command = ["plan", "bridge.txt", "--on", "mastodon", "--embargo", "2027-03-02 06:00 America/Toronto"]
    refused = distribute(*command, "--at", "2027-03-02 05:59 America/Toronto")
    assert refused.code == 2
    assert "before the embargo lifts" in refused.err
    assert contents(workspace) == before
    allowed = distribute(*command, "--json")
    assert allowed.json["channels"][0]["at"] == "2027-03-02T11:00:00Z"


def test_errors_in_the_release_block_a_plan(distribute: Command, workspace: Path) -> None:
    (workspace / "bridge.txt").write_text((workspace / "bridge.txt").read_text().replace("a safe one", "TBC"))
    before = contents(workspace)
    result = distribute("send", "bridge.txt", "--to", "press", "--confirm", "5")
    assert result.code == 2
    assert "bridge.txt:5" in result.err
    assert "placeholder" in result.err
    assert contents(workspace) == before


def test_a_list_that_is_not_there_is_a_sentence(distribute: Command) -> None:
    result = distribute("plan", "bridge.txt", "--to", "nobody")
    assert result.code == 2
    assert "press" in result.err


def test_bad_rows_are_skipped_with_their_line(distribute: Command, workspace: Path) -> None:
    path = workspace / "recipients" / "press.csv"
    path.write_text(path.read_text() + "not-an-address,Bad,Row,,\nREADER1@example.com,Again,1,,\n")
    plan = distribute("plan", "bridge.txt", "--to", "press", "--json").json
    assert plan["channels"][0]["skipped"] == {"bad-address": 1, "duplicate": 1}
    report = distribute("report", plan["plan"], "--format", "csv").out
    assert '"skipped"' in report
    assert json.dumps(plan)  # plain JSON


def test_settings_that_were_never_filled_in_are_said_before_a_real_send(
    distribute: Command, sendgrid_server: Fake
) -> None:
    environ = sender(sendgrid_server, "sendgrid") | {"PUBLIC_URL": "https://press.example.com", "POSTAL_ADDRESS": ""}
    err = distribute("plan", "bridge.txt", "--to", "press", **environ).err
    for name in ("FROM_EMAIL", "PUBLIC_URL", "POSTAL_ADDRESS"):
        assert f"{name} is" in err


def test_a_file_that_was_sent_under_another_headline_is_pointed_out(distribute: Command, workspace: Path) -> None:
    assert distribute("send", "bridge.txt", "--to", "press", "--confirm", "5").code == 0
    text = (workspace / "bridge.txt").read_text()
    (workspace / "bridge.txt").write_text(text.replace("stays closed until spring", "is closed until spring", 1))
    err = distribute("plan", "bridge.txt", "--to", "press").err
    assert "was sent before as “The bridge stays closed until spring”" in err
    assert "set `slug: the-bridge-stays-closed-until-spring`" in err
