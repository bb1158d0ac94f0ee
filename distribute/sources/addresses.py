"""An e-mail address as it stands in somebody's list to one that can be written to, or what is wrong with it."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from email_validator import EmailNotValidError, validate_email

_SPACES = re.compile(r"[\s\u00a0\u202f\u200b\ufeff]+")
_HARMFUL = re.compile("[\x00-\x1f\x7f-\x9f\u200b\u2028\u2029\u202a-\u202e\u2060\u2066-\u2069\ufeff\ufffd]")
_PLAIN = re.compile(r"(?P<local>(?![^@]{65})[A-Za-z0-9_+-]+(?:\.[A-Za-z0-9_+-]+)*)@(?P<domain>[A-Za-z0-9.-]+)")
"""What nearly every address looks like: a local part of letters, digits and single dots, and a domain beside it."""
_LONGEST = 254
"""Bytes of an address (RFC 5321 4.5.3.1.3, with the errata)."""


class BadAddress(ValueError):
    """The sentence says what is wrong."""


def clean_address(text: str) -> str:
    """The address without ``mailto:``, angle brackets and blanks; BadAddress when it is none.

    Syntax is RFC 5321 with its length limits, no non-ASCII local part (RFC 6531 is not offered by
    every provider); whether the mailbox exists is not asked. ``.test`` is a domain like any other
    (RFC 6761 6.2), so that a rehearsal with an own mail server can be written down.
    """
    plain = _PLAIN.fullmatch(text)
    if plain and len(text) <= _LONGEST and (domain := _domain(plain["domain"])):
        return f"{plain['local']}@{domain}"
    bare = unicodedata.normalize("NFC", text).strip().strip("\u00a0\u202f\u200b\ufeff ")
    bracketed = re.fullmatch(r"[^<>]*<([^<>]*)>", bare)
    bare = re.sub(r"^mailto:\s*", "", (bracketed[1] if bracketed else bare).strip(), flags=re.IGNORECASE)
    bare = bare.strip().strip("\u00a0\u202f\u200b\ufeff ")
    if not bare:
        raise BadAddress("the row has no e-mail address")
    if len(re.findall("@", bare)) > 1 and re.search(r"[,;\s]", bare):
        raise BadAddress(f"“{bare}” holds more than one address: give each its own row")
    return _validated(bare)


def _validated(bare: str) -> str:
    try:
        checked = validate_email(
            bare, check_deliverability=False, strict=True, allow_smtputf8=False, test_environment=True
        )
    except EmailNotValidError as error:
        raise BadAddress(f"“{clean_cell(bare)}” is not an e-mail address: {error}") from error
    if "." not in checked.domain:
        raise BadAddress(f"“{clean_cell(bare)}” is not an e-mail address: its domain has no period")
    return checked.normalized


@lru_cache(maxsize=4096)
def _domain(text: str) -> str | None:
    """A domain that was found sound, in its normal form: most of a list shares a few. None for any other."""
    try:
        return _validated(f"a@{text}").partition("@")[2]
    except BadAddress:
        return None


def clean_cell(text: str) -> str:
    """A cell on one line: NFC, white space collapsed, control, bidirectional and invisible characters gone."""
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip()
    return _SPACES.sub(" ", _HARMFUL.sub(" ", unicodedata.normalize("NFC", text))).strip()


def has_harmful(text: str) -> bool:
    """The cell holds a line end, a control or a bidirectional character, which could forge a header or a name."""
    return not (text.isascii() and text.isprintable()) and bool(_HARMFUL.search(text.strip()))
