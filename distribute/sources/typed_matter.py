"""Front matter typed as paragraphs in Word or on a page, with what word processors make of its signs."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from distribute.domain.release import BlockKind
from distribute.errors import SourceError
from distribute.sources.document import Document, Line
from distribute.sources.matter import Entry, Matter, is_key, known_entries

FENCE = re.compile(r"-{3,}|-*[–—―][-–—―]*")
"""``---``, or the dashes that a word processor makes of it while it is typed."""
STATEMENT = re.compile(r"([^\W\d_][\w-]*(?: [\w-]+){0,2})\s*:(?:\s+(.*))?")
_CLOSE = re.compile(rf"{FENCE.pattern}|\.\.\.|…")
_BULLET = re.compile(r"[-–—•*]\s+")
_QUOTED = re.compile("[\"“”„«]\\s*([^\"“”„«»]*?)\\s*[\"“”»]|['‘‚’]([^'‘‚’]*)['’‘]")
_STRAIGHT = str.maketrans("“”„«»‘’‚", '"""""\'\'\'')


def split_typed(document: Document, path: Path) -> tuple[Matter, Document]:
    """Front matter between two lines of dashes at the top of a document, and the document without it.

    As in a text file, but free of YAML's traps: a value needs no quotation marks whatever it holds (those
    around a whole value are taken off), paragraphs without a key go on with the value above, and items of a
    list or lines that begin with a dash make a list. Raises SourceError for an unknown key, or no end.
    """
    text = [line for line in document.lines if not line.is_margin]
    if len(text) < 2 or not FENCE.fullmatch(text[0].text) or not states_key(text[1].text):
        return {}, document
    end = next((place for place in range(1, len(text)) if _CLOSE.fullmatch(text[place].text)), None)
    if end is None:
        raise SourceError(
            "the front matter opened here is never closed: end it with a line of ---", path, text[0].number
        )
    reader = _Reader(path)
    for line in text[1:end]:
        reader.read(line)
    read = {id(line) for line in text[: end + 1]}
    return known_entries(reader.entries), replace(
        document, lines=tuple(line for line in document.lines if id(line) not in read)
    )


def states_key(text: str) -> bool:
    """A line such as ``headline: …`` that states something a release can be told."""
    match = STATEMENT.fullmatch(text)
    return bool(match) and is_key(match[1])  # type: ignore[index]  # it matched


@dataclass(slots=True)
class _Reader:
    """Reads the lines between the dashes; ``entries`` are what they state, in their order."""

    path: Path
    entries: dict[str, Entry] = field(default_factory=dict)
    name: str = ""

    def read(self, line: Line) -> None:
        bullet = _BULLET.match(line.text)
        text = line.text[bullet.end() :] if bullet else line.text
        stated = STATEMENT.fullmatch(text)
        if stated and " " in stated[1] and not is_key(stated[1]):
            stated = None  # a sentence with a colon
        if self.name and (bullet or line.kind is BlockKind.LIST):
            self._add_item({stated[1]: _value(stated[2])} if stated else _value(text))
        elif stated and (table := self._table()) is not None and not is_key(stated[1]):
            table[stated[1]] = _value(stated[2])
        elif stated:
            self._begin(stated[1], stated[2], line)
        else:
            self._go_on(text)

    def _begin(self, name: str, value: str | None, line: Line) -> None:
        if name in self.entries:
            raise SourceError(f"“{name}” is given twice: keep one of them", self.path, line.number)
        self.name = name
        self.entries[name] = Entry(_listed(value, self.path, line.number), self.path, line.number)

    def _add_item(self, item: str | dict[str, Any]) -> None:
        value = self.entries[self.name].value
        items = value if isinstance(value, list) else [value] if value else []
        self.entries[self.name] = self.entries[self.name]._replace(value=[*items, item])

    def _go_on(self, text: str) -> None:
        """A paragraph more of the value above."""
        entry = self.entries[self.name]
        table = self._table()
        if isinstance(entry.value, str):
            self.entries[self.name] = entry._replace(value=f"{entry.value}\n\n{text}".strip())
        elif table:
            last = next(reversed(table))
            table[last] = f"{table[last]}\n\n{text}".strip()
        else:
            self._add_item(_value(text))

    def _table(self) -> dict[str, Any] | None:
        """The table that the last item of a list is, such as a contact of several lines."""
        value = self.entries[self.name].value if self.name else None
        last = value[-1] if isinstance(value, list) and value else None
        return last if isinstance(last, dict) else None


def _value(text: str | None) -> str:
    text = (text or "").strip()
    quoted = _QUOTED.fullmatch(text)
    return (quoted[1] or quoted[2] or "") if quoted else text


def _listed(text: str | None, path: Path, line: int) -> str | list[Any] | dict[str, Any]:
    """One value; or several in brackets, ``[one, two]``, which are YAML's."""
    text = (text or "").strip()
    if not (text.startswith("[") and text.endswith("]")):
        return _value(text)
    from distribute.sources.front_matter import read_yaml  # noqa: PLC0415  a parser that few releases need

    return read_yaml(f"value: {text.translate(_STRAIGHT)}", path, line - 1)["value"].value
