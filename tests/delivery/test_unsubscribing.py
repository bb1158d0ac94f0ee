"""Unsubscribe links name a delivery and cannot be made up."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from distribute.delivery.unsubscribing import UnsubscribeLinks
from distribute.domain.delivery import delivery_key

LINKS = UnsubscribeLinks("https://press.example.org", "secret")


def test_a_link_leads_back_to_its_delivery() -> None:
    link = LINKS.link("0123456789abcdef")
    assert link.startswith("https://press.example.org/u/")
    assert LINKS.read(link.rpartition("/")[2]) == "0123456789abcdef"


@given(st.text(max_size=60))
def test_a_delivery_keys_token_is_the_serializers_own_and_every_token_is_read(text: str) -> None:
    key = delivery_key("bridge", 1, "email", text)
    assert LINKS.link(key).rpartition("/")[2] == LINKS._signer.dumps(key)
    assert LINKS.read(LINKS.link(text).rpartition("/")[2]) == text


def test_another_secret_makes_other_links() -> None:
    token = UnsubscribeLinks("https://press.example.org", "other").link("0123").rpartition("/")[2]
    assert LINKS.read(token) is None


@given(st.text(max_size=80))
def test_what_was_not_made_here_names_nobody(token: str) -> None:
    assert LINKS.read(token) is None
