"""Anything at once, drawn from seeds: crashes, troubles, suspensions, intruders, second thoughts.

``SIMULATION_SEED`` names the first seed and ``SIMULATION_SEEDS`` how many; a seed alone is one run.
"""

from __future__ import annotations

import os

import pytest

from tests.simulation.story import random_story
from tests.simulation.sweep import play

FIRST = int(os.environ.get("SIMULATION_SEED", "1000"))
SEEDS = int(os.environ.get("SIMULATION_SEEDS", "1" if "SIMULATION_SEED" in os.environ else "24"))
PARTS = 4


@pytest.mark.slow
@pytest.mark.parametrize("part", range(PARTS))
def test_no_promise_is_broken_by_a_random_schedule(part: int) -> None:
    for seed in range(FIRST + part, FIRST + SEEDS, PARTS):
        play(random_story(seed))
