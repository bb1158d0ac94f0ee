"""``plan``, and how ``send`` of a release begins: freeze who gets what, when, through whom."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from distribute.channels.transport import RehearsalWire
from distribute.cli.json_document import print_json
from distribute.cli.options import BY, JSON, RELEASE, with_order_options, with_workspace
from distribute.cli.ordering import Planned, draw_up
from distribute.cli.output import plan_document, print_advice, print_plan, print_silenced
from distribute.cli.wishes import Wishes
from distribute.cli.workspace import Workspace, now
from distribute.delivery.ledger import Ledger
from distribute.delivery.plan_file import plan_path, write_plan
from distribute.domain.plan import Plan
from distribute.errors import DistributeError


@click.command()
@RELEASE
@with_order_options
@click.option("--armed", "is_armed", is_flag=True, help="For `distribute release`, when something happens; no timer.")
@BY
@JSON
@with_workspace
def plan(workspace: Workspace, release: Path, by: str | None, as_json: bool, **wished: Any) -> int:
    """Freeze who gets what, when, through whom. Sends nothing.

    The plan is kept in plans/ID.jsonl; `distribute send --plan ID` carries it out.
    """
    ledger = workspace.ledger_if_any()
    planned = draw_up_now(workspace, ledger, Wishes(release=release, **wished))
    ledger, path = freeze(workspace, ledger, planned, workspace.actor(by))
    if as_json:
        print_json(
            plan_document(planned.plan, planned.digest) | {"author": ledger.plans.find(planned.plan.id)["author"]}
        )
    else:
        show_planned(planned)
        click.echo(f"Frozen in {workspace.name_of(path)}; nothing was sent. {_next_step(workspace, planned.plan)}")
    return 0


def _next_step(workspace: Workspace, it: Plan) -> str:
    """What is to be done with a plan that was just frozen."""
    done = "released" if it.is_armed else "sent"
    verb = "release" if it.is_armed else "send --plan"
    send = f"  distribute {verb} {it.id}"
    if workspace.settings.require_approval:
        look = f"  distribute preview --plan {it.id} --open\n  distribute approve {it.id} --by NAME"
        return f"Somebody else looks at it and approves it, then it can be {done}:\n{look}\n{send}"
    return f"It waits until somebody says:\n{send}" if it.is_armed else f"To send it:\n{send}"


def show_planned(planned: Planned) -> None:
    print_plan(planned.plan, planned.digest)
    print_silenced(planned.findings)
    print_advice(planned.advice)


def draw_up_now(workspace: Workspace, ledger: Ledger, wishes: Wishes) -> Planned:
    """The plan for what was wished, as of now; every request is built, none leaves and nothing is written."""
    return draw_up(workspace, wishes, ledger=ledger, providers=workspace.providers(RehearsalWire()), now=now())


def freeze(workspace: Workspace, ledger: Ledger, planned: Planned, author: str) -> tuple[Ledger, Path]:
    """Write the plan into the workspace: the file first, so that the ledger never names one that is not there."""
    is_known = plan_path(workspace.root, planned.plan.id).exists()
    path = write_plan(planned.plan, planned.digest, workspace.root)
    try:
        if ledger.is_draft:
            drafted, ledger = ledger, workspace.ledger()
            ledger.inherit(drafted)
        ledger.plans.record(planned.plan, planned.digest, author)
    except DistributeError:
        if not is_known:
            path.unlink(missing_ok=True)
        raise
    return ledger, path
