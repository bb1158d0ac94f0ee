"""Whether a paragraph is the issuer describing itself, in words or by the name it begins with."""

from __future__ import annotations

import re
from functools import cache

from distribute.sources.vocabulary import CAPITALS, Vocabulary, either, fold

_LONGEST_NAME = 100
_NATURE_WITHIN = 400
_NATURE_NEAR = 80
_BRACKETED = re.compile(r"\s*\([^()]*\)")
_ABBREVIATION = re.compile(r"\(([A-Z]{2,8})\)")
_YEAR = re.compile(r"\s*(?:19|20)\d\d\b")
_LEAD = re.compile(r"^[\W_]*(?:\(?\d{1,2}[.)]\s*)?")


def is_self_description(text: str, words: Vocabulary) -> bool:
    """``Agua Común es una organización independiente…``: whoever it is, the paragraph says what kind of house it is."""
    match = _self_description(words).match(text)
    return bool(match) and bool(_nature(words).search(text[:_NATURE_WITHIN])) if match else False


def describes_issuer(text: str, words: Vocabulary, whole: str) -> bool:
    """``Unifor is Canada’s largest union``, of a house that the folded ``whole`` text names elsewhere as well."""
    head = _LEAD.sub("", text)[: _LONGEST_NAME * 2]
    link = _link(words).search(head)
    if link and (
        _is_known(head[: link.start()], words, whole) or (not link.start() and _YEAR.match(head[link.end() :]))
    ):
        return True
    being = _being(words).search(head)
    if not being or not _is_known(head[: being.start()], words, whole):
        return False
    return bool(_nature(words).search(text[being.end() : being.end() + _NATURE_NEAR]))


def speaks_of_issuer(text: str, words: Vocabulary, whole: str) -> bool:
    """A paragraph below the text that says what somebody is or does whose name the text knows, if only in part."""
    head = _LEAD.sub("", text)[: _LONGEST_NAME * 2]
    verb = _link(words).search(head) or _being(words).search(head)
    if not verb or not head[:1].isupper():
        return False
    names = [token for token in re.findall(r"[^\W\d_][\w&-]{2,}", head[: verb.start()]) if token[0].isupper()]
    names = [name for name in names if name.casefold() not in words.stop_words]
    return any(whole.count(fold(name)) > 1 for name in names) and verb.start() <= _LONGEST_NAME


def _is_known(name: str, words: Vocabulary, whole: str) -> bool:
    bare = _article(words).sub("", _BRACKETED.sub("", name)).strip(" ,–—-’'\"“”«»")
    if not 2 < len(bare) <= _LONGEST_NAME or not bare[0].isalnum() or bare[0].islower():
        return False
    short = [abbreviation[1] for abbreviation in _ABBREVIATION.finditer(name)]
    return any(whole.count(fold(own)) > 1 for own in (bare, *short))


@cache
def _self_description(words: Vocabulary) -> re.Pattern[str]:
    link = words.either("boilerplate_links")
    name = rf"[{CAPITALS}0-9][^.?!:;,“«]{{1,90}}?"
    return re.compile(rf"(?:(?i:{words.either('articles')})(?:\s+|(?<=['’])))?{name}\s+(?i:{link})(?!\w)")


@cache
def _link(words: Vocabulary) -> re.Pattern[str]:
    """What a house does: ``represents``, ``was founded``; what it is (``is a``) tells nothing without its kind."""
    being = words.phrases("being")
    deeds = [phrase for phrase in words.phrases("boilerplate_links") if phrase.split()[0] not in being]
    return re.compile(rf"(?<!\w){either([*deeds, *words.phrases('boilerplate_verbs')])}(?!\w)", re.IGNORECASE)


@cache
def _being(words: Vocabulary) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){words.either('being')}(?!\w)", re.IGNORECASE)


@cache
def _nature(words: Vocabulary) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){words.either('boilerplate_natures')}(?!\w)", re.IGNORECASE)


@cache
def _article(words: Vocabulary) -> re.Pattern[str]:
    return re.compile(rf"^{words.either('articles')}(?:\s+|(?<=['’]))", re.IGNORECASE)
