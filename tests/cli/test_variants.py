"""Each journalist gets the letter meant for them, by the real command."""

from __future__ import annotations

import email
from email import policy
from pathlib import Path

import pytest

from tests.cli.conftest import RELEASE, Command

FRENCH = """La passerelle reste fermée jusqu’au printemps

OTTAWA, le 24 novembre 2026 – La passerelle Rideau reste fermée jusqu’au printemps, ont annoncé mardi les ingénieurs.

« Nous avons cherché comment ouvrir une voie et n’en avons trouvé aucune qui soit sûre », a déclaré Ada Moreau.

-30-

Contact média : Ada Moreau, Example Works, 613-555-0142, ada.moreau@example.org
"""
READERS = """email,first_name,last_name,language
ana@example.org,Ana,Ruiz,en
jean@example.org,Jean,Exemple,fr
desk@example.org,Newsdesk,,
"""
ENGLISH_HEADLINE, FRENCH_HEADLINE = RELEASE.splitlines()[0], FRENCH.splitlines()[0]


@pytest.fixture
def both(workspace: Path) -> Path:
    """``bridge.en.txt`` beside ``bridge.fr.txt``, and a list of three in two languages."""
    (workspace / "bridge.en.txt").write_text(RELEASE)
    (workspace / "bridge.fr.txt").write_text(FRENCH)
    (workspace / "recipients" / "press.csv").write_text(READERS)
    return workspace


def letters(workspace: Path) -> dict[str, tuple[str, str]]:
    """Subject and text of what each reader got in the outbox."""
    found = {}
    for path in workspace.glob("outbox/*/email/*.eml"):
        message = email.message_from_bytes(path.read_bytes(), policy=policy.default)
        part = message.get_body(("plain",))
        assert part is not None
        found[str(message["To"].addresses[0].username)] = (
            str(message["Subject"]),
            part.get_content().replace("\r\n", "\n"),
        )
    return found


@pytest.mark.parametrize("named", ["bridge.en.txt", "bridge.fr.txt"])
def test_each_reader_gets_their_language_whichever_version_is_named(
    distribute: Command, both: Path, named: str
) -> None:
    assert distribute("send", named, "--to", "press", "--confirm", "3").code == 0
    got = letters(both)
    assert {name: subject for name, (subject, _) in got.items()} == {
        "ana": ENGLISH_HEADLINE,
        "jean": FRENCH_HEADLINE,
        "desk": ENGLISH_HEADLINE,
    }
    assert "Se désabonner" in got["jean"][1]
    assert "Hello" not in got["ana"][1]


def test_nobody_gets_a_release_again_in_its_other_language(distribute: Command, both: Path) -> None:
    assert distribute("send", "bridge.en.txt", "--to", "press", "--confirm", "3").code == 0
    again = distribute("send", "bridge.fr.txt", "--to", "press", "--confirm", "3")
    assert again.code == 2
    assert "everybody has been promised this edition already" in again.err


def test_nor_when_the_first_was_sent_before_the_second_was_there(distribute: Command, both: Path) -> None:
    (both / "bridge.en.txt").rename(both / "later.txt")
    (both / "recipients" / "early.csv").write_text("\n".join(READERS.splitlines()[:3]))
    assert distribute("send", "bridge.fr.txt", "--to", "early", "--confirm", "2").code == 0
    (both / "later.txt").rename(both / "bridge.en.txt")
    plan = distribute("plan", "bridge.en.txt", "--to", "press", "--json").json
    assert plan["deliveries"] == 1
    assert plan["channels"][0]["skipped"] == {"already-sent": 2}


def test_both_by_policy_and_one_by_policy(distribute: Command, both: Path) -> None:
    plan = distribute("plan", "bridge.en.txt", "--to", "press", "--json", LANGUAGE_POLICY="both").json
    assert [(it["versions"], it["recipients"]) for it in plan["letters"]] == [(["en", "fr"], 2), (["fr", "en"], 1)]
    plan = distribute("plan", "bridge.en.txt", "--to", "press", "--json", LANGUAGE_POLICY="one").json
    assert [(it["language"], it["versions"]) for it in plan["letters"]] == [("en", ["en"]), ("fr", ["en"])]
    assert distribute("plan", "bridge.en.txt", "--to", "press", LANGUAGE_POLICY="all").code == 2


def test_a_version_with_an_error_or_that_cannot_be_read_blocks_the_send(distribute: Command, both: Path) -> None:
    (both / "bridge.fr.txt").write_text(FRENCH.replace("Nous avons", "Nous\u202e avons"))
    refused = distribute("plan", "bridge.en.txt", "--to", "press")
    assert refused.code == 2
    assert "bridge.fr.txt:5:" in refused.err
    assert (
        "bridge.fr.txt: it goes out with bridge.en.txt; LANGUAGE_POLICY=one sends the file you name alone"
        in refused.err
    )
    (both / "bridge.fr.txt").write_bytes(b"\0\1\2")
    refused = distribute("plan", "bridge.en.txt", "--to", "press")
    assert refused.code == 2
    assert "bridge.fr.txt: readers of bridge.fr.txt would get another language: mend it" in refused.err
    assert distribute("plan", "bridge.en.txt", "--to", "press", LANGUAGE_POLICY="one").code == 0


def test_a_plan_is_refused_when_the_other_version_or_a_note_was_edited(distribute: Command, both: Path) -> None:
    (both / "pitch.txt").write_text("Would this interest your readers?")
    plan = distribute("plan", "bridge.en.txt", "--to", "press", "--note", "pitch.txt", "--json").json["plan"]
    for name in ("bridge.fr.txt", "pitch.txt"):
        before = (both / name).read_text()
        (both / name).write_text(before + "\n")
        refused = distribute("send", "--plan", plan, "--confirm", "3")
        assert refused.code == 2
        assert f"{name} was changed after the plan was made" in refused.err
        (both / name).write_text(before)
    assert distribute("send", "--plan", plan, "--confirm", "3").code == 0


def test_a_note_stands_above_the_release_in_the_reader_s_language(distribute: Command, both: Path) -> None:
    (both / "pitch.en.txt").write_text("Would this interest your readers?\n\nLucy")
    (both / "pitch.fr.txt").write_text("Cela intéresserait-il votre lectorat ?\n\nLucie")
    notes = ("--note", "press=pitch.en.txt", "--note", "press=pitch.fr.txt")
    shown = distribute("send", "bridge.en.txt", "--to", "press", *notes, "--confirm", "3")
    assert f"2 in English, with the note for press: {ENGLISH_HEADLINE}" in shown.out
    assert f"1 in French, with the note for press: {FRENCH_HEADLINE}" in shown.out
    got = {name: text.split("\n\n") for name, (_, text) in letters(both).items()}
    assert got["ana"][1:6] == ["Hello Ana,", "Would this interest your readers?", "Lucy", "* * *", ENGLISH_HEADLINE]
    assert got["jean"][1:3] == ["Bonjour Jean,", "Cela intéresserait-il votre lectorat ?"]
    assert got["desk"][1] == "Hello,"


def test_everybody_is_greeted_where_the_workspace_says_so(distribute: Command, both: Path) -> None:
    assert distribute("send", "bridge.en.txt", "--to", "press", "--confirm", "3", GREETING="1").code == 0
    assert {name: text.split("\n\n")[1] for name, (_, text) in letters(both).items()} == {
        "ana": "Hello Ana,",
        "jean": "Bonjour Jean,",
        "desk": "Hello,",
    }


@pytest.mark.parametrize(
    ("note", "words", "says"),
    [
        ("radio=pitch.txt", "Hello", "--note radio=pitch.txt: radio is not among the lists of --to (press)"),
        ("pitch.docx", "Hello", "pitch.docx: a covering note is plain text: save it as .txt"),
        ("nowhere.txt", "", "nowhere.txt: there is no such file"),
        ("pitch.txt", "word " * 201, "the covering note has 201 words: shorten it to 200 or fewer"),
        ("pitch.txt", "A \u202eword", "holds the invisible character U+202E"),
    ],
)
def test_a_note_that_cannot_go_is_refused_before_anything_is_planned(
    distribute: Command, both: Path, note: str, words: str, says: str
) -> None:
    if words:
        (both / note.rpartition("=")[2]).write_text(words)
    refused = distribute("plan", "bridge.en.txt", "--to", "press", "--note", note)
    assert refused.code == 2
    assert says in refused.err
    assert not (both / "plans").exists() or not list((both / "plans").iterdir())
