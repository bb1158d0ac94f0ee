"""Everybody a text names, so that ``said Struthers`` and ``she added`` find their person."""

from __future__ import annotations

import re
from collections.abc import Sequence

from distribute.domain.release import Block
from distribute.sources.recognisers.attribution import SENTENCE
from distribute.sources.recognisers.speakers import Speaker, subject_of
from distribute.sources.vocabulary import CAPITALS, Vocabulary

_CAPITALISED = rf"[{CAPITALS}][\w’'\-]+"


class Cast:
    """The persons of a body and who of them spoke last; ask in the order of the text."""

    def __init__(self, body: Sequence[Block], words: Vocabulary) -> None:
        self.words = words
        self.full_names = _full_names(body, words)
        self.known: dict[str, tuple[str, str | None]] = {}
        self.last: tuple[str | None, str | None] = (None, None)

    def name(self, speaker: Speaker, before: str) -> tuple[str | None, str | None]:
        """Name and title of a speaker; ``before`` is what stands before the quotation in its paragraph."""
        subject = self._subject(before) if not speaker.name else None
        if subject and (speaker.is_pronoun or _is_same_office(speaker.title, subject.title)):
            speaker = subject
        name, title = self._resolve(speaker)
        if name or title:
            self.last = name, title
        if name:
            self.known.setdefault(_surname(name), (name, title))
        return name, title

    def _subject(self, before: str) -> Speaker | None:
        """The person with whom the nearest sentence begins that begins with one."""
        for sentence in reversed(SENTENCE.split(before.strip())):
            if subject := subject_of(sentence, self.words):
                return subject
        return None

    def _resolve(self, speaker: Speaker) -> tuple[str | None, str | None]:
        if speaker.is_pronoun:
            return self.last
        if not speaker.name:
            holders = [person for person in self.known.values() if _is_same_office(speaker.title, person[1])]
            return holders[0] if len(holders) == 1 else (None, speaker.title)
        known = self.known.get(_surname(speaker.name))
        if known and (speaker.is_surname or known[0] == speaker.name):
            return known[0], speaker.title if speaker.title and not speaker.is_surname else known[1] or speaker.title
        if speaker.is_surname:
            return self.full_names.get(_surname(speaker.name), speaker.name), speaker.title
        return speaker.name, speaker.title


def _is_same_office(short: str | None, whole: str | None) -> bool:
    """``o secretário`` is the ``secretário municipal de Educação`` named before."""
    return bool(short) and bool(whole) and " " not in (short or "") and (whole or "").split()[0] == short


def _surname(name: str) -> str:
    return name.rsplit(None, 1)[-1].casefold()


def _full_names(body: Sequence[Block], words: Vocabulary) -> dict[str, str]:
    """Surname, case-folded, to the first ``Given Surname`` in the text."""
    particle = rf"(?:{words.either('particles')}\s+){{0,2}}"
    pattern = re.compile(rf"(?<![\w.])(?=({_CAPITALISED} (?:[A-Z]\. )?{particle}({_CAPITALISED})))")
    found: dict[str, str] = {}
    for block in body:
        for match in pattern.finditer(block.text):
            found.setdefault(match[2].casefold(), match[1])
    return found
