"""``--attach FILE`` by the real command: what leaves, what is refused, and what the plan says of it."""

from __future__ import annotations

import io
import sqlite3
from base64 import b64decode
from contextlib import closing
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import docx
import pytest
from PIL import Image

from distribute.cli.attaching import spelt
from tests.channels.conftest import Fake
from tests.cli.conftest import RELEASE, Command
from tests.sources.test_pictures import photograph

NAME = "Отчёт «мост» – été.pdf"
PDF = b"%PDF-1.4\n" + bytes(range(256)) * 2000 + b"\n%%EOF\n"


@pytest.fixture
def pdf(workspace: Path) -> Path:
    path = workspace / NAME
    path.write_bytes(PDF)
    return path


@pytest.fixture
def photo(workspace: Path) -> Path:
    picture = Image.effect_noise((300, 200), 60).convert("RGB")
    exif = picture.getexif()
    exif[0x010E] = "safe house, second floor"
    picture.save(workspace / "bridge.jpg", exif=exif)
    return workspace / "bridge.jpg"


def order(*files: Path) -> list[str]:
    return ["bridge.txt", "--to", "press", *(word for file in files for word in ("--attach", str(file)))]


def letters(workspace: Path) -> list[Any]:
    return [message_from_bytes(p.read_bytes(), policy=policy.default) for p in workspace.rglob("outbox/**/*.eml")]


def test_each_letter_carries_the_files_and_the_photograph_without_its_place(
    distribute: Command, workspace: Path, pdf: Path, photo: Path
) -> None:
    sent = distribute("send", *order(pdf, photo), "--confirm", "5", "--json")
    assert (sent.code, sent.json["state"]) == (0, "done")
    assert len(letters(workspace)) == 5
    for letter in letters(workspace):
        files = {part.get_filename(): part.get_payload(decode=True) for part in letter.iter_attachments()}
        assert files[NAME] == PDF
        assert b"safe house" not in files["bridge.jpg"]
        with Image.open(io.BytesIO(files["bridge.jpg"])) as read:
            assert (read.size, dict(read.getexif())) == ((300, 200), {})


@pytest.mark.parametrize("provider", ["postmark", "sendgrid"])
def test_a_provider_gets_the_very_bytes(
    provider: str, distribute: Command, pdf: Path, request: pytest.FixtureRequest
) -> None:
    fake = request.getfixturevalue(f"{provider}_server")
    environ = fake.environ | {"EMAIL_PROVIDER": provider}
    assert distribute("send", *order(pdf), "--confirm", "5", **environ).code == 0
    assert sum(fake.accepted.values()) == 5
    for number in range(5):
        address = f"reader{number}@example.com"
        (file,) = fake.received[address]["Attachments"] if provider == "postmark" else fake.files[address]
        given = {key.lower(): value for key, value in file.items()}
        assert b64decode(given["content"]) == PDF
        assert given.get("name", given.get("filename")) == NAME


def test_the_plan_names_the_files_their_digests_and_what_they_weigh(
    distribute: Command, pdf: Path, photo: Path
) -> None:
    shown = distribute("plan", *order(pdf, photo))
    assert f"attached  {NAME}, 512 kB" in shown.out
    assert "every letter carries" in shown.err
    assert "journalists ask for links" in shown.err
    plan = distribute("plan", *order(pdf, photo), "--json").json
    assert [(it["name"], it["type"]) for it in plan["attachments"]] == [
        (NAME, "application/pdf"), ("bridge.jpg", "image/jpeg"),
    ]  # fmt: skip
    rehearsed = distribute("send", "--plan", plan["plan"], "--dry-run", "--json").json
    assert rehearsed.get("attachments", plan["attachments"]) == plan["attachments"]
    assert "attachments" not in distribute("plan", "bridge.txt", "--to", "press", "--json").json


def test_another_file_is_another_plan_and_a_changed_one_is_not_sent(distribute: Command, pdf: Path) -> None:
    plan = distribute("plan", *order(pdf), "--json").json
    pdf.write_bytes(PDF.replace(b"1.4", b"1.5"))
    assert distribute("plan", *order(pdf), "--json").json["hash"] != plan["hash"]
    refused = distribute("send", "--plan", plan["plan"], "--confirm", "5")
    assert refused.code != 0
    assert f"{NAME} was changed after the plan was made" in refused.err


def test_the_ledger_keeps_a_file_once_for_each_letter(distribute: Command, workspace: Path, pdf: Path) -> None:
    assert distribute("send", *order(pdf), "--confirm", "5").code == 0
    with closing(sqlite3.connect(workspace / "distribute.db")) as db:
        ((bodies,),) = db.execute("SELECT sum(length(body)) FROM request")
    assert bodies < 40_000


@pytest.mark.parametrize(
    ("environ", "words", "sentence"),
    [
        (
            {"ATTACHMENT_LIMIT": "0"},
            [],
            "files and pictures come to 512 kB, more than the 0 kB a letter may carry",
        ),
        ({"ATTACHMENT_LIMIT": "19"}, [], "ATTACHMENT_LIMIT is more than the 18"),
        ({}, ["--attach", "bridge.txt"], "bridge.txt cannot be attached: letters carry PDF, JPEG and PNG files"),
        ({}, ["--attach", "gone.pdf"], "gone.pdf cannot be attached"),
    ],
)
def test_what_may_not_leave_stops_the_plan(
    environ: dict[str, str], words: list[str], sentence: str, distribute: Command, workspace: Path, pdf: Path
) -> None:
    result = distribute("plan", *order(pdf), *words, **environ)
    assert result.code != 0
    assert sentence in result.err
    assert not (workspace / "plans").exists() or not list((workspace / "plans").iterdir())


def test_files_go_with_letters_only_and_not_by_resend(distribute: Command, pdf: Path, resend_server: Fake) -> None:
    assert (
        "are for letters: add --to LIST" in distribute("plan", "bridge.txt", "--on", "mastodon", "--attach", NAME).err
    )
    by_resend = distribute("plan", *order(pdf), **resend_server.environ, EMAIL_PROVIDER="resend")
    assert "Resend takes no files with the letters of a batch" in by_resend.err


def test_two_files_of_one_name_are_told_apart_by_nobody(distribute: Command, workspace: Path, pdf: Path) -> None:
    (workspace / "other").mkdir()
    (workspace / "other" / NAME).write_bytes(PDF + b"%%EOF")
    refused = distribute("plan", *order(pdf, workspace / "other" / NAME))
    assert "two of the attached files have one name" in refused.err


@pytest.mark.parametrize(
    ("size", "words"), [(0, "0 kB"), (10, "1 kB"), (820_400, "820 kB"), (1_440_000, "1.4 MB"), (17 * 10**9, "17.0 GB")]
)
def test_bytes_are_said_as_people_say_them(size: int, words: str) -> None:
    assert spelt(size) == words


@pytest.fixture
def document(workspace: Path) -> Path:
    """The release as a Word document with a photograph in it."""
    written = docx.Document()
    for paragraph in RELEASE.split("\n\n"):
        written.add_paragraph(paragraph)
    written.add_picture(io.BytesIO(photograph()))
    written.inline_shapes[0]._inline.docPr.set("descr", "The footbridge")
    written.save(str(workspace / "bridge.docx"))
    return workspace / "bridge.docx"


def test_a_picture_of_a_document_comes_with_the_letter_by_choice(
    distribute: Command, workspace: Path, document: Path
) -> None:
    without = distribute("plan", document.name, "--to", "press", "--json").json
    assert "attachments" not in without
    sent = distribute("send", document.name, "--to", "press", "--inline-images", "--confirm", "5", "--json")
    assert (sent.code, len(letters(workspace))) == (0, 5)
    for letter in letters(workspace):
        assert letter.get_content_type() == "multipart/related"
        (image,) = [part for part in letter.walk() if part.get_content_type() == "image/jpeg"]
        html = letter.get_body(("html",)).get_content()
        assert f'src="cid:{image["Content-ID"][1:-1]}"' in html
        with Image.open(io.BytesIO(image.get_payload(decode=True))) as read:
            assert (read.size, dict(read.getexif())) == ((40, 60), {})
    assert "no picture of its own" in distribute("plan", "bridge.txt", "--to", "press", "--inline-images").err


def test_a_picture_is_no_wider_than_a_letter_shows_it(distribute: Command, workspace: Path) -> None:
    written = docx.Document()
    for paragraph in RELEASE.split("\n\n"):
        written.add_paragraph(paragraph)
    written.add_picture(io.BytesIO(photograph(size=(3000, 2000), orientation=1)))
    written.save(str(workspace / "wide.docx"))
    order = ["plan", "wide.docx", "--to", "press", "--inline-images"]
    (file,) = distribute(*order, "--json").json["attachments"]
    assert (file["name"], file["type"]) == ("image1.jpg", "image/jpeg")
    assert file["cid"].endswith("@example.com")
    assert "shown     image1.jpg" in distribute(*order).out


@pytest.mark.parametrize("provider", ["postmark", "sendgrid"])
def test_a_provider_is_told_which_file_is_shown_where(
    provider: str, distribute: Command, document: Path, request: pytest.FixtureRequest
) -> None:
    fake = request.getfixturevalue(f"{provider}_server")
    order = ["send", document.name, "--to", "press", "--inline-images", "--confirm", "5"]
    assert distribute(*order, **fake.environ, EMAIL_PROVIDER=provider).code == 0
    taken = fake.received["reader0@example.com"]
    if provider == "postmark":
        (file,) = taken["Attachments"]
        assert f'src="{file["ContentID"]}"' in taken["HtmlBody"]
    else:
        (file,) = fake.files["reader0@example.com"]
        assert f'src="cid:{file["content_id"]}"' in taken["text/html"]
        assert file["disposition"] == "inline"
