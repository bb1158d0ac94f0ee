"""Front matter in Word documents and on pages: the same statements as in a text, however they were typed."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

import pytest

from distribute.domain.release import Release
from distribute.errors import SourceError
from tests.sources.word_builders import put, run, saved, word

BODY = ("The bridge stays closed", "OTTAWA, 24 November 2026 – The footbridge stays closed, the engineers said.")


def as_word(*paragraphs: str) -> bytes:
    return saved(word(*paragraphs))


def as_page(*paragraphs: str) -> bytes:
    return ("<html><body>" + "\n".join(f"<p>{escape(text)}</p>" for text in paragraphs) + "</body></html>").encode()


FORMATS = pytest.mark.parametrize(("made", "name"), [(as_word, "release.docx"), (as_page, "release.html")])
Made = Callable[..., bytes]


@FORMATS
@pytest.mark.parametrize("fence", ["---", "—", "–-", "—–", "-----"])
def test_statements_between_dashes_win_over_the_text(
    read: Callable[..., Release], made: Made, name: str, fence: str
) -> None:
    release = read(made(fence, "headline: Police: eleven held", "slug: bridge", fence, *BODY), name=name)
    assert (release.headline, release.slug) == ("Police: eleven held", "bridge")
    assert all("slug" not in block.text and fence not in block.text for block in release.body)
    assert release.notes_to_editors is None


@FORMATS
@pytest.mark.parametrize(
    "typed",
    [
        "headline: “Bridge closed”",
        "headline: «\u00a0Bridge closed\u00a0»",
        "headline\u00a0: Bridge closed",
        "Headline: 'Bridge closed'",
        "headline: „Bridge closed“",
        "headline: ‘Bridge closed’",
    ],
)
def test_what_a_word_processor_makes_of_quotation_marks_is_taken_off(
    read: Callable[..., Release], made: Made, name: str, typed: str
) -> None:
    assert read(made("—", typed, "—", *BODY), name=name).headline == "Bridge closed"


def test_marks_inside_a_value_stay(read: Callable[..., Release]) -> None:
    for value in ("“No,” she said, “not yet”", "The city’s bridge", "Engineers’ “no”"):
        assert read(as_word("---", f"headline: {value}", "---", *BODY), name="release.docx").headline == value


@FORMATS
def test_lists_and_tables_are_made_of_lines(read: Callable[..., Release], made: Made, name: str) -> None:
    typed = [
        "---", "subhead: [“One”, Two]", "contact:", "- name: Ada Moreau", "email: ada.moreau@example.org",
        "– name: Ben Okoro", "phone: 613-555-0142", "notes_to_editors: The first note.", "The second: a longer note.",
        "…",
    ]  # fmt: skip
    release = read(made(*typed, *BODY), name=name)
    assert release.subheads == ("One", "Two")
    assert [(contact.name, contact.emails, contact.phones) for contact in release.contacts] == [
        ("Ada Moreau", ("ada.moreau@example.org",), ()),
        ("Ben Okoro", (), ("+16135550142",)),
    ]


def test_items_that_word_made_a_list_of_are_items(read: Callable[..., Release]) -> None:
    document = word("---", "subhead:")
    for text in ("One", "Two"):
        document.add_paragraph(text, style="List Bullet")
    for text in ("---", *BODY):
        document.add_paragraph(text)
    assert read(saved(document), name="release.docx").subheads == ("One", "Two")


def test_paragraphs_without_a_key_go_on_with_the_value_above(read: Callable[..., Release]) -> None:
    typed = ["---", "boilerplate: We build bridges.", "We have done so since 1968: in all weathers.", "---"]
    release = read(as_word(*typed, *BODY), name="release.docx")
    assert release.boilerplate == "We build bridges.\n\nWe have done so since 1968: in all weathers."


@FORMATS
def test_an_unknown_key_is_named_with_its_place(read: Callable[..., Release], made: Made, name: str) -> None:
    with pytest.raises(SourceError, match="“hedline” is no key of a release: did you mean “headline”") as caught:
        read(made("---", "slug: bridge", "hedline: x", "---", *BODY), name=name)
    assert caught.value.line == 3
    with pytest.raises(SourceError, match="“slug” is given twice"):
        read(made("---", "slug: bridge", "slug: b", "---", *BODY), name=name)
    with pytest.raises(SourceError, match="never closed") as caught:
        read(made("---", "slug: bridge", *BODY), name=name)
    assert caught.value.line == 1


@FORMATS
def test_dashes_above_anything_else_are_text(read: Callable[..., Release], made: Made, name: str) -> None:
    for typed in (["---", "Media contact: Ada Moreau, 613-555-0142"], ["—"], ["---", "---"], ["slug: bridge"]):
        release = read(made(*typed, *BODY), name=name)
        assert release.slug != "bridge"
        assert any("footbridge stays closed" in block.text for block in release.body)


def border(side: str = "bottom") -> str:
    return f'<w:pPr><w:pBdr><w:{side} w:val="single" w:sz="6" w:space="1" w:color="auto"/></w:pBdr></w:pPr>'


@pytest.mark.parametrize("closing", [border() + run("slug: bridge"), run("slug: bridge")])
@pytest.mark.parametrize("opening", [border(), run("---")])
def test_dashes_that_word_made_a_border_are_dashes(read: Callable[..., Release], opening: str, closing: str) -> None:
    document = word("", "headline: Bridge closed", "")
    put(document.paragraphs[0], opening)
    put(document.paragraphs[2], closing)
    if "pBdr" not in closing:
        put(document.add_paragraph(""), border())
    for text in BODY:
        document.add_paragraph(text)
    release = read(saved(document), name="release.docx")
    assert (release.headline, release.slug) == ("Bridge closed", "bridge")
    assert not any("---" in text for text in (*(block.text for block in release.body), *release.subheads))


def test_a_border_elsewhere_is_only_drawn(read: Callable[..., Release]) -> None:
    document = word("")
    put(document.paragraphs[0], border())
    for text in BODY:
        document.add_paragraph(text)
    put(document.add_paragraph(""), border() + run("slug: bridge"))
    release = read(saved(document), name="release.docx")
    assert release.headline == BODY[0]
    assert not any("---" in line for line in release.lines)
