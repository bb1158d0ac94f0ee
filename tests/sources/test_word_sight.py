"""Words nobody sees are refused with their place; white words on a dark ground are seen."""

from __future__ import annotations

import pytest
from docx.document import Document as WordDocument
from docx.oxml import parse_xml

from distribute.errors import SourceError
from tests.sources.word_builders import part, put, repacked, run, saved, texts, understood, word

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
WHITE = '<w:color w:val="FFFFFF"/>'


def shade(fill: str, pattern: str = "clear", more: str = "") -> str:
    return f'<w:shd w:val="{pattern}" w:color="auto" w:fill="{fill}"{more}/>'


@pytest.mark.parametrize(
    ("properties", "said"),
    [
        (WHITE, "hidden text (in the colour of its ground) “secret”, in the paragraph “Text secret”"),
        ('<w:color w:val="FEFEFE"/>', "hidden text (in the colour of its ground) “secret”"),
        ('<w:color w:val="auto" w:themeColor="background1"/>', "(in the colour of its ground) “secret”"),
        (WHITE + shade("FFFFFF"), "(in the colour of its ground) “secret”"),
        (WHITE + shade("auto"), "(in the colour of its ground) “secret”"),
        ('<w:color w:val="000000"/><w:highlight w:val="black"/>', "(in the colour of its ground) “secret”"),
        ('<w:highlight w:val="black"/>', "(in the colour of its ground) “secret”"),
        ('<w:color w:val="000000"/>' + shade("000000"), "(in the colour of its ground) “secret”"),
        ('<w:sz w:val="2"/>', "hidden text (in 1-point type) “secret”, in the paragraph “Text secret”"),
        ('<w:sz w:val="3"/>', "hidden text (in 1.5-point type) “secret”"),
    ],
)
def test_words_nobody_sees_are_hidden_text(properties: str, said: str) -> None:
    document = word("Text ")
    put(document.paragraphs[0], run("secret", properties))
    with pytest.raises(
        SourceError, match="draft, with hidden text: in Word, delete hidden text or make it vis"
    ) as caught:
        understood(document)
    assert said in str(caught.value)


@pytest.mark.parametrize(
    "properties",
    [
        WHITE + shade("1F3864"),
        WHITE + '<w:highlight w:val="darkBlue"/>',
        WHITE + '<w:highlight w:val="yellow"/>',
        WHITE + shade("auto", more=' w:themeFill="text1"'),
        WHITE + shade("FFFFFF", "pct50"),
        WHITE + '<w:shd w:val="solid" w:color="000000" w:fill="FFFFFF"/>',
        '<w:color w:val="auto"/>' + shade("000000"),
        '<w:color w:val="808080" w:themeColor="background1" w:themeShade="80"/>',
        '<w:color w:val="C00000"/>',
        '<w:sz w:val="8"/>',
        '<w:color w:val="nonsense"/><w:sz w:val="x"/>',
    ],
)
def test_words_on_a_ground_of_another_colour_are_seen(properties: str) -> None:
    document = word("Text ")
    put(document.paragraphs[0], run("seen", properties))
    assert texts(document) == ["Text seen"]


def white_in_a_table(document: WordDocument, cell: str = "") -> None:
    table = document.add_table(rows=1, cols=1)
    put(table.cell(0, 0).paragraphs[0], run("white", WHITE))
    if cell:
        table.cell(0, 0)._tc.get_or_add_tcPr().append(parse_xml(cell.replace("<w:shd", f"<w:shd {_W}")))


def test_white_words_in_a_dark_cell_or_paragraph_are_seen() -> None:
    document = word()
    white_in_a_table(document, shade("1F3864"))
    put(document.add_paragraph(""), f"<w:pPr>{shade('000000')}</w:pPr>" + run("and here", WHITE))
    assert texts(document) == ["white", "and here"]
    white_in_a_table(document)
    with pytest.raises(SourceError, match="“white”"):
        understood(document)


def test_white_words_in_a_table_whose_style_shades_are_seen() -> None:
    document = word()
    white_in_a_table(document)
    document.tables[0].style = "Medium Shading 1 Accent 1"
    assert texts(document) == ["white"]


def test_white_words_over_a_picture_or_in_a_box_are_seen() -> None:
    behind = '<w:r><w:drawing><wp:anchor behindDoc="1"><wp:docPr id="1" name="Banner"/></wp:anchor></w:drawing></w:r>'
    document = word("")
    put(document.paragraphs[0], behind + run("on a banner", WHITE))
    assert texts(document) == ["on a banner"]
    boxed = word("Anchor")
    inside = f"<w:txbxContent><w:p>{run('in a box', WHITE)}</w:p></w:txbxContent>"
    put(boxed.paragraphs[0], f"<w:r><w:pict><v:shape><v:textbox>{inside}</v:textbox></v:shape></w:pict></w:r>")
    assert texts(boxed) == ["Anchor", "in a box"]


def test_a_style_can_make_words_unseen_and_a_run_can_show_them() -> None:
    document = word()
    style = document.styles.add_style("Faint", 1)
    style.element.get_or_add_rPr().append(parse_xml(WHITE.replace("<w:color", f"<w:color {_W}")))
    put(document.add_paragraph("", style="Faint"), run("shown", '<w:color w:val="000000"/>'))
    assert texts(document) == ["shown"]
    document.add_paragraph("secret", style="Faint")
    with pytest.raises(SourceError, match="“secret”"):
        understood(document)


def test_white_words_on_a_page_of_a_dark_colour_are_seen() -> None:
    document = word("")
    put(document.paragraphs[0], run("white", WHITE))
    data = saved(document)
    main = part(data, "word/document.xml").replace(b"<w:body>", b'<w:background w:color="1F3864"/><w:body>', 1)
    settings = part(data, "word/settings.xml")
    shown = settings.replace(b"<w:zoom", b"<w:displayBackgroundShape/><w:zoom", 1)
    assert shown != settings
    assert texts(repacked(data, {"word/document.xml": main, "word/settings.xml": shown})) == ["white"]
    with pytest.raises(SourceError, match="“white”"):
        understood(repacked(data, {"word/document.xml": main}))
