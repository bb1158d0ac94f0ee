"""The headers and footers of a Word document's pages, and the watermark that marks a draft."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

from distribute.sources.document import clean
from distribute.sources.word_body import plain_part, said
from distribute.sources.word_package import Package, R, W

_V = "{urn:schemas-microsoft-com:vml}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_NAMED = "WaterMarkObject"
"""What Word calls every watermark it puts in itself: PowerPlusWaterMarkObject and a number."""


class Margins(NamedTuple):
    """The lines at the head and at the foot of the pages, each once."""

    above: tuple[str, ...]
    below: tuple[str, ...]


def read_margins(package: Package) -> Margins:
    """Headers and footers that some page shows; SourceError for a watermark, which marks a draft."""
    _require_no_watermark(package.trees[package.main], "on the page", package, is_margin=False)
    found: dict[str, dict[str, None]] = {"header": {}, "footer": {}}
    for kind, part in _shown_parts(package):
        _require_no_watermark(package.trees[part], f"in the {kind} of the pages", package, is_margin=True)
        found[kind] |= dict.fromkeys(_lines(package, part))
    return Margins(tuple(found["header"]), tuple(found["footer"]))


def _shown_parts(package: Package) -> Iterator[tuple[str, str]]:
    """``header`` or ``footer`` with the part it is, of every section: first and even pages where they differ."""
    relations = package.relations(package.main)
    settings = package.related("settings")
    has_even = settings is not None and settings.find(f"{W}evenAndOddHeaders") is not None
    for section in package.trees[package.main].iter(f"{W}sectPr"):
        shown = {"default"} | ({"even"} if has_even else set())
        shown |= {"first"} if section.find(f"{W}titlePg") is not None else set()
        for kind in ("header", "footer"):
            for reference in section.iter(f"{W}{kind}Reference"):
                relation = relations.get(reference.get(f"{R}id") or "")
                if reference.get(f"{W}type", "default") in shown and relation and relation.target in package.trees:
                    yield kind, relation.target


def _lines(package: Package, part: str) -> Iterator[str]:
    for text in said(plain_part(package, part, None)):
        yield from filter(None, map(clean, text.split("\n")))


def _require_no_watermark(root: etree._Element, place: str, package: Package, *, is_margin: bool) -> None:
    for words in _watermarks(root, is_margin=is_margin):
        if words:
            raise package.error(
                f"this is a draft: {place} stands the watermark “{words}”: take it out (Design, Watermark) and save it "
                "again"
            )


def _watermarks(root: etree._Element, *, is_margin: bool) -> Iterator[str]:
    """Words drawn across a page: WordArt of VML and of DrawingML, in a margin also a box turned or behind the text."""
    for path in root.iter(f"{_V}textpath"):
        shape = next(path.iterancestors(f"{_V}shape"), path)
        if is_margin or _NAMED in (shape.get("id") or ""):
            yield clean(path.get("string") or "")
    for frame in root.iter(f"{_WP}anchor", f"{_WP}inline"):
        named = any(_NAMED in (each.get("name") or "") for each in frame.iter(f"{_WP}docPr"))
        if named or (is_margin and _is_drawn_across(frame)):
            yield clean("".join(item.text or "" for item in frame.iter(f"{W}t", f"{_A}t")))


def _is_drawn_across(frame: etree._Element) -> bool:
    bent = any(each.get("prst") not in {None, "textNoShape"} for each in frame.iter(f"{_A}prstTxWarp"))
    is_turned = any(each.get("rot") not in {None, "0"} for each in frame.iter(f"{_A}xfrm"))
    return bent or (is_turned and frame.get("behindDoc") in {"1", "true"})
