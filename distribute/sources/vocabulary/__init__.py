"""The words by which the parts of a release are known, one TOML file per language."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

_HERE = Path(__file__).parent
_ENGLISH = "en"
_NOT_MERGED = ("relatives", "pronouns", "articles", "clause_words")
LANGUAGES = (_ENGLISH, *sorted(path.stem for path in _HERE.glob("??.toml") if path.stem != _ENGLISH))
CAPITALS = "A-ZÀ-ÖØ-Þ" + "".join(filter(str.isupper, map(chr, range(0x100, 0x180))))
"""The capitals of Latin alphabets, for a class in a regular expression (Unicode blocks to Latin Extended-A)."""


class _Accents(dict[int, int | None]):
    """For str.translate: combining characters to nothing, whatever else to itself."""

    def __missing__(self, code: int) -> int | None:
        self[code] = None if unicodedata.combining(chr(code)) else code
        return self[code]


_ACCENTS = _Accents()


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """What releases in ``language`` say, with the English words behind its own, since desks mix them.

    ``grammar`` names what the language does that code must know (see README.md); ``months`` and
    ``weekdays`` count from 1 and from Monday = 0; ``zones`` maps a word to an offset (``-05:00``,
    empty when it follows the season) and an IANA name.
    """

    language: str
    regions: tuple[str, ...]
    grammar: frozenset[str]
    stop_words: frozenset[str]
    months: Mapping[str, int]
    weekdays: Mapping[str, int]
    zones: Mapping[str, tuple[str, str]]
    _phrases: Mapping[str, tuple[str, ...]] = field(repr=False)

    def phrases(self, name: str) -> tuple[str, ...]:
        return self._phrases[name]

    def either(self, *names: str) -> str:
        """A regular expression that matches any phrase of these groups, the longest first."""
        return either(phrase for name in names for phrase in self._phrases[name])


def vocabulary(language: str | None) -> Vocabulary:
    """The words of a language; of English where the language is not known."""
    return _merged(language if language in LANGUAGES else _ENGLISH)


@cache
def _merged(language: str) -> Vocabulary:
    own, english = _table(language), _table(_ENGLISH)
    both = (own,) if language == _ENGLISH else (own, english)
    phrases = {name: _union(table["phrases"].get(name, ()) for table in both) for name in english["phrases"]}
    phrases |= {name: tuple(own[name]) for name in _NOT_MERGED}
    return Vocabulary(
        language=language,
        regions=tuple(own["regions"]),
        grammar=frozenset(name for name, is_so in own["grammar"].items() if is_so),
        stop_words=frozenset(own["stop_words"]),
        months=_also_bare(_overlay("months", both)),
        weekdays=_also_bare(_overlay("weekdays", both)),
        zones={name: (offset, zone) for name, (offset, zone) in _overlay("zones", both).items()},
        _phrases=phrases,
    )


def stop_words() -> Mapping[str, frozenset[str]]:
    """The commonest words of each language, by which one is told from another."""
    return {language: frozenset(_head(language)["stop_words"]) for language in LANGUAGES}


@cache
def everywhere(name: str) -> tuple[str, ...]:
    """The words of this name in all languages, which stand in texts of any: the ``de`` of Rio de Janeiro."""
    return _union(_head(language)[name] for language in LANGUAGES)


def language_name(language: str) -> str:
    """``German`` for ``de``; the code itself for a language we have no words for."""
    return str(_head(language)["name"]) if language in LANGUAGES else language


@cache
def places() -> Mapping[str, Mapping[str, Any]]:
    """The tables of places.toml, folded: ``towns``, ``towns_with_region`` and ``regions``, with their time zones."""
    return _table("places")


def either(phrases: Iterable[str]) -> str:
    """A regular expression for any of the phrases, the longest first; any white space, either apostrophe.

    Where there are no phrases it matches nothing.
    """
    ordered = sorted(set(phrases), key=lambda phrase: (-len(phrase), phrase))
    return "(?:" + ("|".join(_expression(phrase) for phrase in ordered) or "(?!)") + ")"


def fold(text: str) -> str:
    """Lower case without accents, one kind of apostrophe and single spaces: for comparing, not for showing."""
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text.replace("’", "'")).translate(_ACCENTS)
    return " ".join(text.casefold().split())


def _expression(phrase: str) -> str:
    return r"\s+".join(re.escape(word).replace("'", "['’]") for word in phrase.split())


def _union(groups: Iterable[Iterable[str]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(phrase for group in groups for phrase in group))


def _also_bare(names: dict[str, Any]) -> dict[str, Any]:
    """``fevrier`` and ``sabado`` too: many keyboards and wires have no accents."""
    return {fold(name): value for name, value in names.items()} | names


def _overlay(name: str, tables: tuple[dict[str, Any], ...]) -> dict[str, Any]:
    merged: dict[str, Any] = {}
    for table in reversed(tables):
        merged |= table[name]
    return merged


@cache
def _table(name: str) -> dict[str, Any]:
    return tomllib.loads(_text(name))


@cache
def _head(language: str) -> dict[str, Any]:
    """What stands before any table, read alone: every text asks for it, in every language."""
    return tomllib.loads(_text(language).partition("\n[")[0])


def _text(name: str) -> str:
    return (_HERE / f"{name}.toml").read_text(encoding="utf-8")
