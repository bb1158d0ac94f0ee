"""Where a storm happens: a workspace, the commands given in it as processes, and the judgement afterwards."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from distribute.cli.setup import make_workspace
from distribute.delivery.schema import batch
from distribute.domain.delivery import BatchState
from tests.channels.conftest import ENVIRON
from tests.cli.conftest import RELEASE, Result, child_environment, write_list

SECONDS = 120
"""No command of a storm takes longer."""

ROUNDS = 30
"""So often `run --until-idle` is given before somebody asks why nothing ends."""

KNOWN = {"accepted", "rejected", "uncertain", "skipped", "cancelled"}


class Broken(AssertionError):
    """A promise was broken."""


@dataclass
class Ground:
    """A workspace with a release and a list of ``readers``; ``environ`` holds the provider's settings.

    ``database``: the ledger's address, if it is not the file in the workspace. ``prefix``: a command
    that runs commands, in front of each.
    """

    root: Path
    readers: int
    environ: dict[str, str] = field(default_factory=dict)
    database: str = ""
    prefix: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        make_workspace(self.root)
        (self.root / "bridge.txt").write_text(RELEASE)
        write_list(self.root / "recipients" / "press.csv", self.readers)
        self.environ.setdefault("UNDO_SECONDS", "0")
        if self.database:
            self.environ["DATABASE_URL"] = self.database

    def start(self, *args: str, **popen: Any) -> subprocess.Popen[str]:
        """The command as a process of its own."""
        return subprocess.Popen(
            [*self.prefix, sys.executable, "-m", "tests.chaos.command", *args],
            cwd=self.root,
            env=child_environment(**ENVIRON, **self.environ),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            **popen,
        )

    def call(self, *args: str, **popen: Any) -> Result:
        """The command to its end."""
        with self.start(*args, **popen) as process:
            out, err = process.communicate(timeout=SECONDS)
        if "Traceback" in err or "fault of its own" in err:
            raise Broken(f"distribute {' '.join(args)} stumbled: {err}")
        return Result(process.returncode, out, err)

    def plans(self) -> list[dict[str, Any]]:
        return list(self.call("status", "--json").json["plans"])

    def deliveries(self, plan: str) -> list[dict[str, Any]]:
        return list(self.call("report", plan, "--json").json["deliveries"])

    def weather(self, *, resume: bool = True) -> list[dict[str, Any]]:
        """Carry on until every plan has come to its end; somebody resumes what is held. The plans, newest first."""
        for _ in range(ROUNDS):
            self.call("run", "--until-idle")
            plans = self.plans()
            if all(it["state"] in {"done", "cancelled", "planned"} for it in plans):
                return plans
            for held in (it for it in plans if it["state"] == "held" and resume):
                self.call("resume", held["plan"])
            self.let_time_pass()
        raise Broken(f"it never ends: {plans}")

    def let_time_pass(self) -> None:
        """Pauses a provider asked for are over."""
        engine = sa.create_engine(self.database or f"sqlite:///{self.root / 'distribute.db'}")
        with engine.begin() as db:
            waits = batch.c.state == BatchState.PLANNED
            db.execute(batch.update().where(waits).values(not_before=datetime.now(UTC)))
        engine.dispose()


def judge(deliveries: Sequence[Mapping[str, Any]], taken: Mapping[str, int], *, expected: int) -> dict[str, int]:
    """Nobody twice, nobody missing, and what the ledger says is so; the counts by status. Raises Broken."""
    by_status: dict[str, set[str]] = {}
    for it in deliveries:
        by_status.setdefault(it["status"], set()).add(it["recipient"])
    twice = sorted(address for address, times in taken.items() if times > 1)
    accepted, uncertain = by_status.get("accepted", set()), by_status.get("uncertain", set())
    named = set().union(*by_status.values())
    _require(not twice, "twice", twice)
    _require(len(named) == len(deliveries) == expected, "missing from the ledger", [str(len(deliveries))])
    _require(by_status.keys() <= KNOWN, "without an end", sorted(by_status.keys() - KNOWN))
    _require(accepted <= taken.keys(), "accepted in the ledger, not at the provider", sorted(accepted - taken.keys()))
    astray = taken.keys() - accepted - uncertain
    _require(not astray, "at the provider, and the ledger does not say so", sorted(astray))
    _require(all(it["reason"] for it in deliveries if it["status"] == "uncertain"), "uncertain without a reason", [])
    return {status: len(addresses) for status, addresses in by_status.items()}


def wait_for(condition: Any, process: subprocess.Popen[Any] | None = None, seconds: float = SECONDS) -> bool:
    """Whether it came to be while the process lived."""
    deadline = time.monotonic() + seconds
    while not condition():
        if process is not None and process.poll() is not None:
            return bool(condition())
        if time.monotonic() > deadline:
            raise Broken("it took too long")
        time.sleep(0.002)
    return True


def _require(is_so: bool, what: str, whom: Sequence[str]) -> None:
    if not is_so:
        raise Broken(f"{what}: {json.dumps(list(whom[:8]))} ({len(whom)})")
