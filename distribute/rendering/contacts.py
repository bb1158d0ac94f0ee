"""Media contacts as a letter shows them: whom to call, under which number, and how it is dialled."""

from __future__ import annotations

from dataclasses import dataclass

import phonenumbers

from distribute.domain.release import MediaContact
from distribute.rendering.phrases import Phrases
from distribute.rendering.prose import checked_link, unbroken


@dataclass(frozen=True, slots=True, kw_only=True)
class Telephone:
    """A number to dial (RFC 3966; None where it is not one), as people write it, and the words of its extension."""

    href: str | None
    words: str
    extension: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A media contact as shown. ``details`` are role and organisation."""

    name: str
    details: str
    phones: tuple[Telephone, ...]
    emails: tuple[str, ...]


def write_person(contact: MediaContact, phrases: Phrases) -> Person:
    """A contact in the fixed words of ``phrases``. Raises RenderError for an address no mail could be written to."""
    for email in contact.emails:
        checked_link(f"mailto:{email}", contact.line)
    return Person(
        name=unbroken(contact.name or ""),
        details=", ".join(unbroken(part) for part in (contact.role, contact.organisation) if part),
        phones=tuple(_telephone(phone, phrases) for phone in contact.phones),
        emails=contact.emails,
    )


def _telephone(phone: str, phrases: Phrases) -> Telephone:
    """E.164 with ``;ext=`` as a tel address and as people write it; anything else as it stands."""
    try:
        number = phonenumbers.parse(phone)
    except phonenumbers.NumberParseException:
        return Telephone(href=None, words=unbroken(phone))
    extension, number.extension = number.extension, None
    words = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
    href = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.RFC3966)
    if not extension:
        return Telephone(href=href, words=words)
    inside = phrases("ext. {extension}", extension=extension)
    return Telephone(href=f"{href};ext={extension}", words=words, extension=inside)
