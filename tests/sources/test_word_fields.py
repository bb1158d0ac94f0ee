"""Fields of a Word document: what they show is read, what they compute it from is not."""

from __future__ import annotations

import pytest

from distribute.domain.release import MarkKind
from tests.sources.word_builders import put, run, texts, understood, word

_ADDRESS = "https://example.org/papers"
_REST = f'LINK "{_ADDRESS}"'


def char(kind: str, inside: str = "") -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}">{inside}</w:fldChar></w:r>'


def code(text: str) -> str:
    return f'<w:r><w:instrText xml:space="preserve">{text}</w:instrText></w:r>'


def field(instruction: str, shown: str) -> str:
    return f"{char('begin')}{code(instruction)}{char('separate')}{shown}{char('end')}"


@pytest.mark.parametrize(
    ("xml", "address"),
    [
        (field(f' HYPERLINK "{_ADDRESS}" ', run("papers")), _ADDRESS),
        (field(f' HYPERLINK "{_ADDRESS}" \\o "a tip" \\t "_blank" ', run("papers")), _ADDRESS),
        (field(f' HYPERLINK "{_ADDRESS}" \\l "page2" ', run("papers")), f"{_ADDRESS}#page2"),
        (field(f" hyperlink {_ADDRESS} ", run("papers")), _ADDRESS),
        (f"{char('begin')}{code(' HYPER')}{code(_REST)}{char('separate')}{run('papers')}{char('end')}", _ADDRESS),
        (f"<w:fldSimple w:instr=' HYPERLINK \"{_ADDRESS}\" '>{run('papers')}</w:fldSimple>", _ADDRESS),
        (field(" IF 1 = 1 ", field(f' HYPERLINK "{_ADDRESS}" ', run("papers"))), _ADDRESS),
    ],
)  # fmt: skip
def test_a_link_that_is_a_field_leads_where_it_says(xml: str, address: str) -> None:
    document = word("See the ")
    put(document.paragraphs[0], xml + run(" we found"))
    (line,) = understood(document).lines
    assert line.text == "See the papers we found"
    assert [(m.kind, line.text[m.start : m.end], m.href) for m in line.marks] == [(MarkKind.LINK, "papers", address)]


def test_a_link_inside_the_document_is_its_words() -> None:
    document = word("See ")
    put(document.paragraphs[0], field(' HYPERLINK \\l "_Toc1" ', run("below")))
    (line,) = understood(document).lines
    assert (line.text, line.marks) == ("See below", ())


def test_a_link_over_two_paragraphs_holds_in_both() -> None:
    document = word("", "")
    put(document.paragraphs[0], char("begin") + code(f' HYPERLINK "{_ADDRESS}" ') + char("separate") + run("the"))
    put(document.paragraphs[1], run("papers") + char("end") + run(" we found"))
    assert [[m.href for m in line.marks] for line in understood(document).lines] == [[_ADDRESS], [_ADDRESS]]


def test_what_a_field_is_computed_from_is_not_text() -> None:
    document = word("Dear ")
    condition = field(" MERGEFIELD Sex ", run("female"))
    xml = char("begin") + code(" IF ") + condition + code(' = "female" "Ms" "Mr" ') + char("separate")
    put(document.paragraphs[0], xml + run("Ms") + char("end") + run(" Moreau"))
    assert texts(document) == ["Dear Ms Moreau"]


@pytest.mark.parametrize(
    "xml",
    [field(" PAGE ", run("3")), field(" DATE ", run("3")), f"<w:fldSimple w:instr='SEQ'>{run('3')}</w:fldSimple>"],
)
def test_any_other_field_is_what_it_shows(xml: str) -> None:
    document = word("Figure ")
    put(document.paragraphs[0], xml)
    assert texts(document) == ["Figure 3"]


def test_an_index_entry_shows_nothing() -> None:
    document = word("The bridge")
    put(document.paragraphs[0], char("begin") + code(' XE "bridge" ') + char("end") + run(" is closed"))
    assert texts(document) == ["The bridge is closed"]


@pytest.mark.parametrize("wrapped", [True, False])
def test_a_merge_field_that_was_never_merged_is_a_placeholder(wrapped: bool) -> None:
    document = word("Dear ")
    shown = run("«First_Name»")
    instruction = " MERGEFIELD First_Name "
    put(
        document.paragraphs[0],
        f"<w:fldSimple w:instr='{instruction}'>{shown}</w:fldSimple>" if wrapped else field(instruction, shown),
    )
    put(document.paragraphs[0], run(" and ") + field(" MERGEFIELD Name ", run("Moreau")) + run(", «said» she"))
    assert texts(document) == ["Dear <<First_Name>> and Moreau, «said» she"]


@pytest.mark.parametrize(
    ("inside", "sign"), [('<w:default w:val="1"/>', "☒"), ('<w:default w:val="1"/><w:checked w:val="0"/>', "☐")]
)
def test_a_box_to_tick_is_seen(inside: str, sign: str) -> None:
    document = word("")
    box = f"<w:ffData><w:checkBox>{inside}</w:checkBox></w:ffData>"
    put(document.paragraphs[0], char("begin", box) + code(" FORMCHECKBOX ") + char("end") + run(" closed"))
    assert texts(document) == [f"{sign} closed"]


def test_a_field_that_is_never_closed_loses_no_words() -> None:
    document = word("Before ")
    put(document.paragraphs[0], char("begin") + code(" PAGE ") + char("separate") + run("3") + run(" after"))
    put(document.paragraphs[0], char("end") + char("end"))
    assert texts(document) == ["Before 3 after"]
