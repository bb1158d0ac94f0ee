"""Addresses."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from distribute.domain.finding import Finding
from distribute.domain.release import Asset, Block, BlockKind, Mark, MarkKind

Findings = Callable[..., list[Finding]]


def linked(href: str) -> tuple[Block, ...]:
    mark = Mark(start=4, end=9, kind=MarkKind.LINK, href=href)
    return (Block(kind=BlockKind.PARAGRAPH, text="The words are here.", line=5, marks=(mark,)),)


@pytest.mark.parametrize("href", ["https://example.org/a", "mailto:a@example.org", "tel:+16135550123"])
def test_pages_mails_and_calls_can_be_linked(findings: Findings, href: str) -> None:
    assert findings("link-scheme", body=linked(href)) == []


@pytest.mark.parametrize(
    "href",
    [
        "http://example.org",
        "javascript:alert(1)",
        "data:text/html,x",
        "file:///etc",
        "/page",
        "https://",
        "https://a b.org",
        "",
    ],
)
def test_other_addresses_block(findings: Findings, href: str) -> None:
    (finding,) = findings("link-scheme", body=linked(href))
    assert (finding.line, finding.column, finding.is_error) == (5, 5, True)


def test_the_releases_link_is_a_page_and_images_are_https(findings: Findings) -> None:
    assert (
        findings("link-scheme", link="https://example.org/dam", assets=(Asset(url="https://example.org/a.jpg"),)) == []
    )
    assert (
        len(findings("link-scheme", link="mailto:a@example.org", assets=(Asset(url="http://example.org/a.jpg"),))) == 2
    )


def test_an_address_written_out_in_the_text_counts(findings: Findings) -> None:
    assert findings("link-scheme", "The file: it is here, and the data: too.") == []
    assert len(findings("link-scheme", "See ftp://example.org/a, javascript:alert(1) and (javascript:x).")) == 3
    (finding,) = findings("link-scheme", "It is at http://example.org/dam for now.")
    assert (finding.column, "use https://" in finding.message) == (10, True)
