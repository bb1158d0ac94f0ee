"""What a plan of a size takes: time, memory of a fresh process, bytes in the database."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from tests.benchmarks.people import (
    ADDRESS,
    CouldNot,
    environment,
    make_workspace,
    require,
    run_command,
)
from tests.benchmarks.sink import open_sink


def footprint(folder: Path, number: int, provider: str = "sendgrid") -> dict[str, Any]:
    """Planning and sending ``number`` journalists a letter; a figure that could not be had is a sentence."""
    with open_sink() as sink:
        workspace = make_workspace(folder / f"of-{number}", number)
        environ = environment(sink, provider)
        found: dict[str, Any] = {"recipients": number, "provider": provider}
        try:
            order = ["plan", "belarus-police.txt", "--to", "press", "--json"]
            planned = require(run_command(order, workspace, environ))
            found |= {
                "plan_seconds": planned.wall,
                "plan_cpu_us": planned.cpu / number * 1e6,
                "plan_peak": planned.peak,
            }
            carry = ["send", "--plan", planned.json["plan"], "--confirm", str(number), "--json"]
            sent = require(run_command(carry, workspace, environ))
            found |= {"send_seconds": sent.wall, "send_cpu_us": sent.cpu / number * 1e6, "send_peak": sent.peak}
            found |= {"plan_file": sum(path.stat().st_size for path in (workspace / "plans").iterdir()) / number}
            found |= _bytes(workspace / "distribute.db", number)
        except CouldNot as error:
            found["could_not"] = str(error)
        shutil.rmtree(workspace)
        return found


def _bytes(database: Path, number: int) -> dict[str, float]:
    """Bytes per delivery: its row with the indexes, beyond the address itself; and its share of the bodies."""
    whole = _size(database)
    without_bodies = _size(database, "UPDATE request SET body = x'', readers = NULL")
    without_rows = _size(database, "DELETE FROM delivery")
    return {
        "row_bytes": (without_bodies - without_rows) / number - len(ADDRESS.format(0, 0)),
        "body_bytes": (whole - without_bodies) / number,
    }


def _size(database: Path, change: str = "") -> int:
    with closing(sqlite3.connect(database, isolation_level=None)) as db:
        db.execute(change)
        db.execute("VACUUM")
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return database.stat().st_size
