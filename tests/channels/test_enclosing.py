from __future__ import annotations

import email
import email.policy
import json
from collections.abc import Callable
from email.message import EmailMessage
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from distribute.channels import open_provider
from distribute.channels.enclosing import enclose, listed
from distribute.channels.mime import message_bytes
from distribute.channels.transport import RehearsalWire
from distribute.domain.attachment import Attachment
from distribute.domain.content import Letter, Message, Slotted
from distribute.errors import PlanError
from tests.channels.conftest import ENVIRON, make_letter, make_message

PDF = Attachment(name="Rapport annuel.pdf", media_type="application/pdf", data=b"%PDF-1.4\n" + bytes(range(256)) * 40)
CHART = Attachment(name="chart.png", media_type="image/png", data=b"\x89PNG" + b"\xff" * 500, cid="c1@example.org")
NAMES = st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), min_size=1, max_size=80).filter(
    lambda name: not set(name) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
)


def parse(raw: bytes, policy: Any = email.policy.default) -> Any:
    return email.message_from_bytes(raw, policy=policy)


def structure(part: EmailMessage) -> Any:
    kind = part.get_content_type()
    return (kind, [structure(it) for it in part.iter_parts()]) if part.is_multipart() else kind  # type: ignore[arg-type]


ALTERNATIVE = ("multipart/alternative", ["text/plain", "text/html"])


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ((), ALTERNATIVE),
        ((PDF,), ("multipart/mixed", [ALTERNATIVE, "application/pdf"])),
        ((CHART,), ("multipart/related", [ALTERNATIVE, "image/png"])),
        (
            (PDF, CHART),
            ("multipart/mixed", [("multipart/related", [ALTERNATIVE, "image/png"]), "application/pdf"]),
        ),
    ],
)
def test_pictures_stand_beside_the_text_and_attachments_after_both(files: Any, expected: Any) -> None:
    message = make_message(1, make_letter(attachments=files))
    raw = message_bytes(message)
    read = parse(raw)
    assert structure(read) == expected
    assert not any(part.defects for part in read.walk())
    body = read.get_body(("plain",))
    assert body.get_payload(decode=True) == message.text.replace("\n", "\r\n").encode()
    assert b"\n" not in raw.replace(b"\r\n", b"")
    assert max(map(len, raw.split(b"\r\n"))) <= 78


def test_every_byte_of_a_file_arrives_under_its_name() -> None:
    read = parse(message_bytes(make_message(1, make_letter(attachments=(PDF, CHART)))))
    found = {part.get_filename(): part for part in read.walk() if part.get_filename()}
    assert found[PDF.name].get_payload(decode=True) == PDF.data
    assert found[PDF.name].get_content_disposition() == "attachment"
    assert found[CHART.name].get_payload(decode=True) == CHART.data
    assert found[CHART.name].get_content_disposition() == "inline"
    assert found[CHART.name]["Content-ID"] == "<c1@example.org>"


@settings(deadline=None, max_examples=200)
@given(name=NAMES)
def test_a_file_s_name_in_any_script_survives_both_parsers(name: str) -> None:
    before, after = enclose("Content-Type: text/plain\r\n\r\n", "", [_file(name)], "m")
    raw = f"{before}{after}".encode()
    for policy in (email.policy.default, email.policy.compat32):
        *_, last = parse(raw, policy).walk()
        assert last.get_filename() == name
    assert all(len(line) <= 78 for line in raw.split(b"\r\n"))


def _file(name: str) -> Attachment:
    return Attachment(name=name, media_type="application/pdf", data=b"%PDF-")


@pytest.mark.parametrize("hidden", ["a\r\nX: y.pdf", "a\u202efdp.exe", "a\x00.pdf"])
@pytest.mark.parametrize("name", ["outbox", "sendgrid", "postmark"])
def test_a_name_that_forges_a_header_is_refused_by_everybody(name: str, hidden: str) -> None:
    provider = open_provider(name, ENVIRON, RehearsalWire())
    with pytest.raises(PlanError, match="A file's name holds the invisible character"):
        provider.freeze([make_message(1, make_letter(attachments=(_file(hidden),)))])


def test_a_file_has_the_names_an_api_has_for_it() -> None:
    assert listed([CHART, PDF], ("n", "c", "t", "i"), "cid:{}") == [
        {"n": "chart.png", "c": CHART.base64, "t": "image/png", "i": "cid:c1@example.org"},
        {"n": PDF.name, "c": PDF.base64, "t": "application/pdf"},
    ]


def test_sendgrid_gets_the_files_once_for_all() -> None:
    letter = make_letter(attachments=(PDF, CHART))
    messages = [make_message(number, letter) for number in range(1, 4)]
    document = json.loads(open_provider("sendgrid", ENVIRON, RehearsalWire()).freeze(messages))
    assert document["attachments"] == [
        {"filename": PDF.name, "content": PDF.base64, "type": PDF.media_type, "disposition": "attachment"},
        {
            "filename": CHART.name, "content": CHART.base64, "type": "image/png",
            "content_id": "c1@example.org", "disposition": "inline",
        },
    ]  # fmt: skip


def test_postmark_gets_them_with_each_message_and_no_more_than_ten_megabytes() -> None:
    provider = open_provider("postmark", ENVIRON, RehearsalWire())
    letter = make_letter(attachments=(PDF, CHART))
    for entry in json.loads(provider.freeze([make_message(1, letter), make_message(2, letter)])):
        assert entry["Attachments"] == [
            {"Name": PDF.name, "Content": PDF.base64, "ContentType": "application/pdf"},
            {
                "Name": CHART.name, "Content": CHART.base64, "ContentType": "image/png",
                "ContentID": "cid:c1@example.org",
            },
        ]  # fmt: skip
    heavy = Attachment(name="a.pdf", media_type="application/pdf", data=bytes(7_500_000))
    with pytest.raises(PlanError, match="10 MB Postmark takes: leave files out"):
        provider.freeze([make_message(1, make_letter(attachments=(heavy,)))])


def test_resend_takes_no_files_in_a_batch() -> None:
    with pytest.raises(PlanError, match="Resend takes no files"):
        open_provider("resend", ENVIRON, RehearsalWire()).freeze([make_message(1, make_letter(attachments=(PDF,)))])


def test_a_picture_is_found_where_the_html_names_it(
    letter: Callable[..., Letter], message: Callable[..., Message]
) -> None:
    html = Slotted((f'<img src="cid:{CHART.cid}" alt="A chart">', "first_name", ""))
    read = parse(message_bytes(message(1, letter(html=html, attachments=(CHART,)))))
    assert f"cid:{CHART.cid}" in read.get_body(("html",)).get_content()
    assert [part["Content-ID"] for part in read.iter_attachments()] or read.get_content_type() == "multipart/related"
