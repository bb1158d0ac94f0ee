"""The clause that says who speaks: after a quotation, before it, inside it, or in the paragraph above."""

from __future__ import annotations

import re
from itertools import islice

from distribute.sources.people import is_title_word
from distribute.sources.recognisers.signatures import read_signature
from distribute.sources.recognisers.speakers import Speaker, first_person, read_after, read_before
from distribute.sources.recognisers.verbs import (
    according_first,
    according_last,
    any_verb,
    anywhere,
    compound_verb,
    inverted,
    statement,
    verb_first,
    verb_last,
    verb_of_saying,
)
from distribute.sources.sentences import split_sentences
from distribute.sources.vocabulary import CAPITALS, Vocabulary

_REACH = 480
_MOST_COMMAS = 12
_FEW = 5
_LONGEST_SUBJECT = 180
_FOREIGN = re.compile(r"[;:“„«\"]")
_AFTER_COMMA = re.compile(r",\s+|\s[–—]\s?")
_SUBJECT_FIRST = re.compile(
    rf"(?P<who>[{CAPITALS}][\w’'\-]+(?:\s[{CAPITALS}][\w’'\-]+){{0,3}})\s(?P<verb>[^\W\d_{CAPITALS}]{{3,}})(?=[,.])"
)
_SIGNED = re.compile(rf"^\s*(?:[–—-]+\s*(?=[{CAPITALS}])|\((?=[{CAPITALS}][^()]+\)[\s.]*$))")


def attributed_after(
    after: str, words: Vocabulary, *, ends_sentence: bool, is_comma_inside: bool = False
) -> Speaker | None:
    """``…,” said Marie Struthers, director.`` · ``…,” Cynthia Garza reflected.`` · ``… » selon Karsten Gerloff``.

    ``ends_sentence`` tells that the quotation closed with a full stop, so that what follows is
    the speaker only when it is nothing else; ``is_comma_inside``, that it closed with a comma.
    """
    window = after[:_REACH]
    clause = window.lstrip(" ,.\u00a0\u202f")
    is_set_off = is_comma_inside or window.lstrip()[:1] == ","
    if "opens_speech_with_dash" in words.grammar and clause[:1] in {"–", "—"}:
        clause, is_set_off = clause.lstrip("–— \u00a0"), True
    if signed := _SIGNED.match(window):
        speaker = read_after(window[signed.end() :].strip(" ()"), words)
        return speaker if speaker and speaker.name and len(window) < 150 else None
    if inverted(words).match(clause):
        return Speaker(is_pronoun=True)
    if match := verb_first(words).match(clause):
        rest = clause[match.end() :]
        return read_after(rest, words) or _unnamed(rest, words, is_cut=window.lstrip()[:1] == ",")
    sentence = split_sentences(clause, words)[0]
    if is_set_off and (speaker := _after_unknown_verb(sentence, words)):
        return speaker
    if found := _verb_behind(sentence, words, ends_sentence=ends_sentence):
        return found
    return read_signature(clause.rstrip(" ."), words) if window.lstrip()[:1] == "," and sentence == clause else None


def _verb_behind(sentence: str, words: Vocabulary, *, ends_sentence: bool) -> Speaker | None:
    """``Labour’s biosecurity spokesperson Jo Luce said.``"""
    match = verb_of_saying(words).search(sentence, 2)
    who = sentence[: match.start()] if match else ""
    if not match or len(who) > _LONGEST_SUBJECT or _FOREIGN.search(who):
        return None
    is_all = not sentence[match.end() :].strip(" .,:;")
    return read_before(who, words) if is_all or not ends_sentence else None


def opens_according(sentence: str, words: Vocabulary) -> bool:
    """``Selon Jeanne Roy, il faut …``: somebody's view begins the sentence."""
    return bool(according_first(words).match(sentence))


def reported_by(sentence: str, words: Vocabulary) -> Speaker | None:
    """The subject of the first verb of speech or opinion in a sentence: ``Ana Ruiz believes that …``."""
    for match in islice(verb_of_saying(words).finditer(sentence), _FEW):
        if match.start() and (speaker := read_before(sentence[: match.start()], words)):
            return speaker
    return None


def reported_at_end(sentence: str, words: Vocabulary) -> Speaker | None:
    """``The law is wrong for all, says housing spokesperson Ann Kinsey.`` · ``…, campaign chair Chris Bisham says.``"""
    bare = sentence.rstrip(" .:")
    if match := verb_last(words).search(bare):
        parts = bare[: match.start()].rstrip(" ,").split(", ")
        found = (read_before(", ".join(parts[place:]), words) for place in range(len(parts) - 1, -1, -1))
        return next((speaker for speaker in found if speaker and speaker.name), None)
    for match in islice(verb_of_saying(words).finditer(bare), _FEW):
        if bare[: match.start()].rstrip()[-1:] == "," and (speaker := read_after(bare[match.end() :], words)):
            return speaker
    return None


def _after_unknown_verb(clause: str, words: Vocabulary) -> Speaker | None:
    """A comma, a verb that no list has and somebody's name: ``…“, appelliert Direktorin Maria Hölzl.``"""
    if subject := _SUBJECT_FIRST.match(clause):
        speaker = read_before(subject["who"], words)
        return speaker if speaker and speaker.name and subject["verb"] not in words.stop_words else None
    match = compound_verb(words).match(clause) or any_verb(words).match(clause)
    if not match or match["verb"] in words.stop_words or match["verb"] in words.phrases("joiners"):
        return None
    rest = clause[match.end() :]
    first = rest.split(None, 1)[0] if rest.strip() else ""
    if first in words.stop_words and first not in words.phrases("articles") + words.phrases("pronouns"):
        return None
    if not first or first[0] == ".":
        return Speaker(is_pronoun=True)
    speaker = read_after(rest, words)
    is_office = len(rest.split()) < _FEW and bool(_person(speaker, words))
    return speaker if speaker and (speaker.name or speaker.is_pronoun or is_office) else None


def _unnamed(rest: str, words: Vocabulary, *, is_cut: bool) -> Speaker | None:
    """The last speaker where the subject is left out, nobody where it is no person: ``…“, heißt es aus Berlin.``"""
    if _drops_subject(rest, words):
        return Speaker(is_pronoun=True)
    return Speaker() if is_cut else None


def _drops_subject(rest: str, words: Vocabulary) -> bool:
    """``“…”, afirmó.`` leaves the subject to the verb, as Spanish and Portuguese do."""
    return not rest.strip(" .,;") or rest[:1] in {".", ";"} or "drops_subjects" in words.grammar


def attributed_before(before: str, words: Vocabulary, *, is_short: bool = False) -> Speaker | None:
    """``Jack Pelton, chairman, stated, “…`` · ``ha explicado que "…`` · ``Dazu erklärt Patrick Dörr: „…``.

    ``is_short`` tells that so few words follow that a colon alone does not make them a quotation.
    """
    sentence = split_sentences(before[-_REACH:], words)[-1]
    if match := verb_last(words).search(sentence):
        who = sentence[: match.start()]
        found = read_before(who, words)
        is_bare = (found is None or found.is_surname) and _has_no_subject(who, words)
        return Speaker(is_pronoun=True) if is_bare else found
    if sentence.rstrip().endswith(":"):
        return None if is_short else announced_by(sentence, words)
    match = anywhere(words).search(sentence)
    if match and sentence.rstrip().endswith(",") and len(sentence[: match.start()].split()) < _FEW:
        return _person(read_after(sentence[match.end() :], words), words)
    if match := according_last(words).search(sentence):
        return _person(read_after(sentence[match.end() :].rstrip(" ,:"), words), words)
    return None


def _has_no_subject(text: str, words: Vocabulary) -> bool:
    """``Y agregó``, ``En entrevista, afirmó``, ``and said``: the verb stands without one."""
    tokens = text.casefold().strip(" .,").split()
    if "drops_subjects" in words.grammar and text.rstrip()[-1:] == ",":
        return True
    if "drops_subjects" in words.grammar:
        return len(tokens) < _FEW and not set(words.phrases("articles")) & set(tokens)
    return all(token in words.phrases("joiners") for token in tokens)


def _person(speaker: Speaker | None, words: Vocabulary) -> Speaker | None:
    """A speaker who is not the report or the study that ``according to`` may name as well."""
    if speaker and not speaker.name and not speaker.is_pronoun:
        return speaker if any(is_title_word(token, words) for token in (speaker.title or "").split()) else None
    return speaker


def attributed_within(quoted: str, words: Vocabulary) -> Speaker | None:
    """The incise of French and Spanish: ``140 ménages attendent, a-t-elle ajouté. C'est trop.``"""
    for comma in islice(_AFTER_COMMA.finditer(quoted), _MOST_COMMAS):
        piece = quoted[comma.end() : comma.end() + _REACH]
        if inverted(words).match(piece):
            return Speaker(is_pronoun=True)
        match = verb_first(words).match(piece)
        if match and piece[match.end() : match.end() + 1].isupper():
            speaker = read_after(piece[match.end() :], words)
            if speaker and speaker.name:
                return speaker
        unknown = _after_unknown_verb(piece, words)
        if unknown and unknown.name and not unknown.is_surname and _ends_behind(unknown.name, piece):
            return unknown
    return None


def _ends_behind(name: str, piece: str) -> bool:
    """The incise stops, or goes on with a title, right behind the name."""
    return piece.partition(name)[2].lstrip()[:1] in {",", ".", "–", "—", ""}


def announced_by(paragraph: str, words: Vocabulary) -> Speaker | None:
    """The speaker whom the paragraph above a quotation announces: ``… released the following statement:``."""
    sentence = split_sentences(paragraph[-600:], words)[-1]
    is_announcing = paragraph.rstrip()[-1:] in {":", "–", "—"} or bool(statement(words).search(paragraph))
    if not is_announcing:
        return None
    if statement(words).search(paragraph) and not statement(words).search(sentence):
        pieces = split_sentences(paragraph, words)
        sentence = next((piece for piece in pieces if statement(words).search(piece)), sentence)
    for match in anywhere(words).finditer(sentence):
        speaker = read_after(sentence[match.end() :], words)
        if speaker and speaker.name and not speaker.is_surname:
            return speaker
    return first_person(sentence, words) or _short_subject(sentence.rstrip(" :–—"), words)


def _short_subject(sentence: str, words: Vocabulary) -> Speaker | None:
    """``Van Geffen:``, ``Ministerin Roth:``, else the one word that the sentence begins with."""
    whole = read_before(sentence, words) if len(sentence.split()) <= _FEW else None
    return whole or read_before(sentence.split(" ", 1)[0], words)
