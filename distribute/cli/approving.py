"""``approve``: a second person signs what somebody else planned."""

from __future__ import annotations

import click

from distribute.cli.frozen import find_frozen
from distribute.cli.json_document import print_json
from distribute.cli.options import JSON, with_workspace
from distribute.cli.output import approval_document
from distribute.cli.wording import counted
from distribute.cli.workspace import Workspace, now


@click.command()
@click.argument("plan_id", metavar="PLAN")
@click.option("--by", required=True, metavar="NAME", help="Who approves it; not the plan's author.")
@JSON
@with_workspace
def approve(workspace: Workspace, plan_id: str, by: str, as_json: bool) -> None:
    """Sign a plan that somebody else made: exactly what it sends, to whom, through whom and when.

    PLAN is its id or its file in plans/. With REQUIRE_APPROVAL=1 nothing leaves without it.
    """
    ledger, name = workspace.ledger_if_any(), workspace.actor(by)
    document = find_frozen(workspace, ledger, plan_id)
    ledger.approvals.approve(document["plan"], workspace.seal(ledger), now(), name)
    if as_json:
        print_json(document | {"state": "approved", "approved": approval_document(ledger, document["plan"])})
        return
    click.secho(document["headline"], bold=True)
    click.echo(f"  plan {document['plan']}\n  hash {document['hash']}")
    for channel in document["channels"]:
        deliveries = counted(channel["deliveries"], "delivery", "deliveries")
        click.echo(f"  {channel['channel']:<9} {deliveries:>16}  by {channel['provider']}, {channel['local']}")
    done, verb = ("release", "release") if document["armed"] else ("send", "send --plan")
    click.echo(f"Approved by {name}. Nothing was sent; to {done} it:\n  distribute {verb} {document['plan']}")
