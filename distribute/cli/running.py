"""``run``: the scheduler and worker."""

from __future__ import annotations

import threading

import click

from distribute.cli.carrying import IN_PART, open_desk, open_worker, stopping
from distribute.cli.options import with_workspace
from distribute.cli.output import status_document
from distribute.cli.workspace import Workspace, now
from distribute.delivery.ledger import Ledger
from distribute.domain.delivery import Status
from distribute.scheduling.due import next_start
from distribute.scheduling.running import run

PATIENCE = 0.2
"""Seconds between two looks at whether the place of the worker has become free."""


@click.command("run")
@click.option("--until-idle", is_flag=True, help="Return when nothing is due now or under way.")
@with_workspace
def run_worker(workspace: Workspace, until_idle: bool) -> int:
    """Send what is due, at its instant; carry on what was interrupted. Stop it at any time.

    Any number may run over a ledger on PostgreSQL. In a workspace with a file one works, and a
    second waits for its place. Leave it running (a service, a terminal) for as long as something is
    scheduled.
    """
    ledger = workspace.ledger()
    worked = set(ledger.plans.begun())
    with stopping() as stop:
        is_told = False
        while not (_work(workspace, ledger, stop, until_idle=until_idle) or stop.is_set()):
            if until_idle and _is_idle(ledger):
                break
            if not is_told:
                click.echo("Another `distribute run` or `send` is at work in this workspace: waiting.", err=True)
            is_told = True
            stop.wait(PATIENCE)
    outcomes = [status_document(ledger, ledger.plans.find(plan_id)) for plan_id in worked]
    troubled = any(c[Status.REJECTED] or c[Status.UNCERTAIN] for it in outcomes for c in it["channels"])
    return IN_PART if troubled else 0


def _work(workspace: Workspace, ledger: Ledger, stop: threading.Event, *, until_idle: bool) -> bool:
    """Be a worker until told to stop, or idle; False when the one place there is is taken."""
    with ledger.enrol() as enrolment:
        if enrolment is None:
            return False
        if not until_idle:
            click.echo("Waiting for plans; stop with Ctrl-C.", err=True)
        desk = open_desk(workspace, ledger)
        run(
            desk,
            open_worker(workspace, desk, enrolment, stop),
            stop,
            grace=workspace.settings.late_grace,
            until_idle=until_idle,
            tell=lambda sentence: click.echo(sentence, err=True),
        )
        return True


def _is_idle(ledger: Ledger) -> bool:
    """Whether the worker at work has nothing left that is due or under way."""
    at, first = now(), next_start(ledger)
    is_due = first is not None and first <= at
    return not (is_due or ledger.batches.is_busy(None, at) or ledger.plans.may_be_undone(at))
