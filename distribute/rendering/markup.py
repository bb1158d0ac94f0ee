"""MJML as a tree, read to the letter: what is not well formed is a sentence about the very place.

expat does the reading (https://docs.python.org/3/library/pyexpat.html); it says where something
stands exactly, while repairing nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.entities import html5
from xml.parsers import expat

DEEPEST = 60  # elements within each other; a letter has some fifteen, and the compiler dies of thousands

Problem = tuple[int, str]
"""The offset in the source of what is wrong, in characters, and a sentence about it."""

_NOT_MJML = re.compile(r"<!\[CDATA\[|<!DOCTYPE|<!--|<\?|<!|\{\{|\{%|\{#", re.IGNORECASE)
_ENTITY = re.compile(r"&(?!#[0-9]+;|#x[0-9A-Fa-f]+;)([A-Za-z][A-Za-z0-9]*;)?")
_XML_ENTITIES = frozenset({"amp;", "lt;", "gt;", "quot;", "apos;"})
_NAME = r"[^\s\"'<>/=]+"
_LINE_END = re.compile(r"\r\n|\r|\n")


@dataclass(slots=True)
class Node:
    """An element as read: its offset, its attributes, each text directly in it with its offset, its children."""

    name: str
    at: int
    attributes: dict[str, str]
    texts: list[tuple[int, str]] = field(default_factory=list)
    children: list[Node] = field(default_factory=list)


class Malformed(Exception):
    """What keeps a source from being a tree; ``root`` is what there is of one where an opening tag is to blame."""

    def __init__(self, problems: list[Problem], root: Node | None = None) -> None:
        self.problems = problems
        self.root = root
        super().__init__("; ".join(sentence for _, sentence in problems))


def read_markup(source: str) -> Node:
    """The root of ``source``.

    Raises Malformed for whatever XML forbids (https://www.w3.org/TR/xml/), for entities HTML does not know
    (https://html.spec.whatwg.org/#named-character-references), and for what an MJML source never needs:
    comments, CDATA, declarations and what is left of Jinja.
    """
    if problems := [*_leftovers(source), *_entities(source)]:
        raise Malformed(problems)
    return _Reader(source).read()


def line_at(source: str, at: int) -> int:
    """The line, from 1, that the character ``at`` stands on."""
    return source.count("\n", 0, at) + 1


def attribute_at(source: str, node: Node, attribute: str) -> int:
    """Where ``attribute`` stands in the tag of ``node``, which may have several lines."""
    match = _attribute(source, node, attribute)
    return match.start(1) if match else node.at


def value_at(source: str, node: Node, attribute: str) -> int:
    """Where the value of ``attribute`` begins."""
    match = _attribute(source, node, attribute)
    return match.end() if match else node.at


def _attribute(source: str, node: Node, attribute: str) -> re.Match[str] | None:
    return re.compile(rf"\s({re.escape(attribute)})\s*=\s*[\"']").search(source, node.at)


def _leftovers(source: str) -> Iterator[Problem]:
    for match in _NOT_MJML.finditer(source):
        yield match.start(), f"“{match[0]}” has no place in MJML"


def _entities(source: str) -> Iterator[Problem]:
    for match in _ENTITY.finditer(source):
        if match[1] is None:
            yield match.start(), "a bare “&” stands here: write &amp;"
        elif match[1] not in _XML_ENTITIES and match[1] not in html5:
            yield match.start(), f"“&{match[1]}” is no character HTML knows"


class _Reader:
    """One pass over one source."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._starts = [0, *(match.end() for match in _LINE_END.finditer(source))]
        self._open: list[Node] = []
        self._is_text = False
        self._root: Node | None = None
        self._parser = expat.ParserCreate("utf-8")
        self._parser.UseForeignDTD(True)  # entities of HTML are passed over instead of refused
        self._parser.ExternalEntityRefHandler = lambda *_: 1
        self._parser.StartElementHandler = self._begin
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._write

    def read(self) -> Node:
        try:
            self._parser.Parse(self._source.encode("utf-8", "surrogatepass"), True)
        except expat.ExpatError as error:
            at, sentence = self._explain(error)
            is_unopened = bool(self._open) and self._source.startswith("</", at)
            raise Malformed([(at, sentence)], self._root if is_unopened else None) from error
        if self._root is None:
            raise Malformed([(0, "the source is empty")])
        return self._root

    def _at(self) -> int:
        return self._starts[self._parser.CurrentLineNumber - 1] + self._parser.CurrentColumnNumber

    def _begin(self, name: str, attributes: dict[str, str]) -> None:
        node = Node(name, self._at(), attributes)
        if len(self._open) >= DEEPEST:
            raise Malformed([(node.at, f"more than {DEEPEST} elements stand within each other")])
        if self._open:
            self._open[-1].children.append(node)
        self._root = self._root or node
        self._is_text = False
        self._open.append(node)

    def _end(self, _: str) -> None:
        self._is_text = False
        self._open.pop()

    def _write(self, text: str) -> None:
        """Text comes line by line; what tags do not part is one text."""
        texts = self._open[-1].texts
        if self._is_text:
            text = texts[-1][1] + text
            texts[-1] = texts[-1][0], text
        else:
            texts.append((self._at(), text))
        self._is_text = True

    def _explain(self, error: expat.ExpatError) -> Problem:
        """The error as a sentence, at the tag a person has to look at."""
        at = self._starts[error.lineno - 1] + error.offset
        match expat.ErrorString(error.code):
            case expat.errors.XML_ERROR_TAG_MISMATCH:
                return self._mismatch(at)
            case expat.errors.XML_ERROR_NO_ELEMENTS if self._open:
                return self._open[-1].at, f"<{self._open[-1].name}> is never closed"
            case expat.errors.XML_ERROR_NO_ELEMENTS:
                return 0, "the source is empty"
            case expat.errors.XML_ERROR_DUPLICATE_ATTRIBUTE:
                return at, f"an attribute is given twice: {self._shown(at)}"
        return self._misplaced(at, expat.ErrorString(error.code))

    def _mismatch(self, at: int) -> Problem:
        """A closing tag that is not the one awaited: either that one was forgotten, or this one is too many."""
        at = self._source.rfind("</", 0, at + 2)
        closed = re.compile(rf"</\s*({_NAME})").match(self._source, at)
        name, awaited = closed[1] if closed else "", self._open[-1]
        if any(node.name == name for node in self._open):
            line = line_at(self._source, at)
            return awaited.at, f"<{awaited.name}> is still open where </{name}> stands in line {line}"
        return at, f"</{name}> closes nothing that is open: </{awaited.name}> was awaited"

    def _misplaced(self, at: int, why: str) -> Problem:
        """A character that cannot stand where it does; in a tag, the tag is to blame."""
        if not self._open:
            return at, "this stands outside <mjml>"
        tag = self._source.rfind("<", 0, at + 1)
        before = self._source.rfind("<", 0, max(tag, 0))
        head, end, _ = self._source[before:tag].partition(">") if before >= 0 else ("", ">", "")
        if head.count('"') % 2:
            return before, f"a value in the tag “{self._shown(before)}” holds a “<” or is not closed"
        if end and not re.match(r"</?[A-Za-z]", self._source[tag : tag + 3]):
            return tag, "a bare “<” stands here: write &lt;"
        if not end or ">" not in self._source[tag:at]:
            tag = tag if end else before
            return (
                tag,
                f"the tag “{self._shown(tag)}” is malformed: values stand in quotation marks, each tag ends in “>”",
            )
        return at, f"{self._source[at : at + 1]!r} cannot stand here ({why})"

    def _shown(self, at: int) -> str:
        return " ".join(self._source[at : at + 60].split("\n", 1)[0].split())
