"""A clause beside a quotation, cut where it ends and into the pieces that commas make."""

from __future__ import annotations

import re
from functools import cache

from distribute.sources.recognisers.names import is_letters
from distribute.sources.sentences import is_abbreviation
from distribute.sources.vocabulary import Vocabulary

_BRACKETS = re.compile(r"\s*[(\[][^()\[\]]{1,80}[)\]]")
_CLAUSE = re.compile(r"[;:“„«\"\n(]|\s[–—]\s|[–—](?=[\s,.;])|(?P<word>[\w.’'-]*)\.(?=\s|$)|[!?](?=\s|$)")
_SEAT = re.compile(r"[A-Z]{1,3}-[A-Z][\w.]*|\d{1,3}")


def unbracket(text: str) -> str:
    """Without ``(R-IL)`` and ``(GPF)``, which stand between a name and what goes on with it."""
    return _BRACKETS.sub("", text)


def split_parts(text: str, words: Vocabulary) -> list[str]:
    """The pieces between commas, without the letters, seats and ages that are set behind a name."""
    kept: list[str] = []
    for part in map(str.strip, text.split(",")):
        if kept and part.casefold().strip(".") in words.phrases("generations"):
            kept[-1] = f"{kept[-1]} {part}"
        elif part and not (kept and (is_letters(part, words) or _SEAT.fullmatch(part))):
            kept.append(part)
    return kept


def first_clause(text: str, words: Vocabulary) -> str:
    """Up to the first stop that is none of an initial's or an abbreviation's: ``Sen.``, ``F.``, ``Inc.``"""
    for end in _CLAUSE.finditer(text):
        word = end["word"]
        is_short = bool(word) and is_abbreviation(word, words)
        if not is_short or not text[end.end() :].strip():
            return text[: end.end() - 1] if word else text[: end.start()]
    return text


def cut_clause(part: str, words: Vocabulary, *, is_first: bool = False, is_relative: bool = False) -> str:
    """The piece up to a relative clause or a verb of speech; ``die`` opens no clause where nothing stands before."""
    is_article = is_first and "sets_comma_before_relatives" in words.grammar
    pattern = verb_of_speech(words) if is_article else _stop(words)
    found = pattern.search(part, 1 if is_relative else 0)
    return (part[: found.start()] if found else part).strip()


@cache
def _stop(words: Vocabulary) -> re.Pattern[str]:
    verbs = words.either("attribution_verbs")
    begins = "^" if "sets_comma_before_relatives" in words.grammar else ""
    relatives = rf"{begins}{words.either('relatives')}"
    return re.compile(rf"(?<![\w-])(?:{relatives}(?=\s+\w)|{verbs}(?=\s|$))(?![\w-])", re.IGNORECASE)


@cache
def verb_of_speech(words: Vocabulary) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-]){words.either('attribution_verbs')}(?=\s|$)(?![\w-])", re.IGNORECASE)
