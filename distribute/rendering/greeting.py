"""How a letter greets its reader: by a name that is one beyond doubt, otherwise without any."""

from __future__ import annotations

import re
from collections.abc import Callable

from jinja2 import Environment

from distribute.domain.audience import Contact
from distribute.domain.content import Letter
from distribute.rendering.letter import GREETING
from distribute.rendering.phrases import Phrases, open_phrases

LONGEST_NAME = 40  # characters

_NAME = re.compile(r"[^\W\d_][^\W\d_]+(?:[ .’'\-‐]{1,2}[^\W\d_]+)*\.?")
"""Letters of any script, at least two to begin with, in words that a space, a hyphen or an apostrophe may join."""
_NO_NAMES = frozenset(
    word
    for line in (
        "desk newsdesk news newsroom editor editors editorial press media team info contact journalist reporter office",
        "rédaction redaction presse journaliste redaktion redacción redacao redação redactie redakcja",
        "none null nil unknown test tbc tbd sir madam monsieur madame",
    )
    for word in line.split()
)


def greeter(letter: Letter, environment: Environment) -> Callable[[Contact], str]:
    """What greets each reader of ``letter`` in its language; nothing where it greets nobody."""
    if GREETING not in letter.slots:
        return lambda _: ""
    phrases = open_phrases(environment, letter.language)
    return lambda contact: greet(contact, phrases)


def greet(contact: Contact, phrases: Phrases) -> str:
    """``Hello Ana,`` where the list gives a first name that can be one; ``Hello,`` for everybody else.

    What is not a name beyond doubt: initials, digits and signs, all capitals or all small letters (in scripts that
    have both), words such as “newsdesk”, more than 40 characters. A wrong name is worse than none.
    """
    first, last = contact.first_name.strip(), contact.last_name.strip()
    if not _is_name(first):
        return phrases("Hello,")
    full_name = f"{first} {last}" if _is_name(last) else first
    return phrases("Hello {name},", name=first, full_name=full_name)


def _is_name(text: str) -> bool:
    words = re.split(r"[\W_]+", text.casefold())
    is_shouted = text.isupper() and len(text) > 2
    return bool(
        len(text) <= LONGEST_NAME
        and _NAME.fullmatch(text)
        and not (is_shouted or text.islower())
        and _NO_NAMES.isdisjoint(words)
    )
