"""How long reading and checking a release take for each megabyte, and whether twice the text takes twice as long."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from distribute.checking import check
from distribute.sources.releases import read_release
from tests.benchmarks.texts import KINDS, Kind

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
_SPLITS = 10


def reading(folder: Path, size: int = 500_000) -> list[dict[str, Any]]:
    """Seconds of CPU for a megabyte of each text, read and checked; the lesser of two measurements.

    ``splits`` is how many times reading takes what ``str.split`` of the same text does; ``growth`` what ``size``
    bytes take against a quarter of it, over four: 1 is linear, 4 is the square.
    """
    for kind in KINDS.values():
        _prepare(folder, kind, 2_000)()
    return [{"text": name, **_measure(folder, kind, size)} for name, kind in KINDS.items()]


def _measure(folder: Path, kind: Kind, size: int) -> dict[str, float]:
    text = kind.text(size)
    megabytes, share = len(text.encode()) / 1e6, len(kind.text(size // 4)) / len(text)
    small = _seconds(_prepare(folder, kind, size // 4))
    read = _prepare(folder, kind, size)
    large = _seconds(read)
    release = read()
    splitting = _seconds(lambda: [text.split() for _ in range(_SPLITS)]) / _SPLITS
    return {
        "seconds_per_mb": large / megabytes,
        "splits": large / splitting,
        "growth": large / small * share,
        "checking_per_mb": _seconds(lambda: check(release, NOW)) / megabytes,
    }


def _prepare(folder: Path, kind: Kind, size: int) -> Callable[[], Any]:
    path = folder / f"text{kind.suffix}"
    text = kind.text(size)

    def read() -> Any:
        path.write_text(text, encoding="utf-8")
        return read_release(path, NOW)

    return read


def _seconds(action: Callable[[], Any]) -> float:
    taken = []
    for _ in range(2):
        began = time.process_time()
        action()
        taken.append(time.process_time() - began)
    return min(taken)
