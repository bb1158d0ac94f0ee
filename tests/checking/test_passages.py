"""What versions name, and what stands beside what."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from distribute.checking.passages import Named, pair, read_passages, unmatched
from distribute.checking.texts import Text
from distribute.domain.release import Block, BlockKind, Mark, MarkKind, Release

RELEASE = Release(
    headline="12 dams fail",
    headline_line=1,
    language="en",
    subheads=("On 3 May 2019 at 11 a.m.",),
    body=(Block(kind=BlockKind.PARAGRAPH, text="See https://example.org/dams, on Monday.", line=5),),
    boilerplate="Founded 1961.",
    notes_to_editors="There are 7 notes.",
)


def read(release: Release, **wished: bool) -> Any:
    return read_passages(release, **{"with_boilerplate": False, "with_notes": False, **wished})


def words(named: list[Named[Any]]) -> list[str]:
    return [one.words for one in named]


def test_everything_that_readers_see_is_read() -> None:
    found = read(RELEASE)
    assert words(found.figures) == ["12 dams"]
    assert words(found.days) == ["3 May 2019"]
    assert words(found.times) == ["11 a.m."]
    assert words(found.weekdays) == ["Monday"]
    assert words(found.links) == ["https://example.org/dams"]
    assert [one.text.line for one in (*found.figures, *found.links)] == [1, 5]
    assert found.links[0].place_in(replace(RELEASE, lines=("",) * 4 + ("  See https://example.org/dams",))) == (
        5,
        7,
        24,
    )


def test_closing_parts_are_read_where_they_are_wished() -> None:
    assert words(read(RELEASE, with_boilerplate=True, with_notes=True).figures) == ["12 dams", "1961", "7 notes"]


def test_links_behind_words_count() -> None:
    marks = (Mark(start=0, end=3, kind=MarkKind.LINK, href="https://example.org/law"),)
    linked = replace(RELEASE, body=(replace(RELEASE.body[0], text="The law.", marks=marks),))
    assert words(read(linked).links) == ["https://example.org/law"]


def named(thing: int, depth: float) -> Named[int]:
    return Named(thing, str(thing), Text(""), 0, depth)


def test_what_both_name_is_no_difference_and_a_repetition_counts_once() -> None:
    first, second = [named(n, 0) for n in (1, 2, 2, 3)], [named(n, 0) for n in (3, 1, 1)]
    left = unmatched(first, second, lambda number: (number,))
    assert [[one.thing for one in side] for side in left] == [[2], []]


def test_what_stands_at_the_same_depth_belongs_together() -> None:
    first, second = [named(1, 0.1), named(2, 0.9)], [named(3, 0.95), named(4, 0.5)]
    pairs = [(one and one.thing, other and other.thing) for one, other in pair(first, second)]
    assert pairs == [(1, None), (2, 3), (None, 4)]


def test_things_with_one_key_are_asked_whether_they_agree() -> None:
    first, second = [named(10, 0), named(23, 0)], [named(20, 0), named(33, 0)]
    left = unmatched(first, second, lambda number: (number % 10,), lambda one, other: one == 10 and other == 20)
    assert [[one.thing for one in side] for side in left] == [[23], [20, 33]]
