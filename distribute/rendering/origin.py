"""Which line of which template something in a rendered text was written on."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from jinja2 import Environment
from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream
from markupsafe import escape

from distribute.errors import RenderError

_OPEN, _CLOSE = "\ufdd0", "\ufdd1"  # noncharacters: no text may hold them, and a letter that does is refused
_MARK = re.compile(f"{_OPEN}([^{_CLOSE}]*):([0-9]+){_CLOSE}")


@dataclass(frozen=True, slots=True)
class Place:
    """A line, from 1, of a template."""

    template: str
    line: int


def blame(message: str, place: Place | None) -> RenderError:
    """The error of a template at ``place``, or of one that is not known."""
    return RenderError(message, place.template, place.line) if place else RenderError(message)


class Marking(Extension):
    """Makes templates write, at the start of each of their lines and values, where they are."""

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        for token in stream:
            if token.type == "variable_begin":
                yield Token(token.lineno, "data", _mark(stream.name, token.lineno))
            yield token if token.type != "data" else _marked(token, stream.name)


class Origins:
    """The places of one text. ``render`` renders it anew with an environment that marks; it is asked at most once."""

    def __init__(self, text: str, render: Callable[[], str]) -> None:
        self._text = text
        self._render = render
        self._found: tuple[list[int], list[Place]] | None = None

    def of(self, at: int) -> Place | None:
        """Where the character ``at`` of the text was written; None where rendering anew gives another text."""
        offsets, places = self._found = self._found or self._find()
        index = bisect_right(offsets, at) - 1
        return places[index] if index >= 0 else None

    def find(self, words: str) -> Place | None:
        """Where ``words`` were written, when they stand in the text once, as they are or escaped."""
        for form in (words, str(escape(words))):
            if self._text.count(form) == 1:
                return self.of(self._text.index(form))
        return None

    def _find(self) -> tuple[list[int], list[Place]]:
        try:
            marked = self._render()
        except RenderError:
            return [], []
        if _MARK.sub("", marked) != self._text:
            return [], []
        offsets, places, shift = [], [], 0
        for match in _MARK.finditer(marked):
            offsets.append(match.start() - shift)
            places.append(Place(match[1], int(match[2])))
            shift += len(match[0])
        return offsets, places


def marking(environment: Environment) -> Environment:
    """The environment with every template's places written into what it makes; see :class:`Origins`."""
    return environment.overlay(extensions=[Marking])


def _mark(name: str | None, line: int) -> str:
    return f"{_OPEN}{name or ''}:{line}{_CLOSE}"


def _marked(token: Token, name: str | None) -> Token:
    first, *others = token.value.split("\n")
    lines = [_mark(name, token.lineno) + first]
    lines += [_mark(name, token.lineno + number) + line for number, line in enumerate(others, 1)]
    return Token(token.lineno, "data", "\n".join(lines))
