"""The bytes of a file to text, or one sentence saying why they are none."""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from pathlib import Path

from distribute.errors import SourceError

LARGEST = 5_000_000
"""Bytes; a release of a thousand pages is smaller."""

_EXPORT = "save it as plain text or Markdown, or paste its text into a .txt file"
_FORMATS = {
    ".docx": f"a Word document: {_EXPORT}",
    ".doc": f"an old Word document: {_EXPORT}",
    ".odt": f"an OpenDocument text: {_EXPORT}",
    ".rtf": f"a rich text file: {_EXPORT}",
    ".pages": f"a Pages document: {_EXPORT}",
    ".pdf": "a PDF: paste its text into a .txt file and read it through, since a PDF keeps no paragraphs",
    ".msg": "an Outlook message: paste its text into a .txt file",
    ".html": "a web page: paste its text into a .txt file",
    ".htm": "a web page: paste its text into a .txt file",
    ".xlsx": "an Excel workbook: save the sheet as CSV",
    ".xls": "an old Excel workbook: save the sheet as CSV",
}
_SIGNATURES = (
    (b"%PDF-", ".pdf"),
    (b"PK\x03\x04", ".docx"),
    (b"\xd0\xcf\x11\xe0", ".doc"),
    (b"{\\rtf", ".rtf"),
)
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text and the name of the encoding it was read in."""

    text: str
    encoding: str

    @property
    def is_guessed(self) -> bool:
        """Neither a byte order mark nor valid UTF-8 vouched for the encoding."""
        return self.encoding == "cp1252"


def read_bytes(path: Path) -> bytes:
    """The bytes of a file of text; SourceError when it cannot be read, is empty, too large or another format."""
    if path.suffix.lower() in _FORMATS:
        raise SourceError(f"this is {_FORMATS[path.suffix.lower()]}", path)
    try:
        if path.stat().st_size > LARGEST:
            raise SourceError(f"the file is larger than {LARGEST // 1_000_000} MB: this cannot be a text", path)
        data = path.read_bytes()
    except FileNotFoundError:
        raise SourceError("there is no such file: check the name and the folder", path) from None
    except IsADirectoryError:
        raise SourceError("this is a folder: name the file in it", path) from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise SourceError(f"the file cannot be read ({reason}): check its name and permissions", path) from error
    if not data.strip():
        raise SourceError("the file is empty: save the text into it first", path)
    return data


def decode(data: bytes, path: Path) -> Decoded:
    """UTF-8 with or without a byte order mark, UTF-16 with one, else Windows-1252; SourceError for binary data.

    U+0000 stands in no text, so its presence is what tells a binary file.
    """
    for signature, suffix in _SIGNATURES:
        if data.startswith(signature):
            raise SourceError(f"this is {_FORMATS[suffix]}", path)
    if data[:200].lstrip().lower().startswith((b"<!doctype html", b"<html")):
        raise SourceError(f"this is {_FORMATS['.html']}", path)
    encoding = next((name for mark, name in _MARKS if data.startswith(mark)), None)
    for name in (encoding,) if encoding else ("utf-8", "cp1252"):
        try:
            text = data.decode(name)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            break
        return Decoded(text, name)
    raise SourceError("the file holds no readable text: save it as plain text in UTF-8", path)
