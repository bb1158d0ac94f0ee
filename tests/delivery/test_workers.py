"""Who works on a ledger: one on a file, many on a server, and the dead are known."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from distribute.delivery.ledger import Ledger
from distribute.delivery.workers import sole_worker

HOLD = """
import pathlib, sys, time
from distribute.delivery.workers import sole_worker
with sole_worker(pathlib.Path(sys.argv[1])) as is_ours:
    print(is_ours, flush=True)
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


def test_every_enrolment_has_a_number_of_its_own(ledger: Ledger) -> None:
    numbers: list[int] = []
    for _ in range(3):
        with ledger.enrol() as worker:
            assert worker
            worker.confirm()
            assert worker.is_alive(worker.number)
            assert not any(worker.is_alive(number) for number in numbers)
            numbers.append(worker.number)
    assert numbers == sorted(set(numbers))
