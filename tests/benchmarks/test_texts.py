"""Reading and checking take as many steps more as a text is longer, whatever it is; steps are counted, not timed."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from distribute.checking import check
from distribute.sources.dates import _find_dates
from distribute.sources.people import is_name
from distribute.sources.phones import find_phones
from distribute.sources.releases import read_release
from tests.benchmarks.reading import NOW
from tests.benchmarks.texts import KINDS
from tests.chaos.share import long

pytestmark = long

_SMALLEST, _SMALL, _TIMES = 500, 3_000, 4
_MOST = 1.3 * _TIMES
"""The square would be 16 times as many."""


def steps(action: Callable[[], Any]) -> int:
    """Calls of functions, of Python and of C, that an action makes."""
    counted = 0

    def count(_frame: FrameType, event: str, _argument: Any) -> None:
        nonlocal counted
        counted += event in {"call", "c_call"}

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        action()
    finally:
        sys.setprofile(before)
    return counted


def forget() -> None:
    """Empty what is kept of the lines read last, so that each text is read anew."""
    for kept in (find_phones, is_name, _find_dates):
        kept.cache_clear()


@pytest.mark.parametrize("name", KINDS)
def test_four_times_the_text_takes_four_times_the_steps(tmp_path: Path, name: str) -> None:
    kind = KINDS[name]
    path = tmp_path / f"text{kind.suffix}"
    read, checked = [], []
    for size in (_SMALLEST, _SMALL, _SMALL * _TIMES):  # the first fills what is kept for good: patterns, vocabularies
        path.write_text(kind.text(size), encoding="utf-8")
        forget()
        read.append(steps(lambda: read_release(path, NOW)))
        checked.append(steps(partial(check, read_release(path, NOW), NOW)))
    assert read[2] <= _MOST * read[1]
    assert checked[2] <= _MOST * checked[1]


def test_counting_steps_tells_the_square_from_the_line() -> None:
    def squared(size: int) -> None:
        for place in range(size):
            for _ in range(place):
                abs(place)

    assert steps(lambda: squared(400)) > _MOST * steps(lambda: squared(100))
