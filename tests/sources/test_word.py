"""Word documents: the same parts as pasted text, with nothing lost on the way."""

from __future__ import annotations

import io
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from docx.shared import Inches
from PIL import Image

from distribute.cli.bundled import RELEASE, bundled
from distribute.domain.release import BlockKind, MarkKind, Release, ReleaseLineKind
from distribute.errors import SourceError
from distribute.sources.record import release_record
from tests.chaos.share import long
from tests.sources.test_pictures import CAMERA, photograph
from tests.sources.word_builders import part, put, repacked, run, saved, texts, understood, word

DOCUMENTS = Path(__file__).parent / "documents"
TEXT_BOX = (
    '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor><wp:docPr id="7" name="Box"/><a:graphic>'
    "<a:graphicData><wps:wsp><wps:txbx><w:txbxContent>{inside}</w:txbxContent></wps:txbx></wps:wsp></a:graphicData>"
    "</a:graphic></wp:anchor></w:drawing></mc:Choice>{fallback}</mc:AlternateContent></w:r>"
)


def test_the_clients_sample_is_the_same_as_word_and_as_text(read: Callable[..., Release]) -> None:
    text = bundled(RELEASE).decode()
    document = saved(word(*text.split("\n")))
    as_text, as_word = (release_record(read(data, name=name)) for data, name in ((text, "a.txt"), (document, "a.docx")))
    for record in (as_text, as_word):
        record["other"] = [aside["text"] for aside in record["other"]]
    own = {"source", "sha256"}
    assert {k: v for k, v in as_word.items() if k not in own} == {k: v for k, v in as_text.items() if k not in own}


def test_styles_say_what_a_paragraph_is() -> None:
    document = word()
    for text, style in [
        ("Headline", "Title"), ("Under it", "Subtitle"), ("Text", "Normal"), ("Cross-heading", "Heading 2"),
        ("one", "List Bullet"), ("inside", "List Bullet 2"), ("first", "List Number"), ("said", "Quote"),
        ("shouted", "Intense Quote"), ("plain", "List Paragraph"),
    ]:  # fmt: skip
        document.add_paragraph(text, style=style)
    kinds = [(line.number, line.text, line.kind, line.level) for line in understood(document).lines]
    heading, listed, quote, text = BlockKind.HEADING, BlockKind.LIST, BlockKind.QUOTE, BlockKind.PARAGRAPH
    assert kinds == [
        (1, "Headline", heading, 1), (2, "Under it", heading, 2), (3, "Text", text, 0),
        (4, "Cross-heading", heading, 2), (5, "one", listed, 0), (6, "inside", listed, 0), (7, "1. first", listed, 0),
        (8, "said", quote, 0), (9, "shouted", quote, 0), (10, "plain", text, 0),
    ]  # fmt: skip


def test_a_style_derived_from_one_is_the_same() -> None:
    document = word()
    style = document.styles.add_style("Our headline", 1)
    style.base_style = document.styles["Heading 1"]
    document.add_paragraph("Headline", style="Our headline")
    assert [line.kind for line in understood(document).lines] == [BlockKind.HEADING]


def test_marks_and_links_follow_their_words() -> None:
    document = word()
    paragraph = document.add_paragraph("They ")
    paragraph.add_run("ignored").bold = True
    paragraph.add_run(" eleven ")
    paragraph.add_run("warnings").italic = True
    link = document.part.relate_to("https://example.org/papers", _HYPERLINK, is_external=True)
    put(paragraph, f'<w:hyperlink r:id="{link}">{run(" papers")}</w:hyperlink>{run(" m")}')
    put(paragraph, run("2", '<w:vertAlign w:val="superscript"/>'))
    (line,) = understood(document).lines
    assert line.text == "They ignored eleven warnings papers m²"
    assert [(line.text[m.start : m.end], m.kind, m.href) for m in line.marks] == [
        ("ignored", MarkKind.STRONG, None),
        ("warnings", MarkKind.EMPHASIS, None),
        ("papers", MarkKind.LINK, "https://example.org/papers"),
    ]


_HYPERLINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"


def test_a_picture_comes_with_its_text_and_caption_and_without_its_place() -> None:
    document = word("Before.")
    document.add_picture(io.BytesIO(photograph()), width=Inches(2))
    document.inline_shapes[0]._inline.docPr.set("descr", "A bridge\n\nDescription automatically generated")
    document.add_paragraph("Closed since October", style="Caption")
    found = understood(document)
    (asset,) = found.assets
    assert (asset.url, asset.alt, asset.caption, asset.line) == ("", "A bridge", "Closed since October", 2)
    assert (asset.width, asset.height, asset.media_type) == (40, 60, "image/jpeg")
    assert CAMERA.encode() not in (asset.data or b"")
    assert [line.text for line in found.lines] == ["Before."]
    assert Image.open(io.BytesIO(asset.data or b"")).size == (40, 60)


def test_a_picture_that_is_only_linked_has_its_address() -> None:
    document = word("Before.")
    link = document.part.relate_to(
        "https://example.org/a.jpg", _HYPERLINK.replace("hyperlink", "image"), is_external=True
    )
    put(
        document.paragraphs[0],
        f'<w:r><w:drawing><wp:inline><wp:docPr id="1" name="a" descr="A dam"/><a:graphic><a:blip r:link="{link}"/>'
        "</a:graphic></wp:inline></w:drawing></w:r>",
    )
    (asset,) = understood(document).assets
    assert (asset.url, asset.alt, asset.is_embedded) == ("https://example.org/a.jpg", "A dam", False)


@pytest.mark.parametrize(
    "fallback",
    ["", "<mc:Fallback><w:pict><v:textbox><w:txbxContent>{inside}</w:txbxContent></v:textbox></w:pict></mc:Fallback>"],
)
def test_a_text_box_is_read_once_behind_its_paragraph(fallback: str) -> None:
    document = word("Before.", "Anchor", "After.")
    inside = f"<w:p>{run('In the box')}</w:p><w:p>{run('and below')}</w:p>"
    put(document.paragraphs[1], TEXT_BOX.format(inside=inside, fallback=fallback.format(inside=inside)))
    assert texts(document) == ["Before.", "Anchor", "In the box", "and below", "After."]


def test_tables_are_read_in_place() -> None:
    document = word("Before.")
    table = document.add_table(rows=2, cols=2)
    for row, (left, right) in zip(table.rows, [("Phone:", "613-555-0123"), ("Year", "2013")], strict=True):
        row.cells[0].text, row.cells[1].text = left, right
    document.add_paragraph("After.")
    assert texts(document) == ["Before.", "Phone: 613-555-0123", "Year | 2013", "After."]


def test_breaks_controls_and_content_controls_keep_their_words() -> None:
    document = word("")
    put(
        document.paragraphs[0],
        f"{run('one')}<w:r><w:br w:type='page'/></w:r>{run('two')}<w:r><w:noBreakHyphen/></w:r>"
        f"<w:sdt><w:sdtPr/><w:sdtContent>{run('three')}</w:sdtContent></w:sdt><w:bdo>{run(' four')}</w:bdo>"
        f"<w:fldSimple w:instr='DATE'>{run(' five')}</w:fldSimple>",
    )
    assert texts(document) == ["one", "two\u2011three four five"]


def test_a_header_is_letterhead_but_an_embargo_in_it_counts(read: Callable[..., Release]) -> None:
    document = word(
        "The bridge stays closed until the spring", "", "OTTAWA, 24 November 2026 – The bridge stays closed."
    )
    section = document.sections[0]
    section.header.paragraphs[0].text = "Example Works"
    section.header.add_paragraph("EMBARGOED UNTIL 1 December 2026, 06:00 EST")
    section.footer.paragraphs[0].text = "12 Bridge Street, Ottawa"
    section.first_page_header.paragraphs[0].text = "On no page"
    section.different_first_page_header_footer = False
    release = read(saved(document), name="release.docx")
    assert release.headline == "The bridge stays closed until the spring"
    assert release.release_line.kind is ReleaseLineKind.EMBARGO
    assert [block.text for block in release.body] == ["The bridge stays closed."]
    assert release.notes_to_editors is None
    lines = understood(document).lines
    assert [(line.text, line.number) for line in lines if line.is_margin] == [
        ("Example Works", 0),
        ("EMBARGOED UNTIL 1 December 2026, 06:00 EST", 0),
        ("12 Bridge Street, Ottawa", 0),
    ]


@pytest.mark.parametrize(
    ("xml", "what"),
    [
        ('<w:r><w:drawing><a:graphic><c:chart r:id="rId1"/></a:graphic></w:drawing></w:r>', "a chart"),
        ("<m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath>", "a formula"),
        ("<w:r><w:object/></w:r>", "an embedded object"),
    ],
)
def test_what_no_letter_can_hold_is_named_with_its_place(xml: str, what: str) -> None:
    document = word("The figures show it")
    put(document.paragraphs[0], xml)
    with pytest.raises(SourceError, match=f"{what}.*at “The figures show it”"):
        understood(document)


def test_a_word_that_was_lost_on_the_way_is_noticed() -> None:
    document = word("Before.")
    put(document.paragraphs[0], f"<w:unknown>{run('swallowed')}</w:unknown>")
    with pytest.raises(SourceError, match=r"holds what cannot be read: see “Before\.swallowed”"):
        understood(document)


def test_a_strict_document_is_read_as_any_other() -> None:
    data = saved(word("Text of a strict document"))
    names = ("word/document.xml", "word/styles.xml")
    strict = {
        name: part(data, name)
        .replace(
            b"http://schemas.openxmlformats.org/wordprocessingml/2006/", b"http://purl.oclc.org/ooxml/wordprocessingml/"
        )
        .replace(
            b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
            b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        )
        for name in names
    }
    assert texts(repacked(data, strict)) == ["Text of a strict document"]


# ---- documents that LibreOffice wrote


def test_a_document_of_libreoffice_has_all_its_parts(read: Callable[..., Release]) -> None:
    release = read((DOCUMENTS / "spillway.docx").read_bytes(), name="spillway.docx")
    assert release.headline == "Dam operators ignored eleven warnings about a spillway"
    assert release.lift is not None
    assert [block.kind for block in release.body] == [
        BlockKind.PARAGRAPH, BlockKind.PARAGRAPH, BlockKind.PARAGRAPH, BlockKind.QUOTE, BlockKind.LIST,
        BlockKind.PARAGRAPH, BlockKind.PARAGRAPH,
    ]  # fmt: skip
    assert [block.text for block in release.body][2:] == [
        "The spillway in figures: built in 1968, opened twice.",
        "We kept copies of all of them at home.",
        "the first letter\nthe last letter",
        "Year | Warnings",
        "2013 | 11",
    ]
    assert [(mark.kind, mark.href) for mark in release.body[0].marks] == [
        (MarkKind.STRONG, None),
        (MarkKind.LINK, "https://example.org/papers"),
    ]
    assert release.notes_to_editors == "[1] Archive of the province, box 41."
    assert [contact.name for contact in release.contacts] == ["Ana Ruiz"]


def test_a_page_saved_as_word_by_libreoffice_is_read(read: Callable[..., Release]) -> None:
    release = read((DOCUMENTS / "bridge.docx").read_bytes(), name="bridge.docx")
    assert release.headline == "The bridge stays closed until the spring of next year"
    assert [contact.emails for contact in release.contacts] == [("ada.moreau@example.org",)]
    assert release.end_mark == "ENDS"


def test_a_draft_of_libreoffice_is_refused() -> None:
    with pytest.raises(SourceError, match="1 tracked change, 1 comment") as caught:
        understood((DOCUMENTS / "draft.docx").read_bytes())
    assert "inserted “late” by Ben Okoro on 2026-11-20, in the paragraph “OTTAWA, 24 November" in str(caught.value)
    assert "comment “Are we sure?” by Ada Moreau on 2026-11-21" in str(caught.value)


OFFICE = shutil.which("soffice")


@long
@pytest.mark.slow
@pytest.mark.skipif(OFFICE is None, reason="LibreOffice (soffice) is not installed: nothing else writes as it does")
@pytest.mark.parametrize("suffix", ["docx", "html"])
def test_what_libreoffice_saves_of_a_document_says_the_same(
    read: Callable[..., Release], tmp_path: Path, suffix: str
) -> None:
    document = word()
    for text, style in [
        ("The bridge stays closed until the spring", "Title"),
        ("Engineers found eleven broken bolts", "Subtitle"),
        ("OTTAWA, 24 November 2026 – The footbridge stays closed, the city’s engineers said on Tuesday.", None),
        ("“We did not find a safe one,” said Ada Moreau, Chief Engineer at Example Works.", None),
        ("What happens now", "Heading 2"),
        ("close the bridge", "List Number"),
        ("mend the bolts", "List Number"),
        ("one bolt", "List Bullet"),
        ("ENDS", None),
        ("Media contact: Ada Moreau, Example Works, 613-555-0142, ada.moreau@example.org", None),
    ]:
        document.add_paragraph(text, style=style)
    own = tmp_path / "own" / "release.docx"
    own.parent.mkdir()
    own.write_bytes(saved(document))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [str(OFFICE), "--headless", profile, "--convert-to", suffix, "--outdir", str(tmp_path), str(own)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    records = [
        release_record(read(path.read_bytes(), name=path.name)) for path in (own, tmp_path / f"release.{suffix}")
    ]
    for record in records:
        for changing in ("source", "sha256", "other"):
            record.pop(changing)
        for placed in (*record["contacts"], *record["quotes"]):
            placed.pop("line", None)
    assert records[0] == records[1]
    assert records[0]["body"][-1]["text"] == "1. close the bridge\n2. mend the bolts\none bolt"
