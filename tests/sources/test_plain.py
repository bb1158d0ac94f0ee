"""Pasted text: what is one paragraph, what is an item of a list."""

from __future__ import annotations

from distribute.domain.release import BlockKind
from distribute.sources.plain import read_plain
from distribute.sources.vocabulary import vocabulary

WRAPPED = """\
The operators of the dam ignored eleven warnings about its spillway, the papers show, and
the ministry knew of each of them because inspectors wrote to it.
The first letter was never answered.
"They were told, and told again," said the director of the organisation that found them in
the archive. The then-23-
year-old inspector kept copies of all of them in a cupboard at home for eleven long years.
"""


def paragraphs(text: str) -> list[str]:
    return [paragraph.text for paragraph in read_plain(text, vocabulary("en")).paragraphs()]


def test_hard_wrapped_lines_become_paragraphs_again() -> None:
    found = paragraphs(WRAPPED)
    assert [text.split()[0] for text in found] == ["The", "The", '"They']
    assert "The then-23-year-old inspector" in found[2]


def test_lines_that_are_not_wrapped_stay_paragraphs() -> None:
    assert paragraphs("One headline here\nAnother line below it\n") == ["One headline here", "Another line below it"]


def test_a_text_wrapped_at_fifty_characters_is_wrapped() -> None:
    text = (
        "Operators of the Kestrel dam ignored eleven letters\n"
        "about its spillway, papers show, and the Ministry of\n"
        "Rivers knew.\n"
    )
    assert len(list(read_plain(text, vocabulary("en")).paragraphs())) == 1


def test_a_mark_at_the_start_of_a_line_begins_no_paragraph_where_blank_lines_do() -> None:
    wrapped = (
        "“The letters are all there, and they have been for years,” Dana Whitfield said.\n"
        "“They were written by people who know dams, who measured it and who were told\n"
        "to wait for the next budget of the Ministry.”\n\n"
    )
    assert len(list(read_plain(wrapped * 4, vocabulary("en")).paragraphs())) == 4
    assert len(list(read_plain(wrapped.strip(), vocabulary("en")).paragraphs())) == 2


def test_a_hyphen_that_stands_for_a_word_keeps_its_space() -> None:
    text = "Die Gewerkschaft der Post-\nund Bahndienste und der Fluss-\nleute"
    (paragraph,) = read_plain(text, vocabulary("de")).paragraphs()
    assert paragraph.text == "Die Gewerkschaft der Post- und Bahndienste und der Fluss-leute"


def test_a_line_that_begins_in_lower_case_goes_on() -> None:
    assert paragraphs("Join us on the day\nduring the month") == ["Join us on the day during the month"]


def test_bullets_make_items_and_dashes_around_a_word_do_not() -> None:
    document = read_plain("• first\n- second\n\uf0b7third\n– ENDS –\n- 30 -\n", vocabulary("en"))
    assert [(line.text, line.kind) for line in document.lines[:3]] == [
        ("first", BlockKind.LIST),
        ("second", BlockKind.LIST),
        ("third", BlockKind.LIST),
    ]
    assert [line.text for line in document.lines[3:]] == ["– ENDS –", "- 30 -"]


def test_soft_breaks_end_a_line_without_counting_one() -> None:
    document = read_plain("One\u2028Two\r\nThree\rFour", vocabulary("en"))
    assert [(line.number, line.text) for line in document.lines] == [(1, "One"), (1, "Two"), (2, "Three"), (3, "Four")]


def test_hidden_characters_go_and_windows_controls_become_what_they_meant() -> None:
    (line,) = read_plain("\ufeffMes\u00adsenger\u200b \x96 \x93so\x94\x07", vocabulary("de")).lines
    assert line.text == "Messenger – “so”"
