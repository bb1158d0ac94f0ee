"""Whatever boundary the machine dies at, the next worker keeps every promise.

Every fifth boundary is tried here, and all of them by `make simulate`. ``SIMULATION_SEED`` names the stories'
seed; then all are tried here too, and each death with every downtime there is.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from tests.simulation.crew import SENDER
from tests.simulation.crews import CREWS
from tests.simulation.story import KINDS
from tests.simulation.sweep import ALL_KINDS, every_crash, play
from tests.simulation.world import DOWNTIMES, World

SEED = int(os.environ.get("SIMULATION_SEED", "0"))
AGAIN = DOWNTIMES if "SIMULATION_SEED" in os.environ else None
STEP = 1 if AGAIN else 5


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_no_promise_is_broken_by_a_death_at_any_boundary(kind: str) -> None:
    undisturbed, *disturbed = every_crash(kind, SEED, AGAIN, step=STEP)
    assert len(disturbed) == len(range(1, undisturbed.boundaries + 1, STEP)) * len(AGAIN or [None])
    assert {world.crashes for world in disturbed} == {1}


@pytest.mark.parametrize("kind", CREWS)
def test_no_promise_is_broken_by_several_workers(kind: str) -> None:
    for world in several(kind):
        assert set(world.turns) - {SENDER} == set(range(1, world.story.workers + 1))


def several(kind: str) -> Iterator[World]:
    """One interleaving and a few of its deaths; all of them where a seed is named."""
    if AGAIN:
        yield from every_crash(kind, SEED, AGAIN)
        return
    undisturbed = play(CREWS[kind](SEED))
    yield undisturbed
    for point in range(11, undisturbed.boundaries + 1, 40):
        yield play(CREWS[kind](SEED), (point,))


def test_one_worker_dies_and_the_other_goes_on() -> None:
    told = [[what for _, what in play(CREWS["pair"](2), (point,)).log] for point in range(8, 40, 8)]
    after = [log[next(n for n, what in enumerate(log) if what.startswith("CRASH")) :] for log in told]
    victims = {log[0].split(" at ")[0] for log in after if any("number 3" in what for what in log)}
    assert victims == {"CRASH of worker 1", "CRASH of worker 2"}
    assert any(what.startswith("worker 2 asks") for log in after if "worker 1" in log[0] for what in log)
    assert any(what.startswith("worker 1 asks") for log in after if "worker 2" in log[0] for what in log)


@pytest.mark.parametrize("kind", ["repeatable", "called-off", "intruder", "pair", "zombies"])
def test_the_same_story_happens_the_same_way_again(kind: str) -> None:
    first, second = (play(ALL_KINDS[kind](SEED), (3,)) for _ in range(2))
    assert first.log == second.log


def test_without_faults_everybody_gets_it() -> None:
    world = play(KINDS["calm"](SEED))
    (plan,) = world.plans.values()
    reached = [effect.item.key for effect in world.wire.services["once"].effects]
    assert sorted(reached) == sorted(message.key for message in plan.messages)
