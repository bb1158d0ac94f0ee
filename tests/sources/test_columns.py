"""Columns of contacts."""

from __future__ import annotations

from distribute.sources.columns import unfold_columns

TWO = [
    "Kestrel AG             Hansen PR",
    "T +49 30 23125-100     T +44 20 7946 0120",
    "a@example.org          b@example.org",
]


def read(lines: list[str]) -> list[tuple[int, str]]:
    return list(unfold_columns(enumerate(lines, 1)))


def test_contacts_side_by_side_come_one_below_the_other_with_their_line_numbers() -> None:
    assert [(number, text) for number, text in read(TWO) if text] == [
        (1, "Kestrel AG"),
        (2, "T +49 30 23125-100"),
        (3, "a@example.org"),
        (1, "Hansen PR"),
        (2, "T +44 20 7946 0120"),
        (3, "b@example.org"),
    ]


def test_tabs_part_columns_as_well() -> None:
    assert read(["Ana Ruiz\tBo Lind", "a@example.org\tb@example.org"])[1] == (2, "a@example.org")


def test_a_table_of_figures_stays_in_its_rows() -> None:
    rows = ["Year        Cases        Deaths", "2025        1,204        31"]
    assert [text for _, text in read(rows)] == rows


def test_a_single_line_with_a_gap_is_left_alone() -> None:
    assert read(["Ana Ruiz      a@example.org"]) == [(1, "Ana Ruiz      a@example.org")]


def test_nothing_of_a_block_is_lost() -> None:
    words = sorted(" ".join(TWO).split())
    assert sorted(" ".join(text for _, text in read(TWO)).split()) == words
