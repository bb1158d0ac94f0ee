"""The preview as its readers use it: the page in a browser, its pictures, its words in a terminal."""

from __future__ import annotations

import json
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest

from tests.cli.browsing import Visitor, needs_chromium, open_visitor
from tests.cli.conftest import RELEASE, Command

ORDER = ("bridge.txt", "--to", "press", "--on", "mastodon", "--on", "x", "--set", "link=https://press.example.com/b")
SLY = '"Zoé <b>O’Neill</b>"'


@pytest.fixture(scope="module")
def visitor() -> Iterator[Visitor]:
    yield from open_visitor()


@pytest.fixture
def page(distribute: Command, workspace: Path) -> Path:
    """A page for five readers, one of whom has a name to be careful with, and a release with a placeholder."""
    (workspace / "bridge.txt").write_text(RELEASE.replace("a safe one", "a TBC one"))
    path = workspace / "recipients" / "press.csv"
    path.write_text(
        path.read_text().replace("reader4@example.com,Reader,4", 'zoe@example.com,"""Zoé <b>O’Neill</b>""",')
    )
    result = distribute("preview", *ORDER)
    assert result.code == 0, result.err
    return Path(result.out.strip())


@needs_chromium
def test_views_and_variants_are_switched(visitor: Visitor, page: Path) -> None:
    visitor.visit(page)
    assert visitor.is_seen("#screen-1-panel")
    wide = visitor.ask("document.querySelector('#screen-1-panel iframe').clientWidth")
    visitor.click("label[for=phone-1]")
    assert visitor.ask("document.querySelector('#screen-1-panel iframe').clientWidth") == 375
    assert isinstance(wide, int)
    assert wide > 600
    visitor.click("label[for=dark-1]")
    scheme = "getComputedStyle(document.querySelector('#screen-1-panel iframe')).colorScheme"
    assert visitor.ask(scheme) == "dark"
    visitor.click("label[for=bare-1]")
    assert "no images" in visitor.text("#bare-1-panel")
    visitor.click("label[for=text-1]")
    assert "The bridge stays closed until spring" in visitor.text("#text-1-panel pre")
    assert not visitor.is_seen("#screen-1-panel")
    visitor.click("label[for=source-1]")
    assert "List-Unsubscribe-Post" in visitor.text("#source-1-panel .headers")
    visitor.click("label[for=variant-2]")
    assert visitor.is_seen("#letter-2")
    assert not visitor.is_seen("#letter-1")


@needs_chromium
def test_a_recipient_is_found_and_their_very_copy_shown(visitor: Visitor, page: Path) -> None:
    visitor.visit(page)
    visitor.click("#reader")
    visitor.type("zoe o’neill")
    visitor.wait_for("document.querySelectorAll('#readers button').length === 1")
    visitor.press("Enter", 13, "\r")
    assert visitor.text(".reader") == f'"\\{SLY[:-1]}\\"" <zoe@example.com>'
    visitor.click("label[for=source-1]")
    headers = visitor.text("#source-1-panel .headers")
    assert "<zoe@example.com>" in headers
    assert visitor.text(".rank") == "3 of 3"
    assert "This is the copy of" in visitor.text("#readers-found")


@needs_chromium
def test_a_row_of_the_table_leads_to_that_person_s_copy(visitor: Visitor, page: Path) -> None:
    visitor.visit(page)
    visitor.click("#wanted")
    visitor.type("reader3")
    visitor.wait_for("document.querySelectorAll('#recipients tbody tr').length === 1")
    assert visitor.text("#found") == "1 who get a letter"
    visitor.click("#recipients .see")
    assert visitor.is_seen("#letter-2")
    assert visitor.text("#letter-2 .reader") == "Reader 3 <reader3@example.com>"
    assert visitor.ask("document.activeElement.id") == "letters-heading"
    visitor.click("#letter-2 .step[data-by='1']")
    assert visitor.text("#letter-2 .reader") == "Reader 0 <reader0@example.com>"


@needs_chromium
def test_what_blocks_is_found_in_its_line(visitor: Visitor, page: Path) -> None:
    visitor.visit(page)
    visitor.click(".verdict a")
    visitor.wait_for("location.hash === '#findings'")
    assert visitor.text(".finding .badge") == "Blocks"
    assert visitor.text(".finding mark") == "TBC"
    assert visitor.ask("document.querySelector('.finding .is-meant').value") == 5


@needs_chromium
def test_a_post_is_copied_word_for_word(visitor: Visitor, page: Path) -> None:
    visitor.visit(page)
    visitor.browser.ask("Browser.grantPermissions", permissions=["clipboardReadWrite", "clipboardSanitizedWrite"])
    visitor.click(".copy")
    visitor.wait_for("document.querySelector('.copied').textContent === 'Copied'")
    copied = visitor.ask("navigator.clipboard.readText()")
    assert copied == visitor.ask("document.querySelector('.said').textContent")


@needs_chromium
def test_everything_can_be_read_without_scripts_and_what_needs_them_is_away(visitor: Visitor, page: Path) -> None:
    visitor.visit(page, has_scripts=False)
    shown = visitor.text("body")
    for words in ("zoe@example.com", "TBC", "Reader 1 <reader1@example.com>", "weighted characters"):
        assert words in shown
    assert not any(visitor.is_seen(it) for it in (".finder", ".search", ".copying", ".steps", ".further"))
    visitor.click("label[for=text-1]")
    assert "The bridge stays closed" in visitor.text("#text-1-panel pre")


@needs_chromium
def test_the_page_does_what_its_policy_allows_and_loads_nothing(visitor: Visitor, page: Path) -> None:
    visitor.browser.ask("Log.enable")
    visitor.browser.ask("Network.enable")
    visitor.visit(page)
    said = [it for it in visitor.browser._events if it.get("method") == "Log.entryAdded"]
    asked = [it for it in visitor.browser._events if it.get("method") == "Network.requestWillBeSent"]
    assert [it["params"]["entry"]["text"] for it in said] == []
    assert {it["params"]["request"]["url"].partition(":")[0] for it in asked} <= {"file", "about"}


@needs_chromium
def test_a_plan_without_letters_is_searched_too(visitor: Visitor, distribute: Command, workspace: Path) -> None:
    result = distribute("preview", *ORDER, "--embargo", "2099-11-24 06:00 America/Toronto")
    visitor.visit(Path(result.out.strip()))
    visitor.click("#wanted")
    visitor.type("reader3")
    visitor.wait_for("document.querySelectorAll('#skips tbody tr').length === 1")
    assert visitor.text("#found") == "1 left out"
    visitor.click(".copy")
    visitor.wait_for("document.querySelector('.copied').textContent !== ''")


@needs_chromium
@pytest.mark.parametrize("width", [320, 375, 1280])
def test_nothing_is_wider_than_the_window(visitor: Visitor, page: Path, width: int) -> None:
    visitor.visit(page, width)
    assert visitor.ask("document.documentElement.scrollWidth") == width


def test_a_program_gets_one_document(distribute: Command, workspace: Path) -> None:
    document = distribute("preview", *ORDER, "--json").json
    assert Path(document["page"]).is_file()
    assert document["pictures"] == []
    assert [(it["label"], it["recipients"]) for it in document["letters"]] == [("English", 3), ("French", 2)]
    assert [it["network"] for it in document["posts"]] == ["mastodon", "x"]
    assert document["recipients"] == 5
    assert {it["severity"] for it in document["findings"]} == {"warning"}
    assert json.dumps(document).count("/u/") == 0


def test_nobody_s_unsubscribe_link_is_on_the_page(page: Path) -> None:
    text = unescape(page.read_text())
    assert "https://press.example.com/…" in text
    assert "press.example.com/u" not in text
