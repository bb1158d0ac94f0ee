"""Single marks: quotation marks, possessives and elisions told apart."""

from __future__ import annotations

import pytest

from distribute.sources.recognisers.quotation_marks import find_stretches
from tests.sources.recognisers.bodies import said


def stretches(text: str) -> list[str]:
    return [text[found.start : found.end] for found in find_stretches(text, with_single=True)]


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("'It's ours,' said Jane Doe.", ["It's ours,"]),
        ("‘It’s ours,’ said Jane Doe.", ["It’s ours,"]),
        ("She said: 'We like the farmers' plan a lot.'", ["We like the farmers' plan a lot."]),
        ("She said: ‘We like the farmers’ plan a lot.’", ["We like the farmers’ plan a lot."]),
        ("‘It is for us’, said the farmers’ leader.", ["It is for us"]),
        ("The 'open door' policy of the '90s", ["open door"]),
        ("the farmers' plan and the workers' choice", []),
        ("'t Is koud in 's-Hertogenbosch", []),
        ("‚Es ist kalt‘, sagte sie.", ["Es ist kalt"]),
        ("‘They call it “ours” now.’", ["They call it “ours” now."]),
        ("el informe ‘Puertas de mar’ que sale hoy", ["Puertas de mar"]),
    ],
)
def test_what_stands_between_single_marks(text: str, inside: list[str]) -> None:
    assert stretches(text) == inside


@pytest.mark.parametrize(
    ("language", "paragraphs", "found"),
    [
        (
            "en",
            (
                "The treasurer, John Rushworth, said: 'The new rules don't change what we earn.",
                "'They do change the workers' fund, which was a note until now.'",
                "The rules don't change the firm's plans.",
            ),
            [("The new", "John Rushworth")],
        ),
        (
            "nl",
            (
                "Raadslid Henk van Geffen is blij. 'Het is goed dat het plan van tafel is.'",
                "Van Geffen, die maandag jarig was, zei het eerder. 'Ons bos hoort bij iedereen.'",
                "Het bos bleef. Van Geffen: 'Dit plan krijgt geen kans meer.'",
            ),
            [("Het is", "Henk van Geffen"), ("Ons bos", "Henk van Geffen"), ("Dit plan", "Henk van Geffen")],
        ),
        ("en", ("The kernel stops 'flood' attacks and the 'long ping' on users' machines.",), []),
        ("es", ("Subió el agua, según el informe ‘Puertas de mar’ que Marea publica hoy.",), []),
    ],
)
def test_texts_without_double_marks_are_quoted_with_single_ones(
    language: str, paragraphs: tuple[str, ...], found: list[tuple[str, str]]
) -> None:
    assert said(language, *paragraphs) == found
