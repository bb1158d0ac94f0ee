"""The words beside a quotation to the person who speaks and the title they are given."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from distribute.sources.people import is_name, is_name_word, is_organisation, is_title_word, strip_article
from distribute.sources.recognisers.clauses import (
    cut_clause,
    first_clause,
    split_parts,
    unbracket,
    verb_of_speech,
)
from distribute.sources.recognisers.name_runs import is_office
from distribute.sources.recognisers.names import Named, find_named, office_before
from distribute.sources.vocabulary import Vocabulary

_LONGEST_TITLE = 160
_LONGEST_OFFICE = 8
_REACH = 480
_LONGEST_SENTENCE = 1000


class Speaker(NamedTuple):
    """A name as found, a title, or a pronoun that stands for the last speaker."""

    name: str | None = None
    title: str | None = None
    is_pronoun: bool = False

    @property
    def is_surname(self) -> bool:
        """One word, or one behind its particle: ``Struthers``, ``de Wit``."""
        return bool(self.name) and (" " not in (self.name or "") or (self.name or "")[0].islower())


def read_after(text: str, words: Vocabulary) -> Speaker | None:
    """The speaker in the words that follow a verb: ``Marie Struthers, Director for Europe.``"""
    return _from_parts(split_parts(first_clause(unbracket(text), words), words), words)


def read_before(text: str, words: Vocabulary) -> Speaker | None:
    """The speaker in the words that precede a verb: ``Commenting on it, Jack Pelton, EAA chairman,``."""
    parts = split_parts(unbracket(text[-_REACH:]).strip(" ,"), words)
    if (
        len(parts) > 1
        and parts[1].split()[0] in words.phrases("relatives")
        and _only_name(parts[0], words, whole=False)
    ):
        return _from_parts(parts[:1], words)
    is_aside = len(parts) > 2 and _opens_aside(parts[0], words) and _apposed(parts, words) is not None
    return (_subject_in(parts[2:], words) if is_aside else None) or _subject_in(parts, words)


def _subject_in(parts: list[str], words: Vocabulary) -> Speaker | None:
    objects: list[int] = []
    for start, part in enumerate(parts):
        if found := _apposed(parts[start:], words) or _several(parts[start:], words, is_open=True):
            return found
        named = _named(part, words)
        if named and named.is_whole and _is_object(part.split()[: named.start], words):
            objects.append(start)
        elif named and named.is_whole:
            return _from_parts(parts[start:], words)
    if objects:
        return _from_parts(parts[objects[0] :], words)
    for start, part in enumerate(parts):
        speaker = _from_parts(parts[start:], words)
        if speaker and (speaker.is_pronoun or (speaker.name and len(part.split()) <= 3)):
            return speaker
    first = strip_article(parts[0], words) if parts else ""
    is_office = any(is_title_word(token, words) for token in first.split())
    return Speaker(title=first) if is_office and len(first) < _LONGEST_TITLE else _house(first, words)


def _opens_aside(part: str, words: Vocabulary) -> bool:
    """``Before the director`` of ``Before the director, Ann Poe, Lind said``: a small word that is no article."""
    first = part.split(None, 1)[0].casefold()
    return first in words.stop_words and first not in words.phrases("articles") + words.phrases("pronouns")


def first_person(text: str, words: Vocabulary) -> Speaker | None:
    """The first person whom a sentence names in full, or all of them who speak together."""
    parts = split_parts(unbracket(text[:_LONGEST_SENTENCE]).rstrip(" :–—"), words)
    for start, part in enumerate(parts):
        if found := _apposed(parts[start:], words) or _several(parts[start:], words, is_open=True):
            return found
        named = _named(part, words)
        if named and named.is_whole and not (start + 1 < len(parts) and _is_object(part.split()[: named.start], words)):
            return _from_parts(parts[start:], words)
    return None


def subject_of(sentence: str, words: Vocabulary) -> Speaker | None:
    """The person with whom a sentence begins: ``Dijkgraaf Hendrika Stolwijk begrijpt de verleiding.``

    A single word may be a surname as well as a house: whoever asks must know it.
    """
    parts = split_parts(unbracket(_according(words).sub("", sentence)).rstrip(" .!?…"), words)
    if not parts:
        return None
    if apposed := _apposed(parts, words):
        return apposed
    named = _named(parts[0], words)
    if not named or named.start > _LONGEST_OFFICE:
        return None
    before = parts[0].split()[: named.start]
    is_first = not before or is_office(before[0], words) or strip_article(parts[0], words) != parts[0]
    is_led = any(is_title_word(token, words) for token in before)
    return _from_parts(parts, words) if is_first or is_led else None


def _apposed(parts: list[str], words: Vocabulary) -> Speaker | None:
    """An office with its holder between commas: ``la alcaldesa, Milagros Barrientos, ha subrayado``."""
    if len(parts) < 2 or is_name(parts[0], words):
        return None
    named = _named(parts[1], words)
    if not named or not named.is_whole or named.stop < len(cut_clause(parts[1], words).split()):
        return None
    if office_before(parts[1].split()[: named.stop - len(named.name.split())], words) or _only_name(parts[0], words):
        return None
    verbs = list(verb_of_speech(words).finditer(parts[0]))
    office = parts[0][verbs[-1].end() :].split() if verbs else parts[0].split()
    is_office = any(is_title_word(token, words) for token in office)
    return Speaker(name=named.name, title=office_before(office, words)) if is_office else None


def _several(parts: list[str], words: Vocabulary, *, is_open: bool = False) -> Speaker | None:
    """Those who speak together: ``Speaker Jane Roe, Majority Leader Paul Finch and Ann Poe``.

    ``is_open`` lets the sentence go on behind the last of them.
    """
    names: list[str] = []
    link = None
    for part in parts:
        pieces = _and(words).split(part)
        if len(pieces) > 1 and pieces[0] and not _only_name(pieces[0], words):
            pieces = [part]
        for place, piece in enumerate(pieces):
            named = _named(piece, words) if piece else None
            if not named or not named.is_whole:
                continue
            is_last = place > 0
            behind = piece.split()[named.stop :]
            if behind and not (is_last and (is_open or behind[0] in words.phrases("relatives"))):
                return None
            names.append(named.name)
            if is_last:
                link = _and(words).findall(part)[-1].strip()
                return Speaker(name=f"{', '.join(names[:-1])} {link} {names[-1]}") if len(names) > 1 else None
        if not names:
            return None
    return None


def _only_name(piece: str, words: Vocabulary, *, whole: bool = True) -> bool:
    named = _named(piece, words)
    return named is not None and (named.is_whole or not whole) and named.stop == len(piece.split())


def _house(text: str, words: Vocabulary) -> Speaker | None:
    """``Greenpond International``: an organisation that speaks for itself."""
    tokens = text.split()
    is_named = all(
        is_name_word(token) or token in words.stop_words or token in words.phrases("title_links") for token in tokens
    )
    is_short = 1 < len(tokens) <= _LONGEST_OFFICE and tokens[0][0].isupper()
    return Speaker(name=text) if is_short and is_named and is_organisation(text, words) else None


def _is_object(before: list[str], words: Vocabulary) -> bool:
    """``in a letter to Director Jane Doe``: the preposition before her says that this is not who speaks."""
    while before and (is_title_word(before[-1], words) or before[-1].casefold() in words.phrases("articles")):
        before.pop()
    return bool(before) and before[-1].casefold() in words.stop_words


def _from_parts(parts: list[str], words: Vocabulary) -> Speaker | None:
    first = parts[0] if parts else ""
    if not first:
        return None
    if first.split(None, 1)[0].casefold().strip("’'") in words.phrases("pronouns"):
        return Speaker(is_pronoun=True)
    if found := _apposed(parts, words) or _several(parts, words):
        return found
    named = _named(first, words)
    if named is None:
        described = strip_article(cut_clause(first, words, is_first=True), words)
        return _house(described, words) or (Speaker(title=described) if described not in {first, ""} else None)
    return Speaker(name=named.name, title=_title(first, named, words) or _title_behind(parts[1:], words))


def _title(part: str, named: Named, words: Vocabulary) -> str | None:
    """The office before a name, else ``of Centurion`` behind it."""
    tokens = cut_clause(part, words, is_relative=True).split()
    before = tokens[: named.start]
    if before and named.name.split()[0] == before[-1]:
        before = before[:-1]
    if title := office_before(tokens[: named.stop - len(named.name.split())] if named.is_whole else before, words):
        return title
    behind = tokens[named.stop :]
    return " ".join(behind) if behind and behind[0].casefold() in words.phrases("title_links") else None


def _named(part: str, words: Vocabulary) -> Named | None:
    return find_named(cut_clause(part, words, is_relative=True).split(), words)


def _title_behind(parts: list[str], words: Vocabulary) -> str | None:
    kept: list[str] = []
    for place, part in enumerate(parts):
        cut = cut_clause(part, words)
        if not cut or (place and not _goes_on(cut, words)):
            break
        kept.append(cut)
        if cut != part:
            break
    title = ", ".join(kept)
    return strip_article(title, words)[:_LONGEST_TITLE] or None if len(title) <= _LONGEST_TITLE else None


def _goes_on(part: str, words: Vocabulary) -> bool:
    first = part.split(maxsplit=1)[0]
    return is_title_word(first, words) or (first[0].isupper() and len(part.split()) <= 6)


@cache
def _and(words: Vocabulary) -> re.Pattern[str]:
    return re.compile(rf"\s*(?:(?<!\w){words.either('and_words')}|&)\s+(?=\S)")


@cache
def _according(words: Vocabulary) -> re.Pattern[str]:
    return re.compile(rf"^{words.either('according')}\s+", re.IGNORECASE)
