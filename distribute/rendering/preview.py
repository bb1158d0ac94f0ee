"""One page that shows a whole plan to those who decide about it: letters, posts, people, instants, findings."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from email.utils import formataddr
from pathlib import PurePath
from urllib.parse import urlsplit

from jinja2 import Environment
from markupsafe import Markup

from distribute.domain.content import Message, Post
from distribute.domain.finding import Finding
from distribute.domain.plan import Plan, Recipient, Skip
from distribute.domain.release import Release
from distribute.rendering.environment import render
from distribute.rendering.letter import UNSUBSCRIBE_URL
from distribute.rendering.tally import REASONS, language_name, tally_recipients, tally_skips
from distribute.rendering.timeline import count, find_moments, in_words, name_of, summarise

TEMPLATE = "web/preview.html.j2"
SCRIPT = "web/preview/page.js"
ROWS = 300
"""People shown as table rows; the others follow as lines of text, which a browser draws quickly."""
GMAIL_CLIPS_AT = 102 * 1024
"""Bytes of HTML after which Gmail hides the rest, the unsubscribe link with it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterView:
    """A letter as its first recipient gets it, but for their personal unsubscribe link."""

    variant: str
    language: str
    tag: str
    recipients: int
    subject: str
    sender: str
    reader: str
    html: str
    text: str
    headers: tuple[tuple[str, str], ...]
    html_size: int
    html_share: float


@dataclass(frozen=True, slots=True)
class Piece:
    """Part of a post's text; ``url`` when it is a link."""

    text: str
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PostView:
    """A post as its network shows it."""

    post: Post
    network: str
    language: str
    pieces: tuple[Piece, ...]
    when: str
    share: float
    card_host: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """A finding beside the words it is about (none when they cannot be shown)."""

    finding: Finding
    words: str


def render_preview(
    plan: Plan,
    release: Release,
    findings: Sequence[Finding],
    *,
    environment: Environment,
    source: str = "",
    lines: Sequence[str] = (),
) -> str:
    """A self-contained HTML page; it loads nothing but images of the letters themselves.

    ``source`` is what a person calls the release's file, ``lines`` its text where it is one.
    Personal unsubscribe links are left out: the page is handed round. Raises RenderError when a
    template is wrong.
    """
    script = render(environment, SCRIPT)
    return render(
        environment,
        TEMPLATE,
        plan=plan,
        release=release,
        source=source or release.source,
        digest=plan.hash(),
        summary=summarise(plan),
        moments=find_moments(plan),
        remarks=tuple(_remarks(findings, release, lines)),
        errors=sum(finding.is_blocking for finding in findings),
        letters=tuple(_letters(plan)),
        posts=tuple(_posts(plan)),
        **_people(plan),
        made=plan.created_at.strftime("%Y-%m-%d %H:%M UTC"),
        script=Markup(script),  # noqa: S704 - our own template, its digest stands in the page's policy
        script_digest=b64encode(hashlib.sha256(script.encode()).digest()).decode(),
        count=count,
        language_name=language_name,
    )


def _people(plan: Plan) -> dict[str, object]:
    """Who gets a letter and who does not: the first as rows, all of them counted."""
    return {
        "rows": plan.recipients[:ROWS],
        "other_people": "\n".join(map(_person_line, plan.recipients[ROWS:])),
        "skips": plan.skips[:ROWS],
        "other_skips": "\n".join(map(_skip_line, plan.skips[ROWS:])),
        "reasons": REASONS,
        "tallies": tally_recipients(plan),
        "skip_tally": tally_skips(plan),
    }


def _letters(plan: Plan) -> Iterator[LetterView]:
    """One view for each variant, from the first recipient who gets it."""
    shown: set[str] = set()
    for recipient, message in zip(plan.recipients, plan.messages, strict=True):
        if recipient.variant not in shown:
            shown.add(recipient.variant)
            same = sum(one.variant == recipient.variant for one in plan.recipients)
            yield _letter(recipient, _without_personal_link(message), same)


def _letter(recipient: Recipient, message: Message, recipients: int) -> LetterView:
    letter, html = message.letter, message.html
    size = len(html.encode())
    return LetterView(
        variant=recipient.variant,
        language=language_name(recipient.variant),
        tag=letter.language,
        recipients=recipients,
        subject=letter.subject,
        sender=letter.sender.name or letter.sender.email,
        reader=message.recipient.name or message.recipient.email,
        html=html,
        text=message.text,
        headers=tuple(_headers(message)),
        html_size=size,
        html_share=min(1.0, size / GMAIL_CLIPS_AT),
    )


def _headers(message: Message) -> Iterator[tuple[str, str]]:
    letter = message.letter
    yield "From", _mailbox(letter.sender.name, letter.sender.email)
    if letter.reply_to:
        yield "Reply-To", _mailbox(letter.reply_to.name, letter.reply_to.email)
    yield "To", _mailbox(message.recipient.name, message.recipient.email)
    yield "Subject", letter.subject
    yield "Date", letter.date
    yield "Message-ID", message.message_id
    yield from message.headers


def _mailbox(name: str, email: str) -> str:
    """As people read it; what goes over the wire is encoded."""
    return f"{name} <{email}>" if name and name.isascii() is False else formataddr((name, email))


def _without_personal_link(message: Message) -> Message:
    """Whoever follows such a link unsubscribes its recipient, so a page that is handed round has only its host."""
    if UNSUBSCRIBE_URL not in message.values:
        return message
    parts = urlsplit(message.values[UNSUBSCRIBE_URL])
    return replace(message, values={**message.values, UNSUBSCRIBE_URL: f"{parts.scheme}://{parts.netloc}/…"})


def _posts(plan: Plan) -> Iterator[PostView]:
    instants = {channel.channel: channel.at for channel in plan.channels}
    for post in plan.posts:
        at = instants.get(post.network)
        yield PostView(
            post=post,
            network=name_of(post.network),
            language=language_name(post.language),
            pieces=tuple(_pieces(post)),
            when=in_words(at) if at and at.utc > plan.created_at else "As soon as it is confirmed",
            share=min(1.0, post.length / post.limit) if post.limit else 0.0,
            card_host=urlsplit(post.card.url).netloc if post.card else "",
        )


def _pieces(post: Post) -> Iterator[Piece]:
    end = 0
    for link in post.links:
        yield Piece(post.text[end : link.start])
        yield Piece(post.text[link.start : link.end], link.url)
        end = link.end
    yield Piece(post.text[end:])


def _remarks(findings: Sequence[Finding], release: Release, lines: Sequence[str]) -> Iterator[Remark]:
    """Errors first, then in the order of the file; what the release silences last."""
    known = dict(enumerate(lines, start=1)) or dict(_known_lines(release))
    for finding in sorted(findings, key=lambda it: (it.silenced is not None, not it.is_error, it.line or 0, it.rule)):
        is_here = finding.file is None or PurePath(finding.file).name == release.source
        yield Remark(finding=finding, words=known.get(finding.line or 0, "").strip() if is_here else "")


def _known_lines(release: Release) -> Iterator[tuple[int, str]]:
    """The words a line of the file starts with, as far as the release remembers where they stood."""
    parts = [
        (release.headline_line, release.headline),
        (release.release_line.line, release.release_line.raw),
        (release.dateline.line, release.dateline.raw) if release.dateline else (None, None),
        *((contact.line, ", ".join(filter(None, (contact.name, contact.role)))) for contact in release.contacts),
        *((quote.line, f"“{quote.text}”") for quote in release.quotes),
        *((block.line, block.text) for block in release.body),
    ]
    return ((line, words) for line, words in parts if line and words)


def _person_line(recipient: Recipient) -> str:
    contact = recipient.contact
    where = f"{contact.list_name}:{contact.line}" if contact.line else contact.list_name
    parts = (contact.name, contact.email, contact.outlet, recipient.variant, contact.region, where)
    return " · ".join(part for part in parts if part)


def _skip_line(skip: Skip) -> str:
    where = f"{skip.list_name}:{skip.line}" if skip.line else skip.list_name
    parts = (skip.name, skip.recipient, str(skip.reason), REASONS[skip.reason], skip.detail, where)
    return " · ".join(part for part in parts if part)
