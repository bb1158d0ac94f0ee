"""What speaks for a line of the head being the headline: it tells in a few words what the text says at length."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from distribute.domain.release import BlockKind
from distribute.sources.document import Line, Paragraph
from distribute.sources.vocabulary import either, everywhere, fold

_WORD = re.compile(r"[^\W\d_]{4,}")
_STEM = 5
_LOOKED_AT = 4000
_LONGEST_NAME = 6
_LONGEST_DESK = 9
_MARGIN = 0.8
_MARGIN_OF_SENTENCES = 1.6
_ENOUGH = 0.6
_FEWEST_DIGITS = 10
_BAR = re.compile(r"\s[•·|]\s")
_REACH = re.compile(
    r"https?://\S|\bwww\.\S|\b[\w-]+\.(?:com|org|net|gov|eu|de|fr)/\S|\(?\d{3}\)?[ .-]\d{3}[.-]\d{4}|\S@\S+\.\w"
)
_DETAIL = re.compile(r"[^\W\d_][\w ./&-]{1,24}:\s+\S")


class HeadClues(NamedTuple):
    """What others know of the head.

    ``dateline`` is the paragraph that holds it; ``furniture`` the lines near the top that are a label,
    a date, a release line or a contact; ``groups`` the group of each line near the top,
    of which two or more are rows of a form if ``is_form``; ``whole`` the
    folded text of the file; ``desks`` the lines that name the house a text comes from, ``houses`` those
    that may; ``small`` the words of its language that carry no meaning.
    """

    dateline: Paragraph | None = None
    furniture: tuple[int, ...] = ()
    groups: tuple[int, ...] = ()
    is_form: bool = False
    whole: str = ""
    desks: frozenset[int] = frozenset()
    houses: frozenset[int] = frozenset()
    small: frozenset[str] = frozenset()


class Candidate(NamedTuple):
    """A line of the head, how much speaks for it, and how much for the best of them."""

    place: int
    weight: float
    best: float


def find_headline(head: Sequence[Paragraph], body: Sequence[Paragraph], clues: HeadClues) -> Candidate:
    """The headline among the lines of a head: the first that is nearly as good as the best.

    A heading of the mark-up outweighs whatever stands above it; a line that reads like a sentence yields
    only to a much better one, since a headline may be witty and name nothing that the text names.
    """
    stems = _stems("\n".join(paragraph.text for paragraph in body)[:_LOOKED_AT], clues.small)
    weights = [_weigh(paragraph, stems, clues) - _set_apart(paragraph, head[-1], clues) for paragraph in head]
    for place, (above, below) in enumerate(pairwise(head)):
        if is_address(below) and above.words <= _LONGEST_NAME:
            weights[place] -= 1.0
        weights[place] -= 2.0 * (clues.is_form and is_detail(above))
    weights[-1] -= 2.0 * (clues.is_form and is_detail(head[-1]))
    best = max(weights)
    margins = [_MARGIN_OF_SENTENCES if _is_sentence(p, clues) else _MARGIN for p in head]
    place = next(place for place, weight in enumerate(weights) if weight > best - margins[place])
    return Candidate(place, weights[place], best)


def _weigh(paragraph: Paragraph, stems: frozenset[str], clues: HeadClues) -> float:
    """A few words that the text takes up speak for a line; a house's name and an address against it."""
    if paragraph.kind is BlockKind.HEADING:
        return 10.0
    if is_address(paragraph):
        return -3.0
    own = _stems(paragraph.text, clues.small)
    is_name = is_title(paragraph, clues)
    weight = 0.25 * min(paragraph.words, 5) - 0.5 * (paragraph.words <= 2)
    if paragraph.text.endswith(":") and paragraph.words < _LONGEST_NAME:
        weight -= 2.0
    if is_name and paragraph.words <= _LONGEST_NAME and clues.whole.count(fold(paragraph.text)) > 1:
        weight -= 0.5
    else:
        weight += 2.0 * min(1.0, len(own & stems) / max(len(own), 2) / _ENOUGH)
    if paragraph.start in clues.desks:
        return min(weight - 1.0, 0.5)
    return weight - 0.25 * is_name


def _is_sentence(paragraph: Paragraph, clues: HeadClues) -> bool:
    is_whole = paragraph.words > 2 and paragraph.text[0].isupper()
    return is_whole and not is_title(paragraph, clues) and paragraph.start not in clues.houses


def is_title(paragraph: Paragraph, clues: HeadClues) -> bool:
    """Every word that carries meaning has a capital, as in names and in headlines of the American kind."""
    return not any(token[0].islower() and token not in clues.small for token in paragraph.text.split())


def is_address(paragraph: Paragraph) -> bool:
    """``221 Harbour Street``, ``www.example.org``, ``Example University • News``: where a house is found."""
    is_row = paragraph.words <= _LONGEST_DESK and bool(_BAR.search(paragraph.text))
    place = _address().search(paragraph.text)
    is_place = place is not None and (paragraph.words < _LONGEST_DESK or not place.start())
    is_number = sum(ch.isdigit() for ch in paragraph.text) >= _FEWEST_DIGITS
    return is_row or is_place or is_number or bool(_REACH.search(paragraph.text))


def is_detail(line: Paragraph | Line) -> bool:
    """``WHERE: National Press Club``, ``Guests: Jane Doe``: a row of an invitation or of a form."""
    return bool(_DETAIL.match(line.text))


@cache
def _address() -> re.Pattern[str]:
    """A post code, or a street as its country writes it: ``12, rue``, ``12 Elm Street``, ``Elmstraße 12``."""
    behind_number, before_name, behind_name, endings = (
        either(everywhere(f"streets_{place}")) for place in ("behind_number", "before_name", "behind_name", "joined")
    )
    return re.compile(
        rf"\b[A-Z]\d[A-Z]\s?\d[A-Z]\d\b|\b[A-Z]{{2}}\s\d{{5}}\b|^\d{{1,5}},?\s{behind_number}\b"
        rf"|^\d{{1,5}}\s[A-Z][\w.]*(?:\s[A-Z][\w.]*)*\s{behind_name}\b"
        rf"|\b\w+{endings}\s\d|\b{before_name}\s\w+.*\d"
    )


def _set_apart(paragraph: Paragraph, last: Paragraph, clues: HeadClues) -> float:
    """A date or a label between a few words and another line of the head makes them a letterhead."""
    is_apart = any(paragraph.start < line < last.start for line in clues.furniture)
    if paragraph.start in clues.houses:
        return 1.75 * is_apart
    return 1.0 * (is_apart and paragraph.words <= _LONGEST_NAME)


def _stems(text: str, small: frozenset[str]) -> frozenset[str]:
    """The beginnings of the words that carry the meaning, so that a plural or a case counts as the same word."""
    return frozenset(word[:_STEM] for word in _WORD.findall(fold(text)) if word not in small)
