"""The words around a release: its status above it, a greeting and a covering note, and below it why and the way out."""

from __future__ import annotations

from dataclasses import dataclass

from distribute.domain.note import CoveringNote
from distribute.domain.release import Release, ReleaseLineKind
from distribute.errors import RenderError
from distribute.rendering.dates import direction
from distribute.rendering.phrases import Phrases
from distribute.rendering.prose import Passage, set_text

MOST_NOTE_WORDS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """The words above the headline, and the lift on each clock (none without an embargo)."""

    words: str
    lifts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """What stands between the letterhead and the release: a greeting (may be empty), then a covering note."""

    greeting: str
    passages: tuple[Passage, ...]
    language: str
    direction: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Footer:
    """Who writes, why, and the way out."""

    postal_address: tuple[str, ...]
    reason: str
    unsubscribe: str
    unsubscribe_url: str


def write_status(release: Release, phrases: Phrases, reader_lift: str, other_lifts: str) -> Status:
    """The status line; under embargo the lift on the reader's own clock and on the others.

    A release without a release line is just a press release. Raises RenderError for an embargo without an instant.
    """
    kind = release.release_line.kind
    if kind is ReleaseLineKind.IMMEDIATE:
        return Status(words=phrases("For immediate release"))
    if kind is ReleaseLineKind.NONE:
        return Status(words=phrases("Press release"))
    if release.lift is None:
        raise RenderError("the embargo has no date and time that could be understood: write it out, with its zone")
    return Status(words=phrases("Embargoed until"), lifts=(reader_lift, phrases("that is, {lift}", lift=other_lifts)))


def write_footer(phrases: Phrases, *, organisation: str, postal_address: str, unsubscribe_url: str) -> Footer:
    """The footer; the postal address keeps its lines."""
    return Footer(
        postal_address=tuple(part.strip() for part in postal_address.splitlines() if part.strip()),
        reason=phrases(
            "You receive this as a journalist on the press list of {organisation}.", organisation=organisation
        ),
        unsubscribe=phrases("Unsubscribe"),
        unsubscribe_url=unsubscribe_url,
    )


def write_note(phrases: Phrases, greeting: str, note: CoveringNote | None) -> Note | None:
    """The greeting in the letter's language and the note in its own; None where there is neither.

    Raises RenderError for a note of more than 200 words.
    """
    if not (greeting or note):
        return None
    if note and (number := len(note.text.split())) > MOST_NOTE_WORDS:
        where = f" for {note.list_name}" if note.list_name else ""
        raise RenderError(f"the covering note{where} has {number} words: shorten it to {MOST_NOTE_WORDS} or fewer")
    language = note.language if note else phrases.language
    passages = tuple(set_text(note.text)) if note else ()
    return Note(greeting=greeting, passages=passages, language=language, direction=direction(language))
