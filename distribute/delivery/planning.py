"""A release, an audience and channels become one frozen plan; nothing is written and nothing leaves."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

from jinja2 import Environment

from distribute.channels.base import Provider
from distribute.delivery.audience import Audience, choose
from distribute.delivery.standing import Standing
from distribute.delivery.unsubscribing import UnsubscribeLinks
from distribute.domain.audience import Contact, SkipReason
from distribute.domain.content import Address, Content, Letter, Message, Post
from distribute.domain.delivery import delivery_key
from distribute.domain.instant import Instant
from distribute.domain.plan import EMAIL, Batch, ChannelPlan, Plan, Recipient, Skip, require_coherence
from distribute.domain.release import Release, ReleaseLine
from distribute.errors import PlanError
from distribute.rendering.letter import Letterhead, compile_letter, reader_values
from distribute.rendering.phrases import languages
from distribute.rendering.posts import render_post

PAST = timedelta(minutes=1)
"""An instant this long gone is a slip of the pen, not “now”."""


@dataclass(frozen=True, kw_only=True)
class Order:
    """What a press officer asked for: everything a plan is made of.

    ``at`` maps a channel, or "" for all of them, to the instant that was asked for; ``inputs`` maps
    the files read to the hex sha256 of their bytes; ``zone`` is the issuer's IANA zone.
    """

    release: Release
    audience: Audience
    carriers: Mapping[str, Provider[Any]]
    at: Mapping[str, Instant]
    letterhead: Letterhead
    links: UnsubscribeLinks
    environment: Environment
    zone: str
    language: str
    now: datetime
    inputs: Mapping[str, str] = field(default_factory=dict)
    findings: tuple[str, ...] = ()
    release_file: str = ""
    tzdata: str = ""
    is_armed: bool = False


def make_plan(order: Order, standing: Standing) -> Plan:
    """Freeze everything: letters, messages, posts, skips, instants and each request's bytes.

    Raises PlanError when a promise would be broken (something public before the lift, or nobody
    to send to), RenderError when the release does not fit its form.
    """
    release = order.release
    channels = tuple(_channel_plans(order))
    require_coherence(channels, release.lift)
    promised = standing.promised(release.slug, release.edition)
    recipients, letters, messages, skips = _e_mail(order, channels, promised)
    posts, posted = _posts(order, channels, promised)
    skips += posted
    _require_somebody(recipients, posts, skips)
    plan = Plan(
        id="",
        release=release.slug,
        edition=release.edition,
        headline=release.headline or "",
        created_at=order.now,
        channels=channels,
        lift=Instant(release.lift, order.zone) if release.lift else None,
        letters=letters,
        recipients=recipients,
        messages=messages,
        posts=posts,
        skips=tuple(skips),
        batches=tuple(_batches(order, channels, messages, posts)),
        inputs=order.inputs,
        findings=order.findings,
        release_file=order.release_file,
        tzdata=order.tzdata,
        is_armed=order.is_armed,
    )
    return replace(plan, id=f"{release.slug[:40].rstrip('-')}-{plan.hash()[7:15]}")


def cut(
    content: Sequence[Content], size: int, freeze: Callable[[Sequence[Any]], bytes], channel: ChannelPlan
) -> Iterator[Batch]:
    """Batches of at most ``size`` deliveries, each of one letter, in order."""
    for _, group in groupby(content, key=lambda item: item.letter.variant if isinstance(item, Message) else ""):
        items = list(group)
        for start in range(0, len(items), size):
            part = items[start : start + size]
            yield Batch(
                channel=channel.channel,
                provider=channel.provider,
                at=channel.at.utc,
                body=freeze(part),
                keys=tuple(item.key for item in part),
                readers={item.key: item.values for item in part if isinstance(item, Message)},
            )


def _channel_plans(order: Order) -> Iterator[ChannelPlan]:
    """E-mail leaves when asked, or now; networks wait for the lift unless another time was asked for."""
    if order.is_armed and order.at:
        raise PlanError("an armed plan waits for `distribute release` and has no time of its own: leave out --at")
    lift = order.release.lift
    now = Instant(order.now.replace(microsecond=0), order.zone)
    for channel, provider in order.carriers.items():
        asked = order.at.get(channel) or order.at.get("")
        waits = channel != EMAIL and lift is not None and lift > order.now
        default = Instant(lift, order.zone) if waits and lift else now
        if asked and asked.utc < order.now - PAST:
            raise PlanError(f"{channel} would leave at {asked}, which has passed: name a later time, or `--at now`")
        yield ChannelPlan(channel=channel, provider=provider.name, at=asked or default)


def _e_mail(
    order: Order, channels: Sequence[ChannelPlan], promised: Mapping[str, str]
) -> tuple[tuple[Recipient, ...], dict[str, Letter], tuple[Message, ...], list[Skip]]:
    channel = next((c for c in channels if c.channel == EMAIL), None)
    if channel is None:
        return (), {}, (), []
    release = _as_of(order.release, channel.at.utc)
    lift = release.lift

    def key(address: str) -> str:
        return delivery_key(release.slug, release.edition, EMAIL, address)

    contacts, skips = choose(
        order.audience, is_embargoed=lift is not None, promised_in=lambda address: promised.get(key(address))
    )
    spoken = languages(order.environment)

    def variant(contact: Contact) -> str:
        return contact.language if contact.language in spoken and contact.language else order.language

    chosen = [Recipient(key=key(c.address), contact=c, variant=variant(c)) for c in contacts]
    chosen.sort(key=lambda recipient: recipient.variant)
    letters = {
        variant: compile_letter(
            release, order.letterhead, variant, at=channel.at.utc, zone=order.zone, environment=order.environment
        )
        for variant in sorted({recipient.variant for recipient in chosen})
    }
    messages = tuple(_message(order, recipient, letters[recipient.variant], lift) for recipient in chosen)
    return tuple(chosen), letters, messages, skips


def _as_of(release: Release, at: datetime) -> Release:
    """A release that goes out at or after its lift is no longer under embargo and does not say so."""
    return replace(release, release_line=ReleaseLine()) if release.lift and at >= release.lift else release


def _message(order: Order, recipient: Recipient, letter: Letter, lift: datetime | None) -> Message:
    contact = recipient.contact
    values = reader_values(
        letter,
        unsubscribe_url=order.links.link(recipient.key),
        language=recipient.variant,
        zone=contact.timezone or order.zone,
        issuer_zone=order.zone,
        lift=lift,
    )
    return Message(key=recipient.key, letter=letter, recipient=Address(contact.name, contact.email), values=values)


def _posts(
    order: Order, channels: Sequence[ChannelPlan], promised: Mapping[str, str]
) -> tuple[tuple[Post, ...], list[Skip]]:
    posts, skips = [], []
    for channel in channels:
        if channel.channel == EMAIL:
            continue
        account = order.carriers[channel.channel].account
        key = delivery_key(order.release.slug, order.release.edition, channel.channel, account)
        if plan := promised.get(key):
            already = SkipReason.ALREADY
            skips.append(Skip(channel=channel.channel, recipient=account, reason=already, detail=f"in plan {plan}"))
        else:
            posts.append(
                render_post(
                    order.release,
                    channel.channel,
                    key=key,
                    account=account,
                    at=channel.at.utc,
                    environment=order.environment,
                )
            )
    return tuple(posts), skips


def _batches(
    order: Order, channels: Sequence[ChannelPlan], messages: Sequence[Message], posts: Sequence[Post]
) -> Iterator[Batch]:
    for channel in channels:
        carrier = order.carriers[channel.channel]
        if channel.channel == EMAIL:
            content: Sequence[Content] = messages
        else:
            content = [post for post in posts if post.network == channel.channel]
        yield from cut(content, carrier.batch_size, carrier.freeze, channel)


def _require_somebody(recipients: Sequence[Recipient], posts: Sequence[Post], skips: Iterable[Skip]) -> None:
    if recipients or posts:
        return
    skipped = list(skips)
    if not skipped:
        raise PlanError(
            "nobody would get this release: name a media list with --to LIST or a network with --on CHANNEL"
        )
    if all(skip.reason is SkipReason.ALREADY for skip in skipped):
        raise PlanError(
            f"everybody has been promised this edition already ({skipped[0].detail}): if this is a different release "
            "give it its own `slug:` in the front matter, if it is a deliberate re-issue its own `edition:`"
        )
    reasons = ", ".join(sorted({str(skip.reason) for skip in skipped}))
    raise PlanError(f"nobody would get this release: all {len(skipped)} on the chosen lists are skipped ({reasons})")
