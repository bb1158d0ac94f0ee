"""The last look at a letter: nothing in it runs, tracks, loads from a stranger or hides the order of its letters."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html.parser import HTMLParser

from distribute.errors import RenderError
from distribute.rendering.hosts import Hosts, host, is_numeric, misleads, stranger
from distribute.rendering.origin import Place, blame
from distribute.rendering.prose import TELEPHONE

_ALLOWED = frozenset(
    {"html", "head", "title", "meta", "style", "body", "table", "tbody", "tr", "td", "div", "p", "h1", "h2", "h3", "ul"}
    | {"ol", "li", "a", "abbr", "b", "br", "em", "i", "img", "small", "span", "strong", "sub", "sup"}
)
"""What the compiler and our templates write; a letter needs nothing else."""

_FOR_OUTLOOK = frozenset({"noscript", "xml"})
_LOADS = frozenset({"src", "background"})
_ELSEWHERE = frozenset(
    {"action", "archive", "cite", "classid", "codebase", "data", "dynsrc", "formaction", "icon", "imagesrcset"}
    | {"longdesc", "lowsrc", "manifest", "ping", "poster", "profile", "srcdoc", "srcset", "usemap", "xlink:href"}
)
CSS_THAT_LOADS = re.compile(
    r"url\s*\(|image-set|cross-fade|image\s*\(|@import|@font-face|expression\s*\(|javascript:|behaviou?r\s*:"
    r"|-moz-binding|\\|<",
    re.IGNORECASE,
)
_CONTROLS = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufffd-\uffff]"
    r"|[" + "".join(f"\\U{plane:04x}fffe\\U{plane:04x}ffff" for plane in range(1, 17)) + "]"
)
_ADDRESS = re.compile(r"(?:https?:)?//[^\s\"'<>]+", re.IGNORECASE)
_OUTLOOK_TAG = re.compile(r"<\s*([a-z][\w:-]*)([^>]*)", re.IGNORECASE)
_TELEPHONE = re.compile(TELEPHONE, re.IGNORECASE)
_SMALLEST = 4  # pixels; what is smaller is there to be counted, not seen

Fault = tuple[str, str]
"""What to look for in the template, and what is wrong with it."""


def inspect_html(html: str, hosts: Hosts, find: Callable[[str], Place | None] = lambda _: None) -> None:
    """Raise RenderError unless every link is https, mailto or tel and leads to one of the hosts it may lead to,
    every picture comes from one it may come from, and nothing in the page runs or loads anything else.

    ``find`` tells which line of which template wrote an address.
    """
    reader = _Reader(hosts)
    reader.feed(html)
    reader.close()
    if not reader.faults:
        return
    place = next((place for needle, _ in reader.faults if (place := find(needle))), None)
    told = "; ".join(dict.fromkeys(sentence for _, sentence in reader.faults))
    raise blame(f"the letter may not go out: {told}", place)


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

    def __init__(self, hosts: Hosts) -> None:
        super().__init__(convert_charrefs=True)
        self.hosts = hosts
        self.faults: list[Fault] = []
        self._is_style = False
        self._href = ""
        self._words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._is_style = tag == "style"
        if tag not in _ALLOWED:
            self.faults.append((f"<{tag}", f"it holds <{tag}>"))
        for name, value in attrs:
            self.faults += _faults(tag, name, value or "", self.hosts)
        if tag == "a":
            self._href, self._words = next((value or "" for name, value in attrs if name == "href"), ""), []
        if tag == "img":
            self.faults += _pixels(dict(attrs))

    def handle_endtag(self, tag: str) -> None:
        self._is_style = self._is_style and tag != "style"
        if tag == "a" and (shown := misleads("".join(self._words), self._href)):
            self.faults.append((self._href, f"a link shows {shown} and leads to {host(self._href)}, as in fraud"))
            self._href = ""

    def handle_data(self, data: str) -> None:
        self._words.append(data)
        if self._is_style and (match := CSS_THAT_LOADS.search(data)):
            self.faults.append((match[0], f"its style sheet loads something with “{match[0]}”"))

    def handle_comment(self, data: str) -> None:
        for address in _ADDRESS.findall(data):
            self.faults.append((address, f"a comment names {address}"))
        for match in _OUTLOOK_TAG.finditer(data):
            tag = match[1].lower()
            if tag not in _ALLOWED | _FOR_OUTLOOK and ":" not in tag:
                self.faults.append((match[0], f"a comment holds <{tag}>"))
            if re.search(r"[\s/\"']on\w+\s*=", match[2], re.IGNORECASE):
                self.faults.append((match[0], f"a comment holds a <{tag}> with a script"))

    def unknown_decl(self, data: str) -> None:
        self.faults.append((data, f"it holds <![{data[:20]}"))

    def handle_pi(self, data: str) -> None:
        self.faults.append((data, f"it holds <?{data[:20]}"))


def _faults(tag: str, name: str, value: str, hosts: Hosts) -> Iterator[Fault]:
    """What is wrong with one attribute."""
    if name.startswith("on"):
        yield name, f"<{tag}> carries the script {name}"
    if name == "style" and (match := CSS_THAT_LOADS.search(value)):
        yield value, f"<{tag}> loads something in its style with “{match[0]}”"
    if name == "http-equiv" and value.lower() in {"refresh", "set-cookie"}:
        yield value, "it sends the reader to another page"
    if name in _ELSEWHERE:
        yield name, f"<{tag}> has “{name}”, which letters do not need"
    if name == "href":
        yield from ((value, sentence) for sentence in _link_faults(value, hosts))
    if name in _LOADS:
        yield from ((value, sentence) for sentence in _load_faults(value, hosts))


def _link_faults(value: str, hosts: Hosts) -> Iterator[str]:
    scheme = value.partition(":")[0].lower()
    if scheme == "mailto":
        if "@" not in value:
            yield f"the address “{value}” is no e-mail address"
    elif scheme == "tel":
        if not _TELEPHONE.fullmatch(value):
            yield f"the address “{value}” is no telephone number"
    elif scheme != "https":
        yield f"the address “{value}” is not https, mailto or tel"
    elif is_numeric(host(value)):
        yield f"the address “{value}” leads to a bare number: write the name of the host"
    elif not hosts.may_lead(host(value)):
        yield f"the address “{value}” leads to {host(value) or 'nowhere'}, which is not yours and not in the release"


def _load_faults(value: str, hosts: Hosts) -> Iterator[str]:
    if value.lower().startswith("cid:"):
        return
    if not value.lower().startswith("https://"):
        yield f"the address “{value}” of a picture is not https"
    elif is_numeric(host(value)):
        yield f"the address “{value}” of a picture is a bare number: write the name of the host"
    elif why := stranger(value, hosts):
        yield f"the picture “{value}” {why}"


def _pixels(attributes: dict[str, str | None]) -> Iterator[Fault]:
    for name in ("width", "height"):
        size = (attributes.get(name) or "").removesuffix("px")
        if size.isdecimal() and int(size) < _SMALLEST:
            source = attributes.get("src") or ""
            yield source, f"the picture “{source}” is {size} pixels small: it counts readers, take it out"
