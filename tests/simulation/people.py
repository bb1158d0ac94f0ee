"""People around the program: they begin, hold, resume, cancel and plan again, and say no to mail."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random
from typing import NamedTuple, Protocol

import sqlalchemy as sa

from distribute.delivery import schema
from distribute.delivery.desk import Desk
from distribute.delivery.draft import DraftedPlan
from distribute.delivery.planning import make_plan
from distribute.delivery.sending import recut
from distribute.domain.content import Accepted
from distribute.domain.delivery import PlanState
from distribute.errors import PlanError
from tests.delivery.builders import NOON
from tests.simulation.bench import rows
from tests.simulation.orders import Shape, order, planned, reader
from tests.simulation.process import Crash, Life
from tests.simulation.story import Deed, Story

GRACE = timedelta(minutes=15)
REACTIONS = 6
"""So often somebody looks after a plan that is held; then it stays so."""


class Stopped(NamedTuple):
    """A plan of which nothing may be claimed after the attempt ``since`` and up to ``until`` (None: ever)."""

    plan: str
    since: int
    until: int | None


class Place(Protocol):
    """Where people live: the part of the world they use."""

    at: datetime

    def tick(self) -> datetime: ...

    def now(self) -> datetime: ...

    def note(self, what: str) -> None: ...

    def soon(self, at: datetime, do: Callable[[], None]) -> None: ...

    def desk(self, life: Life) -> Desk: ...


class People:
    """Everybody's deeds. ``suppressed`` maps addresses to the true time of the no, ``again`` are keys sent anew."""

    def __init__(
        self, world: Place, story: Story, plans: dict[str, DraftedPlan], happened: Callable[[], set[str]]
    ) -> None:
        self.suppressed: dict[str, datetime] = {}
        self.again: set[str] = set()
        self._happened = happened
        self.stops: list[Stopped] = []
        self._world = world
        self._story = story
        self._plans = plans
        self._rng = Random(f"{story.kind} {story.seed} people")
        self._reactions: dict[str, int] = {}
        for deed in story.deeds:
            self._intend(deed, NOON + timedelta(minutes=deed.minute))

    def react(self) -> None:
        """A held plan is looked at by somebody, a few times."""
        for row in rows(sa.select(schema.plan.c.id).where(schema.plan.c.state == PlanState.HELD)):
            plan_id = str(row["id"])
            self._reactions[plan_id] = self._reactions.get(plan_id, 0) + 1
            if self._reactions[plan_id] <= REACTIONS:
                verb = self._rng.choice(("begin", "begin", "begin", "resume", "cancel"))
                pause = timedelta(minutes=self._rng.choice((1, 10, 45, 150)))
                number = list(self._plans).index(plan_id)
                self._intend(Deed(minute=0, verb=verb, number=number), self._world.at + pause)

    def _intend(self, deed: Deed, at: datetime, tries: int = 3) -> None:
        self._world.soon(at, lambda: self._do(deed, tries))

    def _do(self, deed: Deed, tries: int) -> None:
        """Somebody gives a command; they give it again when it died."""
        if deed.verb == "suppress":
            self.suppressed.setdefault(reader(deed.number), self._world.tick())
            self._world.note(f"{reader(deed.number)} is suppressed")
            return
        plan_id = list(self._plans)[deed.number]
        try:
            self._command(deed.verb, plan_id)
            self._world.note(f"somebody: {deed.verb} {plan_id}")
        except PlanError as error:
            self._world.note(f"somebody: {deed.verb} {plan_id}, refused: {error}")
        except Crash:
            if tries:
                self._intend(deed, self._world.at + timedelta(minutes=1), tries - 1)

    def _command(self, verb: str, plan_id: str) -> None:
        plans, now = self._world.desk(Life("somebody")).ledger.plans, self._world.now()
        match verb:
            case "begin":
                self._end_stop(plan_id)
                plans.begin(plan_id, now)
            case "resume":
                self._end_stop(plan_id)
                plans.resume(plan_id, now, GRACE)
            case "hold":
                plans.hold(plan_id, "somebody said so", now)
                if plans.find(plan_id)["state"] == PlanState.HELD:
                    self.stops.append(Stopped(plan_id, _last_attempt(), None))
            case "cancel":
                plans.cancel(plan_id, now)
                self.stops.append(Stopped(plan_id, _last_attempt(), None))
            case "replan":
                self._replan(plan_id)
            case "resolve":
                self._resolve(plan_id)

    def _end_stop(self, plan_id: str) -> None:
        """From here on the plan may go on, whether or not the command comes back."""
        for number, stop in enumerate(self.stops):
            if stop.plan == plan_id and stop.until is None and _state(plan_id) == PlanState.HELD:
                self.stops[number] = stop._replace(until=_last_attempt())

    def _resolve(self, plan_id: str) -> None:
        """Somebody looks into the providers' logs, and sends again what has not arrived in half an hour."""
        desk, now, arrived = self._world.desk(Life("somebody")), self._world.now(), self._happened()
        for doubt in desk.ledger.doubts.of(plan_id):
            known = {key: Accepted(provider_id="") for key in doubt.recipients if key in arrived}
            desk.ledger.doubts.learn(doubt, known, "somebody saw it", now)
            lost = {key: it for key, it in doubt.recipients.items() if key not in arrived}
            if lost and now - doubt.since > timedelta(minutes=30):
                self.again |= set(lost)
                desk.ledger.doubts.retry(doubt, recut(desk, replace(doubt, recipients=lost)), now)

    def _replan(self, plan_id: str) -> None:
        """The same order once more, as things stand now, and begun at once."""
        shape = self._shape(plan_id)
        ledger, now = self._world.desk(Life("somebody")).ledger, self._world.now()
        again = make_plan(order(shape, now), ledger.standing)
        self._plans[again.id] = again
        ledger.plans.record(again, again.hash())
        ledger.plans.begin(again.id, now)

    def _shape(self, plan_id: str) -> Shape:
        slug = self._plans[plan_id].release
        return next(shape for shape in self._story.shapes if planned(shape).release == slug)


def _last_attempt() -> int:
    (row,) = rows(sa.select(sa.func.max(schema.attempt.c.id).label("last")))
    return int(row["last"] or 0)


def _state(plan_id: str) -> str:
    (row,) = rows(sa.select(schema.plan.c.state).where(schema.plan.c.id == plan_id))
    return str(row["state"])
