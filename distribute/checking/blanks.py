"""The rule about what waits to be filled in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from functools import cache

from distribute.checking.languages import any_language, either
from distribute.checking.registry import Remark, error
from distribute.checking.texts import Text, all_texts, file_lines, shorten
from distribute.domain.release import Release

_CROSSES = re.compile(
    r"(?<![\w&/.-])(?:X{1,3}(?:[.,:]X{2,3})+|X{2,6})(?![\w@/])(?!-\w)"
    r"|(?<![\w&/.-])X{2,4}(?=-(?:year|month|week|day)-?)|(?<![\w&@/.-])x{3,}(?![\w@/-])"
)
_LETTERS = re.compile(r"(?<![\w-])(?:(?:TK){2,3}|TK|TB[ACD])(?![\w-])")
_SIGNS = re.compile(
    r"\[\s*_*\s*\](?!\()|(?i:\[e-?mail[\s\u00a0]protected\])|^\s*\[\s*(?:\.\.\.|…)\s*\]\s*$|(?i:\blorem ipsum\b)"
    r"|\{\{[^}\n]{0,80}\}\}|<<[^>\n]{1,60}>>|%%[A-Za-z_ ]{1,40}%%|(?<!\S)\?{2,}(?!\S)|(?-m:_{4,})"
    r"|\bPENDING\b[^.\n]{0,60}\bQUOTES?\b|<(?:INSERT|ADD|NAME|DATE|QUOTE|PLACE)\b[^>\n]{0,60}>",
    re.MULTILINE,
)
_RULE = re.compile(r"\W*_{4,}\W*")
_ROMAN = r"[IVXLC]+"
_BESIDE = 40


@error("placeholder")
def check_placeholders(release: Release, _now: datetime) -> Iterator[Remark]:
    """Nothing waits to be filled in: XX, TK, TBC, [quote], {{ name }}, [email protected], lorem ipsum."""
    told: dict[str, int] = {}
    for text in all_texts(release):
        for match in () if _RULE.fullmatch(text.words) else _blanks(text.words, release.language):
            told[match[0]] = told.get(match[0], 0) + 1
            yield _unfilled(text, match)
    for text in file_lines(release):
        for match in () if _RULE.fullmatch(text.words) else _blanks(text.words, release.language):
            told[match[0]] = told.get(match[0], 0) - 1
            if told[match[0]] < 0:
                yield _unfilled(text, match)


def _unfilled(text: Text, match: re.Match[str]) -> Remark:
    return text.remark(
        f"“{shorten(match[0].strip())}” is a placeholder: put in what belongs there, or take it out.",
        match.start() + len(match[0]) - len(match[0].lstrip()),
        match[0].strip(),
    )


def _blanks(words: str, language: str | None) -> Iterator[re.Match[str]]:
    """Every placeholder once, left to right."""
    end = 0
    for match in sorted(_found(words, language), key=lambda match: (match.start(), -match.end())):
        if match.start() >= end:
            end = match.end()
            yield match


def _found(words: str, language: str | None) -> Iterator[re.Match[str]]:
    yield from _SIGNS.finditer(words)
    yield from (match for match in _CROSSES.finditer(words) if not _is_counted(words, match, language))
    yield from (match for match in _LETTERS.finditer(words) if not _is_abbreviation(words, match, language))
    yield from _bracketed().finditer(words)
    yield from _announced().finditer(words)


def _is_counted(words: str, match: re.Match[str], language: str | None) -> bool:
    """A Roman number: siglo XX, XX Olympiad, the XX and XXI Games; XX chromosomes, too."""
    if match[0].strip("X"):
        return False
    before, after = words[max(0, match.start() - _BESIDE) : match.start()], words[match.end() :][:_BESIDE]
    if language in {"es", "pt"} and re.match(r"\s[A-ZÀ-Þ][a-zà-ÿ]+", after):
        return True  # XX Congreso Nacional
    counted, joint = either(any_language("counted")), r"(?:\s*[,/–-]\s*|\s+(?:and|et|und|y|e|en|a|al)\s+)"
    is_led = re.search(rf"{counted}\s+(?:{_ROMAN}{joint})*$", before, re.IGNORECASE)
    is_followed = re.match(rf"(?:{joint}{_ROMAN})*[\s-]*{counted}", after, re.IGNORECASE)
    return bool(is_led or is_followed or re.match(rf"{joint}{_ROMAN}\b", after))


def _is_abbreviation(words: str, match: re.Match[str], language: str | None) -> bool:
    """TK Maxx and TBC Bank are companies; TK is an insurer or a parliament, TBC a disease, outside English."""
    if re.match(r" [A-Z][a-z]", words[match.end() :]):
        return True
    if match[0] == "TK":
        return language not in {"en", None}
    return match[0] == "TBC" and bool(re.search(r"tubercul|tuberkul", words, re.IGNORECASE))


@cache
def _bracketed() -> re.Pattern[str]:
    """[quote], [Name einfügen]; not [name withheld] or [photo: Jo Lee], nor a link [name](https://…)."""
    kept = either(any_language("withheld"))
    credited = r"\w*\s*(?::\s*\w|©|(?:by|von|de|par|por|door|courtesy)\b)"
    waiting = rf"{either(any_language('blanks'))}[^\]\n]{{0,60}}\](?!\()"
    pictured = rf"(?:photo|foto|image|bild|imagem|afbeelding){credited}"
    return re.compile(rf"\[\s*(?={waiting})(?![^\]]*{kept})(?!{pictured})[^\]]*\]", re.IGNORECASE)


@cache
def _announced() -> re.Pattern[str]:
    """Quote to come; INSERT QUOTE HERE."""
    return re.compile(either(any_language("pending")), re.IGNORECASE)
