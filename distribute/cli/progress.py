"""A progress bar on standard error, and only where somebody sees it."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from distribute.delivery.ledger import Ledger

BLINK = 0.1
"""Seconds for which a bar may stay as it is: counting a large plan's requests after each of them would take longer
than making them."""


@contextmanager
def show_progress(ledger: Ledger, plan_id: str) -> Iterator[Callable[[str], None]]:
    """Yields what a worker calls after each request; draws nothing where standard error is no terminal."""
    if not sys.stderr.isatty():
        yield lambda _plan: None
        return
    from rich.console import Console  # noqa: PLC0415  only where there is a terminal
    from rich.progress import Progress  # noqa: PLC0415  the same

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task, drawn = bar.add_task("Sending", total=None), float("-inf")

        def update(_plan: str) -> None:
            nonlocal drawn
            if time.monotonic() - drawn >= BLINK:
                ended, total = ledger.batches.ended(plan_id)
                bar.update(task, completed=ended, total=total)
                drawn = time.monotonic()

        yield update
