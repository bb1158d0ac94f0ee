"""Suppressions: those who must not be contacted; a row that cannot be read stops everything."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from distribute.domain.audience import Suppression
from distribute.errors import SourceError
from distribute.sources.addresses import BadAddress, clean_address, clean_cell
from distribute.sources.rows import Row, read_table

COLUMNS = ("email", "reason", "source", "since")


def read_suppressions(path: Path) -> tuple[Suppression, ...]:
    """Everybody in the file.

    Raises SourceError with the line for a bad address or date: passing over the row could contact
    somebody who said no. An unknown column does no harm and is passed over.
    """
    table = read_table(path, COLUMNS)
    ragged = next((problem for problem in table.problems if "cells where" in problem.message), None)
    if ragged:
        raise SourceError(ragged.message, path, ragged.line)
    return tuple(_suppression(row, path) for row in table.rows)


def _suppression(row: Row, path: Path) -> Suppression:
    cells = {name: clean_cell(cell) for name, cell in row.cells.items()}
    try:
        email = clean_address(row.cells.get("email", ""))
    except BadAddress as error:
        raise SourceError(f"{error}; nobody is contacted until this row is right", path, row.line) from error
    since = cells.get("since", "")
    try:
        day = date.fromisoformat(since) if since else None
    except ValueError:
        raise SourceError(f"“{since}” is not a date: write it as 2026-11-24", path, row.line) from None
    return Suppression(email=email, reason=cells.get("reason", ""), source=cells.get("source", ""), since=day)
