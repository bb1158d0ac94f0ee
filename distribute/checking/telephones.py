"""The rule about telephone numbers that are somebody's own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from functools import cache

from distribute.checking.languages import either, words_of
from distribute.checking.registry import Remark, warning
from distribute.checking.texts import body_texts, file_lines
from distribute.domain.release import Release

_NUMBER = re.compile(r"(?<![\w.,/+-])\+?\(?\d[\d ().\u00a0\u202f/-]{6,22}\d(?![\w/])")
_FEWEST, _MOST = 8, 15
_NEAR = 30
_COUNTRIES = {"en": ("GB", "AU", "IE"), "fr": ("FR", "BE", "CH"), "de": ("DE", "AT", "CH"), "es": ("ES", "MX"),
              "nl": ("NL", "BE"), "pt": ("PT", "BR")}  # fmt: skip
"""Whose numbering plans a number without a country code is looked up in, where no contact tells the country."""


@warning("private-mobile")
def check_mobiles(release: Release, _now: datetime) -> Iterator[Remark]:
    """No number is called private or home; none in the body is a mobile, as far as numbering plans tell.

    A mobile among the media contacts is taken for a duty phone. In North America no plan tells a mobile.
    """
    told: set[str] = set()
    for text in (*body_texts(release), *file_lines(release)):
        for match in _numbers(text.words):
            if _is_called_private(text.words, match, release.language) and _digits(match[0]) not in told:
                told.add(_digits(match[0]))
                message = "is said to be private, and a release stays on the web for good: print a duty phone instead."
                yield text.remark(f"The number {match[0]} {message}", match)
    desks = {_digits(phone)[-_FEWEST:] for contact in release.contacts for phone in contact.phones}
    for text in body_texts(release):
        for match in _numbers(text.words):
            number = _digits(match[0])
            if number not in told and number[-_FEWEST:] not in desks and _is_mobile(match[0], release):
                told.add(number)
                message = "is a mobile, and a release stays on the web for good: make sure that it is nobody's own."
                yield text.remark(f"The number {match[0]} {message}", match)


def _numbers(words: str) -> Iterator[re.Match[str]]:
    yield from (match for match in _NUMBER.finditer(words) if _FEWEST <= len(_digits(match[0])) <= _MOST)


def _digits(number: str) -> str:
    return re.sub(r"\D", "", number.partition(";")[0])


def _is_called_private(words: str, match: re.Match[str], language: str | None) -> bool:
    """A word for it stands before the number, or a label before or behind it: Home: …, … (home)."""
    said, label = _private(language)
    before, after = words[max(0, match.start() - 2 * _NEAR) : match.start()], words[match.end() : match.end() + _NEAR]
    found = list(said.finditer(before))
    is_said = bool(found) and len(before) - found[-1].end() <= _NEAR and not re.search(r"\d{5}", before)
    return is_said or bool(
        re.search(rf"(?:^|[,;|/(]|\s[-–]\s)\s*{label}\s*(?:[:.)]\s*)+$", before, re.IGNORECASE)
        or re.match(rf"\s*\(\s*{label}\s*\)", after, re.IGNORECASE)
    )


@cache
def _private(language: str | None) -> tuple[re.Pattern[str], str]:
    """In the language of the release and in English, since desks mix it in."""
    both = words_of(language), words_of("en")
    said = either(phrase for words in both for phrase in words.private)
    return re.compile(said, re.IGNORECASE), either(label for words in both for label in words.fields)


def _is_mobile(number: str, release: Release) -> bool:
    """By its numbering plan; numbers of North America (+1) look the same on a desk and in a pocket."""
    import phonenumbers  # noqa: PLC0415  the numbering plans of the world, where a number needs them

    for region in (None,) if number.startswith("+") else _regions(release):
        try:
            parsed = phonenumbers.parse(number, region)
        except phonenumbers.NumberParseException:
            continue
        if parsed.country_code != 1 and phonenumbers.is_valid_number(parsed):
            return phonenumbers.number_type(parsed) == phonenumbers.PhoneNumberType.MOBILE
    return False


def _regions(release: Release) -> tuple[str, ...]:
    """The countries of the contacts' telephones, else those in which the language is mostly spoken."""
    import phonenumbers  # noqa: PLC0415  the same

    regions = []
    for phone in (phone for contact in release.contacts for phone in contact.phones):
        try:
            code = phonenumbers.parse(phone.partition(";")[0]).country_code
        except phonenumbers.NumberParseException:
            continue
        regions.append(phonenumbers.region_code_for_country_code(code or 0))
    return tuple(dict.fromkeys(regions)) or _COUNTRIES.get(release.language or "", ())
