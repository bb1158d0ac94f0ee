"""``check`` by the real command, and what plans and previews make of silenced rules."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from distribute.cli.bundled import RELEASE, bundled
from tests.cli.conftest import Command


@pytest.fixture
def sample(workspace: Path) -> str:
    """The client's own release, without its sidecar."""
    (workspace / RELEASE).write_bytes(bundled(RELEASE))
    return RELEASE


def test_each_remark_stands_over_its_line_with_the_place_underlined(distribute: Command, sample: str) -> None:
    out = distribute("check", sample, COLUMNS="100").out.splitlines()
    at = next(place for place, line in enumerate(out) if "missing-word" in line)
    assert out[at].startswith(f"{sample}:12:93: warning: “one the biggest” lacks a word")
    assert out[at + 1].startswith("    12 | …")
    marked = out[at + 2].index("^")
    assert out[at + 1][marked:].startswith("one the biggest protest")
    assert out[at + 2].strip(" |") == "^" * len("one the biggest")
    assert out[-1] == "0 errors, 4 warnings"


def test_the_document_has_line_column_and_length(distribute: Command, sample: str) -> None:
    found = {it["rule"]: it for it in distribute("check", sample, "--json").json["findings"]}
    places = {rule: (it["line"], it["column"], it["length"], it["silenced"]) for rule, it in found.items()}
    assert places["missing-word"] == (12, 93, 15, None)
    assert places["contact-without-email"] == (20, 1, 12, None)


def test_a_rule_is_silenced_in_front_matter_with_its_reason(distribute: Command, workspace: Path) -> None:
    text = (workspace / "bridge.txt").read_text().replace("a safe one", "TBC")
    hushed = "---\nsilence:\n  placeholder: TBC is the builder's name\n---\n"
    (workspace / "loud.md").write_text(text)
    (workspace / "hushed.md").write_text(hushed + text)
    assert distribute("check", "loud.md").code == 1
    result = distribute("check", "hushed.md")
    assert result.code == 0
    assert "silenced error: “TBC” is a placeholder" in result.out
    assert "silenced: TBC is the builder's name" in result.out
    assert result.out.rstrip().endswith("1 silenced")
    (found,) = [it for it in distribute("check", "hushed.md", "--json").json["findings"] if it["rule"] == "placeholder"]
    assert (found["severity"], found["silenced"]) == ("error", "TBC is the builder's name")


def test_a_plan_and_a_preview_show_what_is_silenced_and_why(distribute: Command, workspace: Path) -> None:
    text = (workspace / "bridge.txt").read_text().replace("a safe one", "TBC")
    (workspace / "bridge.txt").write_text(text)
    assert distribute("plan", "bridge.txt", "--to", "example").code == 2
    (workspace / "bridge.toml").write_text('[silence]\nplaceholder = "TBC is the builder\'s name"\n')
    planned = distribute("plan", "bridge.txt", "--to", "example")
    assert planned.code == 0, planned.err
    assert "silenced  placeholder: TBC is the builder's name" in planned.out
    (path,) = (workspace / "plans").glob("*.jsonl")
    header = json.loads(path.read_text().partition("\n")[0])
    assert any(it.startswith("placeholder (silenced: TBC is the builder's name): ") for it in header["findings"])
    page = Path(distribute("preview", "bridge.txt").out.strip()).read_text()
    assert "Passed over: TBC is the builder&#39;s name" in page
    assert "Nothing blocks this send" in page


@pytest.mark.parametrize(
    ("silence", "sentence"),
    [
        ("silence: {no-datline: house style}", "did you mean no-dateline?"),
        ("silence: {no-dateline: ''}", "without a reason"),
        ("silence: {empty-body: it is so}", "cannot be silenced"),
    ],
)
def test_a_silence_that_is_none_blocks_with_a_sentence(
    distribute: Command, workspace: Path, silence: str, sentence: str
) -> None:
    (workspace / "loud.md").write_text(f"---\n{silence}\n---\n" + (workspace / "bridge.txt").read_text())
    result = distribute("check", "loud.md")
    assert result.code == 1
    assert sentence in result.out
    assert result.out.startswith("loud.md:2: error: ")


def test_a_silence_without_its_rule_is_a_sentence(distribute: Command, workspace: Path) -> None:
    (workspace / "loud.md").write_text("---\nsilence: everything\n---\n" + (workspace / "bridge.txt").read_text())
    result = distribute("check", "loud.md")
    assert (result.code, result.out) == (2, "")
    assert "write each rule with the reason" in result.err


@pytest.mark.parametrize(("no_colour", "is_coloured"), [("", True), ("1", False)])
def test_a_terminal_has_colours_unless_its_owner_wants_none(
    workspace: Path, sample: str, no_colour: str, is_coloured: bool
) -> None:
    ours, theirs = pty.openpty()
    environment = {**os.environ, "TERM": "xterm-256color", "NO_COLOR": no_colour}
    command = [sys.executable, "-m", "distribute", "check", sample]
    with subprocess.Popen(command, cwd=workspace, env=environment, stdout=theirs, stderr=theirs) as child:
        os.close(theirs)
        shown = b""
        with suppress(OSError):  # a terminal whose other end is closed
            while piece := os.read(ours, 65_536):
                shown += piece
    os.close(ours)
    assert child.returncode == 0
    assert b"missing-word" in shown
    assert (b"\x1b[" in shown) is is_coloured
