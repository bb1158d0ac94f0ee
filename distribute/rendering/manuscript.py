"""What a letter says, part by part and in order: the one source of its HTML and of its text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from distribute.domain.release import BlockKind, Release
from distribute.errors import RenderError
from distribute.rendering.contacts import Person, write_person
from distribute.rendering.dates import direction, find_locale
from distribute.rendering.frame import Footer, Note, Status
from distribute.rendering.offering import Picture, offer
from distribute.rendering.phrases import Phrases
from distribute.rendering.prose import (
    Passage,
    Span,
    isolated,
    plain,
    set_block,
    set_text,
    shorten,
    unbroken,
)

_LONGEST_HEADING = 6  # words
PREHEADER = 110  # characters; inboxes show 80 to 110 beside the subject

_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")  # RFC 5646 2.1, its usual forms


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """A part under a heading of ours."""

    heading: str
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Manuscript:
    """Every word of a letter in reading order. ``preheader`` is what inboxes show beside the subject.

    ``language`` is that of the fixed words, ``body_language`` that of the release; directions
    are ``ltr`` or ``rtl``. ``also`` are the other language versions that follow in the same letter, which
    the ``announcement`` names; only the first has a frame around it.
    """

    language: str
    direction: str
    body_language: str
    body_direction: str
    preheader: str
    organisation: str
    status: Status
    headline: str
    subheads: tuple[str, ...]
    body: tuple[Passage, ...]
    end_mark: str
    notes: Chapter | None
    pictures: tuple[Picture, ...]
    contacts_heading: str
    contacts: tuple[Person, ...]
    boilerplate: Chapter | None
    footer: Footer
    note: Note | None = None
    announcement: str = ""
    test_mark: str = ""
    also: tuple[Manuscript, ...] = ()

    @property
    def stories(self) -> tuple[Manuscript, ...]:
        """Every language version in it, its own first."""
        return (self, *self.also)

    def links(self) -> Iterator[str]:
        """The addresses its words lead to."""
        chapters = [part for one in self.stories for part in (one.notes, one.boilerplate) if part]
        passages = [
            *(it for one in self.stories for it in one.body),
            *(it for part in chapters for it in part.passages),
        ]
        passages += self.note.passages if self.note else ()
        yield from (span.href for it in passages for line in it.lines for span in line if span.href)


def write_manuscript(
    release: Release,
    phrases: Phrases,
    *,
    organisation: str,
    status: Status,
    footer: Footer,
    note: Note | None = None,
    own: Phrases | None = None,
) -> Manuscript:
    """The manuscript of ``release`` in the fixed words of ``phrases``; nothing in it is invented.

    ``own`` are the fixed words of the release's language, by which the author's headings are known for what ours say.

    Raises RenderError for a release without a headline or with a link that is not https, mailto or tel.
    """
    if not (release.headline or "").strip():
        raise RenderError("the release has no headline, so the letter has no subject: add one")
    headline = unbroken(release.headline or "")
    body_language = _language(release, phrases)
    return Manuscript(
        language=phrases.language,
        direction=direction(phrases.language),
        body_language=body_language,
        body_direction=direction(body_language),
        preheader=_preheader(release, headline),
        organisation=unbroken(organisation),
        status=status,
        headline=headline,
        subheads=tuple(unbroken(subhead) for subhead in release.subheads),
        body=_set(_body(release), body_language),
        end_mark=unbroken(release.end_mark or ""),
        notes=_turned(_notes(release, phrases, own or phrases), body_language),
        pictures=tuple(offer(asset, phrases) for asset in release.assets if asset.url.startswith("https://")),
        contacts_heading=phrases("Media contacts") if len(release.contacts) > 1 else phrases("Media contact"),
        contacts=tuple(write_person(contact, phrases) for contact in release.contacts),
        boilerplate=_turned(_boilerplate(release, phrases, organisation), body_language),
        footer=footer,
        note=note,
    )


def with_versions(letter: Manuscript, others: tuple[Manuscript, ...], phrases: Phrases) -> Manuscript:
    """``letter`` with other language versions after its own, announced by the names they have in themselves."""
    if not others:
        return letter
    names = (find_locale(other.body_language) for other in others)
    languages = ", ".join(name.get_display_name() or str(name) for name in names)
    return replace(letter, also=others, announcement=phrases("Also below: {languages}", languages=languages))


def _language(release: Release, phrases: Phrases) -> str:
    language = release.language or phrases.language
    if not _LANGUAGE.fullmatch(language):
        raise RenderError(f"“{language}” is not a language: write a tag such as en, fr or pt-BR")
    return language


def _preheader(release: Release, headline: str) -> str:
    """What the inbox shows behind the subject: the lead, else the subhead, without what the headline says."""
    for words in (release.lead.text if release.lead else "", *release.subheads):
        text = unbroken(words)
        if text.casefold().startswith(headline.casefold()):
            text = text[len(headline) :].lstrip(" .:;,–—-")
        if text.casefold() not in headline.casefold():
            return shorten(text, PREHEADER)
    return ""


def _body(release: Release) -> Iterator[Passage]:
    """The body with the dateline run into its first paragraph, in bold."""
    dateline = unbroken(release.dateline.raw) if release.dateline else ""
    passages = [passage for block in release.body for passage in set_block(block)]
    if dateline and not any(passage.kind is BlockKind.PARAGRAPH for passage in passages):
        passages.insert(0, Passage(kind=BlockKind.PARAGRAPH, lines=((),)))
    for passage in passages:
        if dateline and passage.kind is BlockKind.PARAGRAPH:
            is_open = dateline[-1].isalnum() or dateline[-1] in ")]"
            run_in = Span(text=f"{dateline} — " if is_open else f"{dateline} ", strong=True)
            passage = replace(passage, lines=((run_in, *passage.lines[0]), *passage.lines[1:]))
            dateline = ""
        yield passage


def _set(passages: Iterable[Passage], language: str) -> tuple[Passage, ...]:
    return isolated(passages) if direction(language) == "rtl" else tuple(passages)


def _turned(chapter: Chapter | None, language: str) -> Chapter | None:
    return replace(chapter, passages=_set(chapter.passages, language)) if chapter else None


def _notes(release: Release, phrases: Phrases, own: Phrases) -> Chapter | None:
    """The notes under our heading; the author's, such as “Note to editors:”, would say it twice."""
    text = release.notes_to_editors or ""
    first, _, rest = text.strip().partition("\n")
    words = first.casefold().strip(" :").split()
    known = own("Notes to editors").casefold()[:4]
    is_heading = 0 < len(words) <= _LONGEST_HEADING and any(word.startswith(known) for word in words)
    is_open = first.strip()[-1:].isalnum() or first.rstrip().endswith(":")
    if is_heading and is_open and rest.strip():
        text = rest
    return _chapter(phrases("Notes to editors"), text)


def _boilerplate(release: Release, phrases: Phrases, organisation: str) -> Chapter | None:
    heading = phrases("About {organisation}", organisation=organisation)
    return _chapter(heading, release.boilerplate, keeps_own_heading=True)


def _chapter(heading: str, text: str | None, *, keeps_own_heading: bool = False) -> Chapter | None:
    passages = tuple(set_text(text or ""))
    first, rest = _first_line(passages)
    is_headed = rest and keeps_own_heading and first[-1:].isalnum()
    if is_headed or first.strip(" :").casefold() == heading.casefold():
        heading, passages = first, rest
    return Chapter(heading=heading, passages=passages) if passages else None


def _first_line(passages: tuple[Passage, ...]) -> tuple[str, tuple[Passage, ...]]:
    """The first line, and the passages without it."""
    if not passages:
        return "", ()
    first, *others = passages[0].lines
    return plain(first), ((replace(passages[0], lines=tuple(others)),) if others else ()) + passages[1:]
