"""A release as a letter: compiled once for a language variant, filled for each reader without rendering."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from email.utils import format_datetime
from urllib.parse import quote

from jinja2 import Environment

from distribute.domain.content import Address, Letter, Slotted
from distribute.domain.note import CoveringNote
from distribute.domain.release import Release
from distribute.errors import RenderError
from distribute.rendering.dates import lift_in_short, lift_in_words, listed
from distribute.rendering.environment import template_source
from distribute.rendering.frame import Footer, Status, write_footer, write_note, write_status
from distribute.rendering.hosts import hosts_of
from distribute.rendering.inspection import inspect_characters
from distribute.rendering.manuscript import Manuscript, with_versions, write_manuscript
from distribute.rendering.page import cut, write_page
from distribute.rendering.phrases import Phrases, open_phrases
from distribute.rendering.plain_text import write_text
from distribute.rendering.prose import shorten, unbroken

LONGEST_SUBJECT = 120  # characters
INBOXES_CUT_AT = 70  # characters; narrower ones cut sooner
LIST_PHRASE = "Media list"
"""The words of List-Id: US-ASCII and the same in every language, since mail programs file by the field as it stands."""
UNSUBSCRIBE_URL = "unsubscribe_url"
READER_LIFT = "reader_lift"
OTHER_LIFTS = "other_lifts"
GREETING = "greeting"
TEST_MARK = "TEST: this is a test copy, not for publication. Nobody on a list has received it."

_LIST_ID = re.compile(r"[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")


@dataclass(frozen=True, kw_only=True)
class Letterhead:
    """Who writes. ``list_id`` is a name under a domain of the sender's, ASCII (RFC 2919): ``press.example.org``.

    ``postal_address`` may have several lines. ``image_hosts`` are those pictures may come from, with their subdomains;
    None while nobody is set up: then the release's own. Raises RenderError for a list id that is none.
    """

    sender: Address
    reply_to: Address | None
    organisation: str
    postal_address: str
    list_id: str
    image_hosts: frozenset[str] | None = None

    def __post_init__(self) -> None:
        if not _LIST_ID.fullmatch(self.list_id):
            raise RenderError(f"“{self.list_id}” is not a list id: write a domain name such as press.example.org")


@dataclass(frozen=True, kw_only=True)
class Contents:
    """What one variant of a letter holds: the versions of the release, the reader's own first, and what is said above.

    ``is_test`` marks a copy that only people of ours get.
    """

    versions: Sequence[Release]
    note: CoveringNote | None = None
    is_greeting: bool = False
    is_test: bool = False


def compile_letter(
    it: Release | Contents, letterhead: Letterhead, language: str, *, at: datetime, zone: str, environment: Environment
) -> Letter:
    """The letter of a release, or of ``Contents``, with its fixed words in ``language`` (BCP 47).

    ``at`` (aware) becomes the Date header; ``zone`` is the issuer's, an IANA name. The slots are
    ``unsubscribe_url``, under embargo ``reader_lift`` and ``other_lifts``, and ``greeting`` where readers are
    greeted; fill them from :func:`reader_values`.
    The same arguments give the same letter, byte for byte. Raises RenderError when the release
    or a template does not make a letter that may go out, InstantError for an unknown zone.
    """
    if at.tzinfo is None:
        raise RenderError("the letter's date has no time zone")
    contents = Contents(versions=(it,)) if isinstance(it, Release) else it
    release = contents.versions[0]
    phrases = open_phrases(environment, language)
    tokens = _tokens(contents, letterhead, environment)
    tongues = [open_phrases(environment, version.language or language) for version in contents.versions]
    others = tongues[1:]
    manuscript = _manuscript(contents, letterhead, (phrases, *tongues), tokens)
    text = write_text(manuscript, phrases, *others)
    for part in (text, *(picture.alt for one in manuscript.stories for picture in one.pictures)):
        inspect_characters(part, "the release")
    hosts = hosts_of(contents.versions, [tokens[UNSUBSCRIBE_URL], *manuscript.links()], letterhead.image_hosts)
    html = write_page(manuscript, text, hosts=hosts, tokens=tokens, environment=environment)
    return Letter(
        variant=language,
        language=phrases.language,
        sender=letterhead.sender,
        reply_to=letterhead.reply_to,
        subject=_subject(contents, manuscript.headline, phrases, zone),
        html=cut(html, tokens, "HTML"),
        text=cut(text, tokens, "text"),
        headers=tuple(_headers(letterhead, manuscript, tokens)),
        date=format_datetime(at),
        release=release.slug,
        size=len(html.encode()) + len(text.encode()),
        versions=tuple(one.body_language for one in manuscript.stories),
        note_list=(contents.note.list_name or "*") if contents.note else "",
    )


def reader_values(
    letter: Letter,
    *,
    unsubscribe_url: str,
    language: str,
    zone: str,
    issuer_zone: str,
    lift: datetime | None,
    greeting: str = "",
) -> dict[str, str]:
    """What fills the slots of ``letter`` for one reader: their own way out, the lift on their own clock, their name.

    ``language`` is normally the letter's own, ``zone`` the reader's (or the issuer's where theirs
    is not known). The other clocks are the issuer's and UTC, where they differ
    from the reader's. Raises RenderError for an address that is not https, or a lift or a greeting that is missing.
    """
    if not re.fullmatch(r"https://[^\s<>,\"]+", unsubscribe_url) and not _is_loopback(unsubscribe_url):
        raise RenderError(f"the unsubscribe address “{unsubscribe_url}” is not an https address: see PUBLIC_URL")
    values = {UNSUBSCRIBE_URL: unsubscribe_url}
    if GREETING in letter.slots:
        if not greeting:
            raise RenderError("the letter greets its reader, and no greeting was given")
        values[GREETING] = greeting
    if READER_LIFT in letter.slots:
        if lift is None:
            raise RenderError("the letter is under embargo, and no lift was given for its reader")
        theirs, *others = dict.fromkeys(lift_in_words(lift, one, language) for one in (zone, issuer_zone, "UTC"))
        values |= {READER_LIFT: theirs, OTHER_LIFTS: listed(others or [theirs], language)}
    return values


def _is_loopback(url: str) -> bool:
    """Rehearsals and the demonstration run on this machine, without a certificate."""
    return bool(re.fullmatch(r"http://(?:127\.0\.0\.1|localhost|\[::1\])(?::\d+)?(?:/[^\s<>,\"]*)?", url))


def _tokens(contents: Contents, letterhead: Letterhead, environment: Environment) -> dict[str, str]:
    """What stands for each slot while the letter is compiled: nothing a release could guess or hold."""
    matter = "\0".join((repr(contents), repr(letterhead), *template_source(environment, "email/")))
    digest = hashlib.sha256(matter.encode("utf-8", "surrogatepass")).hexdigest()
    while digest[:32] in matter:
        digest = hashlib.sha256(digest.encode()).hexdigest()
    tokens = {UNSUBSCRIBE_URL: f"https://u{digest[:32]}.invalid/leave"}
    tokens |= {GREETING: f"g{digest[:32]}"} if contents.is_greeting else {}
    lifts = {READER_LIFT: f"l{digest[:32]}", OTHER_LIFTS: f"o{digest[:32]}"}
    return tokens | (lifts if contents.versions[0].release_line.is_embargoed else {})


def _manuscript(
    contents: Contents, letterhead: Letterhead, phrases: Sequence[Phrases], tokens: Mapping[str, str]
) -> Manuscript:
    """``phrases`` are those of the letter, then those of each version's language."""
    release, organisation, own = contents.versions[0], letterhead.organisation, phrases[0]
    nothing = Footer(postal_address=(), reason="", unsubscribe="", unsubscribe_url="")
    letter = write_manuscript(
        release,
        own,
        organisation=organisation,
        status=write_status(release, own, tokens.get(READER_LIFT, ""), tokens.get(OTHER_LIFTS, "")),
        footer=write_footer(
            own,
            organisation=organisation,
            postal_address=letterhead.postal_address,
            unsubscribe_url=tokens[UNSUBSCRIBE_URL],
        ),
        note=write_note(own, tokens.get(GREETING, ""), contents.note),
        own=phrases[1],
    )
    letter = replace(letter, test_mark=own(TEST_MARK) if contents.is_test else "")
    others = (
        write_manuscript(other, words, organisation=organisation, status=Status(words=""), footer=nothing)
        for other, words in zip(contents.versions[1:], phrases[2:], strict=True)
    )
    return with_versions(letter, tuple(others), own)


def _subject(contents: Contents, headline: str, phrases: Phrases, zone: str) -> str:
    """What the release is, the embargo before it, and before all that whether this is a test."""
    subject = _release_subject(contents.versions[0], headline, phrases, zone)
    return phrases("TEST: {subject}", subject=subject) if contents.is_test else subject


def _release_subject(release: Release, headline: str, phrases: Phrases, zone: str) -> str:
    """The headline, or the author's shorter one where inboxes would cut it; the embargo before it."""
    if release.short_headline and len(headline) > INBOXES_CUT_AT:
        headline = unbroken(release.short_headline)
    if release.lift is None:
        return shorten(headline, LONGEST_SUBJECT)
    short = lift_in_short(release.lift, zone, phrases.language)
    room = LONGEST_SUBJECT - len(phrases("EMBARGO {lift}: {headline}", lift=short, headline=""))
    return phrases("EMBARGO {lift}: {headline}", lift=short, headline=shorten(headline, room))


def _headers(
    letterhead: Letterhead, manuscript: Manuscript, tokens: Mapping[str, str]
) -> Iterator[tuple[str, Slotted]]:
    """RFC 2369 and RFC 8058 (one https address, an address to write to), RFC 2919, RFC 3282, MS-OXCMAIL 2.1.3.2.20.

    Absence notes of a whole list would bury the press desk. Whoever follows RFC 5230 4.6 sends none where there is
    a List-Id; Exchange must be told in its own words. Auto-Submitted (RFC 3834) is left out: a person sends this.
    """
    desk = quote((letterhead.reply_to or letterhead.sender).email, safe="@!$'*+-._~")
    leave = f"<{tokens[UNSUBSCRIBE_URL]}>, <mailto:{desk}?subject=unsubscribe>"
    yield "List-Unsubscribe", Slotted.split(leave, tokens)
    yield "List-Unsubscribe-Post", Slotted(("List-Unsubscribe=One-Click",))
    yield "List-Id", Slotted((f"{LIST_PHRASE} <{letterhead.list_id}>",))
    languages = dict.fromkeys((*(it.body_language for it in manuscript.stories), manuscript.language))
    yield "Content-Language", Slotted((", ".join(languages),))
    yield "X-Auto-Response-Suppress", Slotted(("OOF, AutoReply",))
