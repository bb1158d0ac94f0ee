"""What two versions of a release name in their texts, and what only one of them does: numbers, dates, times, links."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Generic, NamedTuple, TypeVar

from distribute.checking.amounts import Figure, find_figures, shown
from distribute.checking.days import Day, Weekday, find_days, find_weekdays
from distribute.checking.hours import Time, find_times
from distribute.checking.places import Place, find_place
from distribute.checking.texts import (
    Text,
    body_texts,
    boilerplate_texts,
    headline_text,
    notes_texts,
    subhead_texts,
)
from distribute.domain.release import MarkKind, Release

_ADDRESS = re.compile(r"(?<![\w@.])(?:https?://|www\.)[^\s<>“”»\"]{2,500}", re.IGNORECASE)
_NEAR = 0.2
_MOST = 100
"""How many things with one key are compared: a text with more is no release, and must not take for ever."""
T = TypeVar("T")


class Named(NamedTuple, Generic[T]):
    """Something a version names: as it is written, from which place of which text, and how far down (0 to 1)."""

    thing: T
    words: str
    text: Text
    start: int
    depth: float

    def place_in(self, release: Release) -> Place:
        """Where it stands in the release's file."""
        return find_place(self.text.remark("", self.start, self.words), release.lines)


@dataclass(frozen=True)
class Passages:
    """All that one version names, each kind in the order of the text."""

    figures: list[Named[Figure]] = field(default_factory=list)
    days: list[Named[Day]] = field(default_factory=list)
    weekdays: list[Named[Weekday]] = field(default_factory=list)
    times: list[Named[Time]] = field(default_factory=list)
    links: list[Named[str]] = field(default_factory=list)


def read_passages(release: Release, *, with_boilerplate: bool, with_notes: bool) -> Passages:
    """What the headline, the subheads and the body name; the closing parts only where both versions have them."""
    texts = [headline_text(release), *subhead_texts(release), *body_texts(release)]
    texts += [*boilerplate_texts(release)] if with_boilerplate else []
    texts += [*notes_texts(release)] if with_notes else []
    found = Passages()
    for place, text in enumerate(texts):
        _read(text, release.language, place / len(texts), found)
    for place, block in enumerate(release.body):
        hrefs = (mark.href for mark in block.marks if mark.kind is MarkKind.LINK)
        depth, text = place / len(release.body), Text("", block.line)
        found.links.extend(Named(href, href, text, 0, depth) for href in hrefs if href)
    return found


def _read(text: Text, language: str | None, depth: float, found: Passages) -> None:
    days, times = find_days(text.words, language), find_times(text.words)
    taken = [*((day.start, day.end) for day in days), *((time.start, time.end) for time in times)]

    def named(thing: T, start: int, end: int) -> Named[T]:
        return Named(thing, text.words[start:end].strip(), text, start, depth)

    for figure in find_figures(text.words, language, taken):
        found.figures.append(Named(figure, shown(text.words, figure), text, figure.start, depth))
    found.days.extend(named(day, day.start, day.end) for day in days)
    found.weekdays.extend(named(day, day.start, day.end) for day in find_weekdays(text.words, language))
    found.times.extend(named(time, time.start, time.end) for time in times)
    for match in _ADDRESS.finditer(text.words):
        address = match[0].rstrip(".,;:!?)'’]")
        found.links.append(Named(address, address, text, match.start(), depth))


def unmatched(
    first: Sequence[Named[T]],
    second: Sequence[Named[T]],
    keys: Callable[[T], Iterable[Hashable]],
    agrees: Callable[[T, T], bool] = lambda _one, _other: True,
) -> tuple[list[Named[T]], list[Named[T]]]:
    """What each of two versions names that the other does not, each thing once.

    Only things that share one of their ``keys`` are asked whether they agree.
    """
    return _left(first, second, keys, agrees), _left(second, first, keys, agrees)


def _left(
    own: Sequence[Named[T]],
    others: Sequence[Named[T]],
    keys: Callable[[T], Iterable[Hashable]],
    agrees: Callable[[T, T], bool],
) -> list[Named[T]]:
    known: dict[Hashable, list[T]] = {}
    for other in others:
        for key in keys(other.thing):
            known.setdefault(key, []).append(other.thing)
    left: list[Named[T]] = []
    for named in own:
        mine = list(keys(named.thing))
        if not any(agrees(named.thing, other) for key in mine for other in known.get(key, ())[:_MOST]):
            left.append(named)
            for key in mine:
                known.setdefault(key, []).append(named.thing)
    return left


def pair(first: Sequence[Named[T]], second: Sequence[Named[T]]) -> Iterator[tuple[Named[T] | None, Named[T] | None]]:
    """What stands at about the same depth of both texts belongs together; the rest stays alone."""
    rest = list(second)
    for named in first:
        other = min(rest, key=lambda it: abs(it.depth - named.depth), default=None)
        if other is not None and abs(other.depth - named.depth) <= _NEAR:
            rest.remove(other)
            yield named, other
        else:
            yield named, None
    for other in rest:
        yield None, other
