"""Runs by the dozen: one story, one story with a death at each boundary, a sweep of many on all processors."""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, fields
from itertools import count

from tests.simulation.invariants import check
from tests.simulation.story import KINDS, Story, random_story
from tests.simulation.world import DOWNTIMES, Broken, World


@dataclass
class Tally:
    """What was done; kinds and seeds say how to do it again."""

    runs: int = 0
    crashes: int = 0
    requests: int = 0
    boundaries: int = 0

    def add(self, world: World) -> None:
        self.runs += 1
        self.crashes += world.crashes
        self.requests += world.wire.requests
        self.boundaries += world.boundaries

    def __add__(self, other: Tally) -> Tally:
        return Tally(*(getattr(self, it.name) + getattr(other, it.name) for it in fields(self)))

    def __str__(self) -> str:
        return (
            f"{self.runs:,} runs, {self.boundaries:,} boundaries passed, {self.crashes:,} crashes, "
            f"{self.requests:,} requests"
        )


def play(story: Story, crash_at: tuple[int, ...] = (), downtime: float | None = None) -> World:
    """One run, to its rest, and every promise checked; Broken tells how to see it again."""
    world = World(story, crash_at, downtime)
    try:
        world.run()
        check(world)
    except Broken as broken:
        raise Broken(broken.promise, f"{broken.detail}\n{_account(world, crash_at, downtime)}") from None
    except Exception as error:
        error.add_note(_account(world, crash_at, downtime))
        raise
    return world


def every_crash(kind: str, seed: int, downtimes: Iterable[float] | None = None) -> Iterator[World]:
    """The story undisturbed, then with a death at each boundary it passes.

    Without ``downtimes`` each death is of another length in turn.
    """
    story = KINDS[kind](seed)
    undisturbed = play(story)
    yield undisturbed
    for point in range(1, undisturbed.boundaries + 1):
        for downtime in downtimes or (DOWNTIMES[(point + seed) % len(DOWNTIMES)],):
            yield play(story, (point,), downtime)


def _account(world: World, crash_at: tuple[int, ...], downtime: float | None) -> str:
    """What happened in a run, and the command that makes it happen again."""
    story = world.story
    file = "test_random_schedules.py" if story.kind == "random" else f"test_every_crash.py -k {story.kind}"
    told = "\n".join(f"  {at:%d %H:%M:%S.%f} {what}" for at, what in world.log[-60:])
    return (
        f"story {story.kind}, seed {story.seed}, crash at {crash_at or 'no boundary in particular'}, "
        f"down for {downtime or 'any time'}\n{told}\n"
        f"see it again: SIMULATION_SEED={story.seed} python -m pytest tests/simulation/{file}"
    )


# ---- the long sweep


def _share(worker: int, workers: int, base: int, seconds: float) -> tuple[Tally, int, int]:
    """Random schedules and crash points in turn until the time is up; seeds and crash stories done."""
    tally, ends = Tally(), time.monotonic() + seconds
    schedules = stories = 0
    crash_points = _crash_runs(worker, workers, base)
    for seed in count(base + worker, workers):
        if time.monotonic() > ends:
            break
        tally.add(play(random_story(seed)))
        schedules += 1
        for _ in range(2):
            world, is_first = next(crash_points)
            tally.add(world)
            stories += is_first
    return tally, schedules, stories


def _crash_runs(worker: int, workers: int, base: int) -> Iterator[tuple[World, bool]]:
    for seed in count(base):
        for number, kind in enumerate(KINDS):
            if number % workers == worker:
                for nth, world in enumerate(every_crash(kind, seed, DOWNTIMES[seed % 2 :: 2])):
                    yield world, nth == 0


def main() -> None:
    """``python -m tests.simulation.sweep``: as long as you like, on as many processors as you have."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--seconds", type=float, default=170)
    parser.add_argument("--workers", type=int, default=min(2, os.cpu_count() or 1))
    parser.add_argument("--seed", type=int, default=int(os.environ.get("SIMULATION_SEED", time.time())))
    asked = parser.parse_args()
    print(f"Simulating for {asked.seconds:.0f} seconds from seed {asked.seed} …", flush=True)  # noqa: T201  its output
    with ProcessPoolExecutor(asked.workers) as pool:
        shares = [
            pool.submit(_share, worker, asked.workers, asked.seed, asked.seconds) for worker in range(asked.workers)
        ]
        done = [share.result() for share in shares]
    tally = sum((it[0] for it in done), Tally())
    schedules, stories = sum(it[1] for it in done), sum(it[2] for it in done)
    print(f"No promise was broken: {tally}.")  # noqa: T201  the same
    print(  # noqa: T201  the same
        f"{schedules:,} random schedules from seed {asked.seed} on, and every crash point of {stories} stories "
        f"(the last of them begun, not finished) of {len(KINDS)} kinds."
    )


if __name__ == "__main__":
    main()
