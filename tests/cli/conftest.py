"""A workspace of one's own, the command as a function, and providers that keep count."""

from __future__ import annotations

import io
import json
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from distribute.cli import main
from distribute.cli.setup import make_workspace
from distribute.config import Settings, variable
from tests.channels.conftest import (  # noqa: F401  pytest finds fixtures by name
    ENVIRON,
    bluesky_server,
    mastodon_server,
    postmark_server,
    resend_server,
    sendgrid_server,
    serve,
)

RELEASE = """The bridge stays closed until spring

OTTAWA, 24 November 2026 – The Rideau footbridge stays closed until the spring, the city’s engineers said on Tuesday.

“We looked for a way to open one lane and did not find a safe one,” said Ada Moreau, Chief Engineer at Example Works.

-30-

Media contact: Ada Moreau, Example Works, 613-555-0142, ada.moreau@example.org
"""


@dataclass(frozen=True)
class Result:
    """What a command left behind."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Command = Callable[..., Result]


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An initialised workspace with a release and a list of five, as the current directory."""
    for name in {*ENVIRON, *(variable(field) for field in Settings.__dataclass_fields__), "NO_COLOR"}:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("UNDO_SECONDS", "0")
    folder = tmp_path / "press"
    make_workspace(folder)
    (folder / "bridge.txt").write_text(RELEASE)
    write_list(folder / "recipients" / "press.csv", 5)
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def distribute(workspace: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    """Call the command in this process, with further environment variables by keyword."""

    def call(*args: str, **environ: str) -> Result:
        for name, value in environ.items():
            monkeypatch.setenv(name, value)
        monkeypatch.setattr(sys, "argv", ["distribute", *args])
        monkeypatch.setattr(sys, "stdin", io.StringIO(""))
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main()
        captured = capsys.readouterr()
        assert "Traceback" not in captured.err
        return Result(int(ended.value.code or 0), captured.out, captured.err)

    return call


def write_list(path: Path, number: int) -> None:
    """A media list of invented readers."""
    rows = [f"reader{n}@example.com,Reader,{n},The Example,{'fr' if n % 3 == 0 else 'en'}" for n in range(number)]
    path.write_text("\n".join(["email,first_name,last_name,outlet,language", *rows, ""]))


def child_environment(**more: str) -> dict[str, str]:
    """The environment for a command run as a process of its own."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return kept | {"PYTHONPATH": str(Path(__file__).parents[2]), "UNDO_SECONDS": "0"} | more
