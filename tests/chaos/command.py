"""The real command with the patience and appetite of a test: ``python -m tests.chaos.command VERB …``.

Everything else is the program as it is installed. CHAOS_TIMEOUT: seconds to wait for an answer;
CHAOS_BATCH: how many deliveries one request carries; CHAOS_LOCK: seconds to wait for a locked ledger;
CHAOS_PAGES: how many pages the ledger may grow to; CHAOS_FAULT: a fault of tests/simulation/faults.py
that is planted in the program, to show that it would be seen.
"""

from __future__ import annotations

import os

import pytest
import sqlalchemy as sa

from distribute.channels import PROVIDERS, transport
from distribute.channels.transport import LiveWire, Wire
from distribute.cli import main
from distribute.cli.workspace import Workspace
from tests.simulation import faults


def be_impatient(timeout: float) -> None:
    """Give up waiting for an answer after so many seconds."""

    def live_wire(self: Workspace) -> Wire:
        return LiveWire(self.outbox, timeout=(transport.TIMEOUT[0], timeout))

    Workspace.live_wire = live_wire  # type: ignore[method-assign]  # the one door to the network


def eat_little(size: int) -> None:
    """Carry at most so many deliveries in one request."""
    for provider in PROVIDERS.values():
        provider.batch_size = min(size, provider.batch_size)


def set_pragma(pragma: str) -> None:
    """Say so to SQLite at the beginning of every transaction."""

    @sa.event.listens_for(sa.Engine, "begin")
    def _begin(connection: sa.Connection) -> None:
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql(f"PRAGMA {pragma}")


if __name__ == "__main__":
    be_impatient(float(os.environ.get("CHAOS_TIMEOUT", "30")))
    eat_little(int(os.environ.get("CHAOS_BATCH", "1000000")))
    if "CHAOS_LOCK" in os.environ:
        set_pragma(f"busy_timeout={int(float(os.environ['CHAOS_LOCK']) * 1000)}")
    if "CHAOS_PAGES" in os.environ:
        set_pragma(f"max_page_count={os.environ['CHAOS_PAGES']}")
    if "CHAOS_FAULT" in os.environ:
        getattr(faults, os.environ["CHAOS_FAULT"])(pytest.MonkeyPatch())
    main()
