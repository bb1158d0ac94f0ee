"""``send``: carry out a plan once, a frozen one or that of a release."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from distribute.cli.carrying import carry_out, count_left
from distribute.cli.frozen import find_frozen
from distribute.cli.options import BY, CONFIRM, JSON, with_order_options, with_workspace
from distribute.cli.output import plan_document
from distribute.cli.wishes import Wishes
from distribute.cli.wording import counted
from distribute.cli.workspace import Workspace
from distribute.delivery.ledger import Ledger
from distribute.domain.plan import Plan
from distribute.errors import PlanError


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
        from distribute.cli.rehearsing import rehearse  # noqa: PLC0415  it can draw up a plan

        return rehearse(workspace, wishes, plan_id, as_json=as_json)
    actor = workspace.actor(by)
    if wishes and workspace.settings.require_approval:
        raise PlanError(
            "REQUIRE_APPROVAL is set, so nothing is sent that nobody else has seen: `distribute plan …` freezes it, "
            "somebody else's `distribute approve PLAN --by NAME` signs it, `distribute send --plan PLAN` sends it"
        )
    if wishes:
        ledger, document = _freeze(workspace, wishes, confirm, actor, as_json=as_json)
    else:
        ledger = workspace.ledger()
        document = find_frozen(workspace, ledger, plan_id or "")
        ledger.plans.require_ready(document["plan"])
        require_confirmation(count_left(ledger, document["plan"]), confirm)
    return carry_out(workspace, ledger, document, as_json, by=actor)


def _freeze(
    workspace: Workspace, wishes: Wishes, confirm: int | None, actor: str, *, as_json: bool
) -> tuple[Ledger, dict[str, Any]]:
    """The plan of a release, shown, confirmed and frozen: the ledger that has it, and its document."""
    from distribute.cli.freezing import draw_up_now, freeze, show_planned  # noqa: PLC0415  a frozen plan needs no other

    ledger = workspace.ledger_if_any()
    planned = draw_up_now(workspace, ledger, wishes)
    if workspace.settings.require_test:
        _require_tested(planned.plan, ledger)
    if not as_json:
        show_planned(planned)
    require_confirmation(planned.plan.deliveries, confirm)
    ledger, _ = freeze(workspace, ledger, planned, actor)
    return ledger, plan_document(planned.plan, planned.digest)


def _require_tested(plan: Plan, ledger: Ledger) -> None:
    """Refused before anything is frozen; the ledger asks once more before it begins."""
    from distribute.cli.advice import untested  # noqa: PLC0415  a frozen plan needs none
    from distribute.delivery.trials import why_untested  # noqa: PLC0415  the same

    provider, records = untested(plan, ledger)
    if records:
        raise PlanError(why_untested(records[0], provider))


def require_confirmation(count: int, given: int | None) -> None:
    """The number of deliveries must be said by a person; PlanError when it is not that number."""
    if given is None:
        try:
            given = click.prompt(f"Type the number of deliveries to send them ({count})", type=int, err=True)
        except click.Abort:
            raise PlanError(f"not confirmed: say --confirm {count}; nothing was sent") from None
    if given != count:
        raise PlanError(f"the plan has {counted(count, 'delivery', 'deliveries')}, not {given}: nothing was sent")
