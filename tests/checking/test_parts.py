"""Parts that must be there."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from distribute.domain.finding import Finding
from distribute.domain.release import Asset, Block, BlockKind, Dateline, MediaContact

Findings = Callable[..., list[Finding]]


ANA = MediaContact(name="Ana Ruiz", phones=("+16135550123",), emails=("ana@example.org",), line=9)


def paragraph(words: int) -> tuple[Block, ...]:
    return (Block(kind=BlockKind.PARAGRAPH, text=" ".join(f"w{n}" for n in range(words)), line=3),)


@pytest.mark.parametrize("headline", [None, "", "  "])
def test_a_release_needs_a_headline(findings: Findings, headline: str | None) -> None:
    assert findings("no-headline") == []
    assert len(findings("no-headline", headline=headline)) == 1


def test_a_release_needs_a_body(findings: Findings) -> None:
    assert findings("empty-body") == []
    assert len(findings("empty-body", body=())) == 1


def test_a_release_needs_somebody_to_call(findings: Findings) -> None:
    assert findings("no-contact") == []
    assert len(findings("no-contact", contacts=(MediaContact(name="Ana Ruiz"),))) == 1


def test_a_contact_needs_an_address(findings: Findings) -> None:
    assert findings("contact-without-email") == []
    (finding,) = findings("contact-without-email", contacts=(ANA, MediaContact(name="Jo Lee", phones=("+1",), line=11)))
    assert (finding.line, finding.is_error) == (11, False)
    assert finding.message.startswith("Jo Lee has no e-mail address")


def test_a_contact_needs_a_telephone(findings: Findings) -> None:
    assert findings("contact-without-phone") == []
    (finding,) = findings(
        "contact-without-phone", contacts=(MediaContact(organisation="Desk", emails=("a@example.org",)),)
    )
    assert finding.message.startswith("Desk has no telephone number")


def test_a_release_wants_a_dateline_with_a_place(findings: Findings) -> None:
    assert findings("no-dateline") == []
    assert [finding.line for finding in findings("no-dateline", dateline=None)] == [3]
    assert len(findings("no-dateline", dateline=Dateline(raw="3 March 2026"))) == 1


@pytest.mark.parametrize(("words", "count"), [(149, 1), (150, 0), (800, 0), (801, 1)])
def test_a_body_is_neither_a_book_nor_a_stub(findings: Findings, words: int, count: int) -> None:
    assert len(findings("body-length", body=paragraph(words))) == count


@pytest.mark.parametrize(("words", "count"), [(100, 0), (101, 1)])
def test_a_boilerplate_has_a_hundred_words(findings: Findings, words: int, count: int) -> None:
    found = findings("boilerplate-length", boilerplate="word " * words, boilerplate_lines=(12,))
    assert [finding.line for finding in found] == [12] * count


@pytest.mark.parametrize(
    "lead",
    [
        "Inspectors from Ottawa wrote to the ministry about the dam.",
        "We call on the ministry to publish what its inspectors wrote.",
        "Residents without cooling can use three new centres from tomorrow.",
    ],
)
def test_a_lead_that_says_who_and_what_is_well(findings: Findings, lead: str) -> None:
    body = (Block(kind=BlockKind.PARAGRAPH, text=lead, line=3),)
    assert findings("thin-lead", body=body) == []


def test_a_lead_that_says_neither_who_nor_where_is_named(findings: Findings) -> None:
    body = (Block(kind=BlockKind.PARAGRAPH, text="It is a great step forward for everybody everywhere.", line=3),)
    (finding,) = findings("thin-lead", body=body, dateline=None)
    assert "does not say who or where or when" in finding.message
    assert (finding.line, finding.column) == (3, 1)


def test_an_image_needs_caption_credit_and_alt_text(findings: Findings) -> None:
    whole = Asset(url="https://example.org/a.jpg", alt="A dam", caption="The dam", credit="Jo Lee")
    assert findings("image-without-text", assets=(whole,)) == []
    (finding,) = findings("image-without-text", assets=(Asset(url="https://example.org/a.jpg", alt="A dam", line=4),))
    assert finding.line == 4
    assert "no caption and no credit" in finding.message


@pytest.mark.parametrize(
    ("width", "height", "is_told"), [(2_399, 1_600, True), (1_600, 2_400, False), (None, None, False)]
)
def test_an_image_must_be_large_enough_to_print_where_its_size_is_known(
    findings: Findings, width: int | None, height: int | None, is_told: bool
) -> None:
    found = findings("image-size", assets=(Asset(url="https://example.org/a.jpg", width=width, height=height, line=4),))
    assert [finding.line for finding in found] == [4] * is_told
    assert all("2,399 pixels" in finding.message and "2,400" in finding.message for finding in found)


def test_an_image_in_the_document_is_said_to_stay_behind(findings: Findings) -> None:
    embedded = Asset(name="image1.jpg", alt="A dam", caption="The dam", line=4, width=300, height=200, data=b"x")
    (finding,) = findings("image-embedded", assets=(embedded,))
    assert finding.line == 4
    assert (
        "image1.jpg in the document, 300 × 200 pixels, will not be sent, unless you say --inline-images"
        in finding.message
    )
    assert findings("image-embedded", assets=(Asset(url="https://example.org/a.jpg"),)) == []
