"""Rules about parts that must be there: headline, body, contact, dateline, what stands beside an image."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

from distribute.checking.registry import Remark, error, warning
from distribute.checking.texts import Text, boilerplate_texts, body_texts
from distribute.domain.release import MediaContact, Release

_LONGEST_BODY, _SHORTEST_BODY = 800, 150
_LONGEST_BOILERPLATE = 100
_SHORTEST_LEAD = 8
_NAMED = re.compile(
    r"(?<=[^.!?:“«„\"\s]\s)[^\W\d_]*[A-ZÀ-Þ]|[A-ZÀ-Þ][\w’'-]*\s[A-ZÀ-Þ]|\b[A-ZÀ-Þ]{2,}\b"
    r"|\b(?:[Ww]e|[Oo]ur|[Nn]ous|[Nn]otre|[Ww]ir|[Uu]nser\w*|[Nn]osotros|[Ww]ij|[Nn]ós)\b"
)


@error("no-headline", is_final=True)
def check_headline(release: Release, _now: datetime) -> Iterator[Remark]:
    """There is a headline."""
    if not (release.headline or "").strip():
        yield Remark("No headline was found: put it on a line of its own above the text, or write headline: above it.")


@error("empty-body", is_final=True)
def check_body(release: Release, _now: datetime) -> Iterator[Remark]:
    """There is text below the headline."""
    if not any(block.text.strip() for block in release.body):
        yield Remark("There is no text below the headline: paste the body of the release into the file.")


@error("no-contact")
def check_contact(release: Release, _now: datetime) -> Iterator[Remark]:
    """There is a media contact who can be reached."""
    if not any(contact.phones or contact.emails for contact in release.contacts):
        yield Remark(
            "No media contact was found: add “Media contact:” with a name, a telephone number and an e-mail address."
        )


@warning("contact-without-email")
def check_contact_email(release: Release, _now: datetime) -> Iterator[Remark]:
    """Each media contact has an e-mail address.

    Wire services ask for a name, a telephone number and an e-mail address.
    """
    for contact in release.contacts:
        if contact.phones and not contact.emails:
            yield Remark(
                f"{_who(contact)} has no e-mail address: add one, or contact_email: above the text.", contact.line
            )


@warning("contact-without-phone")
def check_contact_phone(release: Release, _now: datetime) -> Iterator[Remark]:
    """Each media contact has a telephone number: an address alone reaches nobody at night."""
    for contact in release.contacts:
        if contact.emails and not contact.phones:
            yield Remark(
                f"{_who(contact)} has no telephone number: add one, or contact_phone: above the text.", contact.line
            )


@warning("no-dateline")
def check_dateline(release: Release, _now: datetime) -> Iterator[Remark]:
    """The text begins with a dateline that names a place."""
    if release.dateline is None or not release.dateline.place:
        line = next((block.line for block in release.body if block.line), None)
        yield Remark(
            "There is no dateline: begin the first paragraph with the place and date, as OTTAWA, 1 September 2026 —",
            line,
        )


@warning("body-length")
def check_length(release: Release, _now: datetime) -> Iterator[Remark]:
    """The body has 150 to 800 words."""
    words = sum(1 for _ in release.words())
    if words > _LONGEST_BODY:
        yield Remark(
            f"The body has {words} words: more than {_LONGEST_BODY} are seldom read, so cut or move some to the notes."
        )
    elif 0 < words < _SHORTEST_BODY:
        yield Remark(f"The body has only {words} words: check that the whole text was pasted.")


@warning("image-without-text")
def check_images(release: Release, _now: datetime) -> Iterator[Remark]:
    """Each image has a caption, a credit and alt text."""
    for asset in release.assets:
        named = {"caption": asset.caption, "credit": asset.credit, "alt text": asset.alt}
        missing = [name for name, text in named.items() if not (text or "").strip()]
        if missing:
            yield Remark(f"The image {asset.url} has no {' and no '.join(missing)}: add it under images:.", asset.line)


@warning("boilerplate-length")
def check_boilerplate(release: Release, _now: datetime) -> Iterator[Remark]:
    """The boilerplate has 100 words at most."""
    words = len((release.boilerplate or "").split())
    if words > _LONGEST_BOILERPLATE:
        first = next(boilerplate_texts(release))
        message = f"The boilerplate has {words} words: say who you are in {_LONGEST_BOILERPLATE}, and link to the rest."
        yield first.remark(message, 0, " ".join(first.words.split()[:4]))


@warning("thin-lead")
def check_lead(release: Release, _now: datetime) -> Iterator[Remark]:
    """The first paragraph says who does what, in at least eight words with a name or a “we”."""
    lead = release.lead
    if lead is None:
        return
    text = next((text for text in body_texts(release) if text.words == lead.text), Text(lead.text, lead.line))
    who, what = _names_somebody(lead.text), len(lead.text.split()) >= _SHORTEST_LEAD
    if not who or not what:
        missing = " and ".join(name for name, there in (("who", who), ("what", what)) if not there)
        message = f"The first paragraph does not say {missing}: say there who does what, where and when."
        yield text.remark(message, 0, " ".join(lead.text.split()[:4]))


def _names_somebody(text: str) -> bool:
    """A capital within a sentence, two at its start, an acronym, or somebody speaking of themselves."""
    return bool(_NAMED.search(text))


def _who(contact: MediaContact) -> str:
    return contact.name or contact.organisation or contact.role or "A media contact"
