"""Suppressions: a row that cannot be read stops everything."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from distribute.errors import SourceError
from distribute.sources.suppressions import read_suppressions


def write(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "suppressions.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_refusal_is_read_with_its_reason_source_and_date(tmp_path: Path) -> None:
    path = write(tmp_path, "email,reason,source,since\nANA@example.org,asked,telephone,2026-03-09\nb@example.org,,,\n")
    first, second = read_suppressions(path)
    assert (first.address, first.reason, first.source, first.since) == (
        "ana@example.org",
        "asked",
        "telephone",
        date(2026, 3, 9),
    )
    assert second.since is None


@pytest.mark.parametrize(
    "row", ["ana@,,,", ",left,,", "a@example.org,,,soon", "a@example.org,x", "a@example.org,x,y,,z"]
)
def test_a_bad_row_is_an_error_with_its_line(tmp_path: Path, row: str) -> None:
    with pytest.raises(SourceError) as caught:
        read_suppressions(write(tmp_path, f"email,reason,source,since\nok@example.org,,,\n{row}\n"))
    assert caught.value.line == 3


def test_an_unknown_column_does_no_harm(tmp_path: Path) -> None:
    (only,) = read_suppressions(write(tmp_path, "email,colour\na@example.org,red\n"))
    assert only.address == "a@example.org"
