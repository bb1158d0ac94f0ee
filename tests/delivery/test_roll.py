"""People lie on disk and are found in order; who gets nothing is written down with the reason."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from distribute.delivery.roll import Roll, Rows
from distribute.domain.audience import Contact, RowProblem
from distribute.domain.delivery import delivery_key
from tests.delivery.builders import contacts

ADA = Contact(
    email="Ada@Example.com",
    first_name="Ada",
    last_name="Moreau",
    outlet="The Post, “Rivers”",
    language="fr",
    timezone="Europe/Paris",
    embargo_ok=True,
    list_name="press",
    line=7,
)


def key(contact: Contact) -> str:
    return delivery_key("bridge", 1, "email", contact.address)


def test_a_person_comes_back_as_entered() -> None:
    roll = Roll()
    roll.add(ADA, key(ADA), "fr")
    roll.decide(is_embargoed=True)
    (person,) = roll.people()
    assert (person.contact, person.key, person.variant) == (ADA, key(ADA), "fr")


def test_recipients_come_by_the_variant_of_their_letter_and_in_the_order_of_the_lists() -> None:
    roll = Roll()
    for contact in contacts(6):
        roll.add(contact, key(contact), ("fr", "en")[contact.line % 2])
    roll.decide(is_embargoed=False)
    assert roll.variants() == ["en", "fr"]
    assert [person.contact.line for person in roll.people()] == [3, 5, 7, 2, 4, 6]


def test_a_note_is_heard_only_of_a_row_that_reaches_somebody() -> None:
    roll = Roll()
    ada, ben, _ = contacts(3)
    for contact in (ada, ben, Contact(email=ada.email, list_name="press", line=9)):
        roll.add(contact, key(contact), "en")
    for line in (2, 3, 9):
        roll.report("press", RowProblem(path="press.csv", line=line, message="odd zone", is_fatal=False))
    roll.exclude([ben], "on rivals")
    roll.decide(is_embargoed=False)
    assert roll.notes(5) == (["press.csv:2: odd zone"], 1)
    assert roll.notes(0) == ([], 1)
    assert [skip.line for skip in roll.skips()] == [9, 3]
    assert roll.skipped("email") == {"duplicate": 1, "excluded": 1}


def test_nobody_excluded_hides_that_they_asked_not_to_be_contacted() -> None:
    roll = Roll()
    roll.exclude([ADA], "on rivals")
    roll.exclude([ADA], "on others")
    roll.add(ADA, key(ADA), "en")
    roll.decide(is_embargoed=False)
    assert [skip.detail for skip in roll.skips()] == ["on others"]


@given(st.integers(0, 9), st.integers(-11, 11), st.integers(-11, 11), st.sampled_from([None, 1, 2, -1]))
@settings(deadline=None, max_examples=150)
def test_rows_are_a_sequence(length: int, start: int, stop: int, step: int | None) -> None:
    plain = list(range(length))
    rows = Rows(lambda: length, lambda first, last: iter(plain[first:last]))
    assert list(rows) == plain
    assert list(rows[start:stop:step]) == plain[start:stop:step]
    assert bool(rows) == bool(plain)
    if -length <= start < length:
        assert rows[start] == plain[start]
    else:
        with pytest.raises(IndexError):
            rows[start]
