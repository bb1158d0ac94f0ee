"""Lines of a head that only say what kind of text it is, whose, of what day and number."""

from __future__ import annotations

import re
from functools import cache

from distribute.sources.dates import find_dates, find_times
from distribute.sources.people import is_organisation
from distribute.sources.phones import find_phones
from distribute.sources.vocabulary import CAPITALS, LANGUAGES, Vocabulary, either, vocabulary

_LONGEST_DESK = 5
_LONGEST_LABEL = 130
_DIGIT = re.compile(r"\d")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_EDGES = r"[\W_]*"


def is_label(text: str, words: Vocabulary) -> bool:
    """``PRESS RELEASE``, ``## Media release ##``, ``Communiqué de presse no 12``."""
    if len(text) >= _LONGEST_LABEL:
        return False
    return bool(_label(words).fullmatch(text)) or _names_its_issuer(text, words) or _ends_in_label(text, words)


def is_reference(text: str, words: Vocabulary) -> bool:
    """``2026HLTH0173-001984``, ``OTS0042 5 II 0312 Di, 24.Nov 2026``: the number of a release, and nothing to read."""
    rest = text
    for found in reversed(find_dates(text, words)):
        rest = rest[: found.start] + rest[found.end :]
    tokens = rest.split()
    is_number = any(sum(ch.isdigit() for ch in token) > 2 for token in tokens)
    if is_number and any(phone.number for phone in find_phones(rest, words)):
        return False
    return is_number and len(text) < 60 and all(len(t) <= 3 or any(map(str.isdigit, t)) for t in tokens)


def is_mail_header(text: str, words: Vocabulary) -> bool:
    """``Van: Communicatie``: what a mail program writes above a text that was pasted from it."""
    return len(text) < 120 and bool(_mail_header(words).match(text))


def _names_its_issuer(text: str, words: Vocabulary) -> bool:
    """``NOTA DE PRENSA — OdooClaw``, ``Persbericht Ziekenhuis Meerdaal``: a label and who issues it."""
    match = _label_start(words).match(text)
    if not match:
        return False
    rest = text[match.end() :].strip(" —–-|:•·*")
    is_split = bool(re.search(r"[—–\-|•·]\s*$", text[: match.end()]))
    owner = rest.split(None, 1)
    if len(owner) == 2 and owner[0].casefold() in words.stop_words and not _is_said(text):
        return is_organisation(owner[1], words) and text[-1] not in ".!?"
    return bool(rest) and (len(rest.split()) <= 2 if is_split else is_organisation(rest, words) and rest[0].isupper())


def _ends_in_label(text: str, words: Vocabulary) -> bool:
    """``PERS & VOORLICHTING Persbericht``: a few words in capitals and then the label."""
    match = _label_last(words).search(text)
    return bool(match) and text[: match.start()].isupper() and len(text.split()) <= _LONGEST_DESK if match else False


def _is_said(text: str) -> bool:
    """A statement of somebody is news: ``Statement of the Labor Secretary on employment``."""
    return text.casefold().startswith(("statement", "joint", "news", "advisory"))


def is_date(text: str, words: Vocabulary) -> bool:
    """The line holds a date or a year and, at most, a word that announces it."""
    if len(text) > 80 or not _DIGIT.search(text) or text[-1] in "–—-":
        return False
    rest = text
    for found in reversed(find_dates(text, words)):
        rest = rest[: found.start] + rest[found.end :]
    rest = _YEAR.sub("", rest) if rest == text else rest
    return rest != text and bool(_date_label(words).fullmatch(_without_time(rest, words)))


def _without_time(text: str, words: Vocabulary) -> str:
    """``4 August 2025 - 2:55 p.m.`` says no more than the day does."""
    times = find_times(text, words) if _DIGIT.search(text) else []
    return text[: times[0].start] + text[times[0].end :] if len(times) == 1 else text


@cache
def _label(words: Vocabulary) -> re.Pattern[str]:
    number = rf"(?:\s*(?:{words.either('number_words')}\.?|#)?\s*[A-Z]{{0,3}}-?\d[\d/.\-]*)?"
    other = rf"(?:\s?[/|]\s?{_any_label()})?"
    return re.compile(
        rf"{_EDGES}{words.either('labels')}{other}{number}(?:\s\([^\W\d_]{{2,12}}\))?{_EDGES}", re.IGNORECASE
    )


@cache
def _any_label() -> str:
    """A label in any language: ``Persbericht / Press Release``."""
    return either(phrase for language in LANGUAGES for phrase in vocabulary(language).phrases("labels"))


@cache
def _label_start(words: Vocabulary) -> re.Pattern[str]:
    return re.compile(rf"{_EDGES}{words.either('labels')}(?![\w:])[\s—–\-|•·*]+", re.IGNORECASE)


@cache
def _label_last(words: Vocabulary) -> re.Pattern[str]:
    return re.compile(rf"(?<=\w\s){words.either('labels')}$", re.IGNORECASE)


@cache
def _mail_header(words: Vocabulary) -> re.Pattern[str]:
    return re.compile(rf"{words.either('mail_headers')}\s?:\s+\S", re.IGNORECASE)


@cache
def _date_label(words: Vocabulary) -> re.Pattern[str]:
    label = words.either("date_labels", "labels", "date_links")
    owner = rf"(?:(?-i:[{CAPITALS}])\S*\s){{1,3}}(?={words.either('labels')})"
    return re.compile(rf"{_EDGES}(?:{owner})?(?:{label}{_EDGES}){{0,3}}", re.IGNORECASE)
