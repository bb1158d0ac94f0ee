"""The files of a plan's letters, kept once: in its requests only their digests are kept."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping

import sqlalchemy as sa

from distribute.delivery.schema import letter
from distribute.domain.attachment import Attachment

Texts = Mapping[bytes, bytes]
"""What stands for a file in a request that is kept, and the file as it stands in the request that leaves."""

_MARK = re.compile(rb"\x02[0-9a-f]{64}[a-z]\x02")
_LINE = 76
_ANCHOR = 128
"""Characters by which a file is found: more than a line, so that its two forms differ."""
_SHORTEST = 1000
"""Characters; a shorter file is not worth a mark, and could stand in a request by chance."""


def _digest(text: str) -> bytes:
    return hashlib.sha256(text.encode()).hexdigest().encode()


def texts_of(files: Iterable[Attachment | str]) -> dict[bytes, bytes]:
    """``files``, or their bytes in base64, in the forms requests have them: on one line, and as JSON writes lines."""
    texts = {}
    for file in files:
        text = file if isinstance(file, str) else file.base64
        if len(text) < _SHORTEST:
            continue
        digest = _digest(text)
        lines = "\r\n".join(text[start : start + _LINE] for start in range(0, len(text), _LINE))
        texts[b"\x02%sj\x02" % digest] = json.dumps(lines)[1:-1].encode()
        texts[b"\x02%st\x02" % digest] = text.encode()
    return texts


def take_out(body: bytes, texts: Texts) -> bytes:
    """``body`` with a mark for each file; as it is where it has none, or could be mistaken for one with marks."""
    if not texts or b"\x02" in body:
        return body
    pieces = [body]
    for mark, text in texts.items():
        if text[:_ANCHOR] in body:
            pieces = [part for piece in pieces for part in _apart(piece, text, mark)]
    return b"".join(pieces)


def _apart(piece: bytes, text: bytes, mark: bytes) -> Iterator[bytes]:
    """What stands between the places of ``text``, and ``mark`` in each of them."""
    start = found = 0
    while (found := piece.find(text[:_ANCHOR], found)) >= 0:
        if piece.startswith(text, found):
            yield piece[start:found]
            yield mark
            start = found = found + len(text)
        else:
            found += 1
    yield piece[start:]


def put_back(body: bytes, texts: Texts) -> bytes:
    """The request as it was; KeyError for the mark of a file that is not among ``texts``."""
    return _MARK.sub(lambda found: texts[found[0]], body)


def stored_texts(db: sa.Connection, plan_id: str) -> dict[bytes, bytes]:
    """The files of all letters of a recorded plan."""
    records = db.execute(sa.select(letter.c.record).where(letter.c.plan == plan_id)).scalars()
    return texts_of({text for record in records for text in record.get("files", {}).values()})
