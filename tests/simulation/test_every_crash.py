"""Whatever boundary the machine dies at, the next worker keeps every promise.

``SIMULATION_SEED`` names the stories' seed; then each death is tried with every downtime there is.
"""

from __future__ import annotations

import os

import pytest

from tests.simulation.story import KINDS
from tests.simulation.sweep import every_crash, play
from tests.simulation.world import DOWNTIMES

SEED = int(os.environ.get("SIMULATION_SEED", "0"))
AGAIN = DOWNTIMES if "SIMULATION_SEED" in os.environ else None


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_no_promise_is_broken_by_a_death_at_any_boundary(kind: str) -> None:
    undisturbed, *disturbed = every_crash(kind, SEED, AGAIN)
    assert len(disturbed) == undisturbed.boundaries * len(AGAIN or [None])
    assert {world.crashes for world in disturbed} == {1}


@pytest.mark.parametrize("kind", ["repeatable", "called-off", "intruder"])
def test_the_same_story_happens_the_same_way_again(kind: str) -> None:
    first, second = (play(KINDS[kind](SEED), (3,)) for _ in range(2))
    assert first.log == second.log


def test_without_faults_everybody_gets_it() -> None:
    world = play(KINDS["calm"](SEED))
    (plan,) = world.plans.values()
    reached = [effect.item.key for effect in world.wire.services["once"].effects]
    assert sorted(reached) == sorted(message.key for message in plan.messages)
