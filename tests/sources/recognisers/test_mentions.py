"""Contacts in sentences: found where newsrooms are spoken to, left alone where the public is."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from distribute.domain.release import Release
from tests.sources.contact_texts import BODIES, Reached, cases, reached


@pytest.mark.parametrize(("language", "text", "expected"), list(cases("sentences.txt")))
def test_whom_a_sentence_bids_newsrooms_to_call_is_a_contact(
    read: Callable[..., Release], language: str, text: str, expected: Reached
) -> None:
    assert reached(read(BODIES[language] + text + "\n")) == expected


def test_the_sentence_stays_in_the_text(read: Callable[..., Release]) -> None:
    sentence = "To arrange an interview please contact Orla Finch on 020 7946 0123."
    paragraph = f"The bridge was built in 1911 and has been mended twice. {sentence} It is open by day."
    release = read(BODIES["en"] + paragraph + "\n")
    assert [contact.name for contact in release.contacts] == ["Orla Finch"]
    assert paragraph in [block.text for block in release.body]


def test_a_hotline_is_no_contact_though_nobody_else_is_named(read: Callable[..., Release]) -> None:
    assert reached(read(BODIES["en"] + "Anyone who saw it should call Crime Watch at 1-800-555-0199.\n")) == []


def test_a_hidden_address_leaves_the_person_without_one(read: Callable[..., Release]) -> None:
    (contact,) = read(BODIES["en"] + "For interviews, contact Sue Grant at [email\u00a0protected].\n").contacts
    assert (contact.name, contact.phones, contact.emails) == ("Sue Grant", (), ())


def test_somebody_the_public_may_call_counts_where_nobody_else_does(read: Callable[..., Release]) -> None:
    text = "Anyone with information is asked to contact Detective Sgt. Paul Moore at 613-555-0110 ext. 24.\n"
    (contact,) = read(BODIES["en"] + text).contacts
    assert (contact.name, contact.role, contact.phones) == ("Paul Moore", "Detective Sgt.", ("+16135550110;ext=24",))
