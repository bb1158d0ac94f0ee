"""A finished letter where journalists meet it: in a browser, in a spam filter, on a narrow screen, copied as text."""

from __future__ import annotations

import email
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from email import policy
from email.message import EmailMessage
from pathlib import Path

import pytest

from tests.cli.browsing import Visitor, needs_chromium, open_visitor
from tests.cli.conftest import RELEASE, Command

AXE = Path(os.environ.get("AXE_JS", "node_modules/axe-core/axe.min.js"))
SPAMASSASSIN = shutil.which("spamassassin")
LONG = "https://www.example.org/reports/" + "a-very-long-address-without-an-end" * 4
SELECT_ALL = "(() => { getSelection().selectAllChildren(document.body); return getSelection().toString() })()"
EXAMINE = """axe.run(document, {rules: {region: {enabled: false}, 'landmark-one-main': {enabled: false}}})
    .then((it) => it.violations.map((one) => one.id + ': ' + one.nodes[0].html).join(' '))"""
"""Without the rules that ask for landmarks of a page: a letter is shown inside one."""

FULL = RELEASE.replace("-30-", f"- one\n- two\n\nSee {LONG}\n\n-30-\n\nNotes to editors\n\n1. Names were changed.")
READERS = """email,first_name,language,embargo_ok
ana@example.org,Ana,en,yes
jean@example.org,Jean,fr,yes
leila@example.org,ليلى,ar,yes
"""


@pytest.fixture(params=[(), ("--embargo", "2027-03-02 06:00 America/Toronto")], ids=["plain", "embargoed"])
def letters(request: pytest.FixtureRequest, distribute: Command, workspace: Path) -> dict[str, Path]:
    """The .eml of each of three readers in three languages, one of them from right to left."""
    (workspace / "bridge.md").write_text(FULL)
    (workspace / "recipients" / "press.csv").write_text(READERS)
    (workspace / "pitch.txt").write_text("Would this interest your readers?")
    sent = distribute(
        "send", "bridge.md", "--to", "press", "--note", "pitch.txt", *request.param, "--confirm", "3", "--at", "now"
    )
    assert sent.code == 0, sent.err
    return {path.name.partition("@")[0]: path for path in workspace.glob("outbox/*/email/*.eml")}


@pytest.fixture(scope="module")
def visitor() -> Iterator[Visitor]:
    yield from open_visitor()


def parts(path: Path) -> tuple[str, str]:
    """The text and the HTML of an .eml file."""
    message = email.message_from_bytes(path.read_bytes(), policy=policy.default)
    assert isinstance(message, EmailMessage)
    text, html = (message.get_body((kind,)) for kind in ("plain", "html"))
    assert text is not None
    assert html is not None
    return text.get_content().replace("\r\n", "\n"), html.get_content()


def words(text: str) -> list[str]:
    return re.findall(r"\w+", re.sub(r"https?://\S+", " ", text))


@needs_chromium
def test_what_is_copied_out_of_it_is_its_text_part(letters: dict[str, Path], visitor: Visitor, tmp_path: Path) -> None:
    for name, path in letters.items():
        text, html = parts(path)
        page = tmp_path / f"{name}.html"
        page.write_text(html)
        visitor.visit(page, 600)
        copied = str(
            visitor.ask(
                "(() => { const s = getSelection(); s.selectAllChildren(document.body); return s.toString() })()"
            )
        )
        assert words(copied) == words(text)
        assert "\t" not in copied


@needs_chromium
def test_nothing_is_wider_than_the_screen(letters: dict[str, Path], visitor: Visitor, tmp_path: Path) -> None:
    for name, path in letters.items():
        page = tmp_path / f"{name}.html"
        page.write_text(parts(path)[1])
        for width in (320, 375, 600, 700):
            visitor.visit(page, width)
            assert visitor.ask("document.documentElement.scrollWidth") == width, (name, width)


@needs_chromium
@pytest.mark.skipif(not AXE.is_file(), reason="axe-core is not here: name its axe.min.js in AXE_JS")
def test_a_screen_reader_and_weak_eyes_find_no_fault(
    letters: dict[str, Path], visitor: Visitor, tmp_path: Path
) -> None:
    for name, path in letters.items():
        page = tmp_path / f"{name}.html"
        page.write_text(parts(path)[1])
        for is_dark in (False, True):
            visitor.visit(page, 600, is_dark=is_dark)
            visitor.ask(AXE.read_text(encoding="utf-8") + ";0")
            assert visitor.ask(EXAMINE) == "", (name, is_dark)


@pytest.mark.skipif(SPAMASSASSIN is None, reason="SpamAssassin is not here: apt-get install spamassassin")
def test_a_spam_filter_has_little_to_say(letters: dict[str, Path]) -> None:
    assert SPAMASSASSIN
    for name, path in letters.items():
        done = subprocess.run([SPAMASSASSIN, "-L", "-t"], input=path.read_bytes(), capture_output=True, check=True)
        score = re.search(rb"score=(-?[0-9.]+)", done.stdout)
        assert score, name
        assert float(score[1]) < 1, name
