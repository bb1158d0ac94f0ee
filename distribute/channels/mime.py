"""A message as the bytes of RFC 5322: text and HTML, UTF-8, the same bytes every time."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Iterator
from email.charset import Charset
from functools import lru_cache

from distribute.channels.headers import address_spec, extra_fields, phrase, require_plain
from distribute.domain.content import Address, Message

EOL = "\r\n"
LONGEST_WORD = 75
"""RFC 2047 2: an encoded word, and RFC 5322 2.1.1 recommends 78 for the line."""

LONGEST_LINE = 900
"""Plain US-ASCII stays on one line up to here; RFC 5322 2.1.1 forbids 998."""

_UTF8 = Charset("utf-8")


def message_bytes(message: Message) -> bytes:
    """The whole message with CRLF line ends: multipart/alternative, text before HTML (RFC 2046 5.1.4).

    US-ASCII throughout, except for addresses whose local part is not (RFC 6532). Raises PlanError
    for a header that holds control characters, line breaks or bidirectional overrides.
    """
    letter = message.letter
    boundary = "=_" + hashlib.sha256(message.key.encode()).hexdigest()[:32]  # no encoded line begins with it
    fields = [
        ("From", _mailbox("From", letter.sender)),
        ("To", _mailbox("To", message.recipient)),
        ("Subject", unstructured("Subject", letter.subject)),
        ("Date", require_plain("Date", letter.date)),
        ("Message-ID", require_plain("Message-ID", message.message_id)),
        *((name, _folded(name, value)) for name, value in extra_fields(message)),
        ("MIME-Version", "1.0"),
        ("Content-Type", f'multipart/alternative;{EOL} boundary="{boundary}"'),
    ]
    if letter.reply_to:
        fields.insert(1, ("Reply-To", _mailbox("Reply-To", letter.reply_to)))
    head = EOL.join(f"{name}: {value}" for name, value in fields)
    parts = (_part("plain", message.text), _part("html", message.html))
    body = "".join(f"{EOL}--{boundary}{EOL}{part}" for part in parts)
    return f"{head}{EOL}{body}{EOL}--{boundary}--{EOL}".encode()


def unstructured(name: str, text: str) -> str:
    """A field's text: as it is when that survives, otherwise in encoded words (RFC 2047).

    The standard library's own folding loses and adds spaces, so every line break here falls
    between two encoded words, where readers drop it.
    """
    require_plain(name, text)
    is_safe = text.isascii() and text == text.strip() and "=?" not in text and len(text) < LONGEST_LINE
    return text if is_safe else _encoded(text, len(name) + 2)


@lru_cache(maxsize=64)
def _encoded(text: str, used: int) -> str:
    """Encoded words over as many lines as they need; the subject is the same for every recipient."""
    return f"{EOL} ".join(_words(text, used))


def _words(text: str, used: int) -> Iterator[str]:
    """Encoded words of whole characters; the first line already holds ``used`` characters."""
    word, room = "", LONGEST_WORD - used
    for character in text:
        if len(_UTF8.header_encode(word + character)) > room and word:
            yield _UTF8.header_encode(word)
            word, room = "", LONGEST_WORD - 1
        word += character
    yield _UTF8.header_encode(word)


def _mailbox(field: str, address: Address) -> str:
    """A name and an address, folded between the two."""
    name, spec = require_plain(field, address.name).strip(), address_spec(field, address)
    if not name:
        return spec
    is_safe = name.isascii() and "=?" not in name and len(name) < LONGEST_LINE
    shown = phrase(name) if is_safe else _encoded(name, len(field) + 2)
    return f"{shown}{EOL} <{spec}>" if len(field) + len(shown) + len(spec) > 70 else f"{shown} <{spec}>"


def _folded(name: str, value: str) -> str:
    """A list of addresses in angle brackets may break after its commas; nothing else is touched."""
    return value.replace(">, <", f">,{EOL} <") if len(name) + len(value) > 76 else value


def _part(subtype: str, content: str) -> str:
    """One body part in whichever transfer encoding is shorter (RFC 2045 6.7, 6.8)."""
    canonical = re.sub(r"\r\n|\r|\n", EOL, content).encode()
    quoted, packed = binascii.b2a_qp(canonical), base64.encodebytes(canonical).rstrip()
    encoding, shorter = ("quoted-printable", quoted) if len(quoted) <= len(packed) else ("base64", packed)
    fields = f"Content-Type: text/{subtype}; charset=utf-8{EOL}Content-Transfer-Encoding: {encoding}"
    lines = shorter.decode().replace(EOL, "\n").replace("\n", EOL)
    return f"{fields}{EOL}{EOL}{lines}"
