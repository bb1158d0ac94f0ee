"""All the contacts of a text: those of its blocks and those of its sentences, each of them once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from distribute.domain.release import MediaContact
from distribute.sources.cards import read_cards
from distribute.sources.document import Document
from distribute.sources.people import is_role, is_title_word
from distribute.sources.recognisers.contact_labels import heads_contacts, is_contact_label, label_of, without_label
from distribute.sources.recognisers.contacts import is_role_below, own_lines
from distribute.sources.recognisers.mentions import find_mentions
from distribute.sources.regions import regions_of
from distribute.sources.shared_rows import Row
from distribute.sources.vocabulary import Vocabulary, fold

_NATIONAL = re.compile(r"(?<![\d+])(?:\(?0\d|\(\d{1,2}\)|\d\d-|\d{3,4}-\d{6})")
_LONGEST_ROLE = 5
_SHORTEST_LABEL = len("Kontakte")


class _Block(NamedTuple):
    """The rows of a block, and each of its labels with the line below which it holds."""

    rows: list[Row]
    labels: list[tuple[int, str]]


def read_contacts(
    document: Document,
    words: Vocabulary,
    blocks: Sequence[Sequence[int]],
    prose: Sequence[int],
    notes: frozenset[int] = frozenset(),
) -> tuple[MediaContact, ...]:
    """Contacts in the order of the text; ``prose`` are the lines whose sentences may name some, ``notes`` those of
    them that speak to editors."""
    read = [_read_block(document, lines, words) for lines in blocks]
    mentions = list(find_mentions(document, words, prose, notes))
    texts = [row.text for block in read for row in block.rows] + [mention.row.text for mention in mentions]
    regions = regions_of(document.text, words) if any(_NATIONAL.search(text) for text in texts) else ()
    found = [card for block in _with_roles(read, words, regions) for card in block]
    for mention in sorted(mentions, key=lambda it: not it.is_sure):
        if mention.is_sure or not found or mention.row.number in {card.line for card in found}:
            cards = read_cards([mention.row], words, regions)
            found += [card for card in cards if card.name] or ([] if mention.is_named else cards)
    return tuple(_without_repeats(sorted(found, key=lambda card: card.line or 0)))


def _read_block(document: Document, lines: Sequence[int], words: Vocabulary) -> _Block:
    """The lines of a block without their labels."""
    block = tuple(document.lines[index] for index in lines)
    document, _ = Document(block).unwrapped(own_lines(block, words))
    found = _Block([], [])
    for place, line in enumerate(document.lines):
        is_label = is_contact_label(line.text, words) or heads_contacts(document, place, words)
        is_label = is_label and not (place and is_role_below(document, place, words))
        text = without_label(line.text, words) if is_label else line.text
        label = label_of(line.text, words) if is_label else ""
        if label and found.labels and not text and is_role(label, words) and not _is_contact(label, words):
            text = label
        elif label:
            found.labels.append((line.number, label))
        if text:
            found.rows.append(Row(text, line.number, line.group))
    return found


def _with_roles(blocks: Sequence[_Block], words: Vocabulary, regions: tuple[str, ...]) -> Iterator[list[MediaContact]]:
    """The cards of each block. A label that says what somebody does, or tells one contact from another, is a role."""
    several = {label.casefold() for block in blocks for _, label in block.labels if _is_contact(label, words)}
    for block in blocks:
        cards: list[MediaContact] = []
        found = read_cards(block.rows, words, regions)
        for card in found:
            label = _label_for(card, cards_below=len(cards), found=found, block=block)
            is_role_said = label is not None and _says_role(label, block, words, are_several=len(several) > 1)
            cards.append(replace(card, role=label[1]) if label and is_role_said and not card.role else card)
        yield cards


def _label_for(
    card: MediaContact, cards_below: int, found: Sequence[MediaContact], block: _Block
) -> tuple[int, str] | None:
    """The label inside a contact, else the last one above it."""
    start = card.line or 0
    stop = (found[cards_below + 1].line or 0) if cards_below + 1 < len(found) else start + _LONGEST_ROLE
    inside = [label for label in block.labels if start < label[0] < stop]
    above = [label for label in block.labels if label[0] <= start]
    return inside[0] if inside else above[-1] if above else None


def _says_role(label: tuple[int, str], block: _Block, words: Vocabulary, *, are_several: bool) -> bool:
    tokens = label[1].split()
    if len(tokens) > _LONGEST_ROLE or tokens[0].casefold() in words.stop_words:
        return False
    if _is_contact(label[1], words):
        return are_several and len(label[1]) > _SHORTEST_LABEL
    is_office = any(is_title_word(token, words) for token in tokens)
    return is_role(label[1], words) and (is_office or label != block.labels[0])


def _is_contact(label: str, words: Vocabulary) -> bool:
    """The label has the word itself in it, or is one of those that mean a person to ask."""
    return any(noun in label.casefold() for noun in (*words.phrases("contact_nouns"), *words.phrases("contact_people")))


def _without_repeats(contacts: Sequence[MediaContact]) -> Iterator[MediaContact]:
    """Somebody named above and below the text is one contact, with every way given to reach them.

    A desk that only repeats the number or the address of somebody named is that person's.
    """
    merged: dict[object, list[MediaContact]] = {}
    for contact in contacts:
        key = _known_as(contact.name) if contact.name else (contact.phones, contact.emails)
        merged.setdefault(key, []).append(contact)
    once = [_merge(same) for same in merged.values()]
    named = [contact for contact in once if contact.name]
    for contact in once:
        if contact.name or not any(_is_within(contact, other) for other in named):
            yield contact


def _known_as(name: str) -> str:
    """A name without what may stand before it, so that ``Dr. Jane Doe`` and ``Jane Doe`` are one."""
    return " ".join(fold(name).split()[-2:])


def _is_within(desk: MediaContact, person: MediaContact) -> bool:
    return {*desk.phones} <= {*person.phones} and {*desk.emails} <= {*person.emails}


def _merge(same: Sequence[MediaContact]) -> MediaContact:
    return replace(
        same[0],
        role=next((contact.role for contact in same if contact.role), None),
        organisation=next((contact.organisation for contact in same if contact.organisation), None),
        phones=tuple(dict.fromkeys(phone for contact in same for phone in contact.phones)),
        emails=tuple(dict.fromkeys(email for contact in same for email in contact.emails)),
    )
