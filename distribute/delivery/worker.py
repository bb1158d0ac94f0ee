"""A worker of the ledger: takes up what was interrupted, and sends what is due."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, suppress
from dataclasses import replace

from distribute.delivery.asking import ask_due
from distribute.delivery.desk import Desk, Now, Turn
from distribute.delivery.lanes import Lanes, Runner
from distribute.delivery.ledger import Ledger
from distribute.delivery.repeating import take_up_orphans
from distribute.delivery.sending import send_batch
from distribute.delivery.workers import Alone, Enrolment
from distribute.errors import InputError, LateAnswer, LedgerAway

DOUBTS_IN_A_ROW = 3
"""So many unreadable answers one after the other hold the plan: the fault is not the recipients'."""

GLANCE = 0.2
"""Seconds between two looks at what others have under way."""

PATIENCE = 300
"""So many looks at a ledger that is away, one after the other, before a send gives up; a minute altogether."""

Progress = Callable[[str], None]


class Worker:
    """Sends what may leave. ``stop`` set from anywhere ends it after the requests under way."""

    def __init__(
        self,
        desk: Desk,
        stop: threading.Event,
        progress: Progress = lambda _plan: None,
        runner: Runner | None = None,
        enrolment: Enrolment | None = None,
    ) -> None:
        self._enrolment = enrolment or Alone(desk.owner)
        self._desk = replace(desk, owner=self._enrolment.number)
        self._stop = stop
        self._progress = progress
        self._runner = runner or Lanes(desk.ledger, desk.now)

    def take_over(self) -> None:
        """Settle what dead workers left in the air, and what this one did: call while it has nothing under way."""
        mine = self._enrolment.number
        with suppress(LateAnswer):  # somebody else decided just now; what is left is for the next time
            take_up_orphans(self._desk, lambda owner: owner != mine and self._enrolment.is_alive(owner))

    def on_duty(self, duty: str) -> AbstractContextManager[bool]:
        """Whether this is the worker that does it for all of them now."""
        return self._enrolment.on_duty(duty)

    def sweep(self) -> None:
        """See that everything that may leave is going to be called for."""
        self._runner.sweep()

    def is_idle(self, plans: Sequence[str] | None = None) -> bool:
        """Whether nothing is due or under way with anybody. After ``drain``, whoever is alone is idle."""
        return self._enrolment.is_alone or not self._desk.ledger.batches.is_busy(plans, self._desk.now())

    def see_through(self, plan_id: str) -> None:
        """Send what is due of a plan, until nothing of it is under way with anybody."""
        missed = 0
        while not self._stop.is_set():
            try:
                self.take_over()
                self.drain([plan_id])
                if self.is_idle([plan_id]):
                    self._desk.ledger.plans.rest(plan_id, self._desk.now())
                    return
            except LedgerAway:
                missed += 1
                if missed > PATIENCE:
                    raise
            self._stop.wait(GLANCE)

    def ask(self) -> list[str]:
        """Ask providers about what is uncertain and due to be asked; a sentence for each plan that learnt something."""
        return [
            f"Plan {plan}: {number} that were uncertain are known now: `distribute report {plan}` says why."
            for plan, number in ask_due(self._desk).items()
            if number
        ]

    def drain(self, plans: Sequence[str] | None = None) -> None:
        """Send until nothing (of these plans) may leave now, waiting out short retries.

        A plan whose canary was rejected or is uncertain then waits for a person.
        """
        self._keep_pauses()
        self._runner.drain(self.turn, plans, self._stop)
        self._keep_pauses()

    def turn(self, batch_id: int) -> Turn:
        """One call of ``send_batch``; a plan that cannot be carried out as it stands waits for a person."""
        self._enrolment.confirm()
        plan_id, _ = self._desk.ledger.batches.carried_by(batch_id)
        if fault := self._desk.guard():
            self._desk.ledger.plans.hold(plan_id, fault, self._desk.now())
            return Turn.NOTHING
        try:
            turn = send_batch(self._desk, batch_id)
        except InputError as error:
            self._desk.ledger.plans.hold(plan_id, str(error), self._desk.now())
            turn = Turn.HELD
        except LateAnswer:
            turn = Turn.NOTHING
        if turn is Turn.DOUBTED:
            self._hold_if_nothing_is_heard(plan_id)
        self._progress(plan_id)
        return turn

    def _keep_pauses(self) -> None:
        ledger, now = self._desk.ledger, self._desk.now()
        for plan_id, fault in ledger.pauses.keep(now).items():
            ledger.plans.hold(plan_id, fault, now)

    def _hold_if_nothing_is_heard(self, plan_id: str) -> None:
        if self._desk.ledger.doubts.in_a_row(plan_id, DOUBTS_IN_A_ROW) >= DOUBTS_IN_A_ROW:
            self._desk.ledger.plans.hold(
                plan_id,
                f"{DOUBTS_IN_A_ROW} requests in a row left without a readable answer; nothing more was sent: look at "
                f"the provider's own log, then `distribute send --plan {plan_id}` sends the rest",
                self._desk.now(),
            )


def open_runner(ledger: Ledger, now: Now, lanes: int) -> Runner:
    """The job engine for a ledger that many share; threads of this process for one that is ours alone."""
    if not ledger.is_shared:
        return Lanes(ledger, now, lanes)
    from distribute.delivery.engine import Engine  # noqa: PLC0415  of the extra, and slow to import

    return Engine(ledger, now, lanes)
