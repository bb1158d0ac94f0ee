"""Rules about single characters: broken ones, hidden ones, and letters of another alphabet that look alike."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from datetime import datetime

from distribute.checking.registry import Remark, error
from distribute.checking.texts import all_texts, shorten
from distribute.domain.release import Release

_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")
_TRAIL = "\u00a0-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ\u0080-\u009f"
"""What the second and third bytes of UTF-8 become where they are read as Windows-1252."""
_SIGNS = "‚„…‹›‘’“”–—"
"""Those of them that may well stand behind a word: “CAMPEÃ”."""
_MOJIBAKE = re.compile(
    rf"Ã(?:(?![{_SIGNS}])[{_TRAIL}]|[{_SIGNS}](?=[^\W\d_]))|Â[\u00a0-\u00bf]|â[€‚„][{_TRAIL}]?|â[†‡ˆ][\u00a0-\u00bf’“”‘]|(?<=[^\W\d_])[ÄÅ][{_TRAIL}](?=[^\W\d_])"
    "|ï»¿|ï¿½|\ufffd"
)
_ENTITY = re.compile(r"&(?:#\d{2,6}|#x[0-9a-fA-F]{2,6}|[a-zA-Z]{2,8}\d{0,2});")
_LATIN = "A-Za-z\u00aa\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1e00-\u1eff"
_CYRILLIC = "\u0400-\u052f"
_GREEK_TWINS = "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧονϲ"
_CYRILLIC_TWINS = "АВЕКМНОРСТУХаеорсухіјѕЅІЈ"
_LETTER = f"[{_LATIN}{_CYRILLIC}{_GREEK_TWINS}]"
_FOREIGN = f"[{_CYRILLIC}{_GREEK_TWINS}]"
_MIXED = re.compile(rf"(?<!{_LETTER}){_LETTER}*(?:[{_LATIN}]{_FOREIGN}|{_FOREIGN}[{_LATIN}]){_LETTER}*")
_TWINS = re.compile(rf"(?<!{_LETTER})[{_CYRILLIC_TWINS}{_GREEK_TWINS}]+(?!{_LETTER})")
_ALPHABET = re.compile(
    rf"(?:(?![{_CYRILLIC_TWINS}])[{_CYRILLIC}]|(?![{_GREEK_TWINS}])[\u0370-\u03ff])[{_CYRILLIC}\u0370-\u03ff]"
)
"""Two letters that only a text in Cyrillic or Greek has side by side."""
_STYLED = re.compile("[\U0001d400-\U0001d7ff\uff21-\uff3a\uff41-\uff5a]+")


@error("bidi-control", is_final=True)
def check_direction(release: Release, _now: datetime) -> Iterator[Remark]:
    """No invisible character shows words in another order than they stand.

    Bidirectional embeddings, overrides and isolates: UAX 9, section 2.
    """
    for text in all_texts(release):
        if match := _BIDI.search(text.words):
            code = f"U+{ord(match[0]):04X}"
            yield text.remark(
                f"An invisible character ({code}) turns the reading direction: delete it, or type the words anew.",
                match,
            )


@error("mojibake")
def check_encoding(release: Release, _now: datetime) -> Iterator[Remark]:
    """No character was broken on its way, as in “dÃ©jÃ ” or “d&eacute;j&agrave;”."""
    for text in all_texts(release):
        if match := _MOJIBAKE.search(text.words):
            around = shorten(text.words[max(0, match.start() - 10) : match.end() + 10])
            yield text.remark(f"“{around}” holds broken characters: save the file again as UTF-8, or mend them.", match)
        for match in _ENTITY.finditer(text.words):
            if (meant := html.unescape(match[0])) != match[0]:
                shown = f" “{meant}”" if meant.strip() else " a space"
                yield text.remark(f"“{match[0]}” is how a web page writes{shown}: type that instead.", match)


@error("look-alike")
def check_alphabet(release: Release, _now: datetime) -> Iterator[Remark]:
    """No word mixes alphabets whose letters look alike, such as a Cyrillic а in a Latin word.

    Such words are found by no search and may lead to another web address: UTS 39, section 4.
    """
    for text in all_texts(release):
        for match in (*_MIXED.finditer(text.words), *_lone_twins(text.words)):
            yield text.remark(f"“{shorten(match[0])}” {_strangers(match[0])}: type the word anew.", match)
        for match in _STYLED.finditer(text.words):
            yield text.remark(
                f"“{shorten(match[0])}” is set in signs that only look like letters: type it anew.", match
            )


def _lone_twins(words: str) -> Iterator[re.Match[str]]:
    """Words that are wholly of letters which look Latin, in a text that has no other of their alphabet."""
    if not _ALPHABET.search(words) and re.search(f"[{_LATIN}]{{2}}", words):
        yield from _TWINS.finditer(words)


def _strangers(word: str) -> str:
    """Which letters of a word are not what they look like."""
    greek, cyrillic = re.findall(f"[{_GREEK_TWINS}]", word), re.findall(f"[{_CYRILLIC}]", word)
    latin = re.findall(f"[{_LATIN}]", word)
    if latin and len(cyrillic) > len(latin):
        return f"holds the Latin “{latin[0]}” among Cyrillic letters"
    return f"holds the {'Cyrillic' if cyrillic else 'Greek'} letter “{(cyrillic or greek)[0]}”, which only looks Latin"
