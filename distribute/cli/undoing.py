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

_CLEAR = "\r\x1b[K"
"""To the beginning of the line, and nothing on it: a line that is counted down in must not wrap."""

LOOK_EVERY = 0.2
"""Seconds between two looks at the ledger: another terminal may hold or cancel the plan."""


def wait_out(ledger: Ledger, plan_id: str, leaves_at: datetime, stop: threading.Event) -> bool:
    """Wait until a plan leaves; False when work was stopped, or somebody held or cancelled it meanwhile.

    Says so once on standard error, and counts down there where it is a terminal.
    """
    click.echo(f"Leaves in {_seconds(leaves_at)} s; Ctrl-C or `distribute cancel {plan_id}` undoes it.", err=True)
    is_seen = sys.stderr.isatty()
    try:
        while (left := (leaves_at - now()).total_seconds()) > 0:
            if is_seen:
                click.echo(f"{_CLEAR}{_seconds(leaves_at)} s", err=True, nl=False)
            if stop.wait(min(left, LOOK_EVERY)) or ledger.plans.find(plan_id)["state"] not in BEGUN:
                return False
        return not stop.is_set()
    finally:
        click.echo(_CLEAR if is_seen else "", err=True, nl=False)


def _seconds(leaves_at: datetime) -> int:
    """How many are left, the one that has begun counted in."""
    return max(0, math.ceil((leaves_at - now()).total_seconds()))
