"""A draft is refused, with what makes it one, by whom, when and where."""

from __future__ import annotations

import pytest

from distribute.errors import SourceError
from tests.sources.word_builders import put, run, texts, understood, word

BY = 'w:id="1" w:author="Ben Okoro" w:date="2026-11-20T10:00:00Z"'


@pytest.mark.parametrize(
    ("xml", "said"),
    [
        (
            f"<w:ins {BY}>{run('late')}</w:ins>",
            "inserted “late” by Ben Okoro on 2026-11-20, in the paragraph “Text late”",
        ),
        (f"<w:del {BY}><w:r><w:delText>not</w:delText></w:r></w:del>", "deleted “not” by Ben Okoro on 2026-11-20"),
        (f"<w:moveFrom {BY}>{run('here')}</w:moveFrom>", "moved from here “here” by Ben Okoro"),
        (f"<w:moveTo {BY}>{run('there')}</w:moveTo>", "moved to here “there” by Ben Okoro"),
        (run("loud", f"<w:rPrChange {BY}><w:rPr/></w:rPrChange>"), "changed formatting “loud” by Ben Okoro"),
        (f"<w:pPr><w:rPr><w:ins {BY}/></w:rPr></w:pPr>", "inserted: the end of a paragraph by Ben Okoro"),
    ],
)
def test_a_tracked_change_is_named_with_author_date_and_place(xml: str, said: str) -> None:
    document = word("Text ")
    put(document.paragraphs[0], xml)
    with pytest.raises(
        SourceError, match="this is a draft, with 1 tracked change: in Word, accept or reject"
    ) as caught:
        understood(document)
    assert said in str(caught.value)


def test_a_comment_is_named_with_what_it_is_about() -> None:
    document = word("The bridge stays closed.")
    document.add_comment(document.paragraphs[0].runs, text="Are we sure?", author="Ada Moreau")
    with pytest.raises(SourceError, match="with 1 comment") as caught:
        understood(document)
    assert "comment “Are we sure?” by Ada Moreau" in str(caught.value)
    assert "in the paragraph “The bridge stays closed.”" in str(caught.value)


@pytest.mark.parametrize(
    ("switch", "kind"), [("vanish", "hidden text"), ("strike", "struck-out text"), ("dstrike", "struck-out text")]
)
def test_text_nobody_should_read_is_named(switch: str, kind: str) -> None:
    document = word("Text ")
    put(document.paragraphs[0], run("sec", f"<w:{switch}/>") + run("ret", f"<w:{switch}/>") + run(" more"))
    with pytest.raises(SourceError, match=f"with {kind}: ") as caught:
        understood(document)
    assert f"{kind} “sec ret”, in the paragraph “Text secret more”" in str(caught.value)


def test_a_style_hides_too_and_a_run_can_show_itself() -> None:
    document = word()
    hidden = document.styles.add_style("Internal", 1)
    hidden.font.hidden = True
    derived = document.styles.add_style("More internal", 1)
    derived.base_style = hidden
    shown = document.add_paragraph("", style="More internal")
    put(shown, run("shown", '<w:vanish w:val="0"/>'))
    assert texts(document) == ["shown"]
    document.add_paragraph("secret", style="More internal")
    with pytest.raises(SourceError, match="hidden text “secret”"):
        understood(document)


def test_hidden_text_without_words_and_switched_off_tracking_are_no_draft() -> None:
    document = word("Text")
    put(document.paragraphs[0], run("", "<w:vanish/>") + run("", "<w:strike/>"))
    assert texts(document) == ["Text"]


def test_changes_in_headers_and_footnotes_count() -> None:
    document = word("Text")
    put(document.sections[0].header.paragraphs[0], f"<w:ins {BY}>{run('late')}</w:ins>")
    with pytest.raises(SourceError, match="inserted “late”"):
        understood(document)


def test_a_long_list_of_changes_is_cut_and_counted() -> None:
    document = word("Text ")
    for number in range(30):
        put(document.paragraphs[0], f"<w:ins {BY}>{run(f'word{number}')}</w:ins>")
    with pytest.raises(SourceError, match="with 30 tracked changes") as caught:
        understood(document)
    assert str(caught.value).endswith("  and 18 more")


def test_a_field_nobody_filled_in_is_named() -> None:
    document = word("Contact: ")
    unfilled = "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>"
    put(document.paragraphs[0], unfilled.format(run("Click or tap here to enter text.")) + unfilled.format(run(" ")))
    with pytest.raises(
        SourceError, match="with 1 field to fill in: in Word, fill in or delete the fields; then"
    ) as caught:
        understood(document)
    assert "field to fill in “Click or tap here to enter text.”, in the paragraph “Contact: Click or" in str(
        caught.value
    )
