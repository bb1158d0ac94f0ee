"""A web page as an editor or a browser saves it to the document of what it shows."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote_to_bytes

from lxml import etree, html

from distribute.domain.release import Asset
from distribute.errors import SourceError
from distribute.sources.colours import WHITE, Colour, are_alike, read_colour
from distribute.sources.document import Document, clean
from distribute.sources.markup import parse_markup, read_markup
from distribute.sources.markup_lines import PLACE
from distribute.sources.page_styles import Declarations, Sheets, ground_of, is_tiny, list_type, shows_nothing

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

    Scripts, styles and comments are left out. SourceError, with its line, for text that the page hides (by its
    own ``style`` or by simple selectors of the page's sheets; those outside are never fetched) or strikes
    through, since that is a draft's, and for what no letter can hold: frames, videos, formulas.
    """
    try:
        root = parse_markup(text)
    except (ValueError, etree.LxmlError) as error:
        raise SourceError(f"the page cannot be read ({error}): paste its text into a .txt file", path) from error
    sheets = Sheets(root)
    _require_plain(root, path, sheets)
    pictures = dict(_embedded_pictures(root, path, sheets))
    for element in root.iter(etree.Element):
        element.set(PLACE, str(_line(element) or 0))
    return read_markup(html.tostring(root, encoding="unicode"), pictures)


class _Look(NamedTuple):
    """How the words of an element look: their colour and ground where they can be told, and whether they are tiny."""

    colour: Colour | None
    ground: Colour | None
    is_tiny: bool


def _require_plain(root: etree._Element, path: Path, sheets: Sheets) -> None:
    looks: dict[etree._Element | None, _Look] = {None: _Look(None, WHITE if sheets.knows_grounds else None, False)}
    for element in root.iter(etree.Element):
        tag = str(element.tag)
        told = sheets.declared(element)
        looks[element] = look = _look(element, told, looks[element.getparent()])
        if any(str(above.tag) in _SKIPPED for above in (element, *element.iterancestors())):
            continue
        if what := _UNREADABLE.get(tag):
            raise SourceError(
                f"here is {what}, which a letter cannot hold: delete it, or link to it", path, _line(element)
            )
        if (element.get("hidden") is not None or shows_nothing(told)) and (words := _words(element)):
            raise SourceError(f"“{words}” is hidden on the page: delete it, or show it", path, _line(element))
        if (how := _unseen(look)) and (words := _own_words(element)):
            raise SourceError(f"“{words}” is {how}: delete it, or show it", path, _line(element))
        if tag in _STRUCK and (words := _words(element)):
            raise SourceError(f"“{words}” is struck through: delete it, or let it stand", path, _line(element))
        if tag == "ol" and (kind := list_type(told)):
            element.set("type", kind)


def _look(element: etree._Element, told: Declarations, above: _Look) -> _Look:
    said = told.get("color") or (element.get("color") if element.tag == "font" else None)
    tiny = is_tiny(told)
    return _Look(
        read_colour(said) if said and said != "inherit" else above.colour,
        ground_of(told, element, above.ground),
        above.is_tiny if tiny is None else tiny,
    )


def _unseen(look: _Look) -> str | None:
    if look.is_tiny:
        return "too small to be seen on the page"
    if look.colour and look.ground and are_alike(look.colour, look.ground):
        return "hidden on the page in the colour of its ground"
    return None


def _own_words(element: etree._Element) -> str:
    """The beginning of what an element says itself, without the elements in it."""
    return _short(clean("".join([element.text or "", *(child.tail or "" for child in element)])))


def _words(element: etree._Element) -> str:
    """The beginning of what an element says."""
    text = clean("".join(map(str, element.xpath(".//text()[not(ancestor::script or ancestor::style)]"))))  # type: ignore[arg-type]  # the stubs name every kind of answer
    return _short(text)


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1].rstrip() + "…"


def _line(element: etree._Element) -> int | None:
    line: object = element.sourceline
    return line if isinstance(line, int) else None


def _embedded_pictures(root: etree._Element, path: Path, sheets: Sheets) -> Iterator[tuple[str, Asset]]:
    """Images whose bytes stand in their address (RFC 2397), under short addresses; those that only count readers go."""
    for place, image in enumerate(list(root.iter("img")), 1):
        source = (image.get("src") or "").strip()
        is_counter = any(re.fullmatch(r"[0-2](?:px)?", image.get(side) or "") for side in ("width", "height"))
        if is_counter or image.get("hidden") is not None or shows_nothing(sheets.declared(image)):
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
