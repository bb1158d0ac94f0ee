"""One process of the program: its life, and the edges at which the world watches it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

import sqlalchemy as sa

from distribute.delivery.batch_rows import Claim
from distribute.delivery.batches import Batches
from distribute.delivery.database import Database
from distribute.domain.content import Outcomes
from distribute.domain.delivery import BatchState
from tests.simulation.bench import bench


class Crash(BaseException):
    """The machine is dead: not an exception the program can do anything about."""


@dataclass
class Life:
    """A process from its start to its death. Once dead it does nothing more.

    ``claims`` are its last ones by their keys, ``owner`` is the number under which it works.
    Its machine may be suspended: it ``sleeps_until`` then. What runs inside another dies with its ``host``.
    """

    who: str
    is_dead: bool = False
    claims: dict[tuple[str, ...], Claim] = field(default_factory=dict)
    is_worker: bool = False
    owner: int = 0
    sleeps_until: datetime | None = None
    host: Life | None = None

    def require(self) -> None:
        if self.is_dead or (self.host and self.host.is_dead):
            raise Crash(f"{self.who} is dead")


class Watcher(Protocol):
    """What the world wants to know of a process."""

    def boundary(self, life: Life, place: str) -> None: ...

    def aside(self, life: Life) -> None: ...

    def stir(self, by: Life) -> None: ...

    def claimed(self, life: Life, claim: Claim) -> None: ...

    def moves(self, life: Life, claim: Claim) -> AbstractContextManager[None]: ...


class Watched(Database):
    """The ledger's database as one process sees it: it can die before and after every commit."""

    def __init__(self, watcher: Watcher, life: Life) -> None:
        super().__init__(bench().engine)
        self._watcher = watcher
        self._life = life

    def migrate(self) -> None:
        """The tables are there."""

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        self._life.require()
        with super().reading() as db:
            yield db
        self._watcher.aside(self._life)

    @contextmanager
    def writing(self, patience: float = 0.0) -> Iterator[sa.Connection]:
        self._life.require()
        with super().writing(patience) as db:
            before = bench().changes()
            yield db
            is_changed = bench().changes() != before
            self._watcher.boundary(self._life, "before a commit")
        if is_changed:
            self._watcher.stir(self._life)
        self._watcher.boundary(self._life, "after a commit")
        self._watcher.aside(self._life)


class Remembering(Batches):
    """The batches of one process: the world is told what it claims, and when it moves what it had claimed."""

    def __init__(self, db: Database, watcher: Watcher, life: Life) -> None:
        super().__init__(db)
        self._watcher = watcher
        self._life = life

    def claim(self, batch_id: int, now: datetime, owner: int = 0) -> Claim | None:
        claim = super().claim(batch_id, now, owner)
        if claim:
            self._watcher.claimed(self._life, claim)
        return claim

    @contextmanager
    def _moving(
        self, claim: Claim, to: BatchState, detail: str, now: datetime, outcome: str = ""
    ) -> Iterator[sa.Connection]:
        with self._watcher.moves(self._life, claim), super()._moving(claim, to, detail, now, outcome) as db:
            yield db


class Wires(Protocol):
    """How the world carries what a process hands over and asks."""

    def carry(self, life: Life, service: str, body: bytes, keys: Sequence[str]) -> Outcomes: ...

    def ask(self, life: Life, service: str, keys: Sequence[str]) -> Outcomes: ...


class Line:
    """The wire between one process and the services."""

    def __init__(self, wires: Wires, life: Life) -> None:
        self._wires = wires
        self._life = life

    def carry(self, service: str, body: bytes, keys: Sequence[str]) -> Outcomes:
        return self._wires.carry(self._life, service, body, keys)

    def ask(self, service: str, keys: Sequence[str]) -> Outcomes:
        return self._wires.ask(self._life, service, keys)


class Stop(threading.Event):
    """Waiting for it passes virtual time."""

    def __init__(self, pass_time: Callable[[float], None]) -> None:
        super().__init__()
        self._pass_time = pass_time

    def wait(self, timeout: float | None = None) -> bool:
        self._pass_time(timeout or 0.0)
        return self.is_set()


class Alarm:
    """The alarm clock of one life, over virtual time; it stops the loop when nothing will ever ring."""

    def __init__(self, idle: Callable[[datetime | None], bool], stop: threading.Event) -> None:
        self._idle = idle
        self._stop = stop
        self._at: datetime | None = None

    def set(self, at: datetime | None) -> None:
        self._at = at

    def wait(self) -> None:
        if not self._idle(self._at):
            self._stop.set()
