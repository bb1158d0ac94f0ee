from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from distribute.channels.base import Provider
from distribute.domain.content import Accepted, Address, Message, Rejected, Slotted, Unclear
from distribute.errors import BatchRefused, PlanError, Unauthorised, Uncertain
from tests.channels.request import Request


@pytest.fixture
def postmark(postmark_server: Any, live: Callable[..., Provider[Any]]) -> Provider[Any]:
    return live("postmark", postmark_server.environ)


@pytest.fixture
def messages(message: Callable[..., Message]) -> list[Message]:
    return [message(number) for number in range(1, 4)]


def submit(provider: Provider[Any], messages: list[Message]) -> Any:
    return provider.submit(Request(provider.freeze(messages), [message.key for message in messages]))


def test_each_recipient_gets_one_message_and_an_outcome(
    postmark: Provider[Any], postmark_server: Any, messages: list[Message]
) -> None:
    outcomes = submit(postmark, messages)
    assert postmark_server.accepted == {f"person{number}@example.com": 1 for number in (1, 2, 3)}
    assert outcomes == {message.key: Accepted(provider_id=f"pm-{message.recipient.email}") for message in messages}


def test_a_message_is_complete_untracked_and_findable(postmark: Provider[Any], messages: list[Message]) -> None:
    entry = json.loads(postmark.freeze(messages))[0]
    assert entry == {
        "From": '"Équipe médias, Example" <press@example.org>',
        "To": "Person 1 <person1@example.com>",
        "ReplyTo": "desk@example.org",
        "Subject": messages[0].letter.subject,
        "HtmlBody": "<p>Dear &lt;P&amp;1&gt;,</p><a href='https://example.org/u/token1'>Stop</a>",
        "TextBody": "Dear <P&1>,\n\nÀ tout de suite.\nhttps://example.org/u/token1\n",
        "Headers": [
            {"Name": "List-Unsubscribe", "Value": "<https://example.org/u/token1>, <mailto:stop@example.org>"},
            {"Name": "List-Unsubscribe-Post", "Value": "List-Unsubscribe=One-Click"},
        ],
        "Metadata": {"delivery": messages[0].key, "release": "belarus-police"},
        "Tag": "belarus-police",
        "MessageStream": "broadcast",
        "TrackOpens": False,
        "TrackLinks": "None",
    }


def test_the_stream_can_be_chosen(
    postmark_server: Any, live: Callable[..., Provider[Any]], messages: list[Message]
) -> None:
    provider = live("postmark", postmark_server.environ | {"POSTMARK_MESSAGE_STREAM": "releases"})
    assert json.loads(provider.freeze(messages))[0]["MessageStream"] == "releases"
    assert provider.account == "message stream releases"


def test_a_refused_recipient_does_not_stop_the_others(
    postmark: Provider[Any], postmark_server: Any, messages: list[Message]
) -> None:
    postmark_server.inactive.add("person2@example.com")
    outcomes = submit(postmark, messages)
    assert outcomes[messages[1].key] == Rejected(
        reason="Postmark (406): You tried to send to a recipient marked as inactive"
    )
    assert sum(postmark_server.accepted.values()) == 2


def test_recipients_an_answer_leaves_out_are_unclear(
    postmark: Provider[Any], postmark_server: Any, messages: list[Message]
) -> None:
    postmark_server.answers_only = 1
    outcomes = submit(postmark, messages)
    assert [type(outcomes[message.key]) for message in messages] == [Accepted, Unclear, Unclear]


def test_an_answer_of_another_shape_is_unclear_for_each(
    postmark: Provider[Any], postmark_server: Any, messages: list[Message]
) -> None:
    postmark_server.faults.append((200, {}, b'[{"Message": "OK"}, null, {"ErrorCode": "0"}]'))
    assert {type(outcome) for outcome in submit(postmark, messages).values()} == {Unclear}


@pytest.mark.parametrize("body", [b"<html>Sign in</html>", b"{}", b""])
def test_a_success_that_is_no_list_is_uncertain(
    body: bytes, postmark: Provider[Any], postmark_server: Any, messages: list[Message]
) -> None:
    postmark_server.faults.append((200, {}, body))
    with pytest.raises(Uncertain, match="not the list"):
        submit(postmark, messages)


@pytest.mark.parametrize("code", [400, 401, 405, 412, 413])
def test_an_account_refused_for_every_message_holds_the_plan(
    code: int, postmark: Provider[Any], postmark_server: Any, messages: list[Message]
) -> None:
    postmark_server.account_code = code
    with pytest.raises(Unauthorised, match=r"The sender is not confirmed\. Check POSTMARK_SERVER_TOKEN"):
        submit(postmark, messages)


def test_an_account_refused_for_the_request_holds_the_plan(
    postmark: Provider[Any], postmark_server: Any, messages: list[Message]
) -> None:
    postmark_server.faults.append((422, {}, b'{"ErrorCode": 412, "Message": "Account is pending"}'))
    with pytest.raises(Unauthorised, match="Account is pending"):
        submit(postmark, messages)


def test_a_request_that_does_not_fit_is_refused_in_postmarks_words(
    postmark: Provider[Any], postmark_server: Any
) -> None:
    with pytest.raises(BatchRefused, match="Unknown or missing field Colour"):
        postmark.submit(Request(json.dumps([{"Colour": "red"}]).encode(), ["k"]))
    assert not postmark_server.accepted


def test_a_wrong_token_holds_the_plan(
    postmark_server: Any, live: Callable[..., Provider[Any]], messages: list[Message]
) -> None:
    provider = live("postmark", postmark_server.environ | {"POSTMARK_SERVER_TOKEN": "pm-other-9"})
    with pytest.raises(Unauthorised, match="Check POSTMARK_SERVER_TOKEN") as caught:
        submit(provider, messages)
    assert "pm-other-9" not in str(caught.value)
    assert not postmark_server.accepted


def test_a_letter_beyond_the_limit_never_leaves(
    postmark: Provider[Any], message: Callable[..., Message], letter: Callable[..., Any]
) -> None:
    with pytest.raises(PlanError, match="10 MB"):
        postmark.freeze([message(1, letter(html=Slotted(("x" * 10_000_001,))))])


def test_a_second_address_in_one_field_is_refused(postmark: Provider[Any], message: Callable[..., Message]) -> None:
    with pytest.raises(PlanError, match="is not one e-mail address"):
        postmark.freeze([message(1, recipient=Address("", "a@example.com, b@example.com"))])
