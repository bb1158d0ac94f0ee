"""``resolve``: what is uncertain is asked of its provider, or decided by a person."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import click

from distribute.cli.carrying import DONE, IN_PART, open_desk, open_worker, stopping
from distribute.cli.json_document import print_json
from distribute.cli.options import BY, JSON, with_workspace
from distribute.cli.output import uncertain_document
from distribute.cli.wording import counted
from distribute.cli.workspace import Workspace, now
from distribute.delivery.asking import ask
from distribute.delivery.desk import Desk
from distribute.delivery.doubts import Doubt
from distribute.delivery.sending import recut
from distribute.domain.content import Accepted
from distribute.errors import PlanError

EVERYBODY = "all"


@click.command()
@click.argument("plan_id", metavar="PLAN")
@click.option("--accepted", multiple=True, metavar="KEY", help="You know it arrived: a delivery key, or all.")
@click.option("--retry", multiple=True, metavar="KEY", help="You know it did not arrive: send it again.")
@BY
@JSON
@with_workspace
def resolve(
    workspace: Workspace,
    plan_id: str,
    accepted: Sequence[str],
    retry: Sequence[str],
    by: str | None,
    as_json: bool,
) -> int:
    """Ask providers about what is uncertain, or write down what you know. Exits 3 while something stays uncertain.

    Requests that may be made again without harm are made again; where a provider can be asked by our
    key, it is. What nobody can tell by asking, you decide: look into the provider's own log first.
    """
    ledger = workspace.ledger_if_any()
    ledger.plans.find(plan_id)
    desk = open_desk(workspace, ledger)
    if accepted or retry:
        remarks = dict.fromkeys(_decide(desk, plan_id, accepted, retry, workspace.actor(by)), "")
    else:
        _repeat(workspace, desk, plan_id)
        remarks = _ask(desk, plan_id)
    rows = uncertain_document(ledger, plan_id)
    if as_json:
        print_json({"plan": plan_id, "state": ledger.plans.find(plan_id)["state"], "uncertain": rows})
    else:
        _show(plan_id, rows, remarks, is_decision=bool(accepted or retry))
    return IN_PART if rows else DONE


def _ask(desk: Desk, plan_id: str) -> dict[str, str]:
    """Ask about every doubt of the plan; each provider's remark on what it does not know, by key."""
    remarks: dict[str, str] = {}
    for doubt in desk.ledger.doubts.of(plan_id):
        _, remark = ask(desk, doubt, out_of_turn=True)
        remarks |= dict.fromkeys(doubt.recipients, remark)
    return remarks


def _repeat(workspace: Workspace, desk: Desk, plan_id: str) -> None:
    """Make again now what may be made again; left to the worker at work, if there is one."""
    if not desk.ledger.doubts.hasten(plan_id, now()):
        return
    with stopping() as stop, desk.ledger.enrol() as enrolment:
        if enrolment:
            open_worker(workspace, desk, enrolment, stop).see_through(plan_id)


def _decide(desk: Desk, plan_id: str, accepted: Sequence[str], retry: Sequence[str], by: str) -> list[str]:
    """Write down a person's word; the keys it was about. PlanError when one of them is not uncertain."""
    doubts = desk.ledger.doubts
    doubts.stop_repeating(plan_id, now())
    open_doubts = doubts.of(plan_id)
    arrived, again = (_chosen(open_doubts, keys, plan_id) for keys in (accepted, retry))
    if both := set(arrived) & set(again):
        raise PlanError(f"--accepted and --retry both name {', '.join(sorted(both))}: say which one holds")
    for doubt in open_doubts:
        if known := {key: Accepted(provider_id="") for key in doubt.recipients if key in arrived}:
            doubts.learn(doubt, known, f"a person said so at {now():%Y-%m-%d %H:%M} UTC", now(), by)
        if part := {key: it for key, it in doubt.recipients.items() if key in again}:
            doubts.retry(doubt, recut(desk, replace(doubt, recipients=part)), now(), by)
    return [*arrived, *again]


def _chosen(doubts: Sequence[Doubt], keys: Sequence[str], plan_id: str) -> list[str]:
    known = [key for doubt in doubts for key in doubt.recipients]
    if EVERYBODY in keys:
        return known
    if strange := [key for key in keys if key not in known]:
        raise PlanError(
            f"{', '.join(strange)} is not uncertain in plan {plan_id}: `distribute resolve {plan_id}` lists the keys"
        )
    return list(keys)


def _show(plan_id: str, rows: Sequence[Mapping[str, Any]], remarks: Mapping[str, str], *, is_decision: bool) -> None:
    if is_decision:
        click.echo(f"{counted(len(remarks), 'delivery', 'deliveries')} decided.")
    for line in _lines(rows, {} if is_decision else remarks):
        click.echo(line)
    if not rows:
        click.echo("Nothing is uncertain.")
        return
    click.echo(
        f"Look them up in the provider's own log, then say what you know:\n"
        f"  distribute resolve {plan_id} --accepted KEY    it arrived\n"
        f"  distribute resolve {plan_id} --retry KEY       it did not: `distribute run` sends it again"
    )


def _lines(rows: Sequence[Mapping[str, Any]], remarks: Mapping[str, str]) -> Iterator[str]:
    for row in rows:
        yield f"{row['key']}  {row['channel']:<9} {row['recipient']}\n    {row['because']}"
        if remark := remarks.get(row["key"]):
            yield f"    {remark}"
