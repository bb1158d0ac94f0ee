"""Rules about footnotes: each mark has its note, and each note its mark."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

from distribute.checking.registry import Remark, warning
from distribute.checking.texts import Text, body_texts, boilerplate_texts, headline_text, notes_texts
from distribute.domain.release import Release

_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_SIGN = re.compile(r"[\[⁰¹²³⁴⁵⁶⁷⁸⁹]")
_MARK = re.compile(
    r"(?<=\S)\s?\[(?P<number>\d{1,2})\]|(?:(?<=[^\W\d_]{4})|(?<=[.,;:!?”»\")]))(?P<raised>[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,2})(?!\w)"
)
_NOTE = re.compile(r"(?:^|\n)\s*(?:\[(?P<number>\d{1,2})\]|(?P<raised>[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,2}))\s*\S")
_LISTED = re.compile(r"(?:^|\n)\s*\(?(\d{1,2})[.)]\s+\S")


@warning("footnote-without-note")
def check_marks(release: Release, _now: datetime) -> Iterator[Remark]:
    """Each footnote mark, [1] or ¹, has its note."""
    noted = {number for text in _texts(release) for _, number in _notes(text)} | _listed(release)
    for text in _texts(release):
        for match, number in _marks(text):
            if number not in noted:
                yield text.remark(
                    f"The mark {match[0].strip()} leads to no note: add note {number} below the text, or delete it.",
                    match.start() + len(match[0]) - len(match[0].lstrip()),
                    match[0].strip(),
                )


@warning("note-without-footnote")
def check_notes(release: Release, _now: datetime) -> Iterator[Remark]:
    """Each footnote below the text has its mark in the text."""
    marked = {number for text in _texts(release) for _, number in _marks(text)}
    for text in _texts(release):
        for match, number in _notes(text):
            if number not in marked:
                yield text.remark(f"No mark in the text leads to note {number}: add the mark, or delete it.", match)


def _texts(release: Release) -> tuple[Text, ...]:
    """The file's own lines with a mark, since a note begins on one; the parts where the release keeps no lines."""
    if release.lines:
        return tuple(Text(line, number) for number, line in enumerate(release.lines, 1) if _SIGN.search(line))
    return (headline_text(release), *body_texts(release), *notes_texts(release), *boilerplate_texts(release))


def _marks(text: Text) -> Iterator[tuple[re.Match[str], int]]:
    """The marks in a text, but for those that open a note."""
    opening = {match.end("number") + 1 if match["number"] else match.end("raised") for match, _ in _notes(text)}
    for match in _MARK.finditer(text.words):
        if match.end() not in opening:
            yield match, _number(match)


def _notes(text: Text) -> Iterator[tuple[re.Match[str], int]]:
    for match in _NOTE.finditer(text.words):
        yield match, _number(match)


def _listed(release: Release) -> set[int]:
    """Notes numbered as a list, under a heading of their own: they may answer marks, but need none."""
    return {int(match[1]) for text in notes_texts(release) for match in _LISTED.finditer(text.words)}


def _number(match: re.Match[str]) -> int:
    return int(match["number"] or match["raised"].translate(_RAISED))
