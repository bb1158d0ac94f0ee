"""The plan as a file: what was frozen can be told from what was touched."""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path

import pytest

from distribute.delivery.plan_file import read_header, require_unchanged, write_plan
from distribute.domain.plan import Plan
from distribute.errors import PlanError


def test_a_plan_file_names_its_plan_and_holds_every_recipient(plan: Plan, tmp_path: Path) -> None:
    path = write_plan(plan, plan.hash(), tmp_path)
    assert path == tmp_path / "plans" / f"{plan.id}.jsonl"
    assert read_header(path)["hash"] == plan.hash()
    records = [json.loads(line) for line in path.read_text().splitlines()]
    assert [r["recipient"] for r in records if "delivery" in r] == [m.recipient.email for m in plan.messages]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [p.name for p in path.parent.iterdir()] == [path.name], "no draft is left beside it"


def test_a_plan_that_cannot_be_written_leaves_no_draft(
    plan: Plan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(PlanError, match=r"No space left on device.*nothing was planned"):
        write_plan(plan, plan.hash(), tmp_path)
    assert list((tmp_path / "plans").iterdir()) == []


def test_no_secret_is_in_it(plan: Plan, tmp_path: Path) -> None:
    assert "a secret" not in write_plan(plan, plan.hash(), tmp_path).read_text()


@pytest.mark.parametrize("old", ["reader3@example.com", "until spring", '"at":"2026-11-24T12:00:00Z"'])
def test_a_touched_plan_is_refused(plan: Plan, tmp_path: Path, old: str) -> None:
    path = write_plan(plan, plan.hash(), tmp_path)
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, old.replace("3", "4").replace("spring", "summer").replace("12:00", "11:00")))
    with pytest.raises(PlanError, match="was changed after it was planned"):
        read_header(path)


def test_what_is_no_plan_is_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    with pytest.raises(PlanError, match="cannot be read"):
        read_header(path)
    for text in ("", "hello\n", "[]\n", "{}\n"):
        path.write_text(text)
        with pytest.raises(PlanError, match="is not a plan"):
            read_header(path)


def test_an_edited_input_is_drift_and_a_missing_one_is_not(tmp_path: Path) -> None:
    (tmp_path / "release.txt").write_bytes(b"x")
    digest = "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881"
    require_unchanged({"release.txt": digest, "gone.csv": digest}, tmp_path)
    (tmp_path / "release.txt").write_bytes(b"y")
    with pytest.raises(PlanError, match=r"release\.txt was changed after the plan was made"):
        require_unchanged({"release.txt": digest}, tmp_path)
