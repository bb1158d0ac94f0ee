"""The last look: what may never leave in a letter, whoever wrote the template."""

from __future__ import annotations

import pytest

from distribute.errors import RenderError
from distribute.rendering.hosts import Hosts, host
from distribute.rendering.inspection import inspect_characters, inspect_html

HOSTS = Hosts(frozenset({"example.org"}), frozenset({"example.org"}))


def test_a_clean_page_passes() -> None:
    inspect_html(
        '<style>p { color: red }</style><!--[if mso]><table><![endif]--><a href="https://example.org/a">https://www.example.org/a</a>'
        '<a href="mailto:a@example.net">b</a><a href="tel:+1-613-555-0123">c</a><img src="https://EXAMPLE.org/a.jpg">',
        HOSTS,
    )


@pytest.mark.parametrize(
    "html",
    [
        "<script>a</script>",
        "<iframe></iframe>",
        "<form></form>",
        '<link rel="stylesheet" href="https://example.org/a.css">',
        '<a href="https://elsewhere.example/">a</a>',
        '<a href="https://example.org.elsewhere.example/">a</a>',
        '<a href="https://example.org@elsewhere.example/">a</a>',
        '<a href="http://example.org/">a</a>',
        '<a href="javascript:a">a</a>',
        '<a href="&#106;avascript:a">a</a>',
        '<a href="//example.org/">a</a>',
        '<a href="relative">a</a>',
        '<img src="https://elsewhere.example/pixel.gif">',
        '<img src="data:image/gif;base64,R0lG">',
        '<img src="mailto:a@example.org">',
        '<td background="https://elsewhere.example/a.png">',
        '<img srcset="https://elsewhere.example/a.png 2x">',
        '<p style="background:url(https://example.org/a)">',
        '<p onclick="a">',
        '<meta http-equiv="Refresh" content="0;url=https://example.org">',
        "<style>@import 'https://example.org/a.css';</style>",
        "<style>p { background: URL (a) }</style>",
        "<!--[if mso]><img src='https://elsewhere.example/pixel.gif'><![endif]-->",
    ],
)
def test_what_runs_tracks_or_leads_to_a_stranger_is_refused(html: str) -> None:
    with pytest.raises(RenderError, match="may not go out"):
        inspect_html(html, HOSTS)


HIDDEN = [0x202E, 0x202A, 0x2066, 0x2069, 0x00, 0x08, 0x1B, 0x91, 0xD800, 0xFFFD, 0xFFFE, 0x1FFFF]


@pytest.mark.parametrize("number", HIDDEN, ids=hex)
def test_a_character_nobody_can_see_is_refused_by_its_number(number: int) -> None:
    with pytest.raises(RenderError, match=rf"the subject holds .*U\+{number:04X} in “before▯after”"):
        inspect_characters(f"before{chr(number)}after", "the subject")


def test_ordinary_text_in_any_script_passes() -> None:
    inspect_characters("“Quotes” – dashes — é 日本語 עברית\u200f \u200e Здравствуйте\u00a0😀\n\tend", "the text")


@pytest.mark.parametrize(
    ("url", "found"), [("https://EXAMPLE.org:8/a", "example.org"), ("https://[bad", ""), ("mailto:a@b", "")]
)
def test_a_host_is_found_or_empty(url: str, found: str) -> None:
    assert host(url) == found
