"""The e-mail addresses and numbers in a line: plain ones, disguised ones, and those that a web page hid."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from distribute.sources.phones import find_phones
from distribute.sources.vocabulary import Vocabulary, either, everywhere

EMAIL = re.compile(r"(?<![\w.+\-])[\w.+\-']{1,64}@(?:[\w\-]{1,63}\.){1,8}[\w\-]{2,24}(?![\w@])")
_WEB = re.compile(r"(?:https?://|www\.)\S+|(?<!\w)@\w[\w.]*|<(?:mailto|tel):[^<>]{0,200}>|\bmailto:", re.IGNORECASE)
_HIDDEN = re.compile(r"\[\s?e-?mail\W{0,3}protected\s?\]", re.IGNORECASE)
_OF_LISTS = re.compile(r"subscribe|majordomo|listserv|mailer-daemon|no-?reply", re.IGNORECASE)
_SHORTEST = 2
_MARKS = ("[", "(", "{", "<", " AT ")


class Reach(NamedTuple):
    """What stands at ``start`` to ``end``: an ``email``, a ``phone``, a ``hidden`` address, or nothing to keep."""

    start: int
    end: int
    kind: str
    value: str


def reveal(text: str) -> str:
    """``ana (at) example [dot] org`` as the address it stands for; a line without one is returned as it is."""
    if not any(mark in text for mark in _MARKS):
        return text
    dots = _dots()
    return _disguised().sub(lambda match: f"{dots.sub('.', match[1])}@{dots.sub('.', match[2])}", text)


def find_addresses(text: str) -> Iterator[Reach]:
    """Addresses of people and desks; those that only sign a reader on or off a list are none (kind ``""``)."""
    for match in EMAIL.finditer(text):
        is_kept = not _OF_LISTS.search(match[0].partition("@")[0])
        yield Reach(match.start(), match.end(), "email" if is_kept else "", match[0])
    for match in _HIDDEN.finditer(text):
        yield Reach(match.start(), match.end(), "hidden", "")


def find_reaches(text: str, words: Vocabulary, regions: tuple[str, ...] = ()) -> list[Reach]:
    """Everything that reaches somebody, in order, with web addresses and fax numbers as nothing to keep."""
    found = list(find_addresses(text))
    found += (Reach(match.start(), match.end(), "", "") for match in _WEB.finditer(text))
    others = tuple(found)
    for phone in find_phones(text, words, regions):
        if not any(reach.start < phone.end and phone.start < reach.end for reach in others):
            found.append(Reach(phone.start, phone.end, "phone" if phone.number else "", phone.number or ""))
    return sorted(found, key=lambda reach: reach.start)


def has_reach(text: str, words: Vocabulary) -> bool:
    """The line holds an e-mail address, the place of a hidden one, or a telephone number that is no fax.

    A number is one as well that only its country would tell to be right: ``Tel. 455-0172``, ``(0362) 455-0172``.
    """
    if has_address(text):
        return True
    return any(phone.number for phone in find_phones(text, words)) or bool(_dialled(words).search(text))


def has_address(text: str) -> bool:
    """The line holds an e-mail address, disguised or hidden though it may be."""
    return any(reach.kind for reach in find_addresses(reveal(text)))


@cache
def _dots() -> re.Pattern[str]:
    dot = either(everywhere("dot_words"))
    return re.compile(rf"\.|\s?[\[({{]\s?(?:{dot}|\.)\s?[\])}}]\s?|\s(?-i:DOT)\s", re.IGNORECASE)


@cache
def _disguised() -> re.Pattern[str]:
    at = rf"\s{{0,2}}(?:[\[({{<]\s?(?:{either(everywhere('at_words'))}|@)\s?[\])}}>]|\s(?-i:AT)\s)\s{{0,2}}"
    dot = f"(?:{_dots().pattern})"
    return re.compile(
        rf"(?<![\w.+\-@])([\w+\-]{{1,40}}(?:{dot}[\w+\-]{{1,40}}){{0,3}}){at}"
        rf"([\w\-]{{1,60}}(?:{dot}[\w\-]{{1,60}}){{0,4}}{dot}[a-z]{{2,24}})(?![\w@])",
        re.IGNORECASE,
    )


@cache
def _dialled(words: Vocabulary) -> re.Pattern[str]:
    """A word for a telephone, or an area code in brackets, and digits."""
    labels = either(phrase for phrase in words.phrases("phone_words") if len(phrase) >= _SHORTEST and " " not in phrase)
    return re.compile(
        rf"(?<!\w){labels}(?:[.:]\s?|\s)[+(\d][\d\s().\-/]{{5,20}}\d|\(0\d{{1,4}}\)\s?\d[\d\s\-]{{4,12}}\d",
        re.IGNORECASE,
    )
