"""The rows of a CSV file under their known columns, with the line each one begins on."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from distribute.domain.audience import RowProblem
from distribute.errors import SourceError
from distribute.sources.decoding import Survey, survey

_DELIMITERS = ",;\t"
_LARGEST_CELL = 100_000


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its first line in the file and its cells by column, cleaned of nothing yet."""

    line: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a file and what was noticed about the file itself."""

    path: Path
    rows: tuple[Row, ...]
    problems: tuple[RowProblem, ...]
    sha256: str


def read_table(path: Path, columns: Sequence[str]) -> Table:
    """A CSV file whose header names some of ``columns``, ``email`` among them.

    Header words match without regard to case, spaces, hyphens and underscores; the delimiter is a
    comma, semicolon or tab. An unknown column is reported, a row with too many or too few cells too.
    Raises SourceError for a file that is no CSV text, and for a header without or with twice a column.
    """
    found = survey(path)
    rows, problems = [], []
    for it in scan_table(path, columns, found):
        if isinstance(it, Row):
            rows.append(it)
        else:
            problems.append(it)
    return Table(path, tuple(rows), tuple(problems), found.sha256)


def scan_table(path: Path, columns: Sequence[str], found: Survey) -> Iterator[Row | RowProblem]:
    """The rows as ``read_table``, and each problem before the row it is about, without holding the file."""
    problems: list[RowProblem] = []
    if found.is_guessed:
        problems.append(_about(path, 1, "the file is not UTF-8 and was read as Windows-1252: check the accents"))
    with path.open(encoding=found.encoding, newline="") as file:
        records = _records(file, path)
        first = next(records, None)
        if first is None:
            raise SourceError("the file has no header: the first line names the columns, email among them", path)
        names = _header(first[1], columns, path, first[0], problems)
        for row in _rows(records, names, path, problems):
            yield from problems
            problems.clear()
            yield row
    yield from problems


def _records(lines: Iterable[str], path: Path) -> Iterator[tuple[int, list[str]]]:
    """Each record that is not blank with the line it begins on; a quoted cell may hold line ends (RFC 4180)."""
    blank, header = [], ""
    lines = iter(lines)
    for header in lines:
        if header.strip():
            break
        blank.append(header)
    delimiter = max(_DELIMITERS, key=header.count)
    csv.field_size_limit(_LARGEST_CELL)
    reader = csv.reader(chain(blank, [header], lines), delimiter=delimiter, strict=True)
    before = 0
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            line = before + 1
            raise SourceError(
                f'the row that begins here cannot be read ({error}): look for a stray “"”', path, line
            ) from error
        if any(cell.strip() for cell in cells):
            yield before + 1, cells
        before = reader.line_num


def _header(
    cells: Sequence[str], columns: Sequence[str], path: Path, line: int, problems: list[RowProblem]
) -> list[str | None]:
    names: list[str | None] = []
    for cell in cells:
        name = re.sub(r"[\s\-_]+", "_", cell.strip(" \t\ufeff\u00a0")).casefold().strip("_")
        known = next((column for column in columns if column.replace("_", "") == name.replace("_", "")), None)
        if known and known in names:
            raise SourceError(f"the column “{known}” stands twice: keep one of them", path, line)
        if known is None and name:
            known_ones = ", ".join(columns)
            problems.append(_about(path, line, f"the column “{cell.strip()}” is not used: known ones are {known_ones}"))
        names.append(known)
    if "email" not in names:
        raise SourceError("there is no column “email”: the first line must name it", path, line)
    return names


def _rows(
    records: Iterator[tuple[int, list[str]]], names: Sequence[str | None], path: Path, problems: list[RowProblem]
) -> Iterator[Row]:
    for line, cells in records:
        while len(cells) > len(names) and not cells[-1].strip():
            cells.pop()
        if len(cells) != len(names):
            said = f"the row has {len(cells)} cells where the header has {len(names)}"
            problems.append(_about(path, line, f"{said}: check for a missing or unquoted delimiter"))
        yield Row(line, {name: cell for name, cell in zip(names, cells, strict=False) if name})


def _about(path: Path, line: int, message: str) -> RowProblem:
    return RowProblem(path=str(path), line=line, message=message, is_fatal=False)
