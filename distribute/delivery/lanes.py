"""Who calls for the batches that may leave, and how many at a time; the ledger decides what a call may do."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from datetime import timedelta
from typing import Protocol

from distribute.delivery.desk import Now, Turn
from distribute.delivery.ledger import Ledger

SHORT_PAUSE = timedelta(seconds=10)
"""A retry this near counts as under way."""

AT_A_GLANCE = 20
"""Batches that are looked up at once, since a queue is read in order: for as long as they are simply settled."""

Take = Callable[[int], object]
"""Called with a batch's number, any number of times, in any order, from any thread."""


class Runner(Protocol):
    """Distributes calls. It may call for a batch no time, many times, late or twice at once: nothing rests on it."""

    def drain(self, turn: Take, plans: Sequence[str] | None, stop: threading.Event) -> None:
        """Call ``turn`` for what may leave now, of these plans (None: of any), until nothing may or ``stop`` is set."""
        ...

    def sweep(self) -> None:
        """See that everything that may leave is going to be called for."""
        ...


class Lanes:
    """Calls from threads of this process, one for each of so many requests at a time."""

    def __init__(self, ledger: Ledger, now: Now, lanes: int = 1) -> None:
        self._ledger = ledger
        self._now = now
        self._lanes = lanes

    def sweep(self) -> None:
        """Nothing to do: each call comes straight from the ledger."""

    def drain(self, turn: Take, plans: Sequence[str] | None, stop: threading.Event) -> None:
        """As the Protocol; a retry that is due within ten seconds is waited for."""
        if self._lanes == 1:
            self._in_turn(turn, plans, stop)
        else:
            self._side_by_side(turn, plans, stop)

    def _in_turn(self, turn: Take, plans: Sequence[str] | None, stop: threading.Event) -> None:
        while not stop.is_set():
            batches = self._ledger.batches.claimable(plans, self._now(), limit=AT_A_GLANCE)
            for batch_id in batches:
                if stop.is_set():
                    return
                if turn(batch_id) is not Turn.SETTLED:
                    break
            if not batches and not wait_for_a_retry(self._ledger, self._now, plans, stop):
                return

    def _side_by_side(self, turn: Take, plans: Sequence[str] | None, stop: threading.Event) -> None:
        """The first error of a thread ends the draining, once the other requests under way have ended."""
        under_way: dict[Future[object], int] = {}
        with ThreadPoolExecutor(self._lanes, thread_name_prefix="lane") as threads:
            while not stop.is_set():
                free = self._lanes - len(under_way)
                batches = self._ledger.batches.claimable(plans, self._now(), limit=free, leave_out=under_way.values())
                under_way |= {threads.submit(turn, batch_id): batch_id for batch_id in batches}
                if not under_way:
                    if not wait_for_a_retry(self._ledger, self._now, plans, stop):
                        return
                    continue
                for done in wait(under_way, return_when=FIRST_COMPLETED).done:
                    del under_way[done]
                    done.result()


def wait_for_a_retry(ledger: Ledger, now: Now, plans: Sequence[str] | None, stop: threading.Event) -> bool:
    """Wait if a postponed batch may be tried soon; False when there is none."""
    at = ledger.batches.next_instant(plans, once_more=True)
    if at is None or at - now() > SHORT_PAUSE:
        return False
    stop.wait(max(0.0, (at - now()).total_seconds()))
    return True
