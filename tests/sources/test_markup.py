"""HTML to lines: what is one block, what kind it is, what is marked in it, and what never comes in."""

from __future__ import annotations

from time import process_time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from distribute.domain.release import Asset, BlockKind, MarkKind
from distribute.sources.document import Document
from distribute.sources.markup import read_markup


def texts(markup: str) -> list[str]:
    return [line.text for line in read_markup(markup).lines]


def marked(document: Document) -> list[tuple[str, MarkKind, str | None]]:
    return [(line.text[mark.start : mark.end], mark.kind, mark.href) for line in document.lines for mark in line.marks]


def test_blocks_have_the_kinds_of_their_elements() -> None:
    document = read_markup(
        "<h1>Head</h1><p>Text</p><ul><li>one</li><li><p>two</p></li></ul><blockquote><p>said</p></blockquote>tail"
    )
    assert [(line.number, line.text, line.kind) for line in document.lines] == [
        (1, "Head", BlockKind.HEADING),
        (2, "Text", BlockKind.PARAGRAPH),
        (3, "one", BlockKind.LIST),
        (4, "two", BlockKind.LIST),
        (5, "said", BlockKind.QUOTE),
        (6, "tail", BlockKind.PARAGRAPH),
    ]


def test_white_space_is_one_space_but_in_preformatted_text() -> None:
    assert texts("<p> one\n two\t&nbsp;<b> three </b></p>") == ["one two \u00a0 three"]
    assert texts("<pre>one\n  two</pre>") == ["one", "two"]


def test_breaks_make_lines_of_one_block_and_marks_go_over_them() -> None:
    document = read_markup("<p>a <b>bold<br>word</b></p>")
    assert [(line.text, line.group) for line in document.lines] == [("a bold", 1), ("word", 1)]
    assert marked(document) == [("bold", MarkKind.STRONG, None), ("word", MarkKind.STRONG, None)]


def test_links_lead_to_safe_addresses_and_others_are_written_out() -> None:
    document = read_markup(
        '<p><a href="https://example.org/a">a</a> <a href="javascript:x()">b</a> '
        '<a href="/c">c</a> <a href="#d">d</a></p>'
    )
    assert [line.text for line in document.lines] == ["a b (javascript:x()) c (/c) d"]
    assert marked(document) == [("a", MarkKind.LINK, "https://example.org/a")]


def test_scripts_styles_and_comments_are_left_out_and_entities_read() -> None:
    assert texts(
        "<p>a &amp; b &eacute;</p><script>evil()</script><style>p{}</style><!-- no --><svg><text>x</text></svg>"
    ) == ["a & b é"]


def test_raised_and_lowered_numbers_keep_their_height() -> None:
    assert texts("<p>m<sup>2</sup>, 10<sup>-6</sup>, CO<sub>2</sub>, 1<sup>st</sup></p>") == ["m², 10⁻⁶, CO₂, 1st"]


def test_short_paragraphs_are_a_group_until_an_empty_one() -> None:
    document = read_markup("<p>Ana Ruiz</p><p>613-555-0123</p><p>&nbsp;</p><p>Ben Okoro</p><p>A sentence ends.</p>")
    assert [line.group for line in document.lines] == [1, 1, 2, 3]


def test_tables_are_read_row_by_row() -> None:
    rows = "<tr><td>Phone:</td><td>613-555-0123</td></tr><tr><td>a<br>b</td><td>c</td></tr>"
    assert texts(f"<table>{rows}</table>") == ["Phone: 613-555-0123", "a", "b", "c"]
    assert texts(f"<table><tr><td><table>{rows}</table></td></tr></table>") == ["Phone: 613-555-0123", "a", "b", "c"]


@pytest.mark.parametrize(
    "markup",
    [
        '<figure><img src="a.jpg" alt="A dam"><figcaption>The dam</figcaption></figure>',
        '<p><img src="a.jpg" alt="A dam"></p><p class="caption">The dam</p>',
        '<p class="caption">The dam</p><p><img src="a.jpg" alt="A dam"></p>',
        '<img src="a.jpg" alt="A dam" title="The dam">',
    ],
)
def test_a_caption_belongs_to_its_image(markup: str) -> None:
    document = read_markup(f"<p>Before.</p>{markup}<p>After.</p>")
    assert [(asset.url, asset.alt, asset.caption) for asset in document.assets] == [("a.jpg", "A dam", "The dam")]
    assert [line.text for line in document.lines] == ["Before.", "After."]


def test_a_caption_without_an_image_is_text() -> None:
    assert texts('<p class="caption">Table 1</p><p>Text</p><p class="caption">Table 2</p>') == [
        "Table 1",
        "Text",
        "Table 2",
    ]


def test_images_may_be_known_by_another_address() -> None:
    known = Asset(name="image1.png", data=b"x")
    (asset,) = read_markup('<p><img src="picture:1"></p>', {"picture:1": known}).assets
    assert (asset.name, asset.data, asset.line) == ("image1.png", b"x", 1)


def test_elements_without_end_inside_each_other_are_refused() -> None:
    with pytest.raises(ValueError, match="nested too deeply"):
        read_markup("<div>" * 1000 + "deep")


def test_a_long_page_is_read_in_good_time() -> None:
    began = process_time()
    document = read_markup("<p>a <b>b</b> <a href=ftp:x>c</a></p>" * 20_000 + "<p>" + "x <b>y</b>\u200b" * 20_000)
    assert len(document.lines) == 20_001
    assert process_time() - began < 8


PIECES = st.sampled_from([
    "<p>", "</p>", "<div>", "</div>", "<b>", "</b>", "<a href='https://example.org'>", "<a href='x:y'>", "</a>",
    "<table>", "<tr>", "<td>", "</td>", "</tr>", "</table>", "<ul>", "<li>", "</li>", "</ul>", "<br>", "<pre>",
    "</pre>", "<img src='a.jpg'>", "<figure>", "<figcaption>", "</figcaption>", "</figure>", "<p class='caption'>",
    "<sup>2</sup>",
    "<q>", "</q>", "word ", " \n", "&nbsp;", "\u200b", "<h2>", "</h2>", "<!--", "-->",
])  # fmt: skip


@settings(deadline=None, max_examples=150)
@given(st.lists(PIECES, max_size=40))
@example(["<p class='caption'>", "word ", "<p>", "<img src='a.jpg'>", "<p class='caption'>", "<sup>2</sup>"])
def test_whatever_comes_marks_lie_inside_their_lines_and_no_word_is_lost(pieces: list[str]) -> None:
    markup = "".join(pieces)
    document = read_markup(markup)
    for line in document.lines:
        assert line.text == line.text.strip() != ""
        for mark in line.marks:
            assert 0 <= mark.start < mark.end <= len(line.text)
    if "<!--" not in markup:
        said = "".join([line.text for line in document.lines] + [asset.caption or "" for asset in document.assets])
        assert said.count("word") == markup.count("word")
