"""What a newsroom editor would say about a release: errors block a send, warnings advise."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """Whether a finding blocks."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One remark: the rule's name, where it is, if it has a place, and a sentence.

    ``line`` and ``column`` count from 1 in the release's file, ``length`` the characters from there on
    that it is about. ``silenced`` is the reason why the author passes over it. ``file`` is the file its
    line is in, where that may be another than the release asked about.
    """

    rule: str
    severity: Severity
    message: str
    line: int | None = None
    column: int | None = None
    length: int = 0
    silenced: str | None = None
    file: str | None = None

    @property
    def is_error(self) -> bool:
        return self.severity is Severity.ERROR

    @property
    def is_blocking(self) -> bool:
        return self.is_error and self.silenced is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Silence:
    """An author's word that a rule is passed over in one release, and why."""

    rule: str
    reason: str
    line: int | None = None
