"""Rules about words: slips of the pen, and what only advertisements say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from functools import cache

from distribute.checking.languages import either, words_of
from distribute.checking.registry import Remark, warning
from distribute.checking.texts import Text, body_texts, headline_text
from distribute.domain.release import Release

_DOUBLED = re.compile(r"(?<![\w'’-])([^\W\d_]+)\s+(\1)(?![\w'’-])", re.IGNORECASE)
_MISSING_OF = re.compile(
    r"\bone\s+the\s+(?:most|least|best|worst|[a-z]{2,}(?:est|iest))\b(?!\s+(?:is|was)\b)", re.IGNORECASE
)


@warning("doubled-words")
def check_doubled(release: Release, _now: datetime) -> Iterator[Remark]:
    """No word stands twice running; names such as Baden Baden, and words that may stand twice, pass."""
    may_stand_twice = words_of(release.language).doubles
    common = {word for text in body_texts(release) for word in re.findall(r"\b[a-zà-ÿ]\w*", text.words)}
    for text in body_texts(release):
        for match in _DOUBLED.finditer(text.words):
            is_name = match[1][0].isupper() and match[2][0].isupper() and match[1].casefold() not in common
            if not is_name and match[1].casefold() not in may_stand_twice:
                yield text.remark(f"“{match[0]}” stands twice: delete one.", match)


@warning("missing-word")
def check_missing(release: Release, _now: datetime) -> Iterator[Remark]:
    """No “of” is missing before a superlative, as in “one the biggest” (English)."""
    if release.language not in {"en", None}:
        return
    for text in body_texts(release):
        for match in _MISSING_OF.finditer(text.words):
            meant = re.sub(r"^one\s+the", "one of the", match[0], flags=re.IGNORECASE)
            yield text.remark(f"“{match[0]}” lacks a word: write “{meant}”?", match)


@warning("hype")
def check_hype(release: Release, _now: datetime) -> Iterator[Remark]:
    """No words that an editor deletes first: groundbreaking, cutting-edge, proud to announce; each is named once."""
    seen: set[str] = set()
    for text in (headline_text(release), *map(Text, release.subheads, release.subhead_lines), *body_texts(release)):
        for match in _hype(release.language).finditer(text.words):
            if match[0].casefold() not in seen:
                seen.add(match[0].casefold())
                yield text.remark(f"“{match[0]}” is what advertisements say: say what it does, or take it out.", match)


@cache
def _hype(language: str | None) -> re.Pattern[str]:
    return re.compile(either(words_of(language).hype), re.IGNORECASE)
