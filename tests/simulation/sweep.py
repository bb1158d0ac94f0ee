"""Runs by the dozen: one story, one story with a death at each boundary, a sweep of many on all processors."""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, fields
from itertools import count, groupby, takewhile

from tests.simulation.crew import Crew
from tests.simulation.crews import CREWS
from tests.simulation.invariants import check
from tests.simulation.story import KINDS, Story, random_story
from tests.simulation.world import DOWNTIMES, Broken, World

ALL_KINDS = KINDS | CREWS


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
    world = (Crew if story.workers > 1 or story.has_sender else World)(story, crash_at, downtime)
    try:
        world.run()
        check(world)
    except Broken as broken:
        raise Broken(broken.promise, f"{broken.detail}\n{_account(world, crash_at, downtime)}") from None
    except Exception as error:
        error.add_note(_account(world, crash_at, downtime))
        raise
    return world


def every_crash(kind: str, seed: int, downtimes: Iterable[float] | None = None, *, step: int = 1) -> Iterator[World]:
    """The story undisturbed, then with a death at each boundary it passes, or at each ``step``-th.

    Without ``downtimes`` each death is of another length in turn.
    """
    story = ALL_KINDS[kind](seed)
    undisturbed = play(story)
    yield undisturbed
    for point in range(1, undisturbed.boundaries + 1, step):
        for downtime in downtimes or (DOWNTIMES[(point + seed) % len(DOWNTIMES)],):
            yield play(story, (point,), downtime)


def _account(world: World, crash_at: tuple[int, ...], downtime: float | None) -> str:
    """What happened in a run, and the command that makes it happen again."""
    story = world.story
    file = "test_random_schedules.py" if story.kind == "random" else f"test_every_crash.py -k {story.kind}"
    turns = f"workers took turns: {_in_short(world.turns)}\n" if world.turns else ""
    told = "\n".join(f"  {at:%d %H:%M:%S.%f} {what}" for at, what in world.log[-60:])
    return (
        f"story {story.kind}, seed {story.seed}, crash at {crash_at or 'no boundary in particular'}, "
        f"down for {downtime or 'any time'}\n{turns}{told}\n"
        f"see it again: SIMULATION_SEED={story.seed} python -m pytest tests/simulation/{file}"
    )


def _in_short(turns: Iterable[int]) -> str:
    """As 1x12 2 1x3."""
    runs = ((seat, sum(1 for _ in run)) for seat, run in groupby(turns))
    return " ".join(f"{seat}x{times}" if times > 1 else f"{seat}" for seat, times in runs)


# ---- the long sweep


@dataclass
class _Share:
    """What one processor did: its tally, random schedules and crash stories, and the failure that ended it."""

    tally: Tally = field(default_factory=Tally)
    schedules: int = 0
    stories: int = 0
    failure: str = ""


def _share(worker: int, workers: int, base: int, seconds: float) -> _Share:
    """In turn a random schedule, a death of one alone and of one of several, until time is up or a promise breaks."""
    share, ends = _Share(), time.monotonic() + seconds
    crash_points = [_crash_runs(kinds, worker, workers, base) for kinds in (KINDS, CREWS)]
    try:
        for seed in takewhile(lambda _: time.monotonic() < ends, count(base + worker, workers)):
            share.tally.add(play(random_story(seed)))
            share.schedules += 1
            for world, is_first in map(next, crash_points):
                share.tally.add(world)
                share.stories += is_first
    except Broken as broken:
        share.failure = str(broken)
    return share


def _crash_runs(kinds: Iterable[str], worker: int, workers: int, base: int) -> Iterator[tuple[World, bool]]:
    for seed in count(base):
        for number, kind in enumerate(kinds):
            if number % workers == worker:
                for nth, world in enumerate(every_crash(kind, seed, DOWNTIMES[seed % 2 :: 2])):
                    yield world, nth == 0


def main() -> int:
    """Let the machine die for as long as you like, on as many processors as you have."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--seconds", type=float, default=170)
    parser.add_argument("--workers", type=int, default=min(2, os.cpu_count() or 1))
    parser.add_argument("--seed", type=int, default=int(os.environ.get("SIMULATION_SEED", time.time())))
    asked = parser.parse_args()
    _say(f"Simulating for {asked.seconds:.0f} seconds from seed {asked.seed} …")
    numbers = range(asked.workers)
    with ProcessPoolExecutor(asked.workers) as pool:
        begun = [pool.submit(_share, number, asked.workers, asked.seed, asked.seconds) for number in numbers]
        shares = [share.result() for share in begun]
    failures = [share.failure for share in shares if share.failure]
    schedules, stories = sum(share.schedules for share in shares), sum(share.stories for share in shares)
    _say(f"{sum((share.tally for share in shares), Tally())}:")
    _say(f"{schedules:,} random schedules from seed {asked.seed} on, and the crash points of {stories:,} stories of")
    _say(f"{len(ALL_KINDS)} kinds from the same seed on (of the last {asked.workers} perhaps not all).")
    _say("\n\n".join(failures) or "No promise was broken.")
    return 1 if failures else 0


def _say(what: str) -> None:
    print(what, flush=True)  # noqa: T201  a command's output


if __name__ == "__main__":
    sys.exit(main())
