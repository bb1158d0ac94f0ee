"""Contacts as releases write them, with who is to be found, and the text of a short release to set them below.

``contacts/*.txt`` holds them: ``== en`` opens a case, ``=> Jane Doe 2 1; None 1 1`` ends it with each contact's
name, how many numbers, and how many addresses.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from distribute.domain.release import Release

HERE = Path(__file__).with_name("contacts")
Reached = list[tuple[str, int, int]]


def _parts(name: str) -> Iterator[tuple[str, str]]:
    for part in re.split(r"^== ", (HERE / name).read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
        language, _, text = part.partition("\n")
        yield language, text


BODIES = {language: f"{text.strip()}\n\n" for language, text in _parts("bodies.txt")}


def cases(name: str) -> Iterator[tuple[str, str, Reached]]:
    """The language, the text and who is to be found, of each case in a file."""
    for language, text in _parts(name):
        shown, _, found = text.partition("\n=> ")
        people = [] if found.strip() == "nobody" else [item.rsplit(" ", 2) for item in found.strip().split("; ")]
        yield language, shown, [(person, int(numbers), int(addresses)) for person, numbers, addresses in people]


def reached(release: Release) -> Reached:
    """Each contact's name with how many numbers and addresses it has."""
    return [(str(contact.name), len(contact.phones), len(contact.emails)) for contact in release.contacts]
