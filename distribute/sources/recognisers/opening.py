"""What stands above a release: the release line, the label and the date."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from distribute.domain.release import ReleaseLineKind
from distribute.sources.dates import find_dates, find_times
from distribute.sources.document import Document, Line
from distribute.sources.headings import is_prose
from distribute.sources.parts import Part, Proposal
from distribute.sources.recognisers.labels import is_date, is_label, is_mail_header, is_reference
from distribute.sources.vocabulary import Vocabulary, either

_HEAD = 25
_LONGEST = 220
_NEAR = 60
_EDGES = r"[\W_]*"
_DIGIT = re.compile(r"\d")


def propose_opening(document: Document, words: Vocabulary) -> Iterator[Proposal]:
    """Release lines, labels and bare dates; an embargo is believed wherever it stands."""
    first_prose = next((paragraph.start for paragraph in document.paragraphs() if is_prose(paragraph)), _HEAD)
    middle = document.middle()
    for index, line in enumerate(document.lines):
        if kind := release_line_kind(line.text, words):
            if kind is ReleaseLineKind.EMBARGO or index < _HEAD:
                lines = tuple(_with_its_date(document, index, words)) if kind is ReleaseLineKind.EMBARGO else (index,)
                yield Proposal(Part.RELEASE_LINE, lines, 0.95, kind)
        elif index < min(_HEAD, first_prose) and is_label(line.text, words):
            yield Proposal(Part.LABEL, (index,), 0.9)
        elif index < min(_HEAD, first_prose) and (is_reference(line.text, words) or is_mail_header(line.text, words)):
            yield Proposal(Part.LETTERHEAD, (index,), 0.8)
        elif index not in middle and is_date(line.text, words):
            yield Proposal(Part.DATE, (index,), 0.85 if index < _HEAD else 0.3)


def release_line_kind(text: str, words: Vocabulary) -> ReleaseLineKind | None:
    """What a line says about publication, or None when it says nothing.

    ``Embargo: For immediate release`` is immediate; ``Embargo on arms sales must stay`` and
    ``Sin embargo,`` are prose.
    """
    if len(text) > _LONGEST:
        return None
    if _immediate(words).match(_without_date(text, words)):
        return ReleaseLineKind.IMMEDIATE
    match = _embargo(words).match(text)
    if match and _is_embargo(text, match, words):
        return ReleaseLineKind.EMBARGO
    if not (_embargo_stem(words).search(text) and _embargoed_release(words).match(text)):
        return None
    return ReleaseLineKind.EMBARGO if find_dates(text, words) or find_times(text, words) else None


def _without_date(text: str, words: Vocabulary) -> str:
    """``3 September 2025 – Immediate release`` without the date that stands before it."""
    dates = find_dates(text, words) if _DIGIT.search(text) and _says_immediate(words).search(text) else []
    return text[dates[0].end :].lstrip(" ,:|–—-") if dates and not text[: dates[0].start].strip() else text


def split_heads(document: Document, words: Vocabulary) -> Document:
    """The document with two parts that share a line of the head set on lines of their own.

    ``March 22, 2023 Contact: Claire Crouch`` is a date and a contact; ``MEDIA RELEASE: City opens
    centres`` a label and a headline.
    """
    if document.is_markup:
        return document
    lines: list[Line] = []
    for index, line in enumerate(document.lines):
        cut = _cut(line.text, words) if index < _HEAD and not line.continues else 0
        if cut:
            lines.append(replace(line, text=line.text[:cut].strip()))
            line = replace(line, text=line.text[cut:].strip())
        lines.append(line)
    return replace(document, lines=tuple(lines))


def _cut(text: str, words: Vocabulary) -> int:
    if len(text) > _LONGEST:
        run_in = _immediate_before(words).match(text)
        return run_in.end() if run_in else 0
    for match in _contact_label(words).finditer(text, 1):
        first = text[: match.start()].strip(" |–—-")
        if first and (is_date(first, words) or release_line_kind(first, words) or is_label(first, words)):
            return match.start()
    label = _label_before(words).match(text)
    rest = text[label.end() :] if label else ""
    if label and (len(rest.split()) > 2 or find_dates(rest, words)) and not is_date(text, words):
        return label.end() if not release_line_kind(text, words) else 0
    return 0


def _is_embargo(text: str, match: re.Match[str], words: Vocabulary) -> bool:
    is_announced = _is_announced(text, match)
    if is_announced and len(text) - match.end() <= _NEAR:
        return True
    dates, times = find_dates(text, words), find_times(text, words)
    if starts := [*(found.start for found in dates), *(found.start for found in times)]:
        return min(starts) - match.end() <= _NEAR
    return is_announced


def _is_announced(text: str, match: re.Match[str]) -> bool:
    """The words of an embargo are all of the line, or stand before a sign, or are several and end no sentence."""
    rest = text[match.end() :]
    if not match["phrase"]:
        return False
    if rest.lstrip()[:1] in {"", ":", "-", "–", "—", "*", "]", ")"} or len(text.split()) <= 3:
        return True
    return " " in match["phrase"] and not text.endswith(".") and len(text.split()) <= 14


def _with_its_date(document: Document, index: int, words: Vocabulary) -> Iterator[int]:
    """The line, those that go on with it, and one below it that holds the date or time it lacks."""
    taken = [document.lines[index]]
    yield index
    for other, line in enumerate(document.lines[index + 1 : index + 3], index + 1):
        if line.group != taken[0].group:
            return
        if not (line.continues or (_is_only_a_time(line.text, words) and _completes(line, taken, words))):
            return
        taken.append(line)
        yield other


def _is_only_a_time(text: str, words: Vocabulary) -> bool:
    if len(text) >= 60 or release_line_kind(text, words):
        return False
    from distribute.sources.zones import find_zones  # noqa: PLC0415  only an embargo needs time zones

    return is_date(text, words) or bool(find_times(text, words) and find_zones(text, words))


def _completes(line: Line, taken: Sequence[Line], words: Vocabulary) -> bool:
    """It has a date, or a time, that the lines before it have not."""
    return any(
        find(line.text, words) and not any(find(other.text, words) for other in taken)
        for find in (find_dates, find_times)
    )


@cache
def _says_immediate(words: Vocabulary) -> re.Pattern[str]:
    return re.compile(words.either("immediate"), re.IGNORECASE)


@cache
def _immediate(words: Vocabulary) -> re.Pattern[str]:
    immediate = words.either("immediate")
    return re.compile(
        rf"{_EDGES}(?:{words.either('labels')}{_EDGES})?(?:{words.either('embargo')}\s*[:\-–—]\s*)?{immediate}(?!\w)",
        re.IGNORECASE,
    )


@cache
def _embargo(words: Vocabulary) -> re.Pattern[str]:
    return re.compile(
        rf"{_EDGES}(?:{words.either('labels')}{_EDGES})?(?:(?P<phrase>{words.either('embargo')})|{words.either('dated_embargo')})(?!\w)",
        re.IGNORECASE,
    )


@cache
def _embargo_stem(words: Vocabulary) -> re.Pattern[str]:
    return re.compile(words.either("embargo_stems"), re.IGNORECASE)


@cache
def _embargoed_release(words: Vocabulary) -> re.Pattern[str]:
    """``This press release is under embargo until …``, ``The information below is embargoed until …``."""
    stem = _embargo_stem(words)
    strong = either(phrase for phrase in words.phrases("embargo") if " " in phrase and stem.search(phrase))
    what = words.either("labels", "content_words")
    return re.compile(rf"[^.:]{{0,40}}?(?<!\w){what}(?!\w)[^.:]{{0,60}}?(?<!\w){strong}(?!\w)", re.IGNORECASE)


@cache
def _label_before(words: Vocabulary) -> re.Pattern[str]:
    loose = words.either("loose_labels")
    sign = r"(?:\s*[:–—]|\s-)\s+"
    return re.compile(rf"{_EDGES}(?!{loose}{sign}){words.either('labels')}{sign}", re.IGNORECASE)


@cache
def _immediate_before(words: Vocabulary) -> re.Pattern[str]:
    """``FOR IMMEDIATE RELEASE — In one of …``: the line run into the first paragraph."""
    return re.compile(rf"{_EDGES}{words.either('immediate')}\s*[:–—]\s*(?=\S)", re.IGNORECASE)


@cache
def _contact_label(words: Vocabulary) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){words.either('contact_openers')}\s*:", re.IGNORECASE)
