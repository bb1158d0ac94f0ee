"""Our pipeline beside a bare session and django-anymail: CPU per message and messages per second, interleaved."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from tests.benchmarks.people import Ended, environment, make_workspace, require, run_command, run_python
from tests.benchmarks.sink import open_sink

PEER_BATCH = {"sendgrid": 1000, "postmark": 500, "resend": 100}
"""What each provider takes in one call at most: anymail at its best."""
FLOOR, OURS, IN_LANES = "bare + least ledger", "distribute", "distribute, 4 lanes"
_PEER = Path(__file__).with_name("anymail_peer.py")


@dataclass(frozen=True, kw_only=True)
class Rate:
    """Medians over the repetitions: microseconds of the sender's CPU per message, messages per second."""

    sender: str
    cpu: float
    speed: float


def compare(
    folder: Path, providers: Sequence[str], *, number: int, repetitions: int, peer: str | None
) -> dict[str, list[Rate]]:
    """For each provider ours, the bare session and, where ``peer`` is a Python that has it, anymail."""
    with open_sink() as sink:
        return {name: _provider(folder / name, name, sink, number, repetitions, peer) for name in providers}


def _provider(folder: Path, name: str, sink: str, number: int, repetitions: int, peer: str | None) -> list[Rate]:
    environ = environment(sink, name)
    folder.mkdir()
    source = make_workspace(folder / "planned", number)
    planned = require(run_command(["plan", "belarus-police.txt", "--to", "press", "--json"], source, environ)).json
    if planned["deliveries"] != number:
        raise AssertionError(f"{planned['deliveries']} planned of {number}")
    exported = folder / "export.json"
    exported.write_text(require(_sender("export", source, planned["plan"], environ)).out, encoding="utf-8")
    runs: dict[str, list[dict[str, float]]] = {}
    for repetition in range(repetitions):
        target = folder / f"run-{repetition}"
        shutil.copytree(source, target)
        runs.setdefault("bare session", []).append(require(_sender("bare", target, planned["plan"], environ)).json)
        runs.setdefault(FLOOR, []).append(require(_sender("floor", target, planned["plan"], environ)).json)
        runs.setdefault(OURS, []).append(require(_sender("ours", target, planned["plan"], environ)).json)
        shutil.rmtree(target)
        shutil.copytree(source, target)
        side_by_side = environ | {"LANES": "4"}
        runs.setdefault(IN_LANES, []).append(require(_sender("ours", target, planned["plan"], side_by_side)).json)
        if peer:
            arguments = [str(_PEER), name, sink, str(exported), str(PEER_BATCH[name])]
            runs.setdefault("django-anymail", []).append(require(run_python(arguments, folder, {}, peer)).json)
        shutil.rmtree(target)
    shutil.rmtree(folder)
    return [_median(sender, found, number) for sender, found in runs.items()]


def _sender(mode: str, folder: Path, plan: str, environ: dict[str, str]) -> Ended:
    return run_python(["-m", "tests.benchmarks.sending", mode, plan], folder, environ)


def _median(sender: str, found: list[dict[str, float]], number: int) -> Rate:
    if any(run["messages"] != number for run in found):
        raise AssertionError(f"{sender} sent {json.dumps([run['messages'] for run in found])} of {number}")
    cpu = median(run["cpu"] / run["messages"] for run in found) * 1e6
    return Rate(sender=sender, cpu=cpu, speed=median(run["messages"] / run["wall"] for run in found))


def document(rates: dict[str, list[Rate]]) -> list[dict[str, Any]]:
    """A row for each sender with its ratio to the bare session and ours to it."""
    rows = []
    for provider, found in rates.items():
        by_name = {rate.sender: rate for rate in found}
        ours, floor = by_name[OURS], by_name["bare session"]
        for rate in found:
            ratios = {"cpu_to_bare": rate.cpu / floor.cpu, "cpu_to_ours": rate.cpu / ours.cpu}
            speed = {"speed_of_ours_to_it": ours.speed / rate.speed}
            rows.append(
                {"provider": provider, "sender": rate.sender, "cpu_us": rate.cpu, "per_second": rate.speed}
                | ratios
                | speed
            )
    return rows
