"""The letters of a plan: everybody on the lists is entered with theirs, each is compiled and filled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from distribute.delivery.audience import choose
from distribute.delivery.canary import with_own
from distribute.delivery.order import Order
from distribute.delivery.roll import Roll
from distribute.delivery.variants import Variants
from distribute.domain.audience import Contact
from distribute.domain.content import Address, Letter, Message
from distribute.domain.delivery import delivery_key
from distribute.domain.plan import EMAIL, ChannelPlan
from distribute.domain.release import Release, ReleaseLine
from distribute.rendering.inlining import addressed, inlined
from distribute.rendering.letter import compile_letter, reader_values
from distribute.rendering.phrases import languages


def compile_letters(order: Order, channels: Sequence[ChannelPlan], roll: Roll) -> dict[str, Letter]:
    """Enter everybody on the lists, and compile the letter of each variant that somebody gets."""
    channel = next((c for c in channels if c.channel == EMAIL), None)
    if channel is None:
        return {}
    variants = enter(order, channel, roll)
    return {name: compile_variant(order, variants, name, channel) for name in roll.variants()}


def enter(order: Order, channel: ChannelPlan, roll: Roll) -> Variants:
    """Everybody on the lists into ``roll``, each with the name of one of the variants."""
    at, release = channel.at.utc, order.release
    variants = Variants(
        release,
        order.others,
        notes=order.notes,
        spoken=languages(order.environment),
        default=order.language,
        policy=order.policy,
    )

    def key(address: str) -> str:
        return delivery_key(order.identity, release.edition, EMAIL, address)

    audience = with_own(order.audience, order.own) if order.canary else order.audience
    is_embargoed = as_of(release, at).lift is not None
    choose(audience, roll, is_embargoed=is_embargoed, key=key, variant=variants.name_for)
    return variants


def compile_variant(order: Order, variants: Variants, name: str, channel: ChannelPlan) -> Letter:
    """The letter that goes by ``name`` among the variants."""
    at = channel.at.utc

    def as_sent(version: Release) -> Release:
        its = replace(as_of(version, at), slug=order.identity)
        return addressed(its) if order.is_inlining else its

    language, contents = variants.contents(name, as_sent, is_greeting=order.is_greeting)
    contents = replace(contents, is_test=order.is_test)
    letter = compile_letter(contents, order.letterhead, language, at=at, zone=order.zone, environment=order.environment)
    letter = inlined(letter, contents.versions) if order.is_inlining else letter
    return replace(letter, variant=name, attachments=(*letter.attachments, *order.attachments))


def write_to(
    order: Order, letter: Letter, key: str, contact: Contact, *, lift: datetime | None, greeting: str
) -> Message:
    """``letter`` to one reader, under the key of the delivery, with their own way out and the lift on their clock."""
    values = reader_values(
        letter,
        unsubscribe_url=order.links.link(key),
        language=letter.language,
        zone=contact.timezone or order.zone,
        issuer_zone=order.zone,
        lift=lift,
        greeting=greeting,
    )
    return Message(key=key, letter=letter, recipient=Address(contact.name, contact.email), values=values)


def as_of(release: Release, at: datetime) -> Release:
    """A release that goes out at or after its lift is no longer under embargo and does not say so."""
    return replace(release, release_line=ReleaseLine()) if release.lift and at >= release.lift else release
