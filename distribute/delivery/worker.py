"""The one worker of a ledger file: holds its lock, takes up what was interrupted, and sends what is due."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence

from distribute.delivery.asking import ask_due
from distribute.delivery.desk import Desk, Turn
from distribute.delivery.lanes import Lanes, Runner
from distribute.delivery.repeating import take_up_orphans
from distribute.delivery.sending import send_batch
from distribute.errors import InputError

DOUBTS_IN_A_ROW = 3
"""So many unreadable answers one after the other hold the plan: the fault is not the recipients'."""

Progress = Callable[[str], None]


class Worker:
    """Sends what may leave. ``stop`` set from anywhere ends it after the requests under way."""

    def __init__(
        self,
        desk: Desk,
        stop: threading.Event,
        progress: Progress = lambda _plan: None,
        runner: Runner | None = None,
    ) -> None:
        self._desk = desk
        self._stop = stop
        self._progress = progress
        self._runner = runner or Lanes(desk.ledger, desk.now)

    def take_over(self, is_alive: Callable[[int], bool] = lambda _owner: False) -> None:
        """Settle what dead workers left in the air; ``is_alive`` tells of a worker's number whether it works."""
        take_up_orphans(self._desk, is_alive)

    def ask(self) -> list[str]:
        """Ask providers about what is uncertain and due to be asked; a sentence for each plan that learnt something."""
        return [
            f"Plan {plan}: {number} that were uncertain are known now: `distribute report {plan}` says why."
            for plan, number in ask_due(self._desk).items()
            if number
        ]

    def drain(self, plans: Sequence[str] | None = None) -> None:
        """Send until nothing (of these plans) may leave now, waiting out short retries."""
        self._runner.drain(self.turn, plans, self._stop)

    def turn(self, batch_id: int) -> Turn:
        """One call of ``send_batch``; a plan that cannot be carried out as it stands waits for a person."""
        plan_id, _ = self._desk.ledger.batches.carried_by(batch_id)
        if fault := self._desk.guard():
            self._desk.ledger.plans.hold(plan_id, fault, self._desk.now())
            return Turn.NOTHING
        try:
            turn = send_batch(self._desk, batch_id)
        except InputError as error:
            self._desk.ledger.plans.hold(plan_id, str(error), self._desk.now())
            turn = Turn.HELD
        if turn is Turn.DOUBTED:
            self._hold_if_nothing_is_heard(plan_id)
        self._progress(plan_id)
        return turn

    def _hold_if_nothing_is_heard(self, plan_id: str) -> None:
        if self._desk.ledger.doubts.in_a_row(plan_id, DOUBTS_IN_A_ROW) >= DOUBTS_IN_A_ROW:
            self._desk.ledger.plans.hold(
                plan_id,
                f"{DOUBTS_IN_A_ROW} requests in a row left without a readable answer; nothing more was sent: look at "
                f"the provider's own log, then `distribute send --plan {plan_id}` sends the rest",
                self._desk.now(),
            )
