"""The tests see the zone data the program sees, not this machine's, and the same invented texts every time.

HUNT=1 looks for texts nobody has tried yet.
"""

from __future__ import annotations

import os

import pytest
from hypothesis import settings

from distribute.cli.zone_data import use_bundled_zones
from tests.chaos.share import long

use_bundled_zones()
settings.register_profile("steady", derandomize=True)
if "HUNT" not in os.environ:
    settings.load_profile("steady")

ON_SQLITE = {
    f"test_{name}.py"
    for name in (
        "approvals",
        "asking",
        "batches",
        "beginning",
        "doubts",
        "events",
        "frozen_plan",
        "journal",
        "pauses",
        "plans",
        "resend",
        "running",
        "sending",
        "timekeeping",
    )
}
"""Files whose tests run over SQLite here and over PostgreSQL in `make proofs`; all others run over both."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.name in ON_SQLITE and "postgresql" in item.name:
            item.add_marker(long)
