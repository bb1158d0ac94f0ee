"""A file that goes with a letter."""

from __future__ import annotations

import hashlib
import json
from base64 import b64decode, b64encode
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Attachment:
    """A file's name, its media type (``application/pdf``) and its bytes as they leave.

    One with a ``cid`` (RFC 2392, without brackets) is not offered for saving but shown where the HTML
    says ``cid:``.
    """

    name: str
    media_type: str
    data: bytes = field(repr=False)
    cid: str = ""

    @cached_property
    def sha256(self) -> str:
        """In hex, over the bytes."""
        return hashlib.sha256(self.data).hexdigest()

    @cached_property
    def base64(self) -> str:
        """The bytes in base64, on one line (RFC 4648 4)."""
        return b64encode(self.data).decode()

    @cached_property
    def seal(self) -> str:
        """Its record as text, by which one file is told from another wherever the bytes need not be."""
        return json.dumps(self.record, ensure_ascii=False)

    @property
    def disposition(self) -> str:
        """How mail programs present it (RFC 2183)."""
        return "inline" if self.cid else "attachment"

    @property
    def record(self) -> list[Any]:
        """Everything but the bytes, which ``sha256`` stands for."""
        return [self.name, self.media_type, self.sha256, len(self.data), self.cid]


def read_attachment(record: list[Any], files: Mapping[str, str]) -> Attachment:
    """What ``record`` was made of; ``files`` maps a sha256 to the bytes in base64."""
    name, media_type, sha256, _, cid = record
    return Attachment(name=name, media_type=media_type, data=b64decode(files[sha256]), cid=cid)


def weight(files: Iterable[Attachment]) -> int:
    """Bytes of ``files`` in base64, as they travel."""
    return sum(len(file.base64) for file in files)
