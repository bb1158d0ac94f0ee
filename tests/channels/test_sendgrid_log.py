from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from distribute.channels import sendgrid_log
from distribute.channels.base import Provider
from distribute.domain.content import Accepted, Address, Event, EventKind, Message, Outcome, Rejected, Sought
from distribute.errors import TryLater, Unauthorised
from tests.channels.asked import NOON, BadQuestion, SendGridMemory
from tests.channels.conftest import FakeSendGrid, make_letter, make_message, make_sought
from tests.channels.request import Request


@pytest.fixture
def sendgrid(sendgrid_server: FakeSendGrid, live: Callable[..., Provider[Any]]) -> Provider[Any]:
    return live("sendgrid", sendgrid_server.environ)


@pytest.fixture
def messages() -> list[Message]:
    letter = make_letter()
    return [make_message(number, letter) for number in range(1, 4)]


def submit(provider: Provider[Any], messages: list[Message]) -> None:
    provider.submit(Request(provider.freeze(messages), [message.key for message in messages]))


def sought(messages: list[Message]) -> list[Sought]:
    return [make_sought(message) for message in messages]


def accepted(server: FakeSendGrid, messages: list[Message]) -> dict[str, Outcome]:
    names = {row["custom_args"]["delivery"]: row["sg_message_id"] for row in server.memory.rows}
    return {message.key: Accepted(provider_id=names[message.key]) for message in messages}


def test_what_was_taken_is_found(
    sendgrid: Provider[Any], sendgrid_server: FakeSendGrid, messages: list[Message]
) -> None:
    submit(sendgrid, messages[:2])
    assert sendgrid.look_up(sought(messages)) == accepted(sendgrid_server, messages[:2])
    assert sendgrid_server.accepted.total() == 2


def test_nothing_is_known_before_the_log_has_caught_up(
    sendgrid: Provider[Any], sendgrid_server: FakeSendGrid, messages: list[Message]
) -> None:
    sendgrid_server.memory.is_behind = True
    submit(sendgrid, messages)
    assert sendgrid.look_up(sought(messages)) == {}
    sendgrid_server.memory.catch_up()
    assert sendgrid.look_up(sought(messages)) == accepted(sendgrid_server, messages)


def test_another_edition_or_release_to_the_same_people_is_not_ours(
    sendgrid: Provider[Any], sendgrid_server: FakeSendGrid, messages: list[Message]
) -> None:
    """Same release and recipient, another key; same recipient, another release."""
    for number, release in enumerate(["belarus-police", "another"], 7):
        submit(sendgrid, [make_message(number, make_letter(release=release), recipient=messages[0].recipient)])
    assert sendgrid.look_up(sought(messages)) == {}
    assert sendgrid.look_up(sought(messages[:1])) == {}


@pytest.mark.parametrize("status", ["processed", "delivered", "deferred", "bounced", "blocked"])
def test_whatever_became_of_it_later_it_was_taken(
    status: str, sendgrid: Provider[Any], sendgrid_server: FakeSendGrid, messages: list[Message]
) -> None:
    submit(sendgrid, messages)
    sendgrid_server.memory.rows[0]["status"] = status
    assert isinstance(sendgrid.look_up(sought(messages))[messages[0].key], Accepted)


@pytest.mark.parametrize(("given", "told"), [("Bounced\n Address", "Bounced Address"), ("", "without a reason")])
def test_what_sendgrid_dropped_is_rejected_in_its_words(
    given: str, told: str, sendgrid: Provider[Any], sendgrid_server: FakeSendGrid, messages: list[Message]
) -> None:
    submit(sendgrid, messages)
    sendgrid_server.memory.rows[1] |= {"status": "dropped", "reason": given}
    found = sendgrid.look_up(sought(messages))
    assert found[messages[1].key] == Rejected(reason=f"SendGrid dropped it: {told}")
    assert [type(found[message.key]) for message in messages] == [Accepted, Rejected, Accepted]


def test_one_that_was_dropped_and_sent_was_sent(
    sendgrid: Provider[Any], sendgrid_server: FakeSendGrid, messages: list[Message]
) -> None:
    submit(sendgrid, messages)
    [first, *_] = sendgrid_server.memory.rows
    sendgrid_server.memory.keep(first | {"sg_message_id": "sg-9", "status": "dropped"})
    assert sendgrid.look_up(sought(messages[:1])) == {messages[0].key: Accepted(provider_id=first["sg_message_id"])}


def test_what_became_of_a_message_is_told_with_the_find(
    sendgrid: Provider[Any], sendgrid_server: FakeSendGrid, messages: list[Message]
) -> None:
    submit(sendgrid, messages)
    name = sendgrid_server.memory.rows[1]["sg_message_id"]
    event = {"event": "delivered", "sg_event_id": "e1", "timestamp": int(NOON.timestamp()), "response": "250 OK"}
    sendgrid_server.memory.events[name] = [event | {"event": "open", "sg_event_id": "e2"}, event]
    found = sendgrid.look_up(sought(messages))
    told = Event(key=messages[1].key, kind=EventKind.DELIVERED, at=NOON, id="e1", detail="250 OK", provider_id=name)
    assert found[messages[1].key] == Accepted(provider_id=name, events=(told,))
    assert found[messages[0].key] == accepted(sendgrid_server, messages)[messages[0].key]


# ---- few requests


def test_a_batch_is_listed_once_and_only_its_own_messages_are_opened(
    sendgrid: Provider[Any], sendgrid_server: FakeSendGrid, messages: list[Message]
) -> None:
    submit(sendgrid, [*messages[:2], *(make_message(number, messages[0].letter) for number in range(10, 20))])
    sendgrid.look_up(sought(messages))
    lists, names = sendgrid_server.memory.questions[:1], sendgrid_server.memory.questions[1:]
    assert lists == [
        "categories IN ('belarus-police') AND sg_message_id_created_at >= TIMESTAMP \"2026-11-24T11:00:00Z\""
    ]
    assert names == [row["sg_message_id"] for row in sendgrid_server.memory.rows[:2]]


def test_a_single_recipient_is_asked_for_by_address(
    sendgrid: Provider[Any], sendgrid_server: FakeSendGrid, messages: list[Message]
) -> None:
    submit(sendgrid, messages)
    assert sendgrid.look_up(sought(messages[:1])) == accepted(sendgrid_server, messages[:1])
    assert sendgrid_server.memory.questions[0] == (
        'to_email = "person1@example.com" AND sg_message_id_created_at >= TIMESTAMP "2026-11-24T11:00:00Z"'
    )


def test_a_release_too_long_to_list_is_asked_for_by_recipient(
    sendgrid: Provider[Any],
    sendgrid_server: FakeSendGrid,
    messages: list[Message],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The newest come first, so later batches push ours out of the only page there is."""
    monkeypatch.setattr(sendgrid_log, "ROWS", 5)
    submit(sendgrid, messages)
    submit(sendgrid, [make_message(number, messages[0].letter) for number in range(10, 20)])
    assert sendgrid.look_up(sought(messages)) == accepted(sendgrid_server, messages)
    assert [query.split()[0] for query in sendgrid_server.memory.questions if " " in query] == ["categories"] + [
        "to_email"
    ] * 3


def test_a_limit_of_requests_leaves_what_was_found_before_it(
    sendgrid: Provider[Any], sendgrid_server: FakeSendGrid, messages: list[Message], monkeypatch: pytest.MonkeyPatch
) -> None:
    submit(sendgrid, messages)
    answer = FakeSendGrid.answer

    def limited(self: FakeSendGrid, *request: Any) -> Any:
        if len(self.memory.questions) >= 3:
            return 429, {"X-RateLimit-Reset": "7"}, b'{"errors": [{"message": "too many requests"}]}'
        return answer(self, *request)

    monkeypatch.setattr(FakeSendGrid, "answer", limited)
    assert sendgrid.look_up(sought(messages)) == accepted(sendgrid_server, messages[:2])
    with pytest.raises(TryLater, match="too many requests"):
        sendgrid.look_up(sought(messages[2:]))


# ---- what is asked


def test_each_release_is_listed_since_its_own_first_request(
    sendgrid: Provider[Any], sendgrid_server: FakeSendGrid, messages: list[Message]
) -> None:
    other = [make_message(number, make_letter(release="another")) for number in (4, 5)]
    late = [make_sought(message, NOON + timedelta(days=2)) for message in other]
    submit(sendgrid, messages)
    submit(sendgrid, other)
    assert sendgrid.look_up([*sought(messages), *late]) == accepted(sendgrid_server, messages)


def test_a_release_is_listed_since_the_earliest_request_sought(
    sendgrid: Provider[Any], sendgrid_server: FakeSendGrid, messages: list[Message]
) -> None:
    submit(sendgrid, messages[:1])
    sendgrid_server.memory.now += timedelta(hours=5)
    submit(sendgrid, messages[1:])
    asked = [make_sought(messages[0]), *(make_sought(each, sendgrid_server.memory.now) for each in messages[1:])]
    assert sendgrid.look_up(asked[::-1]) == accepted(sendgrid_server, messages)


def test_any_name_sendgrid_gives_a_message_can_be_opened(
    sendgrid: Provider[Any], sendgrid_server: FakeSendGrid, messages: list[Message]
) -> None:
    submit(sendgrid, messages[:1])
    sendgrid_server.memory.rows[0]["sg_message_id"] = "a/../b c?subuser=1#.recvd%2F0"
    assert sendgrid.look_up(sought(messages[:1])) == accepted(sendgrid_server, messages[:1])


def test_a_clock_that_is_ahead_hides_nothing(
    sendgrid: Provider[Any], sendgrid_server: FakeSendGrid, messages: list[Message]
) -> None:
    submit(sendgrid, messages)
    asked = [make_sought(message, NOON + timedelta(minutes=59)) for message in messages]
    assert sendgrid.look_up(asked) == accepted(sendgrid_server, messages)


@pytest.mark.parametrize("address", ["o'hara@example.com", "Ada.Moreau@Example.com", "ada+press@example.com"])
@pytest.mark.parametrize("lowers", [True, False])
def test_every_address_a_letter_can_go_to_can_be_asked_for(
    address: str, lowers: bool, sendgrid: Provider[Any], sendgrid_server: FakeSendGrid
) -> None:
    message = make_message(1, recipient=Address("", address.replace("Example", "example")))
    submit(sendgrid, [message])
    if lowers:
        sendgrid_server.memory.rows[0]["to_email"] = message.recipient.email.lower()
    assert sendgrid.look_up(sought([message])) == accepted(sendgrid_server, [message])


@pytest.mark.parametrize(
    "address", ['a" AND status IN ("delivered', "a' OR 1=1@example.com", "a\\@example.com", '"a b"@example.com', ""]
)
def test_what_is_no_address_is_never_put_into_a_question(
    address: str, sendgrid: Provider[Any], sendgrid_server: FakeSendGrid, messages: list[Message]
) -> None:
    asked = dataclasses.replace(make_sought(messages[0]), recipient=address)
    assert sendgrid.look_up([asked]) == {}
    assert sendgrid_server.memory.questions == []


def test_a_domain_beyond_ascii_is_asked_for_as_it_was_handed_over(
    sendgrid: Provider[Any], sendgrid_server: FakeSendGrid
) -> None:
    message = make_message(1, recipient=Address("", "ada@büro.example"))
    submit(sendgrid, [message])
    assert sendgrid.look_up(sought([message])) == accepted(sendgrid_server, [message])


@pytest.mark.parametrize("release", ["", "it's", 'a"b', "x') OR ('", "-".join(["long"] * 90)])
def test_any_name_of_a_release_makes_a_question_sendgrid_can_read(
    release: str, sendgrid: Provider[Any], sendgrid_server: FakeSendGrid
) -> None:
    letter = make_letter(release=release)
    messages = [make_message(number, letter) for number in (1, 2)]
    submit(sendgrid, messages)
    assert sendgrid.look_up(sought(messages)) == accepted(sendgrid_server, messages)


@pytest.mark.parametrize(
    "query",
    [
        "",
        "to_email = a@example.com",
        "to_email LIKE 'a'",
        "to_email = 'o'hara@example.com'",
        "categories = 'x'",
        "(to_email = 'a')",
        "to_email = 'a' AND",
        "to_email = 'a' OR to_email = 'b'",
        'sg_message_id_created_at >= "2026-11-24T11:00:00Z"',
    ],
)
def test_the_fake_refuses_what_the_grammar_does_not_have(query: str) -> None:
    with pytest.raises(BadQuestion):
        SendGridMemory().listing({"query": query})


# ---- answers that prove nothing


def test_a_message_that_is_gone_when_it_is_opened_is_not_known(
    sendgrid: Provider[Any], sendgrid_server: FakeSendGrid, messages: list[Message], monkeypatch: pytest.MonkeyPatch
) -> None:
    submit(sendgrid, messages)
    monkeypatch.setattr(sendgrid_server.memory, "detail", lambda _name: None)
    assert sendgrid.look_up(sought(messages)) == {}


@pytest.mark.parametrize("arguments", [None, {}, "delivery", {"delivery": "f" * 32}, {"other": "0" * 31 + "1"}])
def test_without_our_key_a_message_is_not_ours(
    arguments: Any, sendgrid: Provider[Any], sendgrid_server: FakeSendGrid, messages: list[Message]
) -> None:
    submit(sendgrid, messages[:1])
    sendgrid_server.memory.rows[0]["custom_args"] = arguments
    assert sendgrid.look_up(sought(messages[:1])) == {}


@pytest.mark.parametrize("content", [{}, {"messages": None}, {"messages": ["x", {"to_email": "person1@example.com"}]}])
def test_a_list_of_another_shape_holds_nothing(
    content: Any, sendgrid: Provider[Any], sendgrid_server: FakeSendGrid, messages: list[Message]
) -> None:
    sendgrid_server.faults.append((200, {}, json.dumps(content).encode()))
    assert sendgrid.look_up(sought(messages[:1])) == {}


def test_a_key_that_may_only_send_is_told_what_it_lacks(
    sendgrid: Provider[Any], sendgrid_server: FakeSendGrid, messages: list[Message]
) -> None:
    sendgrid_server.may_read_logs = False
    with pytest.raises(Unauthorised, match=r"Check that SENDGRID_API_KEY may read Email Logs"):
        sendgrid.look_up(sought(messages))
    submit(sendgrid, messages)
    assert sendgrid_server.accepted.total() == 3


def test_an_address_without_the_log_is_a_wrong_address(
    sendgrid: Provider[Any], sendgrid_server: FakeSendGrid, messages: list[Message]
) -> None:
    sendgrid_server.faults.append((404, {}, b'{"errors": [{"message": "not found"}]}'))
    with pytest.raises(Unauthorised, match="SENDGRID_API_URL"):
        sendgrid.look_up(sought(messages))
