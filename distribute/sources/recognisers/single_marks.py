"""Which of the single marks of a paragraph quote and which are apostrophes."""

from __future__ import annotations

import re
from functools import cache

from distribute.sources.vocabulary import either, everywhere

SINGLE = frozenset("‘’‚'")
_BEFORE_OPENER = frozenset('([—–-/:“«„"')
_INSIDE_END = frozenset('.,!?…;:)”»"')
_BEHIND_CLOSER = frozenset(',.;:!?)—–…”»"')


def find_openers(text: str) -> frozenset[int]:
    """The places of single marks that may open: nothing, a space or a bracket before them, and no elision behind."""
    return frozenset(place for place, sign in enumerate(text) if sign in SINGLE and may_open(text, place))


def may_open(text: str, place: int) -> bool:
    before, after = text[place - 1 : place] if place else "", text[place + 1 : place + 2]
    is_free = not before or before.isspace() or before in _BEFORE_OPENER
    return is_free and bool(after.strip()) and after not in ".,;:!?)" and not _elided().match(text, place)


def find_closers(text: str, openers: frozenset[int]) -> frozenset[int]:
    """The places of single marks that close.

    Behind a letter and before a space stands a closing mark or a possessive (``the workers' plan``):
    it is a possessive when another mark closes before the next one opens.
    """
    closers = set()
    is_closed_later = False
    for place in range(len(text) - 1, -1, -1):
        if text[place] not in SINGLE or text[place] == "‚":
            continue
        if place in openers:
            is_closed_later = False
        elif _may_close(text, place) and (_is_sure(text, place) or not is_closed_later):
            closers.add(place)
            is_closed_later = True
    return frozenset(closers)


def _may_close(text: str, place: int) -> bool:
    before, after = text[place - 1 : place] if place else "", text[place + 1 : place + 2]
    return bool(before.strip()) and not after.isalnum()


def _is_sure(text: str, place: int) -> bool:
    before, after = text[place - 1], text[place + 1 : place + 2]
    return before in _INSIDE_END or text[place] == "‘" or (bool(after) and after in _BEHIND_CLOSER)


@cache
def _elided() -> re.Pattern[str]:
    """``'t Hart``, ``’90s``: what an apostrophe shortens, in any language."""
    return re.compile(rf"['’](?:\d\ds?|{either(everywhere('elisions'))})\b")
