"""A release on one screen of a terminal: what a press officer reads in ten seconds."""

from __future__ import annotations

import re
import shutil
import textwrap
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import datetime

import click

from distribute.cli.wording import counted
from distribute.domain.release import Asset, MediaContact, Quote, Release, ReleaseLineKind
from distribute.sources.vocabulary import language_name

LABEL = 10
_WIDEST = 100
_NARROWEST = 60
_SPARE = 2
"""Lines of the screen that the prompt before and after takes."""
_NO_HEADLINE = "(no headline found)"


def print_release(release: Release) -> None:
    """The release on the terminal as it is now; 80 columns and 24 lines where there is none."""
    size = shutil.get_terminal_size()
    for line in summarise(release, size.columns, size.lines - _SPARE):
        click.echo(line)


def summarise(release: Release, width: int = 80, height: int = 22) -> list[str]:
    """At most ``height`` lines of at most ``width`` characters, colours aside.

    Where the screen is short, the words of quotations go first, then all but the first of a kind.
    """
    width = max(_NARROWEST, min(width, _WIDEST))
    for quotes, contacts, is_full in ((99, 99, True), (99, 99, False), (6, 4, False), (4, 3, False), (2, 2, False)):
        lines = list(_lines(release, width, quotes=quotes, contacts=contacts, is_full=is_full))
        if len(lines) <= height:
            return lines
    return lines[: max(height - 1, 0)] + lines[-1:]


def _lines(it: Release, width: int, *, quotes: int, contacts: int, is_full: bool) -> Iterator[str]:
    for line in textwrap.wrap(it.headline or _NO_HEADLINE, width, max_lines=3, placeholder=" …"):
        yield click.style(line, bold=True)
    for subhead in it.subheads[: 2 if is_full else 1]:
        yield click.style(_cut(subhead, width), italic=True)
    yield ""
    yield from _row("Release", _when(it), width, is_loud=it.release_line.is_embargoed)
    if it.dateline:
        yield from _row("Dateline", it.dateline.raw, width)
    yield from _row("Text", _size(it), width)
    yield from _many("Quotes", [_quote(quote, width, is_full) for quote in it.quotes[:quotes]], len(it.quotes))
    people = [_contact(contact, width) for contact in it.contacts[:contacts]]
    yield from _many("Call", people, len(it.contacts))
    pictures = [[_cut(_image(asset), width - LABEL)] for asset in it.assets[:contacts]]
    yield from _many("Images", pictures, len(it.assets)) if is_full else ()
    for label, text in (("About", it.boilerplate), ("Notes", it.notes_to_editors), ("Link", it.link)):
        if text and (is_full or label == "Link"):
            yield from _row(label, _cut(" ".join(text.split()), width - LABEL), width)
    yield from _missing(it, width)


def _row(label: str, text: str, width: int, *, is_loud: bool = False) -> Iterator[str]:
    """A label and its text, over two lines at most."""
    wrapped = textwrap.wrap(text, width - LABEL, max_lines=2, placeholder=" …") or [""]
    for place, line in enumerate(wrapped):
        shown = click.style(line, fg="red", bold=True) if is_loud else line
        yield click.style(f"{'' if place else label:<{LABEL}}", dim=True) + shown


def _many(label: str, entries: Sequence[Sequence[str]], total: int) -> Iterator[str]:
    """Entries under one label, each of some lines, and how many there are beside those shown."""
    for place, line in enumerate(line for entry in entries for line in entry):
        yield click.style(f"{'' if place else label:<{LABEL}}", dim=True) + line
    if total > len(entries):
        yield " " * LABEL + click.style(f"and {total - len(entries)} more: --json shows all", dim=True)


def _when(it: Release) -> str:
    """The embargo in words, with its zone; what else the text says about publication."""
    line = it.release_line
    if line.kind is ReleaseLineKind.NONE:
        return "(the text says nothing about when it may be published)"
    if not line.is_embargoed:
        return "for immediate release"
    if line.until is None:
        return f"EMBARGO that names no exact instant: “{line.raw}”"
    guess = "; the line names no zone: is it this one?" if line.is_zone_inferred else ""
    return f"EMBARGO until {_in_words(line.until)}{guess}"


def _in_words(lift: datetime) -> str:
    """``Tuesday 24 November 2026, 06:00 Eastern Standard Time (Toronto) = 11:00 UTC``."""
    from distribute.rendering.dates import lift_in_words  # noqa: PLC0415  only an embargo needs its words

    zone = getattr(lift.tzinfo, "key", None)
    utc = lift_in_words(lift, "UTC", "en")
    if zone in {None, "UTC"}:
        return utc
    local, clock = lift_in_words(lift, str(zone), "en"), utc.rpartition(", ")[2]
    is_same_day = local.partition(",")[0] == utc.partition(",")[0]
    return f"{local} = {clock if is_same_day else utc}"


def _size(it: Release) -> str:
    parts = [counted(sum(1 for _ in it.words()), "word"), counted(len(it.body), "paragraph")]
    if it.language:
        parts.append(f"in {language_name(it.language)}")
    if it.assets:
        parts.append(counted(len(it.assets), "image"))
    return ", ".join(parts)


def _quote(quote: Quote, width: int, is_full: bool) -> list[str]:
    """Who speaks with their title, and below it how they begin."""
    who = ", ".join(filter(None, (quote.speaker, quote.title)))
    room = width - LABEL
    speaker = _cut(who, room) if who else click.style("(nobody is named as the speaker)", fg="yellow")
    if not is_full:
        return [speaker]
    words = " ".join(quote.text.split())
    return [speaker, click.style("  “" + _cut(words, room - 4) + "”", dim=True)]


def _contact(contact: MediaContact, width: int) -> list[str]:
    """Who it is, and below it how to reach them."""
    who = ", ".join(filter(None, (contact.name or "(no name)", contact.role, contact.organisation)))
    reaches = [*map(telephone, contact.phones), *contact.emails]
    room = width - LABEL
    lines = textwrap.wrap(" · ".join(reaches), room - 2, break_long_words=False, break_on_hyphens=False)
    lacking = [
        what for what, there in (("telephone number", contact.phones), ("e-mail address", contact.emails)) if not there
    ]
    if lacking:
        lines.append(click.style(f"no {' and no '.join(lacking)}", fg="yellow"))
    return [_cut(who, room), *(f"  {line}" for line in lines)]


def _image(asset: Asset) -> str:
    """``bridge.jpg, 2400 × 1600 pixels, The closed footbridge``."""
    size = f"{asset.width} × {asset.height} pixels" if asset.width else None
    return ", ".join(filter(None, (asset.label, size, asset.caption or asset.alt)))


def telephone(number: str) -> str:
    """``+1 613-555-0142 ext. 236``: as it is dialled from anywhere, of ``+16135550142;ext=236``."""
    bare, _, extension = number.partition(";ext=")
    north_american = re.fullmatch(r"\+1(\d{3})(\d{3})(\d{4})", bare)
    if north_american:
        shown = f"+1 {'-'.join(north_american.groups())}"
    else:
        import phonenumbers  # noqa: PLC0415  the numbering plans of the world

        shown = bare
        with suppress(phonenumbers.NumberParseException):
            shown = phonenumbers.format_number(phonenumbers.parse(bare), phonenumbers.PhoneNumberFormat.INTERNATIONAL)
    return f"{shown} ext. {extension}" if extension else shown


def _missing(it: Release, width: int) -> Iterator[str]:
    """What is not there: in red what no release leaves without, in yellow what editors ask for."""
    reachable = any(contact.phones or contact.emails for contact in it.contacts)
    needed = {"a headline": it.headline, "a text": it.body, "a media contact": reachable}
    wished = {
        "a dateline": it.dateline,
        "a quotation": it.quotes,
        "a boilerplate": it.boilerplate,
        "a link": it.link,
    }
    for label, colour, parts in (("Needed", "red", needed), ("Missing", "yellow", wished)):
        absent = [name for name, there in parts.items() if not there]
        if absent:
            listed = textwrap.wrap(", ".join(absent), width - LABEL)
            for place, line in enumerate(listed):
                yield click.style(f"{'' if place else label:<{LABEL}}", fg=colour) + line


def _cut(text: str, room: int) -> str:
    """The whole words that fit on one line."""
    return textwrap.shorten(text, max(room, 8), placeholder=" …")
