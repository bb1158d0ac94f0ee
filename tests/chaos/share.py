"""Which of these proofs belong to every run, and which to ``make chaos``."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TypeVar

import pytest

T = TypeVar("T")

IS_LONG = bool(os.environ.get("CHAOS"))

long = pytest.mark.skipif(not IS_LONG, reason="one of the long proofs: `make proofs` or `make chaos` runs it")


def some(every: Sequence[T], *always: T) -> Sequence[T]:
    """All of them in ``make chaos``, else those that are always proven."""
    return every if IS_LONG else always
