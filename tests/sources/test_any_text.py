"""Whatever is handed over is read: nothing raises, nothing is lost, places lie inside, blank lines mean nothing.

`make proofs` (CHAOS=1) asks many more texts.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings

from distribute.domain.release import Release
from distribute.errors import SourceError
from distribute.sources.assembly import build
from distribute.sources.document import clean, physical_lines
from distribute.sources.matter import split_matter
from distribute.sources.plain import BULLET
from distribute.sources.reading import understand
from distribute.sources.record import release_record
from distribute.sources.releases import read_release
from tests.sources.conftest import NOW
from tests.sources.texts import any_texts, release_texts

MORE = 10 if os.environ.get("CHAOS") else 1
thorough = settings(deadline=None, max_examples=50 * MORE, suppress_health_check=[HealthCheck.function_scoped_fixture])


def parse(text: str, *, is_markdown: bool = False) -> Release:
    return build(understand(text, {}, NOW, is_markdown=is_markdown))


def record(release: Release) -> Any:
    """What was understood, without line numbers."""
    document = release_record(replace(release, sha256=""))
    for aside in document["other"]:
        del aside["line"]
    return document


def tokens(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+|[^\w\s]", text))


def shown(release: Release) -> Counter[str]:
    """Every part as it is written; quotes and contacts are read from these and add nothing."""
    line, dateline = release.release_line.raw, release.dateline.raw if release.dateline else None
    parts: list[str | None] = [
        release.headline,
        *release.subheads,
        line,
        dateline,
        release.boilerplate,
        release.notes_to_editors,
    ]
    parts += [release.end_mark, *(block.text for block in release.body), *(aside.text for aside in release.other)]
    return tokens("\n".join(filter(None, parts)))


def handed_over(text: str) -> Counter[str]:
    """The words and signs of every line that is not blank, bullets aside."""
    lines = (clean(raw) for _, raw in physical_lines(text))
    return tokens("\n".join(BULLET.sub("", line, count=1) if BULLET.match(line) else line for line in lines))


@pytest.mark.parametrize("suffix", [".txt", ".md"])
@given(text=any_texts())
@thorough
def test_any_text_is_read_or_refused_with_one_sentence(tmp_path: Path, suffix: str, text: str) -> None:
    path = tmp_path / f"release{suffix}"
    path.write_bytes(text.encode())
    refusal = ""
    try:
        release_record(read_release(path, NOW))
    except SourceError as error:
        refusal = str(error)
    assert not refusal or (str(path) in refusal and "\n" not in refusal)


@given(any_texts())
@example("1 apr 2026\nOTTAWA, 1 apr 2026 — The engineers closed the footbridge, since the winter had weakened it.\n")
@thorough
def test_nothing_of_a_pasted_text_is_lost(text: str) -> None:
    lost = handed_over(text) - shown(parse(text))
    assert not lost


@given(release_texts())
@thorough
def test_no_word_of_a_markdown_text_is_lost(text: str) -> None:
    def words(counted: Counter[str]) -> Counter[str]:
        return Counter({word: number for word, number in counted.items() if word.isalpha()})

    lost = words(handed_over(text)) - words(shown(parse(text, is_markdown=True)))
    assert not lost


@pytest.mark.parametrize("is_markdown", [False, True])
@given(text=any_texts())
@thorough
def test_places_lie_inside_the_text(is_markdown: bool, text: str) -> None:
    release = parse(text, is_markdown=is_markdown)
    last = len(re.split(r"\r\n|\r|\n", text))
    parts = [release.release_line, release.dateline, *release.body, *release.quotes, *release.contacts, *release.other]
    lines = [release.headline_line, *(part.line for part in parts if part)]
    assert all(line is None or 1 <= line <= last for line in lines)
    assert all(block.line for block in release.body)
    for block in release.body:
        assert all(0 <= mark.start < mark.end <= len(block.text) for mark in block.marks)
    for quote in release.quotes:
        assert all(0 <= place < len(release.body) for place in quote.blocks)


@given(any_texts())
@example("Sperrfrist\n\n24. November 2026")
@example(
    "for immediate release\n \n\nfor immediate release\n"
    + 2 * "“The engineers closed the old wooden footbridge in winter.”\n"
)
@thorough
def test_doubled_blank_lines_change_nothing(text: str) -> None:
    doubled = re.sub(r"(?m)^([^\S\n]*\n)", r"\1\1", text.replace("\r\n", "\n").replace("\r", "\n"))
    assert record(parse(doubled)) == record(parse(text))


@given(text=release_texts())
@thorough
def test_doubled_blank_lines_change_nothing_in_markdown(text: str) -> None:
    doubled = re.sub(r"(?m)^([^\S\n]*\n)", r"\1\1", text.replace("\r\n", "\n").replace("\r", "\n"))
    assert record(parse(doubled, is_markdown=True)) == record(parse(text, is_markdown=True))


@given(text=any_texts())
@thorough
def test_front_matter_is_found_or_is_text(text: str) -> None:
    matter, rest = split_matter(f"---\nlanguage: en\n---\n{text}", Path("release.txt"))
    assert set(matter) == {"language"}
    assert rest.splitlines()[:3] == ["", "", ""]
