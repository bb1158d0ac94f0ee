"""``release``: the word an armed plan waits for."""

from __future__ import annotations

import click

from distribute.cli.carrying import carry_out, count_left
from distribute.cli.frozen import find_frozen
from distribute.cli.options import BY, CONFIRM, JSON, with_workspace
from distribute.cli.sending import require_confirmation
from distribute.cli.workspace import Workspace


@click.command()
@click.argument("plan_id", metavar="PLAN")
@CONFIRM
@BY
@JSON
@with_workspace
def release(workspace: Workspace, plan_id: str, confirm: int | None, by: str | None, as_json: bool) -> int:
    """Start an armed plan (`distribute plan … --armed`): the vote was taken, the verdict is out.

    Asks for the number of deliveries as `send` does. Networks still wait for an embargo that lies ahead.
    """
    ledger, actor = workspace.ledger_if_any(), workspace.actor(by)
    document = find_frozen(workspace, ledger, plan_id)
    ledger.plans.require_ready(document["plan"], is_released=True)
    require_confirmation(count_left(ledger, document["plan"]), confirm)
    return carry_out(workspace, ledger, document, as_json, by=actor, is_released=True)
