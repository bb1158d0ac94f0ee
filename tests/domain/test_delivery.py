"""The key that names a promise, and the moves a batch may make."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from distribute.domain.delivery import BATCH_MOVES, TERMINAL, BatchState, PlanState, Status, delivery_key

PROMISE = st.tuples(
    st.text(max_size=8), st.integers(1, 99), st.sampled_from(["email", "mastodon", "x"]), st.text(max_size=8)
)
GLUED = st.text('ab\x1f\\",[] 1', max_size=6)
GLUED_PROMISE = st.tuples(GLUED, st.integers(1, 2), GLUED, GLUED)


# ---- keys


def test_a_key_is_32_hex_digits_and_stays_the_same_for_ever() -> None:
    """Ledgers on people's disks hold these: a change of this value sends everything a second time."""
    assert delivery_key("belarus-police", 1, "email", "ana@example.com") == "deee99ecae436d34fa2c01706b981960"


@given(PROMISE)
@settings(deadline=None)
def test_any_promise_has_a_key(promise: tuple[str, int, str, str]) -> None:
    assert re.fullmatch(r"[0-9a-f]{32}", delivery_key(*promise))


@pytest.mark.parametrize(
    "other",
    [
        ("belarus-courts", 1, "email", "ana@example.com"),
        ("belarus-police", 2, "email", "ana@example.com"),
        ("belarus-police", 1, "mastodon", "ana@example.com"),
        ("belarus-police", 1, "email", "ben@example.com"),
    ],
)
def test_each_part_of_a_promise_makes_another_key(other: tuple[str, int, str, str]) -> None:
    assert delivery_key(*other) != delivery_key("belarus-police", 1, "email", "ana@example.com")


@given(a=PROMISE | GLUED_PROMISE, b=PROMISE | GLUED_PROMISE)
@example(a=("r", 1, "email\x1fa", "b"), b=("r", 1, "email", "a\x1fb"))
@example(a=("r\x1f1", 1, "e", "b"), b=("r", 1, "1\x1fe", "b"))
@example(a=("r", 1, 'e","a', "b"), b=("r", 1, "e", 'a","b'))
@settings(deadline=None, max_examples=300)
def test_two_promises_share_a_key_only_if_they_are_the_same(
    a: tuple[str, int, str, str], b: tuple[str, int, str, str]
) -> None:
    assert (delivery_key(*a) == delivery_key(*b)) == (a == b)


def test_a_key_does_not_know_provider_list_or_content() -> None:
    """It is made of these four and nothing else, so a change of provider cannot send a second copy."""
    names = delivery_key.__code__.co_varnames[: delivery_key.__code__.co_argcount]
    assert names == ("release", "edition", "channel", "recipient")


# ---- moves


def test_every_state_has_its_moves() -> None:
    assert set(BATCH_MOVES) == set(BatchState)


@pytest.mark.parametrize("state", [BatchState.SETTLED, BatchState.REPLACED])
def test_what_is_over_stays_over(state: BatchState) -> None:
    assert BATCH_MOVES[state] == frozenset()


def test_nothing_is_settled_that_was_not_claimed_first() -> None:
    assert BATCH_MOVES[BatchState.PLANNED] == {BatchState.SUBMITTING, BatchState.CANCELLED, BatchState.UNCERTAIN}


def test_what_is_uncertain_never_becomes_planned_again() -> None:
    """Planned is what the worker takes by itself: an uncertain batch would be sent again blindly."""
    assert BatchState.PLANNED not in BATCH_MOVES[BatchState.UNCERTAIN]
    assert BatchState.REPLACED not in BATCH_MOVES[BatchState.UNCERTAIN]


def test_no_state_moves_to_itself() -> None:
    assert not [state for state, moves in BATCH_MOVES.items() if state in moves]


def test_every_state_can_be_reached_from_planned_and_every_way_ends() -> None:
    reached = {BatchState.PLANNED}
    for _ in BatchState:
        reached |= {move for state in reached for move in BATCH_MOVES[state]}
    assert reached == set(BatchState)
    endings = {state for state, moves in BATCH_MOVES.items() if not moves}
    assert endings == {BatchState.SETTLED, BatchState.REPLACED, BatchState.CANCELLED}
    assert BATCH_MOVES[BatchState.UNCERTAIN] == {BatchState.SETTLED}


# ---- states


def test_a_delivery_is_over_in_every_state_but_the_first_two() -> None:
    assert set(Status) - TERMINAL == {Status.PLANNED, Status.SUBMITTING}


@pytest.mark.parametrize("states", [Status, BatchState, PlanState])
def test_states_are_stored_as_lower_case_words(states: type[Status | BatchState | PlanState]) -> None:
    assert all(re.fullmatch(r"[a-z]+", str(state)) for state in states)
    assert len({str(state) for state in states}) == len(states)


def test_a_batch_is_planned_claimed_and_settled() -> None:
    life = [BatchState.PLANNED, BatchState.SUBMITTING, BatchState.SETTLED]
    assert all(later in BATCH_MOVES[earlier] for earlier, later in pairwise(life))
