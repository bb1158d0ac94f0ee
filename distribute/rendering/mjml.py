"""MJML to HTML, strictly: what the compiler would let pass in silence is refused with its line.

The compiler (mrml, through mjml-python) copies unknown components into the page, ignores
unknown attributes and repairs crossed tags by guessing; so every source is checked first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, replace
from html.entities import html5
from typing import Any

from lxml import etree
from mjml import mjml2html

from distribute.errors import RenderError
from distribute.rendering.mjml_schema import (
    BODY_COMPONENTS,
    BODY_FLOW,
    BODY_HTML,
    COMPONENTS,
    GLOBAL_ATTRIBUTES,
    HEAD_HTML,
    REFUSED,
    Content,
    Element,
)

LARGEST = 95_000  # bytes of HTML; Gmail cuts a message off at about 102,000 and hides the unsubscribe link

Problem = tuple[int, str]


@dataclass(frozen=True, slots=True)
class Node:
    """An element as read: its line, its attributes, each text directly in it with a line, its children."""

    name: str
    line: int
    attributes: dict[str, str]
    texts: tuple[tuple[int, str], ...]
    children: tuple[Node, ...]


_NOT_MJML = re.compile(r"<!\[CDATA\[|<!DOCTYPE|<!--|<\?|\{\{|\{%|\{#", re.IGNORECASE)
_XML_ENTITIES = frozenset({"amp", "lt", "gt", "quot", "apos"})
_FOREIGN_CSS = re.compile(r"<|\\|url\s*\(|expression\s*\(|@import|@font-face|javascript:|behaviou?r\s*:", re.IGNORECASE)


def check_mjml(source: str, template: str) -> None:
    """Raise RenderError naming every problem of an MJML source, each with its line in ``source``."""
    problems = sorted(set(_problems(source)))
    if not problems:
        return
    rows = source.split("\n")
    told = [
        f"line {line}: {message}: {rows[line - 1].strip()[:100]}" for line, message in problems if line <= len(rows)
    ]
    raise RenderError("the MJML this template makes is not sound\n  " + "\n  ".join(told), template)


def compile_mjml(source: str) -> str:
    """The HTML of a checked MJML source, without remote fonts.

    Raises RenderError with line and column when the compiler refuses it, and when the HTML
    still holds MJML, a slot of a template language, an escape HTML does not know, or more than
    95,000 bytes.
    """
    try:
        html = mjml2html(source, fonts={})
    except ValueError as error:
        raise RenderError(f"the MJML cannot be compiled: {_located(str(error), source)}") from error
    for left in ("<mj-", "{{", '\\"'):
        if left in html:
            raise RenderError(f"the compiled letter still holds “{left}” near “{_around(html, left)}”")
    size = len(html.encode())
    if size > LARGEST:
        raise RenderError(
            f"the letter is {size:,} bytes of HTML and mail clients cut it off after {LARGEST:,}: shorten the release"
        )
    return html


def _located(message: str, source: str) -> str:
    """The compiler's message with its byte offset as line and column."""
    match = re.search(r" in root template(?: at position (\d+):\d+)?", message)
    if not match:
        return message
    if not match[1]:
        return message[: match.start()]
    head = source.encode()[: int(match[1])].decode(errors="ignore")
    line, column = head.count("\n") + 1, len(head) - head.rfind("\n")
    return f"{message[: match.start()]} at line {line}, column {column}"


def _around(text: str, needle: str) -> str:
    at = text.index(needle)
    return text[max(0, at - 30) : at + 30]


def _problems(source: str) -> Iterator[Problem]:
    foreign = [(_line_at(source, match.start()), match[0]) for match in _NOT_MJML.finditer(source)]
    yield from ((line, f"“{what}” has no place in MJML") for line, what in foreign)
    if any(what.startswith("<") for _, what in foreign):
        return
    try:
        root = _read(re.sub(r"&([A-Za-z][A-Za-z0-9]*);", _numbered, source))
    except etree.XMLSyntaxError as error:
        log: Any = error.error_log  # its stub leaves out that it can be iterated
        yield from ((entry.line, _plain(entry.message)) for entry in log)
        return
    if root.name != "mjml":
        yield 1, "the source does not start with <mjml>"
        return
    yield from _component(root, None)


def _read(source: str) -> Node:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    return _node(etree.fromstring(source.encode(), parser))


def _node(element: Any) -> Node:
    children = list(element)
    texts = [(element.sourceline, element.text), *((_last_line(child), child.tail) for child in children)]
    return Node(
        element.tag,
        element.sourceline,
        dict(element.attrib),
        tuple((line + _leading_lines(text), text.lstrip()) for line, text in texts if text and text.strip()),
        tuple(_node(child) for child in children),
    )


def _last_line(element: Any) -> int:
    """The line an element ends on, as far as its texts tell."""
    return int(element.sourceline) + "".join(element.itertext()).count("\n")


def _leading_lines(text: str) -> int:
    return text[: len(text) - len(text.lstrip())].count("\n")


def _line_at(source: str, at: int) -> int:
    return source.count("\n", 0, at) + 1


def _numbered(match: re.Match[str]) -> str:
    name = match[1]
    if name in _XML_ENTITIES or f"{name};" not in html5:
        return match[0]
    return "".join(f"&#{ord(character)};" for character in html5[f"{name};"])


def _plain(message: str) -> str:
    crossed = re.match(r"Opening and ending tag mismatch: (\S+) line (\d+) and (\S+)", message)
    if crossed:
        return f"<{crossed[1]}> of line {crossed[2]} is still open where </{crossed[3]}> stands"
    return message


def _component(node: Node, parent: str | None) -> Iterator[Problem]:
    if node.name in REFUSED:
        yield node.line, f"<{node.name}> is not used here: {REFUSED[node.name]}"
        return
    if node.name not in COMPONENTS:
        yield node.line, f"<{node.name}> is not a component we know"
        return
    known = COMPONENTS[node.name]
    if parent == "mj-attributes" and node.name in BODY_COMPONENTS:
        known = replace(known, content=Content.NOTHING, required=frozenset())
    elif parent is not None and parent not in known.parents:
        yield node.line, f"<{node.name}> may not stand in <{parent}>"
    yield from _attributes(node, known.attributes)
    for missing in sorted(known.required - node.attributes.keys()):
        yield node.line, f"<{node.name}> needs “{missing}”"
    yield from _content(node, known.content, parent)


def _attributes(node: Node, known: Mapping[str, re.Pattern[str]]) -> Iterator[Problem]:
    for attribute, value in node.attributes.items():
        if attribute not in known:
            yield node.line, f"<{node.name}> has no attribute “{attribute}”"
        elif not known[attribute].fullmatch(value):
            yield node.line, f"<{node.name}> cannot have {attribute}=“{value}”"


def _content(node: Node, content: Content, parent: str | None) -> Iterator[Problem]:
    if content in {Content.COMPONENTS, Content.NOTHING} or node.name == "mj-raw":
        yield from _stray_text(node)
    for child in node.children:
        if content is Content.COMPONENTS:
            yield from _component(child, node.name)
        elif content is Content.HTML:
            known = HEAD_HTML if parent == "mj-head" else BODY_HTML
            yield from _html(child, node.name, known, known.keys() & (BODY_FLOW | HEAD_HTML.keys()))
        else:
            yield child.line, f"<{node.name}> holds {content.value}, not <{child.name}>"
    if content is Content.CSS:
        yield from _css(node)


def _stray_text(node: Node) -> Iterator[Problem]:
    for line, text in node.texts:
        yield line, f"“{text.strip()[:40]}” stands in <{node.name}>, where no text may stand"


def _html(node: Node, parent: str, known: Mapping[str, Element], allowed: Set[str]) -> Iterator[Problem]:
    if node.name not in known:
        yield node.line, f"<{node.name}> is not allowed inside <{parent}>"
        return
    if node.name not in allowed:
        yield node.line, f"<{node.name}> may not stand in <{parent}>"
    element = known[node.name]
    yield from _attributes(node, GLOBAL_ATTRIBUTES | dict(element.attributes))
    if not element.has_text:
        yield from _stray_text(node)
    for child in node.children:
        yield from _html(child, node.name, known, element.children)


def _css(node: Node) -> Iterator[Problem]:
    for line, css in node.texts:
        for match in _FOREIGN_CSS.finditer(css):
            yield line + css.count("\n", 0, match.start()), f"“{match[0]}” may not stand in <mj-style>"
        if css.count("{") != css.count("}"):
            yield line, "the braces in <mj-style> do not match"
