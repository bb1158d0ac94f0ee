"""Whatever boundary the machine dies at, the next worker keeps every promise."""

from __future__ import annotations

import os

import pytest

from tests.simulation.story import KINDS
from tests.simulation.sweep import every_crash, play

SEED = int(os.environ.get("SIMULATION_SEED", "0"))


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_no_promise_is_broken_by_a_death_at_any_boundary(kind: str) -> None:
    undisturbed, *disturbed = every_crash(kind, SEED)
    assert len(disturbed) == undisturbed.boundaries
    assert [world.crashes for world in disturbed] == [1] * undisturbed.boundaries


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_story_happens_the_same_way_again(kind: str) -> None:
    assert play(KINDS[kind](SEED), (3,)).log == play(KINDS[kind](SEED), (3,)).log


def test_without_faults_everybody_gets_it() -> None:
    world = play(KINDS["calm"](SEED))
    (plan,) = world.plans.values()
    assert sorted(effect.item.key for effect in world.wire.services["once"].effects) == sorted(
        m.key for m in plan.messages
    )
