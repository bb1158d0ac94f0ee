"""A release, an order for seven readers, a ledger in either database, and a desk over a provider that keeps count."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from distribute.delivery.audience import Audience
from distribute.delivery.database import Location
from distribute.delivery.desk import Desk
from distribute.delivery.draft import DraftedPlan
from distribute.delivery.ledger import Ledger
from distribute.delivery.order import Order
from distribute.delivery.server import Server
from distribute.delivery.unsubscribing import UnsubscribeLinks
from distribute.domain.content import Address
from distribute.domain.release import Block, BlockKind, MediaContact, Release
from distribute.rendering.environment import open_environment
from distribute.rendering.letter import Letterhead
from tests.delivery.builders import NOON, Counting, FakeClock, contacts, media, planned
from tests.postgres import postgres, prepared, schema  # noqa: F401  pytest finds fixtures by name


@pytest.fixture
def release() -> Release:
    text = "Reporters were told on Tuesday that the bridge stays closed for repairs until the spring."
    return Release(
        headline="The bridge stays closed until spring",
        language="en",
        body=(Block(kind=BlockKind.PARAGRAPH, text=text),),
        contacts=(MediaContact(name="Ada Moreau", emails=("ada@example.org",)),),
        link="https://example.org/bridge",
        slug="bridge",
    )


@pytest.fixture
def provider() -> Counting:
    return Counting()


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock(NOON)


@pytest.fixture
def order(release: Release, provider: Counting) -> Order:
    """Seven readers by e-mail, now."""
    return Order(
        release=release,
        audience=Audience(chosen=[media(*contacts(7))]),
        carriers={"email": provider},
        at={},
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
        now=NOON,
    )


@pytest.fixture(params=["sqlite", "postgresql"])
def location(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Location]:
    """Where a ledger may be kept: every test that takes a ledger is run over both databases.

    A test that takes no ledger finds nothing there.
    """
    if request.param == "sqlite":
        yield tmp_path / "distribute.db"
    elif "ledger" in request.fixturenames:
        ready = prepared(request.getfixturevalue("postgres"))
        ready.empty()
        yield Server(ready.url)
    else:
        with schema(request.getfixturevalue("postgres")) as url:
            yield Server(url)


@pytest.fixture
def ledger(location: Location) -> Iterator[Ledger]:
    opened = Ledger.open(location)
    yield opened
    opened.close()


@pytest.fixture
def plan(order: Order, ledger: Ledger) -> DraftedPlan:
    """The order's plan, recorded and not begun."""
    return planned(order, ledger)


@pytest.fixture
def begun(plan: DraftedPlan, ledger: Ledger) -> DraftedPlan:
    ledger.plans.begin(plan.id, NOON)
    return plan


@pytest.fixture
def desk(ledger: Ledger, provider: Counting, clock: FakeClock) -> Desk:
    return Desk(ledger=ledger, provider=lambda _name: provider, now=clock)
