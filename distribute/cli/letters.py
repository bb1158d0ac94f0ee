"""The letters of a plan: what is in each, and how many get it."""

from __future__ import annotations

from typing import Any

import click

from distribute.domain.content import Letter
from distribute.domain.plan import Plan


def letters_document(plan: Plan) -> list[dict[str, Any]]:
    """``letters`` of ``plan --json``: fixed words, versions of the release, and the list its covering note is for.

    ``note`` is ``*`` where the note is for every list, and empty where there is none.
    """
    readers = plan.readers()
    return [
        {
            "variant": variant,
            "language": letter.language,
            "versions": list(letter.versions),
            "note": letter.note_list,
            "subject": letter.subject,
            "recipients": readers.get(variant, 0),
        }
        for variant, letter in plan.letters.items()
    ]


def print_letters(plan: Plan) -> None:
    """A line for each letter where there are several, or one with a covering note."""
    readers = plan.readers()
    if len(plan.letters) == 1 and not any(letter.note_list for letter in plan.letters.values()):
        return
    for variant, letter in plan.letters.items():
        click.echo(f"  letter    {readers.get(variant, 0):,} {_described(letter)}: {letter.subject}")


def _described(letter: Letter) -> str:
    """``in French, with the note for press``."""
    from distribute.rendering.tally import (  # noqa: PLC0415  babel, where several letters are shown
        language_name,
        name_languages,
        name_note,
    )

    words = "" if letter.language in letter.versions else f" within {language_name(letter.language)} words"
    return f"in {name_languages(letter.versions)}{words}{name_note(letter)}"
