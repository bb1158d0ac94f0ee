"""What may stand in a header field, and how a name and an address are written there."""

from __future__ import annotations

import re

from distribute.domain.content import Address, Message
from distribute.errors import PlanError

FIELD_NAME = re.compile(r"[!-9;-~]+")
"""RFC 5322 2.2: printable US-ASCII without the colon."""

_FORBIDDEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""Controls (CR and LF begin a new field), line separators, bidirectional overrides, lone surrogates."""

_ATOMS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+( [A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
"""RFC 5322 3.2.3: atoms that need no quotation marks in a phrase."""

_SPEC = re.compile(r"[^\s@<>,;:\"()\\\[\]]+@[^\s@<>,;:\"()\\\[\]]+")


def require_plain(field: str, value: str) -> str:
    """``value``, unless it holds a character that could forge or reorder a header: PlanError."""
    if found := _FORBIDDEN.search(value):
        raise PlanError(
            f"{field} holds the invisible character U+{ord(found[0]):04X}, which no header may carry: remove it"
        )
    return value


def require_field(name: str, value: str) -> str:
    """``value`` of a field beyond the usual ones: visible US-ASCII, never encoded (RFC 2369, RFC 8058)."""
    if not FIELD_NAME.fullmatch(name):
        raise PlanError(f"“{name}” is not the name of a header field")
    if not require_plain(name, value).isascii():
        raise PlanError(f"{name} holds letters beyond US-ASCII, which it cannot carry: “{value}”")
    return value


def address_spec(field: str, address: Address) -> str:
    """The bare address with its domain in ASCII form; PlanError when it is not exactly one address."""
    spec = require_plain(field, address.email)
    if not _SPEC.fullmatch(spec):
        raise PlanError(f"{field}: “{spec}” is not one e-mail address")
    local, _, domain = spec.rpartition("@")
    try:
        return f"{local}@{domain if domain.isascii() else domain.encode('idna').decode()}"
    except UnicodeError:
        raise PlanError(f"{field}: the domain of “{spec}” cannot exist") from None


def mailbox(field: str, address: Address) -> str:
    """``Name <address>``, the name quoted where it must be, its letters as they are."""
    name, spec = require_plain(field, address.name), address_spec(field, address)
    return f"{phrase(name)} <{spec}>" if name.strip() else spec


def phrase(name: str) -> str:
    """A display name: as it is when it is atoms, otherwise a quoted-string (RFC 5322 3.2.4)."""
    if _ATOMS.fullmatch(name):
        return name
    return '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'


def extra_fields(message: Message) -> list[tuple[str, str]]:
    """The message's fields beyond the usual ones, each proven harmless."""
    return [(name, require_field(name, value)) for name, value in message.headers]
