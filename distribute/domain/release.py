"""A press release in the trade's own parts, as understood from the file and nothing invented."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from distribute.domain.finding import Silence

_SPELT_OUT = str.maketrans({"æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d"})
_WRITTEN = frozenset({"Ll", "Lo", "Nd"})


class ReleaseLineKind(StrEnum):
    """What the line above the headline says about publication."""

    IMMEDIATE = "immediate"
    EMBARGO = "embargo"
    NONE = "none"


class BlockKind(StrEnum):
    """The forms a piece of the body can have."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    LIST = "list"
    QUOTE = "quote"


class MarkKind(StrEnum):
    """Emphasis and links inside a block."""

    STRONG = "strong"
    EMPHASIS = "emphasis"
    LINK = "link"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseLine:
    """For immediate release, or embargoed until one aware instant.

    ``until`` is None for an embargo that could not be dated: such a release must be held.
    ``is_zone_inferred`` says that its zone is that of a dateline or of a desk, and stands nowhere in the line.
    ``rivals`` are the text's other embargo lines, each with its own instant; where these differ, none holds.
    """

    kind: ReleaseLineKind = ReleaseLineKind.NONE
    raw: str | None = None
    until: datetime | None = None
    is_zone_inferred: bool = False
    line: int | None = None
    rivals: tuple[ReleaseLine, ...] = ()

    @property
    def is_embargoed(self) -> bool:
        return self.kind is ReleaseLineKind.EMBARGO


@dataclass(frozen=True, slots=True, kw_only=True)
class Dateline:
    """Where and when the release was issued: ``OTTAWA, 1 September 2020 —``."""

    raw: str
    place: str | None = None
    date: date | None = None
    line: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """Characters ``start`` to ``end`` (end exclusive) of a block's text are marked so."""

    start: int
    end: int
    kind: MarkKind
    href: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One paragraph, heading, list (one item per line of ``text``) or block quotation."""

    kind: BlockKind
    text: str
    line: int | None = None
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """One contiguous quotation by one speaker, without its outer marks.

    ``paragraphs`` counts those it runs over; their texts are joined by a blank line.
    ``blocks`` are the indexes of the body blocks it stands in.
    """

    text: str
    speaker: str | None = None
    title: str | None = None
    paragraphs: int = 1
    line: int | None = None
    blocks: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MediaContact:
    """Whom a journalist may call. ``phones`` are E.164 with ``;ext=`` where there is one."""

    name: str | None = None
    role: str | None = None
    organisation: str | None = None
    phones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    line: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Asset:
    """An image offered with the release, and what an editor needs beside it.

    It has an https address, or stands in the document itself: then ``url`` is empty, ``name`` is what the
    document calls it, and ``data`` are its bytes (``media_type``) without metadata. ``width`` and
    ``height`` are pixels, None where nobody has looked. ``rights`` say who may use it for what; ``full_size``
    is the https address of the file to print from, where that is another.
    """

    url: str = ""
    alt: str | None = None
    caption: str | None = None
    credit: str | None = None
    rights: str | None = None
    full_size: str | None = None
    line: int | None = None
    width: int | None = None
    height: int | None = None
    name: str | None = None
    media_type: str | None = None
    data: bytes | None = field(default=None, repr=False)

    @property
    def is_embedded(self) -> bool:
        """It stands in the document and has no address of its own."""
        return self.data is not None

    @property
    def label(self) -> str:
        """What to call it in a sentence: its address, else its name."""
        return self.url or self.name or "in the document"


@dataclass(frozen=True, slots=True, kw_only=True)
class Aside:
    """A line that no other part shows: letterhead, label, footer, a contact as it was written, what was overruled."""

    part: str
    text: str
    line: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """A press release. Absent parts are None or empty.

    ``slug`` names the release in the ledger: the same slug and edition reach one person once.
    ``short_headline`` is the author's own shorter headline for networks.
    ``issued`` is the release's own date, wherever the text or its author gives it.
    ``version`` and ``updated`` are what the author states of this text's last edit, for its translations.
    ``other`` are the lines that belong to none of these parts: nothing of a text is lost.
    ``source`` is the file's name, ``sha256`` the hex digest of its bytes (and its sidecar's).
    Where a part begins is the number of its line, counted from 1: one for each subhead, and for each
    paragraph of the boilerplate and the notes. ``lines`` are those of the file itself, all of them.
    """

    headline: str | None
    subheads: tuple[str, ...] = ()
    language: str | None = None
    release_line: ReleaseLine = field(default_factory=ReleaseLine)
    dateline: Dateline | None = None
    body: tuple[Block, ...] = ()
    quotes: tuple[Quote, ...] = ()
    contacts: tuple[MediaContact, ...] = ()
    boilerplate: str | None = None
    notes_to_editors: str | None = None
    end_mark: str | None = None
    link: str | None = None
    short_headline: str | None = None
    assets: tuple[Asset, ...] = ()
    slug: str = ""
    edition: int = 1
    source: str = ""
    sha256: str = ""
    headline_line: int | None = None
    issued: date | None = None
    subhead_lines: tuple[int, ...] = ()
    boilerplate_lines: tuple[int, ...] = ()
    notes_lines: tuple[int, ...] = ()
    end_mark_line: int | None = None
    silences: tuple[Silence, ...] = ()
    lines: tuple[str, ...] = field(default=(), repr=False, compare=False)
    version: str | None = None
    updated: datetime | None = None
    other: tuple[Aside, ...] = ()

    @property
    def lift(self) -> datetime | None:
        """The instant the embargo ends; None when there is none or it could not be dated."""
        return self.release_line.until if self.release_line.is_embargoed else None

    @property
    def lead(self) -> Block | None:
        """The first paragraph of the body."""
        return next((b for b in self.body if b.kind is BlockKind.PARAGRAPH), None)

    def words(self) -> Iterator[str]:
        """The words of the body, split at white space."""
        for block in self.body:
            yield from block.text.split()


def slugify(text: str, longest: int = 60) -> str:
    """ASCII letters and digits joined by hyphens, cut between words at ``longest`` characters.

    Where that leaves something out (the end of a long headline, letters that are not Latin) a
    digest of the whole follows: two releases must never share a name in the ledger.

    >>> slugify("Belarus: Police must be held accountable")
    'belarus-police-must-be-held-accountable'
    """
    folded = unicodedata.normalize("NFKD", text.casefold().translate(_SPELT_OUT))
    plain = "".join(ch for ch in folded if not unicodedata.combining(ch))
    slug = "-".join(re.findall(r"[a-z0-9]+", plain))
    if len(slug) <= longest and all(ch.isascii() or unicodedata.category(ch) not in _WRITTEN for ch in plain):
        return slug
    digest = hashlib.sha256(folded.encode()).hexdigest()[: min(8, longest)]
    whole_words = (slug + "-")[: max(0, longest - len(digest))].rpartition("-")[0]
    return f"{whole_words}-{digest}".lstrip("-")
