"""Lanes in the simulated world: the threads of one process are strands that take turns like everybody else."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import Future
from functools import partial
from typing import NamedTuple, Self

from tests.simulation.stage import Stage, Strand
from tests.simulation.turns import Actor


def _caller(stage: Stage) -> Strand:
    assert stage.current is not None, "only a worker's thread waits"
    return stage.current


class Latch:
    """A lock of one process: whoever waits for it lets others go on."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._is_taken = False
        self._waiting: list[Strand] = []

    def __enter__(self) -> None:
        while self._is_taken:
            strand = _caller(self._stage)
            self._waiting.append(strand)
            self._stage.wait_until(strand, None)
        self._is_taken = True

    def __exit__(self, *_: object) -> None:
        self._is_taken = False
        for strand in self._waiting:
            strand.wakes = self._stage.at
        self._waiting.clear()


class Pool:
    """In place of the pool of threads in which a process carries several requests at a time."""

    def __init__(self, stage: Stage, _lanes: int, thread_name_prefix: str = "") -> None:
        self._stage = stage
        self._main = _caller(stage)
        self._under_way: list[Future[object]] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        while not self._main.life.is_dead and not all(future.done() for future in self._under_way):
            self._stage.wait_until(self._main, None)

    def submit(self, call: Callable[[int], object], batch_id: int) -> Future[object]:
        main, future = self._main, Future[object]()
        lane = Strand(main.seat, main.life, main.enrolment, self._stage.at, is_lane=True)
        lane.actor = Actor(partial(self._carry, future, call, batch_id))
        self._under_way.append(future)
        self._stage.strands.append(lane)
        return future

    def _carry(self, future: Future[object], call: Callable[[int], object], batch_id: int) -> None:
        try:
            self._main.life.require()
            future.set_result(call(batch_id))
        except BaseException as error:  # noqa: BLE001  whoever waits for it is told
            future.set_exception(error)
        if self._main.wakes is None:
            self._main.wakes = self._stage.at


class Done(NamedTuple):
    """What ``concurrent.futures.wait`` returns, as far as it is looked at."""

    done: list[Future[object]]


def first_done(stage: Stage, under_way: Iterable[Future[object]], return_when: str) -> Done:
    """In place of waiting for the first of the threads."""
    futures = list(under_way)
    while not any(future.done() for future in futures):
        stage.wait_until(_caller(stage), None)
    return Done([future for future in futures if future.done()])
