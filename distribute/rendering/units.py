"""The whole units a post is put together from; what may not stand alone in public is not offered."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from distribute.domain.release import Quote, Release
from distribute.rendering.fidelity import faults, misquotations, names
from distribute.rendering.quotation import QUOTES, enclosed, quote_in
from distribute.rendering.sentences import ends_sentence, split_sentences

DESCRIPTION = 300
"""Characters after which a card's description takes up no further sentence; networks show two or three lines."""

FEWEST_WORDS = 3
"""A quotation of fewer words is a term."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Units:
    """What templates under ``social/`` are given. Each is whole, or None where the release has none.

    ``lead`` is the first paragraph, ``first_sentence`` as little of its start as may stand alone.
    ``quotes`` are quotations with their attribution; templates are given them one by one as ``quote``.
    """

    headline: str | None
    short_headline: str | None
    subhead: str | None
    lead: str | None
    first_sentence: str | None
    quotes: tuple[str, ...]
    link: str | None


def find_units(release: Release) -> Units:
    """The units of ``release``; those that would misquote, leak or link elsewhere are left out."""
    lead = _one_line(release.lead.text) if release.lead else ""
    return Units(
        headline=_one_line(release.headline or "") or None,
        short_headline=_one_line(release.short_headline or "") or None,
        subhead=next((_one_line(one) for one in release.subheads if not faults(one, release)), None),
        lead=lead if lead and not faults(lead, release) else None,
        first_sentence=next(_openings(lead, release), None),
        quotes=tuple(_quotations(release)),
        link=release.link,
    )


def describe(release: Release) -> str:
    """The start of the lead for a link card: whole sentences, at least one, while they keep within ``DESCRIPTION``."""
    lead = _one_line(release.lead.text) if release.lead else ""
    openings = list(_openings(lead, release))
    return max((one for one in openings if len(one) <= DESCRIPTION), key=len, default=next(iter(openings), ""))


def _openings(lead: str, release: Release) -> Iterator[str]:
    """Each run of whole sentences from the start of ``lead`` that may stand alone, shortest first."""
    sentences = split_sentences(lead)
    runs = (" ".join(sentences[:end]) for end in range(1, len(sentences) + 1))
    return (run for run in runs if not faults(run, release))


def _quotations(release: Release) -> Iterator[str]:
    for quote in release.quotes:
        unit = _attributed(quote, release) if quote.speaker and _is_utterance(quote.text) else None
        if unit and not faults(unit, release):
            yield unit


def _is_utterance(text: str) -> bool:
    """A sentence somebody spoke, not words picked out of one: those mean little without the sentence around them."""
    letters = text.lstrip("¿¡‘'[(… ")
    return len(text.split()) >= FEWEST_WORDS and not letters[:1].islower()


def _attributed(quote: Quote, release: Release) -> str | None:
    """``“…” — Name, Title``: as printed where the attribution interrupts it; None where it cannot be had whole."""
    title = quote.title or ""
    title = title.removesuffix(".") if ends_sentence(title) else title
    credit = ", ".join(part for part in (quote.speaker, title) if part)
    paragraphs = "\n\n".join(_one_line(one) for one in re.split(r"\n\s*\n", quote.text))
    whole = quote_in(release.language or "en", paragraphs.removesuffix(","))
    if not any(misquotations(whole, release)):
        return f"{whole} — {credit}"
    printed = _as_printed(quote, release)
    if printed is None or names(printed, quote.speaker or ""):
        return printed
    return f"{printed} — {credit}"


def _as_printed(quote: Quote, release: Release) -> str | None:
    """From its first mark to its last, when it has a paragraph to itself and nothing else is quoted there."""
    shared = {index for other in release.quotes if other is not quote for index in other.blocks}
    if len(quote.blocks) != 1 or shared.intersection(quote.blocks):
        return None
    text = _one_line(release.body[quote.blocks[0]].text)
    runs = enclosed(text, QUOTES)
    if not runs or _letters("".join(text[start:end] for start, end in runs)) != _letters(quote.text):
        return None
    return text[runs[0][0] - 1 : runs[-1][1] + 1]


def _letters(text: str) -> str:
    return re.sub(r"\W+", "", text)


def _one_line(text: str) -> str:
    """``text`` without line breaks; no-break spaces stay."""
    return re.sub(r"[ \t\r\n]+", " ", text).strip()
