"""The canary in words and documents: who leaves first, and until when the rest waits."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import click

from distribute.cli.wording import counted
from distribute.config import Settings
from distribute.delivery.ledger import Ledger
from distribute.domain.instant import iso
from distribute.errors import ConfigError

LONGEST = timedelta(days=1)
"""News that waits longer is another send."""

_UNITS = {"h": 3600, "m": 60}


def require_short(settings: Settings) -> None:
    """ConfigError for a pause that no release bears."""
    if settings.canary > LONGEST:
        raise ConfigError(["CANARY is longer than a day: write a pause such as 10m, or nothing for none"])


def canary_document(deliveries: int, pause: int) -> dict[str, Any]:
    """The entry of a channel in ``plan --json``; empty where nobody waits. ``pause`` is in seconds."""
    return {"canary": {"deliveries": deliveries, "pause": pause}} if pause else {}


def print_canary(channel: Mapping[str, Any]) -> None:
    """A line of a plan for a channel that has a canary."""
    if canary := channel.get("canary"):
        first = counted(canary["deliveries"], "delivery", "deliveries")
        others = channel["deliveries"] - canary["deliveries"]
        click.echo(f"  canary    {first} first, the other {others:,} after {_spelt(canary['pause'])}")


def pause_document(ledger: Ledger, plan_id: str) -> dict[str, Any] | None:
    """The entry of a plan in ``status --json``; None where nothing waits for a canary that has left."""
    pause = ledger.pauses.of(plan_id)
    return {"left": pause.left, "waiting": pause.waiting, "until": iso(pause.until)} if pause else None


def print_pause(document: Mapping[str, Any]) -> None:
    """What waits, until when, and how it is stopped."""
    if pause := document["canary"]:
        plan = document["plan"]
        click.echo(
            f"  Canary: {pause['left']:,} have left; the other {pause['waiting']:,} leave at {pause['until']} by "
            f"`distribute run`, unless one of the first fails or `distribute hold {plan}` stops them."
        )


def _spelt(seconds: int) -> str:
    """A duration as the setting is written."""
    unit, size = next(((unit, size) for unit, size in _UNITS.items() if seconds % size == 0), ("s", 1))
    return f"{seconds // size}{unit}"
