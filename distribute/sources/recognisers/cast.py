"""Everybody a text names, so that ``said Struthers`` and ``she added`` find their person."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from distribute.domain.release import Block
from distribute.sources.people import is_title_word, particles, strip_article, strip_honorific
from distribute.sources.recognisers.attribution import reported_at_end
from distribute.sources.recognisers.names import Named, find_people
from distribute.sources.recognisers.speakers import Speaker, subject_of
from distribute.sources.sentences import split_sentences
from distribute.sources.vocabulary import Vocabulary

_PIECE = re.compile(r"[,;:()“”„«»\"\n]|(?<=\w\w)[.!?](?:\s|$)|\s[–—-]\s")
_LONGEST_REFERENCE = 3
_FARTHEST = 4
_LONGEST_OFFICE = 12
_LONGEST_RANK = 4


class Person(NamedTuple):
    """Somebody named in full, with the office that stood beside the name."""

    name: str | None
    title: str | None


class Cast:
    """The persons of a body and who of them spoke last; ask in the order of the text."""

    def __init__(self, body: Sequence[Block], words: Vocabulary) -> None:
        self.words = words
        self.named = _people(body, words)
        self.known: dict[str, Person] = {}
        self.last = Person(None, None)
        self.body = body
        self.last_block = -1

    def name(self, speaker: Speaker, before: str, block: int = 0) -> tuple[str | None, str | None]:
        """Name and title of a speaker; ``before`` is what stands before the quotation in its ``block``."""
        subject = self._subject(before) if not speaker.name else None
        if speaker.is_pronoun and not subject:
            subject = self._subject_above(block)
        self.last_block = block
        if subject and (speaker.is_pronoun or self._holds(subject, speaker.title)):
            speaker = subject
        person = self._resolve(speaker)
        if person.name and speaker.is_surname and not self._whole(speaker.name or ""):
            person = self._beside(person, before or (self.body[block - 1].text if block else ""))
        if person.name or person.title:
            self.last = person
        if person.name:
            for key in _keys(person.name, self.words):
                self.known.setdefault(key, person)
        return person.name, person.title

    def knows(self, name: str) -> bool:
        """The text names in full whoever is called so."""
        return " " in name or bool(self._whole(name))

    def only_person(self, text: str) -> Speaker | None:
        """The one person whom a piece of text names in full; None where it names nobody or several."""
        found = {
            Speaker(strip_honorific(named.name, self.words), title) for named, title in _mentions(text, self.words)
        }
        return found.pop() if len({speaker.name for speaker in found}) == 1 else None

    def _beside(self, person: Person, before: str) -> Person:
        """Somebody whom the sentence before names, rather than one word that nobody is called by.

        ``Gemeinsam mit dem Verein ruft Landau auf`` begins with no name; with nobody else in it, a word
        that opens a sentence is nobody.
        """
        sentence = next(reversed(split_sentences(before.strip(), self.words)), "")
        if other := self.only_person(sentence):
            return Person(other.name, other.title)
        for token in sentence.split()[1:]:
            bare = token.strip(",.:;()")
            if bare[:1].isupper() and (known := self._whole(bare)):
                return known
        return Person(None, None) if sentence.startswith(f"{person.name} ") else person

    def _subject(self, before: str) -> Speaker | None:
        """The person with whom the nearest sentence begins that begins with one."""
        for sentence in reversed(split_sentences(before.strip(), self.words)):
            subject = subject_of(sentence, self.words)
            if subject and subject.name and self.knows(subject.name):
                return subject
        return None

    def _subject_above(self, block: int) -> Speaker | None:
        """The person with whom a sentence begins in the paragraphs since the last quotation, the nearest first."""
        for place in range(block - 1, max(self.last_block, block - 1 - _FARTHEST), -1):
            if subject := self._reported(self.body[place].text) or self._subject(self.body[place].text):
                return subject
        return None

    def _holds(self, subject: Speaker, title: str | None) -> bool:
        """The subject is known by this office, here or where the text names him in full."""
        known = self._whole(subject.name or "")
        offices = {subject.title, known.title if known else None}
        return any(self._is_same_office(title, office) for office in offices)

    def _reported(self, paragraph: str) -> Speaker | None:
        """Whose view its last sentence is: ``The effect was gone, Frahm said.``"""
        speaker = reported_at_end(split_sentences(paragraph, self.words)[-1], self.words)
        return speaker if speaker and speaker.name and self.knows(speaker.name) else None

    def _resolve(self, speaker: Speaker) -> Person:
        if speaker.is_pronoun:
            return self.last
        if not speaker.name:
            return self._holder(speaker.title) or Person(None, speaker.title)
        known = self.known.get(_key(speaker.name, self.words))
        is_part = speaker.is_surname or self._is_led(speaker.name)
        if known and (is_part or known.name == speaker.name):
            return Person(known.name, speaker.title if speaker.title and not is_part else known.title or speaker.title)
        whole = self._whole(_unled(speaker.name)) if is_part else None
        return Person(whole.name, speaker.title or whole.title) if whole else Person(speaker.name, speaker.title)

    def _is_led(self, name: str) -> bool:
        """``Van der Berg``, or ``DI Whitlock`` of whom the text knows more than a rank."""
        first = name.split(None, 1)[0]
        return first.casefold() in particles(self.words) or (_unled(name) != name and bool(self._whole(_unled(name))))

    def _whole(self, part: str) -> Person | None:
        key = _key(part, self.words)
        return self.known.get(key) or self.named.get(key)

    def _holder(self, title: str | None) -> Person | None:
        """The one person who holds an office that is named alone: among those who spoke, else in the whole text."""
        for people in (self.known, self.named):
            holders = {person for person in people.values() if self._is_same_office(title, person.title)}
            if holders:
                return holders.pop() if len(holders) == 1 else None
        return None

    def _is_same_office(self, short: str | None, whole: str | None) -> bool:
        """``o secretário`` is the ``secretário municipal de Educação`` named before, ``the director`` any one."""
        asked = (short or "").casefold().split()
        held = (whole or "").casefold().split()
        if not asked or not held or len(asked) > _LONGEST_REFERENCE:
            return False
        joins = "joins_words" in self.words.grammar
        is_held = all(any(h == token or (joins and h.endswith(token)) for h in held) for token in asked)
        return is_held and any(is_title_word(token, self.words) for token in asked)


def _people(body: Sequence[Block], words: Vocabulary) -> dict[str, Person]:
    """What somebody may be called later on, to the way in which the text names them most often."""
    counts: Counter[Person] = Counter()
    titles: dict[str, str | None] = {}
    for block in body:
        for found, title in _mentions(block.text, words):
            name = strip_honorific(found.name, words)
            counts[Person(name, None)] += 1
            titles[name] = titles.get(name) or title
    people: dict[str, Person] = {}
    for person, _ in counts.most_common():
        for key in _keys(person.name or "", words):
            people.setdefault(key, Person(person.name, titles[person.name or ""]))
    return people


def _mentions(text: str, words: Vocabulary) -> Iterator[tuple[Named, str | None]]:
    """Everybody whom a text names in full, with the office before the name or behind a comma."""
    pieces = [piece.split() for piece in _PIECE.split(text)]
    for tokens, behind in pairwise([*pieces, []]):
        for named, title in find_people(tokens, words):
            office = strip_article(" ".join(behind), words) if named.stop == len(tokens) else ""
            is_office = bool(office) and is_title_word(office.split(None, 1)[0], words)
            yield named, title or (office if is_office and len(behind) <= _LONGEST_OFFICE else None)


def _unled(name: str) -> str:
    """The surname behind a rank in capitals."""
    first, _, rest = name.partition(" ")
    return rest if rest and " " not in rest and first.isupper() and len(first) <= _LONGEST_RANK else name


def _keys(name: str, words: Vocabulary) -> Iterator[str]:
    """Surname, with its particles and without, and given name."""
    tokens = _key(name, words).split()
    yield from (" ".join(tokens[place:]) for place in range(len(tokens) - 1, 0, -1))
    yield from tokens[:1]


def _key(name: str, words: Vocabulary) -> str:
    tokens = strip_honorific(name, words).replace("’", "'").casefold().split()
    while len(tokens) > 1 and tokens[-1].strip(".") in words.phrases("generations"):
        tokens.pop()
    return " ".join(tokens)
