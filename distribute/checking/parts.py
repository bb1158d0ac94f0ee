"""Rules about parts that must be there: headline, body, contact, dateline, what stands beside an image."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

from distribute.checking.dates import is_dated, named_day
from distribute.checking.languages import anywhere
from distribute.checking.registry import Remark, error, warning
from distribute.checking.texts import Text, body_texts, boilerplate_texts
from distribute.domain.release import MediaContact, Release

_LONGEST_BODY, _SHORTEST_BODY = 800, 150
_SHARPEST = 2_400
_LONGEST_BOILERPLATE = 100
_SHORTEST_LEAD = 8
_NAMED = re.compile(
    r"(?<=[^.!?:“«„\"\s]\s)[^\W\d_]*[A-ZÀ-Þ]|[A-ZÀ-Þ][\w’'-]*\s[A-ZÀ-Þ]|\b[A-ZÀ-Þ]{2,}\b"
    rf"|\b(?i:{anywhere('ourselves')})\b"
)


@error("no-headline", is_final=True)
def check_headline(release: Release, _now: datetime) -> Iterator[Remark]:
    """There is a headline."""
    if not (release.headline or "").strip():
        yield Remark("No headline was found: put it on a line of its own above the text.")


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
            yield _about(contact, "has no e-mail address: add one beside the name.")


@warning("contact-without-phone")
def check_contact_phone(release: Release, _now: datetime) -> Iterator[Remark]:
    """Each media contact has a telephone number: an address alone reaches nobody at night."""
    for contact in release.contacts:
        if contact.emails and not contact.phones:
            yield _about(contact, "has no telephone number: add one beside the name.")


@warning("no-dateline")
def check_dateline(release: Release, _now: datetime) -> Iterator[Remark]:
    """The text begins with a dateline that names a place."""
    if release.dateline is None or not release.dateline.place:
        first = next((text for text in body_texts(release) if text.line), Text(""))
        message = (
            "There is no dateline: begin the first paragraph with the place and date, as OTTAWA, 1 September 2026 —"
        )
        yield first.remark(message, 0, _opening(first))


@warning("body-length")
def check_length(release: Release, _now: datetime) -> Iterator[Remark]:
    """The body has 150 to 800 words."""
    words = sum(1 for _ in release.words())
    if words > _LONGEST_BODY:
        text, place = _word(release, _LONGEST_BODY)
        message = (
            f"The body has {words} words, and those after this one are seldom read: cut, or move some to the notes."
        )
        yield text.remark(message, place, text.words[place:].split()[0])
    elif 0 < words < _SHORTEST_BODY:
        yield Remark(f"The body has only {words} words: check that the whole text was pasted.")


@warning("image-without-text")
def check_images(release: Release, _now: datetime) -> Iterator[Remark]:
    """Each image has a caption, a credit and alt text."""
    for asset in release.assets:
        named = {"caption": asset.caption, "credit": asset.credit, "alt text": asset.alt}
        missing = [name for name, text in named.items() if not (text or "").strip()]
        if missing:
            message = (
                f"The image {asset.label} has no {' and no '.join(missing)}: add it under “images:” above the text."
            )
            yield Text(asset.url or asset.label, asset.line).remark(message, 0, asset.url)


@warning("image-embedded")
def check_embedded(release: Release, _now: datetime) -> Iterator[Remark]:
    """A letter leads to images at an https address; one that stands in the document has none."""
    for asset in release.assets:
        if asset.is_embedded:
            size = f", {asset.width} × {asset.height} pixels," if asset.width and asset.height else ""
            yield Remark(
                f"The image {asset.label} in the document{size} will not be sent, unless you say --inline-images: "
                "put it online, and give its https:// address under “images:” above the text.",
                asset.line,
            )


@warning("image-size")
def check_size(release: Release, _now: datetime) -> Iterator[Remark]:
    """An image has 2,400 pixels on its longer side, which prints 20 cm wide at 300 dpi.

    Where its size is known: that of one in a document, and of a file beside the release. Nothing is fetched.
    """
    for asset in release.assets:
        longest = max(asset.width or 0, asset.height or 0)
        if 0 < longest < _SHARPEST:
            message = f"The image {asset.label} has {longest:,} pixels on its longer side: offer one of {_SHARPEST:,}."
            yield Text(asset.url or asset.label, asset.line).remark(message, 0, asset.url)


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
    """The first paragraph says who does what, where and when; one of these may be missing, but not two.

    As far as form tells: a name or a “we”, eight words, a name or a dateline's place, a day or the release's date.
    """
    lead = release.lead
    if lead is None:
        return
    text = next((text for text in body_texts(release) if text.words == lead.text), Text(lead.text, lead.line))
    named, dateline = bool(_NAMED.search(lead.text)), release.dateline
    said = {
        "who": named,
        "what": len(lead.text.split()) >= _SHORTEST_LEAD,
        "where": named or bool(dateline and dateline.place),
        "when": is_dated(release) or any(map(str.isdigit, lead.text)) or bool(named_day(release.language, lead.text)),
    }
    missing = [name for name, there in said.items() if not there]
    if len(missing) > 1:
        message = f"The first paragraph does not say {' or '.join(missing)}: say there who does what, where and when."
        yield text.remark(message, 0, _opening(text))


def _opening(text: Text) -> str:
    return " ".join(text.words.split()[:4])


def _word(release: Release, number: int) -> tuple[Text, int]:
    """The text in which the word of this number (from 0) of the body begins, and where."""
    for text in body_texts(release):
        starts = [match.start() for match in re.finditer(r"\S+", text.words)]
        if number < len(starts):
            return text, starts[number]
        number -= len(starts)
    raise IndexError(number)


def _about(contact: MediaContact, message: str) -> Remark:
    """A remark on a contact, at the name it goes by."""
    known = contact.name or contact.organisation or contact.role or ""
    return Text(known, contact.line).remark(f"{known or 'A media contact'} {message}", 0, known)
