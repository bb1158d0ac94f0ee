"""The numbers that stand before the items of a Word document's lists, counted as Word counts them."""

from __future__ import annotations

import re
from typing import NamedTuple

from lxml import etree

from distribute.sources.numbering import written
from distribute.sources.word_package import W
from distribute.sources.word_styles import Styles

_PLACE = re.compile(r"%([1-9])")
_NOT_LISTED = "0"
"""The number of the list that takes a paragraph out of its style's list (ECMA-376 part 1, 17.9.18)."""


class _Level(NamedTuple):
    start: int
    form: str
    text: str
    is_legal: bool


class _List(NamedTuple):
    """A list: whose count it shares, its levels, and at which number it begins anew, by level."""

    abstract: str
    levels: dict[int, _Level]
    starts: dict[int, int]


class Lists:
    """The lists of a document. Ask ``label`` once for each paragraph, in the order of the text: asking counts."""

    def __init__(self, numbering: etree._Element | None, styles: Styles) -> None:
        self._styles = styles
        self._lists: dict[str, _List] = {}
        self._levels_of_styles: dict[str, tuple[str, int]] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[str] = set()
        if numbering is not None:
            self._read(numbering)

    def label(self, properties: etree._Element | None, style: str | None) -> str | None:
        """What stands before a paragraph of these properties, ``(a)``; empty for a bullet, None outside a list."""
        number, depth = self._place(properties, style)
        found = self._lists.get(number)
        if found is None or depth not in found.levels:
            return None
        counts = self._count(number, found, depth)
        level = found.levels[depth]
        if level.form == "bullet":
            return ""

        def digits(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            each = found.levels.get(at, level)
            return written(counts.get(at, each.start), "decimal" if level.is_legal else each.form)

        return _PLACE.sub(digits, level.text).strip()

    def _place(self, properties: etree._Element | None, style: str | None) -> tuple[str, int]:
        """The list of a paragraph and how deep it stands: what it says itself, then what its style says."""
        own = properties.find(f"{W}numPr") if properties is not None else None
        number, depth = _value(own, "numId"), _value(own, "ilvl")
        if number is None:
            for key, each in self._styles.chain(style):
                stated = each.paragraph.find(f"{W}numPr") if each.paragraph is not None else None
                if (number := _value(stated, "numId")) is not None:
                    linked = self._levels_of_styles.get(key)
                    depth = depth or _value(stated, "ilvl") or (str(linked[1]) if linked else None)
                    break
        if number is None or number == _NOT_LISTED:
            return _NOT_LISTED, 0
        return number, int(depth) if depth and depth.isdecimal() else 0

    def _count(self, number: str, found: _List, depth: int) -> dict[int, int]:
        counts = self._counts.setdefault(found.abstract, {})
        if number not in self._begun:
            self._begun.add(number)
            for level, start in found.starts.items():
                counts[level] = start - 1
        counts[depth] = counts.get(depth, found.levels[depth].start - 1) + 1
        for deeper in [level for level in counts if level > depth]:
            del counts[deeper]
        return counts

    def _read(self, numbering: etree._Element) -> None:
        abstracts = {each.get(f"{W}abstractNumId") or "": each for each in numbering.iter(f"{W}abstractNum")}
        meant = {each.get(f"{W}numId"): _value(each, "abstractNumId") or "" for each in numbering.iter(f"{W}num")}
        for element in numbering.iter(f"{W}num"):
            number, key = element.get(f"{W}numId") or "", _value(element, "abstractNumId") or ""
            abstract = abstracts.get(key)
            if abstract is not None and (style := _value(abstract, "numStyleLink")):
                linked = self._styles.of_paragraphs(style, "numPr")
                key = meant.get(_value(linked, "numId"), key)
                abstract = abstracts.get(key)
            if abstract is None:
                continue
            levels = dict(_levels(abstract))
            starts = {}
            for override in element.iter(f"{W}lvlOverride"):
                levels |= dict(_levels(override))
                start = _value(override, "startOverride")
                if start and start.isdecimal():
                    starts[_depth(override)] = int(start)
            self._lists[number] = _List(key, levels, starts)
            for level in abstract.iter(f"{W}lvl"):
                if style := _value(level, "pStyle"):
                    self._levels_of_styles[style] = number, _depth(level)


def _levels(element: etree._Element) -> list[tuple[int, _Level]]:
    found = []
    for level in element.iter(f"{W}lvl"):
        start, legal = _value(level, "start") or "", level.find(f"{W}isLgl")
        found.append((
            _depth(level),
            _Level(
                int(start) if start.isdecimal() else 0,
                _value(level, "numFmt") or "decimal",
                _value(level, "lvlText") or "",
                legal is not None,
            ),
        ))  # fmt: skip
    return found


def _depth(level: etree._Element) -> int:
    stated = level.get(f"{W}ilvl") or ""
    return int(stated) if stated.isdecimal() else 0


def _value(element: etree._Element | None, name: str) -> str | None:
    found = element.find(f"{W}{name}") if element is not None else None
    return found.get(f"{W}val") if found is not None else None
