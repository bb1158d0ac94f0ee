from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Callable
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.utils import getaddresses
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from distribute.channels.mime import message_bytes, unstructured
from distribute.domain.content import Address, Letter, Message, Slotted
from distribute.errors import PlanError

TEXT = st.text(
    st.characters(
        exclude_categories=["Cc", "Cs", "Zl", "Zp"],
        exclude_characters="\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069",
    )
)
PHRASES = st.lists(
    st.sampled_from(
        ["Минск", "полиция", "police", "“held", "accountable”", "été", "警察", "🕯️", "-", "=?utf-8?q?x?=", ""]
    ),
    max_size=60,
).map(" ".join)


def parse(raw: bytes) -> EmailMessage:
    return email.message_from_bytes(raw, policy=email.policy.default)


def build(letter: Callable[..., Letter], message: Callable[..., Message], **changes: Any) -> bytes:
    recipient = changes.pop("recipient", Address("Person 1", "person1@example.com"))
    return message_bytes(message(1, letter(**changes), recipient=recipient))


def test_a_message_is_text_then_html_to_one_recipient(message: Callable[..., Message]) -> None:
    sent = message(1)
    read = parse(message_bytes(sent))
    assert read.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in read.iter_parts()] == ["text/plain", "text/html"]
    plain, html = (part.get_payload(decode=True) for part in read.iter_parts())
    assert plain == sent.text.replace("\n", "\r\n").encode()
    assert html == sent.html.encode()
    assert not read.defects
    assert read["To"] == "Person 1 <person1@example.com>"
    assert read["Date"] == "Tue, 24 Nov 2026 11:00:00 +0000"
    assert read["Message-ID"] == f"<{sent.key}@example.org>"
    assert read["Reply-To"] == "desk@example.org"
    assert read["Cc"] is read["Bcc"] is None


def test_the_same_message_is_the_same_bytes(message: Callable[..., Message]) -> None:
    assert message_bytes(message(1)) == message_bytes(message(1))
    assert message_bytes(message(1)) != message_bytes(message(2))


def test_every_line_ends_in_crlf_and_is_short(message: Callable[..., Message], letter: Callable[..., Letter]) -> None:
    long = letter(subject="Été " * 400, text=Slotted(("à" * 5000 + "\n",)), html=Slotted(("x" * 5000,)))
    raw = message_bytes(message(1, long))
    assert raw.isascii()
    assert b"\n" not in raw.replace(b"\r\n", b"")
    assert b"\r" not in raw.replace(b"\r\n", b"")
    assert max(map(len, raw.split(b"\r\n"))) <= 76


@settings(deadline=None, max_examples=200)
@given(subject=TEXT | PHRASES | TEXT.map(lambda text: text * 40))
def test_a_subject_of_any_length_in_any_script_survives(subject: str) -> None:
    written = unstructured("Subject", subject)
    folded = f"Subject: {written}\r\n\r\n".encode()
    old, new = email.message_from_bytes(folded), parse(folded)
    assert str(make_header(decode_header(old["Subject"]))) == subject
    assert new["Subject"] == subject
    if not subject.isascii():
        assert all(len(line) <= 76 for line in f"Subject: {written}".split("\r\n"))
        assert all(len(word) <= 75 for word in re.findall(r"=\?\S+\?=", written))


@settings(deadline=None, max_examples=200)
@given(name=TEXT | PHRASES)
def test_a_display_name_of_any_kind_survives_and_stays_one_recipient(name: str) -> None:
    letter = Letter(
        variant="en", language="en", sender=Address(name, "press@example.org"), reply_to=None, subject="s",
        html=Slotted(("h",)), text=Slotted(("t",)), headers=(), date="Tue, 24 Nov 2026 11:00:00 +0000", release="r",
    )  # fmt: skip
    raw = message_bytes(Message(key="k", letter=letter, recipient=Address(name, "anna@example.com"), values={}))
    for field, address in (("From", "press@example.org"), ("To", "anna@example.com")):
        ((shown, found),) = getaddresses([str(email.message_from_bytes(raw)[field]).replace("\r\n", "")])
        assert found == address
        assert str(make_header(decode_header(shown))) == name.strip()


def test_plain_subjects_stay_readable(letter: Callable[..., Letter], message: Callable[..., Message]) -> None:
    raw = build(letter, message, subject="Belarus: Police must be held accountable")
    assert b"\r\nSubject: Belarus: Police must be held accountable\r\n" in raw


def test_the_unsubscribe_address_is_never_encoded(
    letter: Callable[..., Letter], message: Callable[..., Message]
) -> None:
    url = f"<https://example.org/u/{'t' * 300}>"
    raw = build(letter, message, headers=(("List-Unsubscribe", Slotted((f"{url}, <mailto:stop@example.org>",))),))
    assert f"\r\nList-Unsubscribe: {url},\r\n <mailto:stop@example.org>\r\n".encode() in raw
    assert parse(raw)["List-Unsubscribe"] == f"{url}, <mailto:stop@example.org>"


@pytest.mark.parametrize("hidden", ["\x00", "\r\nBcc: eve@example.com", "\n", "\x1b", "\u202e"])
def test_nothing_hidden_gets_into_a_header(
    hidden: str, letter: Callable[..., Letter], message: Callable[..., Message]
) -> None:
    for changes in (
        {"subject": f"a{hidden}b"},
        {"sender": Address(f"a{hidden}b", "press@example.org")},
        {"reply_to": Address("", f"desk{hidden}@example.org")},
        {"recipient": Address(f"a{hidden}b", "anna@example.com")},
        {"headers": (("List-Id", Slotted((f"a{hidden}b",))),)},
        {"date": f"Tue{hidden}"},
    ):
        with pytest.raises(PlanError):
            build(letter, message, **changes)


@pytest.mark.parametrize(
    ("text", "encoding"),
    [("Mostly plain words, and one in French: été.\n" * 5, "quoted-printable"), ("Полиция\n" * 20, "base64")],
)
def test_a_part_takes_the_shorter_encoding(
    text: str, encoding: str, letter: Callable[..., Letter], message: Callable[..., Message]
) -> None:
    part = parse(build(letter, message, text=Slotted((text,)))).get_body(("plain",))
    assert part is not None
    assert part["Content-Transfer-Encoding"] == encoding
    assert part.get_content().replace("\r\n", "\n") == text


@settings(deadline=None, max_examples=100)
@given(
    text=st.text(st.characters(exclude_categories=["Cs"]))
    | st.sampled_from(["--=_", "a \n", "a\t\r\n.\r\nFrom x\n", "=", "\u0085"])
)
def test_a_text_of_any_kind_survives(text: str) -> None:
    letter = Letter(
        variant="en", language="en", sender=Address("", "press@example.org"), reply_to=None, subject="s",
        html=Slotted((text,)), text=Slotted((text,)), headers=(), date="Tue, 24 Nov 2026 11:00:00 +0000", release="r",
    )  # fmt: skip
    raw = message_bytes(Message(key="k", letter=letter, recipient=Address("", "anna@example.com"), values={}))
    expected = re.sub("\r\n|\r|\n", "\r\n", text)
    for part in parse(raw).iter_parts():
        payload = part.get_payload(decode=True)
        assert isinstance(payload, bytes)
        assert payload.decode() == expected


def test_an_address_beyond_ascii_is_written_as_it_is(
    letter: Callable[..., Letter], message: Callable[..., Message]
) -> None:
    raw = build(letter, message, recipient=Address("Jürgen", "jürgen@bücher.example"))
    assert "<jürgen@xn--bcher-kva.example>".encode() in raw
