"""``approve`` by the real command: two people, one plan, and nothing leaves that only one of them has seen."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Command

STRICT = {"REQUIRE_APPROVAL": "1", "DISTRIBUTE_USER": "Ada Moreau"}


def planned(distribute: Command, *options: str) -> str:
    result = distribute("plan", "bridge.txt", "--to", "press", *options, "--json", **STRICT)
    assert result.code == 0, result.err
    return str(result.json["plan"])


def letters(workspace: Path) -> int:
    return len(list((workspace / "outbox").rglob("*.eml")))


def test_two_people_send_a_release(distribute: Command, workspace: Path) -> None:
    plan = planned(distribute)
    refused = distribute("send", "--plan", plan, "--confirm", "5")
    assert (refused.code, "is not approved" in refused.err, letters(workspace)) == (2, True, 0)
    approved = distribute("approve", plan, "--by", "Ben Okoro", "--json")
    assert (approved.code, approved.json["state"], approved.json["approved"]["by"]) == (0, "approved", "Ben Okoro")
    assert distribute("status", plan, "--json").json["approved"]["by"] == "Ben Okoro"
    sent = distribute("send", "--plan", plan, "--confirm", "5", "--json")
    assert (sent.code, sent.json["state"], letters(workspace)) == (0, "done", 5)
    decided = distribute("report", plan, "--json").json["decisions"]
    assert [(it["deed"], it["by"]) for it in decided] == [
        ("planned", "Ada Moreau"),
        ("approved", "Ben Okoro"),
        ("confirmed", "Ada Moreau"),
    ]


def test_a_plan_is_approved_by_its_file_too(distribute: Command, workspace: Path) -> None:
    plan = planned(distribute)
    result = distribute("approve", str(workspace / "plans" / f"{plan}.jsonl"), "--by", "Ben Okoro")
    assert (result.code, f"distribute send --plan {plan}" in result.out) == (0, True)


@pytest.mark.parametrize("name", ["Ada Moreau", " ada  MOREAU "])
def test_the_author_cannot_approve(distribute: Command, name: str) -> None:
    plan = planned(distribute)
    result = distribute("approve", plan, "--by", name)
    assert (result.code, "made by Ada Moreau: somebody else" in result.err) == (2, True)
    assert distribute("status", plan, "--json").json["state"] == "planned"


def test_who_approves_must_be_said(distribute: Command) -> None:
    plan = planned(distribute)
    assert distribute("approve", plan).code == 2
    assert distribute("approve", plan, "--by", "").code == 2


@pytest.mark.parametrize("edited", ["bridge.txt", "recipients/press.csv"])
def test_what_drifted_is_not_approved_and_what_was_approved_does_not_drift(
    distribute: Command, workspace: Path, edited: str
) -> None:
    plan, path = planned(distribute), workspace / edited
    original = path.read_text()
    path.write_text(original + "\n")
    assert f"{edited} was changed" in distribute("approve", plan, "--by", "Ben Okoro").err
    path.write_text(original)
    assert distribute("approve", plan, "--by", "Ben Okoro").code == 0
    path.write_text(original + "\n")
    refused = distribute("send", "--plan", plan, "--confirm", "5")
    assert (refused.code, f"{edited} was changed" in refused.err, letters(workspace)) == (2, True, 0)


def test_a_plan_file_that_was_touched_is_not_approved(distribute: Command, workspace: Path) -> None:
    plan = planned(distribute)
    path = workspace / "plans" / f"{plan}.jsonl"
    path.write_text(path.read_text().replace("reader1@example.com", "rival@example.net"))
    assert "was changed after it was planned" in distribute("approve", plan, "--by", "Ben Okoro").err


def test_a_release_is_not_sent_in_one_go_but_may_be_rehearsed(distribute: Command, workspace: Path) -> None:
    order = ("send", "bridge.txt", "--to", "press")
    refused = distribute(*order, "--confirm", "5", **STRICT)
    assert refused.code == 2
    for piece in ("distribute plan", "distribute approve PLAN --by NAME", "distribute send --plan PLAN"):
        assert piece in refused.err
    assert not (workspace / "distribute.db").exists()
    assert distribute(*order, "--dry-run").code == 0
    plan = planned(distribute)
    assert distribute("send", "--plan", plan, "--dry-run").code == 0


def test_without_the_rule_an_approval_is_still_kept(distribute: Command) -> None:
    plan = distribute("plan", "bridge.txt", "--to", "press", "--by", "Ada", "--json").json["plan"]
    assert distribute("approve", plan, "--by", "Ben").code == 0
    assert distribute("send", "--plan", plan, "--confirm", "5", "--json").json["state"] == "done"


def test_the_worker_refuses_what_was_begun_where_the_rule_was_off(distribute: Command, workspace: Path) -> None:
    when = ("--at", "2027-03-02 06:00 America/Toronto")
    plan = distribute("send", "bridge.txt", "--to", "press", *when, "--confirm", "5", "--json").json["plan"]
    result = distribute("run", "--until-idle", **STRICT)
    assert f"Plan {plan} is held: plan {plan} is not approved" in result.err
    assert "not approved" in distribute("resume", plan).err
    assert distribute("cancel", plan).code == 0


def test_a_new_secret_voids_no_plan_silently(distribute: Command) -> None:
    plan = planned(distribute)
    assert distribute("approve", plan, "--by", "Ben Okoro").code == 0
    refused = distribute("send", "--plan", plan, "--confirm", "5", SECRET_KEY="f" * 64)
    assert (refused.code, "another SECRET_KEY" in refused.err) == (2, True)
    assert distribute("approve", plan, "--by", "Ben Okoro").code == 0
    assert distribute("send", "--plan", plan, "--confirm", "5").code == 0


def test_a_switch_that_is_neither_on_nor_off_stops_everything(distribute: Command) -> None:
    result = distribute("plan", "bridge.txt", "--to", "press", REQUIRE_APPROVAL="maybe")
    assert (result.code, "REQUIRE_APPROVAL: “maybe” is neither 1 nor 0" in result.err) == (2, True)
