"""Contacts named inside a sentence of the text, which stays where it is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from distribute.sources.contact_words import is_name_piece
from distribute.sources.document import Document
from distribute.sources.people import split_title, strip_honorific
from distribute.sources.phones import find_phones
from distribute.sources.reaches import find_addresses, has_address, has_reach, reveal
from distribute.sources.shared_rows import Row
from distribute.sources.vocabulary import CAPITALS, Vocabulary, either, fold

_END = re.compile(rf"(?<=[.!?…])[”»\"’)]?\s+(?=[\W_]*[{CAPITALS}0-9])")
_ABBREVIATED = re.compile(r"(?:^|[\s(])(?:[^\W\d_]{1,3}|Prof)\.$")
_LONGEST = 700
_TOLL_FREE = re.compile(r"\+1(?:800|888|877|866|855|844|833)|\+(?:44|353|49|33|31|34|32|61|64)800|\+61180|\+44808")
_FROM = r"(?:[^\W\d_]+[ \u00a0]){0,2}?"


class Mention(NamedTuple):
    """What a sentence says of a contact, from the name on.

    ``is_sure`` where it speaks to newsrooms of somebody by name; any other counts only where no contact is
    announced; ``is_named`` where it names somebody.
    """

    row: Row
    is_sure: bool
    is_named: bool


def find_mentions(
    document: Document, words: Vocabulary, lines: Sequence[int], notes: frozenset[int] = frozenset()
) -> Iterator[Mention]:
    """Sentences that bid the reader to reach somebody; ``notes`` are the lines that speak to editors anyway."""
    middle = document.middle()
    for start, number, text in _paragraphs(document, [index for index in lines if index not in middle]):
        if not _may_reach(text):
            continue
        for sentence in _sentences(text):
            if mention := _read(sentence, number, words, is_to_editors=start in notes):
                yield mention


def _paragraphs(document: Document, lines: Sequence[int]) -> Iterator[tuple[int, int, str]]:
    """Index, number and text of each; an address on a line of its own ends the sentence above it."""
    held: tuple[int, int, str] | None = None
    stop = -1
    for paragraph in document.paragraphs(lines):
        is_rest = paragraph.start == stop and has_address(paragraph.text.split()[0])
        if held and is_rest and held[2][-1] not in ".!?":
            held = (held[0], held[1], f"{held[2]} {paragraph.text}")
        else:
            if held:
                yield held
            held = (paragraph.start, paragraph.number, paragraph.text)
        stop = paragraph.stop
    if held:
        yield held


def _may_reach(text: str) -> bool:
    return "@" in text or "protected]" in text or sum(map(str.isdigit, text)) > 6


def _sentences(text: str) -> Iterator[str]:
    """The sentences of a paragraph; ``Ms.``, ``ext.`` and an initial end none."""
    start = 0
    for match in _END.finditer(text):
        if not _ABBREVIATED.search(text[start : match.start()][-12:]):
            yield text[start : match.end()]
            start = match.end()
    yield text[start:]


def _read(sentence: str, number: int, words: Vocabulary, *, is_to_editors: bool) -> Mention | None:
    if len(sentence) > _LONGEST or not _may_reach(sentence) or not has_reach(sentence, words):
        return None
    text = reveal(sentence).strip()
    is_for_media = is_to_editors or bool(_for_media(words).search(text))
    is_public = bool(_for_public(words).search(text))
    if (row := _from_name(text, number, words)) is not None:
        is_sure = not is_public and (is_for_media or _is_spelt(row.text)) and not _is_hotline(text, words)
        is_kept = is_sure or not _is_hotline(text, words)
        return Mention(row, is_sure, is_named=True) if is_kept else None
    bidding = _verb(words).search(text)
    if not bidding or not is_for_media or is_public:
        return None
    return Mention(Row(text[bidding.end() :].strip(), number), is_sure=False, is_named=False)


def _from_name(text: str, number: int, words: Vocabulary) -> Row | None:
    """The sentence from the first name behind a verb of reaching, or at its own start."""
    for match in _verb(words).finditer(text):
        tail = text[match.end() :].lstrip(" :")
        if _opens_with_name(tail, words) and has_reach(tail, words):
            return Row(tail, number)
    opening = re.split(_is_reached(words), text, maxsplit=1)
    if len(opening) == 2 and _opens_with_name(opening[0] + ",", words) and has_reach(opening[1], words):
        return Row(f"{opening[0]}, {opening[1]}", number)
    return None


def _opens_with_name(text: str, words: Vocabulary) -> bool:
    head = re.split(_ends_name(words), text[:90], maxsplit=1)[0].strip(" .")
    name = _capitals(strip_honorific(head, words))
    if is_name_piece(name, words):
        return True
    own, title = split_title(name, words)
    return bool(own and title and is_name_piece(own, words))


def _capitals(text: str) -> str:
    """``the press officer Ana Ruiz`` from its first capital on."""
    match = re.search(rf"[{CAPITALS}]", text)
    return text[match.start() :] if match and match.start() <= 30 else text


def _is_spelt(text: str) -> bool:
    tokens = re.findall(r"[^\W\d_]{3,}", fold(text[:60]))
    locals_ = [fold(reach.value.partition("@")[0]) for reach in find_addresses(text) if reach.kind == "email"]
    return any(token in local for token in tokens for local in locals_)


def _is_hotline(text: str, words: Vocabulary) -> bool:
    numbers = [phone.number for phone in find_phones(text, words) if phone.number]
    return bool(numbers) and all(_TOLL_FREE.match(number) for number in numbers) and "@" not in text


@cache
def _verb(words: Vocabulary) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){words.either('contact_verbs', 'call_verbs')}(?!\w)", re.IGNORECASE)


@cache
def _ends_name(words: Vocabulary) -> re.Pattern[str]:
    """Where a name ends: at punctuation, a number, an address, or a small word such as ``at``, ``on``, ``unter``."""
    return re.compile(rf"[,;:(\[|–—]|\s-\s|\s(?=\S*[@\d+])|\s(?-i:{words.either('joiners')})\s", re.IGNORECASE)


@cache
def _is_reached(words: Vocabulary) -> re.Pattern[str]:
    """``… is available for interview on``, ``… répond aux questions``: what follows a name at the start."""
    return re.compile(rf"[,\s]+{words.either('reached_words')}(?!\w)", re.IGNORECASE)


@cache
def _for_media(words: Vocabulary) -> re.Pattern[str]:
    openers = [phrase for phrase in words.phrases("contact_openers") if " " in phrase]
    return re.compile(rf"(?<!\w)(?:{either(openers)}|{words.either('media_words')})(?!\w)", re.IGNORECASE)


@cache
def _for_public(words: Vocabulary) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){words.either('public_words')}(?!\w)", re.IGNORECASE)
