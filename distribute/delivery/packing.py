"""A request's bytes as they are kept: what its messages have in common once, what is each one's own, compressed."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from itertools import cycle
from typing import NamedTuple

from distribute.delivery.enclosures import Texts, put_back, take_out
from distribute.domain.plan import Batch


class Kept(NamedTuple):
    """A frozen request as it is kept: ``body`` packed, ``readers`` too; ``sha256`` is of the bytes that leave.

    ``after`` is as a batch has it, in seconds.
    """

    channel: str
    provider: str
    at: datetime
    sha256: str
    keys: tuple[str, ...]
    body: bytes
    readers: bytes | None
    after: int = 0


_PIECES = b"\x01"
"""Begins what is kept in pieces; a zlib stream begins with ``x`` (RFC 1950 2.2: deflate, 32 KB window)."""
_LEVEL = 4
_ANCHOR = 64
"""Bytes by which a common text is found; searching for thousands at once prepares for longer than it searches."""
_MARGIN = 32
"""Bytes by which a common run is shortened where it touches what differs: the next message may have less in common."""


_MARKED = b"\x02"
"""Begins what is kept without the files in it."""


def pack(body: bytes, keys: Sequence[str], texts: Texts | None = None) -> bytes:
    """``body`` made small; ``unpack`` with the same ``texts`` gives back the very same bytes, whatever they are.

    Where the messages in it are alike between one key and the next, the text they share is kept
    once and only the rest is compressed: a twentieth of the work when it is read. A mark takes the place of ``texts``.
    """
    marked = take_out(body, texts or {})
    if texts and marked != body and put_back(marked, texts) == body:
        return _MARKED + pack(marked, keys)
    pieces = _cut(body, _common(body, keys)) if b"\0" not in body and b"\1" not in body else None
    if pieces is not None:
        packed = _PIECES + zlib.compress(b"\1".join(b"\0".join(part) for part in pieces), _LEVEL)
        if unpack(packed) == body:
            return packed
    return zlib.compress(body, _LEVEL)


def keep(item: Batch, texts: Texts | None = None) -> Kept:
    """A request, packed; ``texts`` are its plan's files."""
    readers = pack_readers(item.readers) if item.readers else None
    body = pack(item.body, item.keys, texts)
    return Kept(item.channel, item.provider, item.at, item.sha256, item.keys, body, readers, item.after)


def seal_of(packed: bytes, sha256: str) -> bytes:
    """What tells a request as it was kept from any other, without making it whole: a tenth of the work.

    ``sha256`` is that of the bytes themselves, in hex.
    """
    return hashlib.sha256(sha256.encode() + packed).digest()


def opened(packed: bytes, sha256: str, seal: bytes | None, texts: Callable[[], Texts] = dict) -> bytes | None:
    """The bytes that were packed; None when they are not those that were planned.

    That is proven by what was kept of them or, where no ``seal`` was, by themselves.
    """
    body = unpack(packed, texts)
    is_planned = seal_of(packed, sha256) == seal if seal else hashlib.sha256(body).hexdigest() == sha256
    return body if is_planned else None


def unpack(packed: bytes, texts: Callable[[], Texts] = dict) -> bytes:
    """The bytes that were packed; ``texts`` finds the plan's files and is asked only where it needs them."""
    if packed.startswith(_MARKED):
        return put_back(unpack(packed[1:]), texts())
    if not packed.startswith(_PIECES):
        return zlib.decompress(packed)
    common, own = (part.split(b"\0") for part in zlib.decompress(packed[1:]).split(b"\1"))
    between = len(own) - 1
    body = [b""] * (between + len(own))
    body[::2] = own
    body[1::2] = (common * (between // len(common) + 1))[:between]
    return b"".join(body)


def _cut(body: bytes, common: Sequence[bytes]) -> tuple[Sequence[bytes], Sequence[bytes]] | None:
    """The common texts, and what stands before, between and after them, round after round."""
    if not common:
        return None
    own, start = [], 0
    for text in cycle(common):
        found = body.find(text[:_ANCHOR], start)
        if found < 0 or not body.startswith(text, found):
            break
        own.append(body[start:found])
        start = found + len(text)
    return common, [*own, body[start:]]


def _common(body: bytes, keys: Sequence[str]) -> list[bytes]:
    """What the first two rounds from key to key share, in order; nothing where there are not two."""
    marks = [body.find(key.encode()) for key in keys[:3]]
    if len(marks) < 3 or not 0 <= marks[0] < marks[1] < marks[2]:
        return []
    first, second = (body[marks[n] : marks[n + 1]].split(b'"') for n in (0, 1))
    if len(first) != len(second):
        return []
    shared, run = [], b""
    for mine, other in zip(first, second, strict=True):
        before, after = _shared_ends(mine, other)
        if mine == other:
            run += mine + b'"'
            continue
        if len(run := run + before) > 1:
            shared.append(run)
        run = after + b'"'
    return [*shared, *([run[:-1]] if len(run) > 1 else [])]


def _shared_ends(mine: bytes, other: bytes) -> tuple[bytes, bytes]:
    """How two texts begin and end alike, short of where they differ; empty where that is not much."""
    if mine == other:
        return b"", b""
    begin = max(_alike(mine, other) - _MARGIN, 0)
    end = max(_alike(mine[::-1], other[::-1]) - _MARGIN, 0)
    if begin + end > min(len(mine), len(other)):
        return b"", b""
    return mine[:begin], mine[len(mine) - end :]


def _alike(mine: bytes, other: bytes) -> int:
    """How many bytes two texts begin with that are the same."""
    return next((n for n, (a, b) in enumerate(zip(mine, other, strict=False)) if a != b), min(len(mine), len(other)))


def pack_readers(values: Mapping[str, Mapping[str, str]]) -> bytes:
    """What fills the slots of each reader's letter, by delivery key, made small."""
    return zlib.compress(json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode(), _LEVEL)


def unpack_readers(packed: bytes | None) -> dict[str, dict[str, str]]:
    """As they were packed; nothing where there were none."""
    return json.loads(zlib.decompress(packed)) if packed else {}
