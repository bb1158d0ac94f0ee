"""The MJML we write: components, where they stand, their attributes and what these may say.

What is not listed is refused. The names are those of the MJML documentation
(https://documentation.mjml.io); the choice is ours, and only holds what the compiler acts upon.
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


class Value:
    """What an attribute may say: ``form`` tells a person, the pattern tells a machine."""

    __slots__ = ("_pattern", "form")

    def __init__(self, form: str, pattern: str) -> None:
        self.form = form
        self._pattern = re.compile(pattern)

    def allows(self, value: str) -> bool:
        return self._pattern.fullmatch(value) is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Component:
    """One MJML component; ``attributes`` map names to what their whole value may be."""

    content: Content
    parents: frozenset[str]
    attributes: Mapping[str, Value] = field(default_factory=dict)
    required: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Element:
    """One HTML element; ``children`` are the elements it may hold, ``has_text`` says whether text too."""

    children: frozenset[str]
    attributes: Mapping[str, Value] = field(default_factory=dict)
    has_text: bool = True


def _one_of(*words: str) -> Value:
    return Value(" or ".join(words), "|".join(words))


_HEX = r"#(?:[0-9a-fA-F]{3}){1,2}"
_LENGTH = r"(?:\d{1,4}(?:\.\d{1,3})?(?:px|%)|0)"
COLOUR = _COLOUR = Value("a colour such as #0a4a82", _HEX)
_PIXELS = Value("pixels such as 16px", r"\d{1,4}(?:\.\d{1,3})?px")
_SIDE = Value("a length such as 8px or 5%", _LENGTH)
_SIDES = Value("one to four lengths such as 0 24px", rf"{_LENGTH}(?: {_LENGTH}){{0,3}}")
_LEADING = Value("a height such as 24px, 150% or 1.5", r"\d{1,3}(?:\.\d{1,3})?(?:px|%)?")
_SPACING = Value("a length such as 1px or 0.1em", r"-?\d{1,2}(?:\.\d{1,3})?(?:px|em)")
_BORDER = Value("none or a line such as 1px solid #d8d4cd", rf"none|0|\d{{1,2}}px (?:solid|dashed|dotted) {_HEX}")
_FONTS = Value(
    "fonts with commas between, those of several words in ‘single’ marks",
    r"(?:[A-Za-z-]+|'[A-Za-z -]+')(?:, ?(?:[A-Za-z-]+|'[A-Za-z -]+'))*",
)
_ALIGN = _one_of("left", "center", "right")
_VERTICAL = _one_of("top", "middle", "bottom")
_WEIGHT = Value("normal, bold or a number from 100 to 900", "normal|bold|[1-9]00")
_DIRECTION = _one_of("ltr", "rtl")
_LANGUAGE = Value("a language such as en or pt-BR", r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")
_CLASS = Value("one class name (the compiler spoils a second one for Outlook)", r"[A-Za-z][\w-]*")
_CLASSES = Value("class names", r"[A-Za-z][\w-]*(?: [A-Za-z][\w-]*)*")
_WORDS = Value("words", r"[^\x00-\x1f]*")
_IS_COLOUR = r"(?:[a-z]+-)*color:|background:"
DECLARATION = Value(
    "“property:value”, colours as #0a4a82, without url() or comments",
    rf" ?(?:(?:{_IS_COLOUR}) ?{_HEX}|(?!{_IS_COLOUR})[a-z-]+:[^;:<>\\@(){{}}]+)(?: !important)?",
)
_STYLE = Value("properties such as “margin:0;color:#0a4a82”", r"[^<>\\]*")
_LINK = Value(
    "an address that begins with https://, mailto: or tel:", r"https://[^\s\"<>]+|mailto:[^\s\"<>]+|tel:[^\s\"<>]+"
)
_SOURCE = Value("the https:// address of a picture", r"https://[^\s\"<>]+")


def _sides(name: str, all_of_them: Value, one: Value) -> dict[str, Value]:
    return {name: all_of_them} | {f"{name}-{side}": one for side in ("top", "right", "bottom", "left")}


_BOX = _sides("padding", _SIDES, _SIDE) | {"css-class": _CLASS}
_BORDERS = _sides("border", _BORDER, _BORDER)
_GROUND = {"container-background-color": _COLOUR}
_TYPE = {
    "font-family": _FONTS,
    "font-size": _PIXELS,
    "font-style": _one_of("normal", "italic"),
    "font-weight": _WEIGHT,
    "letter-spacing": _SPACING,
    "line-height": _LEADING,
    "text-decoration": _one_of("none", "underline", "line-through"),
    "color": _COLOUR,
}
_LINKED = {"href": _LINK, "rel": _WORDS, "target": _one_of("_blank", "_self")}
_IN_COLUMN = frozenset({"mj-column"})
_ROW = _BOX | _BORDERS | {"background-color": _COLOUR, "border-radius": _SIDES, "direction": _DIRECTION}
_SECTION = _ROW | {"text-align": _ALIGN, "full-width": Value("full-width", "full-width")}

BODY_COMPONENTS: dict[str, Component] = {
    "mj-wrapper": Component(content=Content.COMPONENTS, parents=frozenset({"mj-body"}), attributes=_SECTION),
    "mj-section": Component(
        content=Content.COMPONENTS, parents=frozenset({"mj-body", "mj-wrapper"}), attributes=_SECTION
    ),
    "mj-group": Component(
        content=Content.COMPONENTS,
        parents=frozenset({"mj-section"}),
        attributes={"background-color": _COLOUR, "direction": _DIRECTION, "vertical-align": _VERTICAL}
        | {"width": _SIDE, "css-class": _CLASS},
    ),
    "mj-column": Component(
        content=Content.COMPONENTS,
        parents=frozenset({"mj-section", "mj-group"}),
        attributes=_ROW
        | _sides("inner-border", _BORDER, _BORDER)
        | {"inner-background-color": _COLOUR, "inner-border-radius": _SIDES}
        | {"width": _SIDE, "vertical-align": _VERTICAL},
    ),
    "mj-text": Component(
        content=Content.HTML,
        parents=_IN_COLUMN,
        attributes=_BOX
        | _TYPE
        | _GROUND
        | {"align": _one_of("left", "center", "right", "justify"), "height": _PIXELS}
        | {"text-transform": _one_of("none", "capitalize", "uppercase", "lowercase")},
    ),
    "mj-image": Component(
        content=Content.NOTHING,
        parents=_IN_COLUMN,
        attributes=_BOX
        | _LINKED
        | _GROUND
        | {"title": _WORDS, "border": _BORDER}
        | {"src": _SOURCE, "alt": _WORDS, "width": _PIXELS, "height": Value("pixels or auto", r"\d{1,4}px|auto")}
        | {"align": _ALIGN, "border-radius": _SIDES, "max-height": _SIDE, "font-size": _PIXELS}
        | {"name": _WORDS, "fluid-on-mobile": _one_of("true", "false")},
        required=frozenset({"src", "alt", "width"}),
    ),
    "mj-button": Component(
        content=Content.HTML,
        parents=_IN_COLUMN,
        attributes=_BOX
        | _BORDERS
        | _TYPE
        | _LINKED
        | _GROUND
        | {"align": _ALIGN, "background-color": _COLOUR, "border-radius": _SIDES, "inner-padding": _SIDES}
        | {"height": _SIDE, "width": _SIDE, "text-align": _ALIGN, "vertical-align": _VERTICAL, "name": _WORDS}
        | {"text-transform": _one_of("none", "capitalize", "uppercase", "lowercase")},
        required=frozenset({"href"}),
    ),
    "mj-divider": Component(
        content=Content.NOTHING,
        parents=_IN_COLUMN,
        attributes=_BOX
        | _GROUND
        | {"border-width": _PIXELS, "border-color": _COLOUR, "border-style": _one_of("solid", "dashed", "dotted")}
        | {"width": _SIDE, "align": _ALIGN},
    ),
    "mj-spacer": Component(
        content=Content.NOTHING, parents=_IN_COLUMN, attributes=_BOX | _GROUND | {"height": _PIXELS}
    ),
}

_DEFAULTS = {name: value for one in reversed(BODY_COMPONENTS.values()) for name, value in one.attributes.items()}

COMPONENTS: dict[str, Component] = BODY_COMPONENTS | {
    "mjml": Component(
        content=Content.COMPONENTS,
        parents=frozenset(),
        attributes={"lang": _LANGUAGE, "dir": _DIRECTION},
        required=frozenset({"lang", "dir"}),
    ),
    "mj-head": Component(content=Content.COMPONENTS, parents=frozenset({"mjml"})),
    "mj-title": Component(content=Content.TEXT, parents=frozenset({"mj-head"})),
    "mj-breakpoint": Component(
        content=Content.NOTHING,
        parents=frozenset({"mj-head"}),
        attributes={"width": _PIXELS},
        required=frozenset({"width"}),
    ),
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

ONLY_ONE = frozenset({"mj-head", "mj-body", "mj-title", "mj-breakpoint"})

_PHRASING = frozenset({"a", "abbr", "b", "br", "em", "i", "small", "span", "strong", "sub", "sup"})
_FLOW = _PHRASING | {"div", "h1", "h2", "h3", "ol", "p", "ul"}
GLOBAL_ATTRIBUTES: dict[str, Value] = {
    "class": _CLASSES,
    "style": _STYLE,
    "lang": _LANGUAGE,
    "dir": _one_of("ltr", "rtl", "auto"),
    "title": _WORDS,
    "role": Value("a role such as presentation", "[a-z]+"),
    "aria-hidden": _one_of("true", "false"),
}
BODY_HTML: dict[str, Element] = (
    {name: Element(children=_PHRASING) for name in _PHRASING | {"h1", "h2", "h3", "p"}}
    | {
        "a": Element(
            children=_PHRASING - {"a"}, attributes={"href": _LINK, "rel": _WORDS, "target": _one_of("_blank", "_self")}
        )
    }
    | {"br": Element(children=frozenset(), has_text=False)}
    | {name: Element(children=frozenset({"li"}), has_text=False) for name in ("ol", "ul")}
    | {"li": Element(children=_PHRASING | {"ol", "p", "ul"}), "div": Element(children=_FLOW)}
)
BODY_FLOW = _FLOW
HEAD_HTML: dict[str, Element] = {
    "meta": Element(
        children=frozenset(),
        has_text=False,
        attributes={
            "name": Value("a name in small letters", "[a-z:-]+"),
            "content": Value("small letters, digits and commas", "[a-z0-9=, -]+"),
        },
    )
}
