from __future__ import annotations

import json
import random
from dataclasses import replace

import pytest

from distribute.channels import open_provider
from distribute.channels.transport import RehearsalWire
from distribute.delivery.desk import Desk
from distribute.delivery.enclosures import put_back, take_out, texts_of
from distribute.delivery.ledger import Ledger
from distribute.delivery.order import Order
from distribute.delivery.packing import opened, pack, seal_of, unpack
from distribute.delivery.records import read_letter
from distribute.delivery.sending import send_batch
from distribute.domain.attachment import Attachment
from distribute.domain.plan import Plan, content_hash
from tests.channels.conftest import ENVIRON, make_letter, make_message
from tests.delivery.builders import NOON, Counting, planned, statuses

PHOTO = Attachment(name="a.jpg", media_type="image/jpeg", data=random.Random(1).randbytes(200_000))
TINY = Attachment(name="b.pdf", media_type="application/pdf", data=b"%PDF-")
FILES = (PHOTO, TINY)


@pytest.fixture
def carrying(order: Order, ledger: Ledger, provider: Counting) -> Plan:
    """A plan under way, with two files in each letter, by a provider with room for two letters a request."""
    provider.room = 600_000  # type: ignore[misc]
    plan = planned(replace(order, attachments=FILES), ledger)
    ledger.plans.begin(plan.id, NOON)
    return plan


def test_a_request_holds_only_what_it_has_room_for(carrying: Plan) -> None:
    assert [len(batch.keys) for batch in carrying.batches] == [2, 1, 2, 1, 1]
    assert {key for batch in carrying.batches for key in batch.keys} == {it.key for it in carrying.messages}


def test_what_was_planned_is_what_leaves_and_the_ledger_keeps_each_file_once(
    carrying: Plan, desk: Desk, provider: Counting, ledger: Ledger
) -> None:
    while (batch_id := ledger.batches.next_claimable(None, NOON)) is not None:
        send_batch(desk, batch_id)
    assert provider.bodies == [batch.body for batch in carrying.batches]
    assert statuses(ledger, carrying) == {"accepted": 7}
    assert [it[0] for it in ledger.standing.attachments(carrying.id)] == ["a.jpg", "b.pdf"]


def test_a_letter_is_read_back_with_its_files(carrying: Plan, ledger: Ledger) -> None:
    for variant, letter in carrying.letters.items():
        read = read_letter(ledger.standing.letter(carrying.id, variant), variant, letter.release)
        assert replace(read, size=letter.size) == letter


def test_a_request_cut_anew_carries_the_files(carrying: Plan, desk: Desk, provider: Counting, ledger: Ledger) -> None:
    refused = carrying.recipients[0].contact.address
    without = replace(desk, suppressed=lambda: {refused: "unsubscribed"})
    while (batch_id := ledger.batches.next_claimable(None, NOON)) is not None:
        send_batch(without, batch_id)
    assert statuses(ledger, carrying) == {"accepted": 6, "skipped": 1}
    alone = carrying.messages[1]
    assert provider.freeze([alone]) in provider.bodies


def test_what_a_letter_carries_is_part_of_what_was_promised(order: Order, ledger: Ledger) -> None:
    bare, full = planned(order, ledger), planned(replace(order, attachments=FILES), ledger)
    assert bare.hash() != full.hash()
    assert content_hash(bare.messages[0]) != content_hash(full.messages[0])
    assert PHOTO.base64.encode() not in b"".join(full.lines())


@pytest.mark.parametrize("name", ["outbox", "postmark", "sendgrid"])
@pytest.mark.parametrize("number", [1, 2, 7])
def test_a_request_is_kept_without_its_files_and_comes_back_whole(name: str, number: int) -> None:
    letter = make_letter(attachments=FILES)
    messages = [make_message(it, letter) for it in range(1, number + 1)]
    body = open_provider(name, ENVIRON, RehearsalWire()).freeze(messages)
    keys = [it.key for it in messages]
    texts = texts_of(FILES)
    packed = pack(body, keys, texts)
    assert len(body) > 260_000
    assert len(packed) < 5_000
    assert unpack(packed, lambda: texts) == body
    assert opened(packed, "ab", seal_of(packed, "ab"), lambda: texts) == body


def test_a_file_that_is_missing_is_not_made_up() -> None:
    packed = pack(json.dumps({"content": PHOTO.base64}).encode(), ["a"], texts_of(FILES))
    with pytest.raises(KeyError):
        unpack(packed)


def test_what_could_be_mistaken_for_a_mark_is_kept_as_it_is() -> None:
    texts = texts_of([PHOTO])
    (mark, *_) = texts
    body = mark + PHOTO.base64.encode()
    assert take_out(body, texts) == body
    assert unpack(pack(body, ["a"], texts), lambda: texts) == body


def test_without_files_nothing_is_different() -> None:
    assert take_out(b"abc", {}) == b"abc"
    assert put_back(b"abc", {}) == b"abc"
    assert texts_of([TINY]) == {}
