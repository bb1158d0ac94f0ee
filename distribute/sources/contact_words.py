"""A few words of a contact to what they are: a name, a role, an organisation, or two of them run together."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from distribute.sources.people import (
    is_name,
    is_organisation,
    is_role,
    is_title_word,
    opens_as_house,
    particles,
    split_title,
    strip_honorific,
)
from distribute.sources.vocabulary import Vocabulary, fold

_BRACKETED = re.compile(r"^\(([^()]*)\)$|\s*\([^()]*\)$")
_DEGREE = re.compile(
    r"(?:Ph\.? ?D|M\.?D|MPH|MPA|MBA|M\.?Sc|B\.?Sc|M\.?A|B\.?A|LL\.?[MB]|J\.?D|RN|CBE|OBE|MBE|QC|KC|FRS|Esq)\.?"
)
_FORM = re.compile(r"\b(?:Corp|Inc|Ltd|LLC|plc|PLC|GmbH|AG|BV|B\.V|NV|N\.V|S\.A|SA|SAS|Lda|Ltda|e\.V)\.?$")
_LONGEST = 90
_LONG_WORD = 8
_MOST_WORDS = 8
_MOST_PROSE = 3
_SHORTEST = 3


def classify(
    text: str, words: Vocabulary, addresses: tuple[str, ...], *, is_after_name: bool, is_beside_name: bool
) -> Iterator[tuple[str, str]]:
    """Kinds with their texts. A role may stand before its name: ``Pressesprecherin Ana Ruiz``.

    ``is_beside_name`` says that nothing but words stand between this and the name before it.
    """
    plain = _BRACKETED.sub("", text).strip() or text
    is_note = text[0] == "(" and text[-1] == ")" and not is_role(text, words)
    if _DEGREE.fullmatch(plain) or is_note or _is_prose(plain, words):
        return
    if is_name_piece(text, words) and not writes_from(plain, addresses, words):
        yield from _titled(text, words)
        return
    if parted := None if is_after_name else _part(plain, words, addresses):
        yield from parted
    else:
        yield from _office(text, words, addresses, is_after_name=is_after_name, is_beside_name=is_beside_name)


def _titled(text: str, words: Vocabulary) -> Iterator[tuple[str, str]]:
    """A name without Ms or Frau; words of office before it are the role: ``Detective Sgt. Paul Moore``."""
    tokens = _civil(words).sub("", text).split()
    length = 0
    while length < len(tokens) - 2 and is_title_word(tokens[length], words):
        length += 1
    if length:
        yield "role", " ".join(tokens[:length])
    yield "name", " ".join(tokens[length:])


def is_name_piece(text: str, words: Vocabulary) -> bool:
    """A person's name, languages or a place in brackets behind it aside; ``FCMN Contact`` is none."""
    plain = (_BRACKETED.sub("", text).strip() or text).replace(" - ", " ")
    if not is_name(plain, words) or _contact(words).search(plain):
        return False
    tokens = [token for token in plain.split() if token not in particles(words)]
    is_desk = any(_is_desk_word(token, words) for token in tokens)
    return not is_desk and not all(is_title_word(token, words) for token in tokens)


def _is_desk_word(token: str, words: Vocabulary) -> bool:
    """Concerncommunicatie, Unternehmenskommunikation: a desk that German and Dutch write as one word."""
    ends = tuple(phrase for phrase in words.phrases("role_words") if len(phrase) >= _LONG_WORD)
    return "joins_words" in words.grammar and token.casefold().endswith(ends)


def writes_from(text: str, addresses: tuple[str, ...], words: Vocabulary) -> bool:
    """The words are spelt in the domain of an address and not before its ``@``: ``Prensa Rivera Viva``."""
    own = (
        token for token in re.split(r"[\s\-]+", text) if not is_role(token, words) and not is_organisation(token, words)
    )
    tokens = [fold(token) for token in own if len(token) >= _SHORTEST]
    for address in addresses:
        local, _, host = fold(address).partition("@")
        house = host.rpartition(".")[0].replace("-", "")
        spelt = [token for token in tokens if token.strip(".") in house]
        if len("".join(spelt)) * 2 >= len("".join(tokens)) > 0 and len(spelt) * 2 >= len(tokens):
            return not any(token in local for token in tokens)
    return False


def _part(text: str, words: Vocabulary, addresses: tuple[str, ...]) -> list[tuple[str, str]] | None:
    """What is run together without a comma, with a name in it; None where there is none."""
    name, title = split_title(text, words)
    is_bound = bool(title) and _is_small(title.split()[-1], words) if title else False
    is_house = not name or writes_from(name, addresses, words)
    if title and name and not is_bound and not is_house and is_name(name, words) and _is_office(title, words):
        return [("role", title), ("name", name)]
    return _behind_number(text, words) or name_with_house(text, words) or _with_role(text, words)


def _behind_number(text: str, words: Vocabulary) -> list[tuple[str, str]] | None:
    """``Referat 1 Eva von der Aue``: an office with a number, and who sits there."""
    match = re.match(r"([^\W\d].*?\b\d{1,3})\s+(\D+)", text)
    return [("role", match[1]), ("name", match[2])] if match and is_name(match[2], words) else None


def name_with_house(text: str, words: Vocabulary) -> list[tuple[str, str]] | None:
    """``Ana Ruiz of Rivers Watch``, ``Jon Lee at the Ministry of Works``."""
    tokens = text.split()
    links = {*words.phrases("title_links"), *words.phrases("joiners")} - {*words.phrases("conjunctions")}
    for place in range(2, min(len(tokens) - 1, 6)):
        if tokens[place] not in links:
            continue
        name, rest = " ".join(tokens[:place]), tokens[place + 1 :]
        while len(rest) > 1 and _is_small(rest[0], words):
            rest = rest[1:]
        house = " ".join(rest)
        is_house = house[0].isupper() and (is_organisation(house, words) or tokens[place] not in particles(words))
        is_desk = house[0].islower() and (is_role(house, words) or _is_desk_word(house, words))
        if is_name(name, words) and (is_house or is_desk) and not is_name(text, words):
            return [("name", name), ("organisation" if is_house else "role", house)]
    return None


def _with_role(text: str, words: Vocabulary) -> list[tuple[str, str]] | None:
    """``Anna Bell Tara Works Senior Industrial Officer``: a name, then words that end in an office."""
    tokens = text.split()
    if len(tokens) < 4 or not is_title_word(tokens[-1], words):
        return None
    is_initial = tokens[1].endswith(".") or tokens[1].casefold() in particles(words)
    length = 3 if is_initial else 2
    name, role = " ".join(tokens[:length]), " ".join(tokens[length:])
    return [("name", name), ("role", role)] if is_name(name, words) and not is_title_word(tokens[0], words) else None


def _office(
    text: str, words: Vocabulary, addresses: tuple[str, ...], *, is_after_name: bool, is_beside_name: bool
) -> Iterator[tuple[str, str]]:
    """Roles and organisations; a role behind its organisation's initials, or before its name, is both."""
    if housed := _role_and_house(text, words, addresses):
        yield from housed
    elif _is_role(text, words, addresses, is_after_name=is_after_name):
        yield "role", text
    elif is_organisation(text, words) or (text[0].isupper() and not any(map(str.isdigit, text))):
        yield "organisation", text
    elif is_beside_name and text[0].islower() and len(text.split()) <= _MOST_WORDS:
        yield "role", text


def _role_and_house(text: str, words: Vocabulary, addresses: tuple[str, ...]) -> list[tuple[str, str]] | None:
    """``EW Communications Director``, ``Gabinete de prensa de Obras Ejemplo``, ``EW media relations`` (no role)."""
    first, _, rest = text.partition(" ")
    has_office = any(is_title_word(token, words) for token in text.split())
    if re.fullmatch(r"[A-ZÀ-ÖØ-Þ]{2,6}", first) and is_role(rest, words) and not _is_office(first, words):
        return [("organisation", first), ("role", rest)] if has_office else [("organisation", text)]
    tokens = text.split()
    for place in range(len(tokens) - 2, 0, -1):
        role, house = " ".join(tokens[:place]), " ".join(tokens[place + 1 :])
        if tokens[place] not in words.phrases("title_links") or not is_role(role, words):
            continue
        if house[0].isupper() and (_FORM.search(house) or writes_from(house, addresses, words)):
            return [("role", role), ("organisation", house)]
    return None


def _is_role(text: str, words: Vocabulary, addresses: tuple[str, ...], *, is_after_name: bool) -> bool:
    has_office = any(is_title_word(token, words) for token in text.split())
    if is_role(text, words) or _is_desk_word(text.split(maxsplit=1)[0], words):
        is_houses_own = not has_office and writes_from(text, addresses, words)
        return not is_houses_own and not _is_house(text, words, is_after_name=is_after_name)
    return is_after_name and has_office and not opens_as_house(text, words) and len(text.split()) <= _MOST_WORDS


def _is_prose(text: str, words: Vocabulary) -> bool:
    """More small-written words than a role or an organisation has, or a line that is too long for either."""
    prose = [token for token in text.split() if token[0].islower() and not _is_small(token, words)]
    return len(text) > _LONGEST or (len(prose) > _MOST_PROSE and len(text.split()) > _MOST_WORDS)


def _is_small(token: str, words: Vocabulary) -> bool:
    return token in words.stop_words or token in particles(words)


def _is_office(text: str, words: Vocabulary) -> bool:
    return is_role(text, words) or any(is_title_word(token, words) for token in text.split())


def _is_house(text: str, words: Vocabulary, *, is_after_name: bool) -> bool:
    """``Boeing Media Relations``: an organisation's desk rather than somebody's role."""
    first = strip_honorific(text, words).split()[0]
    is_desk = not is_role(first, words) and first[0].isupper() and is_role(text.split(None, 1)[-1], words)
    offices = [token for token in text.split() if is_title_word(token, words)]
    return (
        is_desk
        and not offices
        and not is_after_name
        and len(text.split()) > 2
        and not any(token[0].islower() for token in text.split())
    )


@cache
def _contact(words: Vocabulary) -> re.Pattern[str]:
    return re.compile(rf"\b{words.either('contact_nouns')}\b", re.IGNORECASE)


@cache
def _civil(words: Vocabulary) -> re.Pattern[str]:
    return re.compile(rf"^{words.either('civil_titles')}\b\.?\s+", re.IGNORECASE)
