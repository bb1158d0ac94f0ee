"""Slots are filled once and only with values; one message has one recipient."""

from __future__ import annotations

import html
import re
from datetime import UTC, datetime, timedelta, timezone
from itertools import zip_longest
from types import SimpleNamespace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from distribute.domain.content import Address, Event, EventKind, Slotted, Sought, event_id

TOKENS = {"name": "⟦name⟧", "token": "⟦token⟧", "outlet": "a|b.*(c)"}
PLAIN = st.text(st.characters(exclude_characters="⟦⟧|", exclude_categories=["Cs"]), max_size=20)
PIECES = st.tuples(st.lists(PLAIN, max_size=6), st.lists(st.sampled_from(sorted(TOKENS)), max_size=6))
VALUES = st.fixed_dictionaries({name: PLAIN | st.sampled_from(sorted(TOKENS.values())) for name in TOKENS})


# ---- slots


@given(pieces=PIECES, values=VALUES)
@settings(deadline=None)
def test_filling_after_splitting_is_replacing_each_token_once(
    pieces: tuple[list[str], list[str]], values: dict[str, str]
) -> None:
    """Whatever the values hold, tokens among it: they are put in and never looked at again."""
    literals, names = pieces
    woven = list(zip_longest(literals, names, fillvalue=None))
    text = "".join((literal or "") + (TOKENS[name] if name else "") for literal, name in woven)
    expected = "".join((literal or "") + (values[name] if name else "") for literal, name in woven)
    assert Slotted.split(text, TOKENS).fill(values) == expected


@given(text=st.text(max_size=60), values=VALUES)
@settings(deadline=None)
def test_filling_agrees_with_one_pass_of_replacement_over_any_text(text: str, values: dict[str, str]) -> None:
    by_token = {token: values[name] for name, token in TOKENS.items()}
    expected = re.sub("|".join(map(re.escape, by_token)), lambda match: by_token[match[0]], text)
    assert Slotted.split(text, TOKENS).fill(values) == expected


@given(st.text(max_size=60))
@settings(deadline=None)
def test_text_without_slots_stays_as_it_is(text: str) -> None:
    assert Slotted.split(text, {}).fill({}) == text
    assert Slotted.split(text, {}).slots == frozenset()


@given(PIECES)
@settings(deadline=None)
def test_filling_with_the_tokens_gives_the_text_back(pieces: tuple[list[str], list[str]]) -> None:
    text = "".join((a or "") + (TOKENS[b] if b else "") for a, b in zip_longest(*pieces))
    assert Slotted.split(text, TOKENS).fill(TOKENS) == text


def test_a_token_in_a_value_is_not_filled_again() -> None:
    slotted = Slotted.split("Dear ⟦name⟧, stop: ⟦token⟧", TOKENS)
    assert slotted.fill({"name": "⟦token⟧", "token": "t1"}) == "Dear ⟦token⟧, stop: t1"


def test_slots_are_those_that_occur() -> None:
    slotted = Slotted.split("⟦name⟧ and ⟦name⟧", TOKENS)
    assert slotted.slots == {"name"}
    assert slotted.pieces == ("", "name", " and ", "name", "")


def test_a_slot_without_a_value_is_an_error_and_no_gap() -> None:
    with pytest.raises(KeyError):
        Slotted.split("Dear ⟦name⟧", TOKENS).fill({"token": "t1"})


def test_slots_can_be_written_in_a_providers_own_tags() -> None:
    assert Slotted.split("Dear ⟦name⟧ {x}", TOKENS).with_tags("-{}-") == "Dear -name- {x}"


# ---- letters and messages


def test_a_letter_knows_the_slots_of_all_its_parts(make: SimpleNamespace) -> None:
    letter = make.letter(
        html=Slotted(("", "name", "")),
        text=Slotted(("", "outlet", "")),
        headers=(("List-Unsubscribe", Slotted(("", "token", ""))), ("Precedence", Slotted(("bulk",)))),
    )
    assert letter.slots == {"name", "outlet", "token"}


@given(value=st.text(max_size=40))
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_html_escapes_values_and_text_does_not(make: SimpleNamespace, value: str) -> None:
    message = make.message(values={"name": value, "token": "t1"})
    assert message.text == f"Dear {value}\n"
    inner = message.html.removeprefix("<p>Dear ").removesuffix("</p>")
    assert not set("<>\"'") & set(inner)
    assert inner == html.escape(value)


def test_headers_are_filled_as_they_are(make: SimpleNamespace) -> None:
    assert make.message(values={"name": "Ana", "token": "t&1"}).headers == (
        ("List-Unsubscribe", "<https://example.org/u/t&1>"),
    )


def test_a_value_cannot_open_a_tag_or_leave_an_attribute(make: SimpleNamespace) -> None:
    letter = make.letter(html=Slotted(("<a title='", "name", "' rel=\"", "token", '">x</a>')))
    message = make.message(letter=letter, values={"name": "' onclick='x", "token": '"><script>'})
    assert message.html == "<a title='&#x27; onclick=&#x27;x' rel=\"&quot;&gt;&lt;script&gt;\">x</a>"


def test_our_message_id_is_the_key_at_the_senders_domain(make: SimpleNamespace) -> None:
    letter = make.letter(sender=Address("", '"a@b"@example.org'))
    assert make.message(letter=letter, key="c" * 32).message_id == f"<{'c' * 32}@example.org>"


# ---- what is asked for again


def test_what_is_sought_left_at_an_instant_and_not_at_some_local_time() -> None:
    with pytest.raises(ValueError, match="time zone"):
        Sought(key="k", recipient="a@example.com", release="r", since=datetime(2026, 11, 24, 11, 0))  # noqa: DTZ001


def test_an_event_is_at_an_instant_in_utc() -> None:
    at = datetime(2026, 11, 24, 7, tzinfo=timezone(timedelta(hours=-5)))
    event = Event(key="a" * 32, kind=EventKind.DELIVERED, at=at, id="1")
    assert (event.at, event.at.tzinfo) == (at, UTC)
    with pytest.raises(ValueError, match="time zone"):
        Event(key="a" * 32, kind=EventKind.DELIVERED, at=at.replace(tzinfo=None), id="1")


def test_an_event_without_a_name_is_named_by_its_facts() -> None:
    assert event_id("m", "delivered") == event_id("m", "delivered")
    assert len({event_id("m", "delivered"), event_id("md", "elivered"), event_id("m"), event_id()}) == 4
