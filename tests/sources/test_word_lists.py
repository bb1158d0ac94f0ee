"""Lists of a Word document: every item keeps the number that stands before it on the page."""

from __future__ import annotations

from docx.document import Document as WordDocument
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from distribute.domain.release import BlockKind
from tests.sources.word_builders import put, run, saved, understood, word

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def level(number: int, form: str, text: str, more: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{number}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{more}<w:lvlText w:val="{text}"/>'
        "</w:lvl>"
    )


def numbered(document: WordDocument, levels: str, number: int = 901, more: str = "") -> None:
    """The list ``number`` of these levels in a document."""
    numbering = document.part.numbering_part.element
    abstract = f'<w:abstractNum {_W} w:abstractNumId="{number}">{levels}</w:abstractNum>'
    numbering.insert(0, parse_xml(abstract))
    again(document, number, number, more)


def again(document: WordDocument, number: int, abstract: int, more: str = "") -> None:
    """Another list of the same levels."""
    xml = f'<w:num {_W} w:numId="{number}"><w:abstractNumId w:val="{abstract}"/>{more}</w:num>'
    document.part.numbering_part.element.append(parse_xml(xml))


def add(document: WordDocument, text: str, number: int = 901, depth: int = 0, style: str | None = None) -> None:
    paragraph = document.add_paragraph("", style=style)
    properties = paragraph._p.get_or_add_pPr()
    xml = f'<w:numPr {_W}><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>'
    properties.append(parse_xml(xml))
    put(paragraph, run(text))


def lines(document: WordDocument) -> list[tuple[BlockKind, str]]:
    return [(line.kind, line.text) for line in understood(document).lines]


LISTED, TEXT = BlockKind.LIST, BlockKind.PARAGRAPH


def test_numbers_letters_and_bullets_are_as_on_the_page() -> None:
    document = word()
    numbered(document, level(0, "decimal", "%1.") + level(1, "lowerLetter", "(%2)") + level(2, "bullet", "\uf0b7"))
    for text, depth in [("one", 0), ("two", 0), ("inside", 1), ("next", 1), ("deep", 2), ("three", 0), ("inside", 1)]:
        add(document, text, depth=depth)
    assert lines(document) == [
        (LISTED, "1. one"),
        (LISTED, "2. two"),
        (LISTED, "(a) inside"),
        (LISTED, "(b) next"),
        (LISTED, "deep"),
        (LISTED, "3. three"),
        (LISTED, "(a) inside"),
    ]


def test_a_list_goes_on_after_a_paragraph_and_begins_anew_where_it_says() -> None:
    document = word()
    numbered(document, level(0, "decimal", "%1."))
    again(document, 902, 901)
    again(document, 903, 901, '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>')
    add(document, "one")
    document.add_paragraph("Between.")
    add(document, "two", number=902)
    add(document, "five", number=903)
    add(document, "six", number=903)
    assert [text for _, text in lines(document)] == ["1. one", "Between.", "2. two", "5. five", "6. six"]


def test_numbers_of_several_levels_stand_in_one() -> None:
    document = word()
    legal = level(0, "upperRoman", "%1.") + level(1, "decimal", "%1.%2") + level(2, "decimal", "%1.%2.%3", "<w:isLgl/>")
    numbered(document, legal)
    for depth in (0, 1, 2, 0, 2):
        add(document, "text", depth=depth)
    assert [text for _, text in lines(document)] == ["I. text", "I.1 text", "1.1.1 text", "II. text", "2.1.1 text"]


def test_a_style_can_number_and_a_paragraph_can_leave_its_list() -> None:
    document = word()
    numbered(document, level(0, "decimal", "%1)", '<w:pStyle w:val="Demand"/>'))
    style = document.styles.add_style("Demand", 1)
    properties = style.element.get_or_add_pPr()
    properties.append(parse_xml(f'<w:numPr {_W}><w:numId w:val="901"/></w:numPr>'))
    derived = document.styles.add_style("Our demand", 1)
    derived.base_style = style
    document.add_paragraph("first", style="Demand")
    document.add_paragraph("second", style="Our demand")
    add(document, "not one", number=0, style="Demand")
    add(document, "nor this", number=0, style="List Number")
    assert lines(document) == [(LISTED, "1) first"), (LISTED, "2) second"), (TEXT, "not one"), (TEXT, "nor this")]


def test_words_own_list_styles_number_too() -> None:
    document = word()
    for text in ("first", "second"):
        document.add_paragraph(text, style="List Number")
    document.add_paragraph("dot", style="List Bullet")
    assert lines(document) == [(LISTED, "1. first"), (LISTED, "2. second"), (LISTED, "dot")]


def test_a_numbered_heading_stays_a_heading() -> None:
    document = word()
    numbered(document, level(0, "decimal", "%1"))
    add(document, "Background", style="Heading 2")
    add(document, "Said", style="Quote")
    assert lines(document) == [(BlockKind.HEADING, "1 Background"), (BlockKind.QUOTE, "2 Said")]


def test_an_empty_item_counts_but_says_nothing() -> None:
    document = word()
    numbered(document, level(0, "decimal", "%1."))
    for text in ("one", "", "three"):
        add(document, text)
    assert [text for _, text in lines(document)] == ["1. one", "3. three"]


def test_a_list_with_broken_numbers_is_still_one() -> None:
    document = word()
    broken = level(0, "decimal", "%1.").replace('w:ilvl="0"', 'w:ilvl="x"').replace('w:val="1"', 'w:val="²"')
    numbered(document, broken, more='<w:lvlOverride w:ilvl="-"><w:startOverride w:val="x"/></w:lvlOverride>')
    add(document, "one")
    assert lines(document) == [(LISTED, "0. one")]


def test_a_list_that_is_nowhere_described_is_text() -> None:
    document = word()
    add(document, "one", number=777)
    assert lines(document) == [(TEXT, "one")]


def test_an_outline_level_makes_a_heading_in_any_language() -> None:
    document = word()
    style = document.styles.add_style("Zwischenüberschrift", 1)
    style.element.get_or_add_pPr().append(parse_xml(f'<w:outlineLvl {_W} w:val="1"/>'))
    document.add_paragraph("By its style", style="Zwischenüberschrift")
    put(document.add_paragraph(""), '<w:pPr><w:outlineLvl w:val="2"/></w:pPr>' + run("By itself"))
    put(document.add_paragraph(""), '<w:pPr><w:outlineLvl w:val="9"/></w:pPr>' + run("Not one"))
    found = [(line.text, line.level) for line in understood(document).lines]
    assert found == [("By its style", 2), ("By itself", 3), ("Not one", 0)]


def test_styles_count_by_the_names_other_languages_give_them() -> None:
    forms = {
        "Titre 1": (BlockKind.HEADING, 1), "Überschrift 2": (BlockKind.HEADING, 2), "Kop 3": (BlockKind.HEADING, 3),
        "Título 1": (BlockKind.HEADING, 1), "Titel": (BlockKind.HEADING, 1), "Sous-titre": (BlockKind.HEADING, 2),
        "Zitat": (BlockKind.QUOTE, 0), "Citation intense": (BlockKind.QUOTE, 0), "Citaat": (BlockKind.QUOTE, 0),
        "Liste à puces": (LISTED, 0), "Aufzählungszeichen": (LISTED, 0), "Cita": (BlockKind.QUOTE, 0),
        "Corps de texte": (TEXT, 0),
    }  # fmt: skip
    document = word()
    for name in forms:
        document.styles.add_style(name, 1)
        document.add_paragraph("text", style=name)
    assert [(line.kind, line.level) for line in understood(document).lines] == list(forms.values())


def test_the_name_of_a_style_counts_and_not_its_id() -> None:
    document = word("text")
    style = document.styles["Heading 1"].element
    style.set(qn("w:styleId"), "Titre1")
    document.paragraphs[0]._p.get_or_add_pPr().get_or_add_pStyle().set(qn("w:val"), "Titre1")
    assert [line.level for line in understood(saved(document)).lines] == [1]


def test_words_that_word_parted_at_an_edit_are_one_and_keep_their_marks() -> None:
    document = word("")
    pieces = run("The br", "<w:lang w:val='en-GB'/>") + run("idge ") + run("stays", "<w:b/>") + run(" cl", "<w:b/>")
    put(document.paragraphs[0], pieces + run("osed", "<w:b w:val='0'/>") + "<w:r/>" + run(".") + run("1", "<w:i/>"))
    (line,) = understood(document).lines
    assert line.text == "The bridge stays closed.1"
    assert [line.text[mark.start : mark.end] for mark in line.marks] == ["stays cl", "1"]
