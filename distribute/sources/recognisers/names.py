"""The person whom a phrase names, told from the offices, houses and places around the name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from distribute.sources.people import (
    is_given_name,
    is_honorific,
    is_name,
    is_name_word,
    is_organisation,
    is_title_word,
    particles,
    strip_article,
    strip_honorific,
)
from distribute.sources.recognisers.name_runs import (
    PREFIXED,
    find_runs,
    is_office,
    is_particle,
)
from distribute.sources.vocabulary import Vocabulary

_GENITIVE = ("’s", "'s", "s’", "s'")
_LONGEST_OFFICE = 12


class Named(NamedTuple):
    """A name with its honorific, and the tokens ``start`` to ``stop`` that it takes up; ``is_whole``: not a surname."""

    name: str
    start: int
    stop: int
    is_whole: bool


def find_named(tokens: Sequence[str], words: Vocabulary) -> Named | None:
    """The person in a phrase without commas; a house that leads to an office gives way to the name behind it.

    ``Harbour Watch head of campaigns Jo Luce`` names Jo Luce, ``head of Harbour Watch`` nobody.
    """
    runs = list(find_runs(tokens, words))
    for place, (start, stop) in enumerate(runs):
        if place + 1 < len(runs) and _leads_to_office(tokens[stop : runs[place + 1][0]], words):
            continue
        found = _person(tokens, start, stop, words)
        if found and not found.is_whole and place + 1 < len(runs) and _describes(tokens, stop, *runs[place + 1], words):
            continue
        if found:
            return found
    return None


def _describes(tokens: Sequence[str], stop: int, start: int, end: int, words: Vocabulary) -> bool:
    """``Senegalese filmmaker and finalist Hussein Sow``: nothing but nouns lead from the one word to a full name."""
    between = [token for token in tokens[stop:start] if token not in words.phrases("and_words")]
    is_noun = bool(between) and all(token.isalpha() and token not in words.stop_words for token in between)
    named = _person(tokens, start, end, words) if is_noun else None
    return named is not None and named.is_whole


def _leads_to_office(between: Sequence[str], words: Vocabulary) -> bool:
    """``biosecurity spokesperson``, ``head of campaigns``: between a house and its officer, without a verb."""
    has_office = any(is_title_word(token, words) for token in between)
    return has_office and not any(
        token in words.stop_words and token not in words.phrases("title_links") for token in between
    )


def find_people(tokens: Sequence[str], words: Vocabulary) -> Iterator[tuple[Named, str | None]]:
    """Everybody whom a phrase names in full, with the office before the name."""
    behind = 0
    for start, stop in find_runs(tokens, words):
        found = _person(tokens, start, stop, words)
        if found and found.is_whole:
            yield found, office_before(tokens[behind : found.start], words)
            behind = found.stop


def office_before(tokens: Sequence[str], words: Vocabulary) -> str | None:
    """The office that leads to a name: from the article or the small word before its first word of office."""
    places = [place for place, token in enumerate(tokens) if is_title_word(token, words)]
    if not places:
        return None if not tokens or not is_name_word(tokens[-1]) else _bare(tokens[-_LONGEST_OFFICE:], words)
    start = places[0]
    while (
        start
        and not _is_small(tokens[start - 1], words)
        and tokens[start - 1] not in words.phrases("attribution_verbs")
    ):
        start -= 1
    return _bare(tokens[start:], words) if len(tokens) - start <= _LONGEST_OFFICE else None


def is_letters(text: str, words: Vocabulary) -> bool:
    """``MP``, ``PhD``, ``Jr.``: letters behind a name, which are no part of a sentence."""
    return text.strip(".").casefold() in words.phrases("honours") + words.phrases("generations")


def _bare(tokens: Sequence[str], words: Vocabulary) -> str | None:
    return strip_article(" ".join(tokens), words) or None


def _is_small(token: str, words: Vocabulary) -> bool:
    small = words.stop_words | frozenset(words.phrases("articles"))
    return token in small and (token not in words.phrases("title_links") or token in words.phrases("articles"))


def _person(tokens: Sequence[str], start: int, stop: int, words: Vocabulary) -> Named | None:
    end = stop
    while end - 1 > start and tokens[end - 1].strip(".").casefold() in words.phrases("honours"):
        end -= 1
    begin = _behind_house(tokens, _behind_office(tokens, start, end, words), end, start, words)
    if begin is None or _goes_on_with_house(tokens, start, begin, words):
        return None
    name = " ".join(tokens[begin:end])
    is_headless = is_title_word(tokens[end - 1], words) and (
        "." in tokens[begin] or (stop < len(tokens) and tokens[stop] in words.phrases("title_links"))
    )
    if is_headless:
        return None
    if is_name(_plain(name), words):
        return Named(_addressed(tokens, begin, name, words), begin, stop, is_whole=True)
    return _surname(tokens, start, begin, end, words)


def _surname(tokens: Sequence[str], start: int, begin: int, end: int, words: Vocabulary) -> Named | None:
    """One word behind nothing but an office: ``wethouder Terpstra``, ``Mr Peters``, ``de Wit``."""
    name, before = " ".join(tokens[begin:end]), tokens[:begin]
    proper = [token for token in tokens[begin:end] if not is_particle(token, words)]
    bare = strip_honorific(name, words)
    is_led = bool(before) and is_office(before[-1], words)
    is_other = is_organisation(bare, words) or (is_title_word(bare, words) and not (is_led and "-" in bare))
    if len(proper) != 1 or is_other or bare.casefold() in words.stop_words:
        return None
    if len(bare) <= 2 or (bare.isupper() and not is_led):
        return None
    known = words.phrases("honorifics") + words.phrases("articles") + words.phrases("particles")
    outside = tokens[: start if begin > start and is_led else begin]
    if not all(is_title_word(token, words) or token.casefold().strip(".") in known for token in outside):
        return None
    if before and before[-1] in particles(words):
        bare = f"{before[-1]} {bare}"
    return Named(bare, begin, end, is_whole=False)


def _behind_office(tokens: Sequence[str], start: int, end: int, words: Vocabulary) -> int:
    """The first token of a run after its last word of office, honorific, house or genitive."""
    begin = start
    for place in range(start, end - 1):
        token = tokens[place]
        is_house = place + 2 < end and is_organisation(token, words)
        if is_house or is_office(token, words) or token.endswith(_GENITIVE):
            begin = place + 1
    mixed = [token for token in tokens[begin:end] if not token.isupper()]
    while len(mixed) > 1 and begin < end - 2 and tokens[begin].isupper() and "." not in tokens[begin]:
        begin += 1
    return begin


def _behind_house(tokens: Sequence[str], begin: int, end: int, start: int, words: Vocabulary) -> int | None:
    """Where the name begins in a run that ``of`` leads to: ``of Rivers Watch Jane Doe``; None where none does."""
    if not begin or not _governs(tokens, begin, start, words):
        return begin
    proper = [place for place in range(begin, end) if not is_particle(tokens[place], words)]
    heavy = [place for place in proper if not _is_initial(tokens[place]) and not _is_generation(tokens[place], words)]
    if len(heavy) < 3:
        has_office = any(is_title_word(token, words) for token in tokens[:begin])
        return None if has_office and tokens[begin - 1].casefold() in words.phrases("title_links") else begin
    if given := next((place for place in heavy[:-1] if is_given_name(tokens[place], words)), None):
        return given
    many = 3 if "uses_two_surnames" in words.grammar and len(heavy) > 3 else 2
    return heavy[-many]


def _goes_on_with_house(tokens: Sequence[str], start: int, begin: int, words: Vocabulary) -> bool:
    """``Red de Municipios Rurales``, of which ``de Municipios Rurales`` is nobody's name."""
    is_small = tokens[begin][0].islower() and is_particle(tokens[begin], words)
    return is_small and begin > start and is_organisation(tokens[begin - 1], words)


def _governs(tokens: Sequence[str], begin: int, start: int, words: Vocabulary) -> bool:
    """A small word leads to the run, or an office that a house in the genitive follows: ``dyrektor Instytutu Wody``."""
    token = tokens[begin - 1]
    if begin != start or is_title_word(token, words):
        return "sets_genitive_behind_office" in words.grammar and is_title_word(token, words)
    return token.casefold() in words.phrases("title_links") or token in words.stop_words or token in particles(words)


def _addressed(tokens: Sequence[str], begin: int, name: str, words: Vocabulary) -> str:
    return f"{tokens[begin - 1]} {name}" if begin and is_honorific(tokens[begin - 1], words) else name


def _is_initial(token: str) -> bool:
    return token.endswith(".") and len(token.strip(".")) <= 2


def _is_generation(token: str, words: Vocabulary) -> bool:
    return token.strip(".").casefold() in words.phrases("generations")


def _plain(name: str) -> str:
    """The name as lists of particles have it: ``al-Masri`` as ``Al-Masri``, ``’t`` as ``'t``."""
    tokens = name.split()
    return " ".join(
        token[0].upper() + token[1:] if PREFIXED.fullmatch(token) else token.replace("’t", "'t") for token in tokens
    )
