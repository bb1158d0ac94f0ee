"""What announces contacts."""

from __future__ import annotations

import pytest

from distribute.sources.document import Document, Line
from distribute.sources.recognisers.contact_labels import heads_contacts, is_contact_label, label_of, without_label
from distribute.sources.vocabulary import vocabulary


def document(*texts: str) -> Document:
    return Document(tuple(Line(number=number, text=text, group=0) for number, text in enumerate(texts, 1)))


@pytest.mark.parametrize(
    ("language", "lines"),
    [
        ("en", ("TO BOOK AN INTERVIEW OR REQUEST MORE", "020 7946 0123")),
        ("en", ("Media contact | Blue Anchor PR", "Jane Doe – 613-555-0123")),
        ("pt", ("Assessoria de Imprensa – Agência Farol", "Rita Faria (rita@example.com)")),
        ("de", ("Pressestelle des Beispielbunds", "Tel. 030 23125 010")),
        ("es", ("Gabinete de prensa de Obras Ejemplo", "prensa@example.org")),
        ("fr", ("Service de presse de la ville", "presse@example.org")),
    ],
)
def test_a_line_without_a_colon_heads_what_the_next_one_holds(language: str, lines: tuple[str, ...]) -> None:
    assert heads_contacts(document(*lines), 0, vocabulary(language))


@pytest.mark.parametrize(
    "lines",
    [
        ("Interviews with the engineers were held.", "613-555-0123"),
        (
            "Media contact sports rose last year",
            "The council has counted them since 1990, as the law demands.",
        ),
        ("Contact tracing",),
    ],
)
def test_other_lines_head_nothing(lines: tuple[str, ...]) -> None:
    assert not heads_contacts(document(*lines), 0, vocabulary("en"))


@pytest.mark.parametrize(
    ("language", "text", "label", "rest"),
    [
        ("en", "Media contact: Jane Doe", "Media contact", "Jane Doe"),
        ("en", "First Wire Contact: jane@example.org", "First Wire Contact", "jane@example.org"),
        ("de", "Unternehmenskontakt:", "Unternehmenskontakt", ""),
        ("de", "Pressestelle des Beispielbunds", "", "Pressestelle des Beispielbunds"),
        ("en", "Media contact | Blue Anchor PR", "Media contact", "Blue Anchor PR"),
        ("en", "To book an interview or request more", "To book an interview or request more", ""),
    ],
)
def test_a_label_and_what_stands_behind_it_are_told_apart(language: str, text: str, label: str, rest: str) -> None:
    words = vocabulary(language)
    assert (label_of(text, words), without_label(text, words)) == (label, rest)


def test_an_address_that_begins_like_a_label_is_none() -> None:
    assert not is_contact_label("prensa@example.org / 91 555 01 23", vocabulary("es"))
