"""Where the sentences of a paragraph begin: behind a full stop that is no initial's and no abbreviation's."""

from __future__ import annotations

import re

from distribute.sources.people import is_title_word
from distribute.sources.vocabulary import CAPITALS, Vocabulary

_BREAK = re.compile(rf"(?P<word>[\w.’'-]*)[.!?…][”»\"’'›]?\s+(?=[“«„\"‘'¿¡]?[{CAPITALS}])")
_LONGEST_OFFICE = 4
_LONGEST_ORDINAL = 2


def split_sentences(text: str, words: Vocabulary) -> list[str]:
    """The sentences in order; ``U.S. Rep. J. Doe`` holds none that ends."""
    pieces: list[str] = []
    begin = 0
    for match in _BREAK.finditer(text):
        if text[match.end("word")] == "." and is_abbreviation(match["word"], words):
            continue
        pieces.append(text[begin : match.end()].rstrip())
        begin = match.end()
    return [*pieces, text[begin:]]


def is_abbreviation(word: str, words: Vocabulary) -> bool:
    """A word, without its full stop, that the stop shortens: an initial, ``U.S``, ``Sen``, ``Dr``, ``12. Januar``."""
    if not word:
        return False
    if word[-1].isdigit():
        return len(word) <= _LONGEST_ORDINAL
    if len(word) == 1 or (word[-2] in ".-" and word[0].isupper() and len(word) <= _LONGEST_OFFICE + 1):
        return word[-1].isalpha()
    bare = word.rpartition("-")[2].casefold()
    is_office = word[0].isupper() and len(word) <= _LONGEST_OFFICE and is_title_word(word, words)
    return is_office or bare in words.phrases("name_abbreviations") + words.phrases("honorifics")
