"""Contacts that no label announces: short lines that name somebody, or a press desk, and tell how to reach them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from distribute.sources.contact_words import name_with_house
from distribute.sources.document import Document
from distribute.sources.people import is_name, is_organisation, is_role, strip_honorific
from distribute.sources.reaches import EMAIL, find_reaches, has_reach
from distribute.sources.shared_rows import listed_people
from distribute.sources.vocabulary import Vocabulary

_SHORT = 90
_LONGEST_DESK = 5
_FEWEST_WORDS = 3
_MOST_BETWEEN = 3
_POSTCODE = re.compile(
    r"\b[A-Z]{2}\.?\s\d{5}\b|\b\d{4,5}\s[A-Z]|\b[A-Z]\d[A-Z]\s?\d[A-Z]\d\b|\b[A-Z]{1,2}\d{1,2}[A-Z]?\s\d[A-Z]{2}\b"
)


def find_runs(document: Document, words: Vocabulary, walls: frozenset[int] | set[int]) -> Iterator[tuple[int, ...]]:
    """The lines of each such block; ``walls`` are lines that belong to others."""
    run: list[int] = []
    for index in [*range(len(document.lines)), None]:
        line = document.lines[index] if index is not None else None
        is_short = line is not None and index not in walls and _is_short(line.text)
        is_same = not run or (line is not None and line.group == document.lines[run[-1]].group)
        if is_short and is_same and index is not None:
            run.append(index)
            continue
        if block := _contact_run(document, run, words):
            yield block
        run = [index] if is_short and index is not None else []


def _is_short(text: str) -> bool:
    return len(text) <= 120 and (text[-1] not in ".!?:”»" or (text[-1] == "." and len(text.split()) <= 3))


def _contact_run(document: Document, run: Sequence[int], words: Vocabulary) -> tuple[int, ...]:
    texts = [document.lines[index].text for index in run]
    reaching = [place for place, text in enumerate(texts) if has_reach(text, words)]
    if not reaching:
        return ()
    names = [place for place, text in enumerate(texts) if begins_with_name(text, words)]
    names = [place for place in names if place <= reaching[0] and _is_near(texts[place : reaching[0]])]
    if not names:
        return () if _ends_sentence(document, run[0]) else _desk_run(run, texts, reaching, words)
    first = names[0]
    while first and is_organisation(texts[first - 1], words) and len(texts[first - 1]) <= _SHORT:
        first -= 1
    return tuple(run[first : reaching[-1] + 1])


def _ends_sentence(document: Document, index: int) -> bool:
    """The line above breaks off in the middle of what this one ends."""
    above, line = document.lines[max(index - 1, 0)], document.lines[index]
    return index > 0 and above.group == line.group and above.text[-1].isalnum() and len(above.text) > _SHORT


def _is_near(texts: Sequence[str]) -> bool:
    """Few lines stand between a name and its number, those of a street and a town aside."""
    return sum(not (text[0].isdigit() or _POSTCODE.search(text)) for text in texts) <= _MOST_BETWEEN


def _desk_run(run: Sequence[int], texts: Sequence[str], reaching: Sequence[int], words: Vocabulary) -> tuple[int, ...]:
    """``EW media relations`` over its number, ``Dienst Communicatie, tel. 024 …``, or nothing but ways to reach."""
    if len(reaching) == len(run) and all(_is_only_reach(text) for text in texts):
        return tuple(run)
    first = reaching[0]
    if _is_desk(_worded(texts[first], words), words):
        return tuple(run[first : reaching[-1] + 1])
    is_below = first > 0 and not _worded(texts[first], words) and _names_desk(texts[first - 1], words)
    return tuple(run[first - 1 : reaching[-1] + 1]) if is_below else ()


def _worded(text: str, words: Vocabulary) -> str:
    """What a line says beside its numbers and addresses, labels of those aside."""
    for reach in reversed(find_reaches(text, words)):
        text = text[: reach.start] + text[reach.end :]
    return re.sub(rf"(?<!\w){words.either('phone_words', 'email_words')}(?!\w)", "", text, flags=re.IGNORECASE).strip(
        " .,:;()|–—-"
    )


def _is_desk(text: str, words: Vocabulary) -> bool:
    return bool(text) and len(text.split()) <= _LONGEST_DESK and text[0].isupper() and is_role(text, words)


def _names_desk(text: str, words: Vocabulary) -> bool:
    """A press desk by its usual name, with the house it is of: not any office that is written at the head of paper."""
    return _is_desk(" ".join(text.split()[:_LONGEST_DESK]), words) and bool(_desk(words).search(text))


def _is_only_reach(text: str) -> bool:
    """``+ info: Tel. 985 555 019 · prensa@example.org`` tells how to reach somebody and nothing else."""
    return len(re.findall(r"[^\W\d_]{2,}", EMAIL.sub("", text))) <= _FEWEST_WORDS and bool(EMAIL.search(text))


def begins_with_name(text: str, words: Vocabulary) -> bool:
    """``Ana Ruiz, prensa@…``, or what she is for before her: ``Informes y entrevistas: Lic. Paola Requena, …``.

    ``Harbour Falls, NH 03799`` is where a house stands.
    """
    if _POSTCODE.search(text):
        return False
    if listed_people(text, words)[0]:
        return True
    pieces = [piece.strip() for piece in re.split(r"[,;|(:–—]|\s-\s", text)]
    after_label = pieces[1:2] if ":" in text[: len(pieces[0]) + 2] and len(pieces[0].split()) <= _LONGEST_DESK else []
    if name_with_house(pieces[0], words):
        return True
    return any(
        is_name(piece, words) and len(strip_honorific(piece, words).split()) <= 3 for piece in pieces[:1] + after_label
    )


@cache
def _desk(words: Vocabulary) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){words.either('contact_openers')}(?!\w)", re.IGNORECASE)
