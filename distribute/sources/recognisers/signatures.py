"""The line above or under a quotation that names who speaks and nothing else: ``– Jane Doe, director``."""

from __future__ import annotations

import re
from collections.abc import Sequence

from distribute.domain.release import Block, BlockKind
from distribute.sources.people import is_title_word, strip_article, strip_honorific
from distribute.sources.recognisers.names import find_named, office_before
from distribute.sources.recognisers.speakers import Speaker
from distribute.sources.sentences import is_abbreviation
from distribute.sources.vocabulary import CAPITALS, Vocabulary

_LONGEST = 200
_LONGEST_OFFICE = 14
_DASH = "–—-~•― \u00a0"
_BEHIND_NAME = re.compile(r",\s*|\s[–—|-]\s|\s\(|\n")
_FOREIGN = re.compile(r"[“”«»„\"?!:;@]|\d{3}")
_TRAILING = re.compile(rf"\s[–—]\s?(?=[{CAPITALS}][^–—]{{3,150}}$)")


def read_signature(text: str, words: Vocabulary) -> Speaker | None:
    """A line that is a name, with an office before or behind it; None for a sentence."""
    bare = text.lstrip(_DASH).rstrip()
    if not bare or len(bare) > _LONGEST or _FOREIGN.search(bare) or _is_sentence(bare, words):
        return None
    first, *rest = _BEHIND_NAME.split(bare, maxsplit=1)
    tokens = strip_honorific(first, words).split()
    named = find_named(tokens, words)
    if not named or not named.is_whole or named.stop < len(tokens):
        return None
    behind = strip_article(rest[0].strip(" )"), words).replace("\n", ", ") if rest else None
    before = tokens[: named.stop - len(named.name.split())]
    is_led = not before or (any(is_title_word(token, words) for token in before) and before[-1] not in words.stop_words)
    return Speaker(name=named.name, title=behind or office_before(before, words)) if is_led else None


def sign_below(body: Sequence[Block], index: int, words: Vocabulary) -> tuple[Speaker | None, int]:
    """Who signs in block ``index``, and the block where that ends: the office may stand on the line under the name."""
    if index >= len(body):
        return None, index
    text = body[index].text.partition("\n")[0] if body[index].kind is BlockKind.LIST else body[index].text
    speaker = read_signature(text, words)
    if speaker and not speaker.title and index + 1 < len(body) and _is_office(body[index + 1].text, words):
        return speaker._replace(title=strip_article(body[index + 1].text.strip(), words)), index + 1
    return speaker, index


def sign_above(body: Sequence[Block], index: int, words: Vocabulary) -> tuple[Speaker | None, int]:
    """Whom block ``index`` names for what stands under it; a dash would sign what stands over it."""
    if index < 0 or body[index].kind is BlockKind.LIST or body[index].text[:1] in _DASH:
        return None, index
    return read_signature(body[index].text, words), index


def split_signature(text: str, words: Vocabulary) -> tuple[str, Speaker | None]:
    """A quoted paragraph and who signs it at its end: ``It is time. — Jane Doe, director``."""
    if match := _TRAILING.search(text):
        speaker = read_signature(text[match.end() :], words)
        return (text[: match.start()], speaker) if speaker else (text, None)
    return text, None


def _is_sentence(text: str, words: Vocabulary) -> bool:
    last = text.rsplit(None, 1)[-1]
    return text[-1] == "." and not is_abbreviation(last.rstrip("."), words)


def _is_office(text: str, words: Vocabulary) -> bool:
    tokens = text.split()
    is_short = len(tokens) <= _LONGEST_OFFICE and not _FOREIGN.search(text) and text.rstrip()[-1:] != "."
    return is_short and any(is_title_word(token, words) for token in tokens)
