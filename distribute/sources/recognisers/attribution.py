"""The clause that says who speaks: after a quotation, before it, inside it, or in the paragraph above."""

from __future__ import annotations

import re
from functools import cache
from itertools import islice

from distribute.sources.recognisers.speakers import Speaker, first_person, read_after, read_before
from distribute.sources.vocabulary import CAPITALS, Vocabulary

SENTENCE = re.compile(
    rf"(?<=\D[.!?…”»\"])(?<!\b[A-Z]\.)(?<!\b[A-Z][a-z]\.)(?<!\b[A-Z][a-z]{{2}}\.)(?<!\b[A-Z][a-z]{{3}}\.)\s+(?=[{CAPITALS}“«„\"])"
)
_REACH = 320
_MOST_COMMAS = 12
_AFTER_COMMA = re.compile(r",\s+|\s[–—]\s?")
_SUBJECT_FIRST = re.compile(
    rf"(?P<who>[{CAPITALS}][\w’'\-]+(?:\s[{CAPITALS}][\w’'\-]+){{0,3}})\s(?P<verb>[^\W\d_{CAPITALS}]{{3,}})(?=[,.])"
)
_SIGNED = re.compile(rf"^\s*[–—-]+\s*(?=[{CAPITALS}])")


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
        speaker = read_after(window[signed.end() :], words)
        return speaker if speaker and speaker.name and len(window) < 150 else None
    if _inverted(words).match(clause):
        return Speaker(is_pronoun=True)
    if match := _verb_first(words).match(clause):
        rest = clause[match.end() :]
        return read_after(rest, words) or (Speaker(is_pronoun=True) if _drops_subject(rest, words) else None)
    if is_set_off and (speaker := _after_unknown_verb(clause, words)):
        return speaker
    sentence = SENTENCE.split(clause, maxsplit=1)[0]
    if match := _verb_later(words).match(sentence):
        is_all = not sentence[match.end() :].strip(" .,:;")
        if is_all or not ends_sentence:
            return read_before(match["who"], words)
    return None


def _after_unknown_verb(clause: str, words: Vocabulary) -> Speaker | None:
    """A comma, a verb that no list has and somebody's name: ``…“, appelliert Direktorin Maria Hölzl.``"""
    if subject := _SUBJECT_FIRST.match(clause):
        speaker = read_before(subject["who"], words)
        return speaker if speaker and speaker.name and subject["verb"] not in words.stop_words else None
    match = _compound_verb(words).match(clause) or _any_verb(words).match(clause)
    if not match or match["verb"] in words.stop_words or match["verb"] in words.phrases("joiners"):
        return None
    rest = clause[match.end() :]
    first = rest.split(None, 1)[0] if rest.strip() else ""
    if first in words.stop_words and first not in words.phrases("articles") + words.phrases("pronouns"):
        return None
    if not first or first[0] == ".":
        return Speaker(is_pronoun=True)
    speaker = read_after(rest, words)
    return speaker if speaker and (speaker.name or speaker.is_pronoun) else None


def _drops_subject(rest: str, words: Vocabulary) -> bool:
    """``“…”, afirmó.`` leaves the subject to the verb, as Spanish and Portuguese do."""
    return not rest.strip(" .,;") or rest[:1] in {".", ";"} or "drops_subjects" in words.grammar


def attributed_before(before: str, words: Vocabulary) -> Speaker | None:
    """``Jack Pelton, chairman, stated, “…`` · ``ha explicado que "…`` · ``Dazu erklärt Patrick Dörr: „…``."""
    sentence = SENTENCE.split(before[-_REACH:])[-1]
    if match := _verb_last(words).search(sentence):
        return read_before(sentence[: match.start()], words)
    if sentence.rstrip().endswith(":"):
        return announced_by(sentence, words)
    if match := _according_last(words).search(sentence):
        return read_after(sentence[match.end() :].rstrip(" ,:"), words)
    return None


def attributed_within(quoted: str, words: Vocabulary) -> Speaker | None:
    """The incise of French and Spanish: ``140 ménages attendent, a-t-elle ajouté. C'est trop.``"""
    for comma in islice(_AFTER_COMMA.finditer(quoted), _MOST_COMMAS):
        piece = quoted[comma.end() : comma.end() + _REACH]
        if _inverted(words).match(piece):
            return Speaker(is_pronoun=True)
        match = _verb_first(words).match(piece)
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
    sentence = SENTENCE.split(paragraph[-600:])[-1]
    is_announcing = paragraph.rstrip()[-1:] in {":", "–", "—"} or bool(_statement(words).search(paragraph))
    if not is_announcing:
        return None
    if _statement(words).search(paragraph) and not _statement(words).search(sentence):
        sentence = next((piece for piece in SENTENCE.split(paragraph) if _statement(words).search(piece)), sentence)
    for match in _anywhere(words).finditer(sentence):
        speaker = read_after(sentence[match.end() :], words)
        if speaker and speaker.name and not speaker.is_surname:
            return speaker
    return first_person(sentence, words) or _surname_first(sentence, words)


def _surname_first(sentence: str, words: Vocabulary) -> Speaker | None:
    speaker = read_before(sentence.split(" ", 1)[0], words)
    return speaker if speaker and (speaker.is_pronoun or speaker.is_surname) and speaker.name != "The" else None


@cache
def _inverted(words: Vocabulary) -> re.Pattern[str]:
    """``a-t-elle ajouté``, ``dit-il``: the pronoun behind its verb, where the language joins them."""
    pronouns = words.either("pronouns") if "inverts_pronouns" in words.grammar else "(?!)"
    return re.compile(rf"^(?:(?:l['’])?[\w’']*a-t-|[\w’']+-(?:t-)?){pronouns}\b", re.IGNORECASE)


@cache
def _any_verb(words: Vocabulary) -> re.Pattern[str]:
    reflexive = rf"(?:{words.either('reflexives')}(?:\s|(?<=['’])))?"
    particle = rf"(?:\s{words.either('verb_particles')})?"
    return re.compile(rf"{reflexive}(?P<verb>[^\W\d_{CAPITALS}]{{3,}}){particle}(?=[\s.]|$)\s*")


@cache
def _compound_verb(words: Vocabulary) -> re.Pattern[str]:
    """``a pour sa part souligné`` before ``le Dr Tardif``: an auxiliary, up to four words, and who speaks."""
    word = rf"[^\W\d_{CAPITALS}][^\s\d_{CAPITALS}.,;]*"
    who = rf"(?={words.either('articles', 'honorifics', 'title_words', 'pronouns')}(?:\s|(?<=['’]))|[{CAPITALS}.])"
    return re.compile(rf"{words.either('auxiliaries')}\s+(?:{word}\s+){{0,4}}?(?P<verb>{word})\s*{who}")


@cache
def _verb_first(words: Vocabulary) -> re.Pattern[str]:
    verbs = words.either("attribution_verbs", "according")
    return re.compile(rf"(?:{words.either('as_words')}\s+)?{verbs}(?![\w-])[\s:]*", re.IGNORECASE)


@cache
def _verb_later(words: Vocabulary) -> re.Pattern[str]:
    return re.compile(
        rf"(?P<who>[^.;:“«\"]{{2,180}}?[\s,])(?:{words.either('auxiliaries')}\s+)?{words.either('attribution_verbs')}(?!\w)",
        re.IGNORECASE,
    )


@cache
def _verb_last(words: Vocabulary) -> re.Pattern[str]:
    that = rf"(?:,?\s+{words.either('that_words')})?"
    return re.compile(rf"(?<![\w-]){words.either('attribution_verbs')}{that}\s*[,:]?\s*$", re.IGNORECASE)


@cache
def _according_last(words: Vocabulary) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){words.either('according')}\s+(?=[^.;:“«\"]{{2,160}},?\s*$)", re.IGNORECASE)


@cache
def _anywhere(words: Vocabulary) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-]){words.either('attribution_verbs', 'according')}(?![\w-])\s+", re.IGNORECASE)


@cache
def _statement(words: Vocabulary) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){words.either('statement_words')}(?!\w)", re.IGNORECASE)
