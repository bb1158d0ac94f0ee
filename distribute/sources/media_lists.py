"""Media lists: a CSV file to contacts, with every problem of every row."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from distribute.domain.audience import Contact, MediaList, RowProblem, Selection
from distribute.errors import SourceError
from distribute.sources.addresses import BadAddress, clean_address, clean_cell, has_harmful
from distribute.sources.decoding import Survey, survey
from distribute.sources.rows import Row, scan_table
from distribute.sources.vocabulary import everywhere
from distribute.sources.zones import is_zone

COLUMNS = ("email", "first_name", "last_name", "outlet", "beat", "language", "region", "timezone", "embargo_ok")
_YES = ("true", "1", "x")
_NO = ("false", "0", "")
_SUPPRESSIONS = "suppressions"


def read_media_list(path: Path) -> MediaList:
    """The contacts of ``path`` in its order; a row whose address is bad makes none.

    A language, zone or embargo answer that cannot be read is reported and left at its safe value
    (None, None, no). A person who stands twice stays twice, reported; planning sends once.
    Raises SourceError where the file as a whole cannot be read.
    """
    file = open_media_list(path)
    contacts, problems = [], []
    for entry in file.entries():
        if isinstance(entry, Contact):
            contacts.append(entry)
        else:
            problems.append(entry)
    problems += _repeats(contacts, path)
    return MediaList(
        name=file.name,
        contacts=tuple(contacts),
        problems=tuple(sorted(problems, key=lambda problem: problem.line)),
        path=file.path,
        sha256=file.sha256,
    )


@dataclass(frozen=True, slots=True)
class MediaFile:
    """A media list that stays in its file: read from the beginning whenever it is asked for."""

    name: str
    path: str
    survey: Survey

    @property
    def sha256(self) -> str:
        return self.survey.sha256

    def entries(self) -> Iterator[Contact | RowProblem]:
        """Each contact and each problem, in the order of the file."""
        path = Path(self.path)
        problems: list[RowProblem] = []
        for row in scan_table(path, COLUMNS, self.survey):
            if isinstance(row, RowProblem):
                yield row
            else:
                contact = _contact(row, path, problems)
                yield from problems
                problems.clear()
                if contact:
                    yield contact


def open_media_list(path: Path) -> MediaFile:
    """The list in ``path``, of which nothing is held; SourceError where it is no text."""
    return MediaFile(path.stem, str(path), survey(path))


def parse_selection(text: str) -> Selection:
    """``LIST`` or ``LIST:field=value,field=value``; SourceError for a field no contact has."""
    name, colon, conditions = text.strip().partition(":")
    where: dict[str, str] = {}
    for condition in conditions.split(",") if colon else ():
        field, equals, value = condition.partition("=")
        field = re.sub(r"[\s\-]+", "_", field.strip()).casefold()
        if not equals or not field or not value.strip():
            raise SourceError(f"“{text}” is not understood: write LIST or LIST:field=value,field=value")
        if field not in COLUMNS:
            raise SourceError(f"“{field}” is no column of a media list: known ones are {', '.join(COLUMNS)}")
        if field in where:
            raise SourceError(f"“{text}” asks for {field} twice: one value can match")
        where[field] = _condition(field, value.strip())
    if not name.strip():
        raise SourceError(f"“{text}” names no list: write LIST or LIST:field=value")
    return Selection(name=name.strip(), where=where)


def find_list(workspace: Path, name: str) -> Path:
    """``recipients/NAME.csv`` in the workspace; SourceError names the lists there are."""
    folder = workspace / "recipients"
    if not re.fullmatch(r"[^\W_][\w .\-]*", name) or ".." in name:
        raise SourceError(
            f"“{name}” is no name of a list: use letters, figures and hyphens, without a folder or ending"
        )
    path = folder / f"{name}.csv"
    if path.is_file():
        return path
    known = sorted(other.stem for other in folder.glob("*.csv") if other.stem != _SUPPRESSIONS)
    there = f"the lists there are {', '.join(known)}" if known else "there are no lists in it yet"
    raise SourceError(f"there is no list “{name}” in {folder}: {there}")


def _condition(field: str, value: str) -> str:
    """A value as contacts hold it: yes and no as Python writes them, a language as two letters."""
    if field == "embargo_ok" and (is_yes := _read_answer(value)) is not None:
        return str(is_yes)
    if field == "language":
        return value[:2].lower()
    return value


def _contact(row: Row, path: Path, problems: list[RowProblem]) -> Contact | None:
    cells = {name: clean_cell(cell) for name, cell in row.cells.items()}
    try:
        email = clean_address(row.cells.get("email", ""))
    except BadAddress as error:
        problems.append(RowProblem(path=str(path), line=row.line, message=str(error), email=cells.get("email", "")))
        return None
    notes: list[str] = []
    contact = Contact(
        email=email,
        first_name=cells.get("first_name", ""),
        last_name=cells.get("last_name", ""),
        outlet=cells.get("outlet", ""),
        beat=cells.get("beat", ""),
        language=_language(cells.get("language", ""), notes),
        region=cells.get("region", ""),
        timezone=_zone(cells.get("timezone", ""), notes),
        embargo_ok=_answer(cells.get("embargo_ok", ""), notes),
        list_name=path.stem,
        line=row.line,
    )
    notes += (
        f"the {name.replace('_', ' ')} held a line break or an invisible character, which was taken out"
        for name, cell in row.cells.items()
        if name != "email" and has_harmful(cell)
    )
    problems += (_advice(path, row.line, note, email) for note in notes)
    return contact


@lru_cache(maxsize=1024)
def _is_zone(text: str) -> bool:
    return is_zone(text)


def _language(text: str, notes: list[str]) -> str | None:
    """Two letters (ISO 639-1); ``en-CA`` is ``en``."""
    if not text:
        return None
    if re.fullmatch(r"[A-Za-z]{2}(?:[-_][A-Za-z0-9]{2,8})*", text):
        return text[:2].lower()
    notes.append(f"“{text}” is no language: write two letters such as en or fr; the contact gets the release's own")
    return None


def _zone(text: str, notes: list[str]) -> str | None:
    if not text or _is_zone(text):
        return text or None
    notes.append(f"“{text}” is no time zone: use a name such as America/Toronto; the contact is shown UTC")
    return None


def _answer(text: str, notes: list[str]) -> bool:
    is_yes = _read_answer(text)
    if is_yes is None:
        notes.append(f"“{text}” in embargo_ok is neither yes nor no; it counts as no")
    return bool(is_yes)


def _read_answer(text: str) -> bool | None:
    """Yes or no in any language, or None; one that means both would be a no."""
    answer = text.casefold()
    if answer in _NO or answer in everywhere("no_words"):
        return False
    return True if answer in _YES or answer in everywhere("yes_words") else None


def _repeats(contacts: Iterable[Contact], path: Path) -> list[RowProblem]:
    """A problem for each row whose address stood in the list before, naming the first line."""
    first: dict[str, int] = {}
    found = []
    for contact in contacts:
        line = first.setdefault(contact.address, contact.line)
        if line != contact.line:
            said = f"{contact.email} stands in line {line} already; one copy will be sent"
            found.append(_advice(path, contact.line, said, contact.email))
    return found


def _advice(path: Path, line: int, message: str, email: str) -> RowProblem:
    return RowProblem(path=str(path), line=line, message=message, email=email, is_fatal=False)
