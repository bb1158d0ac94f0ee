"""Words of a Word document that nobody sees: hidden, in the colour of their ground, too small, or struck out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

from lxml import etree

from distribute.sources.colours import WHITE, Colour, are_alike, read_colour
from distribute.sources.document import clean
from distribute.sources.word_package import Package, W
from distribute.sources.word_styles import Styles, is_on

_SMALLEST = 4
"""Half-points: nobody reads type of less than two points."""
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_V = "{urn:schemas-microsoft-com:vml}"
_MARGINS = frozenset({f"{W}hdr", f"{W}ftr"})
_BEHIND = re.compile(r"z-index\s*:\s*-")
_LARGE = 3_600_000
"""English Metric Units, 10 cm: a picture so high in a header may reach under the text."""
_THEME = {"background1": WHITE, "light1": WHITE, "text1": Colour(0, 0, 0), "dark1": Colour(0, 0, 0)}
_TEXTS = frozenset({f"{W}t", f"{W}delText"})


class Unseen(NamedTuple):
    """Words nobody sees: what kind of draft's trace they are, how they are hidden, and the paragraph they stand in."""

    kind: str
    what: str
    words: str
    paragraph: etree._Element


class _Place(NamedTuple):
    """The styles that hold for a run besides its own: its paragraph's and its table's; and the ground it stands on."""

    style: str | None
    table: str | None
    ground: Colour | None


class Sight:
    """Looks through the parts of a document. What may be seen, such as words over a picture, is taken as seen."""

    def __init__(self, package: Package) -> None:
        self._styles = Styles(package.related("styles"))
        self._reasons: dict[tuple[bytes, _Place], tuple[str, str] | None] = {}
        margins = [root for root in package.trees.values() if root.tag in _MARGINS]
        self._has_backdrop = any(height >= _LARGE for root in margins for height in _backdrops(root))
        settings, main = package.related("settings"), package.trees[package.main]
        has_background = settings is not None and settings.find(f"{W}displayBackgroundShape") is not None
        background = main.find(f"{W}background") if has_background else None
        self._paper = WHITE if background is None else read_colour(background.get(f"{W}color") or "")

    def unseen(self, root: etree._Element) -> Iterator[Unseen]:
        """What nobody sees in a part, paragraph by paragraph; words that follow each other are one."""
        has_backdrop = self._has_backdrop or next(_backdrops(root), None) is not None
        for paragraph in root.iter(f"{W}p"):
            runs = [(run, words) for run in _runs(paragraph) if (words := _text(run))]
            if not runs:
                continue
            place = self._place(paragraph, has_backdrop=has_backdrop)
            for reason, found in groupby(runs, key=lambda run: self._known_reason(run[0].find(f"{W}rPr"), place)):
                if reason:
                    yield Unseen(*reason, " ".join(words for _, words in found), paragraph)

    def _known_reason(self, own: etree._Element | None, place: _Place) -> tuple[str, str] | None:
        """The answer for runs of the same properties in such places, found once."""
        key = etree.tostring(own) if own is not None else b"", place
        if key not in self._reasons:
            self._reasons[key] = self._reason(own, place)
        return self._reasons[key]

    def _reason(self, own: etree._Element | None, place: _Place) -> tuple[str, str] | None:
        """The kind and the manner in which a run of these properties is unseen; None for one that is seen."""

        def says(name: str) -> etree._Element | None:
            return self._property(own, place, name)

        def is_switched(name: str) -> bool:
            return (found := says(name)) is not None and is_on(found)

        if is_switched("vanish"):
            return "hidden text", "hidden text"
        ground = _ground(says("highlight"), says("shd"), place.ground)
        colour = _colour(says("color"), says("highlight"))
        if ground and colour and are_alike(colour, ground):
            return "hidden text", "hidden text (in the colour of its ground)"
        size = _value(says("sz"))
        if size and size.isdecimal() and int(size) < _SMALLEST:
            return "hidden text", f"hidden text (in {int(size) / 2:g}-point type)"
        return ("struck-out text", "struck-out text") if is_switched("strike") or is_switched("dstrike") else None

    def _property(self, own: etree._Element | None, place: _Place, name: str) -> etree._Element | None:
        """The run's own word counts first, then its style's, its paragraph's, its table's and the document's."""
        named = None
        if own is not None:
            if (found := own.find(f"{W}{name}")) is not None:
                return found
            named = _value(own.find(f"{W}rStyle"))
        for style in (named, place.style, place.table):
            if style and (found := self._styles.of_characters(style, name)) is not None:
                return found
        return self._styles.default(name)

    def _place(self, paragraph: etree._Element, *, has_backdrop: bool) -> _Place:
        properties = paragraph.find(f"{W}pPr")
        style = _value(properties.find(f"{W}pStyle")) if properties is not None else None
        shade = properties.find(f"{W}shd") if properties is not None else None
        tables = list(paragraph.iterancestors(f"{W}tbl"))
        table = _value(tables[0].find(f"{W}tblPr/{W}tblStyle")) if tables else None
        is_boxed = next(paragraph.iterancestors(f"{W}txbxContent"), None) is not None
        ground = None if has_backdrop or is_boxed else self._paper
        for each in reversed(tables):
            ground = None if self._styles.has_shades(_value(each.find(f"{W}tblPr/{W}tblStyle"))) else ground
        for cell in reversed(list(paragraph.iterancestors(f"{W}tc"))):
            ground = _shaded(cell.find(f"{W}tcPr/{W}shd"), ground)
        stated = shade if shade is not None else self._styles.of_paragraphs(style, "shd")
        return _Place(style, table, _shaded(stated, ground))


def _ground(highlight: etree._Element | None, shade: etree._Element | None, beneath: Colour | None) -> Colour | None:
    marked = _value(highlight)
    return read_colour(marked) if marked and marked != "none" else _shaded(shade, beneath)


def _shaded(shade: etree._Element | None, beneath: Colour | None) -> Colour | None:
    """The colour of a shading, or what shows through one that is clear; None where that cannot be told."""
    if shade is None:
        return beneath
    pattern = shade.get(f"{W}val", "clear")
    if pattern == "solid":
        return read_colour(shade.get(f"{W}color") or "")
    fill = shade.get(f"{W}fill") or "auto"
    if pattern not in {"clear", "nil"}:
        return None
    return (None if shade.get(f"{W}themeFill") else beneath) if fill == "auto" else read_colour(fill)


def _colour(stated: etree._Element | None, highlight: etree._Element | None) -> Colour | None:
    """The colour of words; None for the automatic one, which shows on any ground but a black highlight."""
    value = _value(stated) or "auto"
    if stated is not None and value == "auto" and not (stated.get(f"{W}themeTint") or stated.get(f"{W}themeShade")):
        themed = _THEME.get(stated.get(f"{W}themeColor") or "")
        if themed:
            return themed
    if value == "auto":
        return _THEME["text1"] if _value(highlight) == "black" else None
    return read_colour(value)


def _backdrops(root: etree._Element) -> Iterator[int]:
    """The heights of drawings that stand behind the text, in English Metric Units; 0 where it is not said."""
    for anchor in root.iter(f"{_WP}anchor"):
        if anchor.get("behindDoc") in {"1", "true"}:
            extent = anchor.find(f"{_WP}extent")
            height = extent.get("cy", "0") if extent is not None else "0"
            yield int(height) if height.isdecimal() else 0
    for shape in root.iter(f"{_V}shape", f"{_V}rect"):
        if _BEHIND.search(shape.get("style") or ""):
            yield 0


def _runs(paragraph: etree._Element) -> Iterator[etree._Element]:
    """The runs of a paragraph itself, not those of text boxes in it."""
    for run in paragraph.iter(f"{W}r"):
        if next(run.iterancestors(f"{W}p")) is paragraph:
            yield run


def _text(run: etree._Element) -> str:
    return clean("".join(item.text or "" for item in run.iter(*_TEXTS)))


def _value(element: etree._Element | None) -> str | None:
    return element.get(f"{W}val") if element is not None else None
