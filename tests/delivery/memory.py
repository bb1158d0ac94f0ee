"""The peak memory of a process that plans for so many people: ``python -m tests.delivery.memory NUMBER``."""

from __future__ import annotations

import resource
import sys
from collections.abc import Iterator
from dataclasses import dataclass

from distribute.delivery.audience import Audience
from distribute.delivery.database import Database, open_memory
from distribute.delivery.ledger import Ledger
from distribute.delivery.order import Order
from distribute.delivery.planning import make_plan
from distribute.delivery.unsubscribing import UnsubscribeLinks
from distribute.domain.audience import Contact, RowProblem, Selection
from distribute.domain.content import Address
from distribute.domain.release import Block, BlockKind, Release
from distribute.rendering.environment import open_environment
from distribute.rendering.letter import Letterhead
from tests.delivery.builders import NOON, Counting


@dataclass(frozen=True)
class Crowd:
    """A list that makes its people up as it is read."""

    number: int
    name: str = "crowd"
    path: str = ""
    sha256: str = ""

    def entries(self) -> Iterator[Contact | RowProblem]:
        for n in range(self.number):
            yield Contact(email=f"reader{n}@example.com", first_name="Reader", last_name=str(n), line=n + 2)


def main() -> None:
    order = Order(
        release=Release(
            headline="The bridge stays closed until spring",
            language="en",
            body=(Block(kind=BlockKind.PARAGRAPH, text="The bridge stays closed until spring, the city said."),),
            link="https://example.org/bridge",
            slug="bridge",
        ),
        audience=Audience(chosen=[(Selection(name="crowd", where={}), Crowd(int(sys.argv[1])))]),
        carriers={"email": Counting()},
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
    plan = make_plan(order, Ledger(Database(open_memory())).standing)
    if plan.deliveries != int(sys.argv[1]):
        raise AssertionError(plan.deliveries)
    sys.stdout.write(f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss}\n")


if __name__ == "__main__":
    main()
