"""What Word's own documents hold beside plain paragraphs: all of it is read, or named with its place."""

from __future__ import annotations

import pytest

from distribute.errors import SourceError
from tests.sources.word_builders import part, put, repacked, run, saved, texts, understood, word

ANCHOR = (
    '<w:r><w:drawing><wp:anchor><wp:docPr id="7" name="Group"/><a:graphic><a:graphicData>{shapes}</a:graphicData>'
    "</a:graphic></wp:anchor></w:drawing></w:r>"
)
SHAPE = "<wps:wsp><wps:txbx><w:txbxContent><w:p>{inside}</w:p></w:txbxContent></wps:txbx></wps:wsp>"


def test_boxes_of_one_group_are_read_in_their_order() -> None:
    document = word("Anchor", "After")
    shapes = "".join(SHAPE.format(inside=run(text)) for text in ("first", "second", "third"))
    put(document.paragraphs[0], ANCHOR.format(shapes=shapes))
    assert texts(document) == ["Anchor", "first", "second", "third", "After"]


def test_words_of_a_drawn_shape_are_read_too() -> None:
    document = word("Anchor", "After")
    words = "<a:p><a:r><a:t>drawn </a:t></a:r><a:r><a:t>words</a:t></a:r></a:p><a:p><a:r><a:t>below</a:t></a:r></a:p>"
    put(document.paragraphs[0], ANCHOR.format(shapes=f"<a:sp><a:txBody>{words}</a:txBody></a:sp>"))
    assert texts(document) == ["Anchor", "drawn words", "below", "After"]


def test_a_drop_cap_belongs_to_its_word() -> None:
    document = word("", "ttawa, 24 November 2026 – The bridge stays closed.")
    put(document.paragraphs[0], '<w:pPr><w:framePr w:dropCap="drop" w:lines="3"/></w:pPr>' + run("O"))
    assert texts(document) == ["Ottawa, 24 November 2026 – The bridge stays closed."]


@pytest.mark.parametrize(
    ("xml", "said"),
    [
        ('<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>', "✓"),
        ('<w:r><w:sym w:font="Symbol" w:char="F062"/></w:r>', "β"),
        ('<w:r><w:sym w:font="Arial" w:char="20AC"/></w:r>', "€"),
        (run("\uf0fc", '<w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/>'), "✓"),
        (run("b", '<w:rFonts w:ascii="Symbol" w:hAnsi="Symbol"/>'), "β"),
        (run("– Ottawa", '<w:rFonts w:ascii="Arial"/>'), "– Ottawa"),
    ],
)
def test_a_sign_of_a_symbol_font_is_the_sign_it_shows(xml: str, said: str) -> None:
    document = word("")
    put(document.paragraphs[0], xml)
    assert texts(document) == [said]


def test_a_sign_that_nobody_knows_is_refused_with_its_place() -> None:
    document = word("Call us ")
    put(document.paragraphs[0], '<w:r><w:sym w:font="Company Icons" w:char="F041"/></w:r>')
    with pytest.raises(
        SourceError, match=r"a sign of the font Company Icons \(F041\), at “Call us”: type it in another"
    ):
        understood(document)


def test_what_cannot_be_read_comes_with_advice_that_helps() -> None:
    for xml, advice in [
        ("<m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath>", "a formula.*: type it as text"),
        ("<w:r><w:object/></w:r>", "an embedded object.*: paste it as a table"),
        ('<w:r><w:drawing><c:chart r:id="rId1"/></w:drawing></w:r>', "a chart.*: make it a JPEG or PNG picture"),
    ]:
        document = word("The figures")
        put(document.paragraphs[0], xml)
        with pytest.raises(SourceError, match=advice):
            understood(document)


def test_a_document_inside_the_document_is_refused() -> None:
    data = saved(word("Before"))
    inside = part(data, "word/document.xml").replace(b"<w:sectPr", b'<w:altChunk r:id="rId99"/><w:sectPr', 1)
    with pytest.raises(SourceError, match=r"another document \(at “Before”\).*: save it again in Word"):
        understood(repacked(data, {"word/document.xml": inside}))


def test_ordinary_signs_of_word_are_read() -> None:
    document = word("")
    put(
        document.paragraphs[0],
        "<w:r><w:t>trans</w:t><w:softHyphen/><w:t>port e</w:t><w:noBreakHyphen/><w:t>mail</w:t><w:tab/><w:t>a</w:t>"
        "<w:ptab w:relativeTo='margin'/><w:t>b</w:t><w:lastRenderedPageBreak/><w:cr/><w:t>c</w:t></w:r>"
        "<w:smartTag w:element='place'><w:smartTagPr/>" + run(" d") + "</w:smartTag><w:proofErr w:type='spellStart'/>"
        "<w:permStart w:id='3' w:edGrp='everyone'/>" + run(" e", "<w:caps/>") + "<w:permEnd w:id='3'/>",
    )
    assert texts(document) == ["transport e‑mail a b", "c d e"]


def test_a_note_that_nothing_refers_to_is_not_lost_but_gone() -> None:
    data = saved(word("Text"))
    notes = (
        '<w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:footnote w:id="7">'
        "<w:p><w:r><w:t>deleted long ago</w:t></w:r></w:p></w:footnote></w:footnotes>"
    )
    assert texts(repacked(data, {"word/footnotes.xml": notes.encode()})) == ["Text"]


def test_notes_that_building_blocks_have_are_not_the_documents() -> None:
    data = saved(word("Text"))
    blocks = (
        '<w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:footnote w:id="1">'
        "<w:p><w:r><w:t>of a block</w:t></w:r></w:p></w:footnote></w:footnotes>"
    )
    assert texts(repacked(data, {"word/glossary/footnotes.xml": blocks.encode()})) == ["Text"]
