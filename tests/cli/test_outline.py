"""The whole send on a screen or two of a terminal."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import RELEASE, Command

ORDER = ("bridge.txt", "--to", "press", "--on", "x", "--on", "mastodon", "--set", "link=https://press.example.com/b")


def test_the_terminal_shows_the_send_in_short_and_nothing_is_written(distribute: Command, workspace: Path) -> None:
    files = sorted(workspace.rglob("*"))
    result = distribute("preview", *ORDER, "--text")
    assert result.code == 0, result.err
    for words in (
        "5 journalists on 1 list, 2 networks, as soon as it is confirmed",
        "E-mail: English  3 journalists",
        "  To          Reader 1 <reader1@example.com>",
        "the release itself is in English",
        "of 280 weighted characters",
        "  By language English 3, French 2",
    ):
        assert words in result.out
    assert "/u/" not in result.out
    assert sorted(workspace.rglob("*")) == files
    assert distribute("preview", "bridge.txt", "--text", "--png").code == 2


@pytest.mark.parametrize("columns", [40, 60, 80, 300])
def test_lines_fit_the_terminal(
    distribute: Command, workspace: Path, monkeypatch: pytest.MonkeyPatch, columns: int
) -> None:
    (workspace / "bridge.txt").write_text(RELEASE.replace("a safe one", "a TBC one"))
    monkeypatch.setenv("COLUMNS", str(columns))
    out = distribute("preview", *ORDER, "--embargo", "2099-11-24 06:00 America/Toronto", "--text").out
    assert max(map(len, out.splitlines())) <= max(60, min(columns, 100))


def test_what_blocks_is_said_first_and_shown_in_its_line(distribute: Command, workspace: Path) -> None:
    (workspace / "bridge.txt").write_text(RELEASE.replace("a safe one", "a TBC one"))
    out = distribute("preview", *ORDER, "--text").out
    assert out.index("1 error blocks this send.") < out.index("When")
    assert "blocks      line 5: " in out
    assert "find a TBC one" in out


def test_an_embargo_stands_among_the_instants(distribute: Command, workspace: Path) -> None:
    path = workspace / "recipients" / "press.csv"
    head, *rows = path.read_text().splitlines()
    path.write_text("\n".join([f"{head},embargo_ok", *(f"{row},{'yes' if n else ''}" for n, row in enumerate(rows))]))
    out = distribute("preview", *ORDER, "--embargo", "2099-11-24 06:00 America/Toronto", "--text").out
    assert "The embargo lifts" in out
    assert "Left out    1: does not accept embargoes 1" in out
    assert "2 networks, Tuesday 24 November 2099 06:00 Toronto = 11:00 UTC" in out
