"""The fixtures of delivery: a ledger, an order, a desk."""

from tests.delivery.conftest import (  # noqa: F401  pytest finds fixtures by name
    clock,
    desk,
    ledger,
    location,
    order,
    provider,
    release,
)
from tests.postgres import postgres  # noqa: F401  the same
