"""The MJML we write: components, where they stand, their attributes and what these may say.

What is not listed is refused. The names are those of the MJML 4 documentation
(https://documentation.mjml.io); the choice is ours.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum


class Content(Enum):
    """What stands between the tags of a component."""

    COMPONENTS = "other components"
    HTML = "HTML"
    TEXT = "plain text"
    CSS = "CSS"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Component:
    """One MJML component; ``attributes`` map names to the pattern of their whole value."""

    content: Content
    parents: frozenset[str]
    attributes: Mapping[str, re.Pattern[str]] = field(default_factory=dict)
    required: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Element:
    """One HTML element; ``children`` are the elements it may hold, ``has_text`` says whether text too."""

    children: frozenset[str]
    attributes: Mapping[str, re.Pattern[str]] = field(default_factory=dict)
    has_text: bool = True


_COLOUR = re.compile(r"#(?:[0-9a-fA-F]{3}){1,2}")
_PIXELS = re.compile(r"\d{1,4}px")
_WIDTH = re.compile(r"\d{1,4}px|\d{1,3}(?:\.\d+)?%")
_SIDES = re.compile(r"(?:0|\d{1,3}px)(?: (?:0|\d{1,3}px)){0,3}")
_SIDE = re.compile(r"0|\d{1,3}px")
_LEADING = re.compile(r"\d{1,3}(?:\.\d+)?(?:px|%)?")
_BORDER = re.compile(r"none|\d{1,2}px (?:solid|dashed|dotted) #(?:[0-9a-fA-F]{3}){1,2}")
_FONTS = re.compile(r"(?:[A-Za-z-]+|'[A-Za-z -]+')(?:, (?:[A-Za-z-]+|'[A-Za-z -]+'))*")
_ALIGN = re.compile(r"left|right|center")
_VERTICAL = re.compile(r"top|middle|bottom")
_WEIGHT = re.compile(r"normal|bold|[1-9]00")
_DIRECTION = re.compile(r"ltr|rtl")
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")
_CLASS = re.compile(r"[A-Za-z][\w-]*")
_WORDS = re.compile(r"[^\x00-\x1f]*")
_STYLE = re.compile(r"(?:[a-z-]+:[^;:<>\\@(){}]+;?)*")
LINK = re.compile(r"(?:https://|mailto:|tel:)[^\s\"<>]+")
_SOURCE = re.compile(r"https://[^\s\"<>]+")

_BOX = {"padding": _SIDES, "css-class": _CLASS} | {f"padding-{s}": _SIDE for s in ("top", "right", "bottom", "left")}
_BORDERS = {"border": _BORDER} | {f"border-{s}": _BORDER for s in ("top", "right", "bottom", "left")}
_TYPE = {
    "font-family": _FONTS,
    "font-size": _PIXELS,
    "font-weight": _WEIGHT,
    "line-height": _LEADING,
    "color": _COLOUR,
    "align": _ALIGN,
    "container-background-color": _COLOUR,
}
_IN_COLUMN = frozenset({"mj-column"})
_ROW = _BOX | _BORDERS | {"background-color": _COLOUR, "direction": _DIRECTION, "text-align": _ALIGN}

BODY_COMPONENTS: dict[str, Component] = {
    "mj-wrapper": Component(content=Content.COMPONENTS, parents=frozenset({"mj-body"}), attributes=_ROW),
    "mj-section": Component(content=Content.COMPONENTS, parents=frozenset({"mj-body", "mj-wrapper"}), attributes=_ROW),
    "mj-column": Component(
        content=Content.COMPONENTS,
        parents=frozenset({"mj-section"}),
        attributes=_ROW | {"width": _WIDTH, "vertical-align": _VERTICAL},
    ),
    "mj-text": Component(content=Content.HTML, parents=_IN_COLUMN, attributes=_BOX | _TYPE),
    "mj-image": Component(
        content=Content.NOTHING,
        parents=_IN_COLUMN,
        attributes=_BOX
        | {"src": _SOURCE, "href": LINK, "alt": _WORDS, "width": _PIXELS, "align": _ALIGN, "border": _BORDER},
        required=frozenset({"src", "alt", "width"}),
    ),
    "mj-button": Component(
        content=Content.HTML,
        parents=_IN_COLUMN,
        attributes=_BOX | _TYPE | {"href": LINK, "background-color": _COLOUR, "inner-padding": _SIDES},
        required=frozenset({"href"}),
    ),
    "mj-divider": Component(
        content=Content.NOTHING,
        parents=_IN_COLUMN,
        attributes=_BOX
        | {"border-width": _PIXELS, "border-color": _COLOUR, "border-style": re.compile("solid|dashed|dotted")}
        | {"width": _WIDTH, "align": _ALIGN},
    ),
    "mj-spacer": Component(
        content=Content.NOTHING, parents=_IN_COLUMN, attributes={"height": _PIXELS, "css-class": _CLASS}
    ),
}

_DEFAULTS = {name: pattern for one in BODY_COMPONENTS.values() for name, pattern in one.attributes.items()}

COMPONENTS: dict[str, Component] = BODY_COMPONENTS | {
    "mjml": Component(
        content=Content.COMPONENTS,
        parents=frozenset(),
        attributes={"lang": _LANGUAGE, "dir": _DIRECTION},
        required=frozenset({"lang", "dir"}),
    ),
    "mj-head": Component(content=Content.COMPONENTS, parents=frozenset({"mjml"})),
    "mj-title": Component(content=Content.TEXT, parents=frozenset({"mj-head"})),
    "mj-breakpoint": Component(content=Content.NOTHING, parents=frozenset({"mj-head"}), attributes={"width": _PIXELS}),
    "mj-attributes": Component(content=Content.COMPONENTS, parents=frozenset({"mj-head"})),
    "mj-all": Component(content=Content.NOTHING, parents=frozenset({"mj-attributes"}), attributes=_DEFAULTS),
    "mj-style": Component(content=Content.CSS, parents=frozenset({"mj-head"})),
    "mj-raw": Component(content=Content.HTML, parents=frozenset({"mj-head", "mj-body"})),
    "mj-body": Component(
        content=Content.COMPONENTS,
        parents=frozenset({"mjml"}),
        attributes={"width": _PIXELS, "background-color": _COLOUR, "css-class": _CLASS},
    ),
}

REFUSED: dict[str, str] = {
    "mj-include": "use {% include %} instead",
    "mj-preview": "spam filters take it for hidden text; the letter writes its own preheader",
    "mj-social": "it loads pictures from a stranger’s host",
    "mj-font": "it loads a font from a stranger’s host; name a system font instead",
    "mj-html-attributes": "the compiler does not know it",
}

UNUSED: dict[str, str] = {
    "background-url": ": a picture behind words is lost where pictures are off, and Outlook shows none",
    "srcset": ": one picture for everybody; name it in “src”",
    "inline": ": the compiler does not inline; write “style” on the element",
}

ONLY_ONE = frozenset({"mj-head", "mj-body", "mj-title", "mj-breakpoint"})

_PHRASING = frozenset({"a", "abbr", "b", "br", "em", "i", "small", "span", "strong", "sub", "sup"})
_FLOW = _PHRASING | {"div", "h1", "h2", "h3", "ol", "p", "ul"}
GLOBAL_ATTRIBUTES: dict[str, re.Pattern[str]] = {
    "class": _CLASS,
    "style": _STYLE,
    "lang": _LANGUAGE,
    "dir": re.compile("ltr|rtl|auto"),
    "title": _WORDS,
    "role": re.compile(r"[a-z]+"),
    "aria-hidden": re.compile("true|false"),
}
BODY_HTML: dict[str, Element] = (
    {name: Element(children=_PHRASING) for name in _PHRASING | {"h1", "h2", "h3", "p"}}
    | {"a": Element(children=_PHRASING - {"a"}, attributes={"href": LINK})}
    | {"br": Element(children=frozenset(), has_text=False)}
    | {name: Element(children=frozenset({"li"}), has_text=False) for name in ("ol", "ul")}
    | {"li": Element(children=_PHRASING | {"ol", "p", "ul"}), "div": Element(children=_FLOW)}
)
BODY_FLOW = _FLOW
HEAD_HTML: dict[str, Element] = {
    "meta": Element(
        children=frozenset(),
        has_text=False,
        attributes={"name": re.compile(r"[a-z:-]+"), "content": re.compile(r"[a-z0-9=, -]+")},
    )
}
