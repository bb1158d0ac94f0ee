from __future__ import annotations

import email
import email.policy
import json
import os
import stat
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from distribute.channels.base import Provider
from distribute.channels.mime import message_bytes
from distribute.domain.content import Accepted, Address, Message, Post, Rejected, Unclear
from distribute.errors import TryLater, Unauthorised, Uncertain
from tests.channels.request import Request


@pytest.fixture
def outbox(live: Callable[..., Provider[Any]]) -> Provider[Any]:
    return live("outbox", {})


def test_each_message_is_a_file_a_mail_program_opens(
    outbox: Provider[Any], message: Callable[..., Message], tmp_path: Path
) -> None:
    messages = [message(1), message(2)]
    outcomes = outbox.submit(Request(outbox.freeze(messages), [item.key for item in messages]))
    target = tmp_path / "outbox" / "belarus-police" / "email" / "person2@example.com.00000000.eml"
    assert target.read_bytes() == message_bytes(messages[1])
    assert outcomes[messages[1].key] == Accepted(
        provider_id="outbox/belarus-police/email/person2@example.com.00000000.eml", url=target.as_uri()
    )
    read = email.message_from_bytes(target.read_bytes(), policy=email.policy.default)
    assert read["Subject"] == messages[1].letter.subject
    assert len(list(target.parent.iterdir())) == 2


@pytest.mark.parametrize("network", ["mastodon", "bluesky", "x"])
def test_a_post_is_its_record_and_a_page(
    network: str, outbox: Provider[Any], post_to: Callable[..., Post], tmp_path: Path
) -> None:
    post = post_to(network)
    outcome = outbox.submit(Request(outbox.freeze([post]), [post.key]))[post.key]
    folder = tmp_path / "outbox" / "belarus-police"
    record = json.loads((folder / f"{network}.abababab.json").read_text("utf-8"))
    assert (record["text"], record["length"], record["limit"]) == (post.text, 51, 300)
    assert record["card"]["url"] == "https://example.org/r"
    page = folder / f"{network}.abababab.html"
    assert "Minsk 🕯️" in page.read_text("utf-8")
    assert outcome == Accepted(provider_id=f"outbox/belarus-police/{network}.abababab.html", url=page.as_uri())


def test_handing_over_twice_leaves_one_copy(
    outbox: Provider[Any], message: Callable[..., Message], tmp_path: Path
) -> None:
    body, keys = outbox.freeze([message(1)]), [message(1).key]
    assert outbox.submit(Request(body, keys)) == outbox.submit(Request(body, keys))
    assert len(list(tmp_path.rglob("*.eml"))) == 1


def test_two_editions_stand_side_by_side(
    outbox: Provider[Any], message: Callable[..., Message], tmp_path: Path
) -> None:
    for key in ("1" * 32, "2" * 32):
        outbox.submit(Request(outbox.freeze([message(1, key=key)]), [key]))
    assert len(list(tmp_path.rglob("person1@example.com.*.eml"))) == 2


def test_another_message_under_the_same_key_is_refused_alone(
    outbox: Provider[Any], message: Callable[..., Message]
) -> None:
    outbox.submit(Request(outbox.freeze([message(1)]), [message(1).key]))
    changed = message(1, values={"first_name": "Someone else", "token": "t"})
    outcomes = outbox.submit(Request(outbox.freeze([changed, message(2)]), [changed.key, message(2).key]))
    refused = outcomes[changed.key]
    assert isinstance(refused, Rejected)
    assert "already holds something else" in refused.reason
    assert isinstance(outcomes[message(2).key], Accepted)


def test_a_post_is_refused_even_when_only_its_record_differs(
    outbox: Provider[Any], post_to: Callable[..., Post]
) -> None:
    outbox.submit(Request(outbox.freeze([post_to("x")]), ["ab" * 16]))
    moved = post_to("x", at="2026-11-24T11:00:30Z")  # the page shows minutes
    assert isinstance(outbox.submit(Request(outbox.freeze([moved]), [moved.key]))[moved.key], Rejected)


def test_a_delivery_the_batch_does_not_hold_is_unclear(outbox: Provider[Any], message: Callable[..., Message]) -> None:
    outcomes = outbox.submit(Request(outbox.freeze([message(1)]), [message(1).key, "missing"]))
    assert isinstance(outcomes["missing"], Unclear)


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("a/../../b@example.com", "a_.._.._b@example.com"),
        ("..hidden@example.com", "hidden@example.com"),
        ("o'neill+press@example.com", "o_neill+press@example.com"),
        ("jürgen@example.com", "j_rgen@example.com"),
        (f"{'x' * 64}@{'y' * 63}.{'z' * 63}.example.com", f"{'x' * 64}@{'y' * 55}"),
    ],
)
def test_a_name_is_safe_on_every_system(
    address: str, name: str, outbox: Provider[Any], message: Callable[..., Message], tmp_path: Path
) -> None:
    item = message(1, recipient=Address("", address))
    outbox.submit(Request(outbox.freeze([item]), [item.key]))
    (path,) = tmp_path.rglob("*.eml")
    assert path == tmp_path / "outbox" / "belarus-police" / "email" / f"{name}.00000000.eml"


def test_a_release_named_like_a_path_stays_inside(
    outbox: Provider[Any], post_to: Callable[..., Post], tmp_path: Path
) -> None:
    outbox.submit(Request(outbox.freeze([post_to("x", release="../../etc")]), ["ab" * 16]))
    assert {path.parent for path in tmp_path.rglob("*.html")} == {tmp_path / "outbox" / "_.._etc"}


def test_a_full_disk_is_tried_later(
    outbox: Provider[Any], message: Callable[..., Message], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(TryLater, match="No space left on device"):
        outbox.submit(Request(outbox.freeze([message(1)]), [message(1).key]))


def test_a_disk_that_fills_up_within_a_batch_leaves_what_may_only_be_repeated(
    outbox: Provider[Any], message: Callable[..., Message], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    fsync, files = os.fsync, count()

    def fail_at_the_second_file(descriptor: int) -> None:
        if stat.S_ISREG(os.fstat(descriptor).st_mode) and next(files) == 1:
            raise OSError(28, "No space left on device")
        fsync(descriptor)

    items = [message(1), message(2)]
    monkeypatch.setattr(os, "fsync", fail_at_the_second_file)
    with pytest.raises(Uncertain, match="part of the batch is written"):
        outbox.submit(Request(outbox.freeze(items), [item.key for item in items]))
    assert len(list(tmp_path.rglob("*.eml"))) == 1
    outcomes = outbox.submit(Request(outbox.freeze(items), [item.key for item in items]))
    assert [type(outcome) for outcome in outcomes.values()] == [Accepted, Accepted]


def test_a_folder_that_is_none_holds_the_plan(
    outbox: Provider[Any], message: Callable[..., Message], tmp_path: Path
) -> None:
    (tmp_path / "outbox").write_text("a file")
    with pytest.raises(Unauthorised, match=r"cannot be written .*Make the folder writable"):
        outbox.submit(Request(outbox.freeze([message(1)]), [message(1).key]))
