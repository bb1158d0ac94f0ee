"""Markdown: the same parts, with emphasis, links and images."""

from __future__ import annotations

from collections.abc import Callable

from distribute.domain.release import Asset, BlockKind, Mark, MarkKind, Release
from distribute.sources.markdown import read_markdown

TEXT = """\
# Dam operators **ignored** warnings

*Inspectors wrote eleven times*

OTTAWA, March 3, 2026 — The **operators** ignored [eleven
warnings](https://example.org/papers), the papers in the archive show.

## What the papers show

- the *first*
- the second

> We were told.

![A dam](https://example.org/dam.jpg "The dam in 2014")

###

**Media contact**
Ana Ruiz, 613-555-0123, <ana@example.org>
"""


def test_a_markdown_release_has_all_its_parts(read: Callable[..., Release]) -> None:
    release = read(TEXT, name="release.md")
    assert release.headline == "Dam operators ignored warnings"
    assert release.subheads == ("Inspectors wrote eleven times",)
    assert [block.kind for block in release.body] == [
        BlockKind.PARAGRAPH,
        BlockKind.HEADING,
        BlockKind.LIST,
        BlockKind.QUOTE,
    ]
    assert release.body[2].text == "the first\nthe second"
    assert release.end_mark == "###"
    assert [(c.name, c.emails) for c in release.contacts] == [("Ana Ruiz", ("ana@example.org",))]
    assert release.assets == (
        Asset(url="https://example.org/dam.jpg", alt="A dam", caption="The dam in 2014", line=15),
    )


def test_marks_follow_their_words_behind_the_dateline(read: Callable[..., Release]) -> None:
    block = read(TEXT, name="release.md").body[0]
    assert [(block.text[m.start : m.end], m.kind, m.href) for m in block.marks] == [
        ("operators", MarkKind.STRONG, None),
        ("eleven", MarkKind.LINK, "https://example.org/papers"),
        ("warnings", MarkKind.LINK, "https://example.org/papers"),
    ]


def test_marks_of_list_items_follow_theirs(read: Callable[..., Release]) -> None:
    block = read(TEXT, name="release.md").body[2]
    assert block.marks == (Mark(start=4, end=9, kind=MarkKind.EMPHASIS),)


def test_html_stays_text_and_other_addresses_are_written_out() -> None:
    document = read_markdown("<script>x</script> [a](ftp://example.org/a) [b](javascript:alert)\n")
    (line,) = document.lines
    assert line.text == "<script>x</script> a (ftp://example.org/a) [b](javascript:alert)"
    assert line.marks == ()


def test_line_numbers_are_those_of_the_file() -> None:
    document = read_markdown("# One\n\nTwo\nthree\n\n- four\n")
    assert [(line.number, line.text) for line in document.lines] == [(1, "One"), (3, "Two"), (4, "three"), (6, "four")]


def test_an_item_of_a_numbered_list_keeps_its_number() -> None:
    lines = read_markdown("3. **one**\n   goes on\n\n   more\n4. two\n   - dot\n\n7) seven\n").lines
    assert [line.text for line in lines] == ["3. one", "goes on", "more", "4. two", "dot", "7) seven"]
    assert {line.kind for line in lines} == {BlockKind.LIST}
    assert [lines[0].text[mark.start : mark.end] for mark in lines[0].marks] == ["one"]
