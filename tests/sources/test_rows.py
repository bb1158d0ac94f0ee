"""CSV files: headers, delimiters, lines."""

from __future__ import annotations

from pathlib import Path

import pytest

from distribute.errors import SourceError
from distribute.sources.rows import read_table

COLUMNS = ("email", "first_name", "embargo_ok")


def table(tmp_path: Path, text: str | bytes) -> Path:
    path = tmp_path / "list.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


@pytest.mark.parametrize(
    "text",
    [
        "E-Mail,First Name,embargo-ok\na,b,c\n",
        "\ufeffEMAIL;first-name;Embargo_OK\na;b;c\n",
        "email\tFIRSTNAME\tembargo ok\na\tb\tc\n",
    ],
)
def test_headers_are_forgiving_and_three_delimiters_are_known(tmp_path: Path, text: str) -> None:
    (row,) = read_table(table(tmp_path, text), COLUMNS).rows
    assert dict(row.cells) == {"email": "a", "first_name": "b", "embargo_ok": "c"}


def test_a_quoted_cell_with_line_ends_keeps_the_numbers_right(tmp_path: Path) -> None:
    text = 'email,first_name\na,"one\ntwo"\n\nb,c\r\nd,e\r\n'
    rows = read_table(table(tmp_path, text), COLUMNS).rows
    assert [(row.line, row.cells["email"]) for row in rows] == [(2, "a"), (5, "b"), (6, "d")]


def test_rows_of_another_length_are_named(tmp_path: Path) -> None:
    found = read_table(table(tmp_path, "email,first_name\na\nb,c,d\ne,f,,\n"), COLUMNS)
    assert [(problem.line, problem.is_fatal) for problem in found.problems] == [(2, False), (3, False)]
    assert "1 cells where the header has 2" in found.problems[0].message


def test_an_unknown_column_is_named_and_passed_over(tmp_path: Path) -> None:
    found = read_table(table(tmp_path, "email,Shoe size\na,44\n"), COLUMNS)
    assert "“Shoe size” is not used" in found.problems[0].message
    assert dict(found.rows[0].cells) == {"email": "a"}


def test_windows_1252_is_read_and_said_so(tmp_path: Path) -> None:
    found = read_table(table(tmp_path, "email,first_name\na,Ñíguez\n".encode("cp1252")), COLUMNS)
    assert found.rows[0].cells["first_name"] == "Ñíguez"
    assert "Windows-1252" in found.problems[0].message


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("first_name\nb\n", "no column “email”"),
        ("email,E-mail\na,b\n", "stands twice"),
        ('email\n"a\n', "cannot be read"),
        (",,\n", "no header"),
    ],
)
def test_a_file_that_is_no_list_is_refused(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(SourceError, match=said):
        read_table(table(tmp_path, text), COLUMNS)
