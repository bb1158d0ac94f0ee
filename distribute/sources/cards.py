"""The lines of a contact block to media contacts: who, what they do, for whom, and how to reach them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from distribute.domain.release import MediaContact
from distribute.sources.contact_lines import read_line
from distribute.sources.people import is_role, strip_article
from distribute.sources.reaches import find_addresses, has_reach, reveal
from distribute.sources.shared_rows import Row, part_rows
from distribute.sources.vocabulary import Vocabulary, fold

__all__ = ["Row", "read_cards"]

_BRACKETED = re.compile(r"\s*\([^()]*\)$")
_MOST_ADDRESSES = 50
_MOST_PEOPLE_ABOVE = 4


class _Ground(NamedTuple):
    """What a block as a whole tells: its language, its e-mail addresses, the countries it may call from."""

    words: Vocabulary
    addresses: tuple[str, ...]
    regions: tuple[str, ...]
    is_reaching: bool


@dataclass(slots=True)
class _Card:
    line: int
    group: int = 0
    name: str | None = None
    role: str | None = None
    organisation: str | None = None
    phones: list[str] = field(default_factory=list)
    emails: list[str] = field(default_factory=list)
    is_hidden: bool = False
    is_headed: bool = False

    @property
    def is_reachable(self) -> bool:
        return bool(self.phones or self.emails or self.is_hidden)

    @property
    def is_empty(self) -> bool:
        return not (self.name or self.role or self.organisation or self.is_reachable)


def read_cards(rows: Sequence[Row], words: Vocabulary, regions: tuple[str, ...] = ()) -> tuple[MediaContact, ...]:
    """The contacts of a block. A new one begins at each name, or organisation, after one that is complete.

    ``regions`` are the countries whose national numbers these may be. Where nobody can be reached, whoever is
    named is kept; one whose address a web page hid has none.
    """
    plain = (reach.value for row in rows for reach in find_addresses(reveal(row.text)) if reach.kind == "email")
    ground = _Ground(
        words, tuple(dict.fromkeys(plain))[:_MOST_ADDRESSES], regions, any(has_reach(row.text, words) for row in rows)
    )
    cards: list[_Card] = []
    for row in part_rows(rows, words):
        _read_row(row, cards, ground)
    _share_house(cards)
    reachable = [card for card in cards if card.is_reachable and not _is_only_hidden(card)]
    return tuple(_freeze(card) for card in reachable or [card for card in cards if card.name])


def _is_only_hidden(card: _Card) -> bool:
    return card.is_hidden and not (card.name or card.organisation or card.phones or card.emails)


def _share_house(cards: Sequence[_Card]) -> None:
    """People below the name of a house are all of that house, where they have none of their own."""
    for card, follower in pairwise(cards):
        if (
            card.name
            and card.is_headed
            and card.group == follower.group
            and follower.name
            and not follower.organisation
        ):
            follower.organisation, follower.is_headed = card.organisation, True


def _freeze(card: _Card) -> MediaContact:
    return MediaContact(
        name=card.name,
        role=card.role,
        organisation=card.organisation,
        phones=tuple(dict.fromkeys(card.phones)),
        emails=tuple(dict.fromkeys(card.emails)),
        line=card.line,
    )


def _read_row(row: Row, cards: list[_Card], ground: _Ground) -> None:
    items = list(read_line(row.text, ground.words, ground.regions, ground.addresses))
    if cards and _is_another(row, items, cards[-1]):
        cards.append(_Card(row.number, row.group))
    before = ""
    for kind, value in items:
        if kind == "name" and cards and _is_second(row, cards[-1], ground):
            kind, value = _settle_second_name(value, cards[-1], ground)
        shared = _shared(ground.words).match(value) if kind in {"role", "organisation"} else None
        if shared:
            _put_all(value[shared.end() :], [card for card in cards if card.line == row.number])
            continue
        card = _card_for(kind, value, cards, row)
        _put(kind, value, card, cards, ground, is_next=before == kind)
        before = kind


def _put_all(house: str, cards: Sequence[_Card]) -> None:
    for card in cards:
        card.organisation = card.organisation or house


def _put(kind: str, value: str, card: _Card, cards: Sequence[_Card], ground: _Ground, *, is_next: bool) -> None:
    if kind == "email":
        _owner(value, cards).emails.append(value)
    elif kind == "phone":
        card.phones.append(value)
    elif kind == "hidden":
        card.is_hidden = True
    elif kind == "name":
        card.name = _BRACKETED.sub("", value).strip() or value
    elif kind == "role":
        role = strip_article(value, ground.words)
        card.role = f"{card.role}, {role}" if card.role and is_next else card.role or role
    elif not card.organisation:
        card.organisation = value
        card.is_headed = not card.name and not card.is_reachable


def _owner(address: str, cards: Sequence[_Card]) -> _Card:
    """Whom an address belongs to: the person it spells, else a desk that it spells and that has none, else the last."""
    last = cards[-1]
    near = [card for card in cards[-_MOST_PEOPLE_ABOVE:] if card.group == last.group]
    if last.name and _is_spelt(last.name, (address,)):
        return last
    people = [card for card in near if card.name and _is_spelt(card.name, (address,))]
    desks = [card for card in near if not card.name and not card.emails and card is not last]
    if last.name and last.is_reachable:
        people += [card for card in desks if _is_spelt(f"{card.role or ''} {card.organisation or ''}", (address,))]
    return people[-1] if people else last


def _is_another(row: Row, items: Sequence[tuple[str, str]], card: _Card) -> bool:
    """A line that names a desk and its address is a contact of its own; one that ends in a colon opens the next."""
    is_whole = bool(items) and items[0][0] == "organisation" and any(kind == "email" for kind, _ in items)
    is_head = row.text.rstrip().endswith(":") and not any(kind == "phone" for kind, _ in items)
    return card.is_reachable and bool(items) and ((is_whole and bool(card.emails)) or is_head)


def _is_second(row: Row, card: _Card, ground: _Ground) -> bool:
    """A name below one who cannot be reached yet; a blank line parts people where nobody can."""
    is_near = ground.is_reaching or row.group == card.group
    return bool(card.name) and not card.is_reachable and is_near


def _settle_second_name(value: str, card: _Card, ground: _Ground) -> tuple[str, str]:
    """Of two names before any address, the one that an address spells is the person; else the first.

    The other is the employer's or the office's, so that nobody is lost: ``Sophie Lindqvist`` and ``VP Marketing``.
    """
    given = ground.words.phrases("given_names")
    is_spelt = _is_spelt(value, ground.addresses), _is_spelt(card.name or "", ground.addresses)
    is_given = _first(value) in given, _first(card.name or "") in given
    if is_spelt == (True, False) or (is_spelt[0] == is_spelt[1] and is_given == (True, False)):
        value, card.name = card.name or value, value
    return ("role" if is_role(value, ground.words) else "organisation"), value


def _first(name: str) -> str:
    return name.partition(" ")[0].casefold()


def _is_spelt(name: str, addresses: tuple[str, ...]) -> bool:
    locals_ = [fold(address.partition("@")[0]) for address in addresses]
    tokens = [token.strip("'.,") for token in fold(name).split()]
    return any(len(token) > 2 and token in local for token in tokens for local in locals_)


def _card_for(kind: str, value: str, cards: list[_Card], row: Row) -> _Card:
    if not cards or _begins_another(kind, value, cards[-1]):
        cards.append(_Card(row.number, row.group))
    card = cards[-1]
    if card.is_empty:
        card.line, card.group = row.number, row.group
    return card


@cache
def _shared(words: Vocabulary) -> re.Pattern[str]:
    """``both of the``, ``beide von der``: what is said next is said of all who stand in the line."""
    return re.compile(rf"{words.either('shared_words')}\s+(?:\w{{2,4}}\s+){{0,3}}", re.IGNORECASE)


def _begins_another(kind: str, value: str, card: _Card) -> bool:
    if kind == "name":
        return bool(card.name) or (card.is_reachable and bool(card.role or card.organisation))
    if kind == "organisation":
        return card.is_reachable and bool(card.organisation) and card.organisation != value
    if kind == "role":
        return card.is_reachable and bool(card.role)
    return False
