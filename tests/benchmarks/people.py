"""A workspace with the bundled release and as many invented journalists as are asked for."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
RELEASE = "belarus-police.txt"
_ZONES = ("Europe/Warsaw", "America/Toronto", "", "Europe/Paris")
_HEADER = "email,first_name,last_name,outlet,beat,language,region,timezone,embargo_ok\n"
ADDRESS = "reader{:07d}@desk{:03d}.example.com"
"""Every address is equally long."""


@dataclass(frozen=True, kw_only=True)
class Ended:
    """What a command left behind: seconds of wall and CPU time, peak memory in bytes."""

    code: int
    out: str
    err: str
    wall: float
    cpu: float
    peak: int

    @property
    def json(self) -> Any:
        return json.loads(self.out)


def environment(sink: str, provider: str = "sendgrid") -> dict[str, str]:
    """Settings of a workspace that sends to the sink, without a pause."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return kept | {
        "PYTHONPATH": str(ROOT),
        "EMAIL_PROVIDER": provider,
        "FROM_EMAIL": "press@example.org",
        "FROM_NAME": "Press desk",
        "REPLY_TO": "desk@example.org",
        "ORGANISATION": "Example Rights Watch",
        "POSTAL_ADDRESS": "1 Example Street, Ottawa",
        "PUBLIC_URL": "https://press.example.org",
        "SENDGRID_API_KEY": "SG.invented",
        "SENDGRID_API_URL": sink,
        "POSTMARK_SERVER_TOKEN": "invented",
        "POSTMARK_API_URL": sink,
        "RESEND_API_KEY": "re_invented",
        "RESEND_API_URL": sink,
        "UNDO_SECONDS": "0",
    }


def make_workspace(folder: Path, number: int) -> Path:
    """The folder, with ``press.csv`` of ``number`` journalists, a quarter of whom read French."""
    run_command(["init", str(folder)], folder.parent, {})
    for suffix in (".txt", ".toml"):
        example = (ROOT / "distribute" / "examples" / RELEASE).with_suffix(suffix)
        (folder / example.name).write_bytes(example.read_bytes())
    with (folder / "recipients" / "press.csv").open("w", encoding="utf-8") as file:
        file.write(_HEADER)
        for n in range(number):
            language, zone = ("fr", "en", "en", "en")[n % 4], _ZONES[n % 4]
            email = ADDRESS.format(n, n % 997)
            file.write(f"{email},Reader,Number {n:07d},The Example,justice,{language},Ontario,{zone},yes\n")
    return folder


def run_command(arguments: list[str], folder: Path, environ: Mapping[str, str]) -> Ended:
    """``distribute`` with these arguments, as a process of its own."""
    return run_python(["-m", "distribute", *arguments], folder, environ)


def run_python(arguments: list[str], folder: Path, environ: Mapping[str, str], python: str = sys.executable) -> Ended:
    """A Python process, and what it took; its peak is its own, whoever ran before."""
    whole = {"PYTHONPATH": str(ROOT), "PATH": os.environ.get("PATH", "")} | dict(environ)
    out, err = folder / ".bench-out", folder / ".bench-err"
    with out.open("wb") as stdout, err.open("wb") as stderr:
        began = time.perf_counter()
        process = subprocess.Popen([python, *arguments], cwd=folder, env=whole, stdout=stdout, stderr=stderr)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    return Ended(
        code=process.returncode,
        out=out.read_text(encoding="utf-8"),
        err=err.read_text(encoding="utf-8"),
        wall=wall,
        cpu=usage.ru_utime + usage.ru_stime,
        peak=usage.ru_maxrss * 1024,
    )


class CouldNot(Exception):
    """A command that a figure needs did not do its work."""


def require(ended: Ended) -> Ended:
    """What a command left behind; CouldNot when it failed."""
    if ended.code:
        raise CouldNot(ended.err.strip().splitlines()[-1] if ended.err.strip() else f"exit code {ended.code}")
    return ended
