"""Faults to plant in the program: each replaces one of its functions by one that keeps a promise less."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import count
from typing import Any

import pytest
import sqlalchemy as sa

from distribute.delivery import (
    asking,
    batch_rows,
    batches,
    events,
    moves,
    plans,
    queue,
    records,
    repeating,
    schema,
    sending,
    timekeeping,
    worker,
)
from distribute.delivery.batch_rows import Claim
from distribute.delivery.batches import Batches
from distribute.delivery.desk import Desk, Turn
from distribute.delivery.doubts import Doubt, Doubts
from distribute.delivery.evidence import Belief
from distribute.delivery.plan_rows import BEGUN
from distribute.delivery.plans import Plans
from distribute.delivery.sightings import Sightings
from distribute.domain.content import Accepted, Message, Outcome
from distribute.domain.delivery import BatchState, PlanState, Status
from distribute.scheduling import due, running

Patch = pytest.MonkeyPatch


def the_claim_is_not_on_disk_while_the_request_is_under_way(patch: Patch) -> None:
    claim, moving = Batches.claim, Batches._moving

    def unwritten(self: Batches, batch_id: int, now: datetime, owner: int = 0) -> Claim | None:
        claimed = claim(self, batch_id, now, owner)
        if claimed:
            _write(self, batch_id, BatchState.PLANNED)
        return claimed

    @contextmanager
    def at_last(
        self: Batches, claimed: Claim, to: BatchState, detail: str, now: datetime, outcome: str = ""
    ) -> Iterator[sa.Connection]:
        with self._db.reading():
            """A dead worker gets no further."""
        _write(self, claimed.batch, BatchState.SUBMITTING)
        with moving(self, claimed, to, detail, now, outcome) as db:
            yield db

    patch.setattr(Batches, "claim", unwritten)
    patch.setattr(Batches, "_moving", at_last)


def _write(rooms: Batches, batch_id: int, state: BatchState) -> None:
    with rooms._db._engine.connect() as db, db.begin():
        db.execute(schema.batch.update().where(schema.batch.c.id == batch_id).values(state=state))


def a_batch_under_way_can_be_claimed_again(patch: Patch) -> None:
    claim = Batches.claim

    def twice(self: Batches, batch_id: int, now: datetime, owner: int = 0) -> Claim | None:
        with self._db._engine.connect() as db, db.begin():
            under_way = (schema.batch.c.id == batch_id) & (schema.batch.c.state == BatchState.SUBMITTING)
            db.execute(schema.batch.update().where(under_way).values(state=BatchState.PLANNED))
        return claim(self, batch_id, now, owner)

    patch.setattr(Batches, "claim", twice)


def orphans_are_planned_again_blindly(patch: Patch) -> None:
    def blindly(desk: Desk, _is_alive: object) -> Mapping[str, int]:
        for claim in desk.ledger.batches.under_way():
            desk.ledger.batches.postpone(claim, desk.now(), "again", desk.now())
        return {}

    patch.setattr(worker, "take_up_orphans", blindly)


def orphans_are_left_alone(patch: Patch) -> None:
    patch.setattr(worker, "take_up_orphans", lambda _desk, _is_alive: {})


def a_timeout_counts_as_not_sent(patch: Patch) -> None:
    _not_sent(patch, "timeout")


def a_502_counts_as_not_sent(patch: Patch) -> None:
    _not_sent(patch, "502")


def _not_sent(patch: Patch, word: str) -> None:
    doubt = Batches.doubt

    def hoped(self: Batches, claim: Claim, detail: str, now: datetime, *more: Any) -> None:
        if word in detail:
            self.postpone(claim, now + timedelta(seconds=5), detail, now)
        else:
            doubt(self, claim, detail, now, *more)

    patch.setattr(Batches, "doubt", hoped)


def silence_about_a_recipient_counts_as_accepted(patch: Patch) -> None:
    def hoped(outcome: Outcome | None, why: str | None) -> tuple[str | None, ...]:
        return records.outcome_values(outcome or Accepted(provider_id="id"), why)

    patch.setattr(batches, "outcome_values", hoped)


def a_rejection_counts_as_accepted(patch: Patch) -> None:
    accepted = Accepted(provider_id="id")
    patch.setattr(batches, "outcome_values", lambda _outcome, why: records.outcome_values(accepted, why))


def channels_start_an_hour_before_their_instant(patch: Patch) -> None:
    """Three guards must fall for it: the start, the search and the claim."""
    hour, start = timedelta(hours=1), due.start_due
    search, claim = Batches.claimable, Batches.claim
    patch.setattr(running, "start_due", lambda ledger, now, grace: start(ledger, now + hour, grace + hour))
    patch.setattr(Batches, "claimable", lambda self, chosen, now, **more: search(self, chosen, now + hour, **more))
    patch.setattr(Batches, "claim", lambda self, batch_id, now, owner: claim(self, batch_id, now + hour, owner))


def promises_are_not_bound(patch: Patch) -> None:
    patch.setattr(Plans, "_bind", staticmethod(lambda _db, _plan_id: 0))


def a_cut_forgets_the_last_recipient(patch: Patch) -> None:
    cut = sending._cut
    patch.setattr(sending, "_cut", lambda desk, claim, rows, size: cut(desk, claim, rows[:-1] or rows, size))


def a_cut_writes_other_letters(patch: Patch) -> None:
    read = records.read_message

    def otherwise(row: Mapping[str, Any], letter: Any) -> Message:
        message = read(row, letter)
        return replace(message, values={name: f"{value}?" for name, value in message.values.items()})

    patch.setattr(sending, "read_message", otherwise)


def suppressions_are_not_asked_for(patch: Patch) -> None:
    patch.setattr(sending, "_refusals", lambda _desk, _claim: {})


def suppressions_are_asked_for_before_the_claim(patch: Patch) -> None:
    send = sending.send_batch

    def hasty(desk: Desk, batch_id: int) -> Turn:
        suppressed = desk.suppressed()
        return send(replace(desk, suppressed=lambda: suppressed), batch_id)

    patch.setattr(worker, "send_batch", hasty)


def a_late_answer_is_written_down(patch: Patch) -> None:
    @contextmanager
    def unfenced(
        self: Batches, claim: Claim, to: BatchState, detail: str, now: datetime, outcome: str = ""
    ) -> Iterator[sa.Connection]:
        with self._db.writing() as db:
            db.execute(schema.batch.update().where(schema.batch.c.id == claim.batch).values(state=to))
            yield db

    patch.setattr(Batches, "_moving", unfenced)


def a_plan_rests_as_done_while_batches_are_open(patch: Patch) -> None:
    rest = Plans.rest

    def early(self: Plans, plan_id: str, now: datetime) -> PlanState:
        state = rest(self, plan_id, now)
        if state not in BEGUN:
            return state
        with self._db.writing() as db:
            db.execute(schema.plan.update().where(schema.plan.c.id == plan_id).values(state=PlanState.DONE))
        return PlanState.DONE

    patch.setattr(Plans, "rest", early)


def a_request_is_repeated_when_its_provider_has_forgotten_it(patch: Patch) -> None:
    patch.setattr(sending, "why_not_repeated", lambda _desk, _provider, _claim, _refusals: "")


def an_age_below_nothing_is_young(patch: Patch) -> None:
    """Two guards must fall for it: what is asked before a repetition, and the one who saw the clock set back."""

    def trusting(claim: Claim, repeatable_for: timedelta, now: datetime) -> bool:
        return now - claim.first_sent < repeatable_for / 2

    patch.setattr(repeating, "is_repeatable", trusting)
    patch.setattr(Sightings, "outdate", lambda _sightings: None)


def what_may_have_left_is_cut_anew(patch: Patch) -> None:
    why_not = repeating.why_not_repeated
    patch.setattr(
        sending, "why_not_repeated", lambda desk, provider, claim, _refusals: why_not(desk, provider, claim, {})
    )


def what_may_have_left_is_cancelled(patch: Patch) -> None:
    cancel = queue.cancel_planned

    def forgetting(db: sa.Connection, plan_id: str, now: datetime, *, if_plan_is: PlanState) -> None:
        db.execute(schema.batch.update().where(schema.batch.c.plan == plan_id).values(may_have_left=False))
        cancel(db, plan_id, now, if_plan_is=if_plan_is)

    patch.setattr(batches, "cancel_planned", forgetting)
    patch.setattr(plans, "cancel_planned", forgetting)


def a_held_plan_goes_on(patch: Patch) -> None:
    has_begun = sa.exists().where(
        schema.plan_channel.c.plan == schema.batch.c.plan,
        schema.plan_channel.c.channel == schema.batch.c.channel,
        schema.plan_channel.c.begun_at.is_not(None),
    )
    may_leave = (schema.batch.c.state == BatchState.PLANNED) & has_begun
    of_any, of_one = moves.waiting_if(may_leave)
    patch.setattr(batch_rows, "WAITING", of_any)
    patch.setattr(batch_rows, "WAITING_OF", of_one)
    patch.setattr(batches, "FREE", moves.free_if(may_leave))


def one_doubt_condemns_the_whole_plan(patch: Patch) -> None:
    doubt = Batches.doubt

    def sweeping(self: Batches, claim: Claim, detail: str, now: datetime, *more: Any) -> None:
        doubt(self, claim, detail, now, *more)
        with self._db.writing() as db:
            waiting = schema.is_of(claim.plan) & (schema.delivery.c.status == Status.PLANNED)
            db.execute(schema.delivery.update().where(waiting).values(status=Status.UNCERTAIN))

    patch.setattr(Batches, "doubt", sweeping)


def what_is_not_found_counts_as_not_sent(patch: Patch) -> None:
    def hasty(desk: Desk, doubt: Doubt, *_: object) -> None:
        desk.ledger.doubts.retry(doubt, sending.recut(desk, doubt), desk.now())

    patch.setattr(asking, "_schedule", hasty)


def a_provider_is_asked_only_once(patch: Patch) -> None:
    patch.setattr(asking, "_schedule", lambda desk, doubt, *_: desk.ledger.doubts.ask_again(doubt, None))


def who_asks_believes_in_everybody(patch: Patch) -> None:
    learn = Doubts.learn

    def all_of_them(self: Doubts, doubt: Doubt, outcomes: Mapping[str, Outcome], why: str, now: datetime) -> int:
        return learn(self, doubt, dict.fromkeys(doubt.recipients, Accepted(provider_id="id")), why, now)

    patch.setattr(Doubts, "learn", all_of_them)


def a_batch_counts_as_accepted_once_it_is_claimed(patch: Patch) -> None:
    """The cursor moves when it is fetched, as in tools that keep no more than a cursor."""
    claim = Batches.claim

    def moved(self: Batches, batch_id: int, now: datetime, owner: int = 0) -> Claim | None:
        claimed = claim(self, batch_id, now, owner)
        if claimed:
            _write(self, batch_id, BatchState.SETTLED)
            with self._db._engine.connect() as db, db.begin():
                its = schema.delivery.c.batch == batch_id
                db.execute(schema.delivery.update().where(its).values(status=Status.ACCEPTED))
        return claimed

    patch.setattr(Batches, "claim", moved)
    a_late_answer_is_written_down(patch)


def the_clock_is_believed(patch: Patch) -> None:
    patch.setattr(timekeeping.Watch, "__call__", lambda _watch, **_: "")


def a_report_opens_a_doubted_request_again(patch: Patch) -> None:
    """It closes nothing: what was doubted is planned once more."""

    def opens(db: sa.Connection, which: sa.ColumnElement[bool], _now: datetime) -> Belief:
        its = sa.select(schema.delivery.c.batch).where(which)
        doubted = schema.batch.c.id.in_(its) & (schema.batch.c.state == BatchState.UNCERTAIN)
        again = sa.select(schema.batch.c.id).where(doubted)
        db.execute(schema.delivery.update().where(schema.delivery.c.batch.in_(again)).values(status=Status.PLANNED))
        its_plan = schema.plan.c.id.in_(sa.select(schema.batch.c.plan).where(doubted))
        is_done = schema.plan.c.state == PlanState.DONE
        db.execute(schema.plan.update().where(its_plan, is_done).values(state=PlanState.RUNNING))
        db.execute(schema.batch.update().where(doubted).values(state=BatchState.PLANNED, ask_at=None))
        return Belief()

    patch.setattr(events, "believe", opens)


def a_report_makes_an_orphan_planned(patch: Patch) -> None:
    """As if it had not left; two guards must fall for it, since a report of what had not left keeps it from leaving."""

    def planned(db: sa.Connection, which: sa.ColumnElement[bool], _now: datetime) -> Belief:
        its = sa.select(schema.delivery.c.batch).where(which)
        under_way = schema.batch.c.id.in_(its) & (schema.batch.c.state == BatchState.SUBMITTING)
        db.execute(schema.batch.update().where(under_way).values(state=BatchState.PLANNED))
        return Belief()

    patch.setattr(events, "believe", planned)


def a_report_that_is_made_again_is_kept_again(patch: Patch) -> None:
    """Two guards must fall for it: what is looked for before it is written, and the index."""
    names, row = count(), events._row
    patch.setattr(events, "_known", lambda _db, _provider, _events: set())
    patch.setattr(events, "_row", lambda *it: row(*it) | {"event_id": f"{next(names)}"})


def a_report_before_the_answer_is_forgotten(patch: Patch) -> None:
    patch.setattr(batches, "believe", lambda _db, _which, _now: Belief())


def a_forged_report_is_taken_for_true(patch: Patch) -> None:
    """Whoever it is about: somebody who is planned for."""
    carried = events._carried

    def somebody(db: sa.Connection, provider: str, keys: set[str]) -> dict[str, int]:
        first = db.execute(sa.select(schema.delivery.c.id).limit(1)).scalar_one()
        return dict.fromkeys(keys, first) | carried(db, provider, keys)

    patch.setattr(events, "_carried", somebody)
