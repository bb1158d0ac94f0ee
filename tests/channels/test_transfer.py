from __future__ import annotations

import email
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from distribute.channels import transfer
from distribute.channels.transfer import base64_lines, encode
from distribute.domain.content import Slotted

SCRAPS = ["a", "é", "я", "\n", "\r\n", " ", "\t", ".", "From ", "=", "警", "x" * 70, "\n.\n", "--=_", ""]
TEXT = st.lists(st.sampled_from(SCRAPS), max_size=12).map("".join) | st.text(
    st.characters(exclude_categories=["Cs"]), max_size=40
)
PIECES = st.lists(TEXT, min_size=1, max_size=5)


def canonical(text: str) -> str:
    return re.sub(r"\r\n|\r|\n", "\r\n", text)


def decode(encoding: str, body: str) -> bytes:
    read = email.message_from_bytes(f"Content-Transfer-Encoding: {encoding}\r\n\r\n{body}".encode())
    payload = read.get_payload(decode=True)
    assert isinstance(payload, bytes)
    return payload


def slotted(constants: list[str]) -> Slotted:
    pieces = [constants[0]]
    for number, constant in enumerate(constants[1:]):
        pieces += [f"slot{number}", constant]
    return Slotted(tuple(pieces))


@settings(deadline=None, max_examples=300)
@given(constants=PIECES, values=st.lists(TEXT, min_size=5, max_size=5))
def test_whatever_is_filled_in_decodes_to_the_same_text(constants: list[str], values: list[str]) -> None:
    text = slotted(constants)
    filling = {f"slot{number}": value for number, value in enumerate(values)}
    expected = "".join(canonical(filling[it]) if odd % 2 else canonical(it) for odd, it in enumerate(text.pieces))
    quoted = tuple(it if odd % 2 else transfer._quoted(it) for odd, it in enumerate(text.pieces))
    based = tuple(it if odd % 2 else transfer._turned(it) for odd, it in enumerate(text.pieces))
    for encoded in (transfer._Quoted(quoted), transfer._Based(based)):
        body = encoded.fill(filling)
        assert decode(encoded.encoding, body) == expected.encode()
        assert body.isascii()
        assert "\r" not in body.replace("\r\n", "")
        assert "\n" not in body.replace("\r\n", "")
        assert max(map(len, body.split("\r\n"))) <= 76
        assert not any(line.startswith("From ") or line == "." for line in body.split("\r\n"))


@pytest.mark.parametrize(
    ("text", "encoding"),
    [("Mostly plain words, and one in French: été.\n" * 5, "quoted-printable"), ("Полиция\n" * 20, "base64")],
)
def test_the_encoding_is_the_shorter_one_for_what_everybody_gets(text: str, encoding: str) -> None:
    assert encode(Slotted((text, "name", text))).encoding == encoding


def test_a_value_shorter_than_a_triple_is_carried_on() -> None:
    encoded = encode(Slotted(("Полиц", "a", "и", "b", "", "c", "я" * 40)))
    body = encoded.fill({"a": "x", "b": "", "c": "yz"})
    assert encoded.encoding == "base64"
    assert decode("base64", body).decode() == "Полицxиyz" + "я" * 40


def test_a_file_is_written_in_lines_of_seventy_six() -> None:
    lines = base64_lines(bytes(range(200))).split("\r\n")
    assert [len(line) for line in lines] == [76, 76, 76, 40]
    assert base64_lines(b"") == ""
