"""What a post must not do to its release: misquote, leave a speaker out, invent a number, leak what is not public."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from distribute.domain.release import Release
from distribute.rendering.quotation import normalise_wording, quoted_runs

_URL = re.compile(r"https?://\S+", re.IGNORECASE)
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_DIALLED = re.compile(r"\+?\d[\d\s().\-/]{5,}\d")
_NOT_PUBLIC = re.compile(
    r"^\W*(?:(?:strictly\s+)?(?:under\s+|sous\s+)?embargo(?:ed)?\s*(?::|until\b|till\b|jusqu|bis\b|hasta\b|até\b|tot\b)"
    r"|for\s+immediate\s+release|sperrfrist)|#\s?#\s?#",
    re.IGNORECASE | re.MULTILINE,
)
_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv", "phd", "md", "mp", "qc", "kc", "esq"})
_WORDS_OF_A_TERM = 2


def faults(text: str, release: Release) -> list[str]:
    """Everything wrong with ``text`` as a post of ``release``, each as a clause; empty when it is faithful."""
    return [fault for check in CHECKS for fault in check(text, release)]


def unpaired_marks(text: str, _release: Release) -> Iterator[str]:
    """Quotation marks that do not pair: nobody could tell where a quotation ends."""
    if quoted_runs(text) is None:
        yield "its quotation marks do not pair"


def misquotations(text: str, release: Release) -> Iterator[str]:
    """Quoted runs that the release does not contain word for word; paragraphs may re-open the mark."""
    wording = normalise_wording(wording_of(release))
    for run in quoted_runs(text) or ():
        paragraphs = [re.escape(normalise_wording(one)) for one in re.split(r"\n\s*\n", run) if one.strip()]
        if not re.search(r' ?"? ?'.join(paragraphs), wording):
            yield f"it quotes “{run.strip()}”, which the release does not say"


def missing_speakers(text: str, release: Release) -> Iterator[str]:
    """Quotations whose speaker's surname is not in the same text.

    One or two quoted words are a term, and what the headline puts in marks is the author's own.
    """
    titles = " ".join(normalise_wording(one) for one in (release.headline or "", *release.subheads))
    for run in map(normalise_wording, quoted_runs(text) or ()):
        speakers = [q.speaker for q in release.quotes if q.speaker and run in normalise_wording(q.text)]
        if not speakers or len(run.split()) <= _WORDS_OF_A_TERM or f'"{run}"' in titles:
            continue
        if not any(names(text, speaker) for speaker in speakers):
            yield f"it quotes {speakers[0]} without the name"


def invented_numbers(text: str, release: Release) -> Iterator[str]:
    """Numbers that the release does not print."""
    known = set(_NUMBER.findall(wording_of(release)))
    for number in dict.fromkeys(_NUMBER.findall(_URL.sub(" ", text))):
        if number not in known:
            yield f"it says {number}, a number the release does not contain"


def foreign_links(text: str, release: Release) -> Iterator[str]:
    """More than one link, or a link that is not the release's own."""
    links = [link.rstrip(".,;:!?)]»”’") if link != release.link else link for link in _URL.findall(text)]
    yield from (f"it links to {link}, which is not the release's link" for link in links if link != release.link)
    if len(links) > 1:
        yield f"it has {len(links)} links: a post may have one"


def leaks(text: str, release: Release) -> Iterator[str]:
    """What is meant for journalists alone: the release line, the end mark, the media contact's phone and address."""
    raw, plain = normalise_wording(release.release_line.raw or ""), normalise_wording(text)
    if match := _NOT_PUBLIC.search(text):
        yield f"it says “{match[0].strip()}”, which is meant for editors"
    elif raw and raw.casefold() in plain.casefold():
        yield f"it says “{raw}”, which is meant for editors"
    if release.end_mark and release.end_mark.strip() in (line.strip() for line in text.splitlines()):
        yield f"it contains the end mark {release.end_mark.strip()}"
    dialled = [re.sub(r"\D", "", number) for number in _DIALLED.findall(_URL.sub(" ", text))]
    for contact in release.contacts:
        for phone in contact.phones:
            national = re.sub(r"\D", "", phone.partition(";")[0])[-8:]
            if any(national in number for number in dialled):
                yield f"it gives the media contact's telephone number {phone}"
        yield from (f"it gives the address {one}" for one in contact.emails if one.casefold() in plain.casefold())


CHECKS: tuple[Callable[[str, Release], Iterator[str]], ...] = (
    unpaired_marks,
    misquotations,
    missing_speakers,
    invented_numbers,
    foreign_links,
    leaks,
)


def names(text: str, speaker: str) -> bool:
    """Whether the surname of ``speaker`` stands in ``text`` as a word of its own."""
    words = [word for word in speaker.replace(",", " ").split() if word.strip(".").casefold() not in _SUFFIXES]
    surname = normalise_wording(words[-1] if words else speaker)
    return re.search(rf"(?<!\w){re.escape(surname)}(?!\w)", normalise_wording(text), re.IGNORECASE) is not None


def wording_of(release: Release) -> str:
    """Everything the release prints for the public, a part a line."""
    parts = (release.headline, *release.subheads, *(b.text for b in release.body), release.boilerplate)
    return "\n".join(part for part in (*parts, release.notes_to_editors) if part)
