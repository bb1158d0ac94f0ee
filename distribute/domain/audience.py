"""Whom a release may reach: contacts, media lists, and those who must not be contacted."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

_HOST = re.compile(r"[a-z0-9._-]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """A journalist on a media list. ``line`` is the row's line in its file."""

    email: str
    first_name: str = ""
    last_name: str = ""
    outlet: str = ""
    beat: str = ""
    language: str | None = None
    region: str = ""
    timezone: str | None = None
    embargo_ok: bool = False
    list_name: str = ""
    line: int = 0

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()

    @property
    def address(self) -> str:
        """The normalised address: two contacts with the same one are the same person."""
        return normalise_address(self.email)


@dataclass(frozen=True, slots=True, kw_only=True)
class RowProblem:
    """A row that is not as it should be; ``is_fatal`` when nobody can be reached by it."""

    path: str
    line: int
    message: str
    email: str = ""
    is_fatal: bool = True

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.message}"


@dataclass(frozen=True, slots=True, kw_only=True)
class MediaList:
    """A named set of contacts with every problem of its file."""

    name: str
    contacts: tuple[Contact, ...]
    problems: tuple[RowProblem, ...] = ()
    path: str = ""
    sha256: str = ""

    def entries(self) -> Iterator[Contact | RowProblem]:
        """Each problem, then each contact."""
        yield from self.problems
        yield from self.contacts


@dataclass(frozen=True, slots=True, kw_only=True)
class Suppression:
    """Do not contact. It binds the person, whatever list they stand on."""

    email: str
    reason: str
    source: str = ""
    since: date | None = None

    @property
    def address(self) -> str:
        return normalise_address(self.email)


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """``LIST`` or ``LIST:field=value,field=value``: a media list, or the part of it that matches."""

    name: str
    where: Mapping[str, str]

    def admits(self, contact: Contact) -> bool:
        """Whether every field named has its value, in any case; yes and no are ``True`` and ``False``."""
        return all(_folded(_written(getattr(contact, name))) == _folded(value) for name, value in self.where.items())

    def __str__(self) -> str:
        return self.name + (":" + ",".join(f"{f}={v}" for f, v in self.where.items()) if self.where else "")


class SkipReason(StrEnum):
    """Why a contact on a chosen list gets nothing."""

    DUPLICATE = "duplicate"
    SUPPRESSED = "suppressed"
    EXCLUDED = "excluded"
    EMBARGO = "embargo-not-accepted"
    ALREADY = "already-sent"
    BAD_ADDRESS = "bad-address"


def normalise_address(email: str) -> str:
    """The address by which a person is known: NFC, trimmed, case-folded, domain in its ASCII form.

    Normalising twice changes nothing; what holds no ``@`` is only folded.

    RFC 5321 lets a host tell local parts apart by case; no mailbox provider does, and a
    second copy is the greater harm.
    """
    if email.isascii():
        return email.strip().lower()
    folded = _folded(email).strip()
    local, at, domain = folded.rpartition("@")
    if not at:
        return folded
    with suppress(UnicodeError):
        ascii_form = domain.encode("idna").decode("ascii")
        domain = ascii_form if _HOST.fullmatch(ascii_form) else domain
    return f"{local}@{domain}"


def _folded(text: str) -> str:
    """Case-folded and NFC; once more after folding, which takes some letters apart (``ΐ`` becomes three)."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold())


def _written(value: object) -> str:
    return "" if value is None else str(value)
