"""Which files are versions of one release, and which of them was edited last."""

from __future__ import annotations

import os
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest

from distribute.sources.siblings import find_siblings, last_edits


def siblings(folder: Path, asked: str, *others: str) -> list[str]:
    for name in (asked, *others):
        (folder / name).write_text("A text.")
    return [path.name for path in find_siblings(folder / asked)]


@pytest.mark.parametrize(
    ("asked", "others", "found"),
    [
        ("bridge.en.md", ["bridge.fr.md"], ["bridge.fr.md"]),
        ("bridge.en.md", ["bridge.fr.txt", "bridge.de.docx"], ["bridge.de.docx", "bridge.fr.txt"]),
        ("bridge.en.md", ["bridge.fr.txt", "bridge.fr.md"], ["bridge.fr.md"]),
        ("bridge.md", ["bridge.fr.md"], ["bridge.fr.md"]),
        ("bridge.fr.md", ["bridge.md"], ["bridge.md"]),
        ("bridge_EN.txt", ["bridge_FR.txt"], ["bridge_FR.txt"]),
        ("Bridge EN.txt", ["Bridge FR.txt"], ["Bridge FR.txt"]),
        ("bridge.en.md", ["bridge.pt-BR.md"], ["bridge.pt-BR.md"]),
        ("bridge.en.md", ["tunnel.fr.md", "bridge.toml", "bridge.fr.toml", "bridge.en.txt", "bridge.md.bak"], []),
        ("bridge.en.md", ["bridge.v2.md", "bridge.xx.md", "bridge.final.md"], []),
        ("vote.md", ["vote-no.md", "vote_it.md"], []),
        ("bridge.md", ["bridge.txt"], []),
        ("bridge.en.md", ["bridge.html"], []),
        ("bridge.html", ["bridge.fr.md"], []),
    ],
)
def test_versions_share_a_name_and_differ_in_language(
    tmp_path: Path, asked: str, others: list[str], found: list[str]
) -> None:
    assert siblings(tmp_path, asked, *others) == found


def test_a_folder_that_cannot_be_read_holds_no_versions(tmp_path: Path) -> None:
    assert find_siblings(tmp_path / "nowhere" / "bridge.en.md") == ()


def test_files_outside_git_are_dated_by_their_own_times(tmp_path: Path) -> None:
    first, second = tmp_path / "a.md", tmp_path / "b.md"
    for seconds, path in ((1_800_000_000, first), (1_800_003_600, second)):
        path.write_text("A text.")
        os.utime(path, (seconds, seconds))
    assert last_edits(first, second) == (
        datetime.fromtimestamp(1_800_000_000, UTC),
        datetime.fromtimestamp(1_800_003_600, UTC),
    )
    assert last_edits(tmp_path / "nowhere.md", first)[0] is None


def test_files_in_git_are_dated_by_their_commits_until_they_are_edited(tmp_path: Path) -> None:
    def git(*arguments: str) -> None:
        identity = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
        dates = {"GIT_AUTHOR_DATE": "2026-11-20T12:00:00Z", "GIT_COMMITTER_DATE": "2026-11-20T12:00:00Z"}
        subprocess.run(["git", *identity, *arguments], cwd=tmp_path, check=True, env=os.environ | dates)

    first, second = tmp_path / "a.md", tmp_path / "b.md"
    git("init", "-q")
    for path in (first, second):
        path.write_text("A text.")
    os.utime(second, (1_800_003_600, 1_800_003_600))
    git("add", ".")
    git("commit", "-qm", "Both")
    committed = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
    assert last_edits(first, second) == (committed, committed)
    second.write_text("Another text.")
    os.utime(second, (1_800_003_600, 1_800_003_600))
    assert last_edits(first, second)[1] == datetime.fromtimestamp(1_800_003_600, UTC)
