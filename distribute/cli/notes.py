"""Covering notes as the options name them: one for a list, or one for all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from distribute.domain.note import CoveringNote
from distribute.errors import InputError
from distribute.sources.decoding import decode, read_bytes
from distribute.sources.language import guess_language
from distribute.sources.siblings import language_in_name

_FORMATS = frozenset({".txt", ".md"})


def read_notes(texts: Sequence[str], lists: Sequence[str], default: str) -> Iterator[tuple[Path, CoveringNote]]:
    """Each ``FILE`` or ``LIST=FILE`` with the note in it; ``lists`` are the names that may be meant.

    A note is in the language its file's name ends in (``pitch.fr.txt``), else the one its words tell, else ``default``.
    Raises InputError for a list that is not among the plan's and for a file that is no plain text.
    """
    for text in texts:
        name, equals, file = text.partition("=")
        if equals and name not in lists:
            raise InputError(f"--note {text}: {name} is not among the lists of --to ({', '.join(lists) or 'none'})")
        path = Path(file if equals else text)
        if path.suffix.lower() not in _FORMATS:
            raise InputError(f"{path}: a covering note is plain text: save it as .txt")
        words = decode(read_bytes(path), path).text.strip()
        language = language_in_name(path) or guess_language(words) or default
        yield path, CoveringNote(text=words, language=language, list_name=name if equals else "")
