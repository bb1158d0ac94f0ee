"""A letter as one of its readers gets it, but for their personal unsubscribe link."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from html import unescape
from urllib.parse import urlsplit

from distribute.domain.content import Address, Letter, Message, Slotted
from distribute.domain.plan import Plan
from distribute.rendering.images import enclosed_pictures, with_pictures, without_images
from distribute.rendering.letter import UNSUBSCRIBE_URL
from distribute.rendering.tally import label_letters, name_languages

GMAIL_CLIPS_AT = 102 * 1024
"""Bytes of HTML after which Gmail hides the rest, the unsubscribe link with it."""
TO = ":to"
KEY = ":key"
"""Slots of the headers that only this page has: the recipient's mailbox and the delivery key."""

_SPECIALS = re.compile(r'[\]\[\\()<>@,:;".]')
_HIDDEN = re.compile(r"""<div\s[^>]*?style=["']display:\s*none[^>]*>(.*?)</div>""", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterView:
    """A letter as its first recipient gets it, but for their personal unsubscribe link.

    ``shown`` is its HTML with the pictures that come with it, ``html_without_images`` what a client shows
    that blocks images: their alternative texts. ``files`` are the names and bytes of what is attached.
    ``preheader`` is what inboxes show beside the subject (empty where the template hides none away).
    ``html_share`` is its size as a part of what Gmail shows, 0 to 1. ``foreign`` names the language
    of the release in it where only the words around that are in the letter's own.
    """

    variant: str
    label: str
    tag: str
    recipients: int
    subject: str
    preheader: str
    reader: str
    html: str
    shown: str
    html_without_images: str
    text: str
    headers: tuple[tuple[str, str], ...]
    html_size: int
    html_share: float
    files: tuple[tuple[str, int], ...] = ()
    foreign: str = ""

    @property
    def has_images(self) -> bool:
        return self.html != self.html_without_images


def view_letters(plan: Plan, release_language: str | None = None) -> Iterator[LetterView]:
    """One view for each variant that somebody gets, from the first recipient who gets it, in the plan's order.

    ``release_language`` is that of the release, for letters that do not know the versions in them.
    """
    numbers = plan.readers()
    labels = label_letters(plan.letters)
    shown: set[str] = set()
    for recipient, message in zip(plan.recipients, plan.messages, strict=True):
        if recipient.variant not in shown:
            shown.add(recipient.variant)
            view = _view(without_personal_link(message), labels[recipient.variant], numbers[recipient.variant])
            yield replace(view, foreign=_foreign(message.letter, release_language))
        if len(shown) == len(numbers):
            return


def _foreign(letter: Letter, release_language: str | None) -> str:
    tags = letter.versions or ((release_language,) if release_language else ())
    is_own = not tags or letter.language.split("-")[0] in {tag.split("-")[0] for tag in tags}
    return "" if is_own else name_languages(tags)


def _view(message: Message, label: str, recipients: int) -> LetterView:
    size = len(message.html.encode())
    values = {**message.values, TO: mailbox(message.recipient), KEY: message.key}
    return LetterView(
        variant=message.letter.variant,
        label=label,
        tag=message.letter.language,
        recipients=recipients,
        subject=message.letter.subject,
        preheader=find_preheader(message.html),
        reader=mailbox(message.recipient),
        html=message.html,
        shown=with_pictures(message.html, enclosed_pictures((message.letter,))),
        html_without_images=without_images(message.letter.html).fill(message.escaped),
        text=message.text,
        headers=tuple((name, value.fill(values)) for name, value in all_headers(message.letter)),
        html_size=size,
        html_share=min(1.0, size / GMAIL_CLIPS_AT),
        files=tuple((file.name, len(file.data)) for file in message.letter.attachments if not file.cid),
    )


def without_personal_link(message: Message) -> Message:
    """Whoever follows such a link unsubscribes its recipient, so a page that is handed round has only its host."""
    link = message.values.get(UNSUBSCRIBE_URL)
    if not link:
        return message
    parts = urlsplit(link)
    shown = f"{parts.scheme}://{parts.netloc}/…"
    return replace(message, values={name: value.replace(link, shown) for name, value in message.values.items()})


def all_headers(letter: Letter) -> Iterator[tuple[str, Slotted]]:
    """Every header of a copy, the recipient's mailbox and the delivery key as slots ``:to`` and ``:key``."""
    yield "From", Slotted((mailbox(letter.sender),))
    if letter.reply_to:
        yield "Reply-To", Slotted((mailbox(letter.reply_to),))
    yield "To", Slotted(("", TO, ""))
    yield "Subject", Slotted((letter.subject,))
    yield "Date", Slotted((letter.date,))
    yield "Message-ID", Slotted(("<", KEY, f"@{letter.sender.email.rpartition('@')[2]}>"))
    yield from letter.headers


def mailbox(address: Address) -> str:
    """``Name <address>`` as people read it, quoted where RFC 5322 3.4 asks for it; over the wire it is encoded."""
    if not address.name:
        return address.email
    name = re.sub(r'([\\"])', r"\\\1", address.name)
    return f'"{name}" <{address.email}>' if _SPECIALS.search(name) else f"{name} <{address.email}>"


def find_preheader(html: str) -> str:
    """The words that a letter hides at its top for inboxes to show beside its subject."""
    found = _HIDDEN.search(html)
    return " ".join(unescape(_TAG.sub(" ", found[1])).split()) if found else ""
