"""A text laid out in lines, each with its part, beside what its author states: the ground a release is built on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from distribute.sources.document import Document
from distribute.sources.language import guess_language
from distribute.sources.matter import Matter
from distribute.sources.parts import Part
from distribute.sources.plain import read_plain
from distribute.sources.recognisers.opening import split_heads
from distribute.sources.resolver import Resolved, resolve
from distribute.sources.statements import (
    stated_language,
)
from distribute.sources.vocabulary import Vocabulary, vocabulary


@dataclass(frozen=True, slots=True)
class Reading:
    """A document with its words, the part of each line, and what its author states beside it."""

    document: Document
    words: Vocabulary
    resolved: Resolved
    matter: Matter
    now: datetime
    zone: str = "UTC"

    def text(self, *parts: Part) -> str | None:
        """The paragraphs of these parts, a blank line between them; None when there are none."""
        found = self.document.paragraphs(self.resolved.lines(*parts))
        return "\n\n".join(paragraph.text for paragraph in found) or None


def understand(source: str | Document, matter: Matter, now: datetime, *, is_markdown: bool = False) -> Reading:
    """Lines to parts; nothing here fails for want of a part. ``source`` is a text, or what another format made."""
    text = source if isinstance(source, str) else source.text
    document = _read_markdown(text) if is_markdown else None if isinstance(source, str) else source
    language = stated_language(matter) or guess_language(text)
    words = vocabulary(language)
    document = split_heads(document or read_plain(text, words), words)
    return Reading(document, words, resolve(document, words, has_headline="headline" in matter), matter, now)


def _read_markdown(text: str) -> Document:
    from distribute.sources.markdown import read_markdown  # noqa: PLC0415  a parser that only Markdown needs

    return read_markdown(text)
