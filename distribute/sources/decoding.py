"""The bytes of a file to text, or one sentence saying why they are none."""

from __future__ import annotations

import codecs
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from distribute.errors import SourceError

LARGEST = 5_000_000
"""Bytes; a release of a thousand pages is smaller."""
LARGEST_TABLE = 500_000_000
"""Bytes; a list of five million people is smaller. A table is never held as a whole."""
_CHUNK = 1 << 18

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
_NO_TEXT = "the file holds no readable text: save it as plain text in UTF-8"
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


class Decoded(NamedTuple):
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
    with _readable(path):
        _require_smaller(path, LARGEST)
        data = path.read_bytes()
    if not data.strip():
        raise SourceError("the file is empty: save the text into it first", path)
    return data


class Survey(NamedTuple):
    """The encoding of a file of text and the hex sha256 of its bytes, found without holding it."""

    encoding: str
    sha256: str

    @property
    def is_guessed(self) -> bool:
        """Neither a byte order mark nor valid UTF-8 vouched for the encoding."""
        return self.encoding == "cp1252"


def survey(path: Path) -> Survey:
    """Read a table of text once, in pieces; SourceError as ``read_bytes`` and ``decode``."""
    if path.suffix.lower() in _FORMATS:
        raise SourceError(f"this is {_FORMATS[path.suffix.lower()]}", path)
    digest, is_blank, candidates = hashlib.sha256(), True, None
    with _readable(path):
        _require_smaller(path, LARGEST_TABLE)
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                if candidates is None:
                    candidates = _candidates(chunk, path)
                digest.update(chunk)
                is_blank = is_blank and not chunk.strip()
                candidates = {name: reader for name, reader in candidates.items() if _reads(reader, chunk)}
    if is_blank or candidates is None:
        raise SourceError("the file is empty: save the text into it first", path)
    sound = [name for name, reader in candidates.items() if _reads(reader, b"", final=True)]
    if not sound:
        raise SourceError(_NO_TEXT, path)
    return Survey(sound[0], digest.hexdigest())


def _candidates(head: bytes, path: Path) -> dict[str, codecs.IncrementalDecoder]:
    """A decoder for each encoding a file that begins so may be in, the likeliest first."""
    _require_text(head, path)
    marked = next((name for mark, name in _MARKS if head.startswith(mark)), None)
    return {name: codecs.getincrementaldecoder(name)() for name in ((marked,) if marked else ("utf-8", "cp1252"))}


def _reads(reader: codecs.IncrementalDecoder, chunk: bytes, *, final: bool = False) -> bool:
    try:
        return "\0" not in reader.decode(chunk, final)
    except UnicodeDecodeError:
        return False


@contextmanager
def _readable(path: Path) -> Iterator[None]:
    try:
        yield
    except FileNotFoundError:
        raise SourceError("there is no such file: check the name and the folder", path) from None
    except IsADirectoryError:
        raise SourceError("this is a folder: name the file in it", path) from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise SourceError(f"the file cannot be read ({reason}): check its name and permissions", path) from error


def _require_smaller(path: Path, largest: int) -> None:
    if path.stat().st_size > largest:
        raise SourceError(f"the file is larger than {largest // 1_000_000} MB: this cannot be a text", path)


def decode(data: bytes, path: Path) -> Decoded:
    """UTF-8 with or without a byte order mark, UTF-16 with one, else Windows-1252; SourceError for binary data.

    U+0000 stands in no text, so its presence is what tells a binary file.
    """
    _require_text(data, path)
    encoding = next((name for mark, name in _MARKS if data.startswith(mark)), None)
    for name in (encoding,) if encoding else ("utf-8", "cp1252"):
        try:
            text = data.decode(name)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            break
        return Decoded(text, name)
    raise SourceError(_NO_TEXT, path)


def _require_text(head: bytes, path: Path) -> None:
    """SourceError for a file that begins like one of another format."""
    for signature, suffix in _SIGNATURES:
        if head.startswith(signature):
            raise SourceError(f"this is {_FORMATS[suffix]}", path)
    if head[:200].lstrip().lower().startswith((b"<!doctype html", b"<html")):
        raise SourceError(f"this is {_FORMATS['.html']}", path)
