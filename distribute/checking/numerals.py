"""The words for numbers in each language, from the table beside this file."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

_FRENCH_SIXTIES = (("soixante", 60), ("quatre-vingt", 80))


@dataclass(frozen=True, eq=False)
class Numerals:
    """``words`` and ``scales`` map levelled words to values; ``ones`` mean 1 before a scale (a million).

    ``loose`` are words that may stand for a number in another text and prove nothing by themselves.
    """

    words: Mapping[str, Decimal]
    scales: Mapping[str, Decimal]
    ones: frozenset[str]
    loose: frozenset[str]
    ordinals: tuple[str, ...]
    decade: str
    percent: tuple[str, ...]


def level(text: str) -> str:
    """Lower case without accents, character for character: places in it are places in ``text``."""
    return "".join(map(_level, text)) if not text.isascii() else text.lower()


@cache
def numerals(language: str | None) -> Numerals:
    """The words of a language; only what all have in common where nobody has written its table yet."""
    table = _tables().get(language or "", {})
    words = dict(_small(table))
    further = {level(word): Decimal(str(value)) for word, value in table.get("further", {}).items()}
    words |= further
    return Numerals(
        words={word: value for word, value in words.items() if value != 1},
        scales={level(word): Decimal(value) for word, value in table.get("scales", {}).items()},
        ones=frozenset(map(level, table.get("one", ()))),
        loose=frozenset(further) | frozenset(map(level, table.get("unsure", ()))),
        ordinals=tuple(table.get("ordinal", ())),
        decade=level(table.get("decade", r"(?!)")),
        percent=tuple(map(level, table.get("percent", ()))),
    )


def either(phrases: Iterable[str]) -> str:
    """A regular expression for any of the phrases, the longest first; any white space or hyphen between words."""
    ordered = sorted(set(phrases), key=lambda phrase: (-len(phrase), phrase))
    return "(?:" + "|".join(re.escape(phrase).replace(r"\ ", r"\s+") for phrase in ordered) + ")" if ordered else "(?!)"


def _small(table: Mapping[str, Any]) -> Iterator[tuple[str, Decimal]]:
    """One to ninety-nine, by the rule of the language."""
    small = [(value, word) for value, words in enumerate(table.get("small", ()), 1) for word in level(words).split("/")]
    tens = list(enumerate(map(level, table.get("tens", ())), 2))
    for value, word in small:
        yield word, Decimal(value)
    for ten, word in tens:
        yield word, Decimal(ten * 10)
        for unit, other in (one for one in small if one[0] < 10):
            yield from _joined(word, other, ten * 10 + unit, table)
    for word, value in _FRENCH_SIXTIES if "quatre-vingt" in (word for _, word in tens) else ():
        for unit, other in (one for one in small if one[0] >= 10):
            yield from _joined(word, other, value + unit, table)


def _joined(ten: str, unit: str, value: int, table: Mapping[str, Any]) -> Iterator[tuple[str, Decimal]]:
    for joint in map(level, table["joint"]):
        words = (unit, ten) if table.get("is_units_first") else (ten, unit)
        yield joint.join(words), Decimal(value)


@cache
def _tables() -> Mapping[str, Mapping[str, Any]]:
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))


@cache
def _level(sign: str) -> str:
    bare = unicodedata.normalize("NFD", sign.lower())[0]
    return bare if len(bare) == 1 else sign
