"""Places in the file."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from distribute.checking.places import Place, find_place
from distribute.checking.registry import Remark

FILE = ("Dam floods homes", "", "  The dam  leaked", "in in May, and **in in** June, to\u00adday.", "XX and XX")


def test_a_place_is_found_over_line_breaks_spaces_and_mark_up() -> None:
    paragraph = "The dam leaked in in May, and in in June, today."
    first, second = paragraph.index("in in"), paragraph.rindex("in in")
    assert find_place(Remark("?", 3, first + 1, "in in", 0), FILE) == Place(4, 1, 5)
    assert find_place(Remark("?", 3, second + 1, "in in", 1), FILE) == Place(4, 18, 5)
    assert find_place(Remark("?", 3, 1, "The dam leaked", 0), FILE) == Place(3, 3, 15)
    assert find_place(Remark("?", 3, 9, "leaked in", 0), FILE) == Place(3, 12, 6), "the part on its first line"
    assert find_place(Remark("?", 3, 42, "today", 0), FILE) == Place(4, 32, 6)


def test_the_same_words_are_told_apart_by_how_often_they_stood_before() -> None:
    assert find_place(Remark("?", 5, 8, "XX", 1), FILE) == Place(5, 8, 2)


def test_words_that_are_not_in_the_file_keep_the_place_the_rule_gave() -> None:
    assert find_place(Remark("?", 3, 7, "absent", 0), FILE) == Place(3, 7)
    assert find_place(Remark("?", 3, 7, "The dam", 0), ()) == Place(3, 7)
    assert find_place(Remark("?"), FILE) == Place(None, None)


@given(
    lines=st.lists(st.text(max_size=20), max_size=6),
    line=st.integers(-1, 9),
    column=st.integers(1, 30),
    passage=st.text(max_size=5),
    earlier=st.integers(0, 9),
)
@settings(deadline=None, max_examples=150)
def test_a_place_that_was_found_lies_inside_the_file(
    lines: list[str], line: int, column: int, passage: str, earlier: int
) -> None:
    place = find_place(Remark("?", line, column, passage, earlier), lines)
    if place.length:
        assert place.line is not None
        assert place.column is not None
        assert place.column - 1 + place.length <= len(lines[place.line - 1]) + 1
