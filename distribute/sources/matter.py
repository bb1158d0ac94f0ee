"""What the author states beside the text: front matter, sidecar and command line, merged by precedence."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, NamedTuple

from distribute.errors import SourceError

KEYS = (
    "headline", "short_headline", "subhead", "language", "release_line", "embargo", "timezone", "dateline", "place",
    "date", "link", "slug", "edition", "boilerplate", "notes_to_editors", "contact", "contact_email", "contact_phone",
    "images", "silence", "version", "updated",
)  # fmt: skip
_ALIASES = {"subheads": "subhead", "contacts": "contact", "image": "images"}
_FENCE = re.compile(r"---[ \t]*")
_CLOSE = re.compile(r"(?:---|\.\.\.)[ \t]*")
_KEY = re.compile(r"\s*(?:#.*|[\w\"' -]+:(?:\s.*)?)?")
DEEPEST = 4

Value = str | list[Any] | dict[str, Any]


class Entry(NamedTuple):
    """A value as its author wrote it (strings throughout), with its file and line."""

    value: Value
    path: Path | str
    line: int | None = None

    @property
    def own_line(self) -> int | None:
        """Its line in the release's own file; None for what stands in the sidecar or on the command line."""
        is_beside = not isinstance(self.path, Path) or self.path.suffix == ".toml"
        return None if is_beside else self.line

    @property
    def text(self) -> str:
        """The value as one string; SourceError for a list or a table."""
        if isinstance(self.value, str):
            return self.value.strip()
        raise self.error("write one value here, not a list or a table")

    @property
    def texts(self) -> tuple[str, ...]:
        """One string or a list of strings."""
        values = self.value if isinstance(self.value, list) else [self.value]
        if not all(isinstance(value, str) for value in values):
            raise self.error("write a text, or a list of texts")
        return tuple(str(value).strip() for value in values if str(value).strip())

    def error(self, message: str) -> SourceError:
        return SourceError(message, self.path, self.line)


Matter = Mapping[str, Entry]


def split_matter(text: str, path: Path) -> tuple[Matter, str]:
    """Front matter between two ``---`` lines, and the text with those lines blanked so that numbers hold."""
    lines = re.split(r"\r\n|\r|\n", text)
    start = next((place for place, line in enumerate(lines) if line.strip("\ufeff \t")), None)
    if start is None or start + 1 >= len(lines) or not _FENCE.fullmatch(lines[start].lstrip("\ufeff")):
        return {}, text
    end = next((place for place in range(start + 1, len(lines)) if _CLOSE.fullmatch(lines[place])), None)
    inner = [line for line in lines[start + 1 : end] if line.strip()]
    if not inner or not _KEY.fullmatch(inner[0]):
        return {}, text
    if end is None:
        raise SourceError("the front matter opened here is never closed: end it with a line of ---", path, start + 1)
    entries = known_entries(_read_yaml("\n".join(lines[start + 1 : end]), path, start + 1))
    return entries, "\n".join([""] * (end + 1) + lines[end + 1 :])


def read_sidecar(data: bytes, path: Path) -> Matter:
    """The keys of a TOML file beside the release; numbers, dates and switches are read as they are written."""
    try:
        text = data.decode("utf-8-sig")
        table = tomllib.loads(text)
    except UnicodeDecodeError:
        raise SourceError("the file is not UTF-8: save it as UTF-8", path) from None
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"line (\d+)", str(error))
        raise SourceError(f"this is not valid TOML ({error})", path, int(found[1]) if found else None) from error
    return known_entries({key: Entry(_plain(value), path, _line_of(key, text)) for key, value in table.items()})


def read_options(options: Mapping[str, str]) -> Matter:
    """What the command line says, under the same keys."""
    return known_entries({key: Entry(value, f"--{key.replace('_', '-')}") for key, value in options.items()})


def merge(*matters: Matter) -> Matter:
    """Later ones win; an empty value says nothing."""
    merged: dict[str, Entry] = {}
    for matter in matters:
        merged |= {key: entry for key, entry in matter.items() if entry.value not in ("", [], {})}
    return merged


def _read_yaml(text: str, path: Path, offset: int) -> dict[str, Entry]:
    from distribute.sources.front_matter import read_yaml  # noqa: PLC0415  a parser that few releases need

    return read_yaml(text, path, offset)


def is_key(name: str) -> bool:
    """Whether a release can be told something under this name."""
    return _canonical(name) in KEYS


def known_entries(entries: Mapping[str, Entry]) -> Matter:
    """The entries under their canonical keys; SourceError names an unknown key and the nearest known one."""
    known: dict[str, Entry] = {}
    for name, entry in entries.items():
        key = _canonical(name)
        if key not in KEYS:
            import difflib  # noqa: PLC0415  for a key that is wrong

            near = difflib.get_close_matches(key, (*KEYS, *_ALIASES), n=1, cutoff=0.4)
            meant = f"did you mean “{near[0]}”?" if near else f"known keys are {', '.join(KEYS)}"
            raise entry.error(f"“{name}” is no key of a release: {meant}")
        if key in known:
            raise entry.error(f"“{name}” is given twice: keep one of them")
        known[key] = entry
    return known


def _canonical(name: str) -> str:
    key = re.sub(r"[\s\-]+", "_", name.strip()).casefold()
    return _ALIASES.get(key, key)


def _plain(value: object) -> Value:
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def _line_of(key: str, text: str) -> int | None:
    pattern = re.compile(rf"^\s*(?:\[+\s*)?[\"']?{re.escape(key)}[\"']?\s*[=\].]", re.MULTILINE)
    found = pattern.search(text)
    return text.count("\n", 0, found.start(0)) + 1 + found[0].count("\n") if found else None
