"""A line about several people to a row for each of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from distribute.sources.people import is_name
from distribute.sources.phones import find_phones
from distribute.sources.reaches import has_reach
from distribute.sources.vocabulary import CAPITALS, Vocabulary

_MOST_PEOPLE = 4
_LONGEST_LIST = 120


class Row(NamedTuple):
    """One line of a contact block with its number in the file and its group between blank lines."""

    text: str
    number: int
    group: int = 0


def part_rows(rows: Sequence[Row], words: Vocabulary) -> list[Row]:
    """Rows as they are to be read: lines that break off are made whole, people who share a line get their own."""
    parted: list[Row] = []
    waiting = _whole(rows, words)
    while waiting:
        row = waiting.pop(0)
        parted += _apart(row, waiting, words)
    return parted


def _whole(rows: Sequence[Row], words: Vocabulary) -> list[Row]:
    """A line that ends in a comma, ``&`` or a small word goes on in the next one of its group."""
    whole: list[Row] = []
    for row in rows:
        last = whole[-1] if whole else None
        if last and last.group == row.group and _breaks_off(last.text, row.text, words):
            whole[-1] = last._replace(text=f"{last.text} {row.text}")
        else:
            whole.append(row)
    return whole


def _breaks_off(text: str, follower: str, words: Vocabulary) -> bool:
    end, first = text.rsplit(maxsplit=1)[-1], follower.split(maxsplit=1)[0]
    is_small = end[0].islower() and end in words.stop_words and len(end) > 1
    is_reach = has_reach(first, words) or _is_labelled(follower, words)
    return end == "&" or is_small or (end[-1] == "," and follower[0].islower() and not is_reach)


def _is_labelled(text: str, words: Vocabulary) -> bool:
    return bool(re.match(rf"{words.either('phone_words', 'email_words', 'fax_words')}(?!\w)", text, re.IGNORECASE))


def listed_people(text: str, words: Vocabulary) -> tuple[list[str], int]:
    """Two to four people at the start of a line, and where they end; nobody and 0 where there is one or none."""
    match = _listed(words).match(text[: _LONGEST_LIST * 2])
    names = [name.strip() for name in _between(words).split(match["names"]) if name.strip()] if match else []
    if match and 1 < len(names) <= _MOST_PEOPLE and all(is_name(name, words) for name in names):
        return names, match.end("names")
    return [], 0


def _apart(row: Row, below: list[Row], words: Vocabulary) -> list[Row]:
    """``Ana Ruiz or Jon Lee, 613-555-0142``: two people at one number are a row each, two at two have one each.

    Where nothing stands behind the names, it is in the rows ``below``, which are used up.
    """
    names, end = listed_people(row.text, words)
    if not names:
        return [row]
    tail = row.text[end:]
    if not tail.strip():
        tail = _taken_from(below, row.group, words)
    if not has_reach(tail, words):
        return [row]
    return [row._replace(text=name + one) for name, one in zip(names, _dealt(tail, len(names), words), strict=True)]


def _taken_from(below: list[Row], group: int, words: Vocabulary) -> str:
    """The rows of the same group down to the last of the next few that reach somebody, as one line."""
    near = [place for place, row in enumerate(below[:_MOST_PEOPLE]) if row.group == group]
    reaching = [place for place in near if has_reach(below[place].text, words)]
    taken = below[: reaching[-1] + 1] if reaching else []
    del below[: len(taken)]
    return "".join(f" | {row.text}" for row in taken)


def _dealt(tail: str, people: int, words: Vocabulary) -> list[str]:
    """The tail for each of the people: a number each where there are as many, else all of it."""
    phones = find_phones(tail, words)
    if len(phones) != people or "@" in tail or not all(phone.number for phone in phones):
        return [tail] * people
    start, end = phones[0].start, phones[-1].end
    return [f"{tail[:start]}{phone.number}{tail[end:]}" for phone in phones]


@cache
def _listed(words: Vocabulary) -> re.Pattern[str]:
    name = rf"[{CAPITALS}][^,;:|@\d/&()]{{2,40}}?"
    link = rf"(?:\s+{words.either('joiners')}\s+|\s*[/&]\s*)"
    return re.compile(rf"(?P<names>{name}(?:,\s*{name}){{0,2}}{link}{name})(?=[,;:|(]|\s(?:at|–|-)\s|\s+[+(]?\d|\s*$)")


@cache
def _between(words: Vocabulary) -> re.Pattern[str]:
    return re.compile(rf"\s+{words.either('joiners')}\s+|\s*[/&,]\s*")
