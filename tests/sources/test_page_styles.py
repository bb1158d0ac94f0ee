"""What a page's own style sheets hide, and what they only seem to."""

from __future__ import annotations

from pathlib import Path

import pytest

from distribute.errors import SourceError
from distribute.sources.web_page import read_page

HERE = Path("release.html")


def page(sheet: str, body: str, head: str = "") -> str:
    return f"<html><head>{head}<style>{sheet}</style></head><body>\n{body}\n</body></html>"


def texts(markup: str) -> list[str]:
    return [line.text for line in read_page(markup, HERE).lines]


@pytest.mark.parametrize(
    ("sheet", "body"),
    [
        (".x{display:none}", '<p class="a x">secret</p>'),
        ("#x{visibility:hidden}", '<p id="x">secret</p>'),
        ("p.x{opacity:0}", '<p class="x">secret</p>'),
        (".x{display:none !important}", '<p class="x"><b>secret</b></p>'),
        (".x{display:block} .x{display:none}", '<p class="x">secret</p>'),
        (".x{font-size:0}", '<p class="x"><b>secret</b></p>'),
        (".x{font-size:1px}", '<p class="x">secret</p>'),
        (".x{font-size:0} b{font-size:120%}", '<p class="x"><b>secret</b></p>'),
        (".x{color:#fff}", '<p class="x">secret</p>'),
        (".x{color:white;background:rgb(255,255,255)}", '<p class="x">secret</p>'),
        ("body{background:#123} .x{color:#112233}", '<p class="x">secret</p>'),
        ("", '<p><font color="#FFFFFF">secret</font></p>'),
        ("", '<table bgcolor="black"><tr><td style="color:#000">secret</td></tr></table>'),
        ("", '<div style="color:white"><p>secret</p></div>'),
    ],
)
def test_words_that_a_sheet_hides_are_refused_with_their_line(sheet: str, body: str) -> None:
    with pytest.raises(SourceError, match=r"“secret” is (?:hidden on the page|too small to be seen)") as caught:
        texts(page(sheet, body))
    assert caught.value.line == 2


@pytest.mark.parametrize(
    ("sheet", "body"),
    [
        (".x{display:none} #y{display:block}", '<p class="x" id="y">seen</p>'),
        (".x{display:none} .x{display:block}", '<p class="x">seen</p>'),
        (".x{display:none}", '<p class="x" style="display:block">seen</p>'),
        ("@media print{.x{display:none}}", '<p class="x">seen</p>'),
        (".x{font-size:0} .y{font-size:14px}", '<div class="x"><p class="y">seen</p></div>'),
        ("td{font-size:0.9em}", "<table><tr><td>seen</td></tr></table>"),
        ("body{background:#123} .x{color:#fff}", '<p class="x">seen</p>'),
        (".x{color:#fff;background:url(a.jpg)}", '<p class="x">seen</p>'),
        (".x{color:#fff;background:linear-gradient(red,blue)}", '<p class="x">seen</p>'),
        (".x{color:#fff} .a .b{background:navy}", '<p class="x">seen</p>'),
        (".x{color:#fff;position:absolute}", '<p class="x">seen</p>'),
        (".x{color:#fff} .y{color:black}", '<div class="x"><p class="y">seen</p></div>'),
        ("", '<table bgcolor="navy"><tr><td style="color:#fff">seen</td></tr></table>'),
        ("", '<td background="a.jpg" style="color:#fff">seen</td>'),
        (".x{color:var(--ink)}", '<p class="x">seen</p>'),
    ],
)
def test_words_that_may_be_seen_are_read(sheet: str, body: str) -> None:
    assert texts(page(sheet, body)) == ["seen"]


def test_white_words_are_left_to_a_sheet_outside_which_may_lay_a_ground() -> None:
    link = '<link rel="stylesheet" href="site.css">'
    assert texts(page(".x{color:#fff}", '<p class="x">seen</p>', head=link)) == ["seen"]
    with pytest.raises(SourceError, match="hidden on the page"):
        texts(page(".x{display:none}", '<p class="x">secret</p>', head=link))


def test_a_sheet_says_how_the_numbers_of_a_list_are_written() -> None:
    items = "<li>one</li><li>two</li>"
    assert texts(page(".x{list-style-type:lower-alpha}", f'<ol class="x">{items}</ol>')) == ["a. one", "b. two"]
    assert texts(page("", f'<ol style="list-style:none inside">{items}</ol>')) == ["one", "two"]
