"""The lines of a contact block to media contacts: who, what they do, for whom, and how to reach them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

from distribute.domain.release import MediaContact
from distribute.sources.contact_lines import EMAIL, read_line
from distribute.sources.people import is_name, is_role, strip_article
from distribute.sources.phones import find_phones
from distribute.sources.vocabulary import CAPITALS, Vocabulary, fold

_BRACKETED = re.compile(r"\s*\([^()]*\)$")
_MOST_ADDRESSES = 50


class Row(NamedTuple):
    """One line of a contact block with its number in the file and its group between blank lines."""

    text: str
    number: int
    group: int = 0


class _Ground(NamedTuple):
    """What a block as a whole tells: its language, its e-mail addresses, the countries it may call from."""

    words: Vocabulary
    addresses: tuple[str, ...]
    regions: tuple[str, ...]


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


def read_cards(rows: Sequence[Row], words: Vocabulary, regions: tuple[str, ...] = ()) -> tuple[MediaContact, ...]:
    """The contacts of a block. A new one begins at each name, or organisation, after one that is complete.

    ``regions`` are the countries whose national numbers these may be.
    """
    found = dict.fromkeys(match[0] for row in rows for match in EMAIL.finditer(row.text))
    addresses = tuple(found)[:_MOST_ADDRESSES]
    cards: list[_Card] = []
    for row in rows:
        for line in _apart(row, words):
            _read_row(line, cards, _Ground(words, addresses, regions))
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


def _apart(row: Row, words: Vocabulary) -> list[Row]:
    """``Ana Ruiz or Jon Lee, 613-555-0142``: two people at one number are a row each."""
    match = _joined(words).match(row.text)
    if not match or not (is_name(match[1], words) and is_name(match[2], words)) or not has_reach(match[3], words):
        return [row]
    return [row._replace(text=name + match[3]) for name in match.group(1, 2)]


@cache
def _joined(words: Vocabulary) -> re.Pattern[str]:
    name = rf"([{CAPITALS}][^,;:|@\d]{{2,50}}?)"
    return re.compile(rf"{name}\s+(?:{words.either('joiners')}|[&/])\s+{name}((?:[,;:|(]|\s(?:at|–|-)\s).*)")


def _read_row(row: Row, cards: list[_Card], ground: _Ground) -> None:
    words, addresses = ground.words, ground.addresses
    items = list(read_line(row.text, words, ground.regions))
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
