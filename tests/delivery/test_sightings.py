"""What the ledger remembers of the time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from distribute.delivery.ledger import Ledger
from distribute.domain.plan import Plan
from tests.delivery.builders import NOON, ON_A_SERVER


def test_nobody_has_seen_the_time_in_a_new_ledger(ledger: Ledger) -> None:
    assert ledger.sightings.last() is None


def test_the_last_sighting_counts_be_it_earlier(ledger: Ledger) -> None:
    for moment in (NOON, NOON + timedelta(microseconds=1), NOON - timedelta(days=1)):
        ledger.sightings.note(moment)
        assert ledger.sightings.last() == moment


def test_outdating_ages_what_is_open_and_nothing_else(ledger: Ledger, begun: Plan) -> None:
    def claim() -> None:
        batch_id = ledger.batches.next_claimable(None, NOON)
        assert batch_id is not None
        assert ledger.batches.claim(batch_id, NOON)

    claim()
    ledger.sightings.outdate()
    claim()
    first, second = ledger.batches.under_way()
    assert first.first_sent is not None
    assert NOON - first.first_sent > timedelta(days=365)
    assert second.first_sent == NOON


@ON_A_SERVER
def test_a_server_tells_its_time(ledger: Ledger) -> None:
    before = datetime.now(UTC)
    told = ledger.sightings.server_time()
    assert told.tzinfo is UTC
    assert before - timedelta(seconds=1) < told < datetime.now(UTC) + timedelta(seconds=1)
