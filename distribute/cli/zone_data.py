"""One time zone database on every machine: that of the tzdata package, whatever the system has."""

from __future__ import annotations

import zoneinfo
from pathlib import Path

import tzdata

VERSION: str = tzdata.IANA_VERSION
"""Which edition of the IANA database resolves instants: ``2026f``."""


def use_bundled_zones() -> None:
    """Make zoneinfo look nowhere else; call it before the first zone is opened.

    By itself zoneinfo prefers the system's files (PEP 615), which differ from machine to machine.
    Named as a folder the package's files open at once; without a folder (a zipped installation)
    zoneinfo finds the package by itself.
    """
    folder = Path(tzdata.__file__).with_name("zoneinfo")
    zoneinfo.reset_tzpath([folder] if folder.is_dir() else [])
