"""HTML of any origin to the same document that pasted text makes: what it says, and none of what it can do."""

from __future__ import annotations

import re
from collections.abc import Mapping

import nh3
from lxml import html

from distribute.domain.release import Asset
from distribute.sources.document import Document
from distribute.sources.markup_lines import PLACE, MarkupReader
from distribute.sources.markup_tags import TAGS

_SILENT = {"script", "style", "template", "noscript", "head", "title", "svg"}
_ATTRIBUTES = {
    "*": {PLACE},
    "a": {"href"},
    "img": {"src", "alt", "title"},
    "ol": {"start", "type", "reversed"},
    "li": {"value"},
}
_SCHEME = re.compile(r"[\"'=\s]([a-z][a-z0-9+.-]{1,30}):", re.IGNORECASE)


def read_markup(text: str, pictures: Mapping[str, Asset] | None = None) -> Document:
    """The document of an HTML text; ``pictures`` are the images it calls by these addresses instead of their own.

    Scripts, styles and every attribute but addresses and texts of images go before anything is read
    (nh3, an HTML5 parser with a list of what may stay). Tables are read row by row. Raises ValueError
    for elements inside each other more than some 250 deep.
    """
    schemes = {scheme.lower() for scheme in _SCHEME.findall(text)} | {"http", "https", "mailto", "tel"}
    safe = nh3.clean(
        text,
        tags=set(TAGS),
        clean_content_tags=_SILENT,
        attributes=_ATTRIBUTES,
        tag_attribute_values={"p": {"class": {"caption"}}},
        url_schemes=schemes,
        link_rel=None,
    )
    reader = MarkupReader(pictures or {})
    reader.read(parse_markup(f"<body>{safe}</body>"))
    is_marked = any(line.level or line.marks for line in reader.lines)
    return Document(tuple(reader.lines), tuple(reader.assets), is_markup=is_marked)


def parse_markup(text: str) -> html.HtmlElement:
    """The tree of an HTML text; ValueError where it is too deep for a parser to hold all of it."""
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    root = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    if any("depth" in entry.message for entry in parser.error_log):
        raise ValueError("its elements are nested too deeply")
    return root
