"""Several `distribute run` processes over one PostgreSQL ledger, killed at random, and the server killed under them."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from tests.channels.conftest import Fake
from tests.cli.conftest import Command, write_list
from tests.cli.test_interruptions import SECONDS, start, until
from tests.postgres import Cluster, cluster, postgres, schema  # noqa: F401  pytest finds fixtures by name

READERS = int(os.environ.get("DISTRIBUTE_TEST_READERS", "600"))
KILLS = int(os.environ.get("DISTRIBUTE_TEST_KILLS", "3"))
MACHINES = 3


@pytest.fixture
def shared(postgres: sa.URL) -> Iterator[dict[str, str]]:  # noqa: F811  the fixture
    """The settings that lead every process to one ledger."""
    with schema(postgres) as url:
        yield {"DATABASE_URL": url.render_as_string(hide_password=False)}


def require_the_promises(distribute: Command, fake: Fake, environ: dict[str, str]) -> None:
    """Nobody twice, nobody missing, accepted only what the provider took."""
    (plan,) = distribute("status", "--json", **environ).json["plans"]
    deliveries = distribute("report", plan["plan"], "--json", **environ).json["deliveries"]
    assert len(deliveries) == READERS
    assert {d["status"] for d in deliveries} <= {"accepted", "uncertain"}
    assert plan["state"] == "done"
    assert set(fake.accepted.values()) == {1}, "nobody got it twice"
    accepted = {d["recipient"] for d in deliveries if d["status"] == "accepted"}
    assert accepted <= set(fake.accepted), "accepted is only what the provider took"
    missing = {d["recipient"] for d in deliveries} - set(fake.accepted)
    assert missing <= {d["recipient"] for d in deliveries if d["status"] == "uncertain"}, "nobody is lost unnamed"


def begin(distribute: Command, workspace: Path, environ: dict[str, str]) -> None:
    """A plan for everybody that is due in a moment, begun, with nobody at work."""
    write_list(workspace / "recipients" / "press.csv", READERS)
    confirmed = distribute("send", "bridge.txt", "--to", "press", "--at", "in 1s", "--confirm", str(READERS), **environ)
    assert confirmed.code == 0, confirmed.err


def is_done(distribute: Command, environ: dict[str, str]) -> bool:
    return bool(distribute("status", "--json", **environ).json["plans"][0]["state"] == "done")


def finish(processes: list[subprocess.Popen[Any]]) -> None:
    for process in processes:
        process.send_signal(signal.SIGTERM)
    for process in processes:
        process.wait(SECONDS)


@pytest.mark.slow
@pytest.mark.parametrize("provider", ["sendgrid", "resend"])
def test_three_machines_killed_at_random_moments_send_to_everybody_once(
    distribute: Command,
    workspace: Path,
    shared: dict[str, str],
    provider: str,
    sendgrid_server: Fake,
    resend_server: Fake,
) -> None:
    fake = {"sendgrid": sendgrid_server, "resend": resend_server}[provider]
    environ = shared | fake.environ | {"EMAIL_PROVIDER": provider}
    chance = random.Random(provider)
    begin(distribute, workspace, environ)
    machines = [start(workspace, "run", **environ) for _ in range(MACHINES)]
    try:
        until(lambda: fake.calls >= 1, machines[0])
        for _ in range(KILLS):
            time.sleep(chance.random() * 0.3)
            killed = machines.pop(chance.randrange(MACHINES))
            killed.kill()
            killed.wait()
            machines.append(start(workspace, "run", **environ))
        assert distribute("run", "--until-idle", **environ).code in {0, 3}
    finally:
        finish(machines)
    require_the_promises(distribute, fake, environ)
