"""The last look at a letter: nothing in it runs, tracks, loads from a stranger or hides the order of its letters."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from html.parser import HTMLParser
from urllib.parse import urlsplit

from distribute.errors import RenderError

_RUNNING = frozenset(
    {"script", "iframe", "frame", "object", "embed", "form", "input", "button", "svg", "math", "base", "link", "video"}
    | {"audio", "source", "portal", "template"}
)
_LEADS = frozenset({"href"})
_LOADS = frozenset({"src", "background", "poster", "data", "srcset", "action", "formaction", "longdesc", "cite"})
_CSS_LOADS = re.compile(r"url\s*\(|@import|expression\s*\(|javascript:", re.IGNORECASE)
_CONTROLS = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufffd-\uffff]"
    r"|[" + "".join(f"\\U{plane:04x}fffe\\U{plane:04x}ffff" for plane in range(1, 17)) + "]"
)
_ADDRESS = re.compile(r"(?:https?:)?//[^\s\"'<>]+", re.IGNORECASE)


def host(url: str) -> str:
    """The host of an address, lower case; empty when there is none."""
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def inspect_html(html: str, hosts: Set[str]) -> None:
    """Raise RenderError unless every link is https, mailto or tel, every https address leads to one of
    ``hosts`` (lower case), and nothing in the page runs or loads anything else.
    """
    reader = _Reader(hosts)
    reader.feed(html)
    reader.close()
    if reader.problems:
        raise RenderError("the letter may not go out: " + "; ".join(dict.fromkeys(reader.problems)))


def inspect_characters(text: str, where: str) -> None:
    """Raise RenderError for control characters, for those that are none, and for those that reorder text.

    U+202A to U+202E and U+2066 to U+2069 make a reader see other words than were written
    (https://www.unicode.org/reports/tr36/); U+FFFD is what a damaged file leaves behind.
    """
    match = _CONTROLS.search(text)
    if match:
        around = _CONTROLS.sub("▯", text[max(0, match.start() - 20) : match.start() + 20]).strip()
        raise RenderError(f"{where} holds the invisible character U+{ord(match[0]):04X} in “{around}”: remove it")


class _Reader(HTMLParser):
    """Collects what is wrong with a page; comments are read too, Outlook acts on them."""

    def __init__(self, hosts: Set[str]) -> None:
        super().__init__(convert_charrefs=True)
        self.hosts = hosts
        self.problems: list[str] = []
        self._is_style = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._is_style = tag == "style"
        if tag in _RUNNING:
            self.problems.append(f"it holds <{tag}>")
        for name, value in attrs:
            self.problems += _faults(tag, name, value or "", self.hosts)

    def handle_endtag(self, tag: str) -> None:
        self._is_style = self._is_style and tag != "style"

    def handle_data(self, data: str) -> None:
        if self._is_style and _CSS_LOADS.search(data):
            self.problems.append("its style sheet loads something")

    def handle_comment(self, data: str) -> None:
        for address in _ADDRESS.findall(data):
            self.problems.append(f"a comment names {address}")


def _faults(tag: str, name: str, value: str, hosts: Set[str]) -> Iterator[str]:
    """What is wrong with one attribute."""
    if name.startswith("on"):
        yield f"<{tag}> carries the script {name}"
    if name == "style" and _CSS_LOADS.search(value):
        yield f"<{tag}> loads something in its style"
    if name == "http-equiv" and value.lower() == "refresh":
        yield "it sends the reader to another page"
    if name in _LEADS | _LOADS:
        yield from _address_faults(name, value, hosts)


def _address_faults(name: str, value: str, hosts: Set[str]) -> Iterator[str]:
    scheme = value.partition(":")[0].lower()
    if scheme in {"mailto", "tel"} and name in _LEADS:
        return
    if scheme != "https":
        yield f"the address “{value}” is not https, mailto or tel"
    elif host(value) not in hosts:
        yield f"the address “{value}” leads to {host(value) or 'nowhere'}, which the release does not name"
