"""The text part of a letter, straight from its manuscript: the same words in the same order as the HTML.

One paragraph is one line, so that it pastes without joining lines; mail clients wrap. Quotation
marks, dashes and spaces are those of the release.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from distribute.domain.release import BlockKind
from distribute.rendering.contacts import Person
from distribute.rendering.frame import Footer, Note
from distribute.rendering.manuscript import Chapter, Manuscript
from distribute.rendering.offering import Picture
from distribute.rendering.phrases import Phrases
from distribute.rendering.prose import Line, Passage, Span

DIVIDER = "* * *"
SEPARATOR = "-- "  # what follows is no part of the message (RFC 3676 4.3)


def write_text(letter: Manuscript, phrases: Phrases, *others: Phrases) -> str:
    """The whole text part, lines ended by LF; the phrases, one of each version, only join words to web addresses."""
    blocks = [
        letter.test_mark,
        _lines(letter.organisation, letter.status.words, *letter.status.lifts),
        *_note(letter.note),
        letter.announcement,
        *_story(letter, phrases),
    ]
    for other, words in zip(letter.also, others, strict=True):
        blocks += [DIVIDER, *_story(other, words)]
    blocks.append(SEPARATOR + "\n" + _footer(letter.footer, phrases))
    return "\n\n".join(block for block in blocks if block) + "\n"


def _story(letter: Manuscript, phrases: Phrases) -> Iterator[str]:
    """One language version of the release."""
    yield letter.headline
    yield from letter.subheads
    yield from _passages(letter.body)
    yield letter.end_mark
    yield from _chapter(letter.notes)
    yield from (_picture(picture, phrases) for picture in letter.pictures)
    yield from _contacts(letter)
    yield from _chapter(letter.boilerplate)


def _note(note: Note | None) -> Iterator[str]:
    if note:
        yield note.greeting
        yield from _passages(note.passages)
        yield DIVIDER


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
    download = phrases("{words}: {url}", words=picture.download, url=picture.full_size) if picture.download else ""
    return _lines(picture.caption, picture.credit, picture.rights, download)


def _contacts(letter: Manuscript) -> Iterator[str]:
    if letter.contacts:
        yield letter.contacts_heading
        yield from map(_person, letter.contacts)


def _person(person: Person) -> str:
    phones = (f"{phone.words} {phone.extension}".rstrip() for phone in person.phones)
    return _lines(person.name, person.details, *phones, *person.emails)


def _footer(footer: Footer, phrases: Phrases) -> str:
    leave = phrases("{words}: {url}", words=footer.unsubscribe, url=footer.unsubscribe_url)
    return _lines(*footer.postal_address, footer.reason, leave)
