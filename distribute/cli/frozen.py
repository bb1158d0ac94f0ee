"""A plan that was frozen earlier: found by its id or file, and refused when it is not what was planned any more."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from distribute.cli.output import frozen_document
from distribute.cli.workspace import Workspace, now
from distribute.delivery.ledger import Ledger
from distribute.delivery.plan_file import find_plan, read_header, read_lift, require_unchanged
from distribute.domain.delivery import PlanState
from distribute.domain.instant import iso
from distribute.domain.plan import EMAIL
from distribute.errors import PlanError


def find_frozen(workspace: Workspace, ledger: Ledger, name: str) -> dict[str, Any]:
    """A recorded plan, refused when it is not what was planned any more."""
    path = find_plan(workspace.root, name)
    plan_id = path.stem
    row = ledger.plans.find(plan_id)
    if row["state"] in {PlanState.PLANNED, PlanState.APPROVED}:
        if read_header(path)["hash"] != row["hash"]:
            raise PlanError(f"{path} is not the plan {plan_id} that this workspace knows: nothing was sent; plan again")
        require_unchanged(row["inputs"], workspace.root)
        _require_lift_ahead(path, ledger, plan_id)
    return frozen_document(ledger, row)


def _require_lift_ahead(path: Path, ledger: Ledger, plan_id: str) -> None:
    """Letters that ask for an embargo are not sent once it has lifted."""
    lift = read_lift(path)
    is_marked = any(it["channel"] == EMAIL and lift and it["at"] < lift for it in ledger.plans.channels(plan_id))
    if lift and is_marked and lift <= now():
        raise PlanError(f"the letters of plan {plan_id} say EMBARGO until {iso(lift)}, which has passed: plan again")
