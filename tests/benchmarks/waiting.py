"""How long somebody waits: for the first word of a command, and for a due plan's first request."""

from __future__ import annotations

import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from typing import Any

from tests.benchmarks.people import RELEASE, CouldNot, environment, make_workspace, require, run_command, run_python
from tests.benchmarks.sink import open_sink

_LONGEST = 60.0
_QUIET = 1.0
"""Seconds without a request after which a plan is taken to be through."""


def cold_starts(folder: Path, repetitions: int) -> list[dict[str, Any]]:
    """Medians of a Python that does nothing and of commands, each in turn: wall seconds, and those of CPU.

    The CPU's are the ones to go by on a machine that has other work.
    """
    workspace = make_workspace(folder / "cold", 1)
    command = str(Path(sys.executable).with_name("distribute"))
    commands = {
        "python -c pass": ["-c", "pass"],
        "distribute --help": [command, "--help"],
        "distribute show": [command, "show", RELEASE],
        "distribute status": [command, "status"],
        "distribute hold": [command, "hold", "--all"],
    }
    found: dict[str, list[tuple[float, float]]] = {name: [] for name in commands}
    for _ in range(repetitions):
        for name, arguments in commands.items():
            ended = require(run_python(arguments, workspace, {}))
            found[name].append((ended.wall, ended.cpu))
    medians = {name: [median(times) for times in zip(*taken, strict=True)] for name, taken in found.items()}
    idle, idle_cpu = medians["python -c pass"]
    return [
        {"command": name, "seconds": wall, "ratio": wall / idle, "cpu_seconds": cpu, "cpu_ratio": cpu / idle_cpu}
        for name, (wall, cpu) in medians.items()
    ]


def lateness(folder: Path, trials: int, number: int) -> list[float]:
    """Seconds from a plan's instant to the first byte of its first request, by ``distribute run``."""
    workspace = make_workspace(folder / "due", number)
    log = folder / "requests"
    log.touch()
    with open_sink(log) as sink:
        environ = environment(sink)
        command = [sys.executable, "-m", "distribute", "run"]
        with subprocess.Popen(command, cwd=workspace, env=environ, stderr=subprocess.DEVNULL) as running:
            try:
                return [_trial(workspace, environ, log, trial, number) for trial in range(trials)]
            finally:
                running.terminate()


def _trial(workspace: Path, environ: dict[str, str], log: Path, trial: int, number: int) -> float:
    seen = len(log.read_text().splitlines())
    due = datetime.now(UTC).replace(microsecond=0) + timedelta(seconds=4)
    order = ["send", RELEASE, "--to", "press", "--set", f"slug=due-{trial}", "--at", due.isoformat()]
    require(run_command([*order, "--confirm", str(number)], workspace, environ))
    deadline = time.monotonic() + _LONGEST
    while len(times := log.read_text().splitlines()) == seen:
        if time.monotonic() > deadline:
            raise CouldNot(f"plan due-{trial} was due at {due} and has not left")
        time.sleep(0.01)
    time.sleep(_QUIET)
    while len(times) < len(times := log.read_text().splitlines()):
        time.sleep(_QUIET)
    return float(times[seen]) - due.timestamp()
