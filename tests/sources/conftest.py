"""Helpers of the tests of sources: a moment, and a release read from text."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest

from distribute.domain.release import Release
from distribute.sources.releases import read_release

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
Reader = Callable[..., Release]


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture
def read(tmp_path: Path) -> Reader:
    """``read(text, name="release.txt", sidecar=None, options=None)``: the release in that text."""

    def reader(
        text: str | bytes,
        name: str = "release.txt",
        sidecar: str | None = None,
        options: Mapping[str, str] | None = None,
    ) -> Release:
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        if sidecar is not None:
            path.with_suffix(".toml").write_text(sidecar, encoding="utf-8")
        return read_release(path, NOW, options)

    return reader
