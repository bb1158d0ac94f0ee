"""Ordered lists of a page: every item keeps its number."""

from __future__ import annotations

import pytest

from distribute.domain.release import BlockKind
from distribute.sources.markup import read_markup

ITEMS = "<li>one</li><li>two</li>"


@pytest.mark.parametrize(
    ("markup", "said"),
    [
        (f"<ol>{ITEMS}</ol>", ["1. one", "2. two"]),
        (f"<ul>{ITEMS}</ul>", ["one", "two"]),
        (f'<ol start="5" type="a">{ITEMS}</ol>', ["e. one", "f. two"]),
        (f'<ol type="I">{ITEMS}</ol>', ["I. one", "II. two"]),
        (f"<ol reversed>{ITEMS}</ol>", ["2. one", "1. two"]),
        (f'<ol type="none">{ITEMS}</ol>', ["one", "two"]),
        (f'<ol start="x" type="?">{ITEMS}</ol>', ["1. one", "2. two"]),
        ('<ol><li value="4">four</li><li>five</li></ol>', ["4. four", "5. five"]),
        ("<ol><li><p>one</p><p>goes on</p></li><li> <b>two</b> bold</li></ol>", ["1. one", "goes on", "2. two bold"]),
        ('<ol><li>one<ol type="a"><li>in</li></ol></li><li>two</li></ol>', ["1. one", "a. in", "2. two"]),
        ("<ol><li>one<ul><li>dot</li></ul><li>two</ol>", ["1. one", "dot", "2. two"]),
        ("<ol><li>one</li><li> </li><li>three</li></ol>", ["1. one", "3. three"]),
        ("<ol><li><ol><li>both</li></ol></li></ol>", ["1. 1. both"]),
        ("<li>no list</li>", ["no list"]),
        ("<ol><li><q>said</q></li></ol>", ["1. “said”"]),
    ],
)
def test_an_item_keeps_the_number_a_browser_shows(markup: str, said: list[str]) -> None:
    assert [line.text for line in read_markup(markup).lines] == said


def test_a_number_is_not_marked_with_its_words() -> None:
    (line,) = read_markup('<ol><li><a href="https://example.org"><b>one</b></a> more</li></ol>').lines
    assert line.kind is BlockKind.LIST
    assert {line.text[mark.start : mark.end] for mark in line.marks} == {"one"}
