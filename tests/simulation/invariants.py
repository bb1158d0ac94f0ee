"""The promises, checked when a run has come to rest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import sqlalchemy as sa

from distribute.delivery import schema
from distribute.domain.delivery import TERMINAL, PlanState, Status
from distribute.domain.plan import Plan
from tests.simulation.bench import rows
from tests.simulation.provider import Effect, Logged, items
from tests.simulation.webhooks import reports_are_kept_once, what_is_reported_is_accepted
from tests.simulation.world import Broken, World

_RECEIVED = {Status.ACCEPTED, Status.UNCERTAIN}


def check(world: World) -> None:
    """Raises Broken for the first promise that does not hold."""
    for promise in (
        _never_early,
        _never_twice,
        _nobody_lost,
        _accepted_is_true,
        _effect_is_known,
        _as_planned,
        _suppressed_get_nothing,
        _stopped_is_stopped,
        _terminal_stays,
        _doubt_is_founded,
        _what_can_be_known_is_known,
        _asked_in_turn,
        _late_answers_are_refused,
        _workers_stand,
        _reports_are_kept_once,
        _what_is_reported_is_accepted,
    ):
        for detail in promise(world):
            raise Broken(promise.__name__.strip("_").replace("_", " "), detail)


def effects(world: World) -> list[Effect]:
    return [effect for service in world.wire.services.values() for effect in service.effects]


def _never_early(world: World) -> Iterator[str]:
    """Nothing has effect before its channel's instant, nor a public post before the lift."""
    for effect in effects(world):
        plan = world.plans[effect.plan]
        channel = next(c for c in plan.channels if c.channel == _channel(plan, effect.item.key))
        if effect.at < channel.at.utc:
            yield f"{effect.item} at {effect.at}, due {channel.at.utc}"


def _never_twice(world: World) -> Iterator[str]:
    """One effect for each release, edition, channel and recipient: that is what a key names."""
    for key, number in Counter(effect.item.key for effect in effects(world)).items():
        if number > 1:
            yield f"{number} effects of {[e for e in effects(world) if e.item.key == key]}"


def _nobody_lost(world: World) -> Iterator[str]:
    """Every planned key has a known end, or waits in a plan that waits; the sum is the plan's."""
    for plan_id, plan in world.plans.items():
        state, statuses = _state(plan_id), _statuses(plan_id)
        if state in {None, PlanState.DRAFTED}:
            continue
        if len(statuses) != plan.deliveries + len(plan.skips):
            yield f"{len(statuses)} deliveries of {plan.deliveries} and {len(plan.skips)} skips"
        if {item.key for batch in plan.batches for item in items(batch.body)} - set(statuses):
            yield f"keys are missing from {plan_id}"
        waits = {Status.PLANNED} if state in {PlanState.HELD, PlanState.PLANNED} else set()
        if lost := {key: it for key, it in statuses.items() if it not in TERMINAL | waits}:
            yield f"plan {plan_id} is {state} and at rest with {lost}"
        if state in {PlanState.RUNNING, PlanState.SCHEDULED}:
            yield f"plan {plan_id} is {state} although nothing is under way"


def _accepted_is_true(world: World) -> Iterator[str]:
    """What the ledger calls accepted had its effect."""
    happened = {effect.item.key for effect in effects(world)}
    for plan_id in world.plans:
        for key, status in _statuses(plan_id).items():
            if status == Status.ACCEPTED and key not in happened:
                yield f"{key} of {plan_id} is accepted and had no effect"


def _effect_is_known(world: World) -> Iterator[str]:
    """What had an effect is accepted or uncertain."""
    for effect in effects(world):
        status = _statuses(effect.plan).get(effect.item.key)
        if status not in _RECEIVED:
            yield f"{effect} is {status}"


def _as_planned(world: World) -> Iterator[str]:
    """The bytes that had effect are a planned batch's, or carry some of its items unchanged."""
    for effect in effects(world):
        batches = world.plans[effect.plan].batches
        is_whole = any(batch.sha256 == effect.sha256 for batch in batches)
        if not is_whole and not any(effect.item in items(batch.body) for batch in batches):
            yield f"{effect} was not planned"


def _suppressed_get_nothing(world: World) -> Iterator[str]:
    """No request names an address in e-mail once it is suppressed."""
    for effect in effects(world):
        since = world.people.suppressed.get(effect.item.recipient)
        if since and effect.asked > since:
            yield f"{effect} after {since}"


def _stopped_is_stopped(world: World) -> Iterator[str]:
    """Once a hold or a cancellation is acknowledged, nothing more of the plan is claimed."""
    query = sa.select(schema.attempt.c.id, schema.batch.c.plan).join(
        schema.batch, schema.batch.c.id == schema.attempt.c.batch
    )
    for row in rows(query):
        for stop in world.people.stops:
            is_after = row["id"] > stop.since and (stop.until is None or row["id"] <= stop.until)
            if row["plan"] == stop.plan and is_after:
                yield f"attempt {row['id']} of {stop.plan}, which was stopped after attempt {stop.since}"


def _terminal_stays(world: World) -> Iterator[str]:
    """A delivery that has come to its end stays there, but for what is uncertain and becomes known."""
    history = sa.table("history", *map(sa.column, ("plan", "key", "was", "became")))
    for row in rows(sa.select(history)):
        is_doubt = row["was"] == Status.UNCERTAIN and row["key"] in world.wire.doubtful
        is_learnt = is_doubt and row["became"] in {Status.ACCEPTED, Status.REJECTED}
        is_decided = is_doubt and row["key"] in world.people.again
        if row["was"] in TERMINAL and not (is_learnt or is_decided):
            yield f"{row['key']} of {row['plan']} was {row['was']} and became {row['became']}"


def _doubt_is_founded(world: World) -> Iterator[str]:
    """Nobody is left uncertain but for an answer that was lost or a worker that died."""
    for plan_id in world.plans:
        for key, status in _statuses(plan_id).items():
            if status == Status.UNCERTAIN and key not in world.wire.doubtful:
                yield f"{key} of {plan_id} is uncertain for no reason"


def _what_can_be_known_is_known(world: World) -> Iterator[str]:
    """Nobody stays uncertain whose provider's log shows them, once it has been asked as often as it should."""
    waiting = {row["batch"] for row in rows(sa.select(schema.batch.c.id.label("batch")).where(schema.batch.c.ask_at))}
    shown = {effect.item.key for effect in world.wire.services["logged"].effects}
    its = (schema.delivery.c.status == Status.UNCERTAIN) & schema.delivery.c.key.in_(shown)
    for row in rows(sa.select(schema.delivery.c.key, schema.delivery.c.batch).where(its)):
        yield f"{row['key']} is uncertain and the log shows it{' (still to be asked)' * (row['batch'] in waiting)}"


def _asked_in_turn(world: World) -> Iterator[str]:
    """A service is asked as often as it should be, and once more where the asker died or was taken for dead."""
    most = len(Logged.asks_after) + world.crashes + world.losses
    for key, times in world.wire.asked.items():
        if times > most and key not in world.people.again:
            yield f"{key} was asked about {times} times"


def _late_answers_are_refused(world: World) -> Iterator[str]:
    """An answer to a batch that another worker has taken over changes nothing."""
    yield from world.wire.applied_late


def _workers_stand(world: World) -> Iterator[str]:
    """No worker falls of an error of ours."""
    yield from world.falls


def _reports_are_kept_once(world: World) -> Iterator[str]:
    yield from reports_are_kept_once(world.wire.webhooks)


def _what_is_reported_is_accepted(world: World) -> Iterator[str]:
    yield from what_is_reported_is_accepted(world.wire.webhooks)


def _channel(plan: Plan, key: str) -> str:
    return "email" if any(message.key == key for message in plan.messages) else "mastodon"


def _state(plan_id: str) -> PlanState | None:
    found = rows(sa.select(schema.plan.c.state).where(schema.plan.c.id == plan_id))
    return PlanState(found[0]["state"]) if found else None


def _statuses(plan_id: str) -> dict[str, str]:
    query = sa.select(schema.delivery.c.key, schema.delivery.c.status).where(schema.is_of(plan_id))
    return {row["key"]: row["status"] for row in rows(query)}
