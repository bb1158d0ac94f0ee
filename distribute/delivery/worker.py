"""The one worker of a ledger file: holds its lock, takes up what was interrupted, and sends what is due."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from filelock import FileLock, Timeout

from distribute.delivery.sending import Desk, Turn, send_batch, take_up_orphans
from distribute.errors import InputError, LedgerError

DOUBTS_IN_A_ROW = 3
"""So many unreadable answers one after the other hold the plan: the fault is not the recipients'."""

SHORT_PAUSE = timedelta(seconds=10)
"""A retry this near counts as under way."""

Progress = Callable[[str], None]


@contextmanager
def sole_worker(ledger_file: Path) -> Iterator[bool]:
    """Whether this process is the worker of the ledger file, for as long as the block runs.

    The kernel gives the lock back whatever the process dies of, so a batch found in submission by
    the holder is certainly an orphan.
    """
    lock = FileLock(ledger_file.with_name(ledger_file.name + ".lock"), mode=0o600)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        yield False
        return
    except OSError as error:
        raise LedgerError(
            f"{lock.lock_file} cannot be locked ({error.strerror}): use a workspace you can write to"
        ) from error
    try:
        yield True
    finally:
        lock.release()


class Worker:
    """Sends what may leave. ``stop`` set from anywhere ends it after the request under way."""

    def __init__(self, desk: Desk, stop: threading.Event, progress: Progress = lambda _plan: None) -> None:
        self._desk = desk
        self._stop = stop
        self._progress = progress
        self._doubts: dict[str, int] = {}

    def take_over(self) -> None:
        """Settle what a dead worker left in the air; call once, holding the lock."""
        take_up_orphans(self._desk)

    def drain(self, plans: Sequence[str] | None = None) -> None:
        """Send until nothing (of these plans) may leave now, waiting out short retries."""
        while not self._stop.is_set():
            batch_id = self._desk.ledger.batches.next_claimable(plans, self._desk.now())
            if batch_id is not None:
                self._send(batch_id)
            elif not self._wait_for_a_retry(plans):
                return

    def _send(self, batch_id: int) -> None:
        plan_id = self._desk.ledger.batches.plan_of(batch_id)
        turn = self._turn(plan_id, batch_id)
        self._doubts[plan_id] = self._doubts.get(plan_id, 0) + 1 if turn is Turn.DOUBTED else 0
        if self._doubts[plan_id] >= DOUBTS_IN_A_ROW:
            self._desk.ledger.plans.hold(
                plan_id,
                f"{DOUBTS_IN_A_ROW} requests in a row left without a readable answer; nothing more was sent: look at "
                f"the provider's own log, then `distribute send --plan {plan_id}` sends the rest",
            )
            self._doubts[plan_id] = 0
        self._progress(plan_id)

    def _turn(self, plan_id: str, batch_id: int) -> Turn:
        """One call of ``send_batch``; a plan that cannot be carried out as it stands waits for a person."""
        try:
            return send_batch(self._desk, batch_id)
        except InputError as error:
            self._desk.ledger.plans.hold(plan_id, str(error))
            return Turn.HELD

    def _wait_for_a_retry(self, plans: Sequence[str] | None) -> bool:
        """Wait if a postponed batch may be tried soon; False when there is none."""
        at = self._desk.ledger.batches.next_instant(plans)
        if at is None or at - self._desk.now() > SHORT_PAUSE:
            return False
        self._stop.wait(max(0.0, (at - self._desk.now()).total_seconds()))
        return True
