"""Every part of the benchmark measures something; how much is not asked here."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.benchmarks import table
from tests.benchmarks.__main__ import main
from tests.chaos.share import long


@pytest.fixture(scope="module")
def figures(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    folder: Path = tmp_path_factory.mktemp("bench")
    out = folder / "figures.json"
    tiny = [
        "--providers",
        "resend",
        "--messages",
        "8",
        "--repetitions",
        "1",
        "--sizes",
        "8",
        "12",
        "--folder",
        str(folder),
    ]
    main([*tiny, "--text-size", "4000", "--folder", str(folder), "--json", "--out", str(out)])
    found: dict[str, Any] = json.loads(out.read_text(encoding="utf-8"))
    return found


@long
def test_every_sender_reaches_everybody(figures: dict[str, Any]) -> None:
    senders = [(row["provider"], row["sender"]) for row in figures["rates"]]
    expected = ["bare session", "bare + least ledger", "distribute", "distribute, 4 lanes"]
    assert senders == [("resend", sender) for sender in expected]
    assert all(row["cpu_us"] > 0 and row["per_second"] > 0 for row in figures["rates"])


@long
def test_sizes_starts_and_lateness_are_measured(figures: dict[str, Any]) -> None:
    assert [size["recipients"] for size in figures["sizes"]] == [8, 12, 8]
    assert all(size["plan_peak"] > 0 and size["send_peak"] > 0 and size["body_bytes"] >= 0 for size in figures["sizes"])
    assert figures["cold_starts"][0]["ratio"] == 1
    assert len(figures["lateness"]) == 1
    assert 0 <= figures["lateness"][0] < 60


@long
def test_letters_are_filled_and_finished_by_everybody(figures: dict[str, Any]) -> None:
    ours = [row for row in figures["letters"] if row["way"] == "distribute"]
    assert {row["to_ours"] for row in ours} == {1}
    assert len(figures["letters"]) == len(ours) + 4


@long
def test_every_shape_of_text_is_read(figures: dict[str, Any]) -> None:
    assert len(figures["reading"]) > 10
    assert all(row["seconds_per_mb"] > 0 and row["growth"] > 0 for row in figures["reading"])


@long
def test_the_page_shows_every_figure_and_says_what_was_left_out(figures: dict[str, Any]) -> None:
    page = table.page(figures)
    assert "django-anymail was left out" in page
    for word in ("sendgrid", "resend", "distribute show", "Memory at 12 against 8", "seconds late", "never closed"):
        assert word in page
