"""Findings beside the lines they are about, the words in question marked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from distribute.domain.finding import Finding
from distribute.domain.release import Release

AROUND = 1
"""Lines with words shown before and after the one in question."""
LONGEST = 320
"""Characters shown of that line; of those around it a third."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the release's file, cut in three: before, in and after the words in question.

    ``is_meant`` for the line that a finding is about; only such a line has a ``middle``.
    """

    number: int
    before: str
    middle: str = ""
    after: str = ""
    is_meant: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """A finding beside the lines it is about (none when they cannot be shown, as those of another file)."""

    finding: Finding
    lines: tuple[Line, ...]
    is_elsewhere: bool = False

    @property
    def place(self) -> str:
        """``line 12``, in another file ``bridge.fr.md line 12``; empty for the release as a whole."""
        name = PurePath(self.finding.file).name if self.is_elsewhere and self.finding.file else ""
        return " ".join(filter(None, (name, f"line {self.finding.line}" if self.finding.line else "")))

    @property
    def verdict(self) -> str:
        if self.finding.silenced is not None:
            return "Silenced"
        return "Blocks" if self.finding.is_blocking else "Advice"


def make_remarks(findings: Sequence[Finding], release: Release, lines: Sequence[str]) -> Iterator[Remark]:
    """Errors first, then in the order of the file; what the release silences last."""
    known = dict(enumerate(lines, start=1)) or dict(_known_lines(release))
    for finding in sorted(findings, key=lambda it: (it.silenced is not None, not it.is_error, it.line or 0, it.rule)):
        is_here = finding.file is None or PurePath(finding.file).name == release.source
        shown = tuple(_lines(finding, known)) if is_here else ()
        yield Remark(finding=finding, lines=shown, is_elsewhere=not is_here)


def _lines(finding: Finding, known: Mapping[int, str]) -> Iterator[Line]:
    number = finding.line or 0
    if not known.get(number, "").strip():
        return
    said = sorted(it for it, words in known.items() if words.strip())
    place = said.index(number)
    for near in said[max(0, place - AROUND) : place + AROUND + 1]:
        yield _meant(finding, known[near]) if near == number else Line(near, shorten(known[near].strip(), LONGEST // 3))


def _meant(finding: Finding, words: str) -> Line:
    """The line in question; where it is long, the stretch around the words that are meant."""
    number, column = finding.line or 0, finding.column or 0
    if not column or not finding.length:
        return Line(number, shorten(words.strip(), LONGEST), is_meant=True)
    start, end = column - 1, column - 1 + finding.length
    before, middle, after = words[:start].lstrip(), shorten(words[start:end], 2 * LONGEST), words[end:].rstrip()
    room = max(60, (LONGEST - len(middle)) // 2)
    if len(before) > room:
        before = "…" + before[-room:].partition(" ")[2]
    return Line(number, before, middle, shorten(after, room), is_meant=True)


def shorten(text: str, longest: int) -> str:
    """``text``, cut between words where it is longer."""
    if len(text) <= longest:
        return text
    return (text[:longest].rpartition(" ")[0] or text[:longest]) + " …"


def _known_lines(release: Release) -> Iterator[tuple[int, str]]:
    """The words a line of the file starts with, as far as the release remembers where they stood."""
    parts = [
        (release.headline_line, release.headline),
        (release.release_line.line, release.release_line.raw),
        (release.dateline.line, release.dateline.raw) if release.dateline else (None, None),
        *((contact.line, ", ".join(filter(None, (contact.name, contact.role)))) for contact in release.contacts),
        *((quote.line, f"“{quote.text}”") for quote in release.quotes),
        *((block.line, block.text) for block in release.body),
    ]
    return ((line, words) for line, words in parts if line and words)
