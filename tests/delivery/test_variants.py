"""Everybody gets the letter meant for them: own language, both, the list's note."""

from __future__ import annotations

import pytest

from distribute.config import LanguagePolicy
from distribute.delivery.variants import Variants, closest
from distribute.domain.audience import Contact
from distribute.domain.note import CoveringNote
from distribute.domain.release import Release
from distribute.errors import PlanError

ENGLISH, FRENCH = Release(headline="Bridge closed", language="en"), Release(headline="Pont fermé", language="fr")
GERMAN = Release(headline="Brücke gesperrt", language="de")


def variants(
    release: Release = ENGLISH,
    others: tuple[Release, ...] = (FRENCH,),
    policy: LanguagePolicy = LanguagePolicy.OWN,
    notes: tuple[CoveringNote, ...] = (),
) -> Variants:
    return Variants(release, others, notes=notes, spoken={"en", "fr"}, default="en", policy=policy)


def reader(language: str | None, list_name: str = "press") -> Contact:
    return Contact(email="ana@example.org", language=language, list_name=list_name)


def headlines(found: Variants, language: str | None, list_name: str = "press") -> tuple[str, list[str | None]]:
    name = found.name_for(reader(language, list_name))
    language_of_words, contents = found.contents(name, lambda it: it, is_greeting=False)
    return language_of_words, [version.headline for version in contents.versions]


@pytest.mark.parametrize(
    ("language", "words", "headline"),
    [
        ("en", "en", "Bridge closed"),
        ("fr", "fr", "Pont fermé"),
        ("fr-CA", "fr-CA", "Pont fermé"),
        (None, "en", "Bridge closed"),
        ("es", "en", "Bridge closed"),
    ],
)
@pytest.mark.parametrize("release", [ENGLISH, FRENCH])
def test_a_contact_gets_its_language_else_the_default_whichever_version_was_named(
    release: Release, language: str | None, words: str, headline: str
) -> None:
    other = FRENCH if release is ENGLISH else ENGLISH
    assert headlines(variants(release, (other,)), language) == (words, [headline])


def test_a_version_whose_fixed_words_nobody_wrote_is_read_all_the_same() -> None:
    found = variants(ENGLISH, (FRENCH, GERMAN))
    assert headlines(found, "de") == ("en", ["Brücke gesperrt"])
    assert found.name_for(reader("de")) != found.name_for(reader("en"))


def test_both_versions_are_in_a_letter_by_policy_the_reader_s_own_first() -> None:
    found = variants(policy=LanguagePolicy.BOTH)
    assert headlines(found, "fr") == ("fr", ["Pont fermé", "Bridge closed"])
    assert headlines(found, None) == ("en", ["Bridge closed", "Pont fermé"])


def test_the_one_named_is_for_everybody_by_policy() -> None:
    found = variants(FRENCH, (ENGLISH,), LanguagePolicy.ONE)
    assert headlines(found, "en") == ("en", ["Pont fermé"])
    assert headlines(variants(FRENCH, ()), "en") == ("en", ["Pont fermé"])


def test_a_list_s_own_note_comes_before_the_one_for_all_and_the_reader_s_language_before_the_default() -> None:
    for_all = CoveringNote(text="For all", language="en")
    english = CoveringNote(text="For the press", language="en", list_name="press")
    french = CoveringNote(text="Pour la presse", language="fr", list_name="press")
    found = variants(notes=(for_all, english, french))

    def note(language: str | None, list_name: str) -> tuple[str, bool]:
        _, contents = found.contents(found.name_for(reader(language, list_name)), lambda it: it, is_greeting=False)
        return contents.note.text if contents.note else "", contents.is_greeting

    assert note("fr", "press") == ("Pour la presse", True)
    assert note("es", "press") == ("For the press", True)
    assert note("fr", "radio") == ("For all", True)
    names = {found.name_for(reader(language, name)) for language in ("en", "fr") for name in ("press", "radio")}
    assert names == {"en/press", "fr/press", "en/*", "fr/*:en"}


def test_two_notes_for_the_same_readers_are_refused() -> None:
    note = CoveringNote(text="One", language="en", list_name="press")
    other = CoveringNote(text="Two", language="en", list_name="press")
    with pytest.raises(PlanError, match="two covering notes for press are in the same language"):
        variants(notes=(note, other))


def test_a_region_is_its_language() -> None:
    assert closest("fr-CA", {"en", "fr"}) == "fr"
    assert closest("pt", {"pt-BR"}) == "pt-BR"
    assert closest("fr", {"fr", "fr-CA"}) == "fr"
    assert closest("de", {"en"}) is None
