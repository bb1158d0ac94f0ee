"""The fixtures of delivery: a ledger, an order, a desk."""

from tests.delivery.conftest import (  # noqa: F401  pytest finds fixtures by name
    clock,
    desk,
    ledger,
    location,
    order,
    postgres,
    provider,
    release,
)
