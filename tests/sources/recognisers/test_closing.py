"""End marks, boilerplate, notes and footers."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from distribute.domain.release import Release
from distribute.sources.parts import Part
from distribute.sources.recognisers.closing import heading_kind, is_end_mark
from distribute.sources.vocabulary import vocabulary

BODY = "A headline about the dam\n\nThe operators ignored eleven warnings about the spillway, papers show.\n\n"


@pytest.mark.parametrize(
    "line", ["-30-", "– 30 –", "###", "# # #", "#", "-0-", "ENDS", "-ENDS-", "– Ends –", "[END]", "Ends."]
)
def test_an_end_mark_is_told(line: str) -> None:
    assert is_end_mark(line, vocabulary("en"))


@pytest.mark.parametrize("line", ["30", "0", "ends", "The week ends", "#9", "- 31 -"])
def test_other_lines_are_no_end_mark(line: str) -> None:
    assert not is_end_mark(line, vocabulary("en"))


@pytest.mark.parametrize(
    ("language", "line", "kind"),
    [
        ("en", "About Boeing", Part.BOILERPLATE),
        ("en", "About PACER Center: Based in Minnesota, PACER Center is a parent centre.", Part.BOILERPLATE),
        ("fr", "À propos de la PLHV", Part.BOILERPLATE),
        ("es", "Sobre Agua Común", Part.BOILERPLATE),
        ("en", "Notes to editors:", Part.NOTES),
        ("de", "Hinweis an die Redaktion", Part.NOTES),
        ("en", "About a third of all homes stood empty in May.", None),
        ("en", "What the papers show", None),
        ("de", "Hintergrund", Part.NOTES),
        ("de", "Redaktionelle Hinweise:", Part.NOTES),
        ("nl", "Noot aan de redactie", Part.NOTES),
        ("fr", "Chiffres clés", Part.NOTES),
        ("pl", "Informacje dla redakcji", Part.NOTES),
        ("pl", "O Fundacji Jasny Próg", Part.BOILERPLATE),
        ("pl", "O krok od powodzi nad Wisłą", None),
    ],
)
def test_headings_of_sections_are_told(language: str, line: str, kind: Part | None) -> None:
    assert heading_kind(line, vocabulary(language)) is kind


def test_a_mark_in_small_letters_ends_a_text_behind_a_whole_sentence(read: Callable[..., Release]) -> None:
    assert read(BODY + "The dam held.\nends\n\nNotes to editors\n\nOne.\n").end_mark == "ends"
    assert read(BODY + "We will see when the\nends\nmeet.\n").end_mark is None


@pytest.mark.parametrize("drawn", ["-----", "=======", "* * *", "---- --", "_ _ _"])
def test_a_drawn_line_is_no_text(read: Callable[..., Release], drawn: str) -> None:
    release = read(f"{BODY}The dam held.\n\n{drawn}\n\nThe river fell on Monday.\n")
    assert [block.text for block in release.body][1:] == ["The dam held.", "The river fell on Monday."]
    assert (drawn, "separator") in [(aside.text, aside.part) for aside in release.other]


def test_voices_behind_a_self_description_are_text(read: Callable[..., Release]) -> None:
    voices = (
        "Voices\n\n“The dam was weak for years, and everybody in the valley knew it very well, I say.”\n— Ana Ruiz\n"
    )
    release = read(f"{BODY}About Riverworks\n\nRiverworks runs dams.\n\n{voices}")
    assert release.boilerplate == "About Riverworks\n\nRiverworks runs dams."
    assert [quote.speaker for quote in release.quotes] == ["Ana Ruiz"]


def test_a_heading_about_something_of_the_issuers_is_a_cross_heading() -> None:
    assert heading_kind("About Riverworks' friends", vocabulary("en")) is Part.BOILERPLATE
    assert heading_kind("About Riverworks's new turbine", vocabulary("en")) is None


def test_all_boilerplates_are_kept_together(read: Callable[..., Release]) -> None:
    release = read(BODY + "About One\n\nOne is a network.\n\nAbout Two\n\nTwo is a charity.\n\nSOURCE One\n")
    assert release.boilerplate == "About One\n\nOne is a network.\n\nAbout Two\n\nTwo is a charity."
    assert len(release.body) == 1


def test_what_follows_the_end_mark_is_notes(read: Callable[..., Release]) -> None:
    release = read(BODY + "ENDS\n\nThe full papers are at https://example.org/papers for all who want to read them.\n")
    assert release.end_mark == "ENDS"
    assert release.notes_to_editors is not None
    assert release.notes_to_editors.startswith("The full papers")
