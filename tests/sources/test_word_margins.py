"""Headers and footers of pages; a watermark is refused however it is drawn."""

from __future__ import annotations

import pytest

from distribute.errors import SourceError
from tests.sources.word_builders import put, run, texts, understood, word

VML = '<w:r><w:pict><v:shape id="{name}"><v:textpath string="DRAFT"/></v:shape></w:pict></w:r>'
DRAWN = (
    '<w:r><w:drawing><wp:anchor behindDoc="{behind}"><wp:docPr id="1" name="{name}"/><a:graphic><a:graphicData>'
    '<wps:wsp><wps:spPr><a:xfrm rot="{turn}"/></wps:spPr><wps:txbx><w:txbxContent><w:p>{words}</w:p></w:txbxContent>'
    '</wps:txbx><wps:bodyPr><a:prstTxWarp prst="{bend}"/></wps:bodyPr></wps:wsp></a:graphicData></a:graphic>'
    "</wp:anchor></w:drawing></w:r>"
)


def drawn(name: str = "Text Box 1", behind: str = "0", turn: str = "0", bend: str = "textNoShape") -> str:
    return DRAWN.format(name=name, behind=behind, turn=turn, bend=bend, words=run("DRAFT"))


WORDS_OWN = "PowerPlusWaterMarkObject357476642"


@pytest.mark.parametrize(
    "xml",
    [
        VML.format(name="WordArt 1"),
        drawn(name=WORDS_OWN),
        drawn(bend="textPlain"),
        drawn(behind="1", turn="18900000"),
        f"<mc:AlternateContent><mc:Choice Requires='wps'>{drawn(name=WORDS_OWN)}</mc:Choice></mc:AlternateContent>",
        f"<w:sdt><w:sdtPr/><w:sdtContent>{VML.format(name=WORDS_OWN)}</w:sdtContent></w:sdt>",
    ],
)
@pytest.mark.parametrize("margin", ["header", "footer"])
def test_a_watermark_marks_a_draft(xml: str, margin: str) -> None:
    document = word("Text")
    put(getattr(document.sections[0], margin).paragraphs[0], xml)
    with pytest.raises(SourceError, match=f"draft: in the {margin} of the pages stands the watermark “DRAFT”: take it"):
        understood(document)


@pytest.mark.parametrize("xml", [VML.format(name=WORDS_OWN), drawn(name=WORDS_OWN)])
def test_a_watermark_may_hang_from_the_text(xml: str) -> None:
    document = word("Text")
    put(document.paragraphs[0], xml)
    with pytest.raises(SourceError, match="draft: on the page stands the watermark “DRAFT”"):
        understood(document)


def test_an_ordinary_box_is_none() -> None:
    document = word("Text")
    put(document.sections[0].header.paragraphs[0], drawn().replace("DRAFT", "Example Works"))
    put(document.paragraphs[0], drawn(bend="textPlain").replace("DRAFT", "Word art"))
    lines = understood(document).lines
    assert [(line.text, line.is_margin) for line in lines] == [
        ("Example Works", True),
        ("Text", False),
        ("Word art", False),
    ]


def test_a_watermark_on_pages_that_are_not_there_is_none() -> None:
    document = word("Text")
    section = document.sections[0]
    put(section.first_page_header.paragraphs[0], VML.format(name=WORDS_OWN))
    section.different_first_page_header_footer = False
    assert texts(document) == ["Text"]
    section.different_first_page_header_footer = True
    with pytest.raises(SourceError, match="watermark"):
        understood(document)
