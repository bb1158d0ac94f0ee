"""One line of a contact block to what it holds: names, roles, organisations, numbers and addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise

from distribute.sources.contact_words import classify, is_name_piece
from distribute.sources.people import is_organisation, is_role
from distribute.sources.reaches import find_reaches, reveal
from distribute.sources.regions import is_place
from distribute.sources.vocabulary import CAPITALS, Vocabulary, either

_SEPARATOR = re.compile(r"\s*(?:[,;|•·\t\0]|\s[–—\-/]+(?=\s|$)|(?:^|\s)[–—\-]\s|[–—](?=\0)|//)\s*")
_NETWORKS = re.compile(
    r"(?:(?:x|twitter|bluesky|facebook|instagram|linkedin|mastodon|threads|web(?:site)?|skype)\W*)+", re.IGNORECASE
)
_IN_BRACKETS = re.compile(r"\([^()]{0,80}\)")
_HELD = ",;/-–:|"
_HIDDEN = {ord(sign): chr(0xE000 + place) for place, sign in enumerate(_HELD)}
_SHOWN = {0xE000 + place: sign for place, sign in enumerate(_HELD)}
"""Signs that part nothing inside brackets, and the private-use characters that stand for them meanwhile."""
_ENDS = " .,:;|<>*_–—-/\u00a0"


def read_line(
    text: str, words: Vocabulary, regions: tuple[str, ...], addresses: Sequence[str] = ()
) -> Iterator[tuple[str, str]]:
    """The pieces of a line in order, each with what it is: name, role, organisation, phone, email or hidden.

    ``addresses`` are those of the whole block: an organisation is told by the domain it writes from.
    """
    text, place, name_at = reveal(text), 0, -1
    if text.rstrip().endswith(":") and is_place(text.rstrip(" :"), words):
        return
    for start, end, kind, value in [*find_reaches(text, words, regions), (len(text), len(text), "", "")]:
        for it, worded in _worded(text[place:start], words, tuple(addresses), is_after_name=name_at >= 0):
            name_at = place if it == "name" else name_at
            yield it, worded
        if kind:
            yield kind, value
        place = max(place, end)


def _worded(
    text: str, words: Vocabulary, addresses: tuple[str, ...], *, is_after_name: bool
) -> Iterator[tuple[str, str]]:
    text = text.lstrip(" )").rstrip(" (")
    if text.count("(") > text.count(")"):
        text = ", ".join(text.rsplit("(", 1))
    pieces = [bare for piece in _pieces(text, words) if (bare := _bare(piece, words))]
    if len(pieces) > 1 and is_name_piece(pieces[1], words) and _is_whereabouts(pieces[0], words):
        pieces = pieces[1:]
    is_beside_name = False
    for piece in pieces:
        found = classify(piece, words, addresses, is_after_name=is_after_name, is_beside_name=is_beside_name)
        for kind, value in found:
            is_beside_name = is_beside_name or kind == "name"
            is_after_name = is_after_name or is_beside_name
            yield kind, value


def _bare(piece: str, words: Vocabulary) -> str:
    bare = _strip_labels(piece, words)
    is_word = len(bare) > 1 and any(ch.isalpha() for ch in bare) and not _NETWORKS.fullmatch(bare)
    return bare if is_word else ""


def _is_whereabouts(text: str, words: Vocabulary) -> bool:
    """``In Nairobi``, ``Vancouver``, ``UK & Europe``: where the person behind it is found."""
    first, _, rest = text.partition(" ")
    is_adverbial = (
        bool(rest) and first.casefold() in words.stop_words and len(first) <= len("In") and first[0].isupper()
    )
    return is_adverbial or is_place(text, words)


def _pieces(text: str, words: Vocabulary) -> Iterator[str]:
    """The parts of a line between commas and dashes; what a colon sets before a name or a desk is a part as well.

    A label such as ``Nombre contacto:``, ``Interviews:`` or ``Voor de pers:`` is none.
    """
    if _firm(words).fullmatch(text.strip()):
        yield text
        return
    masked = _IN_BRACKETS.sub(lambda match: match[0].translate(_HIDDEN), text)
    for piece in _rejoined(_SEPARATOR.split(masked), masked, words):
        label, _, value = piece.partition(":")
        is_label = value.strip() and not _label(words).match(piece)
        if is_label and not _is_heading(label.strip(" (*_"), words):
            yield label.translate(_SHOWN)
        yield (value if is_label else piece).translate(_SHOWN)


def _rejoined(pieces: Sequence[str], text: str, words: Vocabulary) -> Iterator[str]:
    """``Els Bos - van Dam`` is one name: a dash before a small word of names parts nothing."""
    small = words.phrases("particles")
    held = pieces[0]
    for before, piece in pairwise(pieces):
        first, _, rest = piece.partition(" ")
        is_name = bool(before) and first in small and rest[:1].isupper() and f"{before} - {piece}" in text
        if is_name:
            held = f"{held} - {piece}"
        else:
            yield held
            held = piece
    yield held


def _is_heading(label: str, words: Vocabulary) -> bool:
    """What stands before a colon says whom the contact is for, or where: it is nobody's name or house."""
    first = label.split(" ", maxsplit=1)[0].casefold()
    if not label or first in words.stop_words or _NETWORKS.fullmatch(label) or is_place(label, words):
        return True
    return bool(_calls(words).search(label)) and not is_organisation(label, words)


def _strip_labels(text: str, words: Vocabulary) -> str:
    """A piece without ``Tel.:``, ``E-mail``, ``(Office)``, ``please contact``, ``or``."""
    is_open = text.count("(") != text.count(")")
    bare = text.strip(_ENDS + "()[]") if is_open else text.strip(_ENDS + "[]")
    for _ in range(4):
        shorter = _label(words).sub("", bare).strip(_ENDS)
        shorter = _trailing(words).sub("", shorter).strip(_ENDS)
        if shorter == bare:
            break
        bare = shorter
    return bare if not _alone(words).fullmatch(bare.strip("()")) else ""


@cache
def _label(words: Vocabulary) -> re.Pattern[str]:
    reach = words.either("phone_words", "fax_words", "email_words", "extension_words")
    lead = words.either("contact_verbs", "joiners")
    opener = words.either("contact_openers")
    return re.compile(
        rf"^(?:{reach}(?:\s*[.:]+|\s*$|\s+(?=[(+\d]))|{opener}\s*:|{lead}\s+(?=\S)|{lead}$)", re.IGNORECASE
    )


@cache
def _calls(words: Vocabulary) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){words.either('contact_openers', 'email_words')}(?!\w)", re.IGNORECASE)


@cache
def _trailing(words: Vocabulary) -> re.Pattern[str]:
    reach = words.either("phone_words", "fax_words", "email_words")
    label = rf"(?:,\s*|\s+(?=[\w\s-]+[.:]\s*$)){reach}\s*[.:]*\s*$"
    dialled = [phrase for phrase in words.phrases("phone_words") if len(phrase) > 1 and not _is_room(phrase, words)]
    glued = rf"\s+{either(dialled)}$"
    return re.compile(rf"(?<=[\w)])(?:{label}|{glued}|\s+(?-i:{words.either('joiners')})$)|\s+\($", re.IGNORECASE)


@cache
def _firm(words: Vocabulary) -> re.Pattern[str]:
    """``Barker, Lane & Fox``: partners who give a house their names."""
    name = rf"[{CAPITALS}][\w.'’]+"
    return re.compile(rf"{name}(?:, {name}){{1,4}},? (?:&|{words.either('conjunctions')}) {name}")


def _is_room(phrase: str, words: Vocabulary) -> bool:
    """``Office`` before a number may be the end of a desk's name."""
    return is_organisation(phrase, words) or is_role(phrase, words)


@cache
def _alone(words: Vocabulary) -> re.Pattern[str]:
    group = words.either("phone_words", "fax_words", "email_words", "extension_words", "joiners", "contact_verbs")
    return re.compile(rf"(?:{group}[\s.:/&]*)+", re.IGNORECASE)
