"""Text full of tags, templates, quotes and invisible characters comes out as text, in both parts, by every provider."""

from __future__ import annotations

import html
import json
import re
from email import message_from_bytes, policy
from email.utils import getaddresses
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from tests.channels.conftest import Fake
from tests.cli.conftest import Command

NASTY = """<script>alert("1")</script> & {{7*7}} {% raw %} ${x} %s <!-- --> ]]> "a" 'b' \\" -text.token.00- <mj-text>"""
RELEASE = f"""---
silence:
  placeholder: it is meant as it stands
---
The bridge stays closed {{{{7*7}}}} <b>until</b> “spring”

OTTAWA, 24 November 2026 – The Rideau footbridge stays closed until spring, the city’s engineers said on Tuesday.

{NASTY}

From the start it was known.

{"word" * 400}

.

“We looked for a way to open one lane <img src=x onerror=alert(1)> and found none,” said Ada Moreau, Chief Engineer.

-30-

Media contact: Ada Moreau, Example Works, 613-555-0142, ada.moreau@example.org
"""
NAMES = {
    "plain@example.com": ("<script>alert(1)</script>", "{{7*7}}"),
    "quotes@example.com": ('"; Bcc: eve@example.com', "O'Brien \\\\"),
    "lines@example.com": ("Ann\r\nBcc: eve@example.com", "Berg"),
    "turned@example.com": ("Ann\u202eegroG", "\u2066Berg\u2069"),
    "odd@example.com": ("=?utf-8?q?x?=", "  Łódź\u00a0警察  "),
}


class Words(HTMLParser):
    """The words a reader sees, and the tags."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.seen = ""
        self.tags: set[str] = set()
        self.is_hidden = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.tags |= {name for name, _ in attrs if name.startswith("on")}
        self.is_hidden = tag in {"style", "title"}

    def handle_endtag(self, tag: str) -> None:
        self.is_hidden = False

    def handle_data(self, data: str) -> None:
        self.seen += "" if self.is_hidden else data


@pytest.fixture
def hostile(workspace: Path) -> Path:
    (workspace / "hostile.txt").write_text(RELEASE)
    rows = [",".join('"' + cell.replace('"', '""') + '"' for cell in (it, *names)) for it, names in NAMES.items()]
    text = "\n".join(["email,first_name,last_name", *rows, ""])
    (workspace / "recipients" / "odd.csv").write_text(text, newline="")
    return workspace


def send(distribute: Command, **environ: str) -> Any:
    return distribute("send", "hostile.txt", "--to", "odd", "--confirm", "5", "--json", GREETING="1", **environ)


def flat(text: str) -> str:
    return " ".join(text.split())


def require_text(plain: str, page: str) -> None:
    """The nasty words stand in both parts as they were written, and no tag of theirs is one."""
    assert flat(NASTY) in flat(plain)
    assert "\nFrom the start it was known." in plain
    assert "word" * 400 in plain
    reader = Words()
    reader.feed(page)
    assert flat(NASTY) in flat(reader.seen)
    assert not reader.tags & {"script", "onerror", "mj-text"}
    assert "49" not in plain.split("613-555", maxsplit=1)[0].replace("2026", "")
    assert html.escape("<img src=x onerror=alert(1)>", quote=False) in page


def letters_of(name: str, fake: Fake | None, workspace: Path) -> dict[str, tuple[str, str, str]]:
    """Display name, text and HTML as each of the five was sent them."""
    if fake is None:
        found = {}
        for path in workspace.rglob("outbox/**/*.eml"):
            read: Any = message_from_bytes(path.read_bytes(), policy=policy.default)
            assert read["Bcc"] is None
            assert not read.defects
            (to,) = read["To"].addresses
            plain, page = (read.get_body((kind,)).get_content() for kind in ("plain", "html"))
            found[to.addr_spec] = (to.display_name, plain.replace("\r\n", "\n"), page)
        return found
    if name == "sendgrid":
        received: Any = fake.received  # type: ignore[attr-defined]
        return {to: ("", it["text/plain"], it["text/html"]) for to, it in received.items()}
    entries = fake.received.values() if name == "postmark" else json.loads(fake.bodies[0])  # type: ignore[attr-defined]
    lower = [{key.lower(): value for key, value in entry.items()} for entry in entries]
    people = [getaddresses([it["to"]] if name == "postmark" else it["to"]) for it in lower]
    bodies: list[Any] = [(it.get("textbody", it.get("text")), it.get("htmlbody", it.get("html"))) for it in lower]
    return {to: (shown, *both) for ((shown, to),), both in zip(people, bodies, strict=True)}


@pytest.mark.parametrize("name", ["outbox", "sendgrid", "postmark", "resend"])
def test_whatever_stands_in_a_release_or_a_list_comes_out_as_text(
    name: str, distribute: Command, hostile: Path, request: pytest.FixtureRequest
) -> None:
    fake = request.getfixturevalue(f"{name}_server") if name != "outbox" else None
    environ = fake.environ | {"EMAIL_PROVIDER": name} if fake else {}
    sent = send(distribute, **environ)
    assert (sent.code, sent.err.count("Traceback")) == (0, 0), sent.err
    letters = letters_of(name, fake, hostile)
    assert set(letters) == set(NAMES)
    for shown, plain, page in letters.values():
        require_text(plain, page)
        assert not re.search("[\u202a-\u202e\u2066-\u2069\r\n]", shown)


def test_a_name_with_invisible_characters_keeps_nobody_waiting_and_is_named(distribute: Command, hostile: Path) -> None:
    sent = send(distribute)
    assert (sent.code, sent.json["deliveries"]) == (0, 5)
    checked = distribute("lists", "check", "odd").out
    assert checked.count("held a line break or an invisible character, which was taken out") == 3
    letters = letters_of("outbox", None, hostile)
    assert letters["lines@example.com"][0] == "Ann Bcc: eve@example.com Berg"
    assert letters["turned@example.com"][0] == "Ann egroG Berg"


def test_a_release_that_turns_its_letters_around_is_refused(distribute: Command, hostile: Path) -> None:
    (hostile / "hostile.txt").write_text(RELEASE.replace("Rideau", "Rid\u202eeau"))
    refused = distribute("send", "hostile.txt", "--to", "odd", "--confirm", "5")
    assert refused.code != 0
    assert "bidi-control" in refused.err
