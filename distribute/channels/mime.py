"""A message as the bytes of RFC 5322: text and HTML, UTF-8, the same bytes every time."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from email.charset import Charset
from email.quoprimime import header_length
from functools import lru_cache
from typing import NamedTuple

from distribute.channels.enclosing import enclose
from distribute.channels.headers import address_spec, extra_fields, phrase, require_plain
from distribute.channels.transfer import EOL, Encoded, encode
from distribute.domain.content import Address, Letter, Message

LONGEST_WORD = 75
"""RFC 2047 2: an encoded word, and RFC 5322 2.1.1 recommends 78 for the line."""

LONGEST_LINE = 900
"""Plain US-ASCII stays on one line up to here; RFC 5322 2.1.1 forbids 998."""

_UTF8 = Charset("utf-8")
_FRAME = len("=?utf-8?q??=")


def message_bytes(message: Message) -> bytes:
    """The whole message with CRLF line ends: multipart/alternative, text before HTML (RFC 2046 5.1.4), files around it.

    US-ASCII throughout, except for addresses whose local part is not (RFC 6532). Raises PlanError
    for a header that holds control characters, line breaks or bidirectional overrides.
    """
    mould = _mould(message.letter)
    own = [
        ("To", _mailbox("To", message.recipient)),
        ("Message-ID", require_plain("Message-ID", message.message_id)),
        *((name, _folded(name, value)) for name, value in extra_fields(message)),
    ]
    head = "".join([f"{name}: {value}{EOL}" for name, value in own])
    text, html = mould.text.fill(message.values), mould.html.fill(message.escaped)
    return f"{mould.head}{head}{mould.before_text}{text}{mould.before_html}{html}{mould.after}".encode()


class _Mould(NamedTuple):
    """What is the same in every copy of a letter, as it is written."""

    head: str
    before_text: str
    text: Encoded
    before_html: str
    html: Encoded
    after: str


@lru_cache(maxsize=16)
def _mould(letter: Letter) -> _Mould:
    """The same for every recipient, so it is made once."""
    fields = [
        ("From", _mailbox("From", letter.sender)),
        *([("Reply-To", _mailbox("Reply-To", letter.reply_to))] if letter.reply_to else []),
        ("Subject", unstructured("Subject", letter.subject)),
        ("Date", require_plain("Date", letter.date)),
        ("MIME-Version", "1.0"),
    ]
    text, html = encode(letter.text), encode(letter.html)
    mark = _mark(letter)
    boundary = f"=_a{mark}"
    before = f'Content-Type: multipart/alternative;{EOL} boundary="{boundary}"{EOL}{EOL}--{boundary}{EOL}'
    before, after = enclose(before, f"{EOL}--{boundary}--{EOL}", letter.attachments, mark)
    return _Mould(
        head="".join(f"{name}: {value}{EOL}" for name, value in fields),
        before_text=before + _part_head("plain", text),
        text=text,
        before_html=f"{EOL}--{boundary}{EOL}{_part_head('html', html)}",
        html=html,
        after=after,
    )


def _mark(letter: Letter) -> str:
    """What its boundaries are made of. No encoded line begins with ``=_``, as each of them does (RFC 2045 6.7)."""
    matter = "\x1f".join((letter.subject, *letter.text.pieces, *letter.html.pieces))
    return hashlib.sha256(matter.encode()).hexdigest()[:32]


def _part_head(subtype: str, content: Encoded) -> str:
    fields = f"Content-Type: text/{subtype}; charset=utf-8{EOL}Content-Transfer-Encoding: {content.encoding}"
    return f"{fields}{EOL}{EOL}"


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
    start, quoted, size, room = 0, 0, 0, LONGEST_WORD - used - _FRAME
    for end, character in enumerate(text):
        more = character.encode()
        quoted, size = quoted + header_length(more), size + len(more)
        if min(quoted, -(-size // 3) * 4) > room and end > start:
            yield _UTF8.header_encode(text[start:end])
            start, quoted, size, room = end, header_length(more), len(more), LONGEST_WORD - 1 - _FRAME
    yield _UTF8.header_encode(text[start:])


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
