"""Stated values to the domain: each key of the front matter read, or refused with its line."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any

from distribute.domain.finding import Silence
from distribute.domain.release import Asset, MediaContact, ReleaseLine, ReleaseLineKind
from distribute.errors import InstantError
from distribute.sources.cards import Row, read_cards
from distribute.sources.dates import find_dates
from distribute.sources.matter import Entry, Matter
from distribute.sources.phones import parse_phone
from distribute.sources.vocabulary import Vocabulary, everywhere

_CONTACT_KEYS = ("name", "role", "organisation", "phone", "email")
_CONTACT_ALIASES = {"phones": "phone", "emails": "email", "organization": "organisation", "tel": "phone"}
_IMAGE_KEYS = ("url", "alt", "caption", "credit", "rights", "full_size")


def stated_text(matter: Matter, key: str) -> str | None:
    return " ".join(matter[key].text.split()) or None if key in matter else None


def stated_block(matter: Matter, key: str) -> str | None:
    """A longer text, its paragraphs kept."""
    return matter[key].text or None if key in matter else None


def stated_language(matter: Matter) -> str | None:
    """A two-letter code; ``fr-CA`` is ``fr`` (RFC 5646, section 2.1)."""
    if "language" not in matter:
        return None
    entry = matter["language"]
    if not re.fullmatch(r"[A-Za-z]{2}(?:[-_][A-Za-z0-9]{2,8})*", entry.text):
        raise entry.error(f"“{entry.text}” is not a language: write two letters such as en or fr")
    return entry.text[:2].lower()


def stated_zone(matter: Matter) -> str | None:
    if "timezone" not in matter:
        return None
    from distribute.sources.zones import is_zone  # noqa: PLC0415  where an author names one

    entry = matter["timezone"]
    if not is_zone(entry.text):
        raise entry.error(f"“{entry.text}” is not a time zone: use a name such as America/Toronto or Europe/Paris")
    return entry.text


def stated_release_line(matter: Matter, now: datetime, zone: str) -> ReleaseLine | None:
    """``embargo: WHEN`` or ``release_line: immediate``; a bare time is taken in ``timezone:``, else in ``zone``."""
    if "embargo" in matter:
        from distribute.domain.instant import parse_instant  # noqa: PLC0415  where an author names one

        entry = matter["embargo"]
        try:
            instant = parse_instant(entry.text, now, stated_zone(matter) or zone)
        except InstantError as error:
            raise entry.error(str(error)) from error
        return ReleaseLine(kind=ReleaseLineKind.EMBARGO, raw=entry.text, until=instant.local, line=entry.own_line)
    if "release_line" not in matter:
        return None
    entry = matter["release_line"]
    if entry.text.casefold() not in everywhere("now_words"):
        raise entry.error(f"“{entry.text}” is not understood here: write immediate, or use embargo: with a date")
    return ReleaseLine(kind=ReleaseLineKind.IMMEDIATE, raw=entry.text, line=entry.own_line)


def stated_date(matter: Matter, words: Vocabulary) -> date | None:
    """``2026-11-24``, or a date in words with its year."""
    if "date" not in matter:
        return None
    entry = matter["date"]
    found = [item.date for item in find_dates(entry.text, words) if item.date]
    if len(found) != 1:
        raise entry.error(f"“{entry.text}” is not a date: write it as 2026-11-24")
    return found[0]


def stated_edition(matter: Matter) -> int:
    if "edition" not in matter:
        return 1
    entry = matter["edition"]
    if not re.fullmatch(r"[1-9]\d{0,5}", entry.text):
        raise entry.error(f"“{entry.text}” is not an edition: write a whole number from 1")
    return int(entry.text)


def stated_version(matter: Matter) -> str | None:
    """``3`` or ``1.2``: which state of the text this is, the same in every language."""
    if "version" not in matter:
        return None
    entry = matter["version"]
    if not re.fullmatch(r"\d{1,6}(?:\.\d{1,6}){0,3}", entry.text):
        raise entry.error(f"“{entry.text}” is not a version: write a number such as 3 or 1.2")
    return entry.text


def stated_update(matter: Matter, now: datetime, zone: str) -> datetime | None:
    """When the author last edited this text: a WHEN, or a day, which begins at 00:00."""
    if "updated" not in matter:
        return None
    from distribute.domain.instant import parse_instant  # noqa: PLC0415  where an author names one

    entry = matter["updated"]
    text = f"{entry.text} 00:00" if re.fullmatch(r"\d{4}-\d\d-\d\d", entry.text) else entry.text
    try:
        return parse_instant(text, now, stated_zone(matter) or zone).local
    except InstantError as error:
        raise entry.error(str(error)) from error


def stated_contacts(matter: Matter, words: Vocabulary) -> tuple[MediaContact, ...] | None:
    """One contact or a list: tables, or lines as they would stand in a release."""
    if "contact" not in matter:
        return None
    entry = matter["contact"]
    values = entry.value if isinstance(entry.value, list) else [entry.value]
    contacts: list[MediaContact] = []
    for value in values:
        if isinstance(value, str):
            rows = [Row(line, entry.own_line or 0) for line in value.splitlines() if line.strip()]
            found = read_cards(rows, words)
            if not found:
                raise entry.error(f"“{value}” names nobody to reach: give a name with a phone number or an address")
            contacts += found
        else:
            contacts.append(_contact(_table(value, entry, _CONTACT_KEYS, _CONTACT_ALIASES), entry, words))
    return tuple(contacts)


def complete_contacts(
    contacts: tuple[MediaContact, ...], matter: Matter, words: Vocabulary
) -> tuple[MediaContact, ...]:
    """The first contact with what ``contact_email`` and ``contact_phone`` add."""
    emails = stated_emails(matter["contact_email"]) if "contact_email" in matter else ()
    phones = stated_phones(matter["contact_phone"], words) if "contact_phone" in matter else ()
    if not emails and not phones:
        return contacts
    first = contacts[0] if contacts else MediaContact()
    completed = MediaContact(
        name=first.name,
        role=first.role,
        organisation=first.organisation,
        phones=tuple(dict.fromkeys(first.phones + phones)),
        emails=tuple(dict.fromkeys(first.emails + emails)),
        line=first.line,
    )
    return (completed, *contacts[1:])


def stated_emails(entry: Entry) -> tuple[str, ...]:
    from email_validator import EmailNotValidError, validate_email  # noqa: PLC0415  where one is stated

    for text in entry.texts:
        try:
            validate_email(text, check_deliverability=False, strict=True, allow_smtputf8=False)
        except EmailNotValidError as error:
            raise entry.error(f"“{text}” is not an e-mail address: {error}") from error
    return entry.texts


def stated_phones(entry: Entry, words: Vocabulary) -> tuple[str, ...]:
    numbers = []
    for text in entry.texts:
        number = parse_phone(text, words)
        if number is None:
            raise entry.error(f"“{text}” is not a telephone number: write it as +1 613 555 0123 ext. 236")
        numbers.append(number)
    return tuple(numbers)


def stated_images(matter: Matter) -> tuple[Asset, ...]:
    """One image or a list of them, each with its url and what an editor needs beside it."""
    if "images" not in matter:
        return ()
    entry = matter["images"]
    values = entry.value if isinstance(entry.value, list) else [entry.value]
    return tuple(_asset(value, entry) for value in values)


def stated_silences(matter: Matter) -> tuple[Silence, ...]:
    """The rules of `check` that the author passes over, each with a reason."""
    if "silence" not in matter:
        return ()
    entry = matter["silence"]
    if not isinstance(entry.value, dict):
        raise entry.error("write each rule with the reason for its silence: {no-dateline: our house style}")
    reasons = {rule: Entry(reason, entry.path, entry.line).text for rule, reason in entry.value.items()}
    return tuple(
        Silence(rule=rule, reason=" ".join(text.split()), line=entry.own_line) for rule, text in reasons.items()
    )


def _asset(value: Any, entry: Entry) -> Asset:
    table = {"url": value} if isinstance(value, str) else _table(value, entry, _IMAGE_KEYS, {})
    texts = {key: Entry(item, entry.path, entry.line).text or None for key, item in table.items()}
    if not texts.get("url"):
        raise entry.error("an image needs its url")
    return Asset(line=entry.own_line, **{"url": "", **texts})  # type: ignore[arg-type]  # url is never None here


def _contact(table: dict[str, Any], entry: Entry, words: Vocabulary) -> MediaContact:
    texts = {key: Entry(table[key], entry.path, entry.line).text or None for key in _CONTACT_KEYS[:3] if key in table}
    phones = Entry(table.get("phone", []), entry.path, entry.line)
    emails = Entry(table.get("email", []), entry.path, entry.line)
    return MediaContact(phones=stated_phones(phones, words), emails=stated_emails(emails), line=entry.own_line, **texts)


def _table(value: Any, entry: Entry, keys: tuple[str, ...], aliases: dict[str, str]) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise entry.error(f"write it as a table with {', '.join(keys)}")
    table = {aliases.get(key.casefold(), key.casefold()): item for key, item in value.items()}
    unknown = [key for key in table if key not in keys]
    if unknown:
        raise entry.error(f"“{unknown[0]}” is not known here: the keys are {', '.join(keys)}")
    return table
