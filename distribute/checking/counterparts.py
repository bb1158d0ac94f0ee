"""Rules about the parts that the versions of a release must share: embargo, quotations, contacts, name and age."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from distribute.checking.texts import shorten
from distribute.checking.versions import ONE_SITTING, Disagreement, Pair, Version, at, must_agree
from distribute.domain.finding import Severity
from distribute.domain.release import MediaContact, Quote


@must_agree("version-embargo", Severity.ERROR, is_final=True)
def compare_embargo(it: Pair) -> Iterator[Disagreement]:
    """The embargo lifts at one instant in every version, in whatever zone each writes it."""
    own, other = it.own.release.release_line, it.other.release.release_line
    if own.is_embargoed != other.is_embargoed:
        held, free = (it.own, it.other) if own.is_embargoed else (it.other, it.own)
        line = held.release.release_line
        said = f"{held.file}{at(line.line)} is under embargo (“{shorten(line.raw or '', 60)}”), {free.file} is not"
        yield Disagreement(f"{said}: one of them would be out too early.", line.line, held is it.other)
    elif own.until and other.until and own.until != other.until:
        yield Disagreement(
            f"the embargoes differ: {it.own.file} says {own.until:%A %Y-%m-%d %H:%M %Z}{at(own.line)}, "
            f"{it.other.file} {other.until:%A %Y-%m-%d %H:%M %Z}{at(other.line)}. Correct one of them.",
            own.line,
        )


@must_agree("version-contacts")
def compare_contacts(it: Pair) -> Iterator[Disagreement]:
    """The media contacts are the same people, with the same telephone numbers and addresses."""
    rest = list(it.other.release.contacts)
    missing: list[MediaContact] = []
    for contact in it.own.release.contacts:
        other = next((one for one in rest if _is_same_person(contact, one)), None)
        if other is None:
            missing.append(contact)
            continue
        rest.remove(other)
        yield from _reaches(it, contact, other)
    for contact in missing:
        message = f"{it.names[0]} names {_who(contact)} as media contact{at(contact.line)}, {it.names[1]} does not."
        yield Disagreement(message, contact.line)
    for contact in rest:
        message = f"{it.names[1]} names {_who(contact)} as media contact{at(contact.line)}, {it.names[0]} does not."
        yield Disagreement(message, contact.line, is_in_other=True)


@must_agree("version-quotes")
def compare_quotes(it: Pair) -> Iterator[Disagreement]:
    """Every version has as many quotations."""
    own, other = it.own.release.quotes, it.other.release.quotes
    if len(own) == len(other):
        return
    more, longer = (own, it.names[0]) if len(own) > len(other) else (other, it.names[1])
    fewer = other if more is own else own
    said = Counter(_speaker(quote) for quote in fewer)
    extra = [quote for quote in more if _exceeds(said, _speaker(quote))] or list(more[len(fewer) :])
    named = ", ".join(f"“{shorten(quote.text, 30)}”{at(quote.line)}" for quote in extra[:3])
    yield Disagreement(
        f"{it.names[0]} quotes {len(own)} times, {it.names[1]} {len(other)}: only {longer} has {named}.",
        extra[0].line,
        more is other,
    )


@must_agree("version-headline")
def compare_headlines(it: Pair) -> Iterator[Disagreement]:
    """No version has the headline of another: one of them was not translated."""
    own, other = it.own.release, it.other.release
    if own.headline and own.headline == other.headline:
        yield Disagreement(f"{it.own.file} and {it.other.file} have one headline: translate it.", own.headline_line)


@must_agree("version-age")
def compare_ages(it: Pair) -> Iterator[Disagreement]:
    """No version is older than the last edit of another: it may lack a correction."""
    older = _older(it.own, it.other)
    if older is None:
        return
    newer = it.other if older is it.own else it.own
    yield Disagreement(
        f"{older.file} is older ({_edition(older)}) than the last edit of {newer.file} ({_edition(newer)}): see "
        "whether what changed there is in it, too; the same version: above both texts says that it is.",
        None,
        older is it.other,
    )


def _reaches(it: Pair, own: MediaContact, other: MediaContact) -> Iterator[Disagreement]:
    for noun, mine, theirs in (("telephone", own.phones, other.phones), ("e-mail", own.emails, other.emails)):
        if {reach.casefold() for reach in mine} != {reach.casefold() for reach in theirs}:
            yield Disagreement(
                f"the {noun} of {_who(own)} is {', '.join(mine) or 'missing'} in {it.names[0]}{at(own.line)}, "
                f"{', '.join(theirs) or 'missing'} in {it.names[1]}{at(other.line)}.",
                own.line,
            )


def _is_same_person(one: MediaContact, other: MediaContact) -> bool:
    if one.name and other.name:
        return one.name.casefold() == other.name.casefold()
    return bool(set(one.phones) & set(other.phones) or set(one.emails) & set(other.emails))


def _who(contact: MediaContact) -> str:
    return contact.name or contact.organisation or contact.role or next(iter((*contact.phones, *contact.emails)), "?")


def _speaker(quote: Quote) -> str:
    return (quote.speaker or "").casefold()


def _exceeds(said: Counter[str], speaker: str) -> bool:
    said[speaker] -= 1
    return said[speaker] < 0


def _older(one: Version, other: Version) -> Version | None:
    """The version that is behind: by the number both state, else by when each was last edited."""
    first, second = one.release.version, other.release.version
    if first and second:
        numbers = [[int(part) for part in re.sub(r"(?:\.0+)+$", "", text).split(".")] for text in (first, second)]
        return None if numbers[0] == numbers[1] else one if numbers[0] < numbers[1] else other
    if one.edited is None or other.edited is None or abs(one.edited - other.edited) <= ONE_SITTING:
        return None
    return one if one.edited < other.edited else other


def _edition(version: Version) -> str:
    return f"version {version.release.version}" if version.release.version else f"{version.edited:%Y-%m-%d %H:%M}"
