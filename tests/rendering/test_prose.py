"""Text as paragraphs of spans: marks, breaks, links and the cutting of long lines."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from distribute.domain.release import Block, BlockKind, Mark, MarkKind
from distribute.errors import RenderError
from distribute.rendering.prose import Span, checked_link, isolated, plain, set_block, set_text, shorten, unbroken


def paragraph(text: str, *marks: Mark) -> Block:
    return Block(kind=BlockKind.PARAGRAPH, text=text, marks=marks, line=7)


def test_marks_may_overlap() -> None:
    (passage,) = set_block(
        paragraph(
            "one two three",
            Mark(start=0, end=7, kind=MarkKind.STRONG),
            Mark(start=4, end=13, kind=MarkKind.LINK, href="https://example.org/"),
        )
    )
    assert passage.lines == (
        (
            Span(text="one ", strong=True),
            Span(text="two", strong=True, href="https://example.org/"),
            Span(text=" three", href="https://example.org/"),
        ),
    )


def test_a_list_has_an_item_for_each_line_and_its_marks_stay_in_place() -> None:
    block = Block(kind=BlockKind.LIST, text="one\n\ntwo", marks=(Mark(start=5, end=8, kind=MarkKind.EMPHASIS),))
    (passage,) = set_block(block)
    assert passage.lines == ((Span(text="one"),), (Span(text="two", emphasis=True),))


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("1. one\n2. two", ["paragraph"]),
        ("(a) one\n(b) two", ["paragraph"]),
        ("I. one\nII. two", ["paragraph"]),
        ("1. one\na dot\nanother\n2. two", ["paragraph", "list", "paragraph"]),
        ("A. Moreau\nB. Okoro", ["list"]),
        ("2013 was a year\n1,500 bolts", ["list"]),
    ],
)
def test_an_item_with_its_own_number_gets_no_bullet(text: str, kinds: list[str]) -> None:
    passages = list(set_block(Block(kind=BlockKind.LIST, text=text)))
    assert [passage.kind.value for passage in passages] == kinds
    assert [plain(line) for passage in passages for line in passage.lines] == text.split("\n")


def test_a_block_quotation_becomes_ordinary_paragraphs() -> None:
    passages = list(set_block(Block(kind=BlockKind.QUOTE, text="“One.\n\n“Two.”")))
    assert [(passage.kind, plain(passage.lines[0])) for passage in passages] == [
        (BlockKind.PARAGRAPH, "“One."),
        (BlockKind.PARAGRAPH, "“Two.”"),
    ]


def test_a_paragraph_is_one_line_and_notes_keep_theirs() -> None:
    (passage,) = set_block(paragraph("one\r\n  two"))
    assert [plain(line) for line in passage.lines] == ["one two"]
    (note,) = set_text("1. one\r\n2. two")
    assert [plain(line) for line in note.lines] == ["1. one", "2. two"]


def test_blank_text_makes_no_passage() -> None:
    assert list(set_block(paragraph(" \n\n "))) == []
    assert list(set_block(Block(kind=BlockKind.LIST, text="\n"))) == []
    assert list(set_text("\n \n")) == []


@given(st.text(alphabet="ab “”–—\u00a0\u202f'\"&<", max_size=60), st.data())
@settings(deadline=None, max_examples=60)
def test_no_character_of_a_paragraph_is_lost(text: str, data: st.DataObject) -> None:
    edges = st.integers(0, len(text))
    marks = data.draw(
        st.lists(st.builds(Mark, start=edges, end=edges, kind=st.sampled_from([MarkKind.STRONG])), max_size=4)
    )
    passages = list(set_block(paragraph(text, *marks)))
    assert "".join(plain(passage.lines[0]) for passage in passages) == text.strip()


@pytest.mark.parametrize(
    "href",
    [
        "https://example.org",
        "https://example.org/a?b=c#d",
        "mailto:desk@example.org",
        "tel:+16135550123;ext=236",
        "tel:+1-613-555-0123",
    ],
)
def test_a_whole_address_may_be_linked(href: str) -> None:
    assert checked_link(href) == href


@pytest.mark.parametrize(
    "href",
    [
        "http://example.org",
        "javascript:alert(1)",
        "data:text/html,x",
        "//example.org",
        "https://",
        "https:///path",
        "https://example.org/a b",
        "https://user@example.org/",
        "mailto:nobody",
        "tel:phone",
        "java\nscript:x",
        "",
    ],
)
def test_any_other_address_is_refused_with_its_line(href: str) -> None:
    with pytest.raises(RenderError, match="in line 3 of the release"):
        checked_link(href, 3)


def test_a_bad_link_in_the_body_is_refused_with_its_line() -> None:
    with pytest.raises(RenderError, match="line 7"):
        list(set_block(paragraph("click", Mark(start=0, end=5, kind=MarkKind.LINK, href="javascript:x"))))


@given(st.text(max_size=80), st.integers(5, 40))
@settings(deadline=None, max_examples=100)
def test_a_shortened_text_fits(text: str, longest: int) -> None:
    short = shorten(text, longest)
    assert len(short) <= longest
    assert (short == text) if len(text) <= longest else short.endswith("…")


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("Police must be held", "Police must be held"),
        ("Police must be held accountable", "Police must be…"),
        ("Police must be, held accountable", "Police must be…"),
        ("Donaudampfschifffahrtsgesellschaft", "Donaudampfschifffa…"),
    ],
)
def test_a_text_is_cut_at_a_word(text: str, short: str) -> None:
    assert shorten(text, 19) == short


def test_a_cluster_is_not_cut_apart() -> None:
    assert shorten("e\u0301" * 10, 8) == "e\u0301" * 3 + "…"


def test_a_text_on_one_line_keeps_its_no_break_spaces() -> None:
    assert unbroken(" Bélarus\u00a0:\r\n la police\u2028répond ") == "Bélarus\u00a0: la police répond"


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("See https://example.org/a.", ["https://example.org/a"]),
        ("(https://example.org/a_(b)), https://example.org", ["https://example.org/a_(b)", "https://example.org"]),
        ("“https://example.org/?a=1&b=2”", ["https://example.org/?a=1&b=2"]),
        ("http://example.org, example.org, https://", []),
        ("https://user@example.org/", []),
    ],
)
def test_a_bare_address_leads_to_itself_and_no_character_is_lost(text: str, links: list[str]) -> None:
    (passage,) = set_text(text)
    assert plain(passage.lines[0]) == text
    assert [span.href for span in passage.lines[0] if span.href] == links
    assert all(span.href in {None, span.text} for span in passage.lines[0])


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("اتصل على +1 613 555 0142 اليوم", ["+1 613 555 0142"]),
        ("התקשרו 613-555-0142.", ["613-555-0142"]),
        ("في 24 نوفمبر 2026 (27%)", []),
        ("(613) 555-0142", ["(613) 555-0142"]),
        ("2026-11-24", ["2026-11-24"]),
        ("1,200 و 10%", []),
    ],
)
def test_a_number_in_groups_keeps_its_order_from_right_to_left(text: str, numbers: list[str]) -> None:
    (passage,) = isolated(set_text(text))
    assert plain(passage.lines[0]) == text
    assert [span.text for span in passage.lines[0] if span.is_isolated] == numbers
