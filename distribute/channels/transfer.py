"""A text with slots in a transfer encoding: what is the same for everybody is encoded once."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from distribute.domain.content import Slotted

EOL = "\r\n"
_LONGEST_LINE = 76
"""Characters, RFC 2045 6.7 and 6.8."""


_ODD = re.compile(r"^(?:From .*|\.|.{77,})$", re.MULTILINE)


class Encoded(Protocol):
    """A text whose slots are still open. ``encoding`` is its Content-Transfer-Encoding."""

    @property
    def encoding(self) -> str: ...

    def fill(self, values: Mapping[str, str]) -> str:
        """The encoded text with every slot filled: US-ASCII lines of at most 76 characters between CRLF.

        Decoded it is the filled text in UTF-8, each piece's and each value's line ends as CRLF.
        """
        ...


def encode(text: Slotted) -> Encoded:
    """``text`` in whichever encoding is shorter for what is the same in every copy (RFC 2045 6.7, 6.8)."""
    constant = _canonical("".join(text.pieces[::2]))
    if len(binascii.b2a_qp(constant)) <= len(base64.encodebytes(constant)):
        return _Quoted(tuple(piece if odd % 2 else _quoted(piece) for odd, piece in enumerate(text.pieces)))
    return _Based(tuple(piece if odd % 2 else _turned(piece) for odd, piece in enumerate(text.pieces)))


def base64_lines(data: bytes) -> str:
    """``data`` in lines of 76 characters with CRLF between them (RFC 2045 6.8)."""
    return base64.encodebytes(data).decode().rstrip("\n").replace("\n", EOL)


@dataclass(frozen=True, slots=True)
class _Quoted:
    """Quoted-printable. Each piece is encoded by itself; soft line breaks join them."""

    pieces: tuple[str, ...]
    encoding = "quoted-printable"

    def fill(self, values: Mapping[str, str]) -> str:
        filled = (_quoted(values[piece]) if odd % 2 else piece for odd, piece in enumerate(self.pieces))
        parts = list(filter(None, filled)) or [""]
        return "".join(map(_continued, parts[:-1])) + parts[-1]


@dataclass(frozen=True, slots=True)
class _Turned:
    """A constant text as base64 may need it: from its first, its second and its third byte on.

    ``whole`` are the lines of whole triples from there, ``rest`` the bytes after them.
    """

    data: bytes
    whole: tuple[str, str, str]
    rest: tuple[bytes, bytes, bytes]


@dataclass(frozen=True, slots=True)
class _Based:
    """Base64. What a slot holds is encoded with the few bytes around it that make up whole triples."""

    pieces: tuple[_Turned | str, ...]
    encoding = "base64"

    def fill(self, values: Mapping[str, str]) -> str:
        lines, carried = [], b""
        for piece in self.pieces:
            if isinstance(piece, str):
                carried += _canonical(values[piece])
                continue
            turn = -len(carried) % 3
            carried += piece.data[:turn]
            if len(carried) % 3 == 0:
                lines += [base64_lines(carried), piece.whole[turn]]
                carried = piece.rest[turn]
        return EOL.join(filter(None, [*lines, base64_lines(carried)]))


def _canonical(text: str) -> bytes:
    """UTF-8 with CRLF line ends (RFC 2045 6.8, 6.7)."""
    return re.sub(r"\r\n|\r|\n", EOL, text).encode()


def _quoted(text: str) -> str:
    """Quoted-printable; no line looks like the next message of a mail folder (RFC 4155) or SMTP's end of data."""
    written = binascii.b2a_qp(_canonical(text)).decode().replace(EOL, "\n")
    return _ODD.sub(lambda line: _mended(line[0]), written).replace("\n", EOL)


def _mended(line: str) -> str:
    """A line that could be misread, or that the standard library made a character too long for its last blank."""
    if line == ".":
        return "=2E"
    if not line.startswith("From "):
        return _split(line) if len(line) > _LONGEST_LINE else line
    return f"=46rom {line[5:]}" if len(line) <= _LONGEST_LINE - 2 else f"=46rom =\n{_mended(line[5:])}"


def _continued(part: str) -> str:
    """A part that another may follow: it ends in a line break, hard or soft."""
    if part.endswith(EOL):
        return part
    start = part.rfind("\n") + 1
    last = part[start:] if len(part) - start < _LONGEST_LINE else _split(part[start:]).replace("\n", EOL)
    return f"{part[:start]}{last}={EOL}"


def _split(line: str) -> str:
    """A soft line break before its last characters, within no ``=XX``."""
    end = next(at for at in range(len(line) - 3, 0, -1) if "=" not in line[at - 2 : at])
    return f"{line[:end]}=\n{line[end:]}"


def _turned(text: str) -> _Turned:
    data = _canonical(text)
    ends = [start + max(len(data) - start, 0) // 3 * 3 for start in range(3)]
    whole = [base64_lines(data[start:end]) for start, end in enumerate(ends)]
    return _Turned(data, (whole[0], whole[1], whole[2]), (data[ends[0] :], data[ends[1] :], data[ends[2] :]))
