"""When what happens: a plan's instants in words, in order, with the lift among them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

from distribute.domain.instant import Instant
from distribute.domain.plan import EMAIL, ChannelPlan, Plan

AT_ONCE = "as soon as it is confirmed"
ON_RELEASE = "when it is released"
NETWORKS = {"mastodon": "Mastodon", "bluesky": "Bluesky", "x": "X"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """One instant and everything that happens then. ``after`` says how long after the moment before it."""

    iso: str
    day: str
    clock: str
    utc: str
    happenings: tuple[str, ...]
    is_lift: bool
    after: str = ""


def find_moments(plan: Plan) -> tuple[Moment, ...]:
    """The plan's moments in order; the lift is one of them, and comes first at its instant."""
    happenings = [(channel.at, _happening(channel, plan), False) for channel in plan.channels]
    if plan.lift:
        happenings.append((plan.lift, "The embargo lifts", True))
    happenings.sort(key=lambda one: (one[0].utc, not one[2]))
    moments: list[Moment] = []
    earlier: datetime | None = None
    for utc, group in groupby(happenings, key=lambda one: one[0].utc):
        together = list(group)
        at = together[0][0]
        is_now = utc <= plan.created_at
        moments.append(
            Moment(
                iso=at.iso,
                day="At once" if is_now else _day(at, plan.created_at),
                clock=at_once(plan) if is_now else f"{at.local:%H:%M} {place_of(at.zone)}",
                utc="" if is_now else _in_utc(at),
                happenings=tuple(words for _, words, _ in together),
                is_lift=any(lifts for _, _, lifts in together),
                after=_apart(utc - earlier) if earlier else "",
            )
        )
        earlier = utc
    return tuple(moments)


def summarise(plan: Plan) -> tuple[str, ...]:
    """The plan in a line for each instant: how many journalists or networks, and when on both clocks.

    ``342 journalists on 2 lists, 3 networks, Tuesday 24 November 06:00 Toronto = 11:00 UTC``
    """
    lines: dict[str, list[str]] = {}
    for channel in sorted(plan.channels, key=lambda one: one.at.utc):
        when = at_once(plan) if channel.at.utc <= plan.created_at else in_words(channel.at, plan.created_at)
        lines.setdefault(when, []).append(channel.channel)
    return tuple(", ".join([*_whom(channels, plan), when]) for when, channels in lines.items())


def in_words(instant: Instant, now: datetime) -> str:
    """``Tuesday 24 November 06:00 Toronto = 11:00 UTC``; the year, and UTC's weekday too, where it is another."""
    utc = _in_utc(instant)
    return f"{_day(instant, now)} {instant.local:%H:%M} {place_of(instant.zone)}" + (f" = {utc}" if utc else "")


def at_once(plan: Plan) -> str:
    """When that leaves which has no instant of its own."""
    return ON_RELEASE if plan.is_armed else AT_ONCE


def place_of(zone: str) -> str:
    """The town a zone is named after, as people say it: ``Toronto`` for ``America/Toronto``."""
    return zone if zone.startswith(("UTC", "Etc/")) else zone.rpartition("/")[2].replace("_", " ")


def _day(instant: Instant, now: datetime) -> str:
    local = instant.local
    year = "" if local.year == Instant(now, instant.zone).local.year else f" {local.year}"
    return f"{local:%A} {local.day} {local:%B}{year}"


def count(number: int, noun: str) -> str:
    """``1 list``, ``2,000 lists``."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def name_of(channel: str) -> str:
    """A channel as people write it."""
    return "E-mail" if channel == EMAIL else NETWORKS.get(channel, channel)


def _whom(channels: Sequence[str], plan: Plan) -> Iterator[str]:
    if EMAIL in channels and not plan.recipients:
        yield "nobody by e-mail"
    elif EMAIL in channels:
        lists = len({recipient.contact.list_name for recipient in plan.recipients})
        yield f"{count(len(plan.recipients), 'journalist')} on {count(lists, 'list')}"
    if networks := {post.network for post in plan.posts if post.network in channels}:
        yield count(len(networks), "network")


def _happening(channel: ChannelPlan, plan: Plan) -> str:
    if channel.channel == EMAIL:
        letters = f"{count(len(plan.messages), 'letter')} by e-mail, carried by {channel.provider}"
        first, pause = plan.canary(EMAIL)
        return f"{letters}: {first:,} first, the others {_apart(timedelta(seconds=pause))}" if pause else letters
    posts = [post for post in plan.posts if post.network == channel.channel]
    if not posts:
        return f"{name_of(channel.channel)}: nothing, it is posted already"
    accounts = enumerate_names(sorted({post.account for post in posts}))
    number = "a post" if len(posts) == 1 else f"{len(posts)} posts"
    return f"{name_of(channel.channel)}: {number} as {accounts}"


def _in_utc(instant: Instant) -> str:
    if instant.zone == "UTC":
        return ""
    is_other_day = instant.utc.date() != instant.local.date()
    return f"{instant.utc:%A %H:%M} UTC" if is_other_day else f"{instant.utc:%H:%M} UTC"


def _apart(span: timedelta) -> str:
    minutes = int(span.total_seconds()) // 60
    if minutes < 60:
        return f"{count(minutes, 'minute')} later"
    if minutes < 48 * 60:
        hours, rest = divmod(minutes, 60)
        return f"{count(hours, 'hour')}" + (f" {rest} min" if rest else "") + " later"
    days, rest = divmod(minutes, 24 * 60)
    return f"{count(days, 'day')}" + (f" {rest // 60} h" if rest >= 60 else "") + " later"


def enumerate_names(names: Iterable[str]) -> str:
    """``Ada, Ben and Jo``."""
    *most, last = names
    return f"{', '.join(most)} and {last}" if most else last
