"""The quotations of a release are the same whatever marks it is typed with and however its lines are broken."""

from __future__ import annotations

import re
import textwrap
from datetime import UTC, datetime
from pathlib import Path

import pytest

from distribute.sources.releases import read_release

HOUSES = Path(__file__).with_name("houses")
NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
STYLES = {"english": ("“", "”"), "straight": ('"', '"'), "french": ("«", "»"), "german": ("„", "“")}
WIDTH = 72


def typed_with(text: str, marks: tuple[str, str]) -> str:
    """The text with its double marks, one pair of which it uses throughout, made others."""
    own = next(pair for pair in (("„", "“"), ("«", "»"), ("“", "”")) if pair[0] in text)
    pattern = re.compile(rf"{own[0]}[\s\u00a0\u202f]?|[\s\u00a0\u202f]?{own[1]}")
    return pattern.sub(lambda match: marks[0] if own[0] in match[0] else marks[1], text)


def wrapped(text: str) -> str:
    lines = text.split("\n")
    return "\n".join(
        "\n".join(textwrap.wrap(line, WIDTH, break_long_words=False, break_on_hyphens=False)) if line else line
        for line in lines
    )


def spoken(path: Path) -> list[tuple[str, str | None, int]]:
    """Every quotation as words, with who speaks and over how many paragraphs."""
    quotes = read_release(path, NOW).quotes
    return [(" ".join(re.findall(r"\w+", quote.text)), quote.speaker, quote.paragraphs) for quote in quotes]


def has_one_kind_of_mark(text: str) -> bool:
    kinds = [kind for kind in ("“”", "«»", "„“") if kind[0] in text and kind[1] in text]
    return kinds in (["“”"], ["«»"], ["„“"]) and '"' not in text and "»" not in {line[:1] for line in text.splitlines()}


TEXTS = {path.stem: path.read_text(encoding="utf-8") for path in sorted(HOUSES.glob("*.txt"))}
MARKED = [name for name, text in TEXTS.items() if has_one_kind_of_mark(text)]


def test_there_are_releases_to_restyle() -> None:
    assert len(MARKED) >= 20


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("name", MARKED)
def test_other_quotation_marks_change_no_quotation(name: str, style: str, tmp_path: Path) -> None:
    restyled = tmp_path / f"{name}.txt"
    restyled.write_text(typed_with(TEXTS[name], STYLES[style]), encoding="utf-8")
    assert spoken(restyled) == spoken(HOUSES / restyled.name)


@pytest.mark.parametrize("name", TEXTS)
def test_doubled_blank_lines_change_no_quotation(name: str, tmp_path: Path) -> None:
    spaced = tmp_path / f"{name}.txt"
    spaced.write_text(TEXTS[name].replace("\n\n", "\n\n\n\n"), encoding="utf-8")
    assert spoken(spaced) == spoken(HOUSES / spaced.name)


@pytest.mark.parametrize("name", TEXTS)
def test_lines_wrapped_at_a_width_change_no_quotation(name: str, tmp_path: Path) -> None:
    narrow = tmp_path / f"{name}.txt"
    narrow.write_text(wrapped(TEXTS[name]), encoding="utf-8")
    assert spoken(narrow) == spoken(HOUSES / narrow.name)
