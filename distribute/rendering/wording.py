"""Both parts of a letter say the same: the words of its HTML, as a reader would copy them, are those of its text."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from itertools import accumulate
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
    hrefs = {link.get("href", "").removeprefix("mailto:") for link in body.iter("a")} - {""}
    address = "|".join(map(re.escape, sorted(hrefs, key=len, reverse=True))) or "(?!)"
    ours, theirs = (_words(part, address) for part in ("".join(_visible(body)), text))
    if "".join(ours) != "".join(theirs):
        raise _difference(ours, theirs, find)


def _words(part: str, address: str) -> list[str]:
    """The words of a part without the addresses that the text adds: in brackets, or at the end of a line.

    One in brackets may stand within a word that is linked by half, so words are compared without what is between them.
    """
    return _WORD.findall(
        re.sub(rf"(?:{address})[ \t]*$", "", re.sub(rf" \((?:{address})\)", "", part), flags=re.MULTILINE)
    )


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
    one, other = "".join(ours), "".join(theirs)
    pairs = enumerate(zip(one, other, strict=False))
    at = next((index for index, pair in pairs if pair[0] != pair[1]), min(len(one), len(other)))
    here, there = _word_at(ours, at), _word_at(theirs, at)
    phrases = (" ".join(ours[here : here + length]) for length in range(4, 0, -1))
    place = next((place for phrase in phrases if (place := find(phrase))), None)
    return blame(
        f"the HTML says “{_around(ours, here)}” where the plain text says “{_around(theirs, there)}”: both parts have "
        "to say the same, so words are edited in locale/*.po, from where both have them, never in email/*.j2 alone",
        place,
    )


def _word_at(words: list[str], at: int) -> int:
    """The number of the word that holds the character ``at``, counted without what is between them."""
    return bisect_right([*accumulate(map(len, words))], at)


def _around(words: list[str], at: int) -> str:
    before, after = words[max(0, at - _SHOWN) : at], words[at : at + _SHOWN]
    return " ".join(["…" if at > _SHOWN else "", *before, *after, "…" if at + _SHOWN < len(words) else ""]).strip()
