from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest

from distribute.channels.base import Provider
from distribute.delivery.batch_rows import Claim
from distribute.delivery.desk import Desk, Turn
from distribute.delivery.repeating import take_up_orphans
from distribute.delivery.sending import send_batch
from distribute.domain.content import Accepted, Address, Message, Slotted, Unclear
from distribute.domain.plan import Plan
from distribute.errors import BatchRefused, PlanError, TryLater, Unauthorised, Uncertain
from tests.channels.request import Request
from tests.delivery import conftest as delivery
from tests.delivery.builders import NOON, FakeClock, planned, statuses
from tests.postgres import postgres  # noqa: F401  pytest finds fixtures by name

release, order, location, ledger = delivery.release, delivery.order, delivery.location, delivery.ledger


@pytest.fixture
def provider(resend_server: Any, live: Callable[..., Provider[Any]]) -> Provider[Any]:
    return live("resend", resend_server.environ)


@pytest.fixture
def messages(message: Callable[..., Message]) -> list[Message]:
    return [message(number) for number in range(1, 4)]


def submit(provider: Provider[Any], messages: list[Message]) -> Any:
    return provider.submit(Request(provider.freeze(messages), [message.key for message in messages]))


def error(status: int, name: str, headers: dict[str, str] | None = None) -> tuple[int, dict[str, str], bytes]:
    return status, headers or {}, json.dumps({"statusCode": status, "name": name, "message": f"It is {name}."}).encode()


def test_each_recipient_gets_one_message_and_an_outcome(
    provider: Provider[Any], resend_server: Any, messages: list[Message]
) -> None:
    outcomes = submit(provider, messages)
    assert resend_server.accepted == {f"person{number}@example.com": 1 for number in (1, 2, 3)}
    assert outcomes == {message.key: Accepted(provider_id=f"re-{message.recipient.email}") for message in messages}


def test_a_message_is_complete_and_findable(provider: Provider[Any], messages: list[Message]) -> None:
    entry = json.loads(provider.freeze(messages))[0]
    assert entry == {
        "from": '"Équipe médias, Example" <press@example.org>',
        "to": ["Person 1 <person1@example.com>"],
        "reply_to": "desk@example.org",
        "subject": messages[0].letter.subject,
        "html": "<p>Dear &lt;P&amp;1&gt;,</p><a href='https://example.org/u/token1'>Stop</a>",
        "text": "Dear <P&1>,\n\nÀ tout de suite.\nhttps://example.org/u/token1\n",
        "headers": {
            "List-Unsubscribe": "<https://example.org/u/token1>, <mailto:stop@example.org>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        },
        "tags": [{"name": "delivery", "value": messages[0].key}, {"name": "release", "value": "belarus-police"}],
    }


def test_the_headers_of_a_letter_travel_with_it(
    provider: Provider[Any], message: Callable[..., Message], letter: Callable[..., Any]
) -> None:
    fields = (("List-Id", Slotted(("<press.example.org>",))), ("Content-Language", Slotted(("fr",))))
    entry = json.loads(provider.freeze([message(1, letter(headers=fields, reply_to=None))]))[0]
    assert entry["headers"] == {"List-Id": "<press.example.org>", "Content-Language": "fr"}
    assert "reply_to" not in entry


@pytest.mark.parametrize("slug", ["été 2026: Zürich", "", "x" * 300])
def test_tags_hold_only_what_resend_takes(
    slug: str, provider: Provider[Any], resend_server: Any, message: Callable[..., Message], letter: Callable[..., Any]
) -> None:
    submit(provider, [message(1, letter(release=slug))])
    assert resend_server.accepted == {"person1@example.com": 1}


def test_the_same_bytes_are_sent_once_and_answered_alike(
    provider: Provider[Any], resend_server: Any, messages: list[Message]
) -> None:
    assert submit(provider, messages) == submit(provider, messages)
    assert resend_server.calls == 2
    assert set(resend_server.accepted.values()) == {1}
    (key,) = resend_server.kept
    assert key.startswith("distribute-")
    assert len(key) <= 256


def test_other_bytes_have_another_key(provider: Provider[Any], resend_server: Any, messages: list[Message]) -> None:
    submit(provider, messages[:1])
    submit(provider, messages[1:])
    assert len(resend_server.kept) == 2
    assert resend_server.accepted.total() == 3


def test_a_key_that_carried_other_bytes_is_for_a_person_to_look_into(
    provider: Provider[Any], resend_server: Any, messages: list[Message]
) -> None:
    submit(provider, messages)
    (key,) = resend_server.kept
    resend_server.kept[key] = b"[]", resend_server.kept[key][1]
    with pytest.raises(Uncertain, match="different request payload"):
        submit(provider, messages)
    assert set(resend_server.accepted.values()) == {1}


@pytest.mark.parametrize(
    ("headers", "pause"), [({}, 60), ({"retry-after": "3"}, 3), ({"ratelimit-reset": "2"}, 2)], ids=str
)
@pytest.mark.parametrize(
    "refusal", [(429, "rate_limit_exceeded"), (409, "concurrent_idempotent_requests")], ids=lambda it: it[1]
)
def test_a_request_that_did_nothing_may_be_repeated_after_a_pause(
    refusal: tuple[int, str],
    headers: dict[str, str],
    pause: float,
    provider: Provider[Any],
    resend_server: Any,
    messages: list[Message],
) -> None:
    resend_server.faults.append(error(*refusal, headers))
    with pytest.raises(TryLater, match=refusal[1]) as caught:
        submit(provider, messages)
    assert caught.value.after == pause


@pytest.mark.parametrize(
    ("status", "name"),
    [
        (401, "missing_api_key"),
        (403, "validation_error"),
        (422, "invalid_from_address"),
        (429, "daily_quota_exceeded"),
        (429, "monthly_quota_exceeded"),
        (451, "security_error"),
    ],
)
def test_what_is_true_of_every_message_holds_the_plan(
    status: int, name: str, provider: Provider[Any], resend_server: Any, messages: list[Message]
) -> None:
    resend_server.faults.append(error(status, name))
    with pytest.raises(Unauthorised, match=rf"It is {name}\)\. Check RESEND_API_KEY"):
        submit(provider, messages)


def test_a_failure_at_resend_proves_nothing(
    provider: Provider[Any], resend_server: Any, messages: list[Message]
) -> None:
    resend_server.faults.append(error(500, "application_error"))
    with pytest.raises(Uncertain, match="500"):
        submit(provider, messages)


def test_one_bad_address_refuses_the_request_and_nothing_is_sent(
    provider: Provider[Any], resend_server: Any, messages: list[Message], message: Callable[..., Message]
) -> None:
    with pytest.raises(BatchRefused, match="Invalid `to` field"):
        submit(provider, [*messages, message(4, recipient=Address("", "nobody@localhost"))])
    assert not resend_server.accepted


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b'[{"colour": "red"}]', "colour field is unknown"),
        (b"[]", "1 to 100"),
        (json.dumps([{}] * 101).encode(), "1 to 100"),
        (b'[{"from": "a@example.org", "to": ["a@example.com", "b@example.com"], "subject": "s"}]', "Invalid `to`"),
    ],
)
def test_a_request_that_does_not_fit_is_refused_in_resends_words(
    body: bytes, why: str, provider: Provider[Any], resend_server: Any
) -> None:
    with pytest.raises(BatchRefused, match=why):
        provider.submit(Request(body, ["k"]))
    assert not resend_server.accepted


def test_a_full_batch_fits(provider: Provider[Any], resend_server: Any, message: Callable[..., Message]) -> None:
    outcomes = submit(provider, [message(number) for number in range(provider.batch_size)])
    assert len(outcomes) == resend_server.accepted.total() == 100


def test_recipients_an_answer_leaves_out_are_unclear(
    provider: Provider[Any], resend_server: Any, messages: list[Message]
) -> None:
    resend_server.answers_only = 1
    outcomes = submit(provider, messages)
    assert [type(outcomes[message.key]) for message in messages] == [Accepted, Unclear, Unclear]


def test_an_answer_that_names_no_message_is_unclear_for_each(
    provider: Provider[Any], resend_server: Any, messages: list[Message]
) -> None:
    resend_server.faults.append((200, {}, b'{"data": [{"id": ""}, null, {"id": 7}]}'))
    assert {type(outcome) for outcome in submit(provider, messages).values()} == {Unclear}


@pytest.mark.parametrize("body", [b"<html>Sign in</html>", b"{}", b"", b"[]", b'{"data": {"id": "one"}}'])
def test_a_success_that_is_no_list_is_uncertain(
    body: bytes, provider: Provider[Any], resend_server: Any, messages: list[Message]
) -> None:
    resend_server.faults.append((200, {}, body))
    with pytest.raises(Uncertain, match="not the list"):
        submit(provider, messages)


def test_a_key_that_may_only_send_is_a_good_one(provider: Provider[Any], resend_server: Any) -> None:
    resend_server.is_restricted = True
    assert provider.probe()["Content-Type"] == "application/json"
    assert not resend_server.accepted


def test_a_letter_beyond_the_limit_never_leaves(
    provider: Provider[Any], message: Callable[..., Message], letter: Callable[..., Any]
) -> None:
    with pytest.raises(PlanError, match="40 MB"):
        provider.freeze([message(1, letter(html=Slotted(("x" * 40_000_001,))))])


def test_a_second_address_in_one_field_is_refused(provider: Provider[Any], message: Callable[..., Message]) -> None:
    with pytest.raises(PlanError, match="is not one e-mail address"):
        provider.freeze([message(1, recipient=Address("", "a@example.com, b@example.com"))])


@dataclass(frozen=True)
class Orphaned:
    """A plan of seven, claimed in one batch by a worker that died."""

    desk: Desk
    plan: Plan
    claim: Claim
    clock: FakeClock


@pytest.fixture
def orphaned(order: Any, ledger: Any, provider: Provider[Any]) -> Orphaned:
    plan, clock = planned(order, ledger), FakeClock(NOON)
    ledger.plans.begin(plan.id, NOON)
    claim = ledger.batches.claim(ledger.batches.next_claimable(None, NOON), NOON)
    return Orphaned(Desk(ledger=ledger, provider=lambda _name: provider, now=clock), plan, claim, clock)


@pytest.mark.parametrize("had_left", [True, False])
def test_a_batch_orphaned_by_a_crash_is_repeated_byte_for_byte_and_accepted_once(
    had_left: bool, orphaned: Orphaned, provider: Provider[Any], resend_server: Any
) -> None:
    desk, claim = orphaned.desk, orphaned.claim
    if had_left:
        provider.submit(claim)
    orphaned.clock.forward(hours=11)
    assert take_up_orphans(desk) == {"repeated": 1, "uncertain": 0}
    assert send_batch(desk, claim.batch) is Turn.SETTLED
    assert resend_server.bodies == [claim.body] * (2 if had_left else 1)
    assert resend_server.accepted == {f"reader{n}@example.com": 1 for n in range(7)}
    assert statuses(desk.ledger, orphaned.plan) == {"accepted": 7}


def test_a_repeat_that_overtakes_its_first_request_waits_for_its_answer(
    orphaned: Orphaned, provider: Provider[Any], resend_server: Any
) -> None:
    desk, claim = orphaned.desk, orphaned.claim
    take_up_orphans(desk)
    resend_server.faults.append(error(409, "concurrent_idempotent_requests"))
    assert send_batch(desk, claim.batch) is Turn.POSTPONED
    provider.submit(claim)
    orphaned.clock.forward(minutes=1)
    assert send_batch(desk, claim.batch) is Turn.SETTLED
    assert statuses(desk.ledger, orphaned.plan) == {"accepted": 7}
    assert set(resend_server.accepted.values()) == {1}


def test_an_orphan_older_than_half_the_life_of_its_key_is_left_to_a_person(
    orphaned: Orphaned, provider: Provider[Any], resend_server: Any
) -> None:
    provider.submit(orphaned.claim)
    orphaned.clock.forward(seconds=provider.repeatable_for / timedelta(seconds=2) + 1)
    assert take_up_orphans(orphaned.desk) == {"repeated": 0, "uncertain": 1}
    assert send_batch(orphaned.desk, orphaned.claim.batch) is Turn.NOTHING
    assert resend_server.calls == 1
