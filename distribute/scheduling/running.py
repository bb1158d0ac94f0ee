"""The scheduler's loop: start what is due, send it, ask about what is uncertain, sleep until the next instant."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import datetime, timedelta

from distribute.delivery.desk import Desk
from distribute.delivery.timekeeping import hold_begun
from distribute.delivery.worker import Worker
from distribute.domain.delivery import PlanState
from distribute.errors import LedgerAway
from distribute.scheduling.clock import AlarmClock, open_clock
from distribute.scheduling.due import next_start, start_due

Told = Callable[[str], None]


def run(desk: Desk, worker: Worker, stop: threading.Event, *, grace: timedelta, until_idle: bool, tell: Told) -> None:
    """Work until ``stop`` is set or, with ``until_idle``, until nothing is due or under way.

    Call with a worker that is enrolled. ``tell`` gets a sentence for whatever a person should know.
    A ledger that is away for a while is waited for.
    """
    waiting = desk.ledger.plans.begun()
    if (fault := _find_fault(desk, tell)) and not waiting:
        tell(fault)
    is_away = False
    with open_clock() as clock:
        while not stop.is_set():
            try:
                _tick(desk, worker, grace, tell)
                if until_idle and worker.is_idle() and not desk.ledger.plans.may_be_undone(desk.now()):
                    return
                clock.set(_next_instant(desk))
                is_away = False
            except LedgerAway as error:
                if not is_away:
                    tell(f"Waiting for the ledger: {error}")
                is_away = True
            _sleep(clock, stop)


def _tick(desk: Desk, worker: Worker, grace: timedelta, tell: Told) -> None:
    now = desk.now()  # before the guard is asked: a time that is looked at after this one proves it
    first = next_start(desk.ledger)
    fault = _find_fault(desk, tell, is_release=first is not None and first <= now)
    with worker.on_duty("scheduling") as is_ours:
        if is_ours:
            worker.take_over()
        if is_ours and not fault:
            for plan_id in start_due(desk.ledger, now, grace):
                tell(f"Plan {plan_id} is held: {desk.ledger.plans.find(plan_id)['because']}")
            worker.sweep()
    if fault:
        return
    begun = desk.ledger.plans.begun()
    worker.drain()
    with worker.on_duty("asking") as is_ours:
        for sentence in worker.ask() if is_ours else ():
            tell(sentence)
    for plan_id in begun:
        state = desk.ledger.plans.rest(plan_id, desk.now())
        if state is PlanState.DONE:
            tell(f"Plan {plan_id} is done.")
        elif state is PlanState.HELD:
            tell(f"Plan {plan_id} is held: {desk.ledger.plans.find(plan_id)['because']}")


def _find_fault(desk: Desk, tell: Told, *, is_release: bool = False) -> str:
    """Why the clock cannot be believed, if so: then every begun plan is held, which is told."""
    begun = desk.ledger.plans.begun()
    fault = desk.guard(is_release=is_release)
    if fault:
        hold_begun(desk.ledger.plans, fault, desk.now())
        for plan_id in begun:
            tell(f"Plan {plan_id} is held: {desk.ledger.plans.find(plan_id)['because']}")
    return fault


def _next_instant(desk: Desk) -> datetime | None:
    ledger = desk.ledger
    instants = (next_start(ledger), ledger.batches.next_instant(None), ledger.doubts.next_asking())
    return min((at for at in instants if at), default=None)


def _sleep(clock: AlarmClock, stop: threading.Event) -> None:
    if not stop.is_set():
        clock.wait()
