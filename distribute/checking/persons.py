"""Rules about people a release could harm: children it names, press officers whose own number it prints."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from functools import cache

from distribute.checking.languages import words_of
from distribute.checking.names import month_names, weekday_names
from distribute.checking.registry import Remark, warning
from distribute.checking.texts import Text, all_texts
from distribute.domain.release import Release

_PART = r"[A-ZÀ-ÖØ-ÞĀĆČĎĐĘĚĞİĹŁŃŇŘŚŞŠŤŪŹŻŽ][^\W\d_]*(?:['’-][^\W\d_]+)*"
_PARTICLE = r"(?:(?:de|la|las|los|da|do|dos|van|von|der|den|bin|al|el|ben|abu)[ \u00a0-])"
_NAME = rf"(?P<name>(?<!\w){_PART}(?:[ \u00a0]{_PARTICLE}{{0,2}}{_PART}){{1,3}})"
_AGE = r"(?P<age>1[0-7]|[1-9])(?!\d)"


@warning("private-mobile")
def check_mobiles(release: Release, _now: datetime) -> Iterator[Remark]:
    """A contact's number is not their own mobile, as far as numbering plans tell; in North America they do not."""
    for contact in release.contacts:
        for phone in contact.phones:
            if contact.name and _is_mobile(phone):
                yield Text(contact.name, contact.line).remark(
                    f"{contact.name}'s number {phone} is a mobile, and a release stays on the web for good: "
                    "make sure that it is a duty phone, not a private one.",
                    0,
                    contact.name,
                )


@warning("minor-named")
def check_minors(release: Release, _now: datetime) -> Iterator[Remark]:
    """No full name stands beside an age under 18.

    UNICEF's guidelines for journalists: change the name of a child who could be harmed.
    """
    for text in all_texts(release):
        taken: set[int] = set()
        for pattern in _forms(release.language):
            for match in pattern.finditer(text.words):
                if match.start("name") not in taken and not _is_calendar(match["name"], release.language):
                    taken.add(match.start("name"))
                    yield _named(text, match)


def _named(text: Text, match: re.Match[str]) -> Remark:
    return text.remark(
        f"{match['name']} is {match['age']}: a child's full name belongs in no release unless their family agreed "
        "and it cannot harm them; use a first name or a changed one.",
        match.start("name"),
        match["name"],
    )


def _is_mobile(phone: str) -> bool:
    """By its numbering plan; numbers of North America (+1) look the same on a desk and in a pocket."""
    number = phone.partition(";")[0]
    if number.startswith("+1"):
        return False
    import phonenumbers  # noqa: PLC0415  the numbering plans of the world, where a number needs them

    try:
        parsed = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return False
    return phonenumbers.number_type(parsed) == phonenumbers.PhoneNumberType.MOBILE


def _is_calendar(name: str, language: str | None) -> bool:
    """``Tuesday June, 12`` is a date, not a child."""
    dated = {*map(str.casefold, month_names(language)), *weekday_names(language)}
    return any(word.strip(".,").casefold() in dated for word in name.split())


@cache
def _forms(language: str | None) -> tuple[re.Pattern[str], ...]:
    return tuple(map(_form, words_of(language).minors))


def _form(form: str) -> re.Pattern[str]:
    """A form such as ``{name} ({age} ans)``; only the name is read with regard to case."""
    escaped = r"\s+".join(re.escape(word) for word in form.split()).replace(r"\-", "[-\u2010\u2011]")
    return re.compile(escaped.replace(r"\{name\}", _NAME).replace(r"\{age\}", rf"(?<!\d){_AGE}"))
