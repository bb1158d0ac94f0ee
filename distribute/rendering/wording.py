"""Both parts of a letter say the same: the words of its HTML, as a reader would copy them, are those of its text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from lxml import html as lxml_html

from distribute.errors import RenderError
from distribute.rendering.origin import Place, blame

_BLOCKS = frozenset({"p", "h1", "h2", "h3", "li", "br", "td", "tr", "table", "div", "ul", "ol"})
_UNSEEN = frozenset({"head", "style", "script", "title"})
_WORD = re.compile(r"\w+")
_SHOWN = 6  # words on either side of the first difference


def compare_words(html: str, text: str, find: Callable[[str], Place | None] = lambda _: None) -> None:
    """Raise RenderError where the words of the HTML first part from those of the text, quoting both.

    What is not seen (alternative texts, the preheader) counts for nothing, nor do the addresses of links, which the
    text writes out. ``find`` tells which line of which template wrote some words.
    """
    body = lxml_html.fromstring(html.encode(), parser=lxml_html.HTMLParser(encoding="utf-8"))
    links = sorted({link.get("href", "") for link in body.iter("a")} - {""}, key=len, reverse=True)
    addresses = re.compile("|".join(re.escape(link.removeprefix("mailto:")) for link in links) or r"(?!)")
    shown = addresses.sub(" ", "".join(_visible(body)))
    ours, theirs = _WORD.findall(shown), _WORD.findall(addresses.sub(" ", text))
    if ours != theirs:
        raise _difference(ours, theirs, find)


def _visible(element: Any) -> Iterator[str]:
    """What select-all would copy."""
    if isinstance(element.tag, str) and element.tag not in _UNSEEN and "display:none" not in element.get("style", ""):
        edge = "\n" if element.tag in _BLOCKS else ""
        yield edge + (element.text or "")
        for child in element:
            yield from _visible(child)
        yield edge
    yield element.tail or ""


def _difference(ours: list[str], theirs: list[str], find: Callable[[str], Place | None]) -> RenderError:
    pairs = enumerate(zip(ours, theirs, strict=False))
    at = next((index for index, (one, other) in pairs if one != other), min(len(ours), len(theirs)))
    phrases = (" ".join(ours[at : at + length]) for length in range(4, 0, -1))
    place = next((place for phrase in phrases if (place := find(phrase))), None)
    return blame(
        f"the HTML says “{_around(ours, at)}” where the plain text says “{_around(theirs, at)}”: both parts have to "
        "say the same, so words are edited in locale/*.po, from where both have them, never in email/*.j2 alone",
        place,
    )


def _around(words: list[str], at: int) -> str:
    before, after = words[max(0, at - _SHOWN) : at], words[at : at + _SHOWN]
    return " ".join(["…" if at > _SHOWN else "", *before, *after, "…" if at + _SHOWN < len(words) else ""]).strip()
