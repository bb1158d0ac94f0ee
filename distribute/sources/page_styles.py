"""The style sheets that a page has in itself, and what each of its elements is told by them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from lxml import etree

from distribute.sources.colours import Colour, read_colour

_COMMENT = re.compile(r"/\*[^*]*(?:\*(?!/)[^*]*)*(?:\*/|$)")
_SELECTOR = re.compile(r"([a-z][a-z0-9]*|\*)?(?:([.#])([\w-]+))?", re.IGNORECASE)
_READ = frozenset({
    "background", "background-color", "background-image", "color", "display", "font-size", "list-style",
    "list-style-type", "mso-hide", "opacity", "position", "visibility",
})  # fmt: skip
_GROUNDS = ("background", "background-color", "background-image")
_SHOWING_NOTHING = {
    "display": re.compile(r"none"),
    "visibility": re.compile(r"hidden|collapse"),
    "opacity": re.compile(r"0*\.?0+%?"),
    "mso-hide": re.compile(r"all"),
}
_LENGTH = re.compile(r"(\d{0,6}\.?\d{1,6})\s*([a-z%]*)")
_TINY = {"px": 2.0, "pt": 2.0}
_SAME = frozenset({"none", "transparent", "inherit", "initial", "unset", "no-repeat", "repeat", "scroll"})
_LIST_TYPES = {
    "lower-alpha": "a", "lower-latin": "a", "upper-alpha": "A", "upper-latin": "A", "lower-roman": "i",
    "upper-roman": "I", "decimal": "1", "none": "none",
}  # fmt: skip

Declarations = Mapping[str, str]
_Selector = tuple[str, str, str]


class Sheets:
    """Rules of simple selectors (``p``, ``.note``, ``p.note``, ``#x``) that hold on every medium.

    Where two say something of one element the order of CSS decides: id over class over element, then the
    later one. ``knows_grounds`` is False where a background may come from what is not read: a sheet outside
    the page, or a selector of another kind.
    """

    def __init__(self, root: etree._Element) -> None:
        self._rules: dict[_Selector, dict[str, str]] = {}
        links = (link.get("rel", "").casefold().split() for link in root.iter("link"))
        self.knows_grounds = not any("stylesheet" in words for words in links)
        for style in root.iter("style"):
            if not style.get("media") or re.search(r"\b(?:all|screen)\b", style.get("media") or ""):
                self._read(_COMMENT.sub("", style.text or ""))

    def declared(self, element: etree._Element) -> dict[str, str]:
        """What an element is told, by the sheets and by its own ``style``."""
        told: dict[str, str] = {}
        if self._rules:
            tag, classes = str(element.tag), (element.get("class") or "").split()
            names = [("", ""), *((".", name) for name in classes), ("#", element.get("id") or "")]
            for sign, name in names:
                for each in ("*", "", tag):
                    told |= self._rules.get((each, sign, name), {})
        own = element.get("style")
        return told | _declarations(own) if own else told

    def _read(self, sheet: str) -> None:
        if "@import" in sheet:
            self.knows_grounds = False
        depth = 0
        for chunk in sheet.split("}"):
            selectors, _, body = chunk.rpartition("{")
            said = _declarations(body)
            is_plain = not depth and "{" not in selectors
            depth = max(0, depth + chunk.count("{") - 1)
            for selector in selectors.split(",") if said else ():
                simple = _SELECTOR.fullmatch(selector.strip()) if is_plain else None
                if simple and simple[0]:
                    key = (simple[1] or "").lower(), simple[2] or "", simple[3] or ""
                    self._rules[key] = self._rules.get(key, {}) | said
                elif any(name in said for name in _GROUNDS):
                    self.knows_grounds = False


def shows_nothing(told: Declarations) -> bool:
    """An element that is told to show neither itself nor what is in it."""
    return any(name in told and rule.fullmatch(told[name]) for name, rule in _SHOWING_NOTHING.items())


def is_tiny(told: Declarations) -> bool | None:
    """Whether its words are too small to be read; None where nothing is said, or only how much larger they are."""
    match = _LENGTH.fullmatch(told.get("font-size", ""))
    if not match:
        return False if "font-size" in told else None
    size, unit = float(match[1]), match[2]
    return True if not size or size < _TINY.get(unit, 0) else None if unit in {"em", "%"} else False


def ground_of(told: Declarations, element: etree._Element, beneath: Colour | None) -> Colour | None:
    """The colour an element lays under its words, else the one beneath it; None where that cannot be told."""
    said = [told[name] for name in _GROUNDS if name in told] + list(filter(None, [element.get("bgcolor")]))
    if element.get("background") or told.get("position") in {"absolute", "fixed"}:
        return None
    for value in said:
        if "(" in value and "rgb" not in value:
            return None
        for word in _words(value):
            if word not in _SAME:
                beneath = read_colour(word)
    return beneath


def list_type(told: Declarations) -> str | None:
    """How the numbers of a list are written, as its ``type`` would say it."""
    said = _words(f"{told.get('list-style', '')} {told.get('list-style-type', '')}")
    return next((kind for word in reversed(said) if (kind := _LIST_TYPES.get(word))), None)


def _words(value: str) -> list[str]:
    return re.findall(r"[a-z-]+\([^)]*\)|\S+", value)


def _declarations(text: str) -> dict[str, str]:
    return dict(_declared(text))


def _declared(text: str) -> Iterator[tuple[str, str]]:
    for piece in text.split(";"):
        name, sign, value = piece.partition(":")
        if sign and (name := name.strip().lower()) in _READ:
            yield name, value.replace("!important", "").strip().lower()
