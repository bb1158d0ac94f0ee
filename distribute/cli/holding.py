"""``hold``, ``resume`` and ``cancel``: what takes effect before the next request leaves."""

from __future__ import annotations

from collections.abc import Callable, Container, Sequence

import click

from distribute.cli.json_document import print_json
from distribute.cli.options import BY, JSON, with_workspace
from distribute.cli.output import print_status, status_document
from distribute.cli.workspace import Workspace, now
from distribute.delivery.ledger import Ledger
from distribute.delivery.plan_rows import BEGUN
from distribute.domain.delivery import PlanState
from distribute.errors import PlanError

_PLAN = click.argument("plan_id", metavar="[PLAN]", required=False)
_ALL = click.option("--all", "all_of_them", is_flag=True, help="Every plan it can be said of.")
BY_A_PERSON = "held by a person; `distribute resume` lets it go on"


@click.command()
@_PLAN
@_ALL
@BY
@JSON
@with_workspace
def hold(workspace: Workspace, plan_id: str | None, all_of_them: bool, by: str | None, as_json: bool) -> None:
    """Let nothing more of a plan leave until somebody resumes it. Nothing is lost."""
    ledger, actor = workspace.ledger_if_any(), workspace.actor(by)

    def move(plan: str) -> None:
        ledger.plans.hold(plan, BY_A_PERSON, now(), actor)
        state = ledger.plans.find(plan)["state"]
        if state != PlanState.HELD:
            raise PlanError(f"plan {plan} is {state}: only a scheduled or running plan can be held")

    _each(ledger, _choose(ledger, plan_id, BEGUN, all_of_them=all_of_them), move, as_json=as_json)


@click.command()
@_PLAN
@_ALL
@BY
@JSON
@with_workspace
def resume(workspace: Workspace, plan_id: str | None, all_of_them: bool, by: str | None, as_json: bool) -> None:
    """Let a held plan go on: at its instants, or at once where it had started."""
    ledger, actor = workspace.ledger_if_any(), workspace.actor(by)
    chosen = _choose(ledger, plan_id, (PlanState.HELD,), all_of_them=all_of_them)
    grace = workspace.settings.late_grace
    _each(ledger, chosen, lambda plan: ledger.plans.resume(plan, now(), grace, actor), as_json=as_json)
    if not as_json and chosen:
        click.echo("`distribute run` must be running for it to leave.")


@click.command()
@click.argument("plan_id", metavar="PLAN")
@BY
@JSON
@with_workspace
def cancel(workspace: Workspace, plan_id: str, by: str | None, as_json: bool) -> None:
    """Let nothing more of a plan leave, ever. What was accepted stays accepted."""
    ledger, actor = workspace.ledger_if_any(), workspace.actor(by)
    ledger.plans.find(plan_id)
    _each(ledger, [plan_id], lambda plan: ledger.plans.cancel(plan, now(), actor), as_json=as_json)


def _choose(ledger: Ledger, plan_id: str | None, states: Container[str], *, all_of_them: bool) -> list[str]:
    """The plan named, or all that are in one of these states."""
    if bool(plan_id) == all_of_them:
        raise click.UsageError("name a plan, or say --all")
    if plan_id:
        return [str(ledger.plans.find(plan_id)["id"])]
    return [row["id"] for row in ledger.plans.newest_first() if row["state"] in states]


def _each(ledger: Ledger, plans: Sequence[str], move: Callable[[str], None], *, as_json: bool) -> None:
    documents = []
    for plan in plans:
        move(plan)
        documents.append(status_document(ledger, ledger.plans.find(plan)))
    if as_json:
        print_json(documents[0] if len(documents) == 1 else {"plans": documents})
        return
    for document in documents:
        print_status(document, {c["channel"]: c["zone"] for c in ledger.plans.channels(document["plan"])})
    if not documents:
        click.echo("There is no such plan now.")
