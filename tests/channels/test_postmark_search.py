from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from distribute.channels.base import Provider
from distribute.domain.content import Accepted, Message
from distribute.errors import BatchRefused, TryLater, Unauthorised
from tests.channels.conftest import FakePostmark, make_letter, make_message, make_sought
from tests.channels.request import Request


@pytest.fixture
def postmark(postmark_server: FakePostmark, live: Callable[..., Provider[Any]]) -> Provider[Any]:
    return live("postmark", postmark_server.environ)


@pytest.fixture
def messages() -> list[Message]:
    return [make_message(number) for number in range(1, 4)]


def submit(provider: Provider[Any], messages: list[Message]) -> Any:
    return provider.submit(Request(provider.freeze(messages), [message.key for message in messages]))


def sought(messages: list[Message]) -> list[Any]:
    return [make_sought(message) for message in messages]


def test_what_was_taken_is_found_under_the_same_name(
    postmark: Provider[Any], postmark_server: FakePostmark, messages: list[Message]
) -> None:
    told = submit(postmark, messages[:2])
    assert postmark.look_up(sought(messages)) == told
    assert postmark_server.accepted.total() == 2


def test_nothing_is_known_before_the_search_has_caught_up(
    postmark: Provider[Any], postmark_server: FakePostmark, messages: list[Message]
) -> None:
    postmark_server.memory.is_behind = True
    told = submit(postmark, messages)
    assert postmark.look_up(sought(messages)) == {}
    postmark_server.memory.catch_up()
    assert postmark.look_up(sought(messages)) == told


def test_another_release_to_the_same_people_is_not_ours(postmark: Provider[Any], messages: list[Message]) -> None:
    earlier = [make_message(9, make_letter(release="another"), recipient=message.recipient) for message in messages]
    submit(postmark, earlier[:1])
    assert postmark.look_up(sought(messages)) == {}


def test_the_stream_that_was_sent_through_is_searched(
    postmark_server: FakePostmark, live: Callable[..., Provider[Any]], messages: list[Message]
) -> None:
    provider = live("postmark", postmark_server.environ | {"POSTMARK_MESSAGE_STREAM": "press & more"})
    told = submit(provider, messages)
    assert provider.look_up(sought(messages)) == told
    assert live("postmark", postmark_server.environ).look_up(sought(messages)) == {}


def test_a_refused_recipient_has_no_message_to_be_found(
    postmark: Provider[Any], postmark_server: FakePostmark, messages: list[Message]
) -> None:
    postmark_server.inactive.add(messages[0].recipient.email)
    submit(postmark, messages)
    assert list(postmark.look_up(sought(messages))) == [message.key for message in messages[1:]]


def test_each_key_is_one_small_question(
    postmark: Provider[Any], postmark_server: FakePostmark, messages: list[Message]
) -> None:
    postmark.look_up(sought(messages))
    asked = [parse_qs(urlsplit(path).query) for path in postmark_server.memory.questions]
    assert asked == [
        {"count": ["10"], "offset": ["0"], "messagestream": ["broadcast"], "metadata_delivery": [message.key]}
        for message in messages
    ]


@pytest.mark.parametrize(
    "rows",
    [
        [{"MessageID": "pm-other", "Metadata": {"delivery": "f" * 32}}, {"MessageID": "pm-none", "Metadata": {}}],
        [{"MessageID": "pm-old"}, None, "message", {"Metadata": "delivery"}],
        None,
        {"MessageID": "pm"},
    ],
    ids=["other keys", "no keys", "nothing", "no list"],
)
def test_an_answer_without_our_key_is_no_find(
    rows: Any, postmark: Provider[Any], postmark_server: FakePostmark, messages: list[Message]
) -> None:
    """As from a server that does not know the filter and lists everything."""
    postmark_server.faults.append((200, {}, json.dumps({"TotalCount": 2, "Messages": rows}).encode()))
    assert postmark.look_up(sought(messages[:1])) == {}


@pytest.mark.parametrize("body", [b"<html>Sign in</html>", b"[]", b""])
def test_an_answer_that_is_no_search_is_asked_for_again(
    body: bytes, postmark: Provider[Any], postmark_server: FakePostmark, messages: list[Message]
) -> None:
    postmark_server.faults.append((200, {}, body))
    with pytest.raises(TryLater, match="can be asked again"):
        postmark.look_up(sought(messages))


def test_a_wrong_token_cannot_ask(
    postmark_server: FakePostmark, live: Callable[..., Provider[Any]], messages: list[Message]
) -> None:
    provider = live("postmark", postmark_server.environ | {"POSTMARK_SERVER_TOKEN": "pm-other-9"})
    with pytest.raises(Unauthorised, match="Check POSTMARK_SERVER_TOKEN"):
        provider.look_up(sought(messages))


def test_a_search_postmark_cannot_read_is_said_to_be_refused(
    postmark: Provider[Any], postmark_server: FakePostmark, messages: list[Message]
) -> None:
    postmark_server.faults.append((422, {}, b'{"ErrorCode": 300, "Message": "One metadata field"}'))
    with pytest.raises(BatchRefused, match="One metadata field"):
        postmark.look_up(sought(messages))


def test_five_hundred_can_be_asked_for(postmark: Provider[Any], postmark_server: FakePostmark) -> None:
    everyone = [make_message(number) for number in range(1, 501)]
    submit(postmark, everyone[400:])
    assert set(postmark.look_up(sought(everyone))) == {message.key for message in everyone[400:]}


def test_who_is_not_sought_is_not_told_of(postmark: Provider[Any], messages: list[Message]) -> None:
    told = submit(postmark, messages)
    asked = dataclasses.replace(make_sought(messages[1]), recipient="moved@example.com")
    assert postmark.look_up([asked]) == {asked.key: Accepted(provider_id=told[asked.key].provider_id)}


# ---- what became of it


def delivered(**more: Any) -> Any:
    return {"Recipient": "", "Type": "Delivered", "ReceivedAt": "2026-11-24T07:01:02-05:00", "Details": {}, **more}


def test_what_became_of_a_message_is_told_with_the_find(
    postmark: Provider[Any], postmark_server: FakePostmark, messages: list[Message]
) -> None:
    submit(postmark, messages)
    postmark_server.memory.events["pm-person2@example.com"] = [delivered(Type="Transient"), delivered()]
    found = [it for it in postmark.look_up(sought(messages)).values() if isinstance(it, Accepted)]
    assert [[event.kind for event in it.events] for it in found] == [[], ["deferred", "delivered"], []]
    assert {event.key for event in found[1].events} == {messages[1].key}
    assert "/messages/outbound/pm-person2%40example.com/details" in postmark_server.memory.questions


@pytest.mark.parametrize("answer", [(429, {}, b"{}"), (404, {}, b"{}"), (500, {}, b""), (200, {}, b"[]")])
def test_what_was_found_holds_without_its_details(
    answer: Any, postmark: Provider[Any], postmark_server: FakePostmark, messages: list[Message], monkeypatch: Any
) -> None:
    told = submit(postmark, messages)
    plain = FakePostmark.answer

    def refusing(self: FakePostmark, method: str, path: str, *more: Any) -> Any:
        return answer if path.endswith("/details") else plain(self, method, path, *more)

    monkeypatch.setattr(FakePostmark, "answer", refusing)
    assert postmark.look_up(sought(messages)) == told
