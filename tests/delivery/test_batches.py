"""Batches in the ledger: one claim wins, bytes are those that were planned, late answers change nothing."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest

from distribute.delivery import schema
from distribute.delivery.batch_rows import Claim
from distribute.delivery.database import Location
from distribute.delivery.ledger import Ledger
from distribute.domain.content import Accepted, Outcome, Rejected, Unclear
from distribute.domain.plan import Batch, Plan
from distribute.errors import LedgerError, PlanError
from tests.delivery.builders import NOON, statuses


def take(ledger: Ledger) -> Claim:
    batch_id = ledger.batches.next_claimable(None, NOON)
    assert batch_id is not None
    claim = ledger.batches.claim(batch_id, NOON)
    assert claim is not None
    return claim


def test_a_claim_carries_the_bytes_that_were_planned(ledger: Ledger, begun: Plan) -> None:
    claim = take(ledger)
    assert claim.body == begun.batches[0].body
    assert claim.keys == begun.batches[0].keys
    assert statuses(ledger, begun) == {"submitting": 3, "planned": 4}


def test_a_batch_is_claimed_once(ledger: Ledger, begun: Plan) -> None:
    claim = take(ledger)
    assert ledger.batches.claim(claim.batch, NOON) is None


def test_of_many_threads_one_wins_each_batch(begun: Plan, ledger: Ledger, location: Location) -> None:
    won: list[int] = []

    def race() -> None:
        own = Ledger.open(location)
        while (batch_id := own.batches.next_claimable(None, NOON)) is not None:
            if own.batches.claim(batch_id, NOON):
                won.append(batch_id)
        own.close()

    threads = [threading.Thread(target=race) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(won) == sorted(set(won))
    assert len(won) == len(begun.batches) == 3


def test_the_requests_that_have_ended_are_counted(ledger: Ledger, begun: Plan) -> None:
    assert ledger.batches.ended(begun.id) == (0, 3)
    claim = take(ledger)
    assert ledger.batches.ended(begun.id) == (0, 3)
    ledger.batches.doubt(claim, "no answer came", NOON)
    ledger.batches.settle(second := take(ledger), {}, NOON)
    assert second.batch != claim.batch
    assert ledger.batches.ended(begun.id) == (2, 3)


def test_what_is_said_of_all_at_once_is_everybody_s_in_that_request_and_nobody_else_s(
    ledger: Ledger, begun: Plan
) -> None:
    claim = take(ledger)
    ledger.batches.settle(claim, dict.fromkeys(claim.keys, Accepted(provider_id="one-for-all")), NOON)
    told = {row["key"]: (row["standing"], row["provider_id"]) for row in ledger.standing.deliveries(begun.id)}
    assert {key for key, its in told.items() if its == ("accepted", "one-for-all")} == set(claim.keys)
    assert {its for key, its in told.items() if key not in claim.keys} == {("planned", None)}


def test_an_outcome_that_leaves_one_out_is_not_taken_for_everybody_s(ledger: Ledger, begun: Plan) -> None:
    claim = take(ledger)
    one = Accepted(provider_id="x")
    ledger.batches.settle(claim, dict.fromkeys(claim.keys[:-1], one), NOON, ask_at=NOON)
    assert statuses(ledger, begun) == {"accepted": 2, "uncertain": 1, "planned": 4}


def test_the_queues_of_several_plans_are_one_in_order_of_time(ledger: Ledger, begun: Plan) -> None:
    of_one = ledger.batches.claimable([begun.id], NOON, limit=9)
    assert ledger.batches.claimable([begun.id, "another"], NOON, limit=2) == of_one[:2]
    assert ledger.batches.claimable(["another"], NOON, limit=9) == []
    assert ledger.batches.claimable([], NOON, limit=9) == []
    assert ledger.batches.claimable(None, NOON, limit=1, leave_out=of_one[:1]) == of_one[1:2]
    assert ledger.batches.claimable(None, NOON - timedelta(seconds=1), limit=9) == []


def test_each_recipient_gets_the_outcome_the_provider_gave(ledger: Ledger, begun: Plan) -> None:
    claim = take(ledger)
    first, second, third = claim.keys
    outcomes: dict[str, Outcome] = {
        first: Accepted(provider_id="m1"),
        second: Rejected(reason="inactive"),
        third: Unclear(reason="no line"),
    }
    ledger.batches.settle(claim, outcomes, NOON)
    rows = {row["key"]: row for row in ledger.standing.deliveries(begun.id)}
    assert (rows[first]["standing"], rows[first]["provider_id"]) == ("accepted", "m1")
    assert (rows[second]["standing"], rows[second]["reason"]) == ("rejected", "inactive")
    assert (rows[third]["standing"], rows[third]["reason"]) == ("uncertain", "no line")
    assert {rows[key]["attempts"] for key in claim.keys} == {1}


def test_a_key_the_answer_leaves_out_is_uncertain_and_never_accepted(ledger: Ledger, begun: Plan) -> None:
    claim = take(ledger)
    ledger.batches.settle(claim, {claim.keys[0]: Accepted(provider_id="m1")}, NOON)
    assert statuses(ledger, begun) == {"accepted": 1, "uncertain": 2, "planned": 4}


def test_a_late_answer_is_refused_and_changes_nothing(ledger: Ledger, begun: Plan) -> None:
    claim = take(ledger)
    ledger.batches.doubt(claim, "silence", NOON)
    with pytest.raises(LedgerError, match="late answer"):
        ledger.batches.settle(claim, {key: Accepted(provider_id="x") for key in claim.keys}, NOON)
    assert statuses(ledger, begun) == {"uncertain": 3, "planned": 4}


def test_the_fence_of_an_older_claim_does_not_hold(ledger: Ledger, begun: Plan) -> None:
    zombie = take(ledger)
    ledger.batches.postpone(zombie, NOON, "not sent", NOON)
    newer = ledger.batches.claim(zombie.batch, NOON)
    assert newer is not None
    assert newer.fence == zombie.fence + 1
    with pytest.raises(LedgerError):
        ledger.batches.settle(zombie, {}, NOON)
    assert statuses(ledger, begun)["submitting"] == 3


def test_a_postponed_batch_waits_and_so_does_its_providers_queue(ledger: Ledger, begun: Plan) -> None:
    until = NOON + timedelta(seconds=90)
    ledger.batches.postpone(take(ledger), until, "busy", NOON)
    assert ledger.batches.next_claimable(None, until - timedelta(seconds=1)) is None
    assert ledger.batches.next_instant(None) == until
    assert ledger.batches.next_claimable(None, until) is not None
    assert ledger.standing.next_try(begun.id) == (until, "not sent: busy")


def test_a_batch_cut_anew_is_carried_by_its_parts(ledger: Ledger, begun: Plan) -> None:
    claim = take(ledger)
    parts = [
        Batch(channel="email", provider="counting", at=NOON, body=b"1", keys=claim.keys[:1]),
        Batch(channel="email", provider="counting", at=NOON, body=b"2", keys=claim.keys[1:]),
    ]
    ledger.batches.replace(claim, parts, "one is at fault", NOON)
    assert statuses(ledger, begun) == {"planned": 7}
    claims = [take(ledger) for _ in range(4)]
    assert sorted(key for it in claims for key in it.keys) == sorted(m.key for m in begun.messages)
    assert {b"1", b"2"} <= {it.body for it in claims}


def test_bytes_that_were_tampered_with_never_leave(ledger: Ledger, begun: Plan) -> None:
    with ledger._db.writing() as db:
        db.execute(schema.batch.update().values(sha256="0" * 64))
    batch_id = ledger.batches.next_claimable(None, NOON)
    assert batch_id is not None
    with pytest.raises(PlanError, match="not what was planned: it was not sent"):
        ledger.batches.claim(batch_id, NOON)
    assert statuses(ledger, begun) == {"planned": 7}


def test_a_batch_in_the_air_is_an_orphan_to_the_next_worker(ledger: Ledger, begun: Plan) -> None:
    claim = take(ledger)
    (orphan,) = ledger.batches.under_way()
    assert (orphan.batch, orphan.fence, orphan.keys) == (claim.batch, claim.fence, claim.keys)
    assert orphan.first_sent == NOON
