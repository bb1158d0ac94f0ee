from __future__ import annotations

from email.utils import getaddresses

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from distribute.channels.headers import address_spec, mailbox, require_field, require_plain
from distribute.domain.content import Address
from distribute.errors import PlanError

FORBIDDEN = ["\x00", "\t", "\n", "\r", "\x0b", "\x1f", "\x7f", "\x85", "\u2028", "\u202e", "\u2066", "\ud800"]
NAMES = st.text(
    st.characters(
        exclude_categories=["Cc", "Cs", "Zl", "Zp"],
        exclude_characters="\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069",
    )
)


@pytest.mark.parametrize("character", FORBIDDEN, ids=lambda character: f"U+{ord(character):04X}")
def test_a_character_that_forges_or_reorders_a_header_is_refused(character: str) -> None:
    with pytest.raises(PlanError, match=rf"Subject holds the invisible character U\+{ord(character):04X}"):
        require_plain("Subject", f"Police{character}Bcc: eve@example.com")


@pytest.mark.parametrize("text", ["“Police” — été", "Минск", "🕯️", "عاجل\u200f", "a\u00adb"])
def test_letters_of_any_script_are_plain(text: str) -> None:
    assert require_plain("Subject", text) == text


@pytest.mark.parametrize("name", ["", "List Unsubscribe", "X:Y", "X-É", "X\r\nBcc"])
def test_what_is_no_field_name_is_refused(name: str) -> None:
    with pytest.raises(PlanError, match="is not the name of a header field"):
        require_field(name, "value")


def test_a_field_that_may_not_be_encoded_takes_ascii_only() -> None:
    with pytest.raises(PlanError, match="List-Unsubscribe holds letters beyond US-ASCII"):
        require_field("List-Unsubscribe", "<https://example.org/é>")


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("", "anna@example.com"),
        ("  ", "anna@example.com"),
        ("Anna Berg", "Anna Berg <anna@example.com>"),
        ("Berg, Anna", '"Berg, Anna" <anna@example.com>'),
        ('Anna "Ann" Berg', '"Anna \\"Ann\\" Berg" <anna@example.com>'),
        ("back\\slash", '"back\\\\slash" <anna@example.com>'),
        ("Élise", '"Élise" <anna@example.com>'),
        ("a@b.example", '"a@b.example" <anna@example.com>'),
    ],
)
def test_a_name_is_quoted_where_it_must_be(name: str, shown: str) -> None:
    assert mailbox("To", Address(name, "anna@example.com")) == shown


@settings(deadline=None, max_examples=200)
@given(name=NAMES)
def test_a_name_never_becomes_a_second_recipient(name: str) -> None:
    found = getaddresses([mailbox("To", Address(name, "anna@example.com"))])
    assert [address for _, address in found] == ["anna@example.com"]


@pytest.mark.parametrize(
    "email",
    [
        "",
        "anna",
        "anna@",
        "@example.com",
        "a@b.example, c@d.example",
        "a b@example.com",
        "a@b@c.example",
        "<a@b.example>",
    ],
)
def test_what_is_not_exactly_one_address_is_refused(email: str) -> None:
    with pytest.raises(PlanError, match="is not one e-mail address"):
        address_spec("To", Address("", email))


def test_a_domain_is_written_in_ascii_and_a_local_part_as_it_is() -> None:
    assert address_spec("To", Address("", "jürgen@bücher.example")) == "jürgen@xn--bcher-kva.example"


def test_a_domain_that_cannot_exist_is_refused() -> None:
    with pytest.raises(PlanError, match="cannot exist"):
        address_spec("To", Address("", f"anna@{'é' * 70}.example"))
