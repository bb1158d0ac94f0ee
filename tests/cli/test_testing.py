"""``test`` by the real command: one copy for us, marked, and no trace among the deliveries."""

from __future__ import annotations

import email
from email import policy
from pathlib import Path

import pytest

from tests.channels.conftest import Fake
from tests.cli.conftest import RELEASE, Command
from tests.cli.test_variants import FRENCH, READERS

OURS = {"TEST_ADDRESSES": "desk@example.org, Ada@Example.org"}
STRICT = OURS | {"REQUIRE_TEST": "1"}


def copies(workspace: Path) -> dict[str, tuple[str, str, str]]:
    """Subject, text and HTML of each test copy in the outbox by the address it is for."""
    found = {}
    for path in workspace.glob("outbox/test-*/email/*.eml"):
        message = email.message_from_bytes(path.read_bytes(), policy=policy.default)
        parts = [message.get_body((kind,)) for kind in ("plain", "html")]
        text, html = (part.get_content().replace("\r\n", "\n") for part in parts if part is not None)
        found[str(message["To"].addresses[0].addr_spec)] = (str(message["Subject"]), text, html)
    return found


def test_a_copy_is_marked_in_subject_and_both_parts_and_goes_to_all_our_addresses(
    distribute: Command, workspace: Path
) -> None:
    result = distribute("test", "bridge.txt", "--json", **OURS)
    assert result.code == 0, result.err
    assert [(it["address"], it["status"]) for it in result.json["copies"]] == [
        ("desk@example.org", "accepted"),
        ("Ada@Example.org", "accepted"),
    ]
    subject, text, html = copies(workspace)["desk@example.org"]
    assert subject == f"TEST: {RELEASE.splitlines()[0]}"
    assert text.startswith("TEST: this is a test copy, not for publication. Nobody on a list has received it.\n\n")
    assert "<b>TEST: this is a test copy" in html


def test_nothing_of_it_is_a_delivery_and_the_send_is_as_if_it_had_not_been(
    distribute: Command, workspace: Path
) -> None:
    before = distribute("plan", "bridge.txt", "--to", "press", "--json").json["hash"]
    for _ in range(2):
        assert distribute("test", "bridge.txt", "--to", "press", **OURS).code == 0
    (listed,) = distribute("status", "--json").json["plans"]
    assert listed["state"] == "planned"
    assert not list(workspace.glob("outbox/the-bridge*"))
    sent = distribute("send", "bridge.txt", "--to", "press", "--confirm", "5", "--json")
    assert (sent.code, len(list(workspace.glob("outbox/the-bridge*/email/*.eml")))) == (0, 5)
    assert before


@pytest.mark.parametrize(
    ("arguments", "environ", "says"),
    [
        (("--address", "reader1@example.com"), OURS, "reader1@example.com is not among TEST_ADDRESSES"),
        (("--address", "desk@example.org", "--address", "x@example.net"), OURS, "x@example.net is not among"),
        ((), {}, "TEST_ADDRESSES is not set"),
        (("--on", "mastodon"), OURS, "a test is of the e-mail alone"),
        (("--to", "press", "--language", "fr"), OURS, "leave out --language"),
    ],
)
def test_nobody_but_us_gets_one(
    distribute: Command, workspace: Path, arguments: tuple[str, ...], environ: dict[str, str], says: str
) -> None:
    refused = distribute("test", "bridge.txt", *arguments, **environ)
    assert (refused.code, says in refused.err) == (2, True), refused.err
    assert copies(workspace) == {}


def test_who_is_suppressed_gets_none(distribute: Command, workspace: Path) -> None:
    (workspace / "recipients" / "suppressions.csv").write_text("email,reason\nada@example.org,left us\n")
    refused = distribute("test", "bridge.txt", **OURS)
    assert (refused.code, "Ada@Example.org is suppressed (left us)" in refused.err) == (2, True)
    assert distribute("test", "bridge.txt", "--address", "desk@example.org", **OURS).code == 0


def test_every_letter_of_the_lists_is_tested_and_one_language_by_itself(distribute: Command, workspace: Path) -> None:
    (workspace / "bridge.en.txt").write_text(RELEASE)
    (workspace / "bridge.fr.txt").write_text(FRENCH)
    (workspace / "recipients" / "press.csv").write_text(READERS)
    command = ("test", "bridge.en.txt", "--address", "desk@example.org", "--json")
    both = distribute(*command, "--to", "press", **OURS).json["copies"]
    french = f"TEST : {FRENCH.splitlines()[0]}"
    assert [it["subject"] for it in both] == [f"TEST: {RELEASE.splitlines()[0]}", french]
    (alone,) = distribute(*command, "--language", "fr", **OURS).json["copies"]
    assert alone["subject"] == french


def test_an_embargoed_letter_can_be_tested(distribute: Command, workspace: Path) -> None:
    command = ("test", "bridge.txt", "--embargo", "2027-03-02 06:00 America/Toronto")
    assert distribute(*command, **OURS).code == 0
    assert copies(workspace)["desk@example.org"][0].startswith("TEST: EMBARGO 2 Mar 06:00 EST: ")


def test_an_error_in_the_release_is_no_letter(distribute: Command, workspace: Path) -> None:
    (workspace / "bridge.txt").write_text(RELEASE.replace("a safe one", "TBC"))
    refused = distribute("test", "bridge.txt", **OURS)
    assert (refused.code, "bridge.txt:5" in refused.err) == (2, True)


def test_a_rehearsed_test_leaves_nothing(distribute: Command, workspace: Path) -> None:
    before = sorted(workspace.rglob("*"))
    result = distribute("test", "bridge.txt", "--dry-run", **OURS)
    assert (result.code, "Rehearsal: nothing left." in result.out) == (0, True)
    assert sorted(workspace.rglob("*")) == before


def test_what_the_provider_refuses_and_what_it_leaves_open_are_said(distribute: Command, postmark_server: Fake) -> None:
    environ = postmark_server.environ | OURS | {"EMAIL_PROVIDER": "postmark"}
    postmark_server.account_code = 406  # type: ignore[attr-defined]
    refused = distribute("test", "bridge.txt", "--address", "desk@example.org", "--json", **environ)
    assert (refused.code, refused.json["copies"][0]["status"]) == (3, "rejected")
    assert "not confirmed" in refused.json["copies"][0]["because"]
    postmark_server.account_code = 0  # type: ignore[attr-defined]
    postmark_server.faults.append((200, {}, b"not json"))
    unclear = distribute("test", "bridge.txt", "--address", "desk@example.org", "--json", **environ)
    assert (unclear.code, unclear.json["copies"][0]["status"]) == (3, "uncertain")
    assert distribute("plan", "bridge.txt", "--to", "press", **environ).err.count("was never tested") == 2, "en, fr"
    accepted = distribute("test", "bridge.txt", "--address", "desk@example.org", **environ)
    assert (accepted.code, postmark_server.accepted["desk@example.org"]) == (0, 1)
    assert "(fr) was never tested" in distribute("plan", "bridge.txt", "--to", "press", **environ).err
    assert distribute("test", "bridge.txt", "--address", "desk@example.org", "--to", "press", **environ).code == 0
    assert "was never tested" not in distribute("plan", "bridge.txt", "--to", "press", **environ).err


def test_a_provider_that_asks_for_a_pause_hides_no_copy_that_left(distribute: Command, postmark_server: Fake) -> None:
    environ = postmark_server.environ | OURS | {"EMAIL_PROVIDER": "postmark"}
    for status, times, standing in ((429, 1, ["rejected", "accepted"]), (401, 2, ["rejected", "rejected"])):
        postmark_server.faults.extend([(status, {}, b"{}")] * times)
        result = distribute("test", "bridge.txt", "--json", **environ)
        assert (result.code, [it["status"] for it in result.json["copies"]]) == (3, standing)
        assert postmark_server.accepted == {"Ada@Example.org": 1}


def test_a_required_test_is_asked_for_by_every_verb_that_sends(distribute: Command, workspace: Path) -> None:
    plan = distribute("plan", "bridge.txt", "--to", "press", "--json", **STRICT).json["plan"]
    for command in (
        ("send", "bridge.txt", "--to", "press", "--confirm", "5"),
        ("send", "--plan", plan, "--confirm", "5"),
    ):
        refused = distribute(*command)
        assert (refused.code, "was never tested through outbox" in refused.err) == (2, True), refused.err
        assert distribute(*command, "--dry-run").code == 0
    armed = distribute("plan", "bridge.txt", "--to", "press", "--armed", "--json").json["plan"]
    refused = distribute("release", armed, "--confirm", "5")
    assert (refused.code, "was never tested" in refused.err) == (2, True)
    assert distribute("run", "--until-idle").code == 0
    assert not list(workspace.glob("outbox/*"))
    assert distribute("test", "bridge.txt", "--to", "press").code == 0
    assert distribute("send", "--plan", plan, "--confirm", "5").code == 0


def test_an_edited_release_was_not_tested(distribute: Command, workspace: Path) -> None:
    assert distribute("test", "bridge.txt", "--to", "press", **STRICT).code == 0
    (workspace / "bridge.txt").write_text(RELEASE.replace("until the spring", "until the summer"))
    refused = distribute("send", "bridge.txt", "--to", "press", "--confirm", "5")
    assert (refused.code, "or was changed since" in refused.err) == (2, True)


def test_an_approval_and_a_test_may_both_be_required(distribute: Command) -> None:
    environ = STRICT | {"REQUIRE_APPROVAL": "1", "DISTRIBUTE_USER": "Ada Moreau"}
    plan = distribute("plan", "bridge.txt", "--to", "press", "--json", **environ).json["plan"]
    assert distribute("test", "bridge.txt", "--to", "press").code == 0
    assert "is not approved" in distribute("send", "--plan", plan, "--confirm", "5").err
    assert distribute("approve", plan, "--by", "Ben Okoro").code == 0
    assert distribute("send", "--plan", plan, "--confirm", "5").code == 0


def test_doctor_says_that_nobody_could_be_written_to(distribute: Command) -> None:
    examined = distribute("doctor", "--offline", REQUIRE_TEST="1")
    assert "REQUIRE_TEST is set, and TEST_ADDRESSES names nobody" in examined.out
