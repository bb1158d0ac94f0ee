"""The line over contacts, or the words before one: what announces them and what it says of them."""

from __future__ import annotations

import re
from functools import cache

from distribute.sources.document import Document
from distribute.sources.people import is_name, is_role, particles
from distribute.sources.reaches import has_address, has_reach
from distribute.sources.vocabulary import CAPITALS, Vocabulary

_LONGEST = 240
_LONGEST_LABEL = 130
_LONGEST_HEADING = 12
_LONGEST_OWN = 6
_LONGEST_FOLLOWER = 120


def is_contact_label(text: str, words: Vocabulary) -> bool:
    """The line announces contacts, alone (``Media contact``) or with the contact behind it."""
    if len(text) > _LONGEST:
        return False
    before, _, behind = text.partition(":")
    if len(before.split()) <= _LONGEST_OWN and _ends_in_contact(words).fullmatch(before.strip()):
        return not behind.strip() or _is_somebody(behind.strip(), words)
    match = _opener(words).match(text)
    return match is not None and _announces(text, text[match.end() :], words)


def _announces(text: str, rest: str, words: Vocabulary) -> bool:
    """What stands behind the opener is nothing, the end of a label with its contact, or the way to reach one."""
    if not rest.strip(" :.*_-–—)"):
        return True
    colon = rest.find(":")
    label = rest if colon < 0 else rest[:colon]
    if colon >= 0 and len(text) - len(rest) + colon <= _LONGEST_LABEL and not any(ch.isdigit() for ch in label):
        after = rest[colon + 1 :].strip()
        return not after or _is_somebody(after, words)
    return has_reach(rest, words) and not text.endswith("?")


def _is_somebody(text: str, words: Vocabulary) -> bool:
    return has_reach(text, words) or is_name(text.split(",", maxsplit=1)[0].strip(), words)


def heads_contacts(document: Document, index: int, words: Vocabulary) -> bool:
    """A line without a colon that announces what the next one holds.

    ``To book an interview or request further information``, ``Media contact | Agency X``, ``Pressestelle des BAV``.
    """
    line, lines = document.lines[index], document.lines
    if line.text[-1] in ".!?,;" or len(line.text.split()) > _LONGEST_HEADING or not _opener(words).match(line.text):
        return False
    if index + 1 == len(lines) or has_reach(line.text, words):
        return False
    below = lines[index + 1]
    if below.group > line.group + 1 or len(below.text) > _LONGEST_FOLLOWER * 2:
        return False
    is_person = is_name(re.split(r"[,;|(:–—]", below.text)[0].strip(), words)
    is_reached = has_reach(below.text, words) or any(
        has_reach(it.text, words) for it in lines[index + 2 : index + 5] if it.group == below.group
    )
    return is_reached and (is_person or (below.group == line.group and len(below.text) <= _LONGEST_FOLLOWER))


def without_label(text: str, words: Vocabulary) -> str:
    """What stands behind the label; all of it where there is none, or where the label names a desk of some house."""
    if len(text.split()) <= 6 and _ends_in_contact(words).fullmatch(text):
        return ""
    match = _opener(words).match(text)
    if not match:
        before, _, behind = text.partition(":")
        return behind.strip() if _ends_in_contact(words).fullmatch(before) else text
    rest = text[match.end() :]
    colon = rest.find(":")
    if 0 <= colon <= _LONGEST_LABEL and not has_address(rest[:colon]) and not any(map(str.isdigit, rest[:colon])):
        return rest[colon + 1 :].strip()
    verbs = [found.end() for found in _verb(words).finditer(rest)]
    if verbs:
        return rest[verbs[0] :].strip()
    return _behind(text, match, words)


def _behind(text: str, match: re.Match[str], words: Vocabulary) -> str:
    """A desk with its house is kept whole; an agency behind a dash is kept; the rest of a heading is not."""
    rest = text[match.end() :]
    first = rest.split()[0] if rest.split() else ""
    if is_role(match[0], words) and first and (first in words.stop_words or first in particles(words)):
        return text
    if has_reach(rest, words) or re.match(r"\s*[–—|/-]", rest):
        return rest.strip(" :*_–—|/-")
    return "" if first.casefold() in _links(words) else rest.strip(" :*_")


def label_of(text: str, words: Vocabulary) -> str:
    """The words of a label itself: ``Investor Contact``, ``Wissenschaftliche Ansprechpartnerin``."""
    rest = without_label(text, words)
    label = text[: len(text) - len(rest)] if rest and text.endswith(rest) else text if not rest else ""
    return label.strip(" :*_–—|-")


@cache
def _links(words: Vocabulary) -> frozenset[str]:
    return frozenset(words.phrases("joiners")) | words.stop_words


@cache
def _opener(words: Vocabulary) -> re.Pattern[str]:
    return re.compile(rf"[\W_]*{words.either('contact_openers')}(?![\w\-’'@]|\.\w)", re.IGNORECASE)


@cache
def _ends_in_contact(words: Vocabulary) -> re.Pattern[str]:
    """``Investor Relations Contact:``, ``Agency contacts``: the issuer's own word for a desk before the noun."""
    edge = "" if "joins_words" in words.grammar else r"\b"
    return re.compile(rf"(?=[{CAPITALS}])[\w&/ \-]{{0,40}}{edge}(?i:{words.either('contact_nouns')})\s*:?")


@cache
def _verb(words: Vocabulary) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){words.either('contact_verbs')}(?!\w)\s*:?", re.IGNORECASE)
