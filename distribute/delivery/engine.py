"""The job engine: batches that may leave are called for by any number of processes on any number of machines.

procrastinate distributes the jobs; each only says that a batch should be looked at, and the ledger
decides whether it may leave. So a job that comes twice finds its batch settled, and one that never
comes is found missing by ``sweep``.
"""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any

import procrastinate
import psycopg
from procrastinate.exceptions import ProcrastinateException
from procrastinate.jobs import DeleteJobCondition, Status
from psycopg_pool import AsyncConnectionPool, PoolTimeout

from distribute.delivery.desk import Now
from distribute.delivery.jobs import TASK, queue_of
from distribute.delivery.lanes import Take, wait_for_a_retry
from distribute.delivery.ledger import Ledger
from distribute.errors import LedgerAway

STALLED = 30.0
"""Seconds without a sign of life after which the engine takes a process for dead; it gives one every ten."""

REACH = 10.0
"""Seconds to reach the server within."""

GLANCE = 0.05
"""Seconds between two looks at whether somebody wants it to stop."""

BREATH = 0.1
"""Seconds before looking again when what may leave was not in the queue: it is in somebody's hands, or was lost."""

logging.getLogger("procrastinate").addHandler(logging.NullHandler())  # what a person should know is raised


class Engine:
    """Calls from the engine's queue, so many requests at a time."""

    def __init__(self, ledger: Ledger, now: Now, lanes: int = 1) -> None:
        self._ledger = ledger
        self._now = now
        self._lanes = lanes

    def sweep(self) -> None:
        """Give a job to every batch that may leave and has none: the ledger is asked, not the engine."""
        self._ledger.batches.defer(self._now())

    def drain(self, turn: Take, plans: Sequence[str] | None, stop: threading.Event) -> None:
        """As the Protocol; what others have taken is theirs, and a retry due within ten seconds is waited for."""
        while not stop.is_set():
            if self._ledger.batches.next_claimable(plans, self._now()) is not None:
                self._work(Shift(turn, stop), plans, stop)
            elif not wait_for_a_retry(self._ledger, self._now, plans, stop):
                return

    def _work(self, shift: Shift, plans: Sequence[str] | None, stop: threading.Event) -> None:
        queues = None if plans is None else [queue_of(plan_id) for plan_id in plans]
        asyncio.run(shift.work(self._ledger.address(), queues, self._lanes))
        if shift.error:
            raise shift.error
        if not shift.calls:
            self.sweep()
            stop.wait(BREATH)


class Shift:
    """One stretch of work: as long as there are jobs, nobody stops it and nothing fails."""

    def __init__(self, turn: Take, stop: threading.Event) -> None:
        self.calls = 0
        self.error: BaseException | None = None
        self._turn = turn
        self._stop = stop

    async def work(self, address: Mapping[str, Any], queues: Sequence[str] | None, lanes: int) -> None:
        """Take jobs until none is left; the engine's own troubles with its server are LedgerAway."""
        asyncio.get_running_loop().set_exception_handler(lambda *_: None)  # what a job raised is in ``error``
        pool = AsyncConnectionPool(kwargs=dict(address), min_size=1, max_size=lanes + 1, timeout=REACH, open=False)
        app = procrastinate.App(connector=procrastinate.PsycopgConnector())
        app.task(name=TASK)(self._call)
        try:
            await pool.open(wait=True, timeout=REACH)
            async with app.open_async(pool):
                await _bury_the_stalled(app)
                await self._take_jobs(app, queues, lanes)
        except (ProcrastinateException, psycopg.Error, PoolTimeout) as error:
            self.error = self.error or LedgerAway("the ledger's job queue was lost: see that the server runs")
            self.error.__cause__ = self.error.__cause__ or error
        finally:
            await pool.close()

    async def _take_jobs(self, app: procrastinate.App, queues: Sequence[str] | None, lanes: int) -> None:
        worker = asyncio.create_task(
            app.run_worker_async(
                queues=queues,  # type: ignore[arg-type]  # None, for any, is its own default
                wait=False,
                concurrency=lanes,
                delete_jobs=DeleteJobCondition.SUCCESSFUL,
                listen_notify=False,
                install_signal_handlers=False,
                stalled_worker_timeout=STALLED,
            )
        )
        while not worker.done() and not (self._stop.is_set() or self.error):
            await asyncio.wait({worker}, timeout=GLANCE)
        worker.cancel()  # the jobs under way are finished first
        with suppress(asyncio.CancelledError):
            await worker

    def _call(self, batch_id: int) -> None:
        """The job itself; called from a thread. What it raises ends the shift, and the ledger knows what is left."""
        if self._stop.is_set() or self.error:
            return
        try:
            self.calls += 1
            self._turn(batch_id)
        except BaseException as error:  # noqa: BLE001  raised again by whoever drains
            self.error = self.error or error


async def _bury_the_stalled(app: procrastinate.App) -> None:
    """Jobs whose process died are over: ``sweep`` gives new ones to what is left of them."""
    for job in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=STALLED):
        with suppress(ProcrastinateException):  # another machine was faster
            await app.job_manager.finish_job(job, Status.FAILED, delete_job=False)
