"""Quotations."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from distribute.domain.finding import Finding
from distribute.domain.release import Block, BlockKind, Quote

Findings = Callable[..., list[Finding]]


def body(*texts: str) -> tuple[Block, ...]:
    return tuple(Block(kind=BlockKind.PARAGRAPH, text=text, line=line) for line, text in enumerate(texts, 1))


@pytest.mark.parametrize(
    "texts",
    [
        ("“It is so,” said Jane Doe. “It was.”",),
        ("“It is so,” said Jane Doe.", "“It was so.", "“And it will be.”"),
        ('"It was so.', '"And it will be."'),
        ("«Es así.", "»Y así será.", "»Y así fue»."),
        ("„Es ist so“, sagt Anna Weber.",),
        ("„Es ist so.", "Es war so, und es wird so sein.“"),
        ("„Es ist so.", "Es war so.", "Und so wird es sein“, sagt Anna Weber. „So ist es.“"),
        ("« C’est ainsi », dit-elle.",),
        ("The workers’ rights and the 5' board.",),
    ],
)
def test_marks_that_close_are_well(findings: Findings, texts: tuple[str, ...]) -> None:
    assert findings("unclosed-quote", body=body(*texts)) == []


@pytest.mark.parametrize(
    ("texts", "place"),
    [
        (("Jane said: “It is so.",), (1, 12)),
        (("“It is so.", "“It was so.", "Then they left."), (2, 1)),
        (("Join us to “Make It", "and go."), (1, 12)),
        (('He said "it is so.', "They left."), (1, 9)),
        (("„Es ist so.", "Dann gingen sie.", "„Ja“, sagt sie."), (1, 1)),
    ],
)
def test_a_mark_that_never_closes_is_named(findings: Findings, texts: tuple[str, ...], place: tuple[int, int]) -> None:
    (finding,) = findings("unclosed-quote", body=body(*texts))
    assert (finding.line, finding.column) == place


def test_a_quotation_needs_somebody_who_says_it(findings: Findings) -> None:
    named, titled = Quote(text="It is so.", speaker="Jane Doe"), Quote(text="It is so.", title="spokesperson")
    assert findings("quote-without-speaker", quotes=(named, titled)) == []
    (finding,) = findings("quote-without-speaker", quotes=(Quote(text="It is so.", line=7),))
    assert finding.line == 7
