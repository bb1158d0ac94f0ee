"""The dry run: everything a send does, over a wire that answers by itself and a ledger in memory."""

from __future__ import annotations

import threading
from datetime import datetime

import click

from distribute.channels.transport import RehearsalWire
from distribute.cli.carrying import exit_code, with_statuses
from distribute.cli.freezing import show_planned
from distribute.cli.frozen import find_frozen
from distribute.cli.json_document import print_json
from distribute.cli.ordering import draw_up
from distribute.cli.output import plan_document, status_document
from distribute.cli.wishes import Wishes
from distribute.cli.wording import counted
from distribute.cli.workspace import Workspace, now
from distribute.delivery.desk import Desk
from distribute.delivery.ledger import Ledger
from distribute.delivery.worker import Worker


def rehearse(
    workspace: Workspace, wishes: Wishes | None, plan_id: str | None, *, as_json: bool, is_brief: bool = False
) -> int:
    """Everything a send does, over a wire that answers by itself and a ledger in memory."""
    wire = RehearsalWire()
    providers = workspace.providers(wire)
    ledger = workspace.rehearsal_ledger()
    if wishes:
        planned = draw_up(workspace, wishes, ledger=ledger, providers=providers, now=now())
        ledger.plans.record(planned.plan, planned.digest)
        document = plan_document(planned.plan, planned.digest)
        if not (as_json or is_brief):
            show_planned(planned)
    else:
        document = find_frozen(workspace, ledger, plan_id or "")
    at = _last_instant(ledger, document["plan"])
    is_released = document["armed"] and ledger.plans.find(document["plan"])["begun_at"] is None
    ledger.pauses.forgo(document["plan"], at)
    ledger.plans.begin(document["plan"], at, is_released=is_released)
    Worker(Desk(ledger=ledger, provider=providers, now=lambda: at), threading.Event()).drain([document["plan"]])
    ledger.plans.rest(document["plan"], at)
    outcome = status_document(ledger, ledger.plans.find(document["plan"]))
    if as_json:
        print_json(with_statuses(document, outcome) | {"dry_run": True, "requests": len(wire.requests)})
    else:
        requests = counted(len(wire.requests), "request")
        click.echo(f"Rehearsal: {requests} built and answered here; none left, nothing was written.")
    return exit_code(outcome)


def _last_instant(ledger: Ledger, plan_id: str) -> datetime:
    instants: list[datetime] = [channel["at"] for channel in ledger.plans.channels(plan_id)]
    return max([now(), *instants])
