from __future__ import annotations

from collections.abc import Callable

import html5lib
import pytest

from distribute.channels.postcard import postcard
from distribute.domain.content import Card, Link, Post


def test_the_page_shows_the_post_its_link_its_card_and_its_count(post_to: Callable[..., Post]) -> None:
    page = postcard(post_to("bluesky"))
    assert "Minsk 🕯️: police must answer." in page
    assert '<a href="https://example.org/r" rel="noreferrer">https://example.org/r</a>' in page
    assert "<b>Police must answer</b>" in page
    assert "51 of 300 graphemes · 2026-11-24 11:00 UTC" in page
    assert "@press" in page


def test_the_page_is_valid_and_fetches_nothing(post_to: Callable[..., Post]) -> None:
    page = postcard(post_to("x"))
    html5lib.HTMLParser(strict=True).parse(page)
    for word in ("<script", "<img", "<link", "url(", "@import", " src="):
        assert word not in page


def test_text_is_data(post_to: Callable[..., Post]) -> None:
    text = "<script>alert(1)</script> & “more”"
    card = Card(url='https://example.org/"><script>', title="<b>", description="<i>")
    page = postcard(post_to("x", text=text, links=(), card=card, account="<u>", language='"><script>'))
    assert "<script" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; “more”" in page
    html5lib.HTMLParser(strict=True).parse(page)


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "JAVASCRIPT:x"])
def test_only_the_web_can_be_clicked(url: str, post_to: Callable[..., Post]) -> None:
    page = postcard(post_to("x", text="click", links=(Link(start=0, end=5, url=url),), card=Card(url=url, title="t")))
    assert "href" not in page
    assert "click" in page


def test_several_links_keep_the_text_between_them(post_to: Callable[..., Post]) -> None:
    links = (Link(start=4, end=5, url="https://example.org/2"), Link(start=0, end=1, url="https://example.org/1"))
    page = postcard(post_to("x", text="a & b.", links=links))
    shown = 'org/1" rel="noreferrer">a</a> &amp; <a href="https://example.org/2" rel="noreferrer">b</a>.</div>'
    assert shown in page
