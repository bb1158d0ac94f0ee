"""When a request that may have left is made again."""

from __future__ import annotations

from datetime import timedelta

from distribute.delivery.desk import Desk
from distribute.delivery.repeating import PAUSES, is_repeatable, pause, take_up_orphans
from distribute.domain.plan import Plan
from tests.delivery.builders import NOON, statuses


def test_pauses_grow_and_the_last_one_holds_for_all_that_follow() -> None:
    assert list(PAUSES) == sorted(PAUSES)
    assert [pause(tries) for tries in range(1, len(PAUSES) + 1)] == list(PAUSES)
    assert pause(100) == PAUSES[-1]


def test_what_left_later_than_now_is_not_young(desk: Desk, begun: Plan) -> None:
    batch_id = desk.ledger.batches.next_claimable(None, NOON)
    assert batch_id is not None
    claim = desk.ledger.batches.claim(batch_id, NOON)
    assert claim is not None
    window = timedelta(hours=1)
    assert is_repeatable(claim, window, NOON + timedelta(minutes=29))
    assert not is_repeatable(claim, window, NOON + timedelta(minutes=30))
    assert not is_repeatable(claim, window, NOON - timedelta(seconds=1))


def test_the_batch_of_a_worker_that_lives_is_no_orphan(desk: Desk, begun: Plan) -> None:
    for owner in (1, 2):
        batch_id = desk.ledger.batches.next_claimable(None, NOON)
        assert batch_id is not None
        assert desk.ledger.batches.claim(batch_id, NOON, owner)
    assert take_up_orphans(desk, lambda owner: owner == 2) == {"repeated": 0, "uncertain": 1}
    assert statuses(desk.ledger, begun) == {"submitting": 3, "uncertain": 3, "planned": 1}
