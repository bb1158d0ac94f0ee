"""Rules about what the texts of two versions of a release say: numbers, dates, links."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

from distribute.checking.amounts import Figure, Form
from distribute.checking.days import Day
from distribute.checking.hours import Time
from distribute.checking.measures import without_converted
from distribute.checking.pages import is_same_page, site
from distribute.checking.passages import Named, Passages, pair, unmatched
from distribute.checking.versions import Disagreement, Pair, at, must_agree

T = TypeVar("T")
_MOST = 12
"""Differences that are told one by one; texts that differ in more are no translations."""
_WRITE_EITHER = {"es"}
"""Mexico and Central America write 1,200 where Spain and South America write 1.200 (CLDR)."""


@must_agree("version-numbers")
def compare_numbers(it: Pair) -> Iterator[Disagreement]:
    """Every number of one version stands in the other, as its language writes it."""
    first, second = (found.figures for found in it.passages)
    left = unmatched(first, second, lambda figure: figure.readings)
    own, other = without_converted(_unexplained(left[0], it.passages[1]), _unexplained(left[1], it.passages[0]))
    yield from _differences(it, (_only(own, Form.FIGURE), _only(other, Form.FIGURE)), "number")
    words = _only(own, Form.WORD), _only(other, Form.WORD)
    if len(words[0]) == len(words[1]) == 1:  # more of them are a matter of style
        yield from _differences(it, words, "number", is_soft=True)


@must_agree("version-number-form")
def compare_number_forms(it: Pair) -> Iterator[Disagreement]:
    """A number is written as its language does: 1,200 left standing in a French text reads as 1.2 there."""
    first, second = (found.figures for found in it.passages)
    for own, others, is_in_other in ((first, second, False), (second, first, True)):
        writer, reader = it.names[::-1] if is_in_other else it.names
        if (it.other if is_in_other else it.own).release.language in _WRITE_EITHER:
            continue
        values = {named.thing.value: named for named in others}
        for named in own:
            meant, *elsewhere = named.thing.readings
            other = next((values[value] for value in elsewhere if value > meant and value in values), None)
            if other and meant not in values:
                mine, theirs = it.places(named, other) if not is_in_other else it.places(other, named)[::-1]
                message = f"{writer} writes “{named.words}”{at(mine.line)}, which reads as {meant.normalize():f} there"
                message += f"; {reader} says “{other.words}”{at(theirs.line)}. Write it as the language does."
                yield Disagreement(message, mine.line, is_in_other, mine.column, mine.length)


@must_agree("version-dates")
def compare_dates(it: Pair) -> Iterator[Disagreement]:
    """Every day of one version stands in the other; weekdays and clock times do not contradict each other."""
    own, other = it.passages
    days = unmatched(own.days, other.days, lambda day: day.readings, Day.agrees)
    yield from _differences(it, _unsaid(it, days), "date")
    weekdays = unmatched(own.weekdays, other.weekdays, lambda day: (day.number,))
    yield from _differences(it, weekdays, "weekday", is_soft=True)
    times = unmatched(own.times, other.times, lambda time: (time.minutes % 60,), Time.agrees)
    yield from _differences(it, times, "time", is_soft=True)
    issued = it.own.release.issued, it.other.release.issued
    if all(issued) and issued[0] != issued[1]:
        lines = (version.release.dateline.line if version.release.dateline else None for version in (it.own, it.other))
        own_line, other_line = lines
        yield Disagreement(
            f"{it.names[0]} is dated {issued[0]}{at(own_line)}, {it.names[1]} {issued[1]}{at(other_line)}: "
            "correct one of them.",
            own_line,
        )


@must_agree("version-links")
def compare_links(it: Pair) -> Iterator[Disagreement]:
    """The same pages are linked; a page in each language on one site is the same page."""
    left = unmatched(it.passages[0].links, it.passages[1].links, lambda link: (site(link),), is_same_page)
    links = it.own.release.link, it.other.release.link
    own, other = (
        [one for one in found if not link or not is_same_page(one.thing, link)]
        for found, link in zip(left, reversed(links), strict=True)
    )
    yield from _differences(it, (own, other), "link")
    if links[0] and links[1] and not is_same_page(links[0], links[1]):
        message = f"{it.names[0]} has “link: {links[0]}”, {it.names[1]} “link: {links[1]}”: correct one of them."
        yield Disagreement(message)


def _unexplained(left: Sequence[Named[Figure]], other: Passages) -> list[Named[Figure]]:
    """Numbers that no date or time of the other version holds: ``on the 31st``, ``in 2020``, ``within 6 hours``."""
    held: set[int] = set()
    held.update(*(day.thing.figures for day in other.days), *(time.thing.figures for time in other.times))
    return [named for named in left if not {int(value) for value in named.thing.readings if value % 1 == 0} & held]


def _only(figures: Sequence[Named[Figure]], form: Form) -> list[Named[Figure]]:
    return [one for one in figures if one.thing.form is form]


def _unsaid(it: Pair, left: tuple[list[Named[Day]], list[Named[Day]]]) -> tuple[list[Named[Day]], list[Named[Day]]]:
    """Dates without those that the other version says elsewhere: in its dateline, or as a number alone."""
    kept = []
    for named, version, passages in ((left[0], it.other, it.passages[1]), (left[1], it.own, it.passages[0])):
        issued = version.release.issued
        numbers = {value for figure in passages.figures if figure.words[0].isdigit() for value in figure.thing.readings}
        kept.append([
            one
            for one in named
            if not (issued and (issued.month, issued.day) in one.thing.readings)
            and not any(day and day in numbers for _, day in one.thing.readings)
        ])  # fmt: skip
    return _once(kept[0]), _once(kept[1])


def _once(days: Sequence[Named[Day]]) -> list[Named[Day]]:
    """Both ends of 3-5 May as one."""
    return list({(day.words, day.text.line): day for day in days}.values())


def _differences(
    it: Pair, left: tuple[Sequence[Named[T]], Sequence[Named[T]]], noun: str, *, is_soft: bool = False
) -> Iterator[Disagreement]:
    """A sentence for each thing that differs; what is soft counts only beside something of the other version."""
    own, other = it.names
    if max(map(len, left)) > _MOST:
        yield _not_a_translation(it, left, noun)
        return
    for one, another in pair(*left):
        mine, theirs = it.places(one, another)
        if one and another:
            message = f"{own} says “{one.words}”{at(mine.line)}, {other} “{another.words}”{at(theirs.line)}: "
            yield Disagreement(f"{message}correct one of them.", mine.line, False, mine.column, mine.length)
        elif one and not is_soft:
            message = f"{own} has the {noun} “{one.words}”{at(mine.line)}, {other} does not."
            yield Disagreement(message, mine.line, False, mine.column, mine.length)
        elif another and not is_soft:
            message = f"{other} has the {noun} “{another.words}”{at(theirs.line)}, {own} does not."
            yield Disagreement(message, theirs.line, True, theirs.column, theirs.length)


def _not_a_translation(it: Pair, left: tuple[Sequence[Named[T]], Sequence[Named[T]]], noun: str) -> Disagreement:
    first = (left[0] or left[1])[0]
    line = first.text.line
    message = f"{it.names[0]} and {it.names[1]} differ in more than {_MOST} {noun}s, the first is “{first.words}”"
    message += f"{at(line)}: see whether {it.other.file} is the same release."
    return Disagreement(message, line, is_in_other=not left[0])
