"""A bad network between the real command and a provider that counts: nobody twice, nobody missing."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain
from pathlib import Path

import pytest

from tests.chaos.ground import Ground, judge
from tests.chaos.proxy import CALM, Fault, Proxy
from tests.chaos.share import long, some
from tests.chaos.sink import open_sink

EACH = 4
"""Deliveries in a request: small, so that a short list makes many."""

TIMEOUT = 0.6

pytestmark = pytest.mark.slow


def storm(folder: Path, provider: str, faults: Iterable[Fault]) -> dict[str, int]:
    """A send through these faults, one fair request between two of them, carried on to its end."""
    script = list(chain.from_iterable((fault, Fault.NONE) for fault in faults))
    readers = EACH * len(script)
    with open_sink(provider) as sink, Proxy(sink.fake.url, script, latency=TIMEOUT / 3) as proxy:
        environ = {
            "EMAIL_PROVIDER": provider,
            f"{provider.upper()}_API_URL": proxy.url,
            "CHAOS_BATCH": str(EACH),
            "CHAOS_TIMEOUT": str(TIMEOUT),
        }
        ground = Ground(folder / "press", readers, environ)
        ground.call("send", "bridge.txt", "--to", "press", "--confirm", str(readers))
        (plan,) = ground.weather()
        assert set(proxy.met) >= set(script), "not every fault was met"
        return judge(ground.deliveries(plan["plan"]), sink.taken, expected=readers)


@long
@pytest.mark.parametrize("provider", ["sendgrid", "postmark", "resend"])
def test_a_storm_of_every_fault_doubles_and_loses_nobody(provider: str, tmp_path: Path) -> None:
    counts = storm(tmp_path, provider, Fault)
    assert counts["accepted"] >= EACH * len(Fault)


@pytest.mark.parametrize("fault", some(tuple(Fault), Fault.HALF))
@pytest.mark.parametrize("provider", some(("sendgrid", "postmark", "resend"), "sendgrid"))
def test_each_fault_alone(provider: str, fault: Fault, tmp_path: Path) -> None:
    counts = storm(tmp_path, provider, [fault])
    if fault in CALM | {Fault.REFUSED, Fault.BUSY}:
        assert counts == {"accepted": 2 * EACH}
