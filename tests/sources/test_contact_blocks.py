"""Blocks of contacts as press offices in six languages write them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from distribute.domain.release import Release
from tests.sources.contact_texts import BODIES, Reached, cases, reached


@pytest.mark.parametrize(("language", "text", "expected"), list(cases("blocks.txt")))
def test_everybody_in_a_block_is_found_with_what_reaches_them(
    read: Callable[..., Release], language: str, text: str, expected: Reached
) -> None:
    assert reached(read(BODIES[language] + text + "\n")) == expected


def test_labels_that_tell_contacts_apart_are_their_roles(read: Callable[..., Release]) -> None:
    text = "Investor Contact:\nJane Doe\n613-555-0123\n\nMedia Contact:\nTom Hale\n613-555-0124\n"
    assert [contact.role for contact in read(BODIES["en"] + text).contacts] == ["Investor Contact", "Media Contact"]
    assert [c.role for c in read(BODIES["en"] + "Media Contact:\nTom Hale\n613-555-0124\n").contacts] == [None]


def test_a_label_that_is_an_office_is_the_role_of_whom_it_names(read: Callable[..., Release]) -> None:
    text = "Pressekontakt\nBeispielbund\nPressesprecherin: Anna Weber\nTel.: 030 23125-010\n"
    (contact,) = read(BODIES["de"] + text).contacts
    assert (contact.name, contact.role) == ("Anna Weber", "Pressesprecherin")


def test_a_desk_that_only_repeats_somebodys_address_is_nobody_new(read: Callable[..., Release]) -> None:
    text = "To request an interview, email us at <jane@example.org>.\n\n###\n\nContact\nJane Doe\njane@example.org\n"
    assert reached(read(BODIES["en"] + text)) == [("Jane Doe", 0, 1)]


def test_a_letterhead_is_no_contact(read: Callable[..., Release]) -> None:
    head = (
        "HARBOUR FALLS POLICE\n14 Mill Street\nHarbour Falls, NH 03799\nBusiness: 603-555-0110  Fax: 603-555-0111\n\n"
    )
    assert reached(read(head + BODIES["en"] + "Media contact: Jane Doe, 603-555-0123\n")) == [("Jane Doe", 1, 0)]


def test_the_agency_behind_a_label_is_the_house_of_all_below(read: Callable[..., Release]) -> None:
    text = "Media Contact | Blue Anchor PR\nJane Doe – 613-555-0123\nTom Hale – 613-555-0124\n"
    assert [c.organisation for c in read(BODIES["en"] + text).contacts] == ["Blue Anchor PR"] * 2


def test_numbers_are_of_the_country_that_another_number_names(read: Callable[..., Release]) -> None:
    text = "Media contacts:\nJane Doe | +61 491 570 156\nTom Hale | Perth | (02) 5550 0123\n"
    assert [c.phones for c in read(BODIES["en"] + text).contacts] == [("+61491570156",), ("+61255500123",)]


def test_people_without_any_way_to_reach_them_are_parted_by_a_blank_line(read: Callable[..., Release]) -> None:
    text = "For more information contact:\n\nJane Doe\nExample Works\n\nTom Hale\nExample Works\nMedia Relations\n"
    found = read(BODIES["en"] + text).contacts
    assert [(contact.name, contact.organisation) for contact in found] == [
        ("Jane Doe", "Example Works"),
        ("Tom Hale", "Example Works"),
    ]
