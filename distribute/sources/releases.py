"""A release file, with its front matter and sidecar, to a Release."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from distribute.domain.release import (
    Release,
    slugify,
)
from distribute.errors import SourceError
from distribute.sources.assembly import build
from distribute.sources.decoding import decode, read_bytes
from distribute.sources.matter import merge, read_options, read_sidecar, split_matter
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
    """The release in a text or Markdown file, with its front matter and the ``STEM.toml`` beside it.

    What the author states wins over what the text says; front matter wins over the sidecar, and
    ``options`` (the same keys) over both. ``now`` is aware; it gives a date without a year its year.
    ``zone`` (IANA) is the author's own: a bare WHEN of theirs is taken in it, an embargo line of the
    text never.
    Raises SourceError, naming file and line, for whatever cannot be understood.
    """
    data = read_bytes(path)
    sidecar = sidecar_of(path)
    beside = read_bytes(sidecar) if sidecar != path and sidecar.is_file() else b""
    text = decode(data, path).text
    if text.count("\n") + text.count("\r") > _MOST_LINES:
        raise SourceError(f"the file has more than {_MOST_LINES} lines: this cannot be a press release", path)
    lines = tuple(re.split(r"\r\n|\r|\n", text))
    front, text = split_matter(text, path)
    matter = merge(read_sidecar(beside, sidecar) if beside else {}, front, read_options(options or {}))
    reading = understand(text, matter, now, is_markdown=path.suffix.lower() in _MARKDOWN)
    release = build(replace(reading, zone=zone))
    slug = stated_text(matter, "slug") or release.headline or path.stem
    digest = hashlib.sha256(data + beside).hexdigest()
    return replace(release, slug=slugify(slug), source=path.name, sha256=digest, lines=lines)
