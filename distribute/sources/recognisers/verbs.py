"""The patterns of the verbs with which somebody speaks, and of what stands around them."""

from __future__ import annotations

import re
from functools import cache

from distribute.sources.vocabulary import CAPITALS, Vocabulary


@cache
def inverted(words: Vocabulary) -> re.Pattern[str]:
    """``a-t-elle ajouté``, ``dit-il``: the pronoun behind its verb, where the language joins them."""
    pronouns = words.either("pronouns") if "inverts_pronouns" in words.grammar else "(?!)"
    return re.compile(rf"^(?:(?:l['’])?[\w’']*a-t-|[\w’']+-(?:t-)?){pronouns}\b", re.IGNORECASE)


@cache
def any_verb(words: Vocabulary) -> re.Pattern[str]:
    reflexive = rf"(?:{words.either('reflexives')}(?:\s|(?<=['’])))?"
    particle = rf"(?:\s{words.either('verb_particles')})?"
    return re.compile(rf"{reflexive}(?P<verb>[^\W\d_{CAPITALS}]{{3,}}){particle}(?=[\s.]|$)\s*")


@cache
def compound_verb(words: Vocabulary) -> re.Pattern[str]:
    """``a pour sa part souligné`` before ``le Dr Tardif``: an auxiliary, up to four words, and who speaks."""
    word = rf"[^\W\d_{CAPITALS}][^\s\d_{CAPITALS}.,;]*"
    who = rf"(?={words.either('articles', 'honorifics', 'title_words', 'pronouns')}(?:\s|(?<=['’]))|[{CAPITALS}.])"
    return re.compile(rf"{words.either('auxiliaries')}\s+(?:{word}\s+){{0,4}}?(?P<verb>{word})\s*{who}")


@cache
def verb_first(words: Vocabulary) -> re.Pattern[str]:
    verbs = words.either("attribution_verbs", "according")
    return re.compile(rf"(?:{words.either('as_words')}\s+)?{verbs}(?![\w-])[\s:]*", re.IGNORECASE)


@cache
def verb_of_saying(words: Vocabulary) -> re.Pattern[str]:
    return re.compile(
        rf"(?<![\w-])(?:{words.either('auxiliaries')}\s+)?{words.either('attribution_verbs')}(?![\w-])", re.IGNORECASE
    )


@cache
def verb_last(words: Vocabulary) -> re.Pattern[str]:
    that = rf"(?:,?\s+{words.either('that_words')})?"
    also = rf"(?:\s+{words.either('also_words')})?"
    return re.compile(rf"(?<![\w-]){words.either('attribution_verbs')}{also}{that}\s*[,:]?\s*$", re.IGNORECASE)


@cache
def according_last(words: Vocabulary) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){words.either('according')}\s+(?=[^.;:“«\"]{{2,160}},?\s*$)", re.IGNORECASE)


@cache
def according_first(words: Vocabulary) -> re.Pattern[str]:
    return re.compile(rf"{words.either('according')}\s", re.IGNORECASE)


@cache
def anywhere(words: Vocabulary) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-]){words.either('attribution_verbs', 'according')}(?![\w-])\s+", re.IGNORECASE)


@cache
def statement(words: Vocabulary) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){words.either('statement_words')}(?!\w)", re.IGNORECASE)
