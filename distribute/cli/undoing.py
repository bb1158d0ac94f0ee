"""The seconds between a confirmation and the first request, for whoever thinks better of it."""

from __future__ import annotations

import math
import sys
import threading
from datetime import datetime

import click

from distribute.cli.workspace import now
from distribute.delivery.ledger import Ledger
from distribute.delivery.plan_rows import BEGUN

LOOK_EVERY = 0.2
"""Seconds between two looks at the ledger: another terminal may hold or cancel the plan."""


def wait_out(ledger: Ledger, plan_id: str, leaves_at: datetime, stop: threading.Event) -> bool:
    """Wait until a plan leaves; False when work was stopped, or somebody held or cancelled it meanwhile.

    Counts down on standard error where that is a terminal, and says it once where it is not.
    """
    is_seen = sys.stderr.isatty()
    shown = 0
    try:
        while (left := (leaves_at - now()).total_seconds()) > 0:
            if (seconds := math.ceil(left)) != shown and (is_seen or not shown):
                _say(plan_id, seconds, is_seen=is_seen)
                shown = seconds
            if stop.wait(min(left, LOOK_EVERY)) or ledger.plans.find(plan_id)["state"] not in BEGUN:
                return False
        return not stop.is_set()
    finally:
        click.echo("\r\x1b[K" if is_seen else "", err=True, nl=False)


def _say(plan_id: str, seconds: int, *, is_seen: bool) -> None:
    sentence = f"Leaves in {seconds} s; Ctrl-C or `distribute cancel {plan_id}` undoes it."
    click.echo(f"\r\x1b[K{sentence}" if is_seen else sentence, err=True, nl=not is_seen)
