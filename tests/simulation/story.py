"""What happens in one run, drawn from a seed: the plans, what people do and when, and what goes wrong."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache
from random import Random

from distribute.delivery.audience import Audience
from distribute.delivery.database import Database, open_memory
from distribute.delivery.ledger import Ledger
from distribute.delivery.planning import Order, make_plan
from distribute.delivery.standing import Standing
from distribute.delivery.unsubscribing import UnsubscribeLinks
from distribute.domain.audience import Contact
from distribute.domain.content import Address, Outcomes
from distribute.domain.instant import Instant
from distribute.domain.plan import Plan
from distribute.domain.release import Block, BlockKind, MediaContact, Release, ReleaseLine, ReleaseLineKind
from distribute.rendering.environment import open_environment
from distribute.rendering.letter import Letterhead
from tests.delivery.builders import NOON, media
from tests.simulation.provider import PROVIDERS, Trouble

LOST = (Trouble.TIMEOUT, Trouble.UNHEARD, Trouble.LATE, Trouble.BAD_GATEWAY)
EVERYTHING = tuple(trouble for trouble in Trouble if trouble is not Trouble.NONE)


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


@dataclass(frozen=True, kw_only=True)
class Deed:
    """Somebody does something, so many minutes after noon, to the plan of that number.

    ``verb`` is begin, hold, resume, cancel, replan (the same release is planned and sent again) or
    suppress (the reader of that number).
    """

    minute: float
    verb: str
    number: int


@dataclass(frozen=True, kw_only=True)
class Story:
    """One run. Rates are per boundary; ``trouble_rate`` is per request, ``troubles`` the most there are."""

    kind: str
    seed: int
    shapes: tuple[Shape, ...] = (Shape(),)
    deeds: tuple[Deed, ...] = (Deed(minute=0, verb="begin", number=0),)
    rejected: frozenset[str] = frozenset()
    poisonous: frozenset[str] = frozenset()
    menu: tuple[Trouble, ...] = ()
    trouble_rate: float = 0.0
    troubles: int = 6
    crash_rate: float = 0.0
    crashes: int = 5
    suspend_rate: float = 0.0
    intruder_rate: float = 0.0
    has_sleepers: bool = False


def reader(number: int) -> str:
    return f"reader{number}@example.com"


def random_story(seed: int) -> Story:
    """Anything that may come together."""
    rng = Random(f"story {seed}")
    shapes = _random_shapes(rng)
    return Story(
        kind="random",
        seed=seed,
        shapes=shapes,
        deeds=_random_deeds(rng, len(shapes)),
        rejected=_some_readers(rng, 0.4),
        poisonous=_some_readers(rng, 0.3),
        menu=tuple(rng.sample(EVERYTHING, rng.randint(1, 6))),
        trouble_rate=rng.choice((0.0, 0.15, 0.4)),
        crash_rate=rng.choice((0.0, 0.02, 0.05)),
        suspend_rate=rng.choice((0.0, 0.0, 0.04)),
        intruder_rate=rng.choice((0.0, 0.0, 0.04)),
        has_sleepers=rng.random() < 0.5,
    )


def _random_shapes(rng: Random) -> tuple[Shape, ...]:
    first = Shape(
        readers=rng.choice(((0, 1, 2), (0, 1, 2, 3, 4), (0,))),
        mail=rng.choice(tuple(PROVIDERS)),
        network=rng.choice((None, *PROVIDERS)),
        mail_at=rng.choice((None, 30)),
        lift=rng.choice((None, 120)),
    )
    twin = replace(first, readers=rng.choice(((1, 2, 3), (2,), (5, 6))), network=None)
    other = replace(first, slug="tunnel", lift=None, network_at=rng.choice((None, 45)))
    return (first, *(it for it in (twin, other) if rng.random() < 0.35))


def _random_deeds(rng: Random, plans: int) -> tuple[Deed, ...]:
    begun = [Deed(minute=rng.choice((0, 0, 5, 40)), verb="begin", number=number) for number in range(plans)]
    verbs = ("hold", "resume", "cancel", "replan", "suppress", "suppress", "begin")
    drawn = [rng.choice(verbs) for _ in range(rng.choice((0, 0, 1, 2, 4)))]
    return (
        *begun,
        *(
            Deed(
                minute=rng.choice((0.02, 0.1, 6, 31, 50, 121, 200)),
                verb=verb,
                number=rng.randrange(5 if verb == "suppress" else plans),
            )
            for verb in drawn
        ),
    )


def _some_readers(rng: Random, rate: float) -> frozenset[str]:
    return frozenset({reader(rng.randrange(5))}) if rng.random() < rate else frozenset()


def _begin(minute: float = 0, number: int = 0) -> Deed:
    return Deed(minute=minute, verb="begin", number=number)


def _do(minute: float, verb: str, number: int = 0) -> Deed:
    return Deed(minute=minute, verb=verb, number=number)


_EMBARGOED = Shape(network="once", mail_at=30, lift=120)

KINDS: dict[str, Callable[[int], Story]] = {
    "calm": lambda seed: Story(kind="calm", seed=seed, shapes=(Shape(readers=(0, 1, 2, 3, 4)),)),
    "embargo": lambda seed: Story(kind="embargo", seed=seed, shapes=(_EMBARGOED,)),
    "repeatable": lambda seed: Story(
        kind="repeatable",
        seed=seed,
        shapes=(Shape(mail="hour", network="hour"),),
        menu=(Trouble.BUSY, Trouble.REFUSED),
        trouble_rate=0.5,
        troubles=3,
        has_sleepers=True,
    ),
    "cut": lambda seed: Story(
        kind="cut", seed=seed, poisonous=frozenset({reader(1)}), rejected=frozenset({reader(2)})
    ),
    "silence": lambda seed: Story(kind="silence", seed=seed, menu=LOST, trouble_rate=0.6, has_sleepers=True),
    "half-answers": lambda seed: Story(
        kind="half-answers",
        seed=seed,
        menu=(Trouble.PARTIAL, Trouble.SHORT, Trouble.GARBLED, Trouble.BROKEN, Trouble.BUSY),
        trouble_rate=0.6,
    ),
    "suppression": lambda seed: Story(
        kind="suppression",
        seed=seed,
        shapes=(Shape(mail=("once", "hour")[seed % 2], mail_at=30),),
        deeds=(_begin(), _do(20, "suppress", 1), _do(30.02, "suppress", 2)),
    ),
    "twins": lambda seed: Story(
        kind="twins",
        seed=seed,
        shapes=(Shape(), Shape(readers=(2, 3)), Shape(readers=(5, 6))),
        deeds=(_begin(), _begin(0, 1), _begin(0, 2), _do(10, "replan", 1)),
    ),
    "called-off": lambda seed: Story(
        kind="called-off",
        seed=seed,
        shapes=(Shape(mail=("hour", "once")[seed % 2], network="hour", lift=120),),
        deeds=(
            _begin(),
            _do(0.003, "hold"),
            _do(40, "resume"),
            _do((40.003, 60)[seed // 2 % 2], "cancel"),
            _do(70, "replan"),
        ),
    ),
    "intruder": lambda seed: Story(kind="intruder", seed=seed, intruder_rate=0.3, menu=LOST, trouble_rate=0.3),
    "account": lambda seed: Story(
        kind="account", seed=seed, shapes=(_EMBARGOED,), menu=(Trouble.REFUSED, Trouble.BUSY), trouble_rate=0.5
    ),
}  # fmt: skip
"""Kinds of run in which each crash point is tried."""


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
        environment=open_environment(),
        zone="UTC",
        language="en",
        now=now,
    )


@cache
def planned(shape: Shape) -> Plan:
    """The plan of that shape, made at noon over an empty ledger."""
    return make_plan(order(shape, NOON), _nobody_promised())


@cache
def _nobody_promised() -> Standing:
    return Ledger(Database(open_memory())).standing


class _Unplugged:
    """A line nobody may use: plans are made without asking the service."""

    def carry(self, service: str, body: bytes, keys: Sequence[str]) -> Outcomes:
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
