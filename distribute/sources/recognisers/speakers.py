"""The words beside a quotation to the person who speaks and the title they are given."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from distribute.sources.people import (
    is_given_name,
    is_name,
    is_name_word,
    is_title_word,
    particles,
    split_title,
    strip_article,
    strip_honorific,
)
from distribute.sources.vocabulary import Vocabulary

_LONGEST_TITLE = 160
_LONGEST_OFFICE = 8
_CLAUSE = re.compile(r"[;:“„«\"\n(]|\s[–—]\s|[–—](?=[\s,.;])|(?P<word>\b\w*)\.(?=\s|$)|[!?](?=\s|$)")


class Speaker(NamedTuple):
    """A name as found (``surname`` when it is one word), a title, or a pronoun that stands for the last speaker."""

    name: str | None = None
    title: str | None = None
    is_pronoun: bool = False

    @property
    def is_surname(self) -> bool:
        """One word, or one behind its particle: ``Struthers``, ``de Wit``."""
        return bool(self.name) and (" " not in (self.name or "") or (self.name or "")[0].islower())


def read_after(text: str, words: Vocabulary) -> Speaker | None:
    """The speaker in the words that follow a verb: ``Marie Struthers, Director for Europe.``"""
    clause = _first_clause(text, words)
    parts = [part.strip() for part in clause.split(",")]
    return _from_parts(parts, words)


def read_before(text: str, words: Vocabulary) -> Speaker | None:
    """The speaker in the words that precede a verb: ``Commenting on it, Jack Pelton, EAA chairman,``."""
    parts = [part.strip() for part in text[-300:].strip(" ,").split(",")]
    objects: list[int] = []
    for start, part in enumerate(parts):
        if apposed := _apposed(parts[start:], words):
            return apposed
        name, _ = _name_in(part, words)
        if name and " " in name and _is_object(part, name, words):
            objects.append(start)
        elif name and " " in name:
            return _from_parts(parts[start:], words)
    if objects:
        return _from_parts(parts[objects[0] :], words)
    for start, part in enumerate(parts):
        speaker = _from_parts(parts[start:], words)
        if speaker and (speaker.is_pronoun or (speaker.name and len(part.split()) <= 3)):
            return speaker
    last = strip_article(parts[0], words) if parts else ""
    is_office = any(is_title_word(token, words) for token in last.split())
    return Speaker(title=last) if is_office and len(last) < _LONGEST_TITLE else None


def first_person(text: str, words: Vocabulary) -> Speaker | None:
    """The first person whom a sentence names in full."""
    parts = [part.strip() for part in text.rstrip(" :–—").split(",")]
    for start, part in enumerate(parts):
        name, _ = _name_in(part, words)
        if name and " " in name:
            return _from_parts(parts[start:], words)
    return None


def subject_of(sentence: str, words: Vocabulary) -> Speaker | None:
    """The person with whom a sentence begins: ``Dijkgraaf Hendrika Stolwijk begrijpt de verleiding.``"""
    parts = [part.strip() for part in _according(words).sub("", sentence).split(",")]
    if apposed := _apposed(parts, words):
        return apposed
    name, _ = _name_in(parts[0], words)
    if not name or " " not in name:
        return None
    before = parts[0][: max(parts[0].find(name), 0)].split()
    is_first = not before or is_title_word(before[0], words) or strip_article(parts[0], words) != parts[0]
    return _from_parts(parts, words) if is_first and len(before) <= _LONGEST_OFFICE else None


def _apposed(parts: list[str], words: Vocabulary) -> Speaker | None:
    """An office with its holder between commas: ``la alcaldesa, Milagros Barrientos, ha subrayado``."""
    if len(parts) < 2 or not is_name(parts[1], words) or is_name(parts[0], words):
        return None
    verbs = list(_verb(words).finditer(parts[0]))
    office = parts[0][verbs[-1].end() :].strip() if verbs else parts[0]
    bare = strip_article(office, words)
    is_office = any(is_title_word(token, words) for token in bare.split())
    return Speaker(name=parts[1], title=bare) if is_office and len(bare) < _LONGEST_TITLE else None


def _is_object(part: str, name: str, words: Vocabulary) -> bool:
    """``in a letter to Director Jane Doe``: the preposition before her says that this is not who speaks."""
    before = part[: max(part.find(name), 0)].split()
    while before and (is_title_word(before[-1], words) or before[-1].casefold() in words.phrases("articles")):
        before.pop()
    return bool(before) and before[-1].casefold() in words.stop_words


def _first_clause(text: str, words: Vocabulary) -> str:
    """Up to the first stop that is none of an initial's or an abbreviation's: ``Sen.``, ``F.``, ``Inc.``"""
    for end in _CLAUSE.finditer(text):
        word = end["word"]
        is_short = bool(word) and (len(word) == 1 or _is_abbreviation(word, words))
        if not is_short or not text[end.end() :].strip():
            return text[: end.end() - 1] if word else text[: end.start()]
    return text


def _is_abbreviation(word: str, words: Vocabulary) -> bool:
    is_office = word[0].isupper() and len(word) <= 4 and is_title_word(word, words)
    return is_office or word.casefold() in words.phrases("name_abbreviations") + words.phrases("honorifics")


def _from_parts(parts: list[str], words: Vocabulary) -> Speaker | None:
    first = parts[0] if parts else ""
    if not first:
        return None
    head = first.split()[0].casefold().strip("’'")
    if head in {pronoun.casefold() for pronoun in words.phrases("pronouns")}:
        return Speaker(is_pronoun=True)
    if apposed := _apposed(parts, words):
        return apposed
    name, title = _name_in(first, words)
    if name is None:
        described = strip_article(_cut(first, words, is_first=True), words)
        return Speaker(title=described) if described != first and described else None
    return Speaker(name=name, title=title or _title_behind(parts[1:], words))


def _name_in(part: str, words: Vocabulary) -> tuple[str | None, str | None]:
    """The name in one comma-free piece with the title before it, or ``of Centurion`` behind it."""
    found = _stop(words).search(part, 1)
    tokens = (part[: found.start()] if found else part).split()
    for start, stop in _runs(tokens, words):
        name, title = split_title(" ".join(tokens[:stop]), words)
        bare = strip_honorific(name, words) if name else ""
        before = tokens[:start]
        is_alone = _is_one_name(bare, words) and _is_surname(bare, words) and _is_lead_in(before, words)
        if name and (is_name(name, words) or is_alone):
            if is_alone:
                name = f"{before[-1]} {bare}" if before and before[-1] in particles(words) else bare
            behind = tokens[stop:]
            if not title and behind and behind[0].casefold() in words.phrases("title_links"):
                title = " ".join(behind)
            return name, title
    return None, None


def _is_lead_in(tokens: list[str], words: Vocabulary) -> bool:
    """Nothing, or what may stand before a surname: ``wethouder``, ``la ministre``, ``Mr``, the ``de`` of ``de Wit``."""
    known = words.phrases("honorifics") + words.phrases("articles") + words.phrases("particles")
    return all(is_title_word(token, words) or token.casefold().strip(".") in known for token in tokens)


def _runs(tokens: list[str], words: Vocabulary) -> Iterator[tuple[int, int]]:
    """Runs of name words, particles inside them allowed."""
    start: int | None = None
    for place, token in enumerate([*tokens, ""]):
        is_inner = (
            start is not None
            and token.casefold() in particles(words)
            and not (place - start > 1 and _names_house(token, tokens[place - 1], words))
            and _name_follows(tokens[place + 1 :], words)
        )
        if token and (is_name_word(token) or is_inner):
            start = place if start is None else start
        elif start is not None:
            yield start, place
            start = None


def _name_follows(tokens: list[str], words: Vocabulary) -> bool:
    """A capital, perhaps behind a second particle: ``la Tour`` behind ``de``."""
    if len(tokens) > 1 and tokens[0] in particles(words):
        tokens = tokens[1:]
    return bool(tokens) and is_name_word(tokens[0])


def _names_house(token: str, before: str, words: Vocabulary) -> bool:
    """``van`` in ``Kees Bos van Natuurwacht``, where a surname stands before it; not in ``Jan Peter van Dijk``."""
    return token in words.phrases("affiliations") and not is_given_name(before, words)


def _is_one_name(text: str, words: Vocabulary) -> bool:
    """One word, or one behind particles: ``Terpstra``, ``El Amrani``."""
    return all(token.casefold() in particles(words) for token in text.split()[:-1])


def _is_surname(text: str, words: Vocabulary) -> bool:
    bare = strip_honorific(text, words)
    if is_title_word(bare, words):
        return False
    return len(bare) > 2 and bare[0].isupper() and not bare.isupper() and bare.casefold() not in words.stop_words


def _title_behind(parts: list[str], words: Vocabulary) -> str | None:
    kept: list[str] = []
    for place, part in enumerate(parts):
        cut = _cut(part, words)
        if not cut or (place and not _goes_on(cut, words)):
            break
        kept.append(cut)
        if cut != part:
            break
    title = ", ".join(kept)
    return strip_article(title, words)[:_LONGEST_TITLE] or None if len(title) <= _LONGEST_TITLE else None


def _goes_on(part: str, words: Vocabulary) -> bool:
    first = part.split(maxsplit=1)[0]
    return is_title_word(first, words) or (first[0].isupper() and len(part.split()) <= 6)


def _cut(part: str, words: Vocabulary, *, is_first: bool = False) -> str:
    """The piece up to a relative clause or a verb of speech; ``die`` opens no clause where nothing stands before."""
    is_article = is_first and "sets_comma_before_relatives" in words.grammar
    found = (_verb(words) if is_article else _stop(words)).search(part)
    return (part[: found.start()] if found else part).strip()


@cache
def _stop(words: Vocabulary) -> re.Pattern[str]:
    verbs = words.either("attribution_verbs")
    begins = "^" if "sets_comma_before_relatives" in words.grammar else ""
    relatives = rf"{begins}{words.either('relatives')}"
    return re.compile(rf"(?<![\w-])(?:{relatives}(?=\s+\w)|{verbs}(?=\s|$))(?![\w-])", re.IGNORECASE)


@cache
def _verb(words: Vocabulary) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-]){words.either('attribution_verbs')}(?=\s|$)(?![\w-])", re.IGNORECASE)


@cache
def _according(words: Vocabulary) -> re.Pattern[str]:
    return re.compile(rf"^{words.either('according')}\s+", re.IGNORECASE)
