"""A progress bar on standard error, and only where somebody sees it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from distribute.delivery.ledger import Ledger
from distribute.domain.delivery import Status

LEAVING = (Status.PLANNED, Status.SUBMITTING)


@contextmanager
def show_progress(ledger: Ledger, plan_id: str) -> Iterator[Callable[[str], None]]:
    """Yields what a worker calls after each batch; draws nothing where standard error is no terminal."""
    if not sys.stderr.isatty():
        yield lambda _plan: None
        return
    from rich.console import Console  # noqa: PLC0415  only where there is a terminal
    from rich.progress import Progress  # noqa: PLC0415  the same

    total, _ = _settled(ledger, plan_id)
    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("Sending", total=total)

        def update(_plan: str) -> None:
            bar.update(task, completed=_settled(ledger, plan_id)[1])

        yield update


def _settled(ledger: Ledger, plan_id: str) -> tuple[int, int]:
    """How many deliveries a plan has that are not skipped, and how many of them are settled."""
    counts = ledger.standing.counts(plan_id).values()
    total = sum(sum(channel.values()) - channel[Status.SKIPPED] for channel in counts)
    return total, total - sum(channel[status] for channel in counts for status in LEAVING)
