"""A release with its French version beside it, by the real command."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from html import escape
from pathlib import Path

import pytest

from tests.cli.conftest import RELEASE, Command
from tests.sources.word_builders import saved, word

ENGLISH = RELEASE.replace("The Rideau footbridge stays", "Used by 1,200 people a day, the Rideau footbridge stays")
FRENCH = """La passerelle reste fermée jusqu’au printemps

OTTAWA, le 24 novembre 2026 – Empruntée par 1 300 personnes par jour, la passerelle Rideau reste fermée jusqu’au printemps, ont annoncé mardi les ingénieurs de la ville.

« Nous avons cherché comment ouvrir une voie et n’en avons trouvé aucune qui soit sûre », a déclaré Ada Moreau, ingénieure en chef d’Example Works.

-30-

Contact média : Ada Moreau, Example Works, 613-555-0142, ada.moreau@example.org
"""  # noqa: E501  paragraphs as they are pasted
SECONDS = 1_795_000_000


@pytest.fixture
def both(workspace: Path) -> Path:
    """``bridge.en.txt`` and ``bridge.fr.txt``, which name two numbers, saved in one sitting."""
    for name, text in (("bridge.en.txt", ENGLISH), ("bridge.fr.txt", FRENCH)):
        (workspace / name).write_text(text)
        os.utime(workspace / name, (SECONDS, SECONDS))
    return workspace


def test_check_finds_the_other_version_by_itself_and_names_both_places(distribute: Command, both: Path) -> None:
    (finding,) = [
        it for it in distribute("check", "bridge.en.txt", "--json").json["findings"] if "version" in it["rule"]
    ]
    assert (finding["rule"], finding["file"], finding["line"]) == ("version-numbers", "bridge.en.txt", 3)
    assert finding["message"] == (
        "The English text says “1,200 people” (line 3), the French text “1 300 personnes” (line 3): "
        "correct one of them."
    )
    column = ENGLISH.splitlines()[2].index("1,200") + 1
    out = distribute("check", "bridge.en.txt").out
    assert f"bridge.en.txt:3:{column}: warning: The English text says" in out
    assert "^" * len("1,200 people") in out


def test_every_finding_names_its_file_and_shows_its_line(distribute: Command, both: Path) -> None:
    (both / "bridge.en.txt").write_text(RELEASE)
    findings = distribute("check", "bridge.en.txt", "--json").json["findings"]
    assert {finding["file"] for finding in findings} == {"bridge.en.txt", "bridge.fr.txt"}
    column = FRENCH.splitlines()[2].index("1 300") + 1
    out = distribute("check", "bridge.en.txt").out
    assert f"bridge.fr.txt:3:{column}: warning: The French text has the number “1 300 personnes”" in out
    assert "Empruntée par 1 300 personnes" in out


def as_word(text: str) -> bytes:
    return saved(word(*filter(None, text.split("\n"))))


def as_page(text: str) -> bytes:
    return "\n".join(["<html><body>", *(f"<p>{escape(line)}</p>" for line in text.split("\n") if line)]).encode()


@pytest.mark.parametrize(("made", "suffix", "line"), [(as_word, "docx", 2), (as_page, "html", 3)])
def test_versions_in_word_and_on_pages_are_compared_and_both_shown(
    distribute: Command, workspace: Path, made: Callable[[str], bytes], suffix: str, line: int
) -> None:
    english, french = f"bridge.en.{suffix}", f"bridge.fr.{suffix}"
    (workspace / english).write_bytes(made(ENGLISH))
    (workspace / french).write_bytes(made(FRENCH))
    found = distribute("check", english, "--json").json["findings"]
    (finding,) = [it for it in found if "version" in it["rule"]]
    assert (finding["rule"], finding["file"], finding["line"]) == ("version-numbers", english, line)
    assert "“1,200 people”" in finding["message"]
    assert "“1 300 personnes”" in finding["message"]
    (workspace / english).write_bytes(made(RELEASE))
    column = FRENCH.splitlines()[2].index("1 300") + 1
    out = distribute("check", english).out
    assert f"{french}:{line}:{column}: warning: The French text has the number “1 300 personnes”" in out
    assert re.search(rf"\n +{line} \| .*Empruntée par 1 300 personnes.*\n +\| +\^{{15}}\n", out)


def test_a_draft_of_another_version_in_word_is_a_finding(distribute: Command, workspace: Path) -> None:
    (workspace / "bridge.en.docx").write_bytes(as_word(ENGLISH))
    draft = word(*filter(None, FRENCH.split("\n")))
    draft.add_comment(draft.paragraphs[1].runs, text="Vraiment ?", author="Ada Moreau")
    (workspace / "bridge.fr.docx").write_bytes(saved(draft))
    (finding,) = [
        it for it in distribute("check", "bridge.en.docx", "--json").json["findings"] if "version" in it["rule"]
    ]
    assert finding["rule"] == "version-unreadable"
    assert "bridge.fr.docx is another version of this release and cannot be compared" in finding["message"]
    assert "comment “Vraiment ?” by Ada Moreau" in finding["message"]


def test_a_disagreement_can_be_silenced_with_a_reason_but_not_the_embargo(distribute: Command, both: Path) -> None:
    (both / "bridge.en.txt").write_text(f"---\nsilence:\n  version-numbers: two counts, both right\n---\n{ENGLISH}")
    findings = distribute("check", "bridge.en.txt", "--json").json["findings"]
    assert [it["silenced"] for it in findings if it["rule"] == "version-numbers"] == ["two counts, both right"]
    (both / "bridge.en.txt").write_text(f"---\nsilence:\n  version-embargo: we dare\n---\n{ENGLISH}")
    findings = distribute("check", "bridge.en.txt", "--json").json["findings"]
    assert "version-embargo cannot be silenced" in next(it["message"] for it in findings if it["rule"] == "silence")


def test_an_embargo_in_one_version_only_stops_a_plan_of_either(distribute: Command, both: Path) -> None:
    (both / "bridge.fr.txt").write_text(f"SOUS EMBARGO jusqu’au 24 novembre 2099 à 7 h HNE\n\n{FRENCH}")
    for name in ("bridge.en.txt", "bridge.fr.txt"):
        assert distribute("check", name).code == 1
        refused = distribute("plan", name, "--to", "press")
        assert refused.code == 2
        assert "bridge.fr.txt:1: bridge.fr.txt (line 1) is under embargo" in refused.err
    assert not list((both / "plans").glob("*"))


def test_a_disagreement_that_only_advises_lets_a_plan_be_made(distribute: Command, both: Path) -> None:
    assert distribute("plan", "bridge.en.txt", "--to", "press").code == 0


def test_an_embargo_said_on_the_command_line_holds_for_all_versions(distribute: Command, both: Path) -> None:
    result = distribute("check", "bridge.en.txt", "--embargo", "2099-03-02 06:00 America/Toronto", "--json")
    assert "version-embargo" not in {finding["rule"] for finding in result.json["findings"]}


def test_an_older_version_is_a_finding_unless_the_authors_say_that_it_is_the_same(
    distribute: Command, both: Path
) -> None:
    os.utime(both / "bridge.fr.txt", (SECONDS + 7200, SECONDS + 7200))

    def ages() -> list[str]:
        found = distribute("check", "bridge.fr.txt", "--json").json["findings"]
        return [it["file"] for it in found if it["rule"] == "version-age"]

    assert ages() == ["bridge.en.txt"]
    for name, text in (("bridge.en.txt", ENGLISH), ("bridge.fr.txt", FRENCH)):
        (both / name).write_text(f"---\nversion: 2\n---\n{text}")
        os.utime(both / name, (SECONDS, SECONDS + 86_400 * name.count("fr")))
    assert ages() == []
    (both / "bridge.fr.txt").write_text(f"---\nversion: 1\n---\n{FRENCH}")
    assert ages() == ["bridge.fr.txt"]
    for name, text, day in (("bridge.en.txt", ENGLISH, 20), ("bridge.fr.txt", FRENCH, 21)):
        (both / name).write_text(f"---\nupdated: 2026-11-{day}\n---\n{text}")
    assert ages() == ["bridge.en.txt"]


def test_a_version_that_cannot_be_read_is_a_finding(distribute: Command, both: Path) -> None:
    (both / "bridge.fr.txt").write_bytes(b"")
    findings = distribute("check", "bridge.en.txt", "--json").json["findings"]
    (finding,) = [it for it in findings if it["rule"] == "version-unreadable"]
    assert finding["severity"] == "warning"
    assert finding["file"] == "bridge.fr.txt"
    assert "empty" in finding["message"]


def test_a_file_without_a_language_in_its_name_is_a_version_where_no_other_is_in_its_language(
    distribute: Command, both: Path
) -> None:
    def files(asked: str) -> set[str]:
        found = distribute("check", asked, "--json").json["findings"]
        return {name for it in found for name in ("bridge.txt", "bridge.en.txt") if name in it["file"] + it["message"]}

    (both / "bridge.txt").write_text(ENGLISH)
    os.utime(both / "bridge.txt", (SECONDS - 7200, SECONDS - 7200))
    os.utime(both / "bridge.en.txt", (SECONDS - 7200, SECONDS - 7200))
    assert files("bridge.en.txt") == {"bridge.en.txt"}
    assert files("bridge.fr.txt") == {"bridge.en.txt"}
    (both / "bridge.en.txt").unlink()
    assert files("bridge.fr.txt") == {"bridge.txt"}


def test_a_preview_shows_disagreements_too(distribute: Command, both: Path) -> None:
    page = Path(distribute("preview", "bridge.en.txt").out.strip()).read_text()
    assert "1 300 personnes" in page
