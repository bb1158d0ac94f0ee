"""The fixed words of letters and posts in a language, from gettext catalogues read as they are.

``locale/<language>.po`` of the workspace speaks before the shipped one, the whole tag before
its language, and English where nobody has translated a phrase.
"""

from __future__ import annotations

import re
from collections import ChainMap
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from babel.messages.pofile import PoFileError, read_po
from jinja2 import Environment

from distribute.errors import RenderError
from distribute.rendering.environment import template_roots

FALLBACK = "en"


@dataclass(frozen=True)
class Phrases:
    """The phrases of one language. ``language`` is the tag they are in, not the one asked for."""

    language: str
    messages: Mapping[str, str]

    def __call__(self, message: str, **values: str) -> str:
        """``message`` (English, as in the catalogues) in the language, each ``{name}`` filled from ``values``.

        Raises RenderError when a translation asks for a value it is not given.
        """
        text = self.messages.get(message, message)
        try:
            return re.sub(r"\{(\w+)\}", lambda match: values[match[1]], text)
        except KeyError as missing:
            raise RenderError(
                f"the phrase “{text}” asks for {{{missing.args[0]}}}, which it is not given: correct it",
                f"locale/{self.language}.po",
            ) from None


def open_phrases(environment: Environment, language: str) -> Phrases:
    """The phrases for a BCP 47 tag; those of its language, or English, where there is no catalogue.

    Raises RenderError with file and line when a catalogue is malformed.
    """
    tag = language.replace("_", "-")
    tags = list(dict.fromkeys((tag, tag.partition("-")[0], FALLBACK)))
    found = [(one, catalogue) for one in tags for catalogue in _catalogues(environment, one)]
    spoken = next((one for one, _ in found), FALLBACK)
    if spoken == tag.partition("-")[0]:
        spoken = tag
    return Phrases(spoken, ChainMap(*(catalogue for _, catalogue in found)))


def languages(environment: Environment) -> frozenset[str]:
    """The tags there is a catalogue for: the variants a letter can be compiled in."""
    roots = template_roots(environment)
    return frozenset(path.stem for root in roots for path in (root / "locale").glob("*.po"))


def read_catalogue(path: Path) -> dict[str, str]:
    """The translated messages of a ``.po`` file; RenderError with its line when it is malformed."""
    return _read(path, path.stat().st_mtime_ns)


def _catalogues(environment: Environment, tag: str) -> Iterator[dict[str, str]]:
    if not re.fullmatch(r"[A-Za-z0-9-]+", tag):
        return
    for root in template_roots(environment):
        path = root / "locale" / f"{tag}.po"
        if path.is_file():
            yield read_catalogue(path)


@lru_cache(maxsize=64)
def _read(path: Path, changed: int) -> dict[str, str]:  # noqa: ARG001 - a changed file is read again
    try:
        with path.open(encoding="utf-8") as lines:
            catalogue = read_po(lines, abort_invalid=True)
    except PoFileError as error:
        raise RenderError(f"the catalogue is malformed: {error}", str(path), error.lineno + 1) from error
    except UnicodeDecodeError as error:
        raise RenderError("the catalogue is not UTF-8 text; save it as UTF-8", str(path)) from error
    return {
        message.id: message.string
        for message in catalogue
        if isinstance(message.id, str) and isinstance(message.string, str)
        if message.id and message.string and not message.fuzzy
    }
