"""``plan`` and ``send``: freeze what goes out, and carry it out once."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from distribute.channels.transport import RehearsalWire
from distribute.cli.carrying import DONE, carry_out, count_left, rehearse, show_planned
from distribute.cli.frozen import find_frozen
from distribute.cli.json_document import print_json
from distribute.cli.options import BY, CONFIRM, JSON, RELEASE, with_order_options, with_workspace
from distribute.cli.ordering import Planned, draw_up
from distribute.cli.output import plan_document
from distribute.cli.wishes import Wishes
from distribute.cli.wording import counted
from distribute.cli.workspace import Workspace, now
from distribute.delivery.ledger import Ledger
from distribute.delivery.plan_file import plan_path, write_plan
from distribute.domain.plan import Plan
from distribute.errors import DistributeError, PlanError


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
    planned = _draw_up(workspace, ledger, Wishes(release=release, **wished))
    ledger, path = freeze(workspace, ledger, planned, workspace.actor(by))
    if as_json:
        print_json(
            plan_document(planned.plan, planned.digest) | {"author": ledger.plans.find(planned.plan.id)["author"]}
        )
    else:
        show_planned(planned)
        click.echo(f"Frozen in {workspace.name_of(path)}; nothing was sent. {_next_step(workspace, planned.plan)}")
    return DONE


@click.command()
@click.argument("release", type=click.Path(path_type=Path, dir_okay=False), required=False)
@click.option("--plan", "plan_id", metavar="ID_OR_FILE", help="Carry out a frozen plan instead.")
@with_order_options
@CONFIRM
@click.option("--dry-run", is_flag=True, help="Rehearse: every request is built, none leaves, nothing is written.")
@BY
@JSON
@with_workspace
def send(
    workspace: Workspace,
    release: Path | None,
    plan_id: str | None,
    confirm: int | None,
    dry_run: bool,
    by: str | None,
    as_json: bool,
    **wished: Any,
) -> int:
    """Plan, ask for the number of deliveries, then send; or schedule when --at lies ahead."""
    if (release is None) == (plan_id is None):
        raise click.UsageError("name a release file, or a frozen plan with --plan ID")
    wishes = Wishes(release=release, **wished) if release else None
    if plan_id and any(wished.values()):
        raise click.UsageError("a frozen plan cannot be changed: leave the other options out, or plan again")
    if dry_run:
        return rehearse(workspace, wishes, plan_id, as_json=as_json)
    actor = workspace.actor(by)
    if wishes and workspace.settings.require_approval:
        raise PlanError(
            "REQUIRE_APPROVAL is set, so nothing is sent that nobody else has seen: `distribute plan …` freezes it, "
            "somebody else's `distribute approve PLAN --by NAME` signs it, `distribute send --plan PLAN` sends it"
        )
    if wishes:
        ledger = workspace.ledger_if_any()
        planned = _draw_up(workspace, ledger, wishes)
        if not as_json:
            show_planned(planned)
        require_confirmation(planned.plan.deliveries, confirm)
        ledger, _ = freeze(workspace, ledger, planned, actor)
        document = plan_document(planned.plan, planned.digest)
    else:
        ledger = workspace.ledger()
        document = find_frozen(workspace, ledger, plan_id or "")
        ledger.plans.require_ready(document["plan"])
        require_confirmation(count_left(ledger, document["plan"]), confirm)
    return carry_out(workspace, ledger, document, as_json, by=actor)


def _next_step(workspace: Workspace, it: Plan) -> str:
    """What is to be done with a plan that was just frozen."""
    done = "released" if it.is_armed else "sent"
    verb = "release" if it.is_armed else "send --plan"
    send = f"  distribute {verb} {it.id}"
    if workspace.settings.require_approval:
        return f"Somebody else approves it, then it can be {done}:\n  distribute approve {it.id} --by NAME\n{send}"
    return f"It waits until somebody says:\n{send}" if it.is_armed else f"To send it:\n{send}"


def require_confirmation(count: int, given: int | None) -> None:
    """The number of deliveries must be said by a person; PlanError when it is not that number."""
    if given is None:
        try:
            given = click.prompt(f"Type the number of deliveries to send them ({count})", type=int, err=True)
        except click.Abort:
            raise PlanError(f"not confirmed: say --confirm {count}; nothing was sent") from None
    if given != count:
        raise PlanError(f"the plan has {counted(count, 'delivery', 'deliveries')}, not {given}: nothing was sent")


def _draw_up(workspace: Workspace, ledger: Ledger, wishes: Wishes) -> Planned:
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
