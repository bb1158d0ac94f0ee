"""Telephone numbers as people write them to E.164 with the extension."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from distribute.sources.vocabulary import Vocabulary

if TYPE_CHECKING:
    from phonenumbers import PhoneNumber

_NUMBER = r"(?:\+{1,2}|\b00)?[ \u00a0\u202f]?\(?\d[\d\s().\-–/\u00a0\u202f\u2011]{5,45}\d"
_START = r"(?<![\d@_])(?<!\d[.\-])(?<![^\W\d_tmp])(?<![^\W\d_]{2})"
"""No digit and no word before it, though its label may be glued to it: ``Tel.030``, ``T+32``."""
_END = r"(?![\d@_]|(?-i:[a-zà-ÿ])|(?-i:[A-ZÀ-ÖØ-Þ])\b)"
_CANDIDATE = re.compile(_NUMBER[_NUMBER.index(r"\d[") :])
"""What every number has in it; looking for this alone is many times faster than for a number with its words."""
_NANP = re.compile(r"(?:\+?1[\s.\-]*)?\(?[2-9]\d{2}\)?[\s.\-/\u2011]*\d{3}[\s.\-\u2011]*\d{4}")
_ALTERNATIVE = re.compile(r"\s*/\s*-?\s?\d{1,4}$")
_DIRECT_LINE = re.compile(r"\s*/\s*-\s?\d{1,4}$")
_HOURS = re.compile(r"\s\(\d{1,2}$")
_EXTENSION_AT_END = re.compile(r"[\s/–-]+(\d{1,5})$")
_SAME_EXCHANGE = re.compile(rf"({_NANP.pattern})\s*/\s*(\d{{4}})")
_AREA = re.compile(r"\(0?\d{2,4}\)")
_NANP_DIRECT = re.compile(rf"({_NANP.pattern})\s*-\s*(\d{{2,5}})")
_FEWEST, _MOST = 9, 15
_DATE = re.compile(r"\d{1,2}([./-])\d{1,2}\1(?:19|20)\d\d|(?:19|20)\d\d([./-])\d{1,2}\2\d{1,2}")
_SPLIT = re.compile(r"\s*/\s*|\s+[–—-]\s+|\s{2,}|(?<=\d)\s+(?=\(?\+)|(?<=\d{4})\s+(?=\(?\d{3}\b)")


class FoundPhone(NamedTuple):
    """A number at ``start`` to ``end``; ``number`` is None for one that is a fax or cannot be dialled."""

    start: int
    end: int
    number: str | None


@lru_cache(maxsize=1024)
def find_phones(text: str, words: Vocabulary, regions: tuple[str, ...] = ()) -> tuple[FoundPhone, ...]:
    """Every number in ``text``; a national one is of the first of ``regions`` (ISO 3166-1) that has such numbers."""
    if not _CANDIDATE.search(text):
        return ()
    found: list[FoundPhone] = []
    for match in _phone_pattern(words).finditer(text):
        found += _read_match(match, words, regions)
    return tuple(found)


def parse_phone(text: str, words: Vocabulary, regions: tuple[str, ...] = ()) -> str | None:
    """One number as ``+16135550142;ext=236`` (RFC 3966, section 3), or None."""
    numbers = [phone.number for phone in find_phones(text, words, regions) if phone.number]
    return numbers[0] if len(numbers) == 1 else None


@cache
def _phone_pattern(words: Vocabulary) -> re.Pattern[str]:
    fax = rf"(?P<fax>(?<!\w){words.either('fax_words')}[\s.:)]*)?"
    before = rf"(?:(?<!\w){words.either('extension_words')}|#)\s*[.:#]*\s*-?(?P<ext>\d{{1,6}})\b(?![ .\-]\d)\)?"
    behind = rf"\(?(?P<behind>{words.either('extension_endings')})\b\.?\)?"
    return re.compile(rf"{fax}(?P<number>{_START}{_NUMBER}){_END}(?:[\s,;/–-]*\(?{before}|\s*{behind})?", re.IGNORECASE)


def _read_match(match: re.Match[str], words: Vocabulary, regions: tuple[str, ...]) -> Iterator[FoundPhone]:
    if match["fax"]:
        yield FoundPhone(match.start(), match.end(), None)
        return
    text = _DIRECT_LINE.sub("", _HOURS.sub("", re.sub(r"^\++", "+", match["number"]))).strip()
    if _DATE.fullmatch(text):
        return
    if direct := _NANP_DIRECT.fullmatch(text):
        yield FoundPhone(match.start(), match.end(), f"{_parse(direct[1], words, regions)};ext={direct[2]}")
        return
    if alike := _SAME_EXCHANGE.fullmatch(text):
        first = _parse(alike[1], words, regions) or ""
        yield FoundPhone(match.start(), match.end(), first)
        yield FoundPhone(match.start(), match.end(), first[:-4] + alike[2])
        return
    ext = match["ext"]
    if match["behind"] and (inner := _EXTENSION_AT_END.search(text)):
        text, ext = text[: inner.start()], inner[1]
    whole = _parse(text, words, regions)
    if not whole and (shorter := _ALTERNATIVE.sub("", text)) != text:
        whole = _parse(shorter, words, regions)
    pieces = [text] if whole else _SPLIT.split(text)
    area = _AREA.match(text)
    if area:
        pieces = [pieces[0], *(piece if "(" in piece else f"{area[0]} {piece}" for piece in pieces[1:])]
    numbers = [number for piece in pieces if (number := whole or _parse(piece, words, regions))]
    for place, number in enumerate(numbers):
        suffix = f";ext={ext}" if ext and place == len(numbers) - 1 else ""
        yield FoundPhone(match.start(), match.end(), number + suffix)


def _parse(text: str, words: Vocabulary, regions: tuple[str, ...]) -> str | None:
    plain = re.sub(r"\(0\)", "", text).replace("\u2011", "-").strip()
    plain = re.sub(r"^\+\s+", "+", plain)
    if sum(map(str.isdigit, plain)) < 7:
        return None
    is_american = bool(_NANP.fullmatch(plain))
    if is_american and not (regions and "dials_without_zero" in words.grammar):
        return _american(plain)
    import phonenumbers  # noqa: PLC0415  the numbering plans of the world, for a number whose shape does not say it all

    numbers = [number for region in _regions(plain, words, regions) if (number := _in_region(plain, region))]
    for is_right in (phonenumbers.is_valid_number, phonenumbers.is_possible_number):
        for number in filter(is_right, numbers):
            return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
        if is_american:
            return _american(plain)
    digits = re.sub(r"\D", "", plain)
    return f"+{digits}" if plain[0] == "+" and _FEWEST <= len(digits) <= _MOST else None


def _american(text: str) -> str:
    return "+1" + re.sub(r"\D", "", text)[-10:]


def _in_region(text: str, region: str) -> PhoneNumber | None:
    import phonenumbers  # noqa: PLC0415  likewise

    try:
        return phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        return None


def _regions(text: str, words: Vocabulary, regions: tuple[str, ...]) -> Iterator[str]:
    """The countries a number may be read in, the likeliest first: its shape, then the text's, then the language's."""
    if text.startswith(("+", "00")):
        yield words.regions[0]
        return
    yield from regions
    if text.lstrip("(").startswith("0") or "dials_without_zero" in words.grammar:
        yield from words.regions
