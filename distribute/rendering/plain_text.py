"""The text part of a letter, straight from its manuscript: the same words in the same order as the HTML.

One paragraph is one line, so that it pastes without joining lines; mail clients wrap. Quotation
marks, dashes and spaces are those of the release.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from distribute.domain.release import BlockKind
from distribute.rendering.manuscript import Chapter, Footer, Manuscript, Person, Picture
from distribute.rendering.phrases import Phrases
from distribute.rendering.prose import Line, Passage, Span

SEPARATOR = "-- "  # what follows is no part of the message (RFC 3676 4.3)


def write_text(letter: Manuscript, phrases: Phrases) -> str:
    """The whole text part, lines ended by LF; ``phrases`` only join words to web addresses."""
    blocks = [
        _lines(letter.organisation, letter.status.words, *letter.status.lifts),
        letter.headline,
        *letter.subheads,
        *_passages(letter.body),
        letter.end_mark,
        *_chapter(letter.notes),
        *(_picture(picture, phrases) for picture in letter.pictures),
        *_contacts(letter),
        *_chapter(letter.boilerplate),
        SEPARATOR + "\n" + _footer(letter.footer, phrases),
    ]
    return "\n\n".join(block for block in blocks if block) + "\n"


def _lines(*parts: str) -> str:
    return "\n".join(part for part in parts if part)


def _passages(passages: Iterable[Passage]) -> Iterator[str]:
    for passage in passages:
        bullet = "• " if passage.kind is BlockKind.LIST else ""
        yield "\n".join(bullet + _line(line) for line in passage.lines)


def _line(line: Line) -> str:
    """The words of a line; a link's address follows its last word, unless it is that word."""
    following = (*line[1:], Span(text=""))
    return "".join(span.text + _address(span, after) for span, after in zip(line, following, strict=False))


def _address(span: Span, after: Span) -> str:
    if span.href is None or span.href == after.href:
        return ""
    bare = span.href.removeprefix("mailto:").removeprefix("https://").rstrip("/")
    shown = span.text.strip().removeprefix("https://").rstrip("/")
    return "" if shown == bare or span.href.lower().startswith("tel:") else f" ({span.href.removeprefix('mailto:')})"


def _chapter(chapter: Chapter | None) -> Iterator[str]:
    if chapter:
        yield chapter.heading
        yield from _passages(chapter.passages)


def _picture(picture: Picture, phrases: Phrases) -> str:
    download = phrases("{words}: {url}", words=picture.download, url=picture.url)
    return _lines(picture.caption, picture.credit, download)


def _contacts(letter: Manuscript) -> Iterator[str]:
    if letter.contacts:
        yield letter.contacts_heading
        yield from map(_person, letter.contacts)


def _person(person: Person) -> str:
    return _lines(person.name, person.details, *(phone.words for phone in person.phones), *person.emails)


def _footer(footer: Footer, phrases: Phrases) -> str:
    leave = phrases("{words}: {url}", words=footer.unsubscribe, url=footer.unsubscribe_url)
    return _lines(*footer.postal_address, footer.reason, leave)
