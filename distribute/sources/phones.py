"""Telephone numbers as people write them to E.164 with the extension."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from distribute.sources.vocabulary import Vocabulary

_NUMBER = r"(?:\+{1,2}|\b00)?[ \u00a0\u202f]?\(?\d[\d\s().\-–/\u00a0\u202f\u2011]{5,45}\d"
_NANP = re.compile(r"(?:\+?1[\s.\-]*)?\(?[2-9]\d{2}\)?[\s.\-/\u2011]*\d{3}[\s.\-\u2011]*\d{4}")
_ALTERNATIVE = re.compile(r"\s*/\s*-?\s?\d{1,4}$")
_DIRECT_LINE = re.compile(r"\s*/\s*-\s?\d{1,4}$")
_NANP_DIRECT = re.compile(rf"({_NANP.pattern})\s*-\s*(\d{{2,5}})")
_FEWEST, _MOST = 9, 15
_DATE = re.compile(r"\d{1,2}([./-])\d{1,2}\1(?:19|20)\d\d|(?:19|20)\d\d([./-])\d{1,2}\2\d{1,2}")
_SPLIT = re.compile(r"\s*/\s*|\s+[–—-]\s+|\s{2,}|(?<=\d)\s+(?=\(?\+)|(?<=\d{4})\s+(?=\(?\d{3}\b)")
_DOMAIN_REGIONS = {
    name: name.upper()
    for name in (
        [
            "ca",
            "au",
            "nz",
            "ie",
            "za",
            "in",
            "be",
            "ch",
            "at",
            "lu",
            "mx",
            "ar",
            "cl",
            "co",
            "pe",
            "br",
            "sn",
            "ci",
            "ma",
            "tn",
            "ng",
            "ke",
        ]
    )
}


class FoundPhone(NamedTuple):
    """A number at ``start`` to ``end``; ``number`` is None for one that is a fax or cannot be dialled."""

    start: int
    end: int
    number: str | None


@lru_cache(maxsize=1024)
def find_phones(text: str, words: Vocabulary, addresses: tuple[str, ...] = ()) -> tuple[FoundPhone, ...]:
    """Every number in ``text``; the domains of ``addresses`` tell the country of a national one."""
    found: list[FoundPhone] = []
    for match in _phone_pattern(words).finditer(text):
        found += _read_match(match, words, addresses)
    return tuple(found)


def parse_phone(text: str, words: Vocabulary, addresses: tuple[str, ...] = ()) -> str | None:
    """One number as ``+16135550142;ext=236`` (RFC 3966, section 3), or None."""
    numbers = [phone.number for phone in find_phones(text, words, addresses) if phone.number]
    return numbers[0] if len(numbers) == 1 else None


@cache
def _phone_pattern(words: Vocabulary) -> re.Pattern[str]:
    fax = rf"(?P<fax>(?<!\w){words.either('fax_words')}[\s.:)]*)?"
    extension = rf"(?:[\s,]*\(?(?<!\w){words.either('extension_words')}\s*[.:#]*\s*(?P<ext>\d{{1,6}})\b\)?)?"
    return re.compile(rf"{fax}(?P<number>(?<![\w@.]){_NUMBER})(?![\w@]){extension}", re.IGNORECASE)


def _read_match(match: re.Match[str], words: Vocabulary, addresses: tuple[str, ...]) -> Iterator[FoundPhone]:
    if match["fax"]:
        yield FoundPhone(match.start(), match.end(), None)
        return
    text = _DIRECT_LINE.sub("", re.sub(r"^\++", "+", match["number"]))
    if _DATE.fullmatch(text.strip()):
        return
    if direct := _NANP_DIRECT.fullmatch(text):
        yield FoundPhone(match.start(), match.end(), f"{_parse(direct[1], words, addresses)};ext={direct[2]}")
        return
    whole = _parse(text, words, addresses) or _parse(_ALTERNATIVE.sub("", text), words, addresses)
    pieces = [text] if whole else _SPLIT.split(text)
    numbers = [whole] if whole else [_parse(piece, words, addresses) for piece in pieces]
    for place, number in enumerate(filter(None, numbers)):
        is_last = place == len([n for n in numbers if n]) - 1
        suffix = f";ext={match['ext']}" if match["ext"] and is_last else ""
        yield FoundPhone(match.start(), match.end(), number + suffix)


def _parse(text: str, words: Vocabulary, addresses: tuple[str, ...]) -> str | None:
    plain = re.sub(r"\(0\)", "", text).replace("\u2011", "-").strip()
    plain = re.sub(r"^\+\s+", "+", plain)
    if sum(ch.isdigit() for ch in plain) < 7:
        return None
    if _NANP.fullmatch(plain):
        return "+1" + re.sub(r"\D", "", plain)[-10:]
    import phonenumbers  # noqa: PLC0415  the numbering plans of the world, for a number whose shape does not say it all

    for region in _regions(plain, words, addresses):
        try:
            number = phonenumbers.parse(plain, region)
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_possible_number(number):
            return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    digits = re.sub(r"\D", "", plain)
    return f"+{digits}" if plain[0] == "+" and _FEWEST <= len(digits) <= _MOST else None


def _regions(text: str, words: Vocabulary, addresses: tuple[str, ...]) -> Iterator[str | None]:
    """The countries a number may be read in, the likeliest first: its shape, then its owner, then the language."""
    if text.startswith(("+", "00")):
        yield words.regions[0]
        return
    if _NANP.fullmatch(text):
        yield "US"
        return
    for address in addresses:
        if region := _DOMAIN_REGIONS.get(address.rpartition(".")[2].lower()):
            yield region
    if text.lstrip("(").startswith("0") or words.language in {"es", "pt"}:
        yield from words.regions
