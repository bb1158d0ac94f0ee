"""One line of a contact block to what it holds: names, roles, organisations, numbers and addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from distribute.sources.people import (
    is_name,
    is_organisation,
    is_role,
    is_title_word,
    split_title,
    strip_honorific,
)
from distribute.sources.phones import find_phones
from distribute.sources.vocabulary import Vocabulary

EMAIL = re.compile(r"(?<![\w.+\-])[\w.+\-']{1,64}@(?:[\w\-]{1,63}\.){1,8}[\w\-]{2,24}(?![\w@])")
_WEB = re.compile(r"(?:https?://|www\.)\S+|(?<!\w)@\w+", re.IGNORECASE)
_SEPARATOR = re.compile(r"\s*(?:[,;|•·\t\0]|\s[–—\-/]+(?=\s|$)|(?:^|\s)[–—\-]\s|[–—](?=\0))\s*")
_BRACKETED = re.compile(r"^\(([^()]*)\)$|\s*\([^()]*\)$")
_NOISE = " .,:;|()[]<>*_–—-/\u00a0"


def read_line(text: str, words: Vocabulary, regions: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """The pieces of a line in order, each with what it is: name, role, organisation, phone or email."""
    spans = [(match.start(), match.end(), "email", match[0]) for match in EMAIL.finditer(text)]
    spans += [(match.start(), match.end(), "", "") for match in _WEB.finditer(text)]
    for phone in find_phones(text, words, regions):
        if not any(start < phone.end and phone.start < end for start, end, kind, _ in spans if kind != "phone"):
            spans.append((phone.start, phone.end, "phone" if phone.number else "", phone.number or ""))
    place = 0
    for start, end, kind, value in sorted(spans, key=lambda span: span[0]):
        yield from _worded(text[place:start], words)
        if kind:
            yield kind, value
        place = max(place, end)
    yield from _worded(text[place:], words)


def _worded(text: str, words: Vocabulary) -> Iterator[tuple[str, str]]:
    seen_name = False
    for piece in _pieces(text, words):
        bare = _strip_labels(piece, words)
        if len(bare) < 2 or not any(ch.isalpha() for ch in bare):
            continue
        for kind, value in _classify(bare, words, is_after_name=seen_name):
            seen_name = seen_name or kind == "name"
            yield kind, value


def _pieces(text: str, words: Vocabulary) -> Iterator[str]:
    """The parts of a line between commas and dashes; what a colon sets before a name or a desk is a part as well.

    A label such as ``Nombre contacto:`` or ``Interviews:`` is none.
    """
    for piece in _SEPARATOR.split(text):
        label, _, value = piece.partition(":")
        if value.strip() and not _label(words).match(piece):
            if not _calls(words).search(label) or is_organisation(label, words):
                yield label
            yield value
        else:
            yield piece


def _classify(text: str, words: Vocabulary, *, is_after_name: bool) -> Iterator[tuple[str, str]]:
    """What one piece is. A role may stand before its name: ``Pressesprecherin Ana Ruiz``."""
    unbracketed = _BRACKETED.sub("", text).strip() or text
    if is_name(unbracketed, words):
        yield "name", text
        return
    name, title = split_title(unbracketed, words)
    if not is_after_name and title and name and is_name(name, words) and _is_office(title, words):
        yield "role", title
        yield "name", name
    elif is_role(text, words) and not _is_house(text, words):
        yield "role", text
    elif is_organisation(text, words) or (text[0].isupper() and len(text) <= 90 and not any(map(str.isdigit, text))):
        yield "organisation", text
    elif is_after_name and text[0].islower() and len(text.split()) <= 8:
        yield "role", text


def _is_office(text: str, words: Vocabulary) -> bool:
    return is_role(text, words) or any(is_title_word(token, words) for token in text.split())


def _is_house(text: str, words: Vocabulary) -> bool:
    """``Boeing Media Relations``: an organisation's desk rather than somebody's role."""
    first = strip_honorific(text, words).split()[0]
    is_desk = not is_role(first, words) and first[0].isupper() and is_role(text.split(None, 1)[-1], words)
    offices = [token for token in text.split() if is_title_word(token, words)]
    return is_desk and not offices and len(text.split()) > 2 and text.istitle()


def _strip_labels(text: str, words: Vocabulary) -> str:
    """A piece without ``Tel.:``, ``E-mail``, ``(Office)``, ``please contact``, ``or``."""
    bare = text.strip(_NOISE) if text.count("(") != text.count(")") else text.strip(" .,:;|[]<>*_–—-/\u00a0")
    for _ in range(4):
        shorter = _label(words).sub("", bare).strip(" .,:;|<>*_–—-/\u00a0")
        shorter = _trailing(words).sub("", shorter).strip(" .,:;|<>*_–—-/\u00a0")
        if shorter == bare:
            break
        bare = shorter
    return bare if not _alone(words).fullmatch(bare.strip("()")) else ""


@cache
def _label(words: Vocabulary) -> re.Pattern[str]:
    reach = words.either("phone_words", "fax_words", "email_words", "extension_words")
    lead = words.either("contact_verbs", "joiners")
    opener = words.either("contact_openers")
    return re.compile(
        rf"^(?:{reach}(?:\s*[.:]+|\s*$|\s+(?=[(+\d]))|{opener}\s*:|{lead}\s+(?=\S)|{lead}$)", re.IGNORECASE
    )


@cache
def _calls(words: Vocabulary) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){words.either('contact_openers', 'email_words')}(?!\w)", re.IGNORECASE)


@cache
def _trailing(words: Vocabulary) -> re.Pattern[str]:
    reach = words.either("phone_words", "fax_words", "email_words")
    label = rf"(?:,\s*|\s+(?=[\w\s-]+[.:]\s*$)){reach}\s*[.:]*\s*$"
    return re.compile(rf"(?<=[\w)])(?:{label}|\s+(?-i:{words.either('joiners')})$)|\s+\($", re.IGNORECASE)


@cache
def _alone(words: Vocabulary) -> re.Pattern[str]:
    group = words.either("phone_words", "fax_words", "email_words", "extension_words", "joiners", "contact_verbs")
    return re.compile(rf"(?:{group}[\s.:/&]*)+", re.IGNORECASE)
