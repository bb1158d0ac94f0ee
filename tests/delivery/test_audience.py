"""Who gets a copy: one per person, and every other row with its reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from distribute.delivery.audience import Audience, choose
from distribute.delivery.roll import Roll
from distribute.domain.audience import Contact, MediaList, RowProblem, Selection, SkipReason, Suppression
from distribute.domain.delivery import delivery_key
from distribute.domain.plan import Skip
from tests.delivery.builders import contacts, media


def chosen_from(
    audience: Audience, *, is_embargoed: bool = False, promised: Mapping[str, str] | None = None
) -> tuple[list[Contact], list[Skip]]:
    """The recipients and the skips; ``promised`` maps addresses to the plan that holds them."""

    def key(address: str) -> str:
        return delivery_key("bridge", 1, "email", address)

    roll = Roll()
    roll.promise((key(address), plan) for address, plan in (promised or {}).items())
    choose(audience, roll, is_embargoed=is_embargoed, key=key)
    return [person.contact for person in roll.people()], list(roll.skips())


def test_one_copy_per_person_across_lists_whatever_the_case() -> None:
    ada, again = (
        Contact(email="Ada@Example.com", list_name="press", line=2),
        Contact(email="ada@example.COM", list_name="desk", line=7),
    )
    recipients, skips = chosen_from(Audience(chosen=[media(ada), media(again, name="desk")]))
    assert recipients == [ada]
    assert [(s.reason, s.list_name, s.line, s.detail) for s in skips] == [
        (SkipReason.DUPLICATE, "desk", 7, "the same person as press line 2")
    ]


def test_the_suppressed_the_excluded_and_the_promised_are_skipped_with_the_reason() -> None:
    people = contacts(4)
    audience = Audience(
        chosen=[media(*people)],
        excluded=[media(people[1], name="rivals")],
        suppressions=[Suppression(email="READER0@example.com", reason="asked us by phone")],
    )
    recipients, skips = chosen_from(audience, promised={people[2].address: "bridge-1"})
    assert recipients == [people[3]]
    assert {s.recipient: (s.reason, s.detail) for s in skips} == {
        people[0].address: (SkipReason.SUPPRESSED, "asked us by phone"),
        people[1].address: (SkipReason.EXCLUDED, "on rivals"),
        people[2].address: (SkipReason.ALREADY, "in plan bridge-1"),
    }


@pytest.mark.parametrize(("flags", "is_sent"), [((False,), False), ((True,), True), ((False, True), True)])
def test_under_embargo_only_those_who_accept_embargoes(flags: tuple[bool, ...], is_sent: bool) -> None:
    rows = [replace(contacts(1)[0], embargo_ok=flag, line=n) for n, flag in enumerate(flags)]
    recipients, skips = chosen_from(Audience(chosen=[media(*rows)]), is_embargoed=True)
    assert bool(recipients) == is_sent
    assert [s.reason for s in skips if s.reason is not SkipReason.DUPLICATE] == (
        [] if is_sent else [SkipReason.EMBARGO]
    )


def test_a_row_with_a_broken_address_is_a_skip_with_its_line() -> None:
    problem = RowProblem(path="recipients/press.csv", line=9, message="no @", email="nonsense")
    note = RowProblem(path="recipients/press.csv", line=3, message="odd zone", is_fatal=False)
    listed = MediaList(name="press", contacts=contacts(1), problems=(problem, note))
    _, skips = chosen_from(Audience(chosen=[(Selection(name="press", where={}), listed)]))
    assert [(s.recipient, s.reason, s.line, s.detail) for s in skips] == [
        ("nonsense", SkipReason.BAD_ADDRESS, 9, "no @")
    ]


def test_a_part_of_a_list_reaches_only_that_part() -> None:
    french = Contact(email="a@example.com", language="fr")
    english = Contact(email="b@example.com", language="en")
    part = (Selection(name="press", where={"language": "fr"}), MediaList(name="press", contacts=(french, english)))
    recipients, skips = chosen_from(Audience(chosen=[part]))
    assert (recipients, skips) == ([french], [])


_PEOPLE = st.lists(
    st.builds(
        Contact,
        email=st.sampled_from(["a@example.com", "A@example.com", "b@example.com", "c@example.com", "d@example.com"]),
        embargo_ok=st.booleans(),
    ),
    max_size=12,
).map(tuple)


@given(_PEOPLE, _PEOPLE, st.booleans(), st.sets(st.sampled_from(["a@example.com", "b@example.com"])))
@settings(max_examples=150, deadline=None)
def test_every_row_is_either_a_recipient_or_a_skip(
    chosen: tuple[Contact, ...], excluded: tuple[Contact, ...], is_embargoed: bool, suppressed: set[str]
) -> None:
    audience = Audience(
        chosen=[media(*chosen)],
        excluded=[media(*excluded)],
        suppressions=[Suppression(email=email, reason="no") for email in suppressed],
    )
    recipients, skips = chosen_from(audience, is_embargoed=is_embargoed)
    assert len(recipients) + len(skips) == len(chosen)
    addresses = [contact.address for contact in recipients]
    assert len(addresses) == len(set(addresses))
    assert not set(addresses) & (suppressed | {contact.address for contact in excluded})
    assert not is_embargoed or all(contact.embargo_ok for contact in recipients)
