"""Rules about words: placeholders, broken or hidden characters, slips of the pen."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

from distribute.checking.registry import Remark, error, warning
from distribute.checking.texts import all_texts, body_texts, shorten
from distribute.domain.release import Release

_PLACEHOLDER = re.compile(
    r"(?<![\w$&/.-])(?<!siglo )(?<!siècle )(?<!século )(?<!Bowl )X{2,6}(?![\w-])(?! century)(?! [Ss]iècle)"
    r"|\bTK(?:TK)*\b|\bTB[ACD]\b"
    r"|\bPENDING\b[^.\n]{0,60}\bQUOTES?\b"
    r"|(?i:\[\s*(?:insert|quote|name|title|date|time|place|city|link|url|photo|image|add|to come"
    r"|to be confirmed|citation|nom|titre|lieu|à confirmer|à compléter|zitat|datum|ort|cita"
    r"|nombre|fecha|xx+|tk|tbc|tbd)\b[^\]\n]{0,60}\])"
    r"|\[\s*(?:\.\.\.|…|_+)?\s*\]"
    r"|(?i:\blorem ipsum\b)"
    r"|\{\{[^}\n]{0,80}\}\}|<<[^>\n]{1,60}>>|_{4,}"
)
_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")
_MOJIBAKE = re.compile(
    "Ã[\u00a0-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|Â[\u00a0-\u00bf]|â€[\u00a0-\u00bf“”˜™š›œ¦\x9d]?|ï»¿|ï¿½|\ufffd"
)
_DOUBLED = re.compile(r"(?<![\w'’-])([^\W\d_]+)\s+(\1)(?![\w'’-])", re.IGNORECASE)
_RIGHTLY_DOUBLED = frozenset(
    {
        "that",
        "had",
        "is",
        "nous",
        "vous",
        "die",
        "der",
        "das",
        "den",
        "dem",
        "sie",
        "bye",
        "ha",
        "no",
        "non",
        "ja",
        "que",
    }
)
_MISSING_OF = re.compile(
    r"\bone\s+the\s+(?:most|least|best|worst|[a-z]{2,}(?:est|iest))\b(?!\s+(?:is|was)\b)", re.IGNORECASE
)


@error("placeholder")
def check_placeholders(release: Release, _now: datetime) -> Iterator[Remark]:
    for text in all_texts(release):
        for match in _PLACEHOLDER.finditer(text.words):
            shown = shorten(match[0])
            yield text.remark(f"“{shown}” is a placeholder: put in what belongs there, or take it out.", match)


@error("bidi-control")
def check_direction(release: Release, _now: datetime) -> Iterator[Remark]:
    """Bidirectional embeddings, overrides and isolates (UAX 9) can show words in another order than they stand."""
    for text in all_texts(release):
        if match := _BIDI.search(text.words):
            code = f"U+{ord(match[0]):04X}"
            yield text.remark(f"An invisible character ({code}) turns the reading direction: delete it.", match)


@error("mojibake")
def check_encoding(release: Release, _now: datetime) -> Iterator[Remark]:
    for text in all_texts(release):
        if match := _MOJIBAKE.search(text.words):
            around = shorten(text.words[max(0, match.start() - 10) : match.end() + 10])
            yield text.remark(f"“{around}” holds broken characters: save the file again as UTF-8, or mend them.", match)


@warning("doubled-words")
def check_doubled(release: Release, _now: datetime) -> Iterator[Remark]:
    """The same word twice running; names such as Baden Baden, and words that may stand twice, pass."""
    for text in body_texts(release):
        for match in _DOUBLED.finditer(text.words):
            is_name = match[1][0].isupper() and match[2][0].isupper()
            if not is_name and match[1].casefold() not in _RIGHTLY_DOUBLED:
                yield text.remark(f"“{match[0]}” stands twice: delete one.", match)


@warning("missing-word")
def check_missing(release: Release, _now: datetime) -> Iterator[Remark]:
    """``one the biggest``: in English, an “of” is missing before a superlative."""
    if release.language not in {"en", None}:
        return
    for text in body_texts(release):
        for match in _MISSING_OF.finditer(text.words):
            meant = re.sub(r"^one\s+the", "one of the", match[0], flags=re.IGNORECASE)
            yield text.remark(f"“{match[0]}” lacks a word: write “{meant}”?", match)
