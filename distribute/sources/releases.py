"""A release file, with its front matter and sidecar, to a Release."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from distribute.domain.release import (
    Asset,
    Release,
    slugify,
)
from distribute.errors import SourceError
from distribute.sources.assembly import build
from distribute.sources.decoding import PAGE, WORD, decode, decode_page, read_bytes
from distribute.sources.document import Document
from distribute.sources.matter import Matter, merge, read_options, read_sidecar, split_matter
from distribute.sources.reading import understand
from distribute.sources.statements import (
    stated_text,
)

_MARKDOWN = {".md", ".markdown"}
_MOST_LINES = 50_000


def sidecar_of(path: Path) -> Path:
    """The file beside ``bridge.txt`` that completes it: ``bridge.toml``, or ``bridge.txt.toml`` if there is one."""
    whole = path.with_name(path.name + ".toml")
    return whole if whole.is_file() else path.with_suffix(".toml")


def read_release(path: Path, now: datetime, options: Mapping[str, str] | None = None, *, zone: str = "UTC") -> Release:
    """The release in a text, Markdown, Word or HTML file, with its front matter and the ``STEM.toml`` beside it.

    What the author states wins over what the text says; front matter wins over the sidecar, and
    ``options`` (the same keys) over both. ``now`` is aware; it gives a date without a year its year.
    ``zone`` (IANA) is the author's own: a bare WHEN of theirs is taken in it, an embargo line of the
    text never.
    Raises SourceError, naming file and line, for whatever cannot be understood.
    """
    data = read_bytes(path)
    sidecar = sidecar_of(path)
    beside = read_bytes(sidecar) if sidecar != path and sidecar.is_file() else b""
    source = _read_source(data, path)
    matter = merge(read_sidecar(beside, sidecar) if beside else {}, source.matter, read_options(options or {}))
    reading = understand(source.text, matter, now, is_markdown=path.suffix.lower() in _MARKDOWN)
    release = build(replace(reading, zone=zone))
    slug = stated_text(matter, "slug") or release.headline or path.stem
    digest = hashlib.sha256(data + beside).hexdigest()
    assets = tuple(_measured(asset, path.parent) for asset in release.assets)
    return replace(release, slug=slugify(slug), source=path.name, sha256=digest, lines=source.lines, assets=assets)


def _measured(asset: Asset, folder: Path) -> Asset:
    from distribute.sources.pictures import measured  # noqa: PLC0415  Pillow is needed where there is an image

    return measured(asset, folder)


def read_lines(path: Path) -> tuple[str, ...]:
    """The lines that numbers in findings count: a file's own; in a Word document the paragraphs that hold text.

    SourceError as for ``read_release``, but for what makes no sense as a release.
    """
    return _read_source(read_bytes(path), path).lines


class _Source(NamedTuple):
    """The front matter of a file, its text or what its format made of it, and its lines.

    A text's lines are those of its file; a Word document's and a web page's, what was read under each number.
    """

    matter: Matter
    text: str | Document
    lines: tuple[str, ...]


def _read_source(data: bytes, path: Path) -> _Source:
    suffix = path.suffix.lower()
    if suffix == WORD:
        from distribute.sources.word import read_word  # noqa: PLC0415  its libraries are needed for Word alone

        return _source(read_word(data, path), path)
    if suffix in PAGE:
        from distribute.sources.web_page import read_page  # noqa: PLC0415  likewise

        return _source(read_page(decode_page(data, path).text, path), path)
    text = decode(data, path).text
    lines = tuple(re.split(r"\r\n|\r|\n", text))
    _require_end(len(lines), path)
    return _Source(*split_matter(text, path), lines)


def _source(document: Document, path: Path) -> _Source:
    _require_end(len(document.lines), path)
    lines = [""] * max((line.number for line in document.lines), default=0)
    for line in document.lines:
        if line.number:
            lines[line.number - 1] = f"{lines[line.number - 1]} {line.text}".strip()
    from distribute.sources.typed_matter import split_typed  # noqa: PLC0415  what no text file needs

    return _Source(*split_typed(document, path), tuple(lines))


def _require_end(lines: int, path: Path) -> None:
    if lines > _MOST_LINES:
        raise SourceError(f"the file has more than {_MOST_LINES} lines: this cannot be a press release", path)
