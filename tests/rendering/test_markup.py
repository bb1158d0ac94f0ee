"""MJML is read to the letter: what is not well formed is told at the very place."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from distribute.rendering.markup import DEEPEST, Malformed, attribute_at, line_at, read_markup


def problems(source: str) -> list[tuple[int, str]]:
    with pytest.raises(Malformed) as caught:
        read_markup(source)
    return [(line_at(source, at), sentence) for at, sentence in caught.value.problems]


def test_every_element_and_text_knows_where_it_stands() -> None:
    source = '<a>\n é&nbsp;<b\n  c="1"\n  d="&amp;">ü\n\nx</b>\n y <e /></a>'
    root = read_markup(source)
    first, second = root.children
    assert source[first.at :].startswith("<b\n")
    assert source[second.at :].startswith("<e />")
    assert first.attributes == {"c": "1", "d": "&"}
    assert first.texts == [(source.index("ü"), "ü\n\nx")]
    assert line_at(source, attribute_at(source, first, "d")) == 4
    assert [text.strip() for _, text in root.texts] == ["é", "y"]


@pytest.mark.parametrize(
    ("source", "line", "says"),
    [
        ("<a>\n<p>x\n</a>", 2, "<p> is still open where </a> stands in line 3"),
        ("<a>\n<b>x\n<i>y</b>\n</i></a>", 3, "<i> is still open where </b> stands in line 3"),
        ("<a>\n<p>x\n</b></a>", 3, "</b> closes nothing that is open: </p> was awaited"),
        ("<a>\n<p>x</P>\n</a>", 2, "</P> closes nothing"),
        ("<a>\n<b>", 2, "<b> is never closed"),
        ("<a></a>\n</b>", 2, "outside"),
        ("<a></a>\nx", 2, "outside"),
        ("x", 1, "outside"),
        ("", 1, "the source is empty"),
        ("<a>\n1 < 2</a>", 2, "a bare “<” stands here: write &lt;"),
        ("<a>\nunder <$100</a>", 2, "a bare “<”"),
        ("<a>\nR & D</a>", 2, "a bare “&” stands here: write &amp;"),
        ('<a>\n<b c="?x=1&y=2" /></a>', 2, "a bare “&”"),
        ("<a>\n&madeup;</a>", 2, "“&madeup;” is no character"),
        ("<a>\n<b c=d /></a>", 2, "values stand in quotation marks"),
        ("<a>\n<b c /></a>", 2, "malformed"),
        ('<a>\n<b c="1"d="2" /></a>', 2, "malformed"),
        ('<a>\n<b c="1" c="2" /></a>', 2, "given twice"),
        ('<a>\n<b c="1>\n</b></a>', 2, "is not closed"),
        ('<a>\n<b c="<" /></a>', 2, "holds a “<”"),
        ("<a>\n<b\n</a>", 2, "malformed"),
        ("<a>\n\x01</a>", 2, "'\\x01' cannot stand here"),
        ("<a>\n<![CDATA[x]]></a>", 2, "CDATA"),
        ("<a>\n<!-- x --></a>", 2, "“<!--” has no place"),
        ("<!DOCTYPE a><a />", 1, "DOCTYPE"),
        ('<?xml version="1.0"?><a />', 1, "“<?”"),
        ("<a>\n{{ x }}</a>", 2, "“{{”"),
        ("<a>\n{% x %}</a>", 2, "“{%”"),
    ],
)
def test_what_is_malformed_is_told_with_its_line(source: str, line: int, says: str) -> None:
    (found,) = problems(source)
    assert found[0] == line
    assert says in found[1]


def test_every_leftover_is_told_at_once() -> None:
    assert [line for line, _ in problems("<a>&x;\n{{ y }}\n& z</a>")] == [2, 1, 3]


def test_where_an_opening_tag_is_missing_what_was_read_is_told_too() -> None:
    with pytest.raises(Malformed) as caught:
        read_markup("<a><b>x</b></c></a>")
    assert caught.value.root is not None
    assert [child.name for child in caught.value.root.children] == ["b"]


def test_elements_in_elements_without_end_are_refused_before_a_compiler_dies_of_them() -> None:
    read_markup("<a>" * DEEPEST + "</a>" * DEEPEST)
    assert "within each other" in problems("<a>" * 100_000)[0][1]


@given(st.text(st.sampled_from("<>/=\"'&;! ab\né{%-[]\x00\ud800"), max_size=40))
@settings(deadline=None, max_examples=300)
@example("<a/>")
@example('<a b="\r\n">\r</a>')
def test_whatever_is_read_becomes_a_tree_or_problems_within_the_source(source: str) -> None:
    try:
        found = [(read_markup(source).at, "the root")]
    except Malformed as malformed:
        found = malformed.problems
    assert found
    assert all(0 <= at <= len(source) and sentence for at, sentence in found)
