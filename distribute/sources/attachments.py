"""A file that somebody attaches: known by its bytes and its name; a photograph without where and when."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

from distribute.domain.attachment import Attachment
from distribute.errors import SourceError
from distribute.sources.addresses import clean_cell
from distribute.sources.pictures import embedded_picture

MOST = 18_000_000
"""Bytes of all files of a letter: base64 makes 24.6 million of them, and Gmail takes 25 MB
(https://support.google.com/mail/answer/6584)."""

_LONGEST_NAME = 150
_KINDS = {
    ".pdf": ("a PDF", "application/pdf"),
    ".jpg": ("a JPEG image", "image/jpeg"),
    ".jpeg": ("a JPEG image", "image/jpeg"),
    ".png": ("a PNG image", "image/png"),
}
_BEGINNINGS = {b"%PDF-": "application/pdf", b"\xff\xd8\xff": "image/jpeg", b"\x89PNG\r\n\x1a\n": "image/png"}
_REMEDY = "letters carry PDF, JPEG and PNG files"


def open_attachment(path: Path) -> Attachment:
    """The file as it leaves. JPEG and PNG images are written anew without EXIF, XMP and comments.

    Raises SourceError for a file that cannot be read, is empty, too large, or not what its name says.
    """
    name = _name(path)
    kind, media_type = _KINDS.get(path.suffix.casefold(), ("", ""))
    if not kind:
        raise SourceError(f"{name} cannot be attached: {_REMEDY}", path)
    data = _read(path)
    found = next((it for beginning, it in _BEGINNINGS.items() if data.startswith(beginning)), "")
    if found != media_type:
        raise SourceError(f"{name} is named like {kind}, but its bytes are not: {_REMEDY}", path)
    if media_type == "application/pdf":
        _require_whole(data, name, path)
        return Attachment(name=name, media_type=media_type, data=data)
    cleaned = embedded_picture(data, name, path).data
    return Attachment(name=name, media_type=media_type, data=cleaned or data)


def _name(path: Path) -> str:
    """The file's name, in the form it is written in everywhere (NFC)."""
    name = unicodedata.normalize("NFC", path.name)
    if clean_cell(name) != name or re.search(r'[<>:"|?*\\]', name) or len(name) > _LONGEST_NAME:
        shown = clean_cell(name)[:_LONGEST_NAME]
        raise SourceError(f"“{shown}” is no name every computer takes: rename the file before you attach it", path)
    return name


def _read(path: Path) -> bytes:
    try:
        if path.stat().st_size > MOST:
            raise SourceError(f"{path.name} is larger than {MOST // 1_000_000} MB: link to it instead", path)
        return path.read_bytes()
    except OSError as error:
        raise SourceError(f"{path.name} cannot be attached ({error.strerror})", path) from error


def _require_whole(data: bytes, name: str, path: Path) -> None:
    """ISO 32000-1 7.5.5: the last line says so; readers look for it in the last 1,024 bytes."""
    if b"%%EOF" not in data[-1024:]:
        raise SourceError(f"{name} is cut off: its end is missing; export it again", path)
