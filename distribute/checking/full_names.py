"""Full names in a text, and which two are one person's in two spellings."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

from distribute.checking.languages import any_language, anywhere

_PART = r"[A-ZÀ-ÖØ-ÞĀĆČĎĐĘĚĞİĹŁŃŇŘŚŞŠŤŪŹŻŽ][^\W\d_]{2,}(?:['’-][^\W\d_]+)*"
_PARTICLE = rf"(?:{anywhere('particles')}[ \u00a0])?"
_FULL = re.compile(rf"(?<![\w@/.-]){_PART}(?:[ \u00a0]{_PARTICLE}{_PART}){{1,2}}(?![\w@/-])")
_SPELT_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe", "æ": "ae", "ß": "ss", "œ": "oe"})
_SOUNDS = (
    ("ph", "f"), ("th", "t"), ("ck", "k"), ("v", "f"), ("y", "i"), (r"c(?=[aouklr]|$)", "k"), (r"(?<=.)h(?!$)", ""),
    (r"h$", ""), (r"(.)\1", r"\1"),
)  # fmt: skip
"""Letters that spellings of one given name exchange: Stephen and Steven, Katherine and Catherine."""
_SHORTEST, _LONG = 5, 8


def find_full_names(words: str) -> Iterator[re.Match[str]]:
    """Two or three words with a capital, side by side, with the ``van der`` between them."""
    return _FULL.finditer(words)


def is_one_person(first: str, second: str) -> bool:
    """Two full names that differ in accents, a hyphen, the sound of the given name, or one letter of the surname."""
    if first.lower() == second.lower():
        return False
    if is_spelt_otherwise(first, second) or _joined(first) == _joined(second):
        return True
    (given, name), (other_given, other_name) = _halves(first), _halves(second)
    if name == other_name:
        return given.split()[1:] == other_given.split()[1:] and _sound(given) == _sound(other_given)
    is_titled = given in any_language("titles")
    return given == other_given and not is_titled and _is_slip(bare(name), bare(other_name))


def is_spelt_otherwise(one: str, other: str) -> bool:
    """The same but for accents, or for the letters that stand for them: Müller, Mueller and Muller."""
    one, other = one.lower(), other.lower()
    return one != other and (spelt_out(one) == spelt_out(other) or bare(one) == bare(other))


def is_transcribed_otherwise(one: str, other: str) -> bool:
    """Lukashenka and Lukashenko: a long name whose last vowel depends on the alphabet's reader."""
    return (
        len(one) == len(other) >= _LONG
        and one[:-1] == other[:-1]
        and {one[-1], other[-1]} <= set("aoyie")
        and one != other
    )


def spelt_out(word: str) -> str:
    """``mueller`` for ``müller``."""
    return word.translate(_SPELT_OUT)


@cache
def bare(word: str) -> str:
    """The word without its accents."""
    return "".join(ch for ch in unicodedata.normalize("NFKD", word) if not unicodedata.combining(ch))


def surname(name: str) -> str:
    """The last word of a full name."""
    return name.rsplit(maxsplit=1)[-1]


def _halves(name: str) -> tuple[str, str]:
    given, _, last = name.casefold().rpartition(" ")
    return given, last


def _joined(name: str) -> str:
    return re.sub(r"[\s-]", "", bare(name.casefold()))


def _sound(given: str) -> str:
    for letters, sound in _SOUNDS:
        given = re.sub(letters, sound, bare(given))
    return given


def _is_slip(one: str, other: str) -> bool:
    """One letter exchanged, or left out before the end; an ending that is added makes another word."""
    if len(one) > len(other):
        one, other = other, one
    if len(one) < _SHORTEST or len(other) - len(one) > 1 or one[0] != other[0] or other.startswith(one):
        return False
    place = next(at for at, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1])
    return one[place + (len(one) == len(other)) :] == other[place + 1 :]
