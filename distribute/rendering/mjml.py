"""MJML to HTML, strictly: what the compiler would let pass in silence is refused with its line.

The compiler (mrml, through mjml-python) copies unknown components into the page, ignores
unknown attributes and repairs crossed tags by guessing; so every source is checked first.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Set
from dataclasses import replace
from difflib import get_close_matches

from mjml import mjml2html

from distribute.errors import RenderError
from distribute.rendering.inspection import CSS_THAT_LOADS
from distribute.rendering.markup import Malformed, Node, Problem, attribute_at, line_at, read_markup, value_at
from distribute.rendering.mjml_refusals import REFUSED, UNUSED
from distribute.rendering.mjml_schema import (
    BODY_COMPONENTS,
    BODY_FLOW,
    BODY_HTML,
    COLOUR,
    COMPONENTS,
    DECLARATION,
    GLOBAL_ATTRIBUTES,
    HEAD_HTML,
    ONLY_ONE,
    Content,
    Element,
    Value,
)
from distribute.rendering.origin import Place

LARGEST = 95_000  # bytes of HTML; Gmail cuts a message off at about 102,000 and hides the unsubscribe link
MOST_TOLD = 12  # problems at a time; what follows is often of the same slip
_NO_COLOUR = frozenset({"inherit", "transparent", "currentcolor"})
_COLOURED = re.compile(r"(?<![\w-])(?:[a-z]+-)*color\s*:\s*([^;}!]*)")


def check_mjml(source: str, template: str, origin: Callable[[int], Place | None] = lambda _: None) -> None:
    """Raise RenderError naming every problem of an MJML source, each with the line to correct.

    ``origin`` tells which line of which template a character of ``source`` comes from; where it
    does not know, the line is the one in what ``template`` made.
    """
    problems = sorted(set(_problems(source)))
    if not problems:
        return
    rows = source.split("\n")
    told: dict[tuple[Place, str], str] = {}  # once for each line of a template, however often it is used
    for at, message in problems:
        line = line_at(source, at)
        told.setdefault((origin(at) or Place("", line), message), rows[line - 1].strip()[:100])
    (blamed, _), *_ = told
    sentences = [_sentence(place, message, row) for (place, message), row in told.items()]
    sentences[0] = sentences[0].removeprefix(f"{blamed.template}:{blamed.line}: ")
    more = [f"and {len(told) - MOST_TOLD:,} more"] if len(told) > MOST_TOLD else []
    line_to_correct = blamed.line if blamed.template else None
    raise RenderError("\n".join(sentences[:MOST_TOLD] + more), blamed.template or template, line_to_correct)


def _sentence(place: Place, message: str, row: str) -> str:
    """A problem with its place; without a template, that is a line of what templates made."""
    if place.template:
        return f"{place.template}:{place.line}: {message}: {row}"
    return f"{message} (line {place.line} of the MJML it makes): {row}"


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
    for left in ("<mj-", "{{", "{%", '\\"'):
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
    try:
        root = read_markup(source)
    except Malformed as malformed:
        yield from malformed.problems
        if malformed.root:
            yield from _Check(source).component(malformed.root, None)
        return
    if root.name != "mjml":
        yield 0, "the source does not start with <mjml>"
        return
    if not any(child.name == "mj-body" for child in root.children):
        yield root.at, "<mjml> needs “mj-body”"
    yield from _Check(source).component(root, None)


class _Check:
    """What is wrong with the elements of one source."""

    def __init__(self, source: str) -> None:
        self._source = source

    def component(self, node: Node, parent: str | None) -> Iterator[Problem]:
        if node.name in REFUSED:
            yield node.at, f"<{node.name}> is not used here: {REFUSED[node.name]}"
            return
        if node.name not in COMPONENTS:
            yield node.at, f"<{node.name}> is not a component we know{_meant(node.name, COMPONENTS)}"
            return
        known = COMPONENTS[node.name]
        if parent == "mj-attributes" and node.name in BODY_COMPONENTS:
            known = replace(known, content=Content.NOTHING, required=frozenset())
        elif parent not in (known.parents or {None}):
            home = " or ".join(f"<{name}>" for name in sorted(known.parents))
            yield node.at, f"<{node.name}> may not stand in <{parent}>, only in {home}"
        yield from self._attributes(node, known.attributes)
        for missing in sorted(known.required - node.attributes.keys()):
            yield node.at, f"<{node.name}> needs “{missing}”"
        yield from self._repetitions(node)
        yield from self._content(node, known.content, parent)

    def _attributes(self, node: Node, known: Mapping[str, Value]) -> Iterator[Problem]:
        for attribute, value in node.attributes.items():
            if attribute not in known:
                why = f" here: {UNUSED[attribute]}" if attribute in UNUSED else _meant(attribute, known)
                at = attribute_at(self._source, node, attribute)
                yield at, f"<{node.name}> has no attribute “{attribute}”{why}"
                continue
            at = value_at(self._source, node, attribute)
            if not known[attribute].allows(value):
                yield at, f"<{node.name}> cannot have {attribute}=“{value}”: write {known[attribute].form}"
            elif attribute == "style":
                yield from _declarations(node.name, value, at)

    def _repetitions(self, node: Node) -> Iterator[Problem]:
        names = [child.name for child in node.children]
        for index, child in enumerate(node.children):
            if child.name in ONLY_ONE and child.name in names[:index]:
                yield child.at, f"a second <{child.name}> stands in <{node.name}>"

    def _content(self, node: Node, content: Content, parent: str | None) -> Iterator[Problem]:
        if content in {Content.COMPONENTS, Content.NOTHING} or node.name == "mj-raw":
            yield from self._stray_text(node)
        for child in node.children:
            if content is Content.COMPONENTS:
                yield from self.component(child, node.name)
            elif content is Content.HTML:
                known = HEAD_HTML if parent == "mj-head" else BODY_HTML
                yield from self._html(child, node.name, known, known.keys() & (BODY_FLOW | HEAD_HTML.keys()))
            else:
                yield child.at, f"<{node.name}> holds {content.value}, not <{child.name}>"
        if content is Content.CSS:
            yield from _css(node)

    def _stray_text(self, node: Node) -> Iterator[Problem]:
        for at, text in node.texts:
            if text.strip():
                start = at + len(text) - len(text.lstrip())
                yield start, f"“{text.strip()[:40]}” stands in <{node.name}>, where no text may stand"

    def _html(self, node: Node, parent: str, known: Mapping[str, Element], allowed: Set[str]) -> Iterator[Problem]:
        if node.name not in known:
            here = ", ".join(sorted(allowed)) or "nothing"
            yield node.at, f"<{node.name}> is not allowed inside <{parent}>: {here} may stand there"
            return
        if node.name not in allowed:
            yield node.at, f"<{node.name}> may not stand in <{parent}>"
        element = known[node.name]
        yield from self._attributes(node, GLOBAL_ATTRIBUTES | dict(element.attributes))
        if not element.has_text:
            yield from self._stray_text(node)
        for child in node.children:
            yield from self._html(child, node.name, known, element.children)


def _meant(name: str, known: Collection[str]) -> str:
    near = get_close_matches(name.lower(), known, n=1, cutoff=0.75)
    return f"; do you mean “{near[0]}”?" if near else ""


def _declarations(name: str, style: str, at: int) -> Iterator[Problem]:
    """What is wrong with the properties of one ``style``, each where its value begins."""
    for declaration in style.split(";"):
        if declaration.strip() and not DECLARATION.allows(declaration):
            value = at + declaration.find(":") + 1
            yield value, f"<{name}> cannot have style=“{declaration.strip()}”: write {DECLARATION.form}"
        at += len(declaration) + 1


def _css(node: Node) -> Iterator[Problem]:
    for at, css in node.texts:
        for match in CSS_THAT_LOADS.finditer(css):
            yield at + match.start(), f"“{match[0]}” may not stand in <mj-style>"
        for match in _COLOURED.finditer(css):
            if match[1].strip() not in _NO_COLOUR and not COLOUR.allows(match[1].strip()):
                yield at + match.start(1), f"“{match[1].strip()}” may not stand in <mj-style>: write {COLOUR.form}"
        if css.count("{") != css.count("}"):
            yield at + len(css) - len(css.lstrip()), "the braces in <mj-style> do not match"
