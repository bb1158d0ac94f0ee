"""Several `distribute run` processes over one PostgreSQL ledger, killed at random, and the server killed under them."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from distribute.delivery.database import locate
from distribute.delivery.ledger import Ledger
from distribute.delivery.schema import worker
from tests.channels.conftest import Fake
from tests.chaos.share import long
from tests.cli.conftest import Command, write_list
from tests.cli.test_interruptions import SECONDS, start, until
from tests.postgres import cluster, postgres, schema  # noqa: F401  pytest finds fixtures by name

READERS = int(os.environ.get("DISTRIBUTE_TEST_READERS", "1500"))
KILLS = int(os.environ.get("DISTRIBUTE_TEST_KILLS", "3"))
CRASHES = int(os.environ.get("DISTRIBUTE_TEST_CRASHES", "2"))
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
    counted = Counter(d["status"] for d in deliveries)
    print(f"{fake.calls} calls, {dict(counted)}")  # noqa: T201  shown with -s
    missing = {d["recipient"] for d in deliveries} - set(fake.accepted)
    assert missing <= {d["recipient"] for d in deliveries if d["status"] == "uncertain"}, "nobody is lost unnamed"


def begin(distribute: Command, workspace: Path, environ: dict[str, str], at_work: int = 0) -> None:
    """A plan for everybody, begun as soon as whoever was started is at work."""
    write_list(workspace / "recipients" / "press.csv", READERS)
    plan = distribute("plan", "bridge.txt", "--to", "press", "--json", **environ).json["plan"]
    with closing(Ledger.open(locate(environ["DATABASE_URL"], workspace))) as ledger:
        deadline = time.monotonic() + SECONDS
        while enrolled(ledger) < at_work:
            assert time.monotonic() < deadline
            time.sleep(0.05)
        ledger.plans.begin(plan, datetime.now(UTC))


def enrolled(ledger: Ledger) -> int:
    with ledger._db.reading() as db:
        return int(db.execute(sa.select(sa.func.count()).select_from(worker)).scalar_one())


def finish(processes: list[subprocess.Popen[Any]]) -> None:
    for process in processes:
        process.send_signal(signal.SIGTERM)
    for process in processes:
        process.wait(SECONDS)


@pytest.mark.slow
@long
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
    fake.delay = 0.1
    begin(distribute, workspace, environ)
    machines = [start(workspace, "run", **environ) for _ in range(MACHINES)]
    try:
        for _ in range(KILLS):
            so_far = fake.calls
            until(lambda so_far=so_far: fake.calls > so_far + 1, machines[0])
            time.sleep(chance.random() * 0.1)
            killed = machines.pop(chance.randrange(MACHINES))
            killed.kill()
            killed.wait()
            machines.append(start(workspace, "run", **environ))
        assert distribute("run", "--until-idle", **environ).code in {0, 3}
    finally:
        finish(machines)
    require_the_promises(distribute, fake, environ)


@pytest.mark.slow
def test_a_send_returns_when_nothing_of_its_plan_is_under_way_with_anybody(
    distribute: Command, workspace: Path, shared: dict[str, str], sendgrid_server: Fake
) -> None:
    environ = shared | sendgrid_server.environ | {"EMAIL_PROVIDER": "sendgrid"}
    sendgrid_server.delay = 0.1
    write_list(workspace / "recipients" / "press.csv", READERS)
    assert distribute("status", **environ).code == 0
    rehearsal = distribute("send", "bridge.txt", "--to", "press", "--dry-run", **environ)
    assert (rehearsal.code, sendgrid_server.calls) == (0, 0)
    machines = [start(workspace, "run", **environ) for _ in range(2)]
    try:
        sent = distribute("send", "bridge.txt", "--to", "press", "--confirm", str(READERS), "--json", **environ)
        assert (sent.code, sent.json["state"]) == (0, "done")
    finally:
        finish(machines)
    require_the_promises(distribute, sendgrid_server, environ)


@long
@pytest.mark.slow
def test_a_database_server_killed_in_mid_send_loses_and_doubles_nothing(
    distribute: Command, workspace: Path, sendgrid_server: Fake
) -> None:
    with cluster() as server:
        environ = sendgrid_server.environ | {
            "EMAIL_PROVIDER": "sendgrid",
            "DATABASE_URL": server.url.render_as_string(hide_password=False),
        }
        sendgrid_server.delay = 0.1
        machines = [start(workspace, "run", **environ) for _ in range(MACHINES)]
        try:
            begin(distribute, workspace, environ, at_work=MACHINES)
            for _ in range(CRASHES):
                so_far = sendgrid_server.calls
                until(lambda so_far=so_far: sendgrid_server.calls > so_far + 1, machines[0])
                server.stop()
                time.sleep(0.3)
                server.start()
            assert distribute("run", "--until-idle", **environ).code in {0, 3}
            assert [machine.poll() for machine in machines] == [None] * MACHINES, "they wait and go on"
        finally:
            finish(machines)
        require_the_promises(distribute, sendgrid_server, environ)
