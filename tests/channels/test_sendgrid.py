from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from distribute.channels import PROVIDERS, open_provider
from distribute.channels.base import Provider
from distribute.channels.transport import RehearsalWire
from distribute.domain.content import Accepted, Address, Letter, Message, Slotted
from distribute.errors import BatchRefused, PlanError, Unauthorised, Uncertain
from tests.channels.request import Request


@pytest.fixture
def sendgrid(sendgrid_server: Any, live: Callable[..., Provider[Any]]) -> Provider[Any]:
    return live("sendgrid", sendgrid_server.environ)


@pytest.fixture
def messages(message: Callable[..., Message], letter: Callable[..., Letter]) -> list[Message]:
    shared = letter()
    return [message(number, shared) for number in range(1, 4)]


def submit(provider: Provider[Any], messages: list[Message]) -> Any:
    return provider.submit(Request(provider.freeze(messages), [message.key for message in messages]))


def test_one_request_gives_each_recipient_their_own_message(
    sendgrid: Provider[Any], sendgrid_server: Any, messages: list[Message]
) -> None:
    outcomes = submit(sendgrid, messages)
    assert sendgrid_server.calls == 1
    assert sendgrid_server.accepted == {message.recipient.email: 1 for message in messages}
    assert outcomes == {m.key: Accepted(provider_id="sg-1") for m in messages}
    for message in messages:
        received = sendgrid_server.received[message.recipient.email]
        assert received["text/plain"] == message.text
        assert received["text/html"] == message.html
        assert received["List-Unsubscribe"] == dict(message.headers)["List-Unsubscribe"]
        assert received["delivery"] == message.key


def test_the_letter_travels_once_and_untracked(sendgrid: Provider[Any], messages: list[Message]) -> None:
    mail = json.loads(sendgrid.freeze(messages))
    assert mail["tracking_settings"] == {
        "click_tracking": {"enable": False, "enable_text": False},
        "open_tracking": {"enable": False},
        "subscription_tracking": {"enable": False},
    }
    assert [part["type"] for part in mail["content"]] == ["text/plain", "text/html"]
    assert mail["categories"] == ["belarus-police"]
    assert mail["reply_to"] == {"email": "desk@example.org"}


def test_names_lose_what_sendgrid_refuses(
    sendgrid: Provider[Any], sendgrid_server: Any, message: Callable[..., Message]
) -> None:
    item = message(1, recipient=Address("Berg, Anna; Reuters", "anna@example.com"))
    submit(sendgrid, [item])
    mail = json.loads(sendgrid.freeze([item]))
    assert mail["personalizations"][0]["to"] == [{"email": "anna@example.com", "name": "Berg Anna Reuters"}]
    assert mail["from"] == {"email": "press@example.org", "name": "Équipe médias Example"}
    assert sendgrid_server.accepted["anna@example.com"] == 1


@settings(deadline=None, max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(values=st.fixed_dictionaries({"first_name": st.text(max_size=40), "token": st.text("-.abct", max_size=20)}))
def test_whatever_a_field_holds_both_parts_come_out_as_planned(
    values: dict[str, str], message: Callable[..., Message], letter: Callable[..., Letter], environ: dict[str, str]
) -> None:
    item = message(1, letter(headers=()), values=values)
    provider = open_provider("sendgrid", environ, RehearsalWire())
    mail = json.loads(provider.freeze([item]))
    filled = [part["value"] for part in mail["content"]]
    for tag, value in mail["personalizations"][0]["substitutions"].items():
        filled = [text.replace(tag, value) for text in filled]
    assert filled == [item.text, item.html]


def test_a_batch_of_two_letters_is_refused_at_planning(
    sendgrid: Provider[Any], message: Callable[..., Message], letter: Callable[..., Letter]
) -> None:
    with pytest.raises(PlanError, match="letter by letter"):
        sendgrid.freeze([message(1, letter()), message(2, letter(subject="Autre", variant="fr"))])


def test_fields_beyond_the_limit_never_leave(sendgrid: Provider[Any], message: Callable[..., Message]) -> None:
    with pytest.raises(PlanError, match=r"person1@example\.com exceed the 10,000 bytes"):
        sendgrid.freeze([message(1, values={"first_name": "é" * 3000, "token": "t"})])


def test_a_header_sendgrid_keeps_for_itself_is_refused(
    sendgrid: Provider[Any], message: Callable[..., Message], letter: Callable[..., Letter]
) -> None:
    with pytest.raises(PlanError, match="reply-to"):
        sendgrid.freeze([message(1, letter(headers=(("Reply-To", Slotted(("x@example.org",))),)))])


def test_a_refusal_says_which_recipient_it_was_about(
    sendgrid: Provider[Any], sendgrid_server: Any, message: Callable[..., Message], letter: Callable[..., Letter]
) -> None:
    shared = letter()
    bad = message(2, shared, recipient=Address("", "anna@localhost"))
    with pytest.raises(BatchRefused, match=r"personalizations\.1\.to\.0\.email: Does not contain a valid address"):
        submit(sendgrid, [message(1, shared), bad])
    assert not sendgrid_server.accepted


def test_the_same_address_twice_is_refused_as_a_whole(
    sendgrid: Provider[Any], sendgrid_server: Any, message: Callable[..., Message], letter: Callable[..., Letter]
) -> None:
    shared = letter()
    twice = [message(1, shared), message(2, shared, recipient=Address("", "person1@example.com"))]
    with pytest.raises(BatchRefused, match="only be included once"):
        submit(sendgrid, twice)
    assert not sendgrid_server.accepted


@pytest.mark.parametrize("status", [200, 201, 204])
def test_only_202_means_accepted(
    status: int, sendgrid: Provider[Any], sendgrid_server: Any, messages: list[Message]
) -> None:
    sendgrid_server.faults.append((status, {}, b""))
    with pytest.raises(Uncertain, match=f"{status} instead of 202"):
        submit(sendgrid, messages)


def test_an_acceptance_without_a_name_is_still_one(
    sendgrid: Provider[Any], sendgrid_server: Any, messages: list[Message]
) -> None:
    sendgrid_server.faults.append((202, {}, b""))
    assert set(submit(sendgrid, messages).values()) == {Accepted(provider_id="")}


def test_a_wrong_key_holds_the_plan(
    sendgrid_server: Any, live: Callable[..., Provider[Any]], messages: list[Message]
) -> None:
    provider = live("sendgrid", sendgrid_server.environ | {"SENDGRID_API_KEY": "SG.other-9"})
    with pytest.raises(Unauthorised, match="Check SENDGRID_API_KEY"):
        submit(provider, messages)
    assert not sendgrid_server.accepted


def test_the_account_is_its_region(environ: dict[str, str]) -> None:
    environ["SENDGRID_API_URL"] = "https://api.eu.sendgrid.com/"
    assert open_provider("sendgrid", environ, RehearsalWire()).account == "api.eu.sendgrid.com"
    assert PROVIDERS["sendgrid"].batch_size == 100
