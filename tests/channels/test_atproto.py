from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from distribute.channels.atproto import record, record_key
from distribute.domain.content import Link, Post
from distribute.errors import PlanError

TID = re.compile("[234567abcdefghij][234567abcdefghijklmnopqrstuvwxyz]{12}")


def microseconds(key: str) -> int:
    """The instant in a TID, read the other way round."""
    number = 0
    for character in key:
        number = number << 5 | "234567abcdefghijklmnopqrstuvwxyz".index(character)
    return number >> 10


@given(
    key=st.text(max_size=40),
    at=st.datetimes(datetime(1970, 1, 2), datetime(2250, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001  bounds are naive
)
@settings(deadline=None, max_examples=100)
def test_a_record_key_is_a_tid_of_its_second(key: str, at: datetime) -> None:
    moment = at.replace(microsecond=0)
    found = record_key(moment.isoformat(), key)
    assert TID.fullmatch(found)
    assert microseconds(found) // 1_000_000 == int(moment.timestamp())


def test_a_record_key_follows_from_the_post_alone() -> None:
    assert record_key("2026-11-24T11:00:00Z", "a") == record_key("2026-11-24T06:00:00-05:00", "a")
    keys = {record_key("2026-11-24T11:00:00Z", str(number)) for number in range(500)}
    assert len(keys) == 500
    assert len({key[-2:] for key in keys}) > 100  # the clock number, too, is the post's own


def test_later_posts_sort_later() -> None:
    keys = [record_key(f"2026-11-24T11:00:{second:02}Z", "k") for second in range(60)]
    assert keys == sorted(keys)


@pytest.mark.parametrize("at", ["", "soon", "2026-11-24T11:00:00"])
def test_a_post_without_an_instant_has_no_key(at: str) -> None:
    with pytest.raises(PlanError, match="needs the instant"):
        record_key(at, "k")


def test_links_are_counted_in_bytes(post_to: Callable[..., Post]) -> None:
    post = post_to("bluesky")
    (facet,) = record(post)["facets"]
    shown = post.text.encode()[facet["index"]["byteStart"] : facet["index"]["byteEnd"]]
    assert shown.decode() == "https://example.org/r"
    assert facet["index"]["byteStart"] == post.text.index("https") + 5  # the candle takes 7 bytes in 2 characters
    assert facet["features"] == [{"$type": "app.bsky.richtext.facet#link", "uri": "https://example.org/r"}]


@pytest.mark.parametrize(("start", "end"), [(-1, 3), (3, 3), (5, 3), (0, 999)])
def test_a_link_off_the_text_never_leaves(start: int, end: int, post_to: Callable[..., Post]) -> None:
    with pytest.raises(PlanError, match="outside the text"):
        record(post_to("bluesky", links=(Link(start=start, end=end, url="https://example.org/"),)))


def test_a_plain_post_has_neither_links_nor_card(post_to: Callable[..., Post]) -> None:
    assert record(post_to("bluesky", links=(), card=None)).keys() == {"$type", "text", "createdAt", "langs"}
