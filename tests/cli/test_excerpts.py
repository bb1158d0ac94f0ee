"""A line with its place underlined."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from distribute.cli.excerpts import underline


def test_a_short_line_is_shown_whole_with_its_place_underlined() -> None:
    assert underline("They held one the biggest rallies.", 11, 15, 80) == (
        "They held one the biggest rallies.",
        "          ^^^^^^^^^^^^^^^",
    )


def test_nothing_is_underlined_without_a_column() -> None:
    assert underline("They held rallies.", None, 0, 80) == ("They held rallies.", "")


def test_a_long_line_is_shown_around_its_place() -> None:
    line = "before " * 40 + "XX" + " after" * 40
    words, marks = underline(line, line.index("XX") + 1, 2, 60)
    assert words.startswith("…")
    assert words.endswith("…")
    assert words[marks.index("^") :].startswith("XX")
    assert cell_len(words) <= 60
    assert marks.strip() == "^^"


def test_wide_and_combining_characters_take_the_cells_they_take() -> None:
    assert underline("東京 cafe\u0301 XX", 10, 2, 80).marks == " " * 10 + "^^"
    assert underline("東京", 1, 2, 80).marks == "^^^^"


def test_what_would_move_the_cursor_is_not_let_through() -> None:
    words, marks = underline("a\tb\x1b[2J \u202ec", 9, 1, 80)
    assert words == "a b\ufffd[2J \ufffdc"
    assert marks == " " * 8 + "^"


def test_what_terminals_draw_as_they_like_is_left_out() -> None:
    words, marks = underline("👨\u200d👩 soft\u00adhyphen ❤\ufe0f XX", 20, 2, 80)
    assert words == "👨👩 softhyphen ❤ XX"
    assert marks == " " * 18 + "^^"
    assert underline("a\u200bb", 2, 1, 80) == ("ab", " ^")


def test_beside_writing_to_the_left_the_words_stand_instead_of_carets() -> None:
    words, marks = underline("קבוצת XX בעברית", 7, 2, 80)
    assert (words, marks) == ("קבוצת XX בעברית", "^ XX")


@given(line=st.text(max_size=200), column=st.none() | st.integers(1, 300), length=st.integers(0, 300))
@settings(deadline=None, max_examples=200)
def test_an_excerpt_fits_the_terminal_whatever_the_line(line: str, column: int | None, length: int) -> None:
    words, marks = underline(line, column, length, 60)
    assert cell_len(words) <= 60
    assert len(marks) <= 61
    assert bool(marks) is (column is not None)
    assert "\x1b" not in words
