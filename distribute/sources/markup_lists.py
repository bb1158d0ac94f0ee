"""The numbers that a browser puts before the items of a page's ordered lists."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from distribute.sources.markup_tags import LISTS
from distribute.sources.numbering import written

_FORMS = {
    "1": "decimal",
    "a": "lowerLetter",
    "A": "upperLetter",
    "i": "lowerRoman",
    "I": "upperRoman",
    "none": "none",
}
_NUMBER = re.compile(r"\s*([+-]?\d{1,6})")


@dataclass(slots=True)
class _Count:
    """The list an item is in: the number of its next item, the step to the one after, and how they are written."""

    following: int
    step: int
    form: str


@dataclass(slots=True)
class ListNumbers:
    """Numbers for the items of a tree that is walked once; HTML standard, 4.4.5 and 4.4.8."""

    counts: list[_Count] = field(default_factory=list)
    pending: str = ""

    def open(self, element: etree._Element) -> None:
        """A list or an item begins: its number waits for the item's first word."""
        if element.tag in LISTS:
            self.counts.append(_begin(element))
        elif element.tag == "li" and self.counts:
            count = self.counts[-1]
            number = _read(element.get("value"), count.following)
            count.following = number + count.step
            if shown := written(number, count.form):
                self.pending += f"{shown}. "

    def close(self, element: etree._Element) -> None:
        if element.tag in LISTS and self.counts:
            self.counts.pop()
        elif element.tag == "li":
            self.pending = ""

    def take(self) -> str:
        """The number that stands before the word that comes now; empty where there is none."""
        taken, self.pending = self.pending, ""
        return taken


def _begin(element: etree._Element) -> _Count:
    if element.tag != "ol":
        return _Count(1, 1, "bullet")
    step = -1 if element.get("reversed") is not None else 1
    first = 1 if step > 0 else sum(child.tag == "li" for child in element)
    return _Count(_read(element.get("start"), first), step, _FORMS.get(element.get("type") or "1", "decimal"))


def _read(text: str | None, otherwise: int) -> int:
    match = _NUMBER.match(text or "")
    return int(match[1]) if match else otherwise
