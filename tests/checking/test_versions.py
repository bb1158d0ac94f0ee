"""Versions beside each other: what is compared with what, and how a disagreement becomes a finding."""

from __future__ import annotations

from dataclasses import replace

import pytest

from distribute.checking import RULES, VERSION_RULES, Version, check_versions
from distribute.checking.versions import Pair, at, must_agree
from distribute.domain.finding import Severity
from distribute.domain.release import Release
from tests.checking.conftest import block

ENGLISH = Release(headline="Many dams fail", headline_line=1, language="en", body=(block("There were 12.", 3),))
FRENCH = Release(headline="Des barrages cèdent", headline_line=1, language="fr", body=(block("Il y en eut 13.", 4),))


def test_the_rules_are_these_and_only_the_embargo_blocks() -> None:
    weights = {name: rule.severity for name, rule in VERSION_RULES.items()}
    assert weights.pop("version-embargo") is Severity.ERROR
    assert set(weights) == {
        "version-numbers",
        "version-number-form",
        "version-dates",
        "version-links",
        "version-quotes",
        "version-contacts",
        "version-headline",
        "version-age",
    }
    assert set(weights.values()) == {Severity.WARNING}
    assert not set(VERSION_RULES) & set(RULES), "a finding is known by its rule's name"


def test_no_two_rules_share_a_name() -> None:
    with pytest.raises(ValueError, match="version-age"):
        must_agree("version-age")(lambda _: iter(()))


def test_a_finding_names_the_file_its_line_is_in() -> None:
    own, other = Version(ENGLISH, "dams.en.md"), Version(FRENCH, "dams.fr.md")
    (finding,) = check_versions(own, [other])
    assert (finding.file, finding.line, finding.rule) == ("dams.en.md", 3, "version-numbers")
    assert finding.message == (
        "The English text says “12” (line 3), the French text “13” (line 4): correct one of them."
    )
    silent = Version(replace(ENGLISH, body=(block("There were dams.", 3),)), "dams.en.md")
    (finding,) = check_versions(silent, [other])
    assert (finding.file, finding.line) == ("dams.fr.md", 4)
    assert finding.message == "The French text has the number “13” (line 4), the English text does not."


def test_each_version_is_compared_with_the_one_asked_about() -> None:
    german = replace(FRENCH, language="de", body=(block("Es waren 14.", 5),))
    versions = [Version(FRENCH, "dams.fr.md"), Version(german, "dams.de.md")]
    messages = [finding.message for finding in check_versions(Version(ENGLISH, "dams.en.md"), versions)]
    assert ["French" in message for message in messages] == [True, False]
    assert ["German" in message for message in messages] == [False, True]


def test_versions_of_one_language_are_told_apart_by_their_files() -> None:
    pair = Pair(Version(ENGLISH, "dams.en.md"), Version(ENGLISH, "dams.md"))
    assert pair.names == ("dams.en.md", "dams.md")
    assert Version(Release(headline=None), "dams.xx.md").name == "dams.xx.md"
    assert Version(Release(headline=None, language="xx"), "dams.xx.md").name == "dams.xx.md"


def test_a_release_alone_has_nothing_to_agree_with() -> None:
    assert check_versions(Version(ENGLISH, "dams.en.md"), []) == ()


def test_a_place_without_a_line_is_not_invented() -> None:
    assert (at(7), at(None)) == (" (line 7)", "")
