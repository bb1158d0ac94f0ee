"""The two parts of a letter say the same words."""

from __future__ import annotations

import time
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jinja2 import Environment

from distribute.domain.release import Block, BlockKind, Mark, MarkKind, Release
from distribute.errors import RenderError
from distribute.rendering.letter import Letterhead
from distribute.rendering.wording import compare_words
from tests.rendering.test_letter import _workspace, compiled

PAGE = (
    "<html><head><title>T</title><style>p {{}}</style></head><body><!--[if mso]>x<![endif]-->"
    '<div style="display:none;max-height:0">Preheader</div>{}</body></html>'
)


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>One <b>t</b>wo</p><p>three</p>", "One two\n\nthree"),
        ("<p>One<br />two</p><table><tr><td>three</td></tr></table>four", "One two three four"),
        ("<ul><li>a</li><li>b</li></ul>", "• a\n• b"),
        ('<img alt="not seen" src="x">seen', "seen"),
        ('<a href="https://example.org/?a=1&amp;b=2">report</a>—which', "report (https://example.org/?a=1&b=2)—which"),
        ('<a href="https://example.org/r">https://example.org/r</a>', "https://example.org/r"),
        ('<a href="https://example.org/r">example.org/r</a>', "example.org/r"),
        ('<a href="mailto:a@example.org">Ada</a> said', "Ada (a@example.org) said"),
        ('<a href="mailto:a@example.org">a@example.org</a>', "a@example.org"),
        (
            '<a href="https://a.example">a</a> <a href="https://a.example/b">b</a>',
            "a (https://a.example) b (https://a.example/b)",
        ),
        ('<a href="tel:+1-613-555-0142;ext=2">+1 613-555-0142 ext. 2</a>', "+1 613-555-0142 ext. 2"),
        ('<a href="https://a.example">r</a>eport', "r (https://a.example)eport"),
        ("<p>عربي עברית 日本</p>", "عربي עברית 日本"),
    ],
)
def test_the_same_words_pass(html: str, text: str) -> None:
    compare_words(PAGE.format(html), text)


@pytest.mark.parametrize(
    ("html", "text", "says"),
    [
        (
            "one two four",
            "one two three four",
            "HTML says “one two four” where the plain text says “one two three four”",
        ),
        ("one two", "one two three", "where the plain text says “one two three”"),
        ("one two three", "one two", "HTML says “one two three”"),
        ("one two", "two one", "HTML says “one two” where the plain text says “two one”"),
        ("a b c d e f g h 1 k", "a b c d e f g h 2 k", "HTML says “… c d e f g h 1 k”"),
    ],
)
def test_the_first_difference_is_quoted_from_both(html: str, text: str, says: str) -> None:
    with pytest.raises(RenderError, match=says):
        compare_words(PAGE.format(html), text)


@pytest.mark.parametrize(
    ("old", "new", "says", "line"),
    [
        ("{{ letter.footer.reason }}", "{{ letter.footer.reason }} Follow us!", "Follow us Unsubscribe", 8),
        ("{{ letter.footer.reason }}", "", "where the plain text says", 9),
        ("{{ letter.footer.reason }}", "{{ letter.footer.reason | upper }}", "YOU RECEIVE THIS", 8),
    ],
)
def test_a_template_that_adds_or_drops_words_is_refused_where_it_does(
    tmp_path: Path, client_release: Release, letterhead: Letterhead, old: str, new: str, says: str, line: int
) -> None:
    with pytest.raises(RenderError, match=says) as caught:
        compiled(client_release, letterhead, _workspace(tmp_path, old, new))
    assert "locale/*.po" in str(caught.value)
    assert (caught.value.template, caught.value.line) == ("email/footer.mjml.j2", line)


PIECES = [
    "report",
    "a",
    "https://example.org/a",
    "example.org",
    "“x”",
    "—which",
    "(see",
    "it),",
    "jean@example.org",
    "é",
]
LINKS = ["https://example.org/a", "https://example.org/a?b=1&c=2", "mailto:jean@example.org", "https://example.org"]


@given(data=st.data(), pieces=st.lists(st.sampled_from([*PIECES, " ", " ", "\u00a0"]), min_size=1, max_size=12))
@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_release_is_taken_for_a_template_that_changes_words(
    data: st.DataObject, pieces: list[str], client_release: Release, letterhead: Letterhead, environment: Environment
) -> None:
    text = "".join(pieces).strip() or "a"
    cuts = sorted(data.draw(st.sets(st.integers(0, len(text)), max_size=4)))
    marks = tuple(
        Mark(start=start, end=end, kind=MarkKind.LINK, href=data.draw(st.sampled_from(LINKS)))
        for start, end in pairwise(cuts)
    )
    kind = data.draw(st.sampled_from([BlockKind.PARAGRAPH, BlockKind.LIST, BlockKind.HEADING]))
    body = (Block(kind=kind, text=text, marks=marks), Block(kind=BlockKind.PARAGRAPH, text=text))
    compiled(replace(client_release, body=body, quotes=(), notes_to_editors=text), letterhead, environment)


def test_it_takes_no_time_to_speak_of() -> None:
    paragraph = '<table><tbody><tr><td><p style="margin:0">{}</p></td></tr></tbody></table>'
    words = "many words of a long release " * 12
    html, text = PAGE.format(paragraph.format(words) * 140), words * 140
    started = time.process_time()
    for _ in range(10):
        compare_words(html, text)
    assert (time.process_time() - started) / 10 < 0.05, "seconds for the longest letter there may be"
