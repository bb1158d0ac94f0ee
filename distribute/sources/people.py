"""Whether a phrase is a person's name, a role or an organisation; and a name taken apart from a title."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from distribute.sources.vocabulary import Vocabulary, everywhere

_TOKEN = re.compile(r"[^\W\d_](?:[\w.'’\-‐‑]*\w)?\.?", re.UNICODE)
_LONGEST_NAME = 5
_LONGEST_HOUSE = 12
_BRIEF = 2
_LONGEST_ROLE = 3
_SHORTEST_COMPOUND = 9
_SHORTEST_OFFICE = 5
_SHORTEST_HOUSE = 4


@lru_cache(maxsize=4096)
def is_name(text: str, words: Vocabulary) -> bool:
    """Two to five capitalised words, particles aside, none of them a word of roles or organisations."""
    bare = strip_honorific(text, words)
    tokens = bare.split()
    if not 2 <= len(tokens) <= _LONGEST_NAME or any(ch.isdigit() or ch in "@:/&" for ch in bare):
        return False
    if is_role(bare, words) or is_organisation(bare, words):
        return False
    capitals = [token for token in tokens if token.casefold() not in particles(words)]
    return len(capitals) >= 2 and all(is_name_word(token) for token in capitals)


def is_name_word(token: str) -> bool:
    """Capitalised, of letters with hyphens, apostrophes and a full stop after an initial."""
    bare = token.strip('()“”"')
    if not _TOKEN.fullmatch(bare):
        return False
    prefix = bare[:2].lower().replace("’", "'")
    return bare[0].isupper() or (prefix in everywhere("name_prefixes") and bare[2:3].isupper())


def is_role(text: str, words: Vocabulary) -> bool:
    return bool(_whole("role_words", words).search(text))


def is_organisation(text: str, words: Vocabulary) -> bool:
    if _whole("organisation_words", words).search(text):
        return True
    return "joins_words" in words.grammar and any(_is_house_name(token, words) for token in text.split())


def _is_house_name(token: str, words: Vocabulary) -> bool:
    """Polizeipräsidium, Caritasbund, Vogelbescherming: one word that ends in a kind of house."""
    ends = [phrase for phrase in words.phrases("organisation_words") if len(phrase) >= _SHORTEST_HOUSE]
    return len(token) >= _SHORTEST_COMPOUND and token.casefold().endswith(tuple(ends))


def is_desk(text: str, words: Vocabulary) -> bool:
    """``Ville de Sainte-Luce``, ``Gabinete de prensa del Club Náutico``: a house that issues, and no sentence."""
    match = _desk(words).match(text)
    if not match or text[-1] in ".!?:":
        return False
    small = words.stop_words | particles(words)
    rest = text[match.end() :].split()
    return all(is_name_word(token) or token in small or is_role(token, words) for token in rest)


def opens_as_house(text: str, words: Vocabulary) -> bool:
    """``Ministry of Water``, ``Universität Hallenburg``: a kind of house, what it is for, and no more."""
    first, _, rest = text.partition(" ")
    tokens = rest.split()
    small = words.stop_words | particles(words)
    is_brief = len(tokens) <= _BRIEF or tokens[0].casefold() in small
    is_capital = all(token.casefold() in small or not token[0].islower() for token in tokens)
    return bool(tokens) and is_brief and is_capital and ":" not in text and is_organisation(first, words)


def is_house(text: str, words: Vocabulary) -> bool:
    """A kind of house is among its words, and all have capitals where the language writes names so.

    Some write all but the first word in small letters: ``Ministère de la Transition maritime``.
    """
    tokens = text.split()
    if "names_houses_in_small_letters" in words.grammar:
        return len(tokens) <= _LONGEST_HOUSE and is_organisation(tokens[0], words)
    small = words.stop_words | particles(words)
    is_name = all(token in small or not token[0].islower() for token in tokens)
    return is_name and len(tokens) < _LONGEST_HOUSE and is_organisation(text, words)


def names_issuer(text: str, words: Vocabulary) -> bool:
    """A desk, a house, an office or somebody with an honorific, on a line that says no more: no headline does."""
    first, many = text.split(maxsplit=1)[0], len(text.split())
    is_office = is_role(text, words) and many <= _LONGEST_ROLE
    is_office = is_office or (is_title_word(first, words) and many <= _LONGEST_NAME)
    is_office = is_office or (strip_honorific(text, words) != text and is_name(text, words))
    return is_office or is_desk(text, words) or opens_as_house(text, words)


def strip_honorific(text: str, words: Vocabulary) -> str:
    return _honorific(words).sub("", text).strip()


def is_title_word(token: str, words: Vocabulary) -> bool:
    """A word of office: Director, Bundestagsabgeordneter, BKA-Präsident, Sen."""
    bare = token.strip(".,").casefold()
    titles = _titles(words)
    return bare in titles or bare.rpartition("-")[2] in titles or _is_compound(bare, words)


def _is_compound(word: str, words: Vocabulary) -> bool:
    """German and Dutch write offices as one word: Revierförster, projectleider, Bundesvorsitzende."""
    if "joins_words" not in words.grammar or len(word) < _SHORTEST_COMPOUND:
        return False
    return any(word.endswith(title) for title in _titles(words) if len(title) >= _SHORTEST_OFFICE)


def split_title(text: str, words: Vocabulary) -> tuple[str | None, str | None]:
    """``Dallas County District Attorney John Creuzot`` to its name and the title before it.

    Either may be None: there is no name in ``a spokesperson for the police``.
    """
    tokens = text.split()
    start = _name_start(tokens, words)
    while start < len(tokens) - 1 and _is_office(tokens[start], words):
        start += 1
    name = " ".join(tokens[start:])
    title = " ".join(tokens[:start]) or None
    if start >= len(tokens) or not is_name_word(tokens[start]):
        return None, text or None
    honorific = start
    while honorific and tokens[honorific - 1].casefold().strip(".") in _set("honorifics", words):
        honorific -= 1
    if honorific < start:
        name = " ".join(tokens[honorific:])
        title = " ".join(tokens[:honorific]) or None
    return name, strip_article(title, words) if title else None


def strip_article(text: str, words: Vocabulary) -> str:
    """``the mayor`` and ``la directrice`` without their article."""
    return _article(words).sub("", text)


def _name_start(tokens: list[str], words: Vocabulary) -> int:
    """Where the run of name words begins that ends the phrase, after the last word of office."""
    start = len(tokens)
    while start and (is_name_word(tokens[start - 1]) or _is_inner_particle(tokens, start - 1, words)):
        start -= 1
    offices = [place for place in range(start, len(tokens) - 1) if _is_office(tokens[place], words)]
    first = offices[-1] + 1 if offices else start
    if (
        0 < first < len(tokens)
        and "sets_genitive_behind_office" in words.grammar
        and _is_office(tokens[first - 1], words)
    ):
        return _given_start(tokens, list(range(first, len(tokens))), words)
    if offices:
        return first
    if any(token.endswith(".") for token in tokens[start:-1]):
        return start
    proper = [place for place in range(start, len(tokens)) if tokens[place].casefold() not in particles(words)]
    return _given_start(tokens, proper[-3:], words) if len(proper) > 3 else start


def _given_start(tokens: list[str], places: list[int], words: Vocabulary) -> int:
    """Of more capitals than a name has, the first given name: ``Instytutu Suszy Anna Nowak``; else the first of all."""
    return next((place for place in places[:-1] if is_given_name(tokens[place], words)), places[0])


def is_given_name(token: str, words: Vocabulary) -> bool:
    """One of the commonest given names, alone or joined to another: Jan, Anna-Maria."""
    return token.casefold().partition("-")[0] in _set("given_names", words)


def _is_office(token: str, words: Vocabulary) -> bool:
    return is_title_word(token, words) or is_honorific(token, words)


def is_honorific(token: str, words: Vocabulary) -> bool:
    """``Mr``, ``Dr.``, ``Frau``."""
    return token.strip(".").casefold() in _set("honorifics", words)


def _is_inner_particle(tokens: list[str], place: int, words: Vocabulary) -> bool:
    """The ``de`` of ``Ana de Wit``, the ``de`` and ``la`` of ``Jean de la Tour``."""
    if not 0 < place < len(tokens) - 1 or tokens[place].casefold() not in particles(words):
        return False
    before = tokens[place - 1]
    is_second = place > 1 and before.casefold() in particles(words) and is_name_word(tokens[place - 2])
    return is_name_word(before) or is_second


@cache
def _article(words: Vocabulary) -> re.Pattern[str]:
    return re.compile(rf"^{words.either('articles')}(?:\s+|(?<=['’]))", re.IGNORECASE)


@cache
def _desk(words: Vocabulary) -> re.Pattern[str]:
    return re.compile(rf"{words.either('desks', 'town_words')}(?!\w)", re.IGNORECASE)


@cache
def _whole(group: str, words: Vocabulary) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){words.either(group)}(?!\w)", re.IGNORECASE)


@cache
def _honorific(words: Vocabulary) -> re.Pattern[str]:
    return re.compile(rf"^(?:{words.either('honorifics')}\b\.?\s+)+", re.IGNORECASE)


@cache
def _set(group: str, words: Vocabulary) -> frozenset[str]:
    return frozenset(phrase.casefold() for phrase in words.phrases(group))


def _titles(words: Vocabulary) -> frozenset[str]:
    return _set("title_words", words)


def particles(words: Vocabulary) -> frozenset[str]:
    """The small words inside names: de, van, bin."""
    return _set("particles", words)
