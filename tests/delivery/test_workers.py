"""Who works on a ledger: one on a file, many on a server, and the dead are known."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from distribute.delivery import workers
from distribute.delivery.ledger import Ledger
from distribute.delivery.server import Server
from distribute.delivery.workers import _LIVES, Enrolment, Shared, sole_worker
from distribute.errors import LedgerAway, LedgerError
from tests.delivery.builders import ON_A_FILE, ON_A_SERVER
from tests.postgres import schema

HOLD = """
import pathlib, sys, time
from distribute.delivery.workers import sole_worker
with sole_worker(pathlib.Path(sys.argv[1])) as is_ours:
    print(is_ours, flush=True)
    time.sleep(60)
"""


ENROL = """
import pathlib, sys, time
from distribute.delivery.database import locate
from distribute.delivery.ledger import Ledger
with Ledger.open(locate(sys.argv[1], pathlib.Path())).enrol() as worker:
    print(worker.number, flush=True)
    time.sleep(60)
"""


def test_there_is_one_worker_and_the_lock_dies_with_it(tmp_path: Path) -> None:
    file = tmp_path / "distribute.db"
    holder = subprocess.Popen([sys.executable, "-c", HOLD, str(file)], stdout=subprocess.PIPE, text=True)
    assert holder.stdout
    assert holder.stdout.readline() == "True\n"
    with sole_worker(file) as is_ours:
        assert not is_ours
    holder.kill()
    holder.wait()
    holder.stdout.close()
    with sole_worker(file) as is_ours:
        assert is_ours


@ON_A_FILE
def test_a_file_has_one_worker_and_whoever_worked_before_is_dead(ledger: Ledger, location: Path) -> None:
    other = Ledger.open(location)
    with at_work(ledger) as worker, other.enrol() as second:
        assert worker.is_alone
        assert second is None
        assert not worker.is_alive(worker.number - 1)
        with worker.on_duty("scheduling") as is_ours:
            assert is_ours
    other.close()


@pytest.fixture
def settled(monkeypatch: pytest.MonkeyPatch) -> None:
    """The server was started long ago."""
    monkeypatch.setattr(workers, "RESTART", 0)


@pytest.mark.usefixtures("settled")
def test_every_enrolment_has_a_number_of_its_own(ledger: Ledger) -> None:
    numbers: list[int] = []
    for _ in range(3):
        with at_work(ledger) as worker:
            worker.confirm()
            assert worker.is_alive(worker.number)
            assert not any(worker.is_alive(number) for number in numbers)
            numbers.append(worker.number)
    assert numbers == sorted(set(numbers))


@ON_A_SERVER
@pytest.mark.usefixtures("settled")
def test_a_server_has_many_workers_who_know_of_each_others_death(ledger: Ledger, location: Server) -> None:
    other = Ledger.open(location)
    with at_work(ledger) as here:
        assert not here.is_alone
        with at_work(other) as there:
            assert here.is_alive(there.number)
            assert there.is_alive(here.number)
        assert not here.is_alive(there.number)
        assert not here.is_alive(999_999)
    other.close()


@ON_A_SERVER
@pytest.mark.usefixtures("settled")
def test_workers_of_another_schema_are_no_concern(ledger: Ledger, location: Server) -> None:
    with schema(location.url.difference_update_query(["options"])) as url:
        other = Ledger.open(Server(url))
        with (
            at_work(ledger) as here,
            at_work(other) as there,
            here.on_duty("scheduling") as mine,
            there.on_duty("scheduling") as theirs,
        ):
            assert mine
            assert theirs
            assert here.number == there.number
        with at_work(other) as there:
            assert not there.is_alive(here.number)
        other.close()


@ON_A_SERVER
@pytest.mark.usefixtures("settled")
def test_a_killed_worker_of_a_server_is_dead_at_once(ledger: Ledger, location: Server) -> None:
    with killed(location) as number, at_work(ledger) as worker:
        deadline = time.monotonic() + 10
        while worker.is_alive(number):
            assert time.monotonic() < deadline
            time.sleep(0.01)


@ON_A_SERVER
def test_nobody_is_declared_dead_just_after_a_server_was_started(
    ledger: Ledger, location: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "RESTART", 1_000_000)
    with killed(location) as number, at_work(ledger) as worker:
        assert worker.is_alive(number)


@ON_A_SERVER
def test_one_tick_acts_at_a_time(ledger: Ledger, location: Server) -> None:
    other = Ledger.open(location)
    with at_work(ledger) as here, at_work(other) as there:
        with here.on_duty("scheduling") as mine, there.on_duty("scheduling") as theirs:
            assert (mine, theirs) == (True, False)
        with there.on_duty("scheduling") as theirs:
            assert theirs
    other.close()


@ON_A_SERVER
@pytest.mark.usefixtures("settled")
def test_a_worker_whose_line_was_cut_comes_back_under_its_number(ledger: Ledger, location: Server) -> None:
    other = Ledger.open(location)
    with at_work(ledger) as worker, at_work(other) as watcher:
        cut(worker)
        deadline = time.monotonic() + 10
        while watcher.is_alive(worker.number):
            assert time.monotonic() < deadline
        worker.confirm()
        assert watcher.is_alive(worker.number)
    other.close()


@ON_A_SERVER
def test_a_worker_that_cannot_show_its_life_must_not_claim(ledger: Ledger) -> None:
    with at_work(ledger) as worker:
        with ledger._db.lasting() as thief:
            cut(worker)
            while not thief.exec_driver_sql(f"SELECT pg_try_advisory_lock({_LIVES}, {worker.number})").scalar():
                pass
            with pytest.raises(LedgerAway, match="still holds a broken connection"):
                worker.confirm()
        worker.confirm()


@ON_A_SERVER
def test_a_pool_in_transaction_mode_is_found_out(ledger: Ledger) -> None:
    with at_work(ledger) as worker:
        assert isinstance(worker, Shared)
        worker._session += 1
        with pytest.raises(LedgerError, match="a pool in session mode"):
            worker.confirm()


@contextmanager
def at_work(ledger: Ledger) -> Iterator[Enrolment]:
    with ledger.enrol() as worker:
        assert worker
        yield worker


def cut(worker: Enrolment) -> None:
    """End a worker's connection on the server."""
    assert isinstance(worker, Shared)
    with worker._db.writing() as db:
        db.exec_driver_sql(f"SELECT pg_terminate_backend({worker._session})")


@contextmanager
def killed(location: Server) -> Iterator[int]:
    """The number of a worker in a process of its own that was killed."""
    process = subprocess.Popen(
        [sys.executable, "-c", ENROL, location.url.render_as_string(hide_password=False)],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout
    number = int(process.stdout.readline())
    process.kill()
    process.wait()
    process.stdout.close()
    yield number
