"""Carry out a plan that is frozen: by this process, or by the worker at work."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import click

from distribute.cli.canary import print_pause
from distribute.cli.json_document import print_json
from distribute.cli.output import frozen_document, print_status, status_document
from distribute.cli.progress import show_progress
from distribute.cli.undoing import wait_out
from distribute.cli.workspace import Workspace, now
from distribute.delivery.desk import Desk
from distribute.delivery.ledger import Ledger
from distribute.delivery.worker import Progress, Worker, open_runner
from distribute.delivery.workers import Enrolment
from distribute.domain.delivery import PlanState, Status
from distribute.domain.instant import Instant
from distribute.errors import ClockError

DONE, FAILED, IN_PART = 0, 1, 3


def count_left(ledger: Ledger, plan_id: str) -> int:
    """How many deliveries of a plan have not left."""
    return sum(channel[Status.PLANNED] for channel in ledger.standing.counts(plan_id).values())


def _begin(workspace: Workspace, ledger: Ledger, plan_id: str, by: str, *, is_released: bool) -> datetime | None:
    """Make a plan's promises binding, and start what is due; until when it can be undone.

    Raises ClockError when the clock cannot be believed.
    """
    at = now()
    is_due = ledger.plans.channels(plan_id)[0]["at"] <= at
    if fault := workspace.watch(ledger)(is_release=is_due):
        verb = "release" if is_released else "send --plan"
        raise ClockError(f"{fault}. Nothing was sent, the plan is kept: `distribute {verb} {plan_id}`")
    undo = workspace.settings.undo_seconds
    return ledger.plans.begin(plan_id, at, by, is_released=is_released, undo=undo)


def carry_out(
    workspace: Workspace,
    ledger: Ledger,
    document: Mapping[str, Any],
    as_json: bool,
    *,
    by: str,
    is_released: bool = False,
) -> int:
    """Begin a plan, let it be undone, send what is due now, and say where it stands."""
    plan_id = document["plan"]
    with stopping() as stop:
        leaves_at = _begin(workspace, ledger, plan_id, by, is_released=is_released)
        if leaves_at is None or wait_out(ledger, plan_id, leaves_at, stop):
            _send(workspace, ledger, plan_id, stop)
        elif stop.is_interrupt:
            ledger.plans.undo(plan_id, now(), by)
    row = ledger.plans.find(plan_id)
    outcome = status_document(ledger, row)
    if as_json:
        print_json(with_statuses(frozen_document(ledger, row) if is_released else document, outcome))
    else:
        print_status(outcome, {c["channel"]: c["zone"] for c in ledger.plans.channels(plan_id)})
        _say_what_is_left(ledger, outcome)
    return exit_code(outcome)


def _send(workspace: Workspace, ledger: Ledger, plan_id: str, stop: threading.Event) -> None:
    """Send what is due now, here or by the worker that is running already."""
    if not _carry(workspace, ledger, plan_id, stop):
        _follow(workspace, ledger, plan_id, stop)


def open_desk(workspace: Workspace, ledger: Ledger) -> Desk:
    """What a worker needs to send for real."""
    return Desk(
        ledger=ledger,
        provider=workspace.providers(workspace.live_wire()),
        now=now,
        suppressed=workspace.suppressed,
        guard=workspace.watch(ledger),
    )


def open_worker(
    workspace: Workspace,
    desk: Desk,
    enrolment: Enrolment,
    stop: threading.Event,
    progress: Progress = lambda _plan: None,
) -> Worker:
    """A worker at that desk, with as many requests at a time as the settings say."""
    lanes = max(1, workspace.settings.lanes)
    return Worker(desk, stop, progress, open_runner(desk.ledger, desk.now, lanes), enrolment)


class Stop(threading.Event):
    """Work stops when it is set; ``is_interrupt`` where Ctrl-C did it."""

    is_interrupt = False

    def hear(self, number: int, _frame: object) -> None:
        self.is_interrupt = self.is_interrupt or number == signal.SIGINT
        self.set()


@contextmanager
def stopping() -> Iterator[Stop]:
    """An event that Ctrl-C and SIGTERM set: the request under way is finished, then work stops."""
    stop = Stop()
    before = {number: signal.signal(number, stop.hear) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _carry(workspace: Workspace, ledger: Ledger, plan_id: str, stop: threading.Event) -> bool:
    """Send what is due of a plan; False when another process is the worker."""
    with ledger.enrol() as enrolment:
        if enrolment is None:
            return False
        with show_progress(ledger, plan_id) as progress:
            desk = open_desk(workspace, ledger)
            open_worker(workspace, desk, enrolment, stop, progress).see_through(plan_id)
        return True


def _follow(workspace: Workspace, ledger: Ledger, plan_id: str, stop: threading.Event) -> None:
    """Wait until the worker has done what is due, or do it when it has gone: it may be a `send` of another plan."""
    click.echo("`distribute run` is at work in this workspace and sends it.", err=True)
    while not stop.wait(0.2):
        is_due = ledger.batches.next_claimable([plan_id], now()) is not None
        counts = ledger.standing.counts(plan_id)
        is_under_way = any(channel[Status.SUBMITTING] for channel in counts.values())
        if not (is_due or is_under_way) or ledger.plans.find(plan_id)["state"] not in {"running", "scheduled"}:
            return
        if _carry(workspace, ledger, plan_id, stop):
            return


def _say_what_is_left(ledger: Ledger, outcome: Mapping[str, Any]) -> None:
    plan_id = outcome["plan"]
    if outcome["state"] == PlanState.SCHEDULED:
        click.echo("Scheduled: `distribute run` must be running then. It sends by itself; nothing else is needed.")
    elif retry := ledger.standing.next_try(plan_id):
        at = Instant(retry[0], "UTC").iso
        click.echo(f"Not everything has left: {retry[1]}; `distribute run` tries again, from {at} on.")
    elif outcome["canary"]:
        print_pause(outcome)
    elif outcome["state"] == PlanState.RUNNING:
        click.echo(f"Stopped: {count_left(ledger, plan_id):,} have not left; `distribute run` carries on.")
    if any(channel[Status.UNCERTAIN] for channel in outcome["channels"]):
        click.echo(
            f"Uncertain: it left and no answer came back. `distribute report {plan_id}` names them; `distribute run` "
            f"asks providers that can be asked, `distribute resolve {plan_id}` does so at once."
        )
    if any(channel[Status.REJECTED] for channel in outcome["channels"]):
        click.echo(f"Rejected by the provider: `distribute report {plan_id}` says who and why.")


def with_statuses(document: Mapping[str, Any], outcome: Mapping[str, Any]) -> dict[str, Any]:
    """The plan's document with where its deliveries stand now."""
    standing = {channel["channel"]: _statuses(channel) for channel in outcome["channels"]}
    channels = [channel | {"statuses": standing[channel["channel"]]} for channel in document["channels"]]
    return dict(document) | {"state": outcome["state"], "because": outcome["because"], "channels": channels}


def _statuses(channel: Mapping[str, Any]) -> dict[str, int]:
    return {str(status): channel[status] for status in Status}


def exit_code(outcome: Mapping[str, Any]) -> int:
    """0 all accepted or waiting for their instant, 3 some rejected or uncertain, 1 not everything that was due left."""
    channels = outcome["channels"]
    if any(channel[Status.REJECTED] or channel[Status.UNCERTAIN] for channel in channels):
        return IN_PART
    is_at_work = outcome["state"] == PlanState.RUNNING and not outcome["canary"]
    is_left = is_at_work and any(channel[Status.PLANNED] for channel in channels)
    return FAILED if is_left or outcome["state"] in {PlanState.HELD, PlanState.CANCELLED} else DONE
