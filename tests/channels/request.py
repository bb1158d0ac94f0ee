"""A frozen request, as the ledger hands it to a provider."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Request:
    """The bytes and the keys a test chose; never what a provider froze for others."""

    body: bytes
    keys: Sequence[str]

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.body).hexdigest()
