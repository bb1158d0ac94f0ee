"""Disks and files in trouble: one that fills up, one that is read-only, rights that are missing."""

from __future__ import annotations

import os
import resource
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import pytest


class SmallDisk:
    """A file system of a few megabytes, to be filled to the brim and emptied again."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._ballast = root / "ballast"

    def fill(self, free: int = 0) -> None:
        """Leave so many bytes free, in steps of a page."""
        place = os.statvfs(self.root)
        with suppress(OSError), self._ballast.open("ab") as file:
            file.write(b"\0" * max(0, place.f_bavail * place.f_frsize - free))
            file.flush()

    def empty(self) -> None:
        self._ballast.unlink(missing_ok=True)

    def make_read_only(self) -> None:
        subprocess.run(["mount", "-o", "remount,ro", str(self.root)], check=True)

    def make_writable(self) -> None:
        subprocess.run(["mount", "-o", "remount,rw", str(self.root)], check=True)


@contextmanager
def small_disk(place: Path, megabytes: int) -> Iterator[SmallDisk]:
    """A file system in memory mounted at ``place``; the test is skipped where that is not allowed."""
    place.mkdir()
    mount = shutil.which("mount")
    if sys.platform != "linux" or mount is None or os.geteuid() != 0:
        pytest.skip("a small disk needs root and Linux: it is a tmpfs to be mounted")
    command = [mount, "-t", "tmpfs", "-o", f"size={megabytes}m,mode=0700", "tmpfs", str(place)]
    if (done := subprocess.run(command, capture_output=True, text=True, check=False)).returncode:
        pytest.skip(f"no file system can be mounted here: {done.stderr.strip()}")
    try:
        yield SmallDisk(place)
    finally:
        subprocess.run(["umount", "--lazy", str(place)], check=True)


def limit_files(pid: int, size: int | None) -> None:
    """Let a running process write no file beyond so many bytes; None ends it. Python sees EFBIG, not the signal."""
    if not hasattr(resource, "prlimit"):
        pytest.skip("this system cannot limit the files of another process")
    _, hard = resource.prlimit(pid, resource.RLIMIT_FSIZE)
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (hard if size is None else size, hard))


def without_privileges() -> tuple[str, ...]:
    """A command in front of which rights on files count, for root too."""
    if os.geteuid() != 0:
        return ()
    setpriv = shutil.which("setpriv")
    if setpriv is None:
        pytest.skip("root writes where others may not, and setpriv is not installed to take that away")
    return (setpriv, "--bounding-set=-dac_override,-dac_read_search")


@contextmanager
def locked(ledger: Path) -> Iterator[None]:
    """Another process writes into the ledger, and takes its time."""
    with closing(sqlite3.connect(ledger, isolation_level=None, check_same_thread=False)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")
