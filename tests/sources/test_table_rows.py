"""Rows of tables as lines."""

from __future__ import annotations

from distribute.domain.release import Mark, MarkKind
from distribute.sources.document import Line
from distribute.sources.table_rows import joined_row


def line(text: str, *marks: Mark) -> Line:
    return Line(number=1, text=text, group=1, marks=marks)


def test_a_cell_each_makes_one_line_with_its_marks() -> None:
    bold = Mark(start=0, end=2, kind=MarkKind.STRONG)
    (row,) = joined_row([[line("2013", bold)], [], [line("41", bold)]])
    assert row.text == "2013 | 41"
    assert [row.text[mark.start : mark.end] for mark in row.marks] == ["20", "41"]


def test_a_label_is_joined_to_its_cell() -> None:
    (row,) = joined_row([[line("Phone:")], [line("613-555-0123")]])
    assert row.text == "Phone: 613-555-0123"


def test_columns_of_several_lines_are_read_one_after_the_other() -> None:
    left, right = [line("Ana Ruiz"), line("Director")], [line("Ben Okoro")]
    assert joined_row([left, right]) == [*left, *right]
    assert joined_row([left]) == left
    assert joined_row([]) == []


def test_cells_of_prose_stay_paragraphs() -> None:
    assert len(joined_row([[line("word " * 30)], [line("word " * 30)]])) == 2
