"""Rules about names: one spelling throughout."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from itertools import combinations

from distribute.checking.full_names import (
    bare,
    find_full_names,
    is_one_person,
    is_spelt_otherwise,
    is_transcribed_otherwise,
    spelt_out,
    surname,
)
from distribute.checking.registry import Remark, warning
from distribute.checking.texts import Text, body_texts, boilerplate_texts, notes_texts
from distribute.domain.release import BlockKind, Release

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_NAME = re.compile(r"(?<![\w@/.-])[^\W\d_]{6,}(?![\w@/-])")
_CAPITAL = re.compile(r"(?<![\w@/.-])[^\W\d_a-z][^\W\d_]{3,}(?![\w@/-])")
_END = 2
"""Letters at the end of a word that its inflections exchange."""
_MOST = 400


@warning("name-spelt-two-ways")
def check_spelling(release: Release, _now: datetime) -> Iterator[Remark]:
    """A name is spelt one way: Müller or Mueller, Sahrawi or Saharawi, Jean-Pierre or Jean Pierre."""
    told: list[str] = []
    for usual, rare, text, start in (*_people(release), *_surnames(release), *_words(release)):
        if not any(rare in one or one in rare for one in told):
            told.append(rare)
            yield text.remark(
                f"“{rare}” is spelt “{usual}” elsewhere: check the name, and spell it one way.", start, rare
            )


Spelling = tuple[str, str, Text, int]
"""How a name is usually spelt, how else, and where."""


def _people(release: Release) -> Iterator[Spelling]:
    """Full names that are one person's."""
    found = _Found()
    for text in _texts(release):
        for match in find_full_names(text.words):
            found.add(match[0], text, match.start())
            if match[0].count(" ") > 1:  # Then Catherine Bell
                found.add(match[0].partition(" ")[2], text, match.start() + match[0].index(" ") + 1)
    yield from found.spellings(is_one_person)


def _surnames(release: Release) -> Iterator[Spelling]:
    """Surnames of full names that stand elsewhere in another spelling."""
    full = {surname(match[0]) for text in _texts(release) for match in find_full_names(text.words)}
    found = _Found()
    for text in _texts(release):
        for match in _CAPITAL.finditer(text.words):
            found.add(match[0], text, match.start())
    for usual, rare, text, start in found.spellings(lambda one, other: _is_same(one, other, release.language)):
        if usual in full or rare in full:
            yield usual, rare, text, start


def _is_same(one: str, other: str, language: str | None) -> bool:
    if one[0].casefold() != other[0].casefold():
        return False
    if language == "de":  # where Vater and Väter are two words
        return one.lower() != other.lower() and spelt_out(one.lower()) == spelt_out(other.lower())
    return is_spelt_otherwise(one, other) or (language == "en" and is_transcribed_otherwise(one, other))


def _words(release: Release) -> Iterator[Spelling]:
    """Names by themselves, within a sentence."""
    found = _Found()
    common = _common_words(release)
    for text in _texts(release):
        for match in _names(text, release.language):
            if match[0].casefold() not in common:
                found.add(match[0], text, match.start())
    given = _given_names(release)
    for spelling in found.spellings(lambda one, other: _is_one_name(one, other, release.language)):
        one, other = (given.get(name, set()) for name in spelling[:2])
        if not (one and other) or one & other:  # Anna Johnson and Peter Johnston are two people
            yield spelling


def _given_names(release: Release) -> Mapping[str, set[str]]:
    given: dict[str, set[str]] = {}
    for text in _texts(release):
        for match in find_full_names(text.words):
            given.setdefault(surname(match[0]), set()).add(match[0].split()[0])
    return given


class _Found:
    """Names with the first place and the number of each."""

    def __init__(self) -> None:
        self.places: dict[str, tuple[Text, int]] = {}
        self.counts: Counter[str] = Counter()

    def add(self, name: str, text: Text, start: int) -> None:
        self.counts[name] += 1
        self.places.setdefault(name, (text, start))

    def spellings(self, is_one: Callable[[str, str], bool]) -> Iterator[Spelling]:
        names = list(self.places)[:_MOST]
        for pair in combinations(names, 2):
            if is_one(*pair):
                usual, rare = sorted(pair, key=lambda name: (-self.counts[name], names.index(name)))
                yield usual, rare, *self.places[rare]


def _texts(release: Release) -> Iterator[Text]:
    """Running text and who is named beside it; headings may have a capital on each word."""
    headings = {block.line for block in release.body if block.kind is BlockKind.HEADING}
    yield from (text for text in body_texts(release) if text.line is None or text.line not in headings)
    yield from boilerplate_texts(release)
    yield from notes_texts(release)
    yield from (Text(contact.name, contact.line) for contact in release.contacts if contact.name)


def _common_words(release: Release) -> Mapping[str, int]:
    """Words that also stand without a capital: no names."""
    return Counter(
        match[0].casefold() for text in _texts(release) for match in _WORD.finditer(text.words) if match[0][0].islower()
    )


def _names(text: Text, language: str | None) -> Iterator[re.Match[str]]:
    """Capitalised words within a sentence. In German, where nouns have capitals, beside another such word only."""
    is_short = len(text.words.split()) <= 4
    for match in _NAME.finditer(text.words):
        word, before = match[0], text.words[max(0, match.start() - 9) : match.start()].rstrip()
        if not word[0].isupper() or word.isupper():
            continue
        if language == "de" and not _has_capital_beside(text.words, match):
            continue
        if (before and before[-1] not in '.!?:“«„"‘–—•-') or is_short:
            yield match


def _has_capital_beside(words: str, match: re.Match[str]) -> bool:
    before = re.search(r"([^\W\d_]+)\s$", words[max(0, match.start() - 40) : match.start()])
    after = re.match(r"\s([^\W\d_]+)", words[match.end() : match.end() + 40])
    return any(found is not None and found[1][0].isupper() for found in (before, after))


def _is_one_name(first: str, second: str, language: str | None) -> bool:
    """Two spellings of one name, and not two forms of one word."""
    one, other = first.casefold(), second.casefold()
    if one == other or abs(len(one) - len(other)) > 3:
        return False
    if spelt_out(one) == spelt_out(other):
        return True
    if bare(one) == bare(other):
        return language != "de"
    return _is_slip(bare(one), bare(other))


def _is_slip(one: str, other: str) -> bool:
    """One letter more, fewer or different, but not the first and not in the ending; s for z is a house style."""
    if len(one) > len(other):
        one, other = other, one
    if len(other) - len(one) > 1 or min(len(one), len(other)) < 6:
        return False
    start = next((place for place, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]), len(one))
    is_longer = len(other) > len(one)
    if start == 0 or start >= len(one) - (1 if is_longer else _END):
        return False
    if one[start if is_longer else start + 1 :] != other[start + 1 :]:
        return False
    return is_longer or {one[start], other[start]} != {"s", "z"}
