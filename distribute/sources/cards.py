"""The lines of a contact block to media contacts: who, what they do, for whom, and how to reach them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

from distribute.domain.release import MediaContact
from distribute.sources.people import (
    is_name,
    is_organisation,
    is_role,
    is_title_word,
    split_title,
    strip_article,
    strip_honorific,
)
from distribute.sources.phones import find_phones
from distribute.sources.vocabulary import Vocabulary, fold

EMAIL = re.compile(r"(?<![\w.+\-])[\w.+\-']{1,64}@(?:[\w\-]{1,63}\.){1,8}[\w\-]{2,24}(?![\w@])")
_WEB = re.compile(r"(?:https?://|www\.)\S+|(?<!\w)@\w+", re.IGNORECASE)
_SEPARATOR = re.compile(r"\s*(?:[,;|•·\t\0]|\s[–—\-/]+(?=\s|$)|(?:^|\s)[–—\-]\s|[–—](?=\0))\s*")
_BRACKETED = re.compile(r"^\(([^()]*)\)$|\s*\([^()]*\)$")
_NOISE = " .,:;|()[]<>*_–—-/\u00a0"


class Row(NamedTuple):
    """One line of a contact block with its number in the file and its group between blank lines."""

    text: str
    number: int
    group: int = 0


@dataclass(slots=True)
class _Card:
    line: int
    name: str | None = None
    role: str | None = None
    organisation: str | None = None
    phones: list[str] = field(default_factory=list)
    emails: list[str] = field(default_factory=list)

    @property
    def is_reachable(self) -> bool:
        return bool(self.phones or self.emails)

    @property
    def is_empty(self) -> bool:
        return not (self.name or self.role or self.organisation or self.is_reachable)


def has_reach(text: str, words: Vocabulary) -> bool:
    """The line holds an e-mail address or a telephone number that is no fax."""
    return bool(EMAIL.search(text)) or any(phone.number for phone in find_phones(text, words))


def read_cards(rows: Sequence[Row], words: Vocabulary) -> tuple[MediaContact, ...]:
    """The contacts of a block. A new one begins at each name, or organisation, after one that is complete."""
    addresses = tuple(match[0] for row in rows for match in EMAIL.finditer(row.text))
    cards: list[_Card] = []
    for row in rows:
        _read_row(row, cards, words, addresses)
    reachable = [card for card in cards if card.is_reachable]
    kept = reachable or [card for card in cards if card.name][:1]
    return tuple(_freeze(card) for card in kept)


def _freeze(card: _Card) -> MediaContact:
    return MediaContact(
        name=card.name,
        role=card.role,
        organisation=card.organisation,
        phones=tuple(dict.fromkeys(card.phones)),
        emails=tuple(dict.fromkeys(card.emails)),
        line=card.line,
    )


def _read_row(row: Row, cards: list[_Card], words: Vocabulary, addresses: tuple[str, ...]) -> None:
    items = list(_items(row.text, words, addresses))
    if cards and _is_another(row, items, cards[-1]):
        cards.append(_Card(row.number))
    for kind, value in items:
        if kind == "name" and cards and cards[-1].name and not cards[-1].is_reachable:
            kind, value = _settle_second_name(value, cards[-1], words, addresses)
        card = _card_for(kind, value, cards, row.number)
        if kind == "email":
            card.emails.append(value)
        elif kind == "phone":
            card.phones.append(value)
        elif kind == "name":
            card.name = _BRACKETED.sub("", value).strip() or value
        elif kind == "role":
            card.role = card.role or strip_article(value, words)
        elif not card.organisation and not (card.name and card.is_reachable and not cards[:-1] and card.role):
            card.organisation = value


def _is_another(row: Row, items: Sequence[tuple[str, str]], card: _Card) -> bool:
    """A line that names a desk and its address is a contact of its own; one that ends in a colon opens the next."""
    is_whole = bool(items) and items[0][0] == "organisation" and any(kind == "email" for kind, _ in items)
    return (
        card.is_reachable
        and not card.is_empty
        and bool(items)
        and ((is_whole and bool(card.emails)) or row.text.rstrip().endswith(":"))
    )


def _settle_second_name(value: str, card: _Card, words: Vocabulary, addresses: tuple[str, ...]) -> tuple[str, str]:
    """Of two names before any address, the one that an address spells is the person; else the first.

    The other is the employer's or the office's, so that nobody is lost: ``Sophie Lindqvist`` and ``VP Marketing``.
    """
    if _is_spelt(value, addresses) and not _is_spelt(card.name or "", addresses):
        value, card.name = card.name or value, value
    return ("role" if is_role(value, words) else "organisation"), value


def _is_spelt(name: str, addresses: tuple[str, ...]) -> bool:
    locals_ = [fold(address.partition("@")[0]) for address in addresses]
    return any(len(token) > 2 and token in local for token in fold(name).split() for local in locals_)


def _card_for(kind: str, value: str, cards: list[_Card], number: int) -> _Card:
    if not cards or _begins_another(kind, value, cards[-1]):
        cards.append(_Card(number))
    card = cards[-1]
    if card.is_empty:
        card.line = number
    return card


def _begins_another(kind: str, value: str, card: _Card) -> bool:
    if kind == "name":
        return bool(card.name) or (card.is_reachable and bool(card.role or card.organisation))
    if kind == "organisation":
        return card.is_reachable and bool(card.organisation) and card.organisation != value
    if kind == "role":
        return card.is_reachable and bool(card.role)
    return False


def _items(text: str, words: Vocabulary, addresses: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """The pieces of a line in order, each with what it is: name, role, organisation, phone or email."""
    spans = [(match.start(), match.end(), "email", match[0]) for match in EMAIL.finditer(text)]
    spans += [(match.start(), match.end(), "", "") for match in _WEB.finditer(text)]
    for phone in find_phones(text, words, addresses):
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
