"""``preview --plan``: a frozen plan on the page its author saw."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from tests.cli.conftest import RELEASE, Command
from tests.sources.test_pictures import photograph
from tests.sources.word_builders import saved, word

ORDER = (
    "bridge.txt",
    "--to",
    "press",
    "--on",
    "bluesky",
    "--on",
    "mastodon",
    "--set",
    "link=https://press.example.com/b",
)


@pytest.fixture
def plan(distribute: Command, workspace: Path) -> str:
    text = RELEASE.replace("until the spring", "until the spring of 2O27")
    (workspace / "bridge.txt").write_text(text)
    result = distribute("plan", *ORDER, "--json")
    assert result.code == 0, result.err
    return str(result.json["plan"])


def test_who_approves_sees_what_the_author_saw(distribute: Command, plan: str) -> None:
    drawn, frozen = distribute("preview", *ORDER, "--text"), distribute("preview", "--plan", plan, "--text")
    assert frozen.code == 0, frozen.err
    assert frozen.out == drawn.out
    assert "The Example" in Path(distribute("preview", "--plan", plan).out.strip()).read_text()


def test_the_page_names_the_plan_and_its_hash(distribute: Command, workspace: Path, plan: str) -> None:
    path = Path(distribute("preview", "--plan", f"plans/{plan}.jsonl").out.strip())
    assert path == workspace / "preview" / f"{plan}.html"
    page = path.read_text()
    header = json.loads((workspace / "plans" / f"{plan}.jsonl").read_text().partition("\n")[0])
    assert "Frozen plan" in page
    assert page.count(plan) >= 2
    assert header["hash"] in page
    assert "press.example.com/u" not in page


def test_it_stays_what_was_frozen_whatever_became_of_the_files(distribute: Command, workspace: Path, plan: str) -> None:
    before = distribute("preview", "--plan", plan, "--json").json
    (workspace / "bridge.txt").write_text(RELEASE.replace("footbridge", "motorway bridge"))
    (workspace / "recipients" / "press.csv").unlink()
    after = distribute("preview", "--plan", plan, "--json").json
    for key in ("letters", "posts", "recipients", "summary"):
        assert before[key] == after[key] or key == "summary"
    assert after["summary"] == ["5 journalists on 1 list, 2 networks, as soon as it is confirmed"]
    text = distribute("preview", "--plan", plan, "--text").out
    assert "The Rideau footbridge" in text
    assert "motorway" not in text
    assert {it["message"] for it in before["findings"]} == {it["message"] for it in after["findings"]}


def test_a_plan_that_was_changed_or_never_made_is_not_shown(distribute: Command, workspace: Path, plan: str) -> None:
    path = workspace / "plans" / f"{plan}.jsonl"
    path.write_text(path.read_text().replace("footbridge", "motorway"))
    result = distribute("preview", "--plan", plan)
    assert result.code == 2
    assert "was changed after it was planned" in result.err
    assert "there is no plan “other”" in distribute("preview", "--plan", "other").err


def test_pictures_and_files_that_come_with_the_letters_are_shown(distribute: Command, workspace: Path) -> None:
    document = word("The pier stays closed until the spring", "", "OTTAWA, 24 November 2026 – It stays closed.")
    document.add_picture(io.BytesIO(photograph()))
    document.add_paragraph("Media contact: Ada Moreau, Example Works, 613-555-0142, ada.moreau@example.org")
    (workspace / "pier.docx").write_bytes(saved(document))
    planned = distribute("plan", "pier.docx", "--to", "press", "--inline-images", "--json")
    assert planned.code == 0, planned.err
    result = distribute("preview", "--plan", planned.json["plan"])
    assert result.code == 0, result.err
    page = Path(result.out.strip()).read_text()
    assert "data:image/jpeg;base64," in page
    assert 'src=\\"cid:' in page


def test_a_plan_and_wishes_do_not_go_together(distribute: Command, plan: str) -> None:
    assert distribute("preview").code == 2
    assert distribute("preview", "bridge.txt", "--plan", plan).code == 2
    assert distribute("preview", "--plan", plan, "--to", "press").code == 2
