"""The texts of a release with the places they stand, for rules that read words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from distribute.checking.registry import Remark
from distribute.domain.release import Release


@dataclass(frozen=True, slots=True)
class Text:
    """One text of the release; ``line`` is None where the release keeps none for it."""

    words: str
    line: int | None = None
    shift: int = 0

    def remark(self, message: str, match: re.Match[str] | int) -> Remark:
        """A remark at a place in this text."""
        start = match if isinstance(match, int) else match.start()
        return Remark(message, self.line, self.shift + start + 1 if self.line else None)


def body_texts(release: Release) -> Iterator[Text]:
    """Each block of the body; behind a dateline on its line, columns count from the dateline's start."""
    dateline = release.dateline
    for block in release.body:
        is_dated = dateline is not None and dateline.line is not None and dateline.line == block.line
        yield Text(block.text, block.line, len(dateline.raw) + 1 if dateline and is_dated else 0)


def all_texts(release: Release) -> Iterator[Text]:
    """Everything that readers will see as text."""
    yield Text(release.headline or "", release.headline_line)
    for subhead in release.subheads:
        yield Text(subhead)
    if release.dateline:
        yield Text(release.dateline.raw, release.dateline.line)
    yield from body_texts(release)
    for part in (release.boilerplate, release.notes_to_editors, release.short_headline):
        yield Text(part or "")
    for contact in release.contacts:
        yield Text(" ".join(filter(None, (contact.name, contact.role, contact.organisation))), contact.line)
    for asset in release.assets:
        yield Text(" ".join(filter(None, (asset.alt, asset.caption, asset.credit))), asset.line)


def shorten(text: str, longest: int = 40) -> str:
    """A passage cut for quoting in a message."""
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"
