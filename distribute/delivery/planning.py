"""A release, an audience and channels become one frozen plan; nothing is written and nothing leaves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import groupby, islice
from typing import Any

from distribute.channels.base import Provider
from distribute.delivery.canary import stretches
from distribute.delivery.cutting import cut
from distribute.delivery.draft import Draft, DraftedPlan
from distribute.delivery.enclosures import texts_of
from distribute.delivery.letters import as_of, compile_letters, write_to
from distribute.delivery.order import Order
from distribute.delivery.packing import keep
from distribute.delivery.roll import Roll
from distribute.delivery.standing import Standing
from distribute.domain.audience import SkipReason, normalise_address
from distribute.domain.content import Post
from distribute.domain.delivery import delivery_key
from distribute.domain.instant import Instant
from distribute.domain.plan import (
    EMAIL,
    ChannelPlan,
    Recipient,
    content_hash,
    message_record,
    require_coherence,
)
from distribute.errors import PlanError
from distribute.rendering.greeting import greeter
from distribute.rendering.posts import render_post

PAST = timedelta(minutes=1)
"""An instant this long gone is a slip of the pen, not “now”."""


def make_plan(order: Order, standing: Standing | None) -> DraftedPlan:
    """Freeze everything: letters, messages, posts, skips, instants and each request's bytes.

    People are taken from their lists one by one and what is made for them is put down at once, so
    that the memory this takes does not grow with the lists. Without a ``standing`` nobody was promised anything.
    Raises PlanError when a promise would be broken (something public before the lift, or nobody
    to send to), RenderError when the release does not fit its form.
    """
    release = order.release
    channels = tuple(channel_plans(order))
    require_coherence(channels, release.lift)
    roll = Roll()
    _promise(order, roll, standing)
    letters = compile_letters(order, channels, roll)
    posts = tuple(_posts(order, channels, roll))
    _require_somebody(roll, posts)
    draft = Draft(roll)
    plan = DraftedPlan(
        id="",
        release=order.identity,
        edition=release.edition,
        headline=release.headline or "",
        created_at=order.now,
        channels=channels,
        lift=Instant(release.lift, order.zone) if release.lift else None,
        letters=letters,
        recipients=draft.recipients(),
        messages=draft.messages(letters),
        posts=posts,
        skips=roll.skips(),
        batches=draft.batches(),
        inputs=order.inputs,
        findings=order.findings,
        release_file=order.release_file,
        tzdata=order.tzdata,
        is_armed=order.is_armed,
        draft=draft,
    )
    _fill(order, plan)
    return replace(plan, id=f"{order.identity[:40].rstrip('-')}-{draft.digest[7:15]}", digest=draft.digest)


def _promise(order: Order, roll: Roll, standing: Standing | None) -> None:
    """Enter who was promised this edition, also where that was under the name of another of its versions."""
    if standing is None:
        return
    edition = order.release.edition
    slugs = dict.fromkeys((order.identity, *(it.slug for it in (order.release, *order.others))))
    for slug in slugs:
        roll.promise(standing.promises(slug, edition))
        if slug != order.identity:
            readers = standing.promised_readers(slug, edition)
            roll.promise(
                (delivery_key(order.identity, edition, EMAIL, normalise_address(reader)), plan)
                for reader, plan in readers
            )


def _fill(order: Order, plan: DraftedPlan) -> None:
    """Write the messages and requests of a plan into its draft, and every line its hash is taken over."""
    draft = plan.draft
    draft.files = texts_of(file for letter in plan.letters.values() for file in letter.attachments)
    for record in plan.head_records():
        draft.write(record)
    for channel in plan.channels:
        carrier = order.carriers[channel.channel]
        if channel.channel == EMAIL:
            _fill_mail(order, plan, channel, carrier)
        else:
            own = [post for post in plan.posts if post.network == channel.channel]
            for batch in cut(own, carrier.batch_size, carrier.freeze, channel):
                draft.keep(keep(batch))
    for record in plan.tail_records():
        draft.write(record)


def _fill_mail(order: Order, plan: DraftedPlan, channel: ChannelPlan, carrier: Provider[Any]) -> None:
    """One request after the other: filled, frozen and put down."""
    lift = as_of(order.release, channel.at.utc).lift
    for after, stretch in stretches(plan.draft.roll, order.canary, len(order.own)):
        for variant, people in groupby(stretch, key=lambda person: person.variant):
            letter = plan.letters[variant]
            greet = greeter(letter, order.environment)
            while some := list(islice(people, carrier.batch_size)):
                messages, contents = [], {}
                for person in some:
                    contact, key = person.contact, person.key
                    message = write_to(order, letter, key, contact, lift=lift, greeting=greet(contact))
                    recipient = Recipient(key=key, contact=contact, variant=variant)
                    plan.draft.write(message_record(recipient, message))
                    messages.append(message)
                    contents[key] = (person.number, content_hash(message))
                for batch in cut(messages, carrier.batch_size, carrier.freeze, channel, after, room=carrier.room):
                    plan.draft.keep(keep(batch, plan.draft.files), [contents[key] for key in batch.keys])


def channel_plans(order: Order) -> Iterator[ChannelPlan]:
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


def _posts(order: Order, channels: Sequence[ChannelPlan], roll: Roll) -> Iterator[Post]:
    for channel in channels:
        if channel.channel == EMAIL:
            continue
        account = order.carriers[channel.channel].account
        key = delivery_key(order.release.slug, order.release.edition, channel.channel, account)
        if plan := roll.holder(key):
            roll.skip(channel.channel, account, SkipReason.ALREADY, f"in plan {plan}")
        else:
            yield render_post(
                order.release,
                channel.channel,
                key=key,
                account=account,
                at=channel.at.utc,
                environment=order.environment,
            )


def _require_somebody(roll: Roll, posts: Sequence[Post]) -> None:
    if posts or roll.variants():
        return
    skips = roll.skips()
    if not skips:
        raise PlanError(
            "nobody would get this release: name a media list with --to LIST or a network with --on CHANNEL"
        )
    reasons = {str(skip.reason) for skip in skips}
    if reasons == {SkipReason.ALREADY}:
        raise PlanError(
            f"everybody has been promised this edition already ({skips[0].detail}): if this is a different release "
            "give it its own `slug:` in the front matter, if it is a deliberate re-issue its own `edition:`"
        )
    said = ", ".join(sorted(reasons))
    raise PlanError(f"nobody would get this release: all {len(skips)} on the chosen lists are skipped ({said})")
