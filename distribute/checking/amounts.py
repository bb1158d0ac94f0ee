"""The numbers a text names, as each language writes them, for comparing the versions of a release."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import NamedTuple

from babel import Locale, UnknownLocaleError
from babel.numbers import get_decimal_symbol

from distribute.checking.numerals import Numerals, either, level, numerals

_SPACE = "\u0020\u00a0\u202f\u2009"
_NUMBER = re.compile(
    rf"(?<!\w)(?<![^\w][a-z]-)(?:\d{{1,3}}(?:[{_SPACE}'’]\d{{3}})+(?!\d)(?:[.,]\d+(?![\d.,]*\d))?|\d+(?:[.,]\d+)*)"
)
_NO_NUMBER = re.compile(
    r"(?:https?://|www\.)\S+|(?<![\w.+-])[\w.+-]{1,64}@[\w.-]+|\[\d{1,3}\]|\b24\s?/\s?7\b|\b24\s*h(?:eures)?\s*(?:sur|/)\s*24\b(?:\s*h\b)?"
    r"|\b7\s*j(?:ours)?\s*(?:sur|/)\s*7\b|\bcovid[\s-]?19\b|(?<!\w)\+\d[\d\s().\u00a0\u202f-]{7,24}\d"
    r"|(?<![\w.,])\(?[2-9]\d{2}\)?[ .-]\d{3}[.-]\d{4}(?!\d)|(?<![\w.,])0\d(?:[ .\u00a0-]\d\d){4}(?!\d)"
)
_CURRENCY = re.compile(r"(?<!\w)(?:eur|usd|gbp|chf|cad|us|ca?|au?)(?=[$€£¥]?\d)")
_MONEY_SCALE = re.compile(rf"(?P<scale>bn|mds?|mrd|m|k|tn)(?=[$€£]|(?!\w))|[{_SPACE}](?P<scale2>md|m|k)(?=[$€£])")
_SCALE = {"k": 3, "m": 6, "bn": 9, "md": 9, "mds": 9, "mrd": 9, "tn": 12}
_WORD = re.compile(rf"[{_SPACE}-]?[^\W\d_][\w’'-]*")
_MOST_DIGITS = 30


class Form(Enum):
    """How a number is written: style may add or leave out words, and ordinals and fractions prove nothing at all."""

    FIGURE = "figure"
    WORD = "word"
    LOOSE = "loose"


class Figure(NamedTuple):
    """A number at ``start`` to ``end``; ``readings`` begins with its own language's, 1,200 has a second one."""

    start: int
    end: int
    readings: tuple[Decimal, ...]
    form: Form = Form.FIGURE

    @property
    def value(self) -> Decimal:
        return self.readings[0]


def find_figures(text: str, language: str | None, taken: Sequence[tuple[int, int]] = ()) -> list[Figure]:
    """Every number outside the stretches ``taken``, addresses, telephone numbers and decades, left to right."""
    words = numerals(language)
    plain = _masked(level(text), words, taken)
    found = [figure for figure in _figured(plain, language, words) if figure.value]
    busy = [(figure.start, figure.end) for figure in found]
    found += [f for f in _worded(plain, words) if not any(start < f.end and f.start < end for start, end in busy)]
    return sorted(found, key=lambda figure: figure.start)


def shown(text: str, figure: Figure) -> str:
    """The number with the word behind it: ``1,200 detained``."""
    behind = _WORD.match(text, figure.end)
    return text[figure.start : behind.end() if behind else figure.end]


def _masked(plain: str, words: Numerals, taken: Sequence[tuple[int, int]]) -> str:
    signs = list(plain)
    spans = [*taken, *(match.span() for match in _NO_NUMBER.finditer(plain))]
    spans += [match.span() for match in _skipped(words).finditer(plain)]
    for start, end in spans:
        signs[start:end] = "\0" * (end - start)
    return _CURRENCY.sub(lambda match: " " * len(match[0]), "".join(signs))


@cache
def _skipped(words: Numerals) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{words.decade}|{either(words.percent)})(?!\w)")


def _figured(plain: str, language: str | None, words: Numerals) -> Iterator[Figure]:
    for match in _NUMBER.finditer(plain):
        if len(match[0]) > _MOST_DIGITS:
            continue
        readings = _read(match[0], _decimal_sign(language))
        ordinal = _ordinal(words).match(plain, match.end())
        scale, end = _scaled(plain, match.start(), match.end(), words)
        if scale == 1 and ordinal:
            yield Figure(match.start(), ordinal.end(), readings, Form.LOOSE)
        else:
            scaled = tuple(value * scale for value in readings)
            yield Figure(match.start(), end, scaled, Form.LOOSE if scaled[0] == 1 else Form.FIGURE)


def _read(written: str, decimal_sign: str) -> tuple[Decimal, ...]:
    """1,200 is 1200 in English and 1.2 in French; what it would be elsewhere comes second."""
    bare = re.sub(rf"[{_SPACE}'’]", "", written)
    signs = [sign for sign in bare if sign in ".,"]
    whole = Decimal(re.sub(r"[.,]", "", bare))
    if not signs or (len(signs) > 1 and len(set(signs)) == 1):
        return (whole,)
    head, _, tail = bare.rpartition(signs[-1])
    broken = Decimal(f"{re.sub(r'[.,]', '', head)}.{tail}")
    is_unclear = len(signs) == 1 and len(tail) == 3 and 1 <= len(head) <= 3 and head[0] != "0" and bare == written
    if not is_unclear:
        return (broken,)
    return (broken, whole) if signs[0] == decimal_sign else (whole, broken)


def _scaled(plain: str, start: int, end: int, words: Numerals) -> tuple[Decimal, int]:
    """What multiplies a number (million, Mrd., the m of $3m), and where it ends."""
    if match := _scale(words).match(plain, end):
        return words.scales[" ".join(match["scale"].split())], match.end()
    is_money = plain[start - 1 : start] in {"$", "€", "£", "¥"}
    match = _MONEY_SCALE.match(plain, end)
    if match and (is_money or match["scale"] != "m" or plain[match.end() : match.end() + 1] in {"$", "€", "£"}):
        return Decimal(10) ** _SCALE[match["scale"] or match["scale2"]], match.end()
    return Decimal(1), end


def _worded(plain: str, words: Numerals) -> Iterator[Figure]:
    for match in _words(words).finditer(plain):
        first = " ".join(match["first"].split())
        value = words.words.get(first) or words.scales.get(first) or Decimal(1)
        scale = words.scales[" ".join(match["scale"].split())] if match["scale"] else Decimal(1)
        if value * scale != 1:
            form = Form.LOOSE if first in words.loose else Form.WORD
            yield Figure(match.start(), match.end(), (value * scale,), form)


@cache
def _words(words: Numerals) -> re.Pattern[str]:
    scale = rf"(?:[\s-]+(?:de\s+|an?\s+)?(?P<scale>{either(words.scales)}))"
    number = rf"(?P<first>{either([*words.words, *words.ones, *(s for s, v in words.scales.items() if v < 10**6)])})"
    return re.compile(rf"(?<![\w-]){number}{scale}?(?!\w)")


@cache
def _scale(words: Numerals) -> re.Pattern[str]:
    return re.compile(rf"[\s-]*(?P<scale>{either(words.scales)})(?!\w)\.?")


@cache
def _ordinal(words: Numerals) -> re.Pattern[str]:
    return re.compile(rf"{either(words.ordinals)}(?!\w)")


@cache
def _decimal_sign(language: str | None) -> str:
    try:
        return str(get_decimal_symbol(Locale.parse(language or "en")))
    except (UnknownLocaleError, ValueError):
        return "."
