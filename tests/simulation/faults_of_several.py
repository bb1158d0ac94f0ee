"""Faults to plant that only several workers at once can show."""

from __future__ import annotations

from contextlib import nullcontext
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from distribute.channels.base import Provider
from distribute.delivery import batches, moves, repeating, schema, sending, worker
from distribute.delivery.batch_rows import Claim
from distribute.delivery.desk import Desk, Turn
from distribute.delivery.prepared import Prepared
from distribute.delivery.worker import Worker
from distribute.domain.delivery import BatchState, PlanState
from distribute.errors import LateAnswer
from tests.simulation.enrolled import Enrolled

Patch = pytest.MonkeyPatch


def a_living_workers_batch_is_an_orphan(patch: Patch) -> None:
    patch.setattr(worker, "take_up_orphans", lambda desk, _is_alive: repeating.take_up_orphans(desk))


def the_dead_are_believed_alive(patch: Patch) -> None:
    def own_only(desk: Desk, _is_alive: object) -> object:
        return repeating.take_up_orphans(desk, lambda owner: owner != desk.owner)

    patch.setattr(worker, "take_up_orphans", own_only)


def a_claim_does_not_look_whether_it_is_free(patch: Patch) -> None:
    """What was free when it was looked for is taken, whoever has taken it since."""
    is_running = sa.exists().where(schema.plan.c.id == schema.batch.c.plan, schema.plan.c.state == PlanState.RUNNING)
    patch.setattr(batches, "FREE", moves.free_if(is_running))


def a_zombies_answer_is_written_down(patch: Patch) -> None:
    """The fence is not looked at: what was taken over and claimed again is settled by whoever slept."""
    unfenced = Prepared(
        schema.batch.update()
        .where(schema.batch.c.id == sa.bindparam("its"), schema.batch.c.state == BatchState.SUBMITTING)
        .values(state=sa.bindparam("to_state")),
        *("to_state", "its"),
    )
    patch.setattr(batches, "MOVE", lambda db, to, its, _fence: unfenced(db, to, its))


def a_zombie_repeats_its_request(patch: Patch) -> None:
    submit = sending._submit

    def once_more(desk: Desk, provider: Provider[Any], claim: Claim) -> Turn:
        try:
            return submit(desk, provider, claim)
        except LateAnswer:
            provider.submit(claim)
            raise

    patch.setattr(sending, "_submit", once_more)


def who_slept_sends_all_the_same(patch: Patch) -> None:
    patch.setattr(sending, "FRESH", timedelta.max)


def everybody_is_on_duty(patch: Patch) -> None:
    patch.setattr(Worker, "on_duty", lambda _worker, _duty: nullcontext(True))


def a_lost_place_is_not_taken_again(patch: Patch) -> None:
    patch.setattr(Enrolled, "confirm", lambda _self: None)
