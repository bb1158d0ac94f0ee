"""What happens in one run, drawn from a seed: the plans, what people do and when, and what goes wrong."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from random import Random

from tests.simulation.orders import Shape, reader
from tests.simulation.provider import PROVIDERS, Trouble

LOST = (Trouble.TIMEOUT, Trouble.UNHEARD, Trouble.LATE, Trouble.BAD_GATEWAY)
EVERYTHING = tuple(trouble for trouble in Trouble if trouble is not Trouble.NONE)


@dataclass(frozen=True, kw_only=True)
class Deed:
    """Somebody does something, so many minutes after noon, to the plan of that number.

    ``verb`` is begin, hold, resume, cancel, replan (the same release is planned and sent again),
    resolve (what is uncertain is looked up and decided) or suppress (the reader of that number).
    """

    minute: float
    verb: str
    number: int


@dataclass(frozen=True, kw_only=True)
class Story:
    """One run. Rates are per boundary; ``trouble_rate`` is per request, ``troubles`` the most there are.

    A machine that ``loses_the_time`` starts once with its clock at a time before its death.
    ``report_rate`` is how often a service reports later what became of a message it took.
    ``clock_steps`` are the minute after noon at which the running machine's clock is set wrong, by
    how many seconds, and for how many. Of several ``workers`` one dies at a time, but for the share
    of deaths at which ``all_fall``; each has so many ``lanes``. A ``sender`` gives the
    command that sends the first plan, and sees it through beside them. Requests are under way for
    ``answers_in`` seconds, in turn.
    """

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
    suspended_for: tuple[float, ...] = (30, 1_200, 2_700, 10_000)
    intruder_rate: float = 0.0
    has_sleepers: bool = False
    loses_the_time: bool = False
    clock_steps: tuple[tuple[float, float, float], ...] = ()
    has_trusted_time: bool = False
    report_rate: float = 0.0
    workers: int = 1
    lanes: int = 1
    has_sender: bool = False
    all_fall: float = 0.0
    answers_in: tuple[float, ...] = (0.2,)


def random_story(seed: int) -> Story:
    """Anything that may come together."""
    rng = Random(f"story {seed}")
    shapes = _random_shapes(rng)
    story = Story(
        kind="random",
        seed=seed,
        shapes=shapes,
        deeds=_random_deeds(rng, len(shapes)),
        rejected=_some_readers(rng, 0.4),
        poisonous=_some_readers(rng, 0.3),
        menu=tuple(rng.sample(EVERYTHING, rng.randint(1, 6))),
        trouble_rate=rng.choice((0.0, 0.2, 0.5)),
        crash_rate=rng.choice((0.0, 0.03, 0.06, 0.12)),
        suspend_rate=rng.choice((0.0, 0.0, 0.04)),
        intruder_rate=rng.choice((0.0, 0.0, 0.04)),
        has_sleepers=rng.random() < 0.5,
        loses_the_time=rng.random() < 0.3,
        clock_steps=_random_steps(rng),
        has_trusted_time=True,
        report_rate=rng.choice((0.0, 0.0, 0.5, 1.0)),
    )
    return _random_crew(rng, story)


def _random_crew(rng: Random, story: Story) -> Story:
    """Half the time several workers; their requests are then longer under way now and then."""
    workers = rng.choice((1, 1, 2, 3))
    if workers == 1:
        return story
    return replace(
        story,
        workers=workers,
        all_fall=rng.choice((0.0, 0.2)),
        answers_in=rng.choice(((0.2,), (0.2, 45.0, 2.0))),
        lanes=rng.choice((1, 1, 2)),
        has_sender=rng.random() < 0.2,
    )


def _random_steps(rng: Random) -> tuple[tuple[float, float, float], ...]:
    """Set right again before somebody who looks at a plan that is held for it can let it go on."""
    if rng.random() < 0.7:
        return ()
    return ((rng.choice((0.01, 3, 29.8, 119.8)), rng.choice((-3000, -5, 5400, 9000)), rng.choice((20, 50))),)


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
    verbs = ("hold", "resume", "cancel", "replan", "suppress", "suppress", "begin", "resolve", "resolve")
    drawn = [rng.choice(verbs) for _ in range(rng.choice((0, 0, 1, 2, 4)))]
    return (
        *begun,
        *(
            Deed(
                minute=rng.choice((0.018, 0.022, 0.1, 6, 30.002, 50, 120.002, 200)),
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
        troubles=2,
        has_sleepers=True,
    ),
    "cut": lambda seed: Story(
        kind="cut", seed=seed, poisonous=frozenset({reader(1)}), rejected=frozenset({reader(2)})
    ),
    "silence": lambda seed: Story(kind="silence", seed=seed, menu=LOST, trouble_rate=0.6, has_sleepers=True),
    "asked": lambda seed: Story(
        kind="asked",
        seed=seed,
        shapes=(Shape(mail="logged", network=(None, "logged")[seed % 2], network_at=(None, 10)[seed % 2]),),
        menu=(*LOST, Trouble.PARTIAL, Trouble.SHORT),
        trouble_rate=0.6,
        has_sleepers=True,
    ),
    "decided": lambda seed: Story(
        kind="decided",
        seed=seed,
        shapes=(Shape(mail=("once", "hour", "logged")[seed % 3], network="once"),),
        deeds=(_begin(), _do(45, ("resolve", "cancel")[seed // 3 % 2]), _do(50, "resolve"), _do(90, "resolve")),
        menu=(*LOST, Trouble.PARTIAL),
        trouble_rate=0.6,
    ),
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
    "suspended": lambda seed: Story(
        kind="suspended",
        seed=seed,
        deeds=(_begin(), _do(0.08, "suppress", 0), _do(0.15, "suppress", 2), _do(0.3, "suppress", 1)),
        suspend_rate=0.06,
        suspended_for=(6, 15, 18, 2_700),
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
        shapes=(Shape(mail=("hour", "once")[seed // 2 % 2]),),
        deeds=(
            _begin(),
            _do(0.0183, "hold"),
            _do(40, "resume"),
            _do((20, 40.0183)[seed % 2], "cancel"),
            _do(70, "replan"),
        ),
    ),
    "intruder": lambda seed: Story(kind="intruder", seed=seed, intruder_rate=0.3, menu=LOST, trouble_rate=0.3),
    "set-back": lambda seed: Story(
        kind="set-back",
        seed=seed,
        shapes=(Shape(network=("once", "hour")[seed % 2]),),
        deeds=(_begin(90),),
        loses_the_time=True,
    ),
    "lying-clock": lambda seed: Story(
        kind="lying-clock",
        seed=seed,
        shapes=(Shape(mail=("once", "hour")[seed % 2], network="once", mail_at=30, lift=120),),
        menu=LOST,
        trouble_rate=0.3,
        clock_steps=((5, 3_600, 40), (29.99, -600, 40), (60, 7_200, 20)),
        has_trusted_time=True,
    ),
    "reported": lambda seed: Story(
        kind="reported",
        seed=seed,
        shapes=(Shape(mail=("once", "hour", "logged")[seed % 3], network=(None, "once")[seed % 2]),),
        deeds=(_begin(), *((_do(45, "cancel"), _do(70, "resolve")) if seed % 4 == 3 else ())),
        menu=(*LOST, Trouble.PARTIAL),
        trouble_rate=0.6,
        has_sleepers=True,
        report_rate=0.8,
    ),
    "account": lambda seed: Story(
        kind="account", seed=seed, shapes=(_EMBARGOED,), menu=(Trouble.REFUSED, Trouble.BUSY), trouble_rate=0.5
    ),
}  # fmt: skip
"""Kinds of run in which each crash point is tried."""
