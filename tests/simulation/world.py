"""The simulated world: true time, a machine that can die at every boundary, a wire, and people.

The program in it is the real one: its loop, worker, ledger and sending run unchanged. Only its
edges are the world's: the database counts boundaries, the provider asks a simulated service, the
alarm clock and every wait pass virtual time.
"""

from __future__ import annotations

import heapq
import sqlite3
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from itertools import count
from random import Random
from unittest import mock

import sqlalchemy as sa

from distribute.delivery import schema, sending
from distribute.delivery.batches import Batches, Claim
from distribute.delivery.database import Database, open_memory
from distribute.delivery.ledger import Ledger
from distribute.delivery.planning import make_plan
from distribute.delivery.sending import Desk, send_batch
from distribute.delivery.worker import Worker
from distribute.domain.content import Outcomes
from distribute.domain.delivery import BatchState, PlanState
from distribute.domain.plan import Plan
from distribute.errors import DistributeError, LedgerError, PlanError, Uncertain
from distribute.scheduling import running
from tests.delivery.builders import NOON
from tests.simulation.provider import PROVIDERS, Once, Service, Trouble, Unforeseen, troubled
from tests.simulation.story import Deed, Story, order, planned, reader

GRACE = timedelta(minutes=15)
HORIZON = timedelta(days=4)
WAKES = 2_000
DOWNTIMES = (2.0, 600.0, 2_400.0, 12_000.0)
"""Seconds a dead machine stays down: less and more than the grace, half the window and the window."""

LEAVES_DOUBT = frozenset(Trouble) - {Trouble.NONE, Trouble.BUSY, Trouble.REFUSED}


class Crash(BaseException):
    """The machine is dead: not an exception the program can do anything about."""


class Broken(AssertionError):
    """A promise was broken; ``promise`` is the word for it."""

    def __init__(self, promise: str, detail: str) -> None:
        self.promise = promise
        super().__init__(f"{promise}: {detail}")


@dataclass
class Life:
    """A process from its start to its death. Once dead it does nothing more."""

    who: str
    is_dead: bool = False
    claim: Claim | None = None


@dataclass(order=True)
class _Due:
    at: datetime
    number: int
    do: Callable[[], None] = field(compare=False)


class World:
    """One run of one story; ``crash_at`` numbers the boundaries at which the machine dies."""

    def __init__(self, story: Story, crash_at: Sequence[int] = (), downtime: float | None = None) -> None:
        self.story = story
        self.at = NOON
        self.boundaries = self.crashes = self.requests = 0
        self.plans: dict[str, Plan] = {}
        self.services = {
            name: Service(window=cls.repeatable_for, rejected=story.rejected, poisonous=story.poisonous)
            for name, cls in PROVIDERS.items()
        }
        self.suppressed: dict[str, datetime] = {}
        self.stops: list[tuple[str, datetime, datetime | None]] = []
        self.doubtful: set[str] = set()
        self.applied_late: list[str] = []
        self.falls: list[str] = []
        self.log: list[tuple[datetime, str]] = []
        self._crash_at = frozenset(crash_at)
        self._downtime = downtime
        self._rng = {part: Random(f"{story.kind} {story.seed} {part}") for part in ("wire", "machine", "people")}
        self._due: list[_Due] = []
        self._numbers = count()
        self._wakes = self._intrusions = self._troubles = 0
        self._sleepers: list[tuple[Life, Claim, Outcomes]] = []
        self._reactions: dict[str, int] = {}
        self._is_quiet = self._is_stirred = False

    # ---- running

    def run(self) -> None:
        """Until nothing is due, under way or going to be done by anybody."""
        restore(self.story, self)
        for deed in self.story.deeds:
            self._soon(NOON + timedelta(minutes=deed.minute), lambda deed=deed: self._person(deed))  # type: ignore[misc]
        while not self._is_quiet:
            self._live()
            if not self._is_quiet:
                self._note_orphans()
                self.pass_time(self._downtime or self._rng["machine"].choice(DOWNTIMES))

    def _live(self) -> None:
        """One life of the scheduler: the real loop over a fake alarm clock."""
        life, stop = Life("worker"), _Stop(self)
        self.note("the worker starts")
        alarm = _Alarm(self, life, stop)
        try:
            with mock.patch.object(running, "open_clock", return_value=nullcontext(alarm)):
                desk = self.desk(life)
                running.run(desk, Worker(desk, stop), stop, grace=GRACE, until_idle=False, tell=self.note)
        except Crash:
            pass
        except Unforeseen as error:
            self.note(f"the worker fell of {error!r}")
        except DistributeError as error:
            self.falls.append(repr(error))
            self.note(f"the worker fell of {error!r}")
            if len(self.falls) > 20:
                raise Broken("goes on", f"the worker fell twenty times: {error!r}") from error

    def desk(self, life: Life) -> Desk:
        db = Watched(self, life)
        ledger = Ledger(db)
        ledger.batches = Remembering(db, life)
        return Desk(
            ledger=ledger,
            provider=lambda name: PROVIDERS[name](Line(self, life)),
            now=self.now,
            suppressed=lambda: dict.fromkeys(self.suppressed, "unsubscribed"),
        )

    def now(self) -> datetime:
        """The time; no two questions get the same answer."""
        self.at += timedelta(microseconds=1)
        return self.at

    def note(self, what: str) -> None:
        self.log.append((self.at, what))

    # ---- boundaries

    def boundary(self, life: Life, place: str) -> None:
        """Something is about to be, or has just become, true outside the process: it may die here."""
        require_alive(life)
        self.boundaries += 1
        if self.boundaries in self._crash_at or self._strikes():
            self.crashes += 1
            life.is_dead = True
            self.note(f"CRASH of {life.who} at boundary {self.boundaries}, {place}")
            raise Crash(place)

    def aside(self, life: Life) -> None:
        """Between two transactions: the machine may be suspended, or an intruder try every door."""
        rng = self._rng["machine"]
        if life.who == "worker" and self.story.suspend_rate and rng.random() < self.story.suspend_rate:
            self.note("the machine is suspended")
            self.pass_time(rng.choice((30, 1_200, 2_700, 10_000)))
        if life.who == "worker" and self.story.intruder_rate and rng.random() < self.story.intruder_rate:
            self._intrude(life)

    def _strikes(self) -> bool:
        story = self.story
        is_on = story.crash_rate and self.crashes < story.crashes
        return bool(is_on) and self._rng["machine"].random() < story.crash_rate

    def _intrude(self, life: Life) -> None:
        """Somebody on the same machine calls ``send_batch`` for any batch, as a job engine may."""
        if self._intrusions == 6:
            return
        self._intrusions += 1
        batch_id = self._rng["machine"].choice([int(row["id"]) for row in rows(sa.select(schema.batch.c.id))])
        intruder = Life("intruder")
        try:
            turn = send_batch(self.desk(intruder), batch_id)
            self.note(f"an intruder asked for batch {batch_id}: {turn.name}")
        except Crash:
            life.is_dead = True
            raise
        except (Unforeseen, DistributeError) as error:
            self.note(f"an intruder fell of {error!r}")

    # ---- time

    def pass_time(self, seconds: float) -> None:
        """What is due in between happens at its time."""
        until = self.at + timedelta(seconds=seconds)
        while self._due and self._due[0].at <= until:
            due = heapq.heappop(self._due)
            self.at = max(self.at, due.at)
            self._is_stirred = True
            due.do()
        self.at = max(self.at, until)

    def idle(self, alarm: datetime | None) -> bool:
        """Wait for the alarm or for somebody; False when nothing will ever happen again.

        What somebody did since the alarm was set is seen at the loop's next safety poll.
        """
        self._wakes += 1
        self.wake_sleepers(None)
        self._let_people_react()
        moments = [at for at in (alarm, self._due[0].at if self._due else None) if at]
        if not moments and not self._is_stirred:
            self._is_quiet = True
            return False
        if self._wakes > WAKES or self.at - NOON > HORIZON:
            raise Broken("comes to rest", f"still at work at {self.at} after {self._wakes} wakes")
        self._is_stirred = False
        self.pass_time(max(1.0, (min(moments, default=self.at) - self.at).total_seconds()))
        return True

    def _soon(self, at: datetime, do: Callable[[], None]) -> None:
        heapq.heappush(self._due, _Due(at, next(self._numbers), do))

    # ---- the wire

    def carry(self, life: Life, service: Service, body: bytes, keys: Sequence[str]) -> Outcomes:
        """A request, with a boundary before it arrives, after it arrived and after its answer was read."""
        self.boundary(life, "the request is lost")
        self.wake_sleepers(life)
        trouble, rng = self._next_trouble(keys), self._rng["wire"]
        plan, asked = life.claim.plan if life.claim else "", self.now()
        self.requests += 1
        self.note(f"{life.who} asks for {len(keys)}: {trouble}")
        self.pass_time(0.2)

        def arrive() -> Outcomes:
            outcomes = service.take(body, plan, asked, self.now(), is_short=trouble is Trouble.SHORT)
            try:
                self.boundary(life, "the request arrived, its answer is lost")
            except Crash:
                self._fall_asleep(life, outcomes)
                raise
            return outcomes

        def later() -> None:
            self._soon(
                self.at + timedelta(seconds=rng.choice((5, 90, 600))),
                lambda: self._arrive_late(service, body, plan, asked),
            )

        outcomes = troubled(trouble, arrive, later, rng.choice((1.0, 8.0, 60.0, 2_400.0, 9_000.0)))
        self.boundary(life, "the answer is read")
        return outcomes

    def _arrive_late(self, service: Service, body: bytes, plan: str, asked: datetime) -> None:
        with suppress(DistributeError):
            service.take(body, plan, asked, self.at)

    def _next_trouble(self, keys: Sequence[str]) -> Trouble:
        story, rng = self.story, self._rng["wire"]
        if not story.menu or self._troubles >= story.troubles or rng.random() >= story.trouble_rate:
            return Trouble.NONE
        self._troubles += 1
        trouble = rng.choice(story.menu)
        if trouble in LEAVES_DOUBT:
            self.doubtful.update(keys)
        return trouble

    # ---- sleepers: processes taken for dead that wake up with an old answer

    def _fall_asleep(self, life: Life, outcomes: Outcomes) -> None:
        if self.story.has_sleepers and life.claim:
            self._sleepers.append((life, life.claim, outcomes))

    def wake_sleepers(self, present: Life | None) -> None:
        """Each carries on where it was: it writes down an answer for a batch that was taken over."""
        for sleeper in [it for it in self._sleepers if it[0] is not present]:
            self._sleepers.remove(sleeper)
            _life, claim, outcomes = sleeper
            try:
                sending._submit(self.desk(Life("sleeper")), _Echo(outcomes), claim)
            except LedgerError:
                self.note(f"a late answer for batch {claim.batch} is refused")
            else:
                self.applied_late.append(f"batch {claim.batch}, fence {claim.fence}")

    # ---- people

    def _person(self, deed: Deed, tries: int = 3) -> None:
        """Somebody gives a command; they give it again when it died."""
        if deed.verb == "suppress":
            self.suppressed.setdefault(reader(deed.number), self.now())
            self.note(f"{reader(deed.number)} is suppressed")
            return
        plan_id = list(self.plans)[deed.number]
        try:
            self._command(deed.verb, plan_id)
            self.note(f"somebody: {deed.verb} {plan_id}")
        except PlanError as error:
            self.note(f"somebody: {deed.verb} {plan_id}, refused: {error}")
        except Crash:
            if tries:
                self._soon(self.at + timedelta(minutes=1), lambda: self._person(deed, tries - 1))

    def _command(self, verb: str, plan_id: str) -> None:
        plans = self.desk(Life("somebody")).ledger.plans
        match verb:
            case "begin" | "resume":
                self._end_stop(plan_id)
                plans.begin(plan_id, self.now()) if verb == "begin" else plans.resume(plan_id, self.now(), GRACE)
            case "hold":
                plans.hold(plan_id, "somebody said so")
                if plans.find(plan_id)["state"] == PlanState.HELD:
                    self.stops.append((plan_id, self.now(), None))
            case "cancel":
                plans.cancel(plan_id, self.now())
                self.stops.append((plan_id, self.now(), None))
            case "replan":
                self._replan(plan_id)

    def _end_stop(self, plan_id: str) -> None:
        """From here on the plan may go on, whether or not the command comes back."""
        self.stops = [
            (plan, since, self.now() if plan == plan_id and until is None else until)
            for plan, since, until in self.stops
        ]

    def _replan(self, plan_id: str) -> None:
        """The same order once more, as things stand now, and begun at once."""
        shape = next(shape for shape in self.story.shapes if planned(shape).release == self.plans[plan_id].release)
        ledger = self.desk(Life("somebody")).ledger
        again = make_plan(order(shape, self.now()), ledger.standing)
        self.plans[again.id] = again
        ledger.plans.record(again, again.hash())
        ledger.plans.begin(again.id, self.now())

    def _let_people_react(self) -> None:
        """A held plan is looked at by somebody, a few times."""
        for row in rows(sa.select(schema.plan.c.id).where(schema.plan.c.state == PlanState.HELD)):
            plan_id, rng = row["id"], self._rng["people"]
            self._reactions[plan_id] = self._reactions.get(plan_id, 0) + 1
            if self._reactions[plan_id] > 6:
                continue
            verb = rng.choice(("begin", "begin", "begin", "resume", "cancel"))
            deed = Deed(minute=0, verb=verb, number=list(self.plans).index(plan_id))
            self._soon(self.at + timedelta(minutes=rng.choice((1, 10, 45, 150))), lambda deed=deed: self._person(deed))  # type: ignore[misc]

    def _note_orphans(self) -> None:
        """What is in submission while nobody works may have left: doubt about it is well founded."""
        open_ = sa.select(schema.batch.c["keys"]).where(schema.batch.c.state == BatchState.SUBMITTING)
        self.doubtful.update(key for row in rows(open_) for key in row["keys"])


def require_alive(life: Life) -> None:
    if life.is_dead:
        raise Crash(f"{life.who} is dead")


class Watched(Database):
    """The ledger's database as one process sees it: it can die before and after every commit."""

    def __init__(self, world: World, life: Life) -> None:
        super().__init__(bench().engine)
        self._world = world
        self._life = life

    def migrate(self) -> None:
        """The tables are there."""

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        require_alive(self._life)
        with super().reading() as db:
            yield db
        self._world.aside(self._life)

    @contextmanager
    def writing(self) -> Iterator[sa.Connection]:
        require_alive(self._life)
        with super().writing() as db:
            yield db
            self._world.boundary(self._life, "before a commit")
        self._world.boundary(self._life, "after a commit")
        self._world.aside(self._life)


class Remembering(Batches):
    """The batches of one process, which remembers its last claim."""

    def __init__(self, db: Database, life: Life) -> None:
        super().__init__(db)
        self._life = life

    def claim(self, batch_id: int, now: datetime) -> Claim | None:
        claim = super().claim(batch_id, now)
        self._life.claim = claim or self._life.claim
        return claim


class Line:
    """The wire between one process and the services."""

    def __init__(self, world: World, life: Life) -> None:
        self._world = world
        self._life = life

    def carry(self, service: str, body: bytes, keys: Sequence[str]) -> Outcomes:
        return self._world.carry(self._life, self._world.services[service], body, keys)


class _Echo(Once):
    """A request that was made long ago and is answered now."""

    def __init__(self, outcomes: Outcomes) -> None:
        self._outcomes = outcomes

    def submit(self, body: bytes, keys: Sequence[str]) -> Outcomes:
        if not self._outcomes:
            raise Uncertain("timeout")
        return self._outcomes


class _Stop(threading.Event):
    """Waiting for it passes virtual time."""

    def __init__(self, world: World) -> None:
        super().__init__()
        self._world = world

    def wait(self, timeout: float | None = None) -> bool:
        self._world.pass_time(timeout or 0.0)
        return self.is_set()


class _Alarm:
    """The alarm clock of one life, over virtual time."""

    def __init__(self, world: World, life: Life, stop: threading.Event) -> None:
        self._world = world
        self._life = life
        self._stop = stop
        self._at: datetime | None = None

    def set(self, at: datetime | None) -> None:
        self._at = at

    def wait(self) -> None:
        if not self._world.idle(self._at):
            self._stop.set()


# ---- the database under the world


class _Bench:
    """One engine in memory for every run, and pictures of it with a story's plans recorded."""

    def __init__(self) -> None:
        self.engine = open_memory()
        self.ledger = Ledger(Database(self.engine))
        connection = self.engine.raw_connection().driver_connection
        assert isinstance(connection, sqlite3.Connection)
        self.connection = connection
        self.connection.execute(_HISTORY)
        self.connection.execute(_CHANGE)
        self.empty = self.picture()

    def picture(self) -> sqlite3.Connection:
        taken = sqlite3.connect(":memory:")
        self.connection.backup(taken)
        return taken


_HISTORY = "CREATE TABLE history (id INTEGER PRIMARY KEY, plan TEXT, key TEXT, was TEXT, became TEXT)"
_CHANGE = """
CREATE TRIGGER change AFTER UPDATE OF status ON delivery WHEN NEW.status <> OLD.status BEGIN
  INSERT INTO history (plan, key, was, became) VALUES (NEW.plan, NEW.key, OLD.status, NEW.status);
END
"""


@cache
def bench() -> _Bench:
    return _Bench()


@cache
def _picture(plans: tuple[str, ...], story_plans: _ByIdentity) -> sqlite3.Connection:
    bench().empty.backup(bench().connection)
    for plan in story_plans.plans:
        bench().ledger.plans.record(plan, plan.hash())
    return bench().picture()


@dataclass(frozen=True)
class _ByIdentity:
    """Plans that travel beside the ids they are cached under."""

    plans: tuple[Plan, ...] = field(compare=False, hash=False)


def restore(story: Story, world: World) -> None:
    """The database as it is before the story begins: its plans are recorded."""
    plans = tuple(planned(shape) for shape in story.shapes)
    _picture(tuple(plan.id for plan in plans), _ByIdentity(plans)).backup(bench().connection)
    world.plans = {plan.id: plan for plan in plans}


def rows(query: sa.Select[tuple[object, ...]]) -> list[sa.RowMapping]:
    """What the ledger holds, read past every boundary."""
    with Database(bench().engine).reading() as db:
        return list(db.execute(query).mappings())
