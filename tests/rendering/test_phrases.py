"""The fixed words: complete catalogues, a workspace's own words, and fallbacks."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from distribute.errors import RenderError
from distribute.rendering.environment import open_environment, shipped_templates
from distribute.rendering.phrases import languages, open_phrases, read_catalogue

LOCALE = shipped_templates() / "locale"

SHIPPED = {"ar", "de", "en", "es", "fr", "he", "nl", "pl", "pt"}


def catalogue(root: Path, language: str, text: str) -> None:
    (root / "locale").mkdir(exist_ok=True)
    (root / "locale" / f"{language}.po").write_text(text, encoding="utf-8")


def test_every_catalogue_holds_the_same_messages_all_translated() -> None:
    written = {
        path.stem: re.findall(r'^msgid "(.+)"$', path.read_text(encoding="utf-8"), re.MULTILINE)
        for path in LOCALE.glob("*.po")
    }
    assert set(written) == SHIPPED
    for language, messages in written.items():
        assert messages == written["en"]
        assert sorted(read_catalogue(LOCALE / f"{language}.po")) == sorted(messages)


def test_a_translation_fills_the_same_places() -> None:
    for path in LOCALE.glob("*.po"):
        for message, words in read_catalogue(path).items():
            asked, filled = (sorted(re.findall(r"\{\w+\}", it)) for it in (message, words))
            is_greeting = message == "Hello {name},"
            assert asked == filled or (is_greeting and filled in ([], ["{full_name}"])), path.stem


def test_every_phrase_the_renderer_says_is_in_the_catalogue() -> None:
    rendering = Path(open_phrases.__code__.co_filename).parent
    said = {
        phrase
        for path in rendering.glob("*.py")
        for phrase in re.findall(r'phrases\(\s*[\'"](.+?)[\'"]\s*[,)]', path.read_text(encoding="utf-8"))
    }
    assert len(said) > 8
    assert said <= set(read_catalogue(LOCALE / "en.po"))


def test_a_phrase_is_said_in_its_language_with_its_values() -> None:
    french = open_phrases(open_environment(), "fr")
    assert french("Press release") == "Communiqué de presse"
    assert french("ext. {extension}", extension="236") == "poste 236"


def test_a_value_is_never_read_as_a_phrase() -> None:
    english = open_phrases(open_environment(), "en")
    assert english("About {organisation}", organisation="{lift} {0.__class__}") == "About {lift} {0.__class__}"


@pytest.mark.parametrize(
    ("asked", "spoken"), [("fr-CA", "fr-CA"), ("fr_CA", "fr-CA"), ("fr", "fr"), ("fi", "en"), ("../x", "en")]
)
def test_a_language_without_a_catalogue_is_said_in_english(asked: str, spoken: str) -> None:
    assert open_phrases(open_environment(), asked).language == spoken


def test_a_workspace_changes_one_phrase_and_keeps_the_rest(tmp_path: Path) -> None:
    catalogue(tmp_path, "fr", 'msgid "Press release"\nmsgstr "Communiqué"\n')
    french = open_phrases(open_environment(tmp_path), "fr")
    assert french("Press release") == "Communiqué"
    assert french("Unsubscribe") == "Se désabonner"


def test_a_workspace_brings_a_language_and_english_fills_the_gaps(tmp_path: Path) -> None:
    catalogue(tmp_path, "fi", 'msgid "Press release"\nmsgstr "Tiedote"\n\nmsgid "Unsubscribe"\nmsgstr ""\n')
    finnish = open_phrases(open_environment(tmp_path), "fi-FI")
    assert finnish.language == "fi-FI"
    assert finnish("Press release") == "Tiedote"
    assert finnish("Unsubscribe") == "Unsubscribe"


def test_the_languages_are_those_with_a_catalogue(tmp_path: Path) -> None:
    assert languages(open_environment()) == SHIPPED
    catalogue(tmp_path, "fi", 'msgid "Press release"\nmsgstr "Tiedote"\n')
    assert languages(open_environment(tmp_path)) == SHIPPED | {"fi"}


def test_a_changed_catalogue_is_read_again(tmp_path: Path) -> None:
    environment = open_environment(tmp_path)
    catalogue(tmp_path, "en", 'msgid "Press release"\nmsgstr "News"\n')
    assert open_phrases(environment, "en")("Press release") == "News"
    catalogue(tmp_path, "en", 'msgid "Press release"\nmsgstr "Media release"\n')
    assert open_phrases(environment, "en")("Press release") == "Media release"


def test_an_uncertain_translation_is_not_used(tmp_path: Path) -> None:
    catalogue(tmp_path, "fr", '#, fuzzy\nmsgid "Press release"\nmsgstr "?"\n')
    assert open_phrases(open_environment(tmp_path), "fr")("Press release") == "Communiqué de presse"


def test_a_malformed_catalogue_is_named_with_its_line(tmp_path: Path) -> None:
    catalogue(tmp_path, "fr", 'msgid "Press release"\nmsgstr "Communiqué"\nnonsense\n')
    with pytest.raises(RenderError, match=r"fr\.po:3: .*malformed"):
        open_phrases(open_environment(tmp_path), "fr")


def test_a_translation_that_asks_for_too_much_is_named(tmp_path: Path) -> None:
    catalogue(tmp_path, "fr", 'msgid "Press release"\nmsgstr "{edition}"\n')
    with pytest.raises(RenderError, match=r"fr\.po: .*\{edition\}"):
        open_phrases(open_environment(tmp_path), "fr")("Press release")
