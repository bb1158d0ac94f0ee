"""How long reading a release takes for each megabyte, and whether twice the text takes twice as long."""

from __future__ import annotations

import time
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any

from distribute.sources.releases import read_release
from tests.cli.conftest import RELEASE

_NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
_HEAD = "A headline about dams that failed\n\nOTTAWA, 24 November 2026 – "
_PROSE = "The inspectors wrote to the ministry about spillway {n} of the dam and waited. "
_QUOTE = "“We wrote to the ministry {n} times and nobody answered,” said Ana Ruiz, director of Example Works. "
TEXTS: Mapping[str, str] = {
    "a release, over and over": RELEASE + "\n\n",
    "paragraphs": _PROSE * 6 + "\n\n",
    "one long line": _PROSE,
    "short lines": "Short line number {n} of many that are here to be read\n",
    "quotations": _QUOTE * 2 + "\n\n",
    "quotations in one line": _QUOTE,
    "marks never closed": "“Opened and never closed {n}\n\n",
    "marks in one line": '"a" ',
    "contacts": "Media contact: Ana Ruiz, Press Officer, 613-555-0142, ana{n}@example.org\n\n",
    "addresses in one line": "ana{n}@example.org ",
    "telephone numbers": "613 555 01{n}\n",
    "embargoes": "EMBARGO until 24 November 2026 at 6 a.m. EST {n}\n\n",
    "notes": "Notes to editors\n\nNote {n} is a long sentence that ends here, with words{n} enough to count.\n\n",
    "parentheses": "((",
    "digits": "12",
    "spaces": "  ",
    "capitals": "Ana Ruiz ",
    "dashes": "– ",
}


def reading(folder: Path, repetitions: int, size: int = 500_000) -> list[dict[str, Any]]:
    """Seconds of CPU for a megabyte of each text, and those of ``size`` bytes against a quarter of it, over four.

    A ratio of 1 is linear; a regular expression that backtracks shows as 4 and more.
    """
    path = folder / "text.txt"
    read_release(_written(path, RELEASE), _NOW)
    return [{"text": name, **_measure(path, pattern, size, repetitions)} for name, pattern in TEXTS.items()]


def _measure(path: Path, pattern: str, size: int, repetitions: int) -> dict[str, float]:
    small, large = (
        _seconds(_written(path, _HEAD + _repeated(pattern, wanted)), repetitions) for wanted in (size // 4, size)
    )
    return {"seconds_per_mb": large / size * 1e6, "growth": large / small / 4}


def _seconds(path: Path, repetitions: int) -> float:
    taken = []
    for _ in range(repetitions):
        began = time.process_time()
        read_release(path, _NOW)
        taken.append(time.process_time() - began)
    return median(taken)


def _repeated(pattern: str, size: int) -> str:
    number = size // len(pattern.encode()) + 1
    return "".join(pattern.replace("{n}", str(n)) for n in range(number))


def _written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path
