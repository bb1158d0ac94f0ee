"""The bytes of a file to text, or one sentence saying why they are none."""

from __future__ import annotations

import codecs
import hashlib
import re
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

LARGEST_DOCUMENT = 50_000_000
"""Bytes; a Word document holds its photographs."""
WORD, PAGE = ".docx", frozenset({".html", ".htm"})

_EXPORT = "save it as .docx, or paste its text into a .txt file"
_FORMATS = {
    ".doc": f"an old Word document: {_EXPORT}",
    ".docm": "a Word document with macros: save it as .docx, which has none",
    ".dotx": "a Word template: save it as .docx",
    ".dotm": "a Word template with macros: save it as .docx, which has none",
    ".odt": f"an OpenDocument text: {_EXPORT}",
    ".rtf": f"a rich text file: {_EXPORT}",
    ".pages": f"a Pages document: export it as Word (.docx), or {_EXPORT.partition(', or ')[2]}",
    ".pdf": "a PDF, which keeps no paragraphs: take the .docx it was made from, or paste its text into a .txt file "
    "and read it through",
    ".msg": "an Outlook message: paste its text into a .txt file",
    ".eml": "an e-mail: paste its text into a .txt file",
    ".mht": f"a web archive: {_EXPORT}",
    ".mhtml": f"a web archive: {_EXPORT}",
    ".xlsx": "an Excel workbook: save the sheet as CSV",
    ".xls": "an old Excel workbook: save the sheet as CSV",
}
_NO_TABLES = _FORMATS | {
    WORD: "a Word document: copy the table into a sheet and save that as CSV",
    **dict.fromkeys(PAGE, "a web page: copy the table into a sheet and save that as CSV"),
}
_SIGNATURES = (
    (b"%PDF-", _FORMATS[".pdf"]),
    (b"PK\x03\x04", "a Word document or another package under a wrong name: give it the ending it had, such as .docx"),
    (b"\xd0\xcf\x11\xe0", _FORMATS[".doc"]),
    (b"{\\rtf", _FORMATS[".rtf"]),
)
_PAGE_STARTS = (b"<!doctype html", b"<html")
_MISNAMED_PAGE = "a web page: give it a name that ends in .html, or paste its text into a .txt file"
_NO_TEXT = "the file holds no readable text: save it as plain text in UTF-8"
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_GUESSES = frozenset({"cp1252", "utf-16-le", "utf-16-be"})
_SAMPLE = 4096
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]+)", re.IGNORECASE)


class Decoded(NamedTuple):
    """Text and the name of the encoding it was read in."""

    text: str
    encoding: str

    @property
    def is_guessed(self) -> bool:
        """Neither a byte order mark nor valid UTF-8 vouched for the encoding."""
        return self.encoding in _GUESSES


def read_bytes(path: Path) -> bytes:
    """The bytes of a release file; SourceError when it cannot be read, is empty, too large or another format."""
    if path.suffix.lower() in _FORMATS:
        raise SourceError(f"this is {_FORMATS[path.suffix.lower()]}", path)
    with _readable(path):
        _require_smaller(path, LARGEST_DOCUMENT if path.suffix.lower() == WORD else LARGEST)
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
        return self.encoding in _GUESSES


def survey(path: Path) -> Survey:
    """Read a table of text once, in pieces; SourceError as ``read_bytes`` and ``decode``."""
    if path.suffix.lower() in _NO_TABLES:
        raise SourceError(f"this is {_NO_TABLES[path.suffix.lower()]}", path)
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
    marked = _marked(head)
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


def decode(data: bytes, path: Path, *, is_page: bool = False) -> Decoded:
    """UTF-8 and UTF-16 with or without a byte order mark, else Windows-1252; SourceError for binary data.

    U+0000 stands in no text, so its presence is what tells a binary file.
    """
    _require_text(data, path, is_page=is_page)
    encoding = _marked(data)
    for name in (encoding,) if encoding else ("utf-8", "cp1252"):
        try:
            text = data.decode(name)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            break
        return Decoded(text, name)
    raise SourceError(_NO_TEXT, path)


def decode_page(data: bytes, path: Path) -> Decoded:
    """The text of a web page, in the encoding it declares where nothing in its bytes says more.

    The order is that of the HTML standard, section 13.2.3: byte order mark, then ``<meta charset>``; an
    ASCII or Latin-1 label means Windows-1252, and one that no page could declare itself in, UTF-8.
    """
    declared = _CHARSET.search(data[:_SAMPLE])
    if declared and not _marked(data):
        try:
            name = codecs.lookup(declared[1].decode("ascii")).name
            text = data.decode({"iso8859-1": "cp1252", "ascii": "cp1252", "utf-16": "utf-8"}.get(name, name))
        except (LookupError, UnicodeError):
            return decode(data, path, is_page=True)
        if "\0" not in text:
            return Decoded(text, name)
    return decode(data, path, is_page=True)


def _marked(head: bytes) -> str | None:
    """The encoding a byte order mark names, or UTF-16 where nearly every other byte is zero."""
    marked = next((name for mark, name in _MARKS if head.startswith(mark)), None)
    if marked or len(head) < 4:
        return marked
    sample = head[: min(len(head), _SAMPLE) // 2 * 2]
    even, odd = sample[::2], sample[1::2]
    for zeros, letters, name in ((odd, even, "utf-16-le"), (even, odd, "utf-16-be")):
        if zeros.count(0) >= 0.7 * len(zeros) and letters.count(0) <= 0.02 * len(letters):
            return name
    return None


def _require_text(head: bytes, path: Path, *, is_page: bool = False) -> None:
    """SourceError for a file that begins like one of another format."""
    for signature, said in _SIGNATURES:
        if head.startswith(signature):
            raise SourceError(f"this is {said}", path)
    if not is_page and head[:200].lstrip().lower().startswith(_PAGE_STARTS):
        raise SourceError(f"this is {_MISNAMED_PAGE}", path)
