"""The rule about children whom a release could harm by naming them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from functools import cache

from distribute.checking.languages import anywhere, words_of
from distribute.checking.names import month_names, weekday_names
from distribute.checking.numerals import level, numerals
from distribute.checking.registry import Remark, warning
from distribute.checking.texts import Text, all_texts
from distribute.domain.release import Release

_PART = r"[A-ZÀ-ÖØ-ÞĀĆČĎĐĘĚĞİĹŁŃŇŘŚŞŠŤŪŹŻŽ][^\W\d_]*(?:['’-][^\W\d_]+)*"
_PARTICLE = rf"(?:{anywhere('particles')}[ \u00a0-])"
_NAME = rf"(?P<name>(?<!\w){_PART}(?:[ \u00a0]{_PARTICLE}{{0,2}}{_PART}){{1,3}})"
_AGE = r"(?<![\w.,])(?P<age>\d{1,2}(?!\d|[.,]\d)|[^\W\d_]{2,}?(?:-[^\W\d_]{2,}?)?)"
_GROWN = 18
_SPAN = rf"(?!\w)(?!\s+(?:{anywhere('month_links')}(?:\s+|(?<=['’]))(?!{anywhere('ages')})|{anywhere('spans')}\b))"
"""No years of service, no time that went by."""


@warning("minor-named")
def check_minors(release: Release, _now: datetime) -> Iterator[Remark]:
    """No full name stands beside an age under 18.

    UNICEF's guidelines for journalists: change the name of a child who could be harmed.
    """
    for text in all_texts(release):
        taken: set[int] = set()
        for pattern in _forms(release.language):
            for match in pattern.finditer(text.words):
                name, age = _person(match["name"], release.language), _age(match["age"], release.language)
                start = match.end("name") - len(name)
                if name and age and start not in taken:
                    taken.add(start)
                    yield _named(text, name, age, start)


def _named(text: Text, name: str, age: int, start: int) -> Remark:
    return text.remark(
        f"{name} is {age}: a child's full name belongs in no release unless their family agreed "
        "and it cannot harm them. Use a first name or a changed one.",
        start,
        name,
    )


def _age(written: str, language: str | None) -> int:
    """The age of a child, in figures or in words; 0 for any other number or word."""
    value = int(written) if written.isdigit() else int(numerals(language).words.get(level(written), 0))
    return value if value < _GROWN else 0


def _person(name: str, language: str | None) -> str:
    """The name without the ``Schülerin`` before it; nothing where it is one word, a date, a street or a school."""
    words = words_of(language)
    parts = name.split()
    while any(part.casefold() in words.children for part in parts[:2]):
        parts = parts[1:]
    dated = {*map(str.casefold, month_names(language)), *weekday_names(language)}
    nobody = dated.union(words.things)
    bare = [part.strip(".,").casefold() for part in parts]
    if len(parts) < 2 or any(part in nobody or _is_compound_of(part, words.things) for part in bare):
        return ""
    return name[name.index(parts[0]) :]


def _is_compound_of(part: str, things: tuple[str, ...]) -> bool:
    """``Donaubrücke``, ``Nord-Halle``: German and Dutch write a thing in one word with its name."""
    return any(len(thing) > 3 and len(part) > len(thing) + 2 and part.endswith(thing) for thing in things)


@cache
def _forms(language: str | None) -> tuple[re.Pattern[str], ...]:
    words = words_of(language)
    child = rf"(?:{'|'.join(map(re.escape, words.children))})"
    return tuple(_form(form, child) for form in words.minors)


def _form(form: str, child: str) -> re.Pattern[str]:
    """A form such as ``{name} ({age} ans)``; only the name is read with regard to case."""
    escaped = r"\s+".join(re.escape(word) for word in form.split()).replace(r"\-", "[-\u2010\u2011]")
    escaped = re.sub(r"^([^\W\d_])", lambda match: f"(?<!\\w)(?i:{match[1]})", escaped.replace(r"\*", r"\w*"))
    escaped = escaped.replace(r"\{name\}", _NAME).replace(r"\{age\}", _AGE).replace(r"\{child\}", rf"\b(?i:{child})\b")
    return re.compile(escaped + (_SPAN if form[-1].isalpha() or form.endswith("{age}") else ""))
