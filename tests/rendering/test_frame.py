"""What stands around a release: a covering note, a greeting, several language versions in one letter."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from jinja2 import Environment

from distribute.domain.content import Letter
from distribute.domain.note import CoveringNote
from distribute.domain.release import Block, BlockKind, MediaContact, Release
from distribute.errors import RenderError
from distribute.rendering.frame import MOST_NOTE_WORDS, write_note
from distribute.rendering.letter import Contents, Letterhead, compile_letter, reader_values
from distribute.rendering.phrases import open_phrases
from tests.rendering.test_letter import visible, words

AT = datetime(2026, 11, 23, 14, 0, tzinfo=UTC)
PITCH = "Would this interest your readers?\nWe can offer interviews.\n\nLucy <b>Example</b>, {{7*7}}"


@pytest.fixture
def french() -> Release:
    """An invented version in French."""
    return Release(
        headline="Bélarus : la police doit rendre des comptes",
        language="fr",
        body=(Block(kind=BlockKind.PARAGRAPH, text="« Rien ne change », a déclaré Ada Exemple."),),
        contacts=(MediaContact(name="Jean Exemple", emails=("jean@example.org",)),),
        notes_to_editors="Les noms ont été changés.",
        boilerplate="Un mouvement de personnes.",
    )


def letter_of(contents: Contents, letterhead: Letterhead, environment: Environment, language: str = "en") -> Letter:
    return compile_letter(contents, letterhead, language, at=AT, zone="America/Toronto", environment=environment)


def filled(letter: Letter, greeting: str = "") -> tuple[str, str]:
    values = reader_values(
        letter,
        unsubscribe_url="https://press.example.org/u/abc",
        language=letter.language,
        zone="UTC",
        issuer_zone="UTC",
        lift=None,
        greeting=greeting,
    )
    return letter.html.fill(values), letter.text.fill(values)


def test_a_covering_note_stands_between_the_status_and_the_headline(
    client_release: Release, letterhead: Letterhead, environment: Environment
) -> None:
    note = CoveringNote(text=PITCH, language="en", list_name="press")
    letter = letter_of(Contents(versions=(client_release,), note=note, is_greeting=True), letterhead, environment)
    html, text = filled(letter, "Hello Ana,")
    assert letter.slots == {"unsubscribe_url", "greeting"}
    assert letter.note_list == "press"
    assert text.split("\n\n")[1:6] == [
        "Hello Ana,",
        "Would this interest your readers?\nWe can offer interviews.",
        "Lucy <b>Example</b>, {{7*7}}",
        "* * *",
        client_release.headline,
    ]
    assert words(visible(html)) == words(text)


def test_a_note_keeps_its_own_language(
    client_release: Release, letterhead: Letterhead, environment: Environment
) -> None:
    note = CoveringNote(text="مرحبا", language="ar")
    html, _ = filled(letter_of(Contents(versions=(client_release,), note=note), letterhead, environment))
    assert '<p style="margin:0 0 18px;" lang="ar" dir="rtl">مرحبا</p>' in html


def test_a_note_is_short(environment: Environment) -> None:
    phrases = open_phrases(environment, "en")
    fits = CoveringNote(text="word " * MOST_NOTE_WORDS, language="en")
    assert write_note(phrases, "", fits)
    assert write_note(phrases, "", None) is None
    with pytest.raises(RenderError, match="the covering note for press has 201 words: shorten it to 200 or fewer"):
        write_note(phrases, "", replace(fits, text=fits.text + "more", list_name="press"))


def test_a_letter_that_greets_needs_a_greeting(
    client_release: Release, letterhead: Letterhead, environment: Environment
) -> None:
    letter = letter_of(Contents(versions=(client_release,), is_greeting=True), letterhead, environment)
    with pytest.raises(RenderError, match="no greeting was given"):
        filled(letter)


def test_both_versions_are_in_one_letter_each_whole_and_in_its_language(
    client_release: Release, french: Release, letterhead: Letterhead, environment: Environment
) -> None:
    letter = letter_of(Contents(versions=(french, client_release)), letterhead, environment, "fr")
    html, text = filled(letter)
    assert letter.versions == ("fr", "en")
    assert letter.subject == french.headline
    assert ("Content-Language", ("fr, en",)) in [(name, value.pieces) for name, value in letter.headers]
    assert "Plus bas : English" in text
    first, divider, second = text.partition("\n\n* * *\n\n")
    assert divider
    assert "Contact presse" in first
    assert "Notes à l’intention des rédactions" in first
    assert second.startswith(client_release.headline or "?")
    assert "Media contact" in second
    assert "Se désabonner" in second
    assert words(visible(html)) == words(text)
    assert '<h1 style="margin:0;font-size:32px;line-height:38px;font-weight:bold;" lang="en" dir="ltr">' in html
    assert html.count("<h1") == 2
    assert ' lang="en" dir="ltr">Media contact' in html
