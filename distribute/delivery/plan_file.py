"""The plan as a file: a header line, then the very lines its hash is taken over."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any

from distribute.domain.instant import iso
from distribute.domain.plan import Plan, canonical
from distribute.errors import PlanError


def plan_path(workspace: Path, plan_id: str) -> Path:
    return workspace / "plans" / f"{plan_id}.jsonl"


def find_plan(workspace: Path, name: str) -> Path:
    """Where the plan of that id is kept; a plan's own file, ``….jsonl``, is taken as it is named."""
    return Path(name) if name.endswith(".jsonl") else plan_path(workspace, name)


def write_plan(plan: Plan, digest: str, workspace: Path) -> Path:
    """Write ``plans/ID.jsonl``, readable by its owner alone, whole or not at all."""
    path = plan_path(workspace, plan.id)
    header = {
        "plan": plan.id,
        "hash": digest,
        "created_at": iso(plan.created_at),
        "release_file": plan.release_file,
        "tzdata": plan.tzdata,
        "inputs": dict(plan.inputs),
        "findings": list(plan.findings),
    }
    draft = path.with_suffix(".part")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with os.fdopen(os.open(draft, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "wb") as file:
            file.write(canonical(header))
            file.writelines(plan.lines())
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except OSError as error:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
        raise PlanError(f"{path} cannot be written ({error.strerror}): nothing was planned") from error
    return path


def read_header(path: Path) -> dict[str, Any]:
    """The first line of a plan file; PlanError when it is none or its hash is not that of its lines."""
    try:
        with path.open("rb") as file:
            header = json.loads(file.readline())
            digest = "sha256:" + hashlib.file_digest(file, "sha256").hexdigest()
        planned = header["hash"]
    except OSError as error:
        raise PlanError(f"{path} cannot be read ({error.strerror}): plan again") from error
    except (ValueError, KeyError, TypeError):
        raise PlanError(f"{path} is not a plan: name a file that `distribute plan` wrote") from None
    if digest != planned:
        raise PlanError(f"{path} was changed after it was planned: it was not sent; plan again")
    return dict(header)


def read_lift(path: Path) -> datetime | None:
    """The lift a plan was made under; None when it has none or the file is gone. Call ``read_header`` first."""
    if not path.is_file():
        return None
    with path.open("rb") as file:
        records = (json.loads(line) for line in islice(file, 1, 3))
        lift = next((record["lift"] for record in records if "lift" in record), None)
    return datetime.fromisoformat(lift) if lift else None


def require_unchanged(inputs: Mapping[str, str], workspace: Path) -> None:
    """Refuse a plan whose release or lists were edited since: what was seen would not be what goes out.

    A file that is gone is no drift: the plan holds all it needs.
    """
    for name, digest in inputs.items():
        path = workspace / name
        if path.is_file() and _digest(path) != digest:
            raise PlanError(f"{name} was changed after the plan was made: plan again, or put the file back as it was")


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
