"""The last look: what may never leave in a letter, whoever wrote the template."""

from __future__ import annotations

import pytest

from distribute.errors import RenderError
from distribute.rendering.hosts import Hosts
from distribute.rendering.inspection import inspect_characters, inspect_html
from distribute.rendering.origin import Place

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
        '<a href="https://203.0.113.9/">a</a>',
        '<a href="https://0x7f.1/">a</a>',
        '<a href="mailto:nobody">a</a>',
        '<a href="tel:javascript">a</a>',
        '<a href=" javascript:a">a</a>',
        '<a href="java\tscript:a">a</a>',
        '<a href="JaVaScRiPt&colon;a">a</a>',
        '<a href="data:text/html,a">a</a>',
        '<a href="https://example.org/"><b>https://</b>elsewhere.example/</a>',
        '<a href="https://example.org/" ping="https://elsewhere.example/">a</a>',
        '<img srcset="https://example.org/a.png 1x, https://elsewhere.example/a.png 2x">',
        '<img src="//elsewhere.example/pixel.gif">',
        "<img src=https://elsewhere.example/pixel.gif>",
        "<img src='https://203.0.113.9/pixel.gif'>",
        '<img src="https://example.org/p.gif" width="1">',
        '<img src="https://example.org/p.gif" height="1px">',
        '<img src="https://example.org/p.gif" onerror=a>',
        '<img lowsrc="https://elsewhere.example/a.png">',
        '<body onload="a">',
        "<p style=\"background:image-set('https://elsewhere.example/a' 1x)\">",
        '<p style="background:u\\72l(https://elsewhere.example/a)">',
        '<p style="width:expression(a)">',
        '<p style="behavior:a">',
        '<svg onload="a"></svg>',
        '<math href="javascript:a"></math>',
        '<object data="https://example.org/a"></object>',
        '<embed src="https://example.org/a">',
        '<base href="https://elsewhere.example/">',
        '<video src="https://example.org/a"></video>',
        '<details ontoggle="a" open></details>',
        '<marquee onstart="a"></marquee>',
        "<textarea></textarea>",
        "<input>",
        "<noscript><p>a</p></noscript>",
        "<xmp></xmp>",
        "<plaintext>",
        "<custom-element></custom-element>",
        '<table background="https://elsewhere.example/a.png"></table>',
        '<meta http-equiv="Set-Cookie" content="a=b">',
        "<![CDATA[<script>a</script>]]>",
        '<?xml-stylesheet href="https://elsewhere.example/a.css"?>',
        "<!--[if mso]><script>a</script><![endif]-->",
        '<!--[if mso]><p onclick="a"></p><![endif]-->',
        '<!--[if mso]><v:rect onclick="a" /><![endif]-->',
        '<style>a { background: image-set("https://elsewhere.example/a" 1x) }</style>',
        "<style>a { b: u\\72l(a) }</style>",
        "<style>@font-face { src: a }</style>",
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


def test_everything_that_is_wrong_is_told_and_traced() -> None:
    wrong = '<a href="http://example.org/">a</a><img src="https://elsewhere.example/a.png">'
    asked: list[str] = []

    def find(words: str) -> Place | None:
        asked.append(words)
        return Place("email/footer.mjml.j2", 7) if "elsewhere" in words else None

    with pytest.raises(RenderError, match=r"j2:7: .*not https.*elsewhere\.example, .*IMAGE_HOSTS") as caught:
        inspect_html(wrong, HOSTS, find)
    assert asked == ["http://example.org/", "https://elsewhere.example/a.png"]
    assert (caught.value.template, caught.value.line) == ("email/footer.mjml.j2", 7)


def test_a_link_may_lead_to_a_host_of_ours_whatever_the_release_names() -> None:
    hosts = Hosts(frozenset({"elsewhere.example"}), frozenset({"example.org"}))
    inspect_html('<a href="https://press.example.org/news">a</a><a href="https://elsewhere.example/">b</a>', hosts)
    with pytest.raises(RenderError, match="which is not yours and not in the release"):
        inspect_html('<a href="https://www.elsewhere.example/">b</a>', hosts)


def test_an_enclosed_picture_needs_no_host() -> None:
    inspect_html('<img src="cid:photo@example.org" width="552">', HOSTS)
