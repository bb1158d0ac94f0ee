"""Quotation marks to the stretches of text between them, whatever the marks and however they are left open."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from distribute.sources.recognisers.single_marks import SINGLE, find_closers, find_openers, may_open
from distribute.sources.vocabulary import CAPITALS

_OPENERS = "“«„‟‹"
_PAIRS = {
    "“": "”", "«": "»", "„": "“”‟", "‟": "”", "»": "«", "”": "”", '"': '"',
    "‘": "’", "‚": "‘’", "’": "’", "'": "'", "‹": "›", "›": "‹",
}  # fmt: skip
_SIGNS = frozenset('“”«»„‟"‹›')
_SENTENCE_END = frozenset(".!?…")
_DOUBLE_MARK = re.compile(f"[{''.join(sorted(_SIGNS))}]")
_ANY_MARK = re.compile(f"[{''.join(sorted(_SIGNS | SINGLE))}]")
_DIALOGUE = re.compile(rf"^[—–]\s?(?:[^\W\d]|[¿¡])|(?<=[.!?…]\s)[—–]\s?[{CAPITALS}¿¡]")
_SHORTEST_REST = 20
_REACH = 400
_TYPED = re.compile(
    r"(?P<low>(?<!\S),,(?=\w))|(?P<high>``|(?<![^\s(])(?:“”|““|''|‘‘)(?=\w))|(?P<end>(?<=\S)(?:””|''|’’)(?!\w))"
)
_MAY_BE_TYPED = re.compile(r",,|``|“[“”]|””|''|‘‘|’’")
_MEANT = {"low": "„", "high": "“", "end": "”"}
_STRAIGHT = re.compile('"')
_DASH = re.compile(r"(?:^|\s)[—–]\s?|[—–](?=[\s.,;])")


class Stretch(NamedTuple):
    """Characters ``start`` to ``end`` between two marks; ``outer`` counts the marks in.

    ``is_closed`` is False where no mark ends it before the paragraph does; ``is_first`` says that
    nothing stands before its opening mark.
    """

    start: int
    end: int
    outer: tuple[int, int]
    is_closed: bool
    is_first: bool


def find_stretches(text: str, *, with_single: bool = False) -> list[Stretch]:
    """The outermost quoted stretches of a paragraph, left to right, in linear time.

    ``with_single`` reads ‘…’ and '…' as quotation marks, for texts that use no double ones.
    """
    openers = find_openers(text) if with_single else frozenset()
    closers = find_closers(text, openers) if with_single else frozenset()
    head = len(text) - len(text.lstrip(" -–—•"))
    found: list[Stretch] = []
    stack: list[str] = []
    begin = 0
    last_closer = -1
    for mark in (_ANY_MARK if with_single else _DOUBLE_MARK).finditer(text):
        place, sign = mark.start(), mark[0]
        if stack and sign in _PAIRS[stack[-1]] and (place in closers if sign in SINGLE else _closes(text, place)):
            stack.pop()
            last_closer = place
            if not stack:
                found.append(_stretch(text, begin, place, head, is_closed=True))
        elif place in openers if sign in SINGLE else _opens(text, place, is_inside=bool(stack)):
            if not stack:
                begin = place
            stack.append(sign)
        elif not stack and not found and _ends_unopened(text, place):
            found.append(Stretch(0, place, (0, place + 1), is_closed=True, is_first=True))
    if stack:
        found.append(_left_open(text, begin, head, last_closer))
    return [stretch for stretch in found if stretch.end > stretch.start]


def tidy_marks(text: str) -> str:
    """Two single marks or two commas as the double mark they are typed for, a doubled mark as one, and a straight
    one beside curly ones as the curly one it stands for."""
    if _MAY_BE_TYPED.search(text):
        text = _TYPED.sub(lambda match: _MEANT[match.lastgroup or ""], text)
    return _STRAIGHT.sub(_curly, text) if '"' in text and ("“" in text or "”" in text) else text


def _curly(mark: re.Match[str]) -> str:
    before, after = mark.string[mark.start() - 1 : mark.start()], mark.string[mark.end() : mark.end() + 1]
    if before.isdigit():
        return '"'
    return "“" if (not before.strip() or before in "([—–") and after.strip() else "”"


def find_spoken(text: str, is_attribution: Callable[[str], bool]) -> list[Stretch]:
    """The stretches of a paragraph of dialogue, which a dash opens: ``—Nadie vino —dijo Ana Ruiz—. Nadie.``

    The first stands at the head of a sentence. A dash ends a stretch where ``is_attribution`` says so of
    what follows it; others are the speaker's own.
    """
    opening = _DIALOGUE.search(text)
    if not opening:
        return []
    dashes = [match.span() for match in _DASH.finditer(text) if match.end() > opening.start()]
    found, first = [], 0
    while first < len(dashes):
        ends = (place for place in range(first + 1, len(dashes)) if is_attribution(_behind(text, dashes[place])))
        last = next(ends, len(dashes))
        stop, end = dashes[last] if last < len(dashes) else (len(text), len(text))
        begin, start = dashes[first]
        start += len(text[start:stop]) - len(text[start:stop].lstrip(" .,;"))
        found.append(Stretch(start, stop, (begin, end), is_closed=True, is_first=False))
        first = last + 1
    return [stretch for stretch in found if stretch.end > stretch.start]


def _behind(text: str, dash: tuple[int, int]) -> str:
    return text[dash[1] : dash[1] + _REACH]


def closes_unopened(text: str) -> bool:
    """The first mark of the paragraph ends a quotation that an earlier paragraph opened."""
    mark = _DOUBLE_MARK.search(text)
    first = mark.start() if mark else -1
    if first < 1 or text[first] in "„«":
        last = len(text) - 1
        return first < 0 and text[-1:] in {"’", "'"} and not find_openers(text) and _ends_unopened(text, last)
    return not text[first - 1].isspace() and not text[first + 1 : first + 2].isalnum()


def _ends_unopened(text: str, place: int) -> bool:
    if text[place] in {"’", "'"}:
        return place == len(text) - 1 and text[place - 1] in _SENTENCE_END
    return place > _SHORTEST_REST and text[place] in '”»"“'


def opens_with_mark(text: str) -> bool:
    """The paragraph begins with a quotation mark, or with the closing one that Spanish repeats (»Así…)."""
    if text[:1] in SINGLE:
        return may_open(text, 0)
    return (text[:1] in _SIGNS and text[1:2].strip() != "") or text[:2] in {"«\u00a0", "« ", "«\u202f"}


def has_double_marks(text: str) -> bool:
    return bool(_DOUBLE_MARK.search(text))


def _left_open(text: str, begin: int, head: int, last_closer: int) -> Stretch:
    """A stretch that nothing closes; a mark that ends the paragraph closes it, though it closed another within."""
    if last_closer > begin and not text[last_closer + 1 :].strip(" .,;!?)"):
        return _stretch(text, begin, last_closer, head, is_closed=True)
    return _stretch(text, begin, len(text), head, is_closed=False)


def _stretch(text: str, begin: int, end: int, head: int, *, is_closed: bool) -> Stretch:
    start = begin + 1
    while start < end and text[start].isspace():
        start += 1
    stop = end
    while stop > start and text[stop - 1].isspace():
        stop -= 1
    outer = (begin, end + 1 if is_closed else end)
    return Stretch(start, stop, outer, is_closed, begin <= head)


def _closes(text: str, place: int) -> bool:
    if text[place] != '"':
        return True
    return place > 0 and not (text[place - 1].isspace() and text[place + 1 : place + 2].isalnum())


def _opens(text: str, place: int, *, is_inside: bool) -> bool:
    sign, before, after = text[place], text[place - 1 : place], text[place + 1 : place + 2]
    if sign in _OPENERS:
        return bool(after)
    is_free = not before or before.isspace() or before in "([—–-/:" or (before == "," and after.isupper())
    if is_inside and sign != '"':
        return False
    if before.isspace() and after.isspace() and not is_inside:
        return text[place - 2 : place - 1] in {",", ":"}
    return is_free and bool(after.strip()) and after not in ".,;:!?)"
