"""``run``: the scheduler and worker."""

from __future__ import annotations

import click

from distribute.cli.carrying import IN_PART, open_desk, open_worker, stopping
from distribute.cli.options import with_workspace
from distribute.cli.output import status_document
from distribute.cli.workspace import Workspace
from distribute.domain.delivery import Status
from distribute.errors import LedgerError
from distribute.scheduling.running import run


@click.command("run")
@click.option("--until-idle", is_flag=True, help="Return when nothing is due now or under way.")
@with_workspace
def run_worker(workspace: Workspace, until_idle: bool) -> int:
    """Send what is due, at its instant; carry on what was interrupted. Stop it at any time.

    One per workspace, or any number over a ledger on PostgreSQL. Leave it running (a service, a
    terminal) for as long as something is scheduled.
    """
    ledger = workspace.ledger()
    desk = open_desk(workspace, ledger)
    with stopping() as stop, ledger.enrol() as enrolment:
        if enrolment is None:
            raise LedgerError("another `distribute run` or `send` is at work in this workspace: one is enough")
        if not until_idle:
            click.echo("Waiting for plans; stop with Ctrl-C.", err=True)
        worked = set(ledger.plans.begun())
        run(
            desk,
            open_worker(workspace, desk, enrolment, stop),
            stop,
            grace=workspace.settings.late_grace,
            until_idle=until_idle,
            tell=lambda sentence: click.echo(sentence, err=True),
        )
    outcomes = [status_document(ledger, ledger.plans.find(plan_id)) for plan_id in worked]
    troubled = any(c[Status.REJECTED] or c[Status.UNCERTAIN] for it in outcomes for c in it["channels"])
    return IN_PART if troubled else 0
