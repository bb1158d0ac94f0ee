"""Web pages: the same parts as text, the lines of the file, and nothing a reader would not see."""

from __future__ import annotations

import base64
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from distribute.domain.release import BlockKind, Release
from distribute.errors import SourceError
from distribute.sources.web_page import read_page

HERE = Path("release.html")
PAGE = """\
<!DOCTYPE html>
<html><head><title>Bridge</title>
<style>/* .lead{display:none} */ .lead{color:red}
@media print { .lead { display: none } p { display:none } } .gone, #off { display : none }</style></head>
<body>
<h1>The bridge stays closed until the spring</h1>
<p class="lead">OTTAWA, 24 November 2026 &ndash; The Rideau footbridge stays closed until the spring,
the city&rsquo;s engineers said on <a href="https://example.org/bridge">Tuesday</a>.</p>
<p>&ldquo;We did not find a safe one,&rdquo; said Ada Moreau, Chief Engineer at Example Works.</p>
<blockquote>Nobody told us.</blockquote>
<ul>
<li>one bolt</li>
<li>another</li>
</ul>
<figure><img src="https://example.org/bridge.jpg" alt="The bridge">
<figcaption>Closed since October</figcaption></figure>
<img src="https://example.org/count.gif" width="1" height="1"><img src="https://example.org/x.gif" style="display:none">
<p>ENDS</p>
<p>Media contact:<br>Ada Moreau<br>613-555-0142<br>ada.moreau@example.org</p>
</body></html>
"""


def test_a_page_has_the_parts_of_a_release(read: Callable[..., Release]) -> None:
    release = read(PAGE, name="release.html")
    assert release.headline == "The bridge stays closed until the spring"
    assert release.dateline is not None
    assert release.dateline.place == "OTTAWA"
    assert [block.kind for block in release.body] == [
        BlockKind.PARAGRAPH,
        BlockKind.PARAGRAPH,
        BlockKind.QUOTE,
        BlockKind.LIST,
    ]
    assert [(mark.href, release.body[0].text[mark.start : mark.end]) for mark in release.body[0].marks] == [
        ("https://example.org/bridge", "Tuesday")
    ]
    assert release.quotes[0].speaker == "Ada Moreau"
    assert release.quotes[0].title == "Chief Engineer at Example Works"
    assert [(contact.name, contact.phones) for contact in release.contacts] == [("Ada Moreau", ("+16135550142",))]
    assert release.end_mark == "ENDS"
    assert [(asset.url, asset.alt, asset.caption) for asset in release.assets] == [
        ("https://example.org/bridge.jpg", "The bridge", "Closed since October")
    ]


def test_numbers_are_lines_of_the_file() -> None:
    document = read_page(PAGE, HERE)
    source = PAGE.splitlines()
    for line in document.lines:
        assert line.text.split()[0][:4].strip("“") in source[line.number - 1].replace("&ldquo;", "")


@pytest.mark.parametrize(
    "hidden",
    [
        '<p style="color:red; Display: none">secret</p>',
        "<div hidden><p>secret</p></div>",
        '<p><span style="mso-hide:all">secret</span></p>',
        '<p style="visibility:hidden">secret</p>',
        '<p class="big gone">secret</p>',
        '<p id="off">secret</p>',
    ],
)
def test_hidden_text_is_refused_with_its_line(hidden: str) -> None:
    page = PAGE.replace("<p>ENDS</p>", hidden)
    with pytest.raises(SourceError, match="“secret” is hidden on the page: delete it, or show it") as caught:
        read_page(page, HERE)
    assert caught.value.line == PAGE[: PAGE.index("<p>ENDS")].count("\n") + 1


def test_struck_out_text_and_what_no_letter_holds_are_refused() -> None:
    with pytest.raises(SourceError, match="“lied” is struck through"):
        read_page("<p>He <del>lied</del> erred.</p>", HERE)
    with pytest.raises(SourceError, match="a video, which a letter cannot hold"):
        read_page("<p>See</p><video src=x></video>", HERE)


def test_a_frame_that_only_scripts_need_is_left_out() -> None:
    document = read_page("<p>Text</p><noscript><iframe src=x></iframe></noscript>", HERE)
    assert [line.text for line in document.lines] == ["Text"]


def test_an_image_in_its_own_address_is_embedded() -> None:
    written = io.BytesIO()
    Image.new("RGB", (30, 20)).save(written, "PNG")
    address = "data:image/png;base64," + base64.b64encode(written.getvalue()).decode()
    (asset,) = read_page(f'<p><img src="{address}" alt="A dam"></p>', HERE).assets
    assert asset.is_embedded
    assert (asset.width, asset.height, asset.alt, asset.url) == (30, 20, "A dam", "")
    with pytest.raises(SourceError, match="cannot be read"):
        read_page('<img src="data:image/png;base64,AAA">', HERE)


def test_an_empty_page_and_a_bottomless_one_are_told_apart(read: Callable[..., Release]) -> None:
    assert read("<html></html>", name="release.htm").body == ()
    with pytest.raises(SourceError, match="nested too deeply"):
        read("<html>" + "<div>" * 5000 + "x", name="release.htm")


def test_style_sheets_made_to_be_slow_are_not() -> None:
    for sheet in ("/*" * 50_000, "@" * 50_000, "{" * 50_000, "a,b " * 50_000, "@media{" * 50_000):
        assert len(read_page(f"<style>{sheet}</style><p>Text</p>", HERE).lines) == 1
