"""When what happens, in words and in order."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from distribute.domain.audience import Contact
from distribute.domain.content import Address, Message, Post
from distribute.domain.instant import Instant
from distribute.domain.plan import ChannelPlan, Plan, Recipient
from distribute.rendering.timeline import count, find_moments, in_words, summarise
from tests.channels.conftest import make_letter

NOW = datetime(2026, 11, 22, 14, 0, tzinfo=UTC)
LIFT = Instant(datetime(2026, 11, 24, 11, 0, tzinfo=UTC), "America/Toronto")
LETTER = make_letter()


def plan(*channels: tuple[str, Instant], people: Sequence[str] = (), lift: Instant | None = None) -> Plan:
    recipients = tuple(
        Recipient(key=str(i), contact=Contact(email=f"{i}@example.com", list_name=name), variant="en")
        for i, name in enumerate(people)
    )
    posts = [Post(key=n, network=n, account=f"@{n}", text="", language="en") for n, _ in channels if n != "email"]
    return Plan(
        id="belarus-1",
        release="belarus",
        edition=1,
        headline="Belarus",
        created_at=NOW,
        channels=tuple(ChannelPlan(channel=name, provider="outbox", at=at) for name, at in channels),
        lift=lift,
        letters={},
        recipients=recipients,
        messages=tuple(Message(key=r.key, letter=LETTER, recipient=Address("", ""), values={}) for r in recipients),
        posts=tuple(posts),
        skips=(),
        batches=(),
    )


def test_one_instant_makes_one_line() -> None:
    made = plan(("email", LIFT), ("mastodon", LIFT), ("bluesky", LIFT), people=["newsroom"] * 17)
    assert summarise(made) == ("17 journalists on 1 list, 2 networks, Tuesday 24 November 06:00 Toronto = 11:00 UTC",)


def test_two_instants_make_two_lines_in_order() -> None:
    made = plan(("x", LIFT), ("email", Instant(NOW, "UTC")), people=["a", "b"])
    assert summarise(made) == (
        "2 journalists on 2 lists, as soon as it is confirmed",
        "1 network, Tuesday 24 November 06:00 Toronto = 11:00 UTC",
    )


def test_the_lift_comes_first_at_its_instant() -> None:
    earlier = Instant(datetime(2026, 11, 22, 17, 0, tzinfo=UTC), "America/Toronto")
    first, second = find_moments(plan(("x", LIFT), ("email", earlier), people=["a"], lift=LIFT))
    assert (first.day, first.clock, first.utc) == ("Sunday 22 November", "12:00 Toronto", "17:00 UTC")
    assert (first.happenings, first.is_lift) == (("1 letter by e-mail, carried by outbox",), False)
    assert second.happenings == ("The embargo lifts", "X: a post as @x")
    assert (second.is_lift, second.after, second.iso) == (True, "42 hours later", "2026-11-24T11:00:00Z")


def test_what_leaves_now_has_no_clock_time_to_be_wrong_about() -> None:
    (moment,) = find_moments(plan(("mastodon", Instant(NOW, "UTC"))))
    assert (moment.day, moment.clock, moment.utc) == ("At once", "as soon as it is confirmed", "")


@pytest.mark.parametrize(
    ("moment", "zone", "words"),
    [
        ("2026-11-24T11:00", "America/Toronto", "Tuesday 24 November 06:00 Toronto = 11:00 UTC"),
        ("2026-11-25T01:30", "America/Toronto", "Tuesday 24 November 20:30 Toronto = Wednesday 01:30 UTC"),
        ("2026-11-24T23:30", "Asia/Tokyo", "Wednesday 25 November 08:30 Tokyo = Tuesday 23:30 UTC"),
        ("2026-11-01T09:05", "UTC", "Sunday 1 November 09:05 UTC"),
        ("2027-01-04T11:00", "America/Argentina/Buenos_Aires", "Monday 4 January 2027 08:00 Buenos Aires = 11:00 UTC"),
        ("2026-11-24T11:00", "UTC-05:00", "Tuesday 24 November 06:00 UTC-05:00 = 11:00 UTC"),
    ],
)
def test_an_instant_is_told_on_both_clocks(moment: str, zone: str, words: str) -> None:
    assert in_words(Instant(datetime.fromisoformat(f"{moment}+00:00"), zone), NOW) == words


def test_an_armed_plan_waits_for_a_person() -> None:
    armed = replace(plan(("mastodon", Instant(NOW, "UTC"))), is_armed=True)
    assert summarise(armed) == ("1 network, when it is released",)
    assert find_moments(armed)[0].clock == "when it is released"


def test_what_is_posted_already_is_said_to_be() -> None:
    (moment,) = find_moments(replace(plan(("x", LIFT)), posts=()))
    assert moment.happenings == ("X: nothing, it is posted already",)


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(1, "1 minute later"), (90, "1 hour 30 min later"), (120, "2 hours later"), (3 * 1440 + 75, "3 days 1 h later")],
)
def test_the_time_between_is_told(minutes: int, words: str) -> None:
    first = datetime(2026, 12, 1, 6, 0, tzinfo=UTC)
    second = datetime.fromtimestamp(first.timestamp() + minutes * 60, UTC)
    moments = find_moments(plan(("x", Instant(first, "UTC")), ("mastodon", Instant(second, "UTC"))))
    assert moments[1].after == words


def test_numbers_are_told_with_their_nouns() -> None:
    assert (count(1, "list"), count(0, "list"), count(12000, "list")) == ("1 list", "0 lists", "12,000 lists")
