"""A reading to a release: every part as the domain has it, overruled by what its author states."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from distribute.domain.release import (
    Block,
    BlockKind,
    Dateline,
    MediaContact,
    Release,
    ReleaseLine,
    ReleaseLineKind,
)
from distribute.sources.contact_blocks import read_contacts
from distribute.sources.dates import find_years
from distribute.sources.document import Document, Paragraph, body_blocks
from distribute.sources.headings import is_heading_like
from distribute.sources.issuing import find_day, find_place
from distribute.sources.language import guess_language
from distribute.sources.parts import Part
from distribute.sources.reading import Reading
from distribute.sources.recognisers.opening import release_line_kind
from distribute.sources.recognisers.quotes import find_quotes
from distribute.sources.remainder import find_other
from distribute.sources.statements import (
    complete_contacts,
    stated_block,
    stated_contacts,
    stated_edition,
    stated_images,
    stated_language,
    stated_release_line,
    stated_silences,
    stated_text,
    stated_update,
    stated_version,
    stated_zone,
)
from distribute.sources.vocabulary import Vocabulary

_LONGEST_LINE = 500
_MOST_EMBARGOES = 20


def build(reading: Reading) -> Release:
    """Every part as the domain has it. Slug, source and hash belong to the file and are added there."""
    matter, words, resolved = reading.matter, reading.words, reading.resolved
    issued, zone = find_day(reading), stated_zone(matter)
    dateline = find_place(reading, issued)
    body, contacts = _body(reading), complete_contacts(_contacts(reading), matter, words)
    headline = list(reading.document.paragraphs(resolved.lines(Part.HEADLINE)))
    subheads = list(reading.document.paragraphs(resolved.lines(Part.SUBHEAD)))
    release = Release(
        headline=stated_text(matter, "headline") or " ".join(p.text for p in headline) or None,
        headline_line=matter["headline"].own_line if "headline" in matter else headline[0].number if headline else None,
        subheads=matter["subhead"].texts if "subhead" in matter else tuple(p.text for p in subheads),
        subhead_lines=() if "subhead" in matter else tuple(p.number for p in subheads),
        language=stated_language(matter) or guess_language(reading.document.text),
        release_line=stated_release_line(matter, reading.now, reading.zone)
        or _release_line(reading, dateline, issued, zone, contacts),
        dateline=dateline,
        body=body,
        quotes=find_quotes(body, words),
        contacts=contacts,
        boilerplate=stated_block(matter, "boilerplate") or reading.text(Part.BOILERPLATE),
        boilerplate_lines=_lines_of(reading, "boilerplate", Part.BOILERPLATE),
        notes_to_editors=stated_block(matter, "notes_to_editors") or reading.text(Part.NOTES),
        notes_lines=_lines_of(reading, "notes_to_editors", Part.NOTES),
        end_mark=_end_mark(reading),
        end_mark_line=next((reading.document.lines[i].number for i in resolved.lines(Part.END_MARK)), None),
        link=stated_text(matter, "link"),
        short_headline=stated_text(matter, "short_headline"),
        assets=(*stated_images(matter), *reading.document.assets),
        edition=stated_edition(matter),
        issued=issued,
        silences=stated_silences(matter),
        version=stated_version(matter),
        updated=stated_update(matter, reading.now, reading.zone),
    )
    return replace(release, other=find_other(reading, release))


def _lines_of(reading: Reading, key: str, part: Part) -> tuple[int, ...]:
    """The line on which each paragraph of a part begins; none for one that its author states."""
    if stated_block(reading.matter, key):
        return ()
    return tuple(p.number for p in reading.document.paragraphs(reading.resolved.lines(part)))


def _release_line(
    reading: Reading,
    dateline: Dateline | None,
    issued: date | None,
    zone: str | None,
    contacts: Sequence[MediaContact],
) -> ReleaseLine:
    """What the text says. Any embargo outweighs “for immediate release”; two that differ have no instant."""
    runs = _runs(reading.document, reading.resolved.lines(Part.RELEASE_LINE), reading.words)
    embargoes = [run for run in runs if run[1] is ReleaseLineKind.EMBARGO]
    if not runs:
        return ReleaseLine()
    if not embargoes:
        return ReleaseLine(kind=ReleaseLineKind.IMMEDIATE, raw=runs[0][0], line=runs[0][2])
    from distribute.sources.embargo import Setting, read_embargo  # noqa: PLC0415  only an embargo needs time zones
    from distribute.sources.homes import issuer_zones  # noqa: PLC0415  likewise

    place = dateline.place if dateline else None
    homes = issuer_zones(contacts, reading.words)
    years = find_years(reading.document.text)
    setting = Setting(now=reading.now, timezone=zone, place=place, homes=homes, issued=issued, years=years)
    lifts = {raw: read_embargo(raw, reading.words, setting) for raw in {run[0] for run in embargoes[:_MOST_EMBARGOES]}}
    first, *rivals = [
        ReleaseLine(kind=ReleaseLineKind.EMBARGO, raw=raw, until=lifts.get(raw), line=line)
        for raw, _, line in embargoes
    ]
    dated = {lift for lift in lifts.values() if lift}
    until = dated.pop() if len(dated) == 1 and len(embargoes) <= _MOST_EMBARGOES else None
    bare = setting._replace(place=None, homes=())
    is_inferred = until is not None and all(read_embargo(raw, reading.words, bare) is None for raw in lifts)
    return replace(first, until=until, is_zone_inferred=is_inferred, rivals=tuple(rivals))


def _runs(document: Document, lines: list[int], words: Vocabulary) -> list[tuple[str, ReleaseLineKind, int]]:
    """Release lines with those that belong to them: raw text, kind and line number."""
    runs: list[tuple[str, ReleaseLineKind, int]] = []
    for index in lines:
        line = document.lines[index]
        kind = None if line.continues else release_line_kind(line.text, words)
        if kind is None and runs:
            raw, previous, number = runs[-1]
            runs[-1] = (f"{raw} {line.text}" if len(raw) < _LONGEST_LINE else raw, previous, number)
        else:
            runs.append((line.text, kind or ReleaseLineKind.IMMEDIATE, line.number))
    return runs


def _body(reading: Reading) -> tuple[Block, ...]:
    found = reading.resolved.dateline
    paragraphs = body_blocks(reading.document, reading.resolved.lines(Part.BODY))
    blocks = []
    for place, paragraph in enumerate(paragraphs):
        cut = found.length if found and paragraph.start == found.paragraph.start else 0
        follower = paragraphs[place + 1] if place + 1 < len(paragraphs) else None
        if block := _block(paragraph, cut, follower):
            blocks.append(block)
    return tuple(blocks)


def _block(paragraph: Paragraph, cut: int, follower: Paragraph | None) -> Block | None:
    """A paragraph as a block of the body, without the dateline's ``cut`` characters; None when that is all of it."""
    text = paragraph.text[cut:].lstrip()
    if not text:
        return None
    gone = len(paragraph.text) - len(text)
    marks = tuple(
        replace(mark, start=max(0, mark.start - gone), end=mark.end - gone)
        for mark in paragraph.marks
        if mark.end > gone
    )
    is_heading = (
        paragraph.kind is BlockKind.PARAGRAPH and not cut and follower is not None and _heads(paragraph, follower)
    )
    return Block(
        kind=BlockKind.HEADING if is_heading else paragraph.kind, text=text, line=paragraph.number, marks=marks
    )


def _heads(paragraph: Paragraph, follower: Paragraph) -> bool:
    return is_heading_like(paragraph) and follower.kind is not BlockKind.LIST and follower.words > paragraph.words


def _contacts(reading: Reading) -> tuple[MediaContact, ...]:
    stated = stated_contacts(reading.matter, reading.words)
    if stated is not None:
        return stated
    resolved = reading.resolved
    prose, notes = resolved.lines(Part.BODY, Part.NOTES, Part.BOILERPLATE), frozenset(resolved.lines(Part.NOTES))
    return read_contacts(reading.document, reading.words, resolved.contact_blocks, prose, notes)


def _end_mark(reading: Reading) -> str | None:
    lines = reading.resolved.lines(Part.END_MARK)
    return reading.document.lines[lines[0]].text if lines else None
