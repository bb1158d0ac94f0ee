"""The texts of a release with the places they stand, for rules that read words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest

from distribute.checking.registry import Remark
from distribute.domain.release import Release


@dataclass(frozen=True, slots=True)
class Text:
    """One text of the release; ``line`` is None where the release keeps none for it.

    ``before`` stands on the same line in front of it: the dateline that was taken off.
    """

    words: str
    line: int | None = None
    before: str = ""

    def remark(self, message: str, match: re.Match[str] | int, passage: str = "") -> Remark:
        """A remark at a place in this text, about the words matched, or about ``passage`` from there on."""
        start = match if isinstance(match, int) else match.start()
        about = passage or ("" if isinstance(match, int) else match[0])
        if self.line is None:
            return Remark(message)
        shift = len(self.before) + 1 if self.before else 0
        earlier = (self.before + " " + self.words[:start]).count(about) if about else 0
        return Remark(message, self.line, shift + start + 1, about, earlier)


def body_texts(release: Release) -> Iterator[Text]:
    """Each block of the body; behind a dateline on its line, columns count from the dateline's start."""
    dateline = release.dateline
    for block in release.body:
        is_dated = dateline is not None and dateline.line is not None and dateline.line == block.line
        yield Text(block.text, block.line, dateline.raw if dateline and is_dated else "")


def headline_text(release: Release) -> Text:
    return Text(release.headline or "", release.headline_line)


def subhead_texts(release: Release) -> Iterator[Text]:
    yield from (Text(subhead, line) for subhead, line in zip_longest(release.subheads, _own_lines(release)) if subhead)


def boilerplate_texts(release: Release) -> Iterator[Text]:
    return _paragraphs(release.boilerplate, release.boilerplate_lines)


def notes_texts(release: Release) -> Iterator[Text]:
    return _paragraphs(release.notes_to_editors, release.notes_lines)


def all_texts(release: Release) -> Iterator[Text]:
    """Everything that readers will see as text."""
    yield headline_text(release)
    yield from subhead_texts(release)
    if release.dateline:
        yield Text(release.dateline.raw, release.dateline.line)
    yield from body_texts(release)
    yield from boilerplate_texts(release)
    yield from notes_texts(release)
    yield Text(release.short_headline or "")
    for contact in release.contacts:
        yield from (Text(part, contact.line) for part in (contact.name, contact.role, contact.organisation) if part)
    for asset in release.assets:
        yield from (Text(part, asset.line) for part in (asset.alt, asset.caption, asset.credit, asset.rights) if part)


def file_lines(release: Release) -> Iterator[Text]:
    """Every line of the file below its front matter, for what is no part of the release."""
    lines = list(enumerate(release.lines, 1))
    if lines and lines[0][1].strip("\ufeff \t") == "---":
        end = next((number for number, line in lines[1:] if line.strip() in {"---", "..."}), 0)
        lines = lines[end:]
    yield from (Text(line, number) for number, line in lines)


def shorten(text: str, longest: int = 40) -> str:
    """A passage cut for quoting in a message."""
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"


def _own_lines(release: Release) -> tuple[int, ...]:
    return release.subhead_lines[: len(release.subheads)]


def _paragraphs(text: str | None, lines: tuple[int, ...]) -> Iterator[Text]:
    """Paragraph by paragraph where each has its line; else the text as a whole, without any."""
    paragraphs = (text or "").split("\n\n")
    if len(paragraphs) == len(lines):
        yield from map(Text, paragraphs, lines)
    elif text:
        yield Text(text, lines[0] if lines else None)
