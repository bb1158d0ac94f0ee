"""A drafted plan is the plan: its records, its hash, its messages and requests, each read from disk."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from distribute.delivery.audience import Audience
from distribute.delivery.ledger import Ledger
from distribute.delivery.order import Order
from distribute.delivery.planning import make_plan
from distribute.domain.plan import canonical
from tests.chaos.share import long
from tests.delivery.builders import Counting, contacts, media


def test_its_hash_is_of_its_records_as_of_any_plan(order: Order, ledger: Ledger) -> None:
    people = [replace(contact, language=("fr", "en")[contact.line % 2]) for contact in contacts(8)]
    again = replace(people[0], line=99)
    plan = make_plan(
        replace(
            order,
            audience=Audience(chosen=[media(*people, again)], excluded=[media(people[1], name="rivals")]),
            carriers={"email": Counting(), "mastodon": Counting()},
        ),
        ledger.standing,
    )
    written = b"".join(map(canonical, plan.records()))
    assert b"".join(plan.lines()) == written
    assert b"".join(plan.lines()) == written, "it can be read again"
    assert plan.hash() == "sha256:" + hashlib.sha256(written).hexdigest()
    assert plan.skipped("email") == {"duplicate": 1, "excluded": 1}
    assert (plan.carried("email"), plan.carried("mastodon"), plan.deliveries) == ((7, 3), (1, 1), 8)


def test_messages_are_found_by_their_place_and_carry_what_their_request_carries(order: Order, ledger: Ledger) -> None:
    plan = make_plan(order, ledger.standing)
    assert [message.key for message in plan.messages] == [recipient.key for recipient in plan.recipients]
    assert plan.messages[5] == list(plan.messages)[5]
    assert plan.messages[2:4] == list(plan.messages)[2:4]
    for batch in plan.batches:
        assert [m.key for m in plan.messages if m.key in batch.keys] == list(batch.keys)
        assert all(batch.readers[m.key] == m.values for m in plan.messages if m.key in batch.keys)
        assert batch.body == order.carriers["email"].freeze([m for m in plan.messages if m.key in batch.keys])


@long
@pytest.mark.slow
def test_ten_times_the_people_take_no_more_memory() -> None:
    """Two processes, each with lists of its size: what is held would show as megabytes."""

    def peak(number: int) -> int:
        command = [sys.executable, "-m", "tests.delivery.memory", str(number)]
        done = subprocess.run(command, cwd=Path(__file__).parents[2], capture_output=True, text=True, check=True)
        return int(done.stdout)

    assert peak(8_000) < 1.25 * peak(800)
