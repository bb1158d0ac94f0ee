"""A machine that makes the ledger's moves in any order, as several workers and people would, and checks each step."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence, Set
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, multiple, rule

from distribute.delivery import repeating
from distribute.delivery.asking import ask_due
from distribute.delivery.batch_rows import Claim
from distribute.delivery.database import Database
from distribute.delivery.desk import Desk, Turn
from distribute.delivery.ledger import Ledger
from distribute.delivery.schema import batch
from distribute.delivery.schema import event as event_table
from distribute.delivery.sending import recut, send_batch
from distribute.domain.content import Accepted, Event, EventKind, Message, Outcomes, Post
from distribute.domain.delivery import PlanState, Status
from distribute.domain.plan import Batch, Plan
from distribute.errors import BatchRefused, LedgerError, PlanError, TryLater, Unauthorised, Uncertain
from tests.delivery.builders import NOON, FakeClock
from tests.simulation.bench import bench, rows
from tests.simulation.orders import Shape, planned, reader
from tests.simulation.provider import PROVIDERS, Service, items

SHAPES = (
    Shape(readers=(0, 1, 2, 3, 4), network="hour", network_at=60),
    Shape(readers=(3, 4, 5, 6), mail="hour", mail_at=30),
    Shape(readers=(6, 5, 0), mail_at=5, network="once"),
    Shape(readers=(2, 6), mail="logged"),
)
"""Plans of one release whose recipients overlap: one provider knows a repetition, one can be asked, one neither."""

GRACE = timedelta(minutes=15)
FORGOTTEN = timedelta(minutes=10)
"""No request is under way for longer; it has arrived by then, or never will."""

PLAN_NUMBERS = st.sampled_from((0, 0, 0, 0, 1, 1, 2, 3))
WORKERS = (1, 2)
OUTSIDER = 3
TRAVELS = ("answered", "left out", "lost before", "lost after", "busy", "refused")
"""What becomes of a request."""

LAST = frozenset({Status.ACCEPTED, Status.REJECTED, Status.SKIPPED, Status.CANCELLED})
KNOWN_OR_DOUBTED = {Status.ACCEPTED, Status.UNCERTAIN, Status.SUBMITTING}


@dataclass
class Flight:
    """A claimed batch in some worker's hands: what its provider answered, and how far it has come."""

    claim: Claim
    answer: Outcomes | None = None
    is_over: bool = False
    stayed: bool = False
    was_taken_over: bool = False


@dataclass
class Services:
    """The providers, who keep count. ``travel`` is what becomes of the next request."""

    clock: FakeClock
    travel: str = "answered"
    by_name: Mapping[str, Service] = field(
        default_factory=lambda: {
            name: Service(window=it.repeatable_for, rejected=frozenset({reader(1)}), poisonous=frozenset({reader(4)}))
            for name, it in PROVIDERS.items()
        }
    )

    def take(self, service: str, body: bytes) -> Outcomes:
        return self.by_name[service].take(body, "", self.clock(), self.clock())

    def carry(self, service: str, body: bytes, keys: Sequence[str]) -> Outcomes:
        match self.travel:
            case "busy":
                raise TryLater("too many requests", after=120)
            case "refused":
                raise Unauthorised("the account is suspended")
            case "lost before":
                raise Uncertain("no answer in time")
        outcomes = self.take(service, body)
        if self.travel == "lost after":
            raise Uncertain("no answer in time")
        return dict(list(outcomes.items())[:-1]) if self.travel == "left out" else outcomes

    def ask(self, service: str, keys: Sequence[str]) -> Outcomes:
        return self.by_name[service].look_up(keys, self.clock())

    @property
    def taken(self) -> Counter[str]:
        """How often each delivery key had an effect."""
        return Counter(effect.item.key for it in self.by_name.values() for effect in it.effects)


def content_of(plan: Plan) -> dict[str, Message | Post]:
    """What a plan sends, by delivery key."""
    return {message.key: message for message in plan.messages} | {post.key: post for post in plan.posts}


class Moves(RuleBasedStateMachine):
    """Several workers, one of which may be taken for dead while it is not; several people; plans that overlap."""

    flights: Bundle[Flight] = Bundle("flights")

    @initialize(shapes=st.permutations(SHAPES))
    def open(self, shapes: Sequence[Shape]) -> None:
        """A ledger with two plans, both begun; the second is refused where it promises what the first did."""
        bench().restore(())
        self.clock = FakeClock(NOON)
        self.services = Services(self.clock)
        self.suppressed: dict[str, str] = {}
        self.ledger = Ledger(Database(bench().engine))
        providers = {name: it(self.services) for name, it in PROVIDERS.items()}
        self.desk = Desk(
            ledger=self.ledger,
            provider=lambda name: providers[name],
            now=self.clock,
            suppressed=lambda: self.suppressed,
        )
        self.recorded: dict[str, Plan] = {}
        self.stopped: dict[str, bool] = {}
        self.fences: dict[int, int] = {}
        self.seen: dict[tuple[str, str], str] = {}
        self.late_answers_applied: list[str] = []
        self.in_the_air: list[Flight] = []
        self.to_be_retried: set[tuple[str, str]] = set()
        self.reported: dict[tuple[str, str], str] = {}
        for shape in shapes[:2]:
            self.record(shape)
        for number in range(2):
            self.begin(number)

    # ---- people

    @rule(shape=st.sampled_from(SHAPES))
    def record(self, shape: Shape) -> None:
        plan = planned(shape)
        self.ledger.plans.record(plan, plan.hash())
        self.recorded.setdefault(plan.id, plan)
        self.stopped.setdefault(plan.id, True)

    @rule(number=PLAN_NUMBERS)
    def begin(self, number: int) -> None:
        self._say(number, lambda plan: self.ledger.plans.begin(plan, self.clock()), is_stopped=False)

    @rule(number=PLAN_NUMBERS)
    def resume(self, number: int) -> None:
        self._say(number, lambda plan: self.ledger.plans.resume(plan, self.clock(), GRACE), is_stopped=False)

    @rule(number=PLAN_NUMBERS)
    def hold(self, number: int) -> None:
        def held(plan: str) -> None:
            self.ledger.plans.hold(plan, "somebody said so", self.clock())
            if self.ledger.plans.find(plan)["state"] != PlanState.HELD:
                raise PlanError("it cannot be held")

        self._say(number, held, is_stopped=True)

    @rule(number=PLAN_NUMBERS)
    def cancel(self, number: int) -> None:
        self._say(number, lambda plan: self.ledger.plans.cancel(plan, self.clock()), is_stopped=True)

    @rule(number=st.integers(0, 6))
    def suppress(self, number: int) -> None:
        self.suppressed[reader(number)] = "asked to be left alone"

    @rule(minutes=st.sampled_from([1, 5, 25, 40]))
    def wait(self, minutes: int) -> None:
        self.clock.forward(minutes=minutes)

    # ---- workers

    @rule(number=PLAN_NUMBERS, channel=st.sampled_from(["email", "mastodon"]))
    def start_channel(self, number: int, channel: str) -> None:
        if plan := self._plan(number):
            self.ledger.plans.start_channel(plan, channel, self.clock())

    @rule(number=PLAN_NUMBERS)
    def rest(self, number: int) -> None:
        if plan := self._plan(number):
            self.ledger.plans.rest(plan, self.clock())

    @rule(target=flights, choice=st.none() | st.integers(0, 20), owner=st.sampled_from(WORKERS))
    def claim(self, choice: int | None, owner: int) -> Any:
        """The next batch, as a worker would, or any, as a late job would; one that may have left goes by ``send``."""
        known = rows(sa.select(batch).order_by(batch.c.id))
        batch_id = self.ledger.batches.next_claimable(None, self.clock())
        if choice is not None and known:
            batch_id = known[choice % len(known)]["id"]
        if batch_id is None or next(row for row in known if row["id"] == batch_id)["may_have_left"]:
            return multiple()
        claim = self.ledger.batches.claim(batch_id, self.clock(), owner)
        if claim is None:
            return multiple()
        self._judge_claim(claim)
        self.in_the_air.append(flight := Flight(claim))
        return flight

    @rule(flight=flights)
    def arrive(self, flight: Flight) -> None:
        """The request reaches its provider, whatever the ledger thinks of its worker by now."""
        is_forgotten = self.clock() - flight.claim.first_sent > FORGOTTEN
        if flight.stayed or flight.answer is not None or is_forgotten:
            return
        try:
            flight.answer = self.services.take(flight.claim.provider, flight.claim.body)
        except BatchRefused:
            flight.stayed = True

    @rule(flight=flights, is_complete=st.booleans())
    def settle(self, flight: Flight, is_complete: bool) -> None:
        if flight.answer is None:
            return
        outcomes = dict(flight.answer) if is_complete else dict(list(flight.answer.items())[1:])
        self._move(flight, lambda: self.ledger.batches.settle(flight.claim, outcomes, self.clock()))

    @rule(flight=flights)
    def doubt(self, flight: Flight) -> None:
        self._move(flight, lambda: self.ledger.batches.doubt(flight.claim, "no answer in time", self.clock()))

    @rule(flight=flights, minutes=st.sampled_from([1, 20]))
    def postpone(self, flight: Flight, minutes: int) -> None:
        if flight.answer is None and not self._may_have_left(flight):
            until = self.clock() + timedelta(minutes=minutes)
            flight.stayed = True
            self._move(flight, lambda: self.ledger.batches.postpone(flight.claim, until, "busy", self.clock()))

    @rule(flight=flights, skips=st.booleans())
    def replace(self, flight: Flight, skips: bool) -> None:
        if flight.answer is not None or self._may_have_left(flight):
            return
        parts, skipped = self._cut(flight.claim, skips)
        flight.stayed = True
        self._move(
            flight,
            lambda: self.ledger.batches.replace(flight.claim, parts, "cut", self.clock(), skipped),
        )

    @rule(travel=st.sampled_from(TRAVELS))
    def send(self, travel: str) -> None:
        """The one path by which anything leaves, from the claim to the outcome."""
        batch_id = self.ledger.batches.next_claimable(None, self.clock())
        if batch_id is None:
            return
        self.services.travel = travel
        row = rows(sa.select(batch).where(batch.c.id == batch_id))[0]
        turn = send_batch(self.desk, batch_id)
        if turn is not Turn.NOTHING:
            self._judge_leaving(str(row["plan"]), str(row["channel"]))
        if turn is Turn.HELD:
            self.stopped[str(row["plan"])] = True

    @rule(dead=st.sets(st.sampled_from(WORKERS), min_size=1))
    def take_up_orphans(self, dead: Set[int]) -> None:
        """A worker finds what others have in the air; they count as dead and may not be at all."""
        for flight in self.in_the_air:
            flight.was_taken_over |= not flight.is_over and flight.claim.owner in dead
        repeating.take_up_orphans(self.desk, lambda owner: owner not in dead)

    @rule()
    def ask(self) -> None:
        ask_due(self.desk)

    @rule(choice=st.integers(0, 30), kind=st.sampled_from(EventKind), times=st.sampled_from([1, 2]))
    def report(self, choice: int, kind: EventKind, times: int) -> None:
        """A provider says, once or twice, what became of something it took; now and then of something of others."""
        taken = [(name, effect) for name, it in self.services.by_name.items() for effect in it.effects]
        if not taken:
            return
        name, effect = taken[choice % len(taken)]
        key = effect.item.key
        event = Event(key=key, kind=kind, at=effect.at, id=f"{key} {kind}")
        noted = self.ledger.events.note(name, [replace(event, key="f" * 32), *[event] * times], self.clock())
        is_new = (name, event.id) not in self.reported
        assert (noted.new, noted.known, noted.unknown) == (is_new, times - is_new, ("f" * 32,))
        self.reported[name, event.id] = key

    @rule(number=PLAN_NUMBERS)
    def say_what_you_know(self, number: int) -> None:
        """A person looks into the provider's own log about whatever is uncertain, and is right."""
        for doubt in self.ledger.doubts.of(self._plan(number) or ""):
            taken = self.services.taken
            known = {key: Accepted(provider_id="seen") for key in doubt.recipients if taken[key]}
            self.ledger.doubts.learn(doubt, known, "a person has seen it", self.clock())
            lost = {key: it for key, it in doubt.recipients.items() if not taken[key] and key not in self._rejected()}
            if lost and self.clock() - doubt.since > FORGOTTEN:
                self.to_be_retried |= {(doubt.plan, key) for key in lost}
                again = replace(doubt, recipients=lost)
                self.ledger.doubts.retry(again, recut(self.desk, again), self.clock())

    # ---- what always holds

    @invariant()
    def every_promise_is_kept(self) -> None:
        self.nobody_is_lost_and_nothing_is_unsaid()
        self.fences_only_rise()
        self.what_must_be_refused_is_refused()

    def nobody_is_lost_and_nothing_is_unsaid(self) -> None:
        live: Counter[str] = Counter()
        taken = self.services.taken
        by_key: dict[str, set[str]] = {}
        for plan_id, plan in self.recorded.items():
            found = self.ledger.standing.deliveries(plan_id)
            expected = content_of(plan).keys()
            assert {row["key"] for row in found} >= expected, "somebody is missing"
            assert len(found) == plan.deliveries + len(plan.skips), "the counts do not add up"
            for row in found:
                live[row["key"]] += bool(row["live"])
                by_key.setdefault(row["key"], set()).add(row["standing"])
                self._judge_status(plan_id, row, taken)
        for key in self.reported.values():
            assert by_key[key] & {Status.ACCEPTED, Status.SUBMITTING}, f"{key} is reported and {by_key[key]}"
        assert len(rows(sa.select(event_table.c.id))) == len(self.reported), "an event is not kept once"
        assert set(live.values()) <= {0, 1}, "a promise is live in two plans"
        assert set(taken.values()) <= {1}, f"twice: {[key for key, times in taken.items() if times > 1]}"
        for key in taken:
            assert by_key[key] & KNOWN_OR_DOUBTED, f"{key} was taken, and the ledger says {by_key[key]}"

    def fences_only_rise(self) -> None:
        for row in rows(sa.select(batch.c.id, batch.c.fence)):
            number, fence = int(str(row["id"])), int(str(row["fence"]))
            assert fence >= self.fences.get(number, 0), "a fence fell"
            self.fences[number] = fence

    def what_must_be_refused_is_refused(self) -> None:
        """A second answer, the answer of a worker taken for dead, a claim on what another has, or that is stopped."""
        for flight in self.in_the_air[-4:]:
            if flight.is_over or flight.was_taken_over:
                self._move(flight, lambda: self.ledger.batches.doubt(flight.claim, "late", self.clock()))  # noqa: B023  called at once
            else:
                again = self.ledger.batches.claim(flight.claim.batch, self.clock(), OUTSIDER)
                assert again is None, "claimed while another has it"
        assert self.late_answers_applied == [], "a late answer was written down"
        for plan_id, is_stopped in self.stopped.items():
            batch_id = self.ledger.batches.next_claimable([plan_id], self.clock())
            assert batch_id is None or not is_stopped, "a plan that is held, cancelled or was never begun goes on"

    def teardown(self) -> None:
        """Everybody goes home: what was begun is carried to its end, and every key has one."""
        self.services.travel = "answered"
        self.take_up_orphans(set(WORKERS))
        for plan_id in self.ledger.plans.begun():
            self._finish(plan_id)
            counted = self.ledger.standing.counts(plan_id).values()
            plan = self.recorded[plan_id]
            total = sum(sum(channel.values()) for channel in counted)
            assert total == plan.deliveries + len(plan.skips), "the counts do not add up"
        self.nobody_is_lost_and_nothing_is_unsaid()

    # ---- between the rules

    def _finish(self, plan_id: str) -> None:
        for _ in range(50):
            for channel in self.ledger.plans.channels(plan_id):
                self.clock.at = max(self.clock.at, channel["at"])
                self.ledger.plans.start_channel(plan_id, channel["channel"], self.clock())
            at = self.ledger.batches.next_instant([plan_id])
            if at is None:
                break
            self.clock.at = max(self.clock.at, at)
            self.send("answered")
        assert self.ledger.plans.rest(plan_id, self.clock()) == PlanState.DONE, "it never ends"
        left = {row["standing"] for row in self.ledger.standing.deliveries(plan_id)}
        assert left <= {*LAST, Status.UNCERTAIN}, f"done, and some are {left - LAST}"

    def _rejected(self) -> set[str]:
        """The keys of the reader no provider takes."""
        found = (item for plan in self.recorded.values() for item in plan.messages)
        return {item.key for item in found if item.recipient.email == reader(1)}

    def _plan(self, number: int) -> str | None:
        return list(self.recorded)[number] if number < len(self.recorded) else None

    def _say(self, number: int, command: Callable[[str], object], *, is_stopped: bool) -> None:
        plan = self._plan(number)
        if plan is not None:
            with suppress(PlanError):
                command(plan)
                self.stopped[plan] = is_stopped

    def _may_have_left(self, flight: Flight) -> bool:
        return flight.claim.may_have_left or flight.was_taken_over

    def _move(self, flight: Flight, move: Callable[[], None]) -> None:
        """Write down what came of a flight; one that others took over, or that is over, must be refused."""
        is_late = flight.is_over or flight.was_taken_over
        try:
            move()
        except LedgerError:
            assert is_late, "an answer in time was refused"
        else:
            if is_late:
                self.late_answers_applied.append(f"batch {flight.claim.batch}, fence {flight.claim.fence}")
        flight.is_over = True

    def _cut(self, claim: Claim, skips: bool) -> tuple[list[Batch], dict[str, str]]:
        """The claim's recipients one by one, without the first where somebody said no."""
        made = PROVIDERS[claim.provider](self.services)
        plan = self.recorded[claim.plan]
        content = content_of(plan)
        skipped = {claim.keys[0]: "suppressed"} if skips else {}
        parts = [
            Batch(
                channel=claim.channel,
                provider=claim.provider,
                at=self.clock(),
                body=made.freeze([content[key]]),
                keys=(key,),
            )
            for key in claim.keys
            if key not in skipped
        ]
        return parts, skipped

    def _judge_claim(self, claim: Claim) -> None:
        self._judge_leaving(claim.plan, claim.channel)
        others = (it for it in self.in_the_air if it.claim.batch == claim.batch)
        assert all(it.is_over or it.was_taken_over for it in others), "claimed while another has it"
        assert claim.fence > self.fences.get(claim.batch, 0), "a fence was given twice"
        assert [item.key for item in items(claim.body)] == list(claim.keys), "the bytes are of other deliveries"

    def _judge_leaving(self, plan_id: str, channel: str) -> None:
        assert not self.stopped[plan_id], "it leaves although its plan is held, cancelled or was never begun"
        at = next(it.at.utc for it in self.recorded[plan_id].channels if it.channel == channel)
        assert at <= self.clock(), "it leaves before its instant"

    def _judge_status(self, plan_id: str, row: Mapping[str, Any], taken: Counter[str]) -> None:
        now, before = row["standing"], self.seen.get((plan_id, row["key"]))
        assert before not in LAST or now == before, f"{before} became {now}"
        if before == Status.UNCERTAIN and now != before and (plan_id, row["key"]) not in self.to_be_retried:
            assert now in {Status.ACCEPTED, Status.REJECTED}, f"what was uncertain became {now}"
        assert now != Status.ACCEPTED or taken[row["key"]], "accepted, and no provider has it"
        if now != Status.UNCERTAIN:
            self.to_be_retried.discard((plan_id, row["key"]))
        self.seen[plan_id, row["key"]] = now
