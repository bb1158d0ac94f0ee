"""Which plans are due, and which are too late to start by themselves."""

from __future__ import annotations

from datetime import datetime, timedelta

from distribute.delivery.ledger import Ledger
from distribute.domain.delivery import PlanState
from distribute.domain.instant import iso


def start_due(ledger: Ledger, now: datetime, grace: timedelta) -> list[str]:
    """Start every channel whose instant has come; the ids of plans held because it passed too long ago.

    News that is hours late may be wrong to send, so a person decides. A plan that lacks an approval is held, too.
    """
    held = ledger.plans.hold_unapproved(now)
    for row in ledger.plans.pending_channels():
        if row["at"] > now:
            continue
        if now - row["at"] > grace:
            late = f"{row['channel']} was due at {iso(row['at'])} and was not started within {_minutes(grace)}"
            ledger.plans.hold(
                row["plan"], f"late: {late}; `distribute send --plan {row['plan']}` sends it all the same", now
            )
            held.append(row["plan"])
        elif not ledger.plans.start_channel(row["plan"], row["channel"], now):
            held += [row["plan"]] if ledger.plans.find(row["plan"])["state"] == PlanState.HELD else []
    return list(dict.fromkeys(held))


def next_start(ledger: Ledger) -> datetime | None:
    """The earliest instant at which a begun plan's channel starts."""
    pending = ledger.plans.pending_channels()
    return pending[0]["at"] if pending else None


def _minutes(grace: timedelta) -> str:
    return f"{int(grace.total_seconds() // 60)} minutes"
