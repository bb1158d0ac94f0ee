"""Bodies of paragraphs, and what is said in them."""

from __future__ import annotations

from distribute.domain.release import Block, BlockKind
from distribute.sources.recognisers.quotes import find_quotes
from distribute.sources.vocabulary import vocabulary

KINDS = {"LIST": BlockKind.LIST, "HEADING": BlockKind.HEADING, "QUOTE": BlockKind.QUOTE}


def body_of(*paragraphs: str) -> list[Block]:
    """A block for each paragraph; ``LIST:``, ``HEADING:`` or ``QUOTE:`` before its text gives its kind."""
    blocks = []
    for line, text in enumerate(paragraphs, 1):
        kind, _, rest = text.partition(":")
        is_marked = kind in KINDS
        blocks.append(Block(kind=KINDS.get(kind, BlockKind.PARAGRAPH), text=rest if is_marked else text, line=line))
    return blocks


def said(language: str, *paragraphs: str) -> list[tuple[str, str | None]]:
    """The first two words of every quotation, with its speaker."""
    quotes = find_quotes(body_of(*paragraphs), vocabulary(language))
    return [(" ".join(quote.text.split()[:2]), quote.speaker) for quote in quotes]


def speakers(language: str, *paragraphs: str) -> list[str | None]:
    return [speaker for _, speaker in said(language, *paragraphs)]
