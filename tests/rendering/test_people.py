"""Who gets a letter and who does not, in rows."""

from dataclasses import replace

from distribute.domain.audience import SkipReason
from distribute.domain.plan import Skip
from distribute.rendering.people import ROWS, list_recipients, list_skips
from tests.rendering.plans import Planner, people


def test_a_row_says_who_gets_which_letter_and_where_they_stand(planned: Planner) -> None:
    sheet = list_recipients(planned(people(3)))
    assert sheet.columns == ("Name", "E-mail", "Outlet", "Letter", "Region", "Row")
    assert sheet.rows[0] == (
        "Camille O’Neill-0", "reader.0@example.com", "La Gazette d’exemple", "English", "", "newsroom:2",
    )  # fmt: skip
    assert sheet.rows[2][3:] == ("French", "", "newsroom:4")
    assert (sheet.total, sheet.lines) == (3, "")


def test_what_does_not_fit_the_table_follows_in_lines_of_the_same_cells(planned: Planner) -> None:
    sheet = list_recipients(planned(people(ROWS + 2)))
    assert len(sheet.rows) == ROWS
    assert [len(line.split("\t")) for line in sheet.lines.split("\n")] == [6, 6]


def test_no_name_breaks_out_of_its_cell(planned: Planner) -> None:
    sly = [replace(it, first_name="A\tB\nC\u2028D", outlet="x\r\ny") for it in people(ROWS + 1)]
    sheet = list_recipients(planned(sly))
    assert sheet.rows[0][0].startswith("A B C D")
    assert sheet.lines.count("\n") == 0
    assert len(sheet.lines.split("\t")) == 6
    assert "x y" in sheet.lines


def test_a_skip_says_why(planned: Planner) -> None:
    skip = Skip(channel="x", recipient="@press", reason=SkipReason.ALREADY, detail="in plan p-1")
    listed = Skip(channel="email", recipient="a@example.com", reason=SkipReason.EMBARGO, list_name="press", line=4)
    sheet = list_skips(planned((), (skip, listed)))
    assert sheet.rows == (
        ("", "@press", "has it already (already-sent)", "in plan p-1", "x"),
        ("", "a@example.com", "does not accept embargoes (embargo-not-accepted)", "", "press:4"),
    )
