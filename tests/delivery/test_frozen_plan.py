"""A plan file as the plan that was frozen into it."""

from __future__ import annotations

from dataclasses import fields, replace
from pathlib import Path

import pytest

from distribute.delivery.frozen_plan import read_plan
from distribute.delivery.plan_file import write_plan
from distribute.domain.audience import SkipReason
from distribute.domain.content import Card, Link
from distribute.domain.plan import Plan, Skip
from distribute.errors import PlanError
from distribute.rendering.timeline import find_moments


@pytest.fixture
def whole(plan: Plan) -> Plan:
    """The plan with a skip, and a post that has a card and a link."""
    text = "See https://press.example.com/b now"
    link = Link(start=4, end=31, url="https://press.example.com/b")
    card = Card(url=link.url, title="The bridge", description="It stays closed.")
    skip = Skip(channel="email", recipient="left@example.com", reason=SkipReason.EMBARGO, detail="no", name="Left Out")
    posts = tuple(replace(post, text=text, links=(link,), card=card) for post in plan.posts)
    plain = Plan(**{field.name: getattr(plan, field.name) for field in fields(Plan)})
    return replace(plain, posts=posts, skips=(skip,))


def test_everything_that_is_shown_of_it_comes_back(whole: Plan, tmp_path: Path) -> None:
    path = write_plan(whole, whole.hash(), tmp_path)
    contacts = {it.contact.address: it.contact for it in whole.recipients}
    read = read_plan(path, zone=whole.channels[0].at.zone, contacts=contacts)
    assert read.hash() == whole.hash()
    assert list(read.recipients) == list(whole.recipients)
    assert [(m.html, m.text, m.headers, m.recipient) for m in read.messages] == [
        (m.html, m.text, m.headers, m.recipient) for m in whole.messages
    ]
    assert [it.at.utc for it in read.channels] == [it.at.utc for it in whole.channels]
    for post, frozen in zip(read.posts, whole.posts, strict=True):
        assert (post.text, post.links, post.card, post.account, post.language) == (
            (frozen.text, frozen.links, frozen.card, frozen.account, frozen.language)
        )
        assert 0 < post.length <= post.limit
    assert [read.canary(it.channel) for it in read.channels] == [whole.canary(it.channel) for it in whole.channels]
    assert read.skips == (replace(whole.skips[0], name=""),)
    assert (read.id, read.lift, read.inputs, read.created_at) == (whole.id, whole.lift, whole.inputs, whole.created_at)
    assert list(read.head_records()) == list(whole.head_records())


def test_whoever_is_not_known_any_more_is_shown_by_name_and_address(whole: Plan, tmp_path: Path) -> None:
    read = read_plan(write_plan(whole, whole.hash(), tmp_path), zone="UTC", contacts={})
    assert [(it.contact.name, it.contact.email) for it in read.recipients] == [
        (m.recipient.name, m.recipient.email) for m in whole.messages
    ]
    assert {it.contact.list_name for it in read.recipients} == {""}


def test_a_touched_file_is_refused(whole: Plan, tmp_path: Path) -> None:
    path = write_plan(whole, whole.hash(), tmp_path)
    path.write_bytes(path.read_bytes().replace(b"The bridge", b"The ridge!"))
    with pytest.raises(PlanError, match="was changed after it was planned"):
        read_plan(path, zone="UTC", contacts={})


def test_who_leaves_first_is_known(whole: Plan, tmp_path: Path) -> None:
    first, *others = (batch for batch in whole.batches if batch.channel == "email")
    rest = [replace(batch, after=600) for batch in others or [replace(first, keys=("a", "b"))]]
    staged = replace(whole, batches=(first, *rest))
    read = read_plan(write_plan(staged, staged.hash(), tmp_path), zone="UTC", contacts={})
    assert read.canary("email") == (len(first.keys), 600)
    assert "first, the others 10 minutes later" in find_moments(read)[0].happenings[0]
