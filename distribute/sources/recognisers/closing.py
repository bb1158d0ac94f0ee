"""What ends a release: the end mark, footers, footnotes, boilerplate and notes to editors."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from distribute.sources.document import Document
from distribute.sources.parts import Part, Proposal
from distribute.sources.recognisers.contact_labels import is_contact_label
from distribute.sources.recognisers.quotation_marks import opens_with_mark
from distribute.sources.vocabulary import CAPITALS, Vocabulary, either

_SIGNS = re.compile(r"[-–—‐‑\s]*30[-–—‐‑\s]*|(?:#\s*)+|[-–—~*\s]*[oO0]{3}[-–—~*\s]*|[-–—]\s?0\s?[-–—]")
_STARS = re.compile(r"(?:[*•]\s*){3,}")
_DRAWN = re.compile(r"(?:[-–—_=*~#.·•+|]\s*){3,}")
_FOOTNOTE = re.compile(r"(?:\[\d{1,2}\]|\(\d{1,2}\)|\^\d{1,2})\s+\S")
_OF_ITS = re.compile(r"['’]s\s+[a-z]")
_LONGEST_HEADING = 90
_LONGEST_CROSS_HEADING = 5
_SHORTEST_VOICE = 80


def propose_end_marks(document: Document, words: Vocabulary) -> Iterator[Proposal]:
    """``-30-``, ``###``, ``ENDS``, ``– Fin –``; a bare word only in capitals or with its dashes."""
    for index, line in document.ends():
        if not index or len(line.text) >= 50:
            continue
        if is_end_mark(line.text, words) or _is_bare_mark(document, index, words):
            yield Proposal(Part.END_MARK, (index,), 1.0)
        elif _STARS.fullmatch(line.text) and _only_sections_follow(document, index + 1, words):
            yield Proposal(Part.END_MARK, (index,), 0.9)


def _only_sections_follow(document: Document, index: int, words: Vocabulary) -> bool:
    """Stars end a release where contacts, boilerplate or nothing comes next; else they part its chapters."""
    if index == len(document.lines):
        return True
    text = document.lines[index].text
    return is_contact_label(text, words) or heading_kind(text, words) is not None


def is_end_mark(text: str, words: Vocabulary) -> bool:
    if _SIGNS.fullmatch(text):
        return not text.strip().isdigit()
    match = _word_mark(words).fullmatch(text)
    return bool(match) and (match["word"] != text or text.isupper() or text.istitle()) if match else False


def _is_bare_mark(document: Document, index: int, words: Vocabulary) -> bool:
    """``ends`` in small letters, behind a whole sentence."""
    text = document.lines[index].text
    return text.casefold() in words.phrases("end_marks") and document.lines[index - 1].text[-1] in ".!?”»\"'"


def propose_footers(document: Document, words: Vocabulary) -> Iterator[Proposal]:
    """``SOURCE Boeing``, ``© 2026``, ``View original content``: for the machine, not for the page."""
    for index, line in document.ends():
        if index > 2 and len(line.text) < 120 and _footer(words).match(line.text):
            yield Proposal(Part.FOOTER, (index,), 0.85)


def propose_separators(document: Document) -> Iterator[Proposal]:
    """``----``, ``=====``, ``* * *``: a line that is drawn and says nothing."""
    for index, line in document.ends():
        if _DRAWN.fullmatch(line.text):
            yield Proposal(Part.SEPARATOR, (index,), 0.5)


def propose_footnotes(document: Document) -> Iterator[Proposal]:
    """The run of numbered notes that ends a text: ``[1] Ministry of Justice, 2024``."""
    run: list[int] = []
    for index, line in document.ends():
        if _FOOTNOTE.match(line.text):
            run.append(index)
        elif run and not line.continues:
            run = run if index - run[-1] > 1 else []
        elif run:
            run.append(index)
    if run and run[0] > 2:
        yield Proposal(Part.NOTES, tuple(run), 0.5)


def find_voices(document: Document, start: int, stop: int) -> int:
    """Where whole quotations begin behind a self-description, with the headings above the first of them; else stop."""
    quoted = (i for i in range(start, stop) if _is_quoted(document.lines[i].text))
    first = next(quoted, stop)
    while start < first < stop and _heads_voices(document.lines[first - 1].text):
        first -= 1
    return first if first > start else stop


def _is_quoted(text: str) -> bool:
    return len(text) > _SHORTEST_VOICE and opens_with_mark(text)


def _heads_voices(text: str) -> bool:
    return len(text.split()) <= _LONGEST_CROSS_HEADING and text[-1] not in ".!?"


def heading_kind(text: str, words: Vocabulary) -> Part | None:
    """Which section a line opens: ``About us`` boilerplate, ``Notes to editors`` notes; else None."""
    if len(text) <= _LONGEST_HEADING and _notes(words).fullmatch(text):
        return Part.NOTES
    if _notes_run_in(words).match(text):
        return Part.NOTES
    if len(text) <= _LONGEST_HEADING and _about(words).fullmatch(text):
        is_sentence = text[-1] in "?!" or (text[-1] == "." and len(text.split()) > 6) or bool(_OF_ITS.search(text))
        if not is_sentence:
            return Part.BOILERPLATE
    return Part.BOILERPLATE if _about_run_in(words).match(text) else None


@cache
def _word_mark(words: Vocabulary) -> re.Pattern[str]:
    sign = r"[\s\-–—*#/\[\](){}.<>~=_|:]*"
    return re.compile(rf"{sign}(?P<word>{words.either('end_marks')}){sign}", re.IGNORECASE)


@cache
def _footer(words: Vocabulary) -> re.Pattern[str]:
    source = either(map(str.upper, words.phrases("source_words")))
    return re.compile(rf"(?:{source}\s+[{CAPITALS}]|(?i:{words.either('footers')})(?:\s*$|(?<=[:©])))")


@cache
def _notes(words: Vocabulary) -> re.Pattern[str]:
    return re.compile(rf"[\W_]*{words.either('notes_headings')}[\W_]*(?:\([^()]*\)[\W_]*)?", re.IGNORECASE)


@cache
def _notes_run_in(words: Vocabulary) -> re.Pattern[str]:
    headings = [phrase for phrase in words.phrases("notes_headings") if " " in phrase or "-" in phrase]
    return re.compile(rf"[\W_]*{either(headings)}\s*[:–—]", re.IGNORECASE)


@cache
def _about(words: Vocabulary) -> re.Pattern[str]:
    opener = words.either("boilerplate_openers")
    return re.compile(rf"[\W_]*(?i:{opener})(?:(?:\s+|(?<=['’]))[\w(«“\"].*|\s*:?)")


@cache
def _about_run_in(words: Vocabulary) -> re.Pattern[str]:
    opener = words.either("boilerplate_openers")
    return re.compile(
        rf"[\W_]*(?i:{opener})(?:\s+|(?<=['’]))(?:(?i:{words.either('articles')})\s+)?[{CAPITALS}0-9«“\"][^.?!:]{{1,80}}\s?[:–—]\s"
    )
