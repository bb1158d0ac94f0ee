"""``make bench``: how fast, how large, how late, beside the peers, in one run.

``python -m tests.benchmarks [--json]`` measures everything that takes about two minutes; ``--million`` adds
1,000,000 recipients. Ratios count, seconds are this machine's.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shlex
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.benchmarks import footprint, letters, rates, reading, table, waiting

NO_PEER = (
    "django-anymail was left out: no Python with django and django-anymail was named "
    "(`make bench` makes one in .venv-bench, or --peer PYTHON)."
)
PARTS = ("rates", "sizes", "starts", "lateness", "reading", "letters")


def main(arguments: list[str] | None = None) -> None:
    asked = _arguments().parse_args(arguments)
    sizes = [*asked.sizes, *([1_000_000] if asked.million else [])]
    figures: dict[str, Any] = {
        "machine": _machine(),
        "command": shlex.join(["python", "-m", "tests.benchmarks", *(arguments or sys.argv[1:])]),
        "messages": asked.messages,
        "repetitions": asked.repetitions,
        "no_peer": NO_PEER,
    }
    with tempfile.TemporaryDirectory(prefix="distribute-bench-", dir=asked.folder) as name:
        folder = Path(name)
        if "rates" in asked.parts:
            peer = asked.peer if asked.peer and _has_anymail(asked.peer) else None
            size = {"number": asked.messages, "repetitions": asked.repetitions}
            figures["rates"] = rates.document(rates.compare(folder, asked.providers, peer=peer, **size))
        if "sizes" in asked.parts:
            figures["sizes"] = [footprint.footprint(folder, size) for size in sizes]
            others = [name for name in asked.providers if name != "sendgrid"]
            figures["sizes"] += [footprint.footprint(folder, sizes[0], name) for name in others]
        if "starts" in asked.parts:
            figures["cold_starts"] = waiting.cold_starts(folder, asked.repetitions)
        if "reading" in asked.parts:
            figures["reading"] = reading.reading(folder, asked.text_size)
        if "letters" in asked.parts:
            figures["letters"] = letters.letters(asked.messages, asked.repetitions)
        if "lateness" in asked.parts:
            figures["lateness"] = waiting.lateness(folder, asked.repetitions, 300)
    page = json.dumps(figures, indent=2) + "\n" if asked.json else table.page(figures)
    if asked.out:
        asked.out.write_text(page, encoding="utf-8")
    else:
        sys.stdout.write(page)


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--parts", nargs="+", choices=PARTS, default=PARTS)
    parser.add_argument("--providers", nargs="+", choices=rates.PEER_BATCH, default=list(rates.PEER_BATCH))
    parser.add_argument("--messages", type=int, default=10_000, help="in each run of a sender (default: 10000)")
    parser.add_argument("--repetitions", type=int, default=5)
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000], help="recipients of whole plans")
    parser.add_argument("--text-size", type=int, default=500_000, help="bytes of each text that is read")
    parser.add_argument("--million", action="store_true", help="a plan of 1,000,000, too")
    parser.add_argument(
        "--peer", metavar="PYTHON", type=os.path.abspath, help="a Python that has django and django-anymail"
    )
    parser.add_argument("--folder", help="where the workspaces are made (default: the system's temporary folder)")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--out", type=Path, help="a file to write to instead of standard output")
    return parser


def _has_anymail(python: str) -> bool:
    check = subprocess.run([python, "-c", "import anymail, django"], capture_output=True, check=False)
    return check.returncode == 0


def _machine() -> str:
    return (
        f"{datetime.now(UTC):%Y-%m-%d}, {platform.system()} {platform.machine()}, {os.cpu_count()} cores, "
        f"load {os.getloadavg()[0]:.1f}, Python {platform.python_version()}"
    )


if __name__ == "__main__":
    main()
