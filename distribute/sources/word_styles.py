"""What the styles of a Word document make of its paragraphs, and what they hide."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from lxml import etree

from distribute.sources.word_package import W

_FORMS = {
    "title": "h1",
    "subtitle": "h2",
    **{f"heading {level}": f"h{min(level, 6)}" for level in range(1, 10)},
    "quote": "blockquote > p",
    "intense quote": "blockquote > p",
    "block text": "blockquote > p",
    "quotations": "blockquote > p",
    "caption": "p.caption",
    **{f"list bullet{number}": "ul > li" for number in ("", " 2", " 3", " 4", " 5")},
    **{f"list number{number}": "ul > li" for number in ("", " 2", " 3", " 4", " 5")},
}
"""What Word's own styles (and LibreOffice's “Quotations”) are; a style derived from one is the same."""
_WORDS = {
    "strong": "strong",
    "intense emphasis": "em",
    "emphasis": "em",
    "subtle emphasis": "em",
    "book title": "em",
}
_PART = {"p": f"{W}pStyle", "r": f"{W}rStyle", "tbl": f"{W}tblStyle"}


class Style(NamedTuple):
    """A style with the properties of characters it sets itself."""

    kind: str
    name: str
    based_on: str | None
    properties: etree._Element | None


class Styles:
    """The styles of a document by their id."""

    def __init__(self, root: etree._Element | None) -> None:
        self._styles: Mapping[str, Style] = dict(_read(root)) if root is not None else {}
        defaults = root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr") if root is not None else None
        self._defaults = defaults

    def sets(self, style: str | None, switch: str) -> bool | None:
        """Whether a style, or what it is based on, turns a switch such as ``vanish`` on or off; None for neither."""
        for each in self._chain(style):
            if (value := switched(each.properties, switch)) is not None:
                return value
        return None

    def default(self, switch: str) -> bool:
        """Whether every character is switched so from the outset."""
        return bool(switched(self._defaults, switch))

    def mapping(self) -> str:
        """mammoth's style map: each style by its name to the element it stands for."""
        lines = []
        for key, style in self._styles.items():
            names = [each.name.casefold() for each in self._chain(key)]
            table, prefix = (_WORDS, "r") if style.kind == "character" else (_FORMS, "p")
            form = next((table[name] for name in names if name in table), None)
            if form and style.kind in {"paragraph", "character"} and "'" not in style.name and "\\" not in style.name:
                fresh = ":fresh" if prefix == "p" else ""
                lines.append(f"{prefix}[style-name='{style.name}'] => {form}{fresh}")
        return "\n".join(lines)

    def _chain(self, key: str | None) -> Iterator[Style]:
        seen: set[str] = set()
        while key and key in self._styles and key not in seen:
            seen.add(key)
            yield self._styles[key]
            key = self._styles[key].based_on


def switched(properties: etree._Element | None, switch: str) -> bool | None:
    """A switch among properties: ``<w:vanish/>`` is on, ``w:val`` of 0, false or off is off (17.17.4 of ECMA-376)."""
    element = properties.find(f"{W}{switch}") if properties is not None else None
    return None if element is None else element.get(f"{W}val", "1") not in {"0", "false", "off"}


def _read(root: etree._Element) -> Iterator[tuple[str, Style]]:
    for element in root.iter(f"{W}style"):
        name, based_on = element.find(f"{W}name"), element.find(f"{W}basedOn")
        yield (
            element.get(f"{W}styleId") or "",
            Style(
                element.get(f"{W}type") or "paragraph",
                (name.get(f"{W}val") if name is not None else None) or "",
                based_on.get(f"{W}val") if based_on is not None else None,
                element.find(f"{W}rPr"),
            ),
        )
