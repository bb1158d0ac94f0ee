"""What the styles of a Word document make of its paragraphs and words, and what they hide."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

from lxml import etree

from distribute.sources.word_package import W

_NUMBERED = re.compile(r"(.+?)\s*([1-9])")
_BODY_TEXT = 9
"""The outline level that is none (ECMA-376 part 1, 17.3.1.20)."""


class Style(NamedTuple):
    """A style with the properties of characters and of paragraphs it sets itself, and whether it shades anything."""

    kind: str
    name: str
    based_on: str | None
    run: etree._Element | None
    paragraph: etree._Element | None
    has_shades: bool


class Styles:
    """The styles of a document by their id."""

    def __init__(self, root: etree._Element | None) -> None:
        self._styles: Mapping[str, Style] = dict(_read(root)) if root is not None else {}
        self._defaults = root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr") if root is not None else None
        self._found: dict[tuple[str | None, str], etree._Element | None] = {}
        self._forms: dict[str | None, str | None] = {None: None}

    def of_characters(self, style: str | None, name: str) -> etree._Element | None:
        """The property of characters that a style sets, or what it is based on; None where none does."""
        if (style, name) not in self._found:
            self._found[style, name] = self._first(style, lambda each: each.run, name)
        return self._found[style, name]

    def of_paragraphs(self, style: str | None, name: str) -> etree._Element | None:
        """The same of paragraphs."""
        return self._first(style, lambda each: each.paragraph, name)

    def default(self, name: str) -> etree._Element | None:
        """The property every character has from the outset."""
        return self._defaults.find(f"{W}{name}") if self._defaults is not None else None

    def chain(self, key: str | None) -> Iterator[tuple[str, Style]]:
        """A style and those it is based on, the nearest first, with their ids."""
        seen: set[str] = set()
        while key and key in self._styles and key not in seen:
            seen.add(key)
            yield key, self._styles[key]
            key = self._styles[key].based_on

    def has_shades(self, key: str | None) -> bool:
        """Whether a style, or what it is based on, shades anything, such as the first row of a table."""
        return any(style.has_shades for _, style in self.chain(key))

    def form(self, key: str | None) -> str | None:
        """``h1`` to ``h6``, ``quote``, ``caption``, ``item``, ``strong`` or ``em``; None for an ordinary style.

        The nearest name in its chain that means something decides, else its outline level.
        """
        if key not in self._forms:
            self._forms[key] = self._form(key)
        return self._forms[key]

    def _form(self, key: str | None) -> str | None:
        for _, style in self.chain(key):
            if form := named_form(style.name, is_character=style.kind == "character"):
                return form
        level = self.of_paragraphs(key, "outlineLvl")
        return outline_form(level) if level is not None else None

    def _first(
        self, key: str | None, pick: Callable[[Style], etree._Element | None], name: str
    ) -> etree._Element | None:
        for _, style in self.chain(key):
            properties = pick(style)
            if properties is not None and (element := properties.find(f"{W}{name}")) is not None:
                return element
        return None


def named_form(name: str, *, is_character: bool = False) -> str | None:
    """What a style of this name is, in any language of the table; None for a name that says nothing."""
    forms, headings = _names()
    name = name.strip().casefold()
    if is_character:
        return forms["character"].get(name)
    if form := forms["paragraph"].get(name):
        return form if form != "heading" else None
    base = _NUMBERED.fullmatch(name)
    if base and base[1] in headings:
        return f"h{min(int(base[2]), 6)}"
    return forms["paragraph"].get(base[1]) if base and forms["paragraph"].get(base[1]) == "item" else None


def outline_form(level: etree._Element) -> str | None:
    """The heading that an outline level makes."""
    value = level.get(f"{W}val") or ""
    return f"h{min(int(value) + 1, 6)}" if value.isdecimal() and int(value) < _BODY_TEXT else None


def is_on(element: etree._Element) -> bool:
    """A switch: ``<w:vanish/>`` is on, ``w:val`` of 0, false or off is off (17.17.4 of ECMA-376)."""
    return element.get(f"{W}val", "1") not in {"0", "false", "off"}


@cache
def _names() -> tuple[Mapping[str, Mapping[str, str]], frozenset[str]]:
    table = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    headings = frozenset(table["paragraph"].pop("heading"))
    forms = {kind: {name: form for form, names in each.items() for name in names} for kind, each in table.items()}
    return forms, headings


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
                element.find(f"{W}pPr"),
                next(element.iter(f"{W}shd"), None) is not None,
            ),
        )
