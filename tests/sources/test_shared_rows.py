"""Lines about several people."""

from __future__ import annotations

import pytest

from distribute.sources.shared_rows import Row, listed_people, part_rows
from distribute.sources.vocabulary import vocabulary


def parted(language: str, *lines: str) -> list[str]:
    rows = [Row(line, number) for number, line in enumerate(lines, 1)]
    return [row.text for row in part_rows(rows, vocabulary(language))]


def test_two_people_at_one_number_have_a_row_each() -> None:
    assert parted("en", "Jane Doe or Tom Hale, 613-555-0123") == ["Jane Doe, 613-555-0123", "Tom Hale, 613-555-0123"]


def test_three_people_may_share_one() -> None:
    assert len(parted("de", "Anna Weber, Jan Roth und Eva Lang, Tel. 030 23125 010")) == 3


def test_people_and_numbers_with_strokes_are_dealt_out() -> None:
    rows = parted("en", "Jane Doe/Tom Hale", "Headquarters, Ottawa", "613-555-0123/0124")
    assert [row.rpartition("|")[2].strip() for row in rows] == ["+16135550123", "+16135550124"]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Els Vos, woordvoerder van", "minister Bos - tel. (02) 553 28 11"),
        ("Jane Doe or Tom Hale, 613-555-0123,", "both of the Office of the Speaker"),
        ("Jane Doe, Media &", "Communications, 613-555-0123"),
    ],
)
def test_a_line_that_breaks_off_goes_on_in_the_next(first: str, second: str) -> None:
    assert all(row.endswith(second) for row in parted("nl", first, second))


def test_a_list_of_ways_to_reach_does_not_break_off() -> None:
    assert len(parted("en", "Jane Doe,", "jane@example.org,", "tel 613-555-0123")) == 3


@pytest.mark.parametrize("text", ["Rural Affairs and Islands desk", "Jane Doe, 613-555-0123", "Works and Trust"])
def test_what_is_no_list_of_people_stays_whole(text: str) -> None:
    assert listed_people(text, vocabulary("en")) == ([], 0)
