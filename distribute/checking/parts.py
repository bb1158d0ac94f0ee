"""Rules about parts that must be there: headline, body, contact, dateline, what stands beside an image."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from distribute.checking.registry import Remark, error, warning
from distribute.domain.release import MediaContact, Release

_LONGEST_BODY, _SHORTEST_BODY = 800, 150


@error("no-headline")
def check_headline(release: Release, _now: datetime) -> Iterator[Remark]:
    if not (release.headline or "").strip():
        yield Remark("No headline was found: put it on a line of its own above the text, or write headline: above it.")


@error("empty-body")
def check_body(release: Release, _now: datetime) -> Iterator[Remark]:
    if not any(block.text.strip() for block in release.body):
        yield Remark("There is no text below the headline: paste the body of the release into the file.")


@error("no-contact")
def check_contact(release: Release, _now: datetime) -> Iterator[Remark]:
    if not any(contact.phones or contact.emails for contact in release.contacts):
        yield Remark(
            "No media contact was found: add “Media contact:” with a name, a telephone number and an e-mail address."
        )


@warning("contact-without-email")
def check_contact_email(release: Release, _now: datetime) -> Iterator[Remark]:
    """Wire services ask for a name, a telephone number and an e-mail address."""
    for contact in release.contacts:
        if contact.phones and not contact.emails:
            yield Remark(
                f"{_who(contact)} has no e-mail address: add one, or contact_email: above the text.", contact.line
            )


@warning("contact-without-phone")
def check_contact_phone(release: Release, _now: datetime) -> Iterator[Remark]:
    """Most journalists work after hours; an address alone does not reach anybody at night."""
    for contact in release.contacts:
        if contact.emails and not contact.phones:
            yield Remark(
                f"{_who(contact)} has no telephone number: add one, or contact_phone: above the text.", contact.line
            )


@warning("no-dateline")
def check_dateline(release: Release, _now: datetime) -> Iterator[Remark]:
    if release.dateline is None or not release.dateline.place:
        line = next((block.line for block in release.body if block.line), None)
        yield Remark(
            "There is no dateline: begin the first paragraph with the place and date, as OTTAWA, 1 September 2026 —",
            line,
        )


@warning("body-length")
def check_length(release: Release, _now: datetime) -> Iterator[Remark]:
    """300 to 800 words is what desks ask for; a short alert may be half of that."""
    words = sum(1 for _ in release.words())
    if words > _LONGEST_BODY:
        yield Remark(
            f"The body has {words} words: more than {_LONGEST_BODY} are seldom read, so cut or move some to the notes."
        )
    elif 0 < words < _SHORTEST_BODY:
        yield Remark(f"The body has only {words} words: check that the whole text was pasted.")


@warning("image-without-text")
def check_images(release: Release, _now: datetime) -> Iterator[Remark]:
    """An editor cannot print a picture without caption and credit; alt text is for those who cannot see it."""
    for asset in release.assets:
        named = {"caption": asset.caption, "credit": asset.credit, "alt text": asset.alt}
        missing = [name for name, text in named.items() if not (text or "").strip()]
        if missing:
            yield Remark(f"The image {asset.url} has no {' and no '.join(missing)}: add it under images:.", asset.line)


def _who(contact: MediaContact) -> str:
    return contact.name or contact.organisation or contact.role or "A media contact"
