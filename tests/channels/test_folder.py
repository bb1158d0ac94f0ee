from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from distribute.channels.folder import OutboxAdapter


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "outbox"


@pytest.fixture
def session(root: Path) -> Iterator[requests.Session]:
    with requests.Session() as session:
        session.mount("outbox://", OutboxAdapter(root))
        yield session


def files(root: Path) -> list[str]:
    return sorted(str(path.relative_to(root)) for path in root.rglob("*") if path.is_file())


def test_a_body_becomes_a_file_and_its_address(session: requests.Session, root: Path) -> None:
    response = session.put("outbox://local/release/email/anna%40example.com.eml", data=b"bytes\r\n")
    target = root / "release" / "email" / "anna@example.com.eml"
    assert (response.status_code, response.headers["Location"]) == (201, target.as_uri())
    assert target.read_bytes() == b"bytes\r\n"


def test_the_same_bytes_again_change_nothing(session: requests.Session, root: Path) -> None:
    session.put("outbox://local/a.txt", data=b"one")
    before = (root / "a.txt").stat().st_mtime_ns
    assert session.put("outbox://local/a.txt", data=b"one").status_code == 200
    assert (root / "a.txt").stat().st_mtime_ns == before


def test_other_bytes_are_never_overwritten(session: requests.Session, root: Path) -> None:
    session.put("outbox://local/a.txt", data=b"one")
    response = session.put("outbox://local/a.txt", data=b"two")
    assert response.status_code == 422
    assert "already holds something else" in response.json()["message"]
    assert (root / "a.txt").read_bytes() == b"one"


@pytest.mark.parametrize("path", ["../a", "a/../../b", "%2e%2e/a", "..%2Fa", "", "a%00b", "%2Fetc/../../x"])
def test_nothing_is_written_outside_the_root(path: str, session: requests.Session, root: Path) -> None:
    assert session.put(f"outbox://local/{path}", data=b"x").status_code == 400
    assert list(root.parent.rglob("*")) == []


def test_an_absolute_path_stays_inside(session: requests.Session, root: Path) -> None:
    assert session.put("outbox://local/%2Fetc/passwd", data=b"x").status_code == 201
    assert files(root) == ["etc/passwd"]


def test_a_link_that_leads_outside_is_not_followed(session: requests.Session, root: Path) -> None:
    root.mkdir()
    (root.parent / "elsewhere").mkdir()
    (root / "link").symlink_to(root.parent / "elsewhere")
    assert session.put("outbox://local/link/a", data=b"x").status_code == 400
    assert list((root.parent / "elsewhere").iterdir()) == []


@pytest.mark.parametrize(("number", "status"), [(errno.ENOSPC, 503), (errno.EDQUOT, 503), (errno.EACCES, 403)])
def test_a_folder_that_takes_nothing_says_so_and_keeps_no_half_file(
    number: int, status: int, session: requests.Session, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_descriptor: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", fail)
    response = session.put("outbox://local/a.txt", data=b"one")
    assert response.status_code == status
    assert os.strerror(number) in response.json()["message"]
    assert files(root) == []


def test_a_file_in_the_place_of_a_folder_is_a_refusal(session: requests.Session, root: Path) -> None:
    session.put("outbox://local/a", data=b"one")
    assert session.put("outbox://local/a/b", data=b"two").status_code == 403


def test_bytes_are_on_the_disk_before_the_name_is(
    session: requests.Session, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A power cut leaves the whole file or none: the file is synced, then named, then its folders are synced."""
    events: list[str] = []
    fsync, replace = os.fsync, Path.replace

    def note_sync(descriptor: int) -> None:
        events.append("folder" if os.fstat(descriptor).st_mode & 0o40000 else "file")
        fsync(descriptor)

    def note_name(path: Path, target: Path) -> Path:
        events.append("name")
        return replace(path, target)

    monkeypatch.setattr(os, "fsync", note_sync)
    monkeypatch.setattr(Path, "replace", note_name)
    session.put("outbox://local/release/a.txt", data=b"one")
    assert events[:3] == ["file", "name", "folder"]
    assert events.count("folder") == 3  # release/ for the file, outbox/ for release/, and its parent for outbox/


def test_what_a_crash_left_half_written_is_replaced(session: requests.Session, root: Path) -> None:
    root.mkdir()
    (root / ".a.txt.part").write_bytes(b"hal")
    assert session.put("outbox://local/a.txt", data=b"whole").status_code == 201
    assert files(root) == ["a.txt"]
