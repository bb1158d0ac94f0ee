"""Lines that sign a quotation: under it, above it, at its end."""

from __future__ import annotations

import pytest

from distribute.sources.recognisers.signatures import read_signature, split_signature
from distribute.sources.vocabulary import vocabulary
from tests.sources.recognisers.bodies import said, speakers

FIRST = "“We stand by it, and we always will stand by it.”"
SECOND = "“We are glad to see it done at long last.”"


@pytest.mark.parametrize(
    ("language", "line", "name", "title"),
    [
        ("en", "– Jane Doe, director", "Jane Doe", "director"),
        ("en", "The Honourable Jane Doe, Minister of Fisheries", "Jane Doe", "Minister of Fisheries"),
        ("en", "Jane Doe – Director, Rivers Watch", "Jane Doe", "Director, Rivers Watch"),
        ("en", "Mayor Jane Doe", "Jane Doe", "Mayor"),
        ("fr", "— L’honorable Jeanne Roy, ministre des Pêches", "Jeanne Roy", "ministre des Pêches"),
        ("de", "– Jana Roth, Sprecherin", "Jana Roth", "Sprecherin"),
    ],
)
def test_a_line_that_is_a_name_signs(language: str, line: str, name: str, title: str) -> None:
    speaker = read_signature(line, vocabulary(language))
    assert speaker
    assert (speaker.name, speaker.title) == (name, title)


@pytest.mark.parametrize(
    "line",
    [
        "Jane Doe went home.",
        "Rivers Watch and the sea",
        "“It is so.”",
        "Call Jane Doe: 613-555-0142",
        "",
        "Quick facts",
    ],
)
def test_any_other_line_signs_nothing(line: str) -> None:
    assert read_signature(line, vocabulary("en")) is None


@pytest.mark.parametrize(
    "paragraphs",
    [
        (FIRST, "– Jane Doe, director", SECOND, "– Paul Finch, Mayor of Gull Bay"),
        (FIRST, "LIST:The Honourable Jane Doe, Minister", SECOND, "LIST:Paul Finch, Mayor"),
        (FIRST, "Jane Doe, director of Rivers Watch", SECOND, "Paul Finch, Mayor of Gull Bay"),
        (FIRST, "HEADING:Jane Doe", "HEADING:Director", SECOND, "HEADING:Paul Finch", "HEADING:Mayor"),
        ("“We stand by it.”", "Jane Doe, director", "“We are glad.”", "Paul Finch, Mayor of Gull Bay"),
        (
            FIRST,
            "-The Honourable Jane Doe",
            "Minister of Air and Sea Change",
            SECOND,
            "-Paul Finch",
            "Mayor of Gull Bay",
        ),
        ("Jane Doe, director", FIRST, "Paul Finch, Mayor", SECOND),
        ("HEADING:Jane Doe, director:", FIRST, "HEADING:Paul Finch, Mayor:", SECOND),
        ("Quote from Jane Doe, director:", FIRST, "Quote from Paul Finch, Mayor:", SECOND),
        (f"{FIRST} – Jane Doe, director", f"{SECOND} – Paul Finch, Mayor"),
        (f"{FIRST} (Jane Doe, director)", f"{SECOND} (Paul Finch, Mayor)"),
    ],
)
def test_each_quotation_has_the_name_that_stands_with_it(paragraphs: tuple[str, ...]) -> None:
    assert speakers("en", *paragraphs) == ["Jane Doe", "Paul Finch"]


def test_a_block_quotation_without_marks_needs_a_name() -> None:
    text = "QUOTE:We stand by it and we always will."
    assert said("en", text, "– Jane Doe, director") == [("We stand", "Jane Doe")]
    assert said("en", f"{text} — Jane Doe, director") == [("We stand", "Jane Doe")]
    assert said("en", text, "It rained.") == []


def test_a_paragraph_without_a_signature_stays_whole() -> None:
    assert split_signature("It rained — and how.", vocabulary("en")) == ("It rained — and how.", None)
