"""``resolve``: lists what is uncertain, makes again what may be made again, takes a person's word and no other."""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from typing import Any

import pytest

from tests.channels.conftest import Fake, FakeSendGrid
from tests.cli.conftest import Command

BAD_GATEWAY = (502, {"Content-Type": "text/html"}, b"<h1>Bad gateway</h1>")


@pytest.fixture
def doubtful(distribute: Command, sendgrid_server: Fake, monkeypatch: pytest.MonkeyPatch) -> str:
    """A plan of five in two letters (French three, English two), of which the first answer was a 502."""
    for name, value in (sendgrid_server.environ | {"EMAIL_PROVIDER": "sendgrid"}).items():
        monkeypatch.setenv(name, value)
    sendgrid_server.faults.append(BAD_GATEWAY)
    result = distribute("send", "bridge.txt", "--to", "press", "--confirm", "5", "--json")
    assert result.code == 3
    return str(result.json["plan"])


def uncertain(distribute: Command, plan: str) -> dict[str, str]:
    """The uncertain recipients, with their keys."""
    rows = distribute("report", plan, "--json").json["deliveries"]
    return {row["recipient"]: row["key"] for row in rows if row["status"] == "uncertain"}


def row_of(distribute: Command, plan: str, recipient: str) -> Any:
    rows = distribute("report", plan, "--json").json["deliveries"]
    return next(row for row in rows if row["recipient"] == recipient)


def test_it_lists_who_is_uncertain_why_and_what_to_do(distribute: Command, doubtful: str) -> None:
    names = uncertain(distribute, doubtful)
    result = distribute("resolve", doubtful)
    assert result.code == 3
    assert all(f"{key}  email     {recipient}" in result.out for recipient, key in names.items())
    assert "answered 502" in result.out
    assert f"distribute resolve {doubtful} --retry KEY" in result.out
    asked = distribute("resolve", doubtful, "--json")
    assert asked.code == 3
    assert {row["recipient"]: row["key"] for row in asked.json["uncertain"]} == names


def test_a_persons_word_settles_and_says_whose_it_is(distribute: Command, doubtful: str) -> None:
    names = uncertain(distribute, doubtful)
    recipient, key = names.popitem()
    assert distribute("resolve", doubtful, "--accepted", key).code == 3
    assert uncertain(distribute, doubtful) == names
    row = row_of(distribute, doubtful, recipient)
    assert row["status"] == "accepted"
    assert row["reason"].startswith("a person said so at ")


def test_what_did_not_arrive_is_sent_again_and_once(distribute: Command, doubtful: str, sendgrid_server: Fake) -> None:
    recipient, key = uncertain(distribute, doubtful).popitem()
    assert recipient not in sendgrid_server.accepted
    distribute("resolve", doubtful, "--retry", key)
    assert distribute("run", "--until-idle").code == 3
    assert row_of(distribute, doubtful, recipient)["status"] == "accepted"
    assert sendgrid_server.accepted[recipient] == 1


def test_whose_word_it_was_stands_in_the_journal(distribute: Command, doubtful: str) -> None:
    first, *others = uncertain(distribute, doubtful).values()
    distribute("resolve", doubtful, "--accepted", first, "--by", "Ada")
    distribute("resolve", doubtful, *(word for key in others for word in ("--retry", key)), "--by", "Ben")
    decided = distribute("status", doubtful, "--json").json["decisions"]
    assert [(it["deed"], it["by"], it["detail"]) for it in decided[-2:]] == [
        ("resolved", "Ada", {"said": "it arrived", "deliveries": 1}),
        ("resolved", "Ben", {"said": "it did not arrive", "deliveries": len(others)}),
    ]


def test_all_of_them_can_be_named_at_once(distribute: Command, doubtful: str, sendgrid_server: Fake) -> None:
    result = distribute("resolve", doubtful, "--retry", "all")
    assert (result.code, "Nothing is uncertain." in result.out) == (0, True)
    assert distribute("run", "--until-idle").code == 0
    assert set(sendgrid_server.accepted.values()) == {1}
    assert len(sendgrid_server.accepted) == 5
    assert distribute("status", doubtful, "--json").json["state"] == "done"


@pytest.mark.parametrize("options", [("--accepted", "0123"), ("--accepted", "all", "--retry", "all")])
def test_a_word_that_makes_no_sense_changes_nothing(
    distribute: Command, doubtful: str, options: tuple[str, ...]
) -> None:
    names = uncertain(distribute, doubtful)
    result = distribute("resolve", doubtful, *options)
    assert result.code == 2
    assert uncertain(distribute, doubtful) == names


def test_what_may_be_made_again_is_made_again_at_once(
    distribute: Command, resend_server: Fake, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in (resend_server.environ | {"EMAIL_PROVIDER": "resend"}).items():
        monkeypatch.setenv(name, value)
    resend_server.faults.extend([BAD_GATEWAY] * 2)
    monkeypatch.setattr("distribute.delivery.repeating.PAUSES", (timedelta(0), timedelta(minutes=1)))
    sent = distribute("send", "bridge.txt", "--to", "press", "--confirm", "5", "--json")
    assert sent.json["channels"][0]["statuses"]["uncertain"] > 0
    plan = sent.json["plan"]
    names = uncertain(distribute, plan)
    assert distribute("resolve", plan).code == 0
    assert {row_of(distribute, plan, recipient)["status"] for recipient in names} == {"accepted"}
    assert dict(resend_server.accepted) == dict.fromkeys(names, 1)


def test_what_became_of_it_is_told_with_the_look_up_and_stands_in_the_report(
    distribute: Command, sendgrid_server: FakeSendGrid, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in (sendgrid_server.environ | {"EMAIL_PROVIDER": "sendgrid"}).items():
        monkeypatch.setenv(name, value)
    plain = FakeSendGrid.answer

    def unheard(self: FakeSendGrid, method: str, path: str, *more: Any) -> Any:
        answer = plain(self, method, path, *more)
        return BAD_GATEWAY if path == "/v3/mail/send" else answer

    monkeypatch.setattr(FakeSendGrid, "answer", unheard)
    sent = distribute("send", "bridge.txt", "--to", "press", "--confirm", "5", "--json")
    assert sent.json["channels"][0]["statuses"]["uncertain"] == 5
    row = sendgrid_server.memory.rows[0]
    told = [("delivered", "250 OK", 120), ("deferred", "421 =later", 60)]
    sendgrid_server.memory.events[row["sg_message_id"]] = [
        {"event": kind, "sg_event_id": kind, "timestamp": 1_795_521_600 + after, "response": words}
        for kind, words, after in told
    ]
    plan = sent.json["plan"]
    assert distribute("resolve", plan).code == 0
    it = row_of(distribute, plan, row["to_email"])
    assert it["status"] == "accepted"
    assert [(event["kind"], event["at"], event["detail"]) for event in it["events"]] == [
        ("deferred", "2026-11-24T12:01:00Z", "421 =later"),
        ("delivered", "2026-11-24T12:02:00Z", "250 OK"),
    ]
    text = distribute("report", plan).out
    assert text.count("; delivered, 2026-11-24T12:02:00Z") == 1
    assert "deferred" not in text
    page = distribute("report", plan, "--format", "html").out
    assert page.count('class="status delivered">delivered</span>') == 1
    rows = list(csv.DictReader(io.StringIO(distribute("report", plan, "--format", "csv").out)))
    assert max((each["event"], each["event_at"]) for each in rows) == ("delivered", "2026-11-24T12:02:00Z")
    assert sum(each["event"] == "" for each in rows) == 4
