"""Rules about what strayed into the file: a second release, the footer of an e-mail."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import cache

from distribute.checking.days import find_days
from distribute.checking.languages import any_language, either
from distribute.checking.registry import Remark, error
from distribute.checking.texts import Text, all_texts, file_lines, notes_texts, shorten
from distribute.domain.release import Release

_DATELINE = re.compile(r"\s*[A-ZÀ-Þ][A-ZÀ-Þ'’ .-]{2,30}(?:,|\s\(|\s[–—-])[^\n]{0,60}?\s?[–—:-]{1,2}\s\S")
_PLACE = re.compile(r"\s*[A-ZÀ-Þ][^\W\d_]+(?:[ '’(),.-]{1,3}[^\W\d_]+){0,4}\)?(?:,|\s\(|\s(?=\d))\s*")
_DASHED = re.compile(r"\)?\s*[–—-]{1,2}\s*\S")
_ARTICLE, _FARTHEST = 8, 120
_SIGNS = re.compile(r"\s*(?:[-–—\s]*30[-–—\s]*|(?:#\s*){3,}|[-–—*\s]*(?:ENDS?|FIN|ENDE|EINDE|FIM)[-–—*\s]*)\s*")
_PROSE = 20
"""Words of text that follow a release line or a dateline, and no stray line."""
_MUCH = 120
"""Words between two end marks that are no notes."""


@error("second-release")
def check_end(release: Release, _now: datetime) -> Iterator[Remark]:
    """Nothing behind the end mark looks like another release: a release line, a dateline, a second end mark."""
    texts = list(_behind_the_end(release))
    for place, text in enumerate(texts):
        if _opens_release(text.words, release.language) and _count_words(texts[place:]) >= _PROSE:
            yield text.remark(
                f"“{shorten(text.words.strip())}” stands behind the end mark and looks like another release: "
                "give that a file of its own.",
                len(text.words) - len(text.words.lstrip()),
                text.words.strip(),
            )
            return
        if _SIGNS.fullmatch(text.words) and _count_words(texts[:place]) >= _MUCH:
            yield text.remark("This is a second end mark: if two releases stand here, give each its own file.", 0)
            return


@error("confidentiality-notice")
def check_notices(release: Release, _now: datetime) -> Iterator[Remark]:
    """No “this e-mail is confidential” came along from somebody's mail program."""
    for text in _whole_file(release):
        is_there = _notice().search(text.words.lower())  # four times faster than a search that ignores case
        if is_there and (match := _notice(re.IGNORECASE).search(text.words)):
            yield text.remark(
                f"“{shorten(match[0])}” belongs to an e-mail, and a release is for everybody: take the notice out.",
                match,
            )
            return


def _behind_the_end(release: Release) -> Iterator[Text]:
    if release.end_mark_line is None:
        yield from notes_texts(release) if release.end_mark else ()
        return
    for number, line in enumerate(release.lines[release.end_mark_line :], release.end_mark_line + 1):
        if line.strip():
            yield Text(line, number)


def _count_words(texts: Sequence[Text]) -> int:
    return sum(len(text.words.split()) for text in texts)


def _opens_release(words: str, language: str | None) -> bool:
    """A release line, or a dateline with a paragraph behind it: OTTAWA, March 3 — · Ulm, 3. März 2026 – …"""
    if _announcement().match(words):
        return True
    return len(words.split()) >= _PROSE // 2 and bool(_DATELINE.match(words) or _has_dateline(words, language))


def _has_dateline(words: str, language: str | None) -> bool:
    placed = _PLACE.match(words)
    return placed is not None and any(
        day.start - placed.end() <= _ARTICLE and _DASHED.match(words, day.end)
        for day in find_days(words[:_FARTHEST], language)
        if day.start >= placed.end()
    )


def _whole_file(release: Release) -> Iterator[Text]:
    """The parts readers will see; then every line of the file, for what was no part of the release."""
    yield from all_texts(release)
    yield from file_lines(release)


@cache
def _announcement() -> re.Pattern[str]:
    return re.compile(rf"[\W_]*{either(any_language('announces'))}[^.\n]{{0,60}}$", re.IGNORECASE)


@cache
def _notice(flags: re.RegexFlag = re.NOFLAG) -> re.Pattern[str]:
    return re.compile(either(any_language("confidential")), flags)
