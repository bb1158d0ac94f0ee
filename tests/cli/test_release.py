"""``show``, ``check`` and ``preview`` by the real command, on what people really hand over."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from distribute.cli.bundled import RELEASE, SIDECAR, bundled
from tests.cli.conftest import Command
from tests.sources.test_pictures import photograph
from tests.sources.word_builders import saved, word


@pytest.fixture
def sample(workspace: Path) -> str:
    """The client's own release, without its sidecar."""
    (workspace / RELEASE).write_bytes(bundled(RELEASE))
    return RELEASE


def test_the_clients_sample_is_understood_and_nothing_is_invented(distribute: Command, sample: str) -> None:
    shown = distribute("show", sample, "--json").json
    assert shown["headline"] == "Belarus: Police must be held accountable for violence"
    assert shown["language"] == "en"
    assert shown["subheads"] == []
    assert shown["release_line"] == {"kind": "none", "raw": None, "until": None}
    for part in ("dateline", "boilerplate", "notes_to_editors", "end_mark"):
        assert shown[part] is None
    assert [block["kind"] for block in shown["body"]] == ["paragraph"] * 7
    (quote,) = shown["quotes"]
    assert quote["speaker"] == "Marie Struthers"
    assert quote["title"] == "Amnesty International’s Director for Eastern Europe and Central Asia"
    assert quote["paragraphs"] == 3
    assert quote["text"].startswith("The Belarusian authorities have to date")
    assert quote["text"].endswith("when climbing on benches.")
    (contact,) = shown["contacts"]
    assert {key: contact[key] for key in ("name", "role", "organisation", "phones", "emails")} == {
        "name": "Lucy Scholey",
        "role": "Media Relations",
        "organisation": "Amnesty International Canada (English branch)",
        "phones": ["+16137447667;ext=236"],
        "emails": [],
    }


def test_the_clients_sample_gets_the_remarks_of_an_editor(distribute: Command, sample: str) -> None:
    result = distribute("check", sample, "--json")
    assert result.code == 0
    findings = result.json["findings"]
    assert sorted(finding["rule"] for finding in findings) == [
        "contact-without-email",
        "day-without-year",
        "missing-word",
        "no-dateline",
    ]
    assert {finding["severity"] for finding in findings} == {"warning"}
    assert all(finding["line"] and finding["message"].endswith((".", "?", "—")) for finding in findings)


def test_what_the_text_lacks_can_be_supplied_beside_it(distribute: Command, sample: str, workspace: Path) -> None:
    (workspace / SIDECAR).write_text('contact_email = "desk@example.org"\nlanguage = "fr"\n')
    shown = distribute("show", sample, "--json", "--set", "language=en").json
    assert shown["contacts"][0]["emails"] == ["desk@example.org"]
    assert shown["language"] == "en", "the command line wins"
    rules = [f["rule"] for f in distribute("check", sample, "--json").json["findings"]]
    assert "contact-without-email" not in rules


def test_an_embargo_on_the_command_line_is_taken_in_the_desks_own_zone(distribute: Command, sample: str) -> None:
    shown = distribute("show", sample, "--embargo", "2027-03-02 06:00", "--json", DISTRIBUTE_TIMEZONE="America/Toronto")
    assert shown.json["release_line"] == {
        "kind": "embargo",
        "raw": "2027-03-02 06:00",
        "until": "2027-03-02T06:00:00-05:00",
    }


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("empty.txt", b"", "empty"),
        ("blank.txt", b" \n\n \t\n", "empty"),
        ("binary.txt", bytes(range(256)) * 40, "text"),
        ("huge.txt", b"A line of text that is repeated.\n" * 330_000, "MB"),
        ("release.docx", b"PK\x03\x04" + bytes(60), "Word"),
        ("release.pdf", b"%PDF-1.7\n", "PDF"),
        ("front.md", b"---\nheadline: [unclosed\n---\nText.\n", "front.md:"),
        ("unknown.md", b"---\nheadlnie: A headline\n---\nText.\n", "headline"),
    ],
)
@pytest.mark.parametrize("verb", ["show", "check"])
def test_what_cannot_be_read_is_one_sentence(
    distribute: Command, workspace: Path, verb: str, name: str, content: bytes, sentence: str
) -> None:
    (workspace / name).write_bytes(content)
    result = distribute(verb, name)
    assert (result.code, result.out) == (2, "")
    assert name in result.err
    assert sentence in result.err
    assert len(result.err.strip().splitlines()) == 1


def test_a_missing_file_and_a_folder_are_sentences(distribute: Command) -> None:
    assert distribute("show", "nowhere.txt").code == 2
    assert distribute("show", "recipients").code == 2


def test_a_file_with_only_a_headline_is_shown_and_found_wanting(distribute: Command, workspace: Path) -> None:
    (workspace / "headline.txt").write_text("Police must be held accountable for violence\n")
    assert distribute("show", "headline.txt", "--json").json["headline"].startswith("Police")
    result = distribute("check", "headline.txt", "--json")
    assert result.code == 1
    errors = {finding["rule"] for finding in result.json["findings"] if finding["severity"] == "error"}
    assert errors == {"empty-body", "no-contact"}
    assert distribute("check", "headline.txt").out.endswith("2 errors, 1 warning\n")


def test_the_terminal_shows_what_is_understood_and_what_is_missing(distribute: Command, sample: str) -> None:
    out = distribute("show", sample).out
    pieces = (
        "Belarus: Police",
        "Marie Struthers",
        "Lucy Scholey",
        "+1 613-744-7667 ext. 236",
        "no e-mail address",
        "Missing",
    )
    for piece in pieces:
        assert piece in out


def test_a_preview_is_one_page_that_names_everybody(distribute: Command, workspace: Path) -> None:
    result = distribute("preview", "bridge.txt", "--to", "example", "--on", "x", "--out", str(workspace / "look"))
    assert result.code == 0
    (page,) = (workspace / "look").iterdir()
    assert result.out.strip() == str(page)
    text = page.read_text()
    for piece in ("amara.okafor@", "duplicate", "suppressed", "280", "reader" if "reader@" in text else "Amara"):
        assert piece in text
    assert not (workspace / "distribute.db").exists()


def test_a_preview_needs_no_list_no_network_and_no_clean_release(distribute: Command, workspace: Path) -> None:
    (workspace / "draft.txt").write_text((workspace / "bridge.txt").read_text().replace("a safe one", "TBC"))
    result = distribute("preview", "draft.txt")
    assert result.code == 0, result.err
    page = Path(result.out.strip()).read_text()
    assert "placeholder" in page
    for network in ("Mastodon", "Bluesky"):
        assert network in page


def test_a_word_document_is_shown_and_checked_with_its_picture(distribute: Command, workspace: Path) -> None:
    document = word("The bridge stays closed until the spring", "", "OTTAWA, 24 November 2026 – It stays closed.")
    document.add_picture(io.BytesIO(photograph()))
    document.add_paragraph("Closed since October", style="Caption")
    (workspace / "bridge.docx").write_bytes(saved(document))
    files = sorted(workspace.rglob("*"))
    shown = distribute("show", "bridge.docx")
    assert "image1.jpg, 40 × 60 pixels, Closed since October" in shown.out
    (asset,) = distribute("show", "bridge.docx", "--json").json["assets"]
    assert (asset["is_embedded"], asset["width"], asset["height"]) == (True, 40, 60)
    findings = distribute("check", "bridge.docx", "--json").json["findings"]
    assert [(f["severity"], f["line"]) for f in findings if f["rule"] == "image-embedded"] == [("warning", 3)]
    assert sorted(workspace.rglob("*")) == files, "reading writes no file"


def test_a_draft_is_bad_input(distribute: Command, workspace: Path) -> None:
    document = word("The bridge stays closed until the spring")
    document.add_comment(document.paragraphs[0].runs, text="Are we sure?", author="Ada Moreau")
    (workspace / "bridge.docx").write_bytes(saved(document))
    result = distribute("show", "bridge.docx")
    assert result.code == 2
    assert "comment “Are we sure?” by Ada Moreau" in result.err


def test_a_word_document_can_be_previewed(distribute: Command, workspace: Path) -> None:
    document = word("The bridge stays closed until the spring", "", "OTTAWA, 24 November 2026 – It stays closed.")
    document.add_picture(io.BytesIO(photograph()))
    (workspace / "bridge.docx").write_bytes(saved(document))
    page = Path(distribute("preview", "bridge.docx").out.strip()).read_text(encoding="utf-8")
    assert "It stays closed." in page
    assert "image1.jpg in the document" in page


def test_a_remark_on_the_header_of_a_page_has_no_line(distribute: Command, workspace: Path) -> None:
    document = word("The bridge stays closed until the spring", "", "OTTAWA, 24 November 2026 – It stays closed.")
    document.sections[0].header.paragraphs[0].text = "EMBARGOED UNTIL 1 December 2020, 06:00 EST"
    (workspace / "bridge.docx").write_bytes(saved(document))
    findings = distribute("check", "bridge.docx", "--json").json["findings"]
    assert [(f["line"], f["column"]) for f in findings if f["rule"] == "embargo-past"] == [(None, None)]
    assert "bridge.docx: error: The embargo lifted" in distribute("check", "bridge.docx").out


def test_a_preview_shows_a_release_that_everybody_has_and_says_so(distribute: Command, workspace: Path) -> None:
    assert distribute("send", "bridge.txt", "--to", "press", "--confirm", "5").code == 0
    shown = distribute("preview", "bridge.txt", "--to", "press")
    assert shown.code == 0, shown.err
    page = Path(shown.out.strip()).read_text()
    assert "Nothing would leave now: everybody has been promised this edition already" in page
    assert "reader1@example.com" in page
