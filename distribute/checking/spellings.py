"""Rules about names: one spelling throughout."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import datetime
from itertools import combinations

from distribute.checking.registry import Remark, warning
from distribute.checking.texts import Text, body_texts, boilerplate_texts, notes_texts
from distribute.domain.release import BlockKind, Release

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_NAME = re.compile(r"(?<![\w@/.-])[^\W\d_]{6,}(?![\w@/-])")
_CAPITAL_BESIDE = re.compile(r"(?:[^\W\d_]*\s)?")
_SPELT_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe", "æ": "ae", "ß": "ss", "œ": "oe"})
_END = 2
"""Letters at the end of a word that its inflections exchange."""
_MOST = 400


@warning("name-spelt-two-ways")
def check_spelling(release: Release, _now: datetime) -> Iterator[Remark]:
    """A name is spelt one way: Müller or Mueller, Sahrawi or Saharawi."""
    found: dict[str, tuple[Text, int]] = {}
    counts: Counter[str] = Counter()
    common = _common_words(release)
    for text in _texts(release):
        for match in _names(text, release.language):
            if match[0].casefold() not in common:
                counts[match[0]] += 1
                found.setdefault(match[0], (text, match.start()))
    names = list(found)[:_MOST]
    for first, second in combinations(names, 2):
        if _is_one_name(first, second, release.language):
            usual, rare = sorted((first, second), key=lambda name: (-counts[name], names.index(name)))
            text, start = found[rare]
            yield text.remark(
                f"“{rare}” is spelt “{usual}” elsewhere: check the name, and spell it one way.", start, rare
            )


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
    for match in _NAME.finditer(text.words):
        word, before = match[0], text.words[: match.start()].rstrip()
        if not word[0].isupper() or word.isupper():
            continue
        if language == "de" and not _has_capital_beside(text.words, match):
            continue
        if (before and before[-1] not in '.!?:“«„"‘–—•-') or len(text.words.split()) <= 4:
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
    if one.translate(_SPELT_OUT) == other.translate(_SPELT_OUT):
        return True
    if _bare(one) == _bare(other):
        return language != "de"
    return _is_slip(_bare(one), _bare(other))


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


def _bare(word: str) -> str:
    return "".join(ch for ch in unicodedata.normalize("NFKD", word) if not unicodedata.combining(ch))
