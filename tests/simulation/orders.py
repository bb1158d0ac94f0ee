"""What a press officer asks for in a story, and the plans that come of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache

from jinja2 import Environment

from distribute.delivery.audience import Audience
from distribute.delivery.database import Database, open_memory
from distribute.delivery.draft import DraftedPlan
from distribute.delivery.ledger import Ledger
from distribute.delivery.order import Order
from distribute.delivery.planning import make_plan
from distribute.delivery.standing import Standing
from distribute.delivery.unsubscribing import UnsubscribeLinks
from distribute.domain.audience import Contact
from distribute.domain.content import Address, Outcomes
from distribute.domain.instant import Instant
from distribute.domain.release import Block, BlockKind, MediaContact, Release, ReleaseLine, ReleaseLineKind
from distribute.rendering.environment import open_environment
from distribute.rendering.letter import Letterhead
from tests.delivery.builders import NOON, media
from tests.simulation.provider import PROVIDERS


@dataclass(frozen=True, kw_only=True)
class Shape:
    """A plan before it is made. Instants are minutes after noon; ``mail`` and ``network`` name providers."""

    slug: str = "bridge"
    readers: tuple[int, ...] = (0, 1, 2)
    mail: str | None = "once"
    network: str | None = None
    mail_at: int | None = None
    network_at: int | None = None
    lift: int | None = None


def reader(number: int) -> str:
    return f"reader{number}@example.com"


def order(shape: Shape, now: datetime) -> Order:
    """What a press officer would ask for to get a plan of that shape."""
    at = {"email": shape.mail_at, "mastodon": shape.network_at}
    carried = {"email": shape.mail, "mastodon": shape.network}
    return Order(
        release=_release(shape),
        audience=Audience(chosen=[media(*(_contact(number) for number in shape.readers))]),
        carriers={channel: PROVIDERS[name](_unplugged) for channel, name in carried.items() if name},
        at={channel: Instant(max(now, _instant(at_)), "UTC") for channel, at_ in at.items() if at_ is not None},
        letterhead=Letterhead(
            sender=Address("Press desk", "press@example.org"),
            reply_to=None,
            organisation="Example Rights Watch",
            postal_address="1 Example Street",
            list_id="press.example.org",
        ),
        links=UnsubscribeLinks("https://press.example.org", "a secret"),
        environment=_environment(),
        zone="UTC",
        language="en",
        now=now,
    )


@cache
def planned(shape: Shape) -> DraftedPlan:
    """The plan of that shape, made at noon over an empty ledger."""
    return make_plan(order(shape, NOON), _nobody_promised())


@cache
def _environment() -> Environment:
    return open_environment()


@cache
def _nobody_promised() -> Standing:
    return Ledger(Database(open_memory())).standing


class _Unplugged:
    """A line nobody may use: plans are made without asking the service."""

    def carry(self, service: str, body: bytes, keys: Sequence[str]) -> Outcomes:
        raise AssertionError(f"{service} was handed something while a plan was made")

    def ask(self, service: str, keys: Sequence[str]) -> Outcomes:
        raise AssertionError(f"{service} was asked while a plan was made")


_unplugged: _Unplugged = _Unplugged()


def _instant(minute: float) -> datetime:
    return NOON + timedelta(minutes=minute)


def _release(shape: Shape) -> Release:
    text = "Reporters were told on Tuesday that it stays closed for repairs until the spring."
    return Release(
        headline=f"The {shape.slug} stays closed until spring",
        language="en",
        body=(Block(kind=BlockKind.PARAGRAPH, text=text),),
        contacts=(MediaContact(name="Ada Moreau", emails=("ada@example.org",)),),
        link="https://example.org/news",
        slug=shape.slug,
        release_line=_release_line(shape.lift),
    )


def _release_line(lift: int | None) -> ReleaseLine:
    if lift is None:
        return ReleaseLine()
    return ReleaseLine(kind=ReleaseLineKind.EMBARGO, until=_instant(lift))


def _contact(number: int) -> Contact:
    return Contact(
        email=reader(number),
        first_name="Reader",
        last_name=str(number),
        embargo_ok=True,
        list_name="press",
        line=number,
    )
