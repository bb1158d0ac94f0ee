"""A web page as an editor or a browser saves it to the document of what it shows."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote_to_bytes

from lxml import etree, html

from distribute.domain.release import Asset
from distribute.errors import SourceError
from distribute.sources.document import Document, clean
from distribute.sources.markup import parse_markup, read_markup
from distribute.sources.markup_lines import PLACE

_UNSEEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)
_COMMENT = re.compile(r"/\*[^*]*(?:\*(?!/)[^*]*)*(?:\*/|$)")
_SELECTOR = re.compile(r"([a-z][a-z0-9]*)?(?:([.#])([\w-]+))?", re.IGNORECASE)
_STRUCK = frozenset({"s", "strike", "del"})
_UNREADABLE = {
    "iframe": "a frame with another page",
    "frame": "a frame with another page",
    "object": "an embedded object",
    "embed": "an embedded object",
    "video": "a video",
    "audio": "a sound recording",
    "math": "a formula",
}
_SKIPPED = frozenset({"script", "style", "template", "noscript", "head", "title"})
_SHOWN = 60


def read_page(text: str, path: Path) -> Document:
    """The document of a page, with the lines of its file.

    Scripts, styles and comments are left out. SourceError, with its line, for text that the page hides or
    strikes through, since that is a draft's, and for what no letter can hold: frames, videos, formulas.
    """
    try:
        root = parse_markup(text)
    except (ValueError, etree.LxmlError) as error:
        raise SourceError(f"the page cannot be read ({error}): paste its text into a .txt file", path) from error
    _require_plain(root, path)
    pictures = dict(_embedded_pictures(root, path))
    for element in root.iter(etree.Element):
        element.set(PLACE, str(_line(element) or 0))
    return read_markup(html.tostring(root, encoding="unicode"), pictures)


def _require_plain(root: etree._Element, path: Path) -> None:
    unseen = _unseen_selectors(root)
    for element in root.iter(etree.Element):
        tag = str(element.tag)
        if any(str(above.tag) in _SKIPPED for above in (element, *element.iterancestors())):
            continue
        if what := _UNREADABLE.get(tag):
            raise SourceError(
                f"here is {what}, which a letter cannot hold: delete it, or link to it", path, _line(element)
            )
        if (_is_unseen(element) or _matches(element, unseen)) and (words := _words(element)):
            raise SourceError(f"“{words}” is hidden on the page: delete it, or show it", path, _line(element))
        if tag in _STRUCK and (words := _words(element)):
            raise SourceError(f"“{words}” is struck through: delete it, or let it stand", path, _line(element))


def _words(element: etree._Element) -> str:
    """The beginning of what an element says."""
    text = clean("".join(map(str, element.xpath(".//text()[not(ancestor::script or ancestor::style)]"))))  # type: ignore[arg-type]  # the stubs name every kind of answer
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1].rstrip() + "…"


def _line(element: etree._Element) -> int | None:
    line: object = element.sourceline
    return line if isinstance(line, int) else None


def _is_unseen(element: etree._Element) -> bool:
    return element.get("hidden") is not None or bool(_UNSEEN.search(element.get("style") or ""))


def _unseen_selectors(root: etree._Element) -> set[tuple[str, str, str]]:
    """Tag, sign and name of the simple selectors that a style sheet in the page hides on every medium."""
    found = set()
    for style in root.iter("style"):
        for selectors in _unseen_rules(_COMMENT.sub("", style.text or "")):
            simple = (_SELECTOR.fullmatch(selector.strip()) for selector in selectors.split(","))
            found |= {(match[1] or "", match[2] or "", match[3] or "") for match in simple if match}
    return found - {("", "", "")}


def _unseen_rules(sheet: str) -> Iterator[str]:
    """The selectors of rules that hide; those inside ``@media`` and the like hold for some readers only."""
    depth = 0
    for chunk in sheet.split("}"):
        selectors, _, body = chunk.rpartition("{")
        if not depth and "{" not in selectors and _UNSEEN.search(body):
            yield selectors
        depth = max(0, depth + chunk.count("{") - 1)


def _matches(element: etree._Element, selectors: set[tuple[str, str, str]]) -> bool:
    if not selectors:
        return False
    tag = str(element.tag)
    names = (
        {("", "")} | {(".", name) for name in (element.get("class") or "").split()} | {("#", element.get("id") or "")}
    )
    return any((which, *name) in selectors for which in (tag, "") for name in names)


def _embedded_pictures(root: etree._Element, path: Path) -> Iterator[tuple[str, Asset]]:
    """Images whose bytes stand in their address (RFC 2397), under short addresses; those that only count readers go."""
    for place, image in enumerate(list(root.iter("img")), 1):
        source = (image.get("src") or "").strip()
        is_counter = any(re.fullmatch(r"[0-2](?:px)?", image.get(side) or "") for side in ("width", "height"))
        if is_counter or _is_unseen(image):
            image.set("src", "")
        elif source[:5].lower() == "data:":
            from distribute.sources.pictures import embedded_picture  # noqa: PLC0415  few pages hold any

            data = _data(source, path, _line(image))
            name = f"image {place}"
            image.set("src", f"picture:{place}")
            yield (
                f"picture:{place}",
                embedded_picture(data, name, path, alt=image.get("alt"), caption=image.get("title")),
            )


def _data(source: str, path: Path, line: int | None) -> bytes:
    head, _, body = source[5:].partition(",")
    try:
        data = unquote_to_bytes(body)
        return base64.b64decode(data) if head.lower().rstrip().endswith(";base64") else data
    except (binascii.Error, ValueError) as error:
        raise SourceError("this image cannot be read: put it into the page again", path, line) from error
