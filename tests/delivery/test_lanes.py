"""Calls side by side: everything once, no more at a time than there are lanes, an error seen, a stop heard."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import replace

import pytest

from distribute.delivery.desk import Desk
from distribute.delivery.lanes import Lanes
from distribute.delivery.worker import Worker
from distribute.domain.content import Outcomes
from distribute.domain.plan import Plan
from tests.delivery.builders import Counting, statuses


def in_lanes(desk: Desk, stop: threading.Event, lanes: int) -> Worker:
    return Worker(desk, stop, runner=Lanes(desk.ledger, desk.now, lanes))


def test_requests_are_under_way_side_by_side(desk: Desk, begun: Plan, provider: Counting) -> None:
    together = threading.Barrier(3, timeout=10)

    def answer(keys: Sequence[str]) -> Outcomes:
        together.wait()
        return provider.accept(keys)

    provider.answer = answer
    in_lanes(desk, threading.Event(), 3).drain()
    assert statuses(desk.ledger, begun) == {"accepted": 7}
    assert set(provider.accepted.values()) == {1}


def test_there_are_no_more_than_there_are_lanes(desk: Desk, begun: Plan, provider: Counting) -> None:
    lock, under_way, most = threading.Lock(), [0], [0]

    def answer(keys: Sequence[str]) -> Outcomes:
        with lock:
            under_way[0] += 1
            most[0] = max(most[0], under_way[0])
        threading.Event().wait(0.05)
        with lock:
            under_way[0] -= 1
        return provider.accept(keys)

    provider.answer = answer
    in_lanes(desk, threading.Event(), 2).drain()
    assert most == [2]
    assert statuses(desk.ledger, begun) == {"accepted": 7}


def test_an_error_of_ours_in_a_lane_is_not_swallowed(desk: Desk, begun: Plan, provider: Counting) -> None:
    def answer(_keys: Sequence[str]) -> Outcomes:
        raise ZeroDivisionError

    provider.answer = answer
    with pytest.raises(ZeroDivisionError):
        in_lanes(desk, threading.Event(), 2).drain()
    assert statuses(desk.ledger, begun)["uncertain"] >= 3


def test_a_stop_ends_it_once_what_is_under_way_has_ended(desk: Desk, begun: Plan, provider: Counting) -> None:
    stop = threading.Event()

    def answer(keys: Sequence[str]) -> Outcomes:
        stop.set()
        return provider.accept(keys)

    provider.answer = answer
    in_lanes(desk, stop, 2).drain()
    left = statuses(desk.ledger, begun)
    assert left["planned"] >= 1
    assert "submitting" not in left


def test_each_batch_is_called_for_by_one_lane_at_a_time(desk: Desk, begun: Plan, provider: Counting) -> None:
    in_lanes(replace(desk), threading.Event(), 8).drain()
    assert len(provider.requests) == len(begun.batches)
