"""Contact blocks: who, what, for whom, and how."""

from __future__ import annotations

import pytest

from distribute.domain.release import MediaContact
from distribute.sources.cards import Row, read_cards
from distribute.sources.vocabulary import vocabulary


def cards(language: str, *lines: str) -> tuple[MediaContact, ...]:
    return read_cards([Row(line, number) for number, line in enumerate(lines, 1)], vocabulary(language))


def test_a_comma_separated_line_is_taken_apart() -> None:
    (card,) = cards("en", "Ana Ruiz, Media Relations, Rivers Watch (English branch), 613-555-0123 ext. 236,")
    assert (card.name, card.role, card.organisation) == ("Ana Ruiz", "Media Relations", "Rivers Watch (English branch)")
    assert card.phones == ("+16135550123;ext=236",)


def test_a_block_of_lines_is_one_contact() -> None:
    (card,) = cards("en", "Ana Ruiz", "Communications officer", "Tel: 613-555-0123 (office)", "Email: ana@example.org")
    assert (card.name, card.role, card.organisation) == ("Ana Ruiz", "Communications officer", None)
    assert (card.phones, card.emails) == (("+16135550123",), ("ana@example.org",))


def test_each_name_begins_a_contact() -> None:
    found = cards(
        "fr",
        "Josée Roy, porte-parole, 418 555-0119, jroy@example.org",
        "Léo N'Diaye, agent de communication, 418 555-0120 poste 4",
    )
    assert [(card.name, card.role, card.line) for card in found] == [
        ("Josée Roy", "porte-parole", 1),
        ("Léo N'Diaye", "agent de communication", 2),
    ]


def test_an_organisation_before_a_name_belongs_to_it() -> None:
    first, second = cards("en", "Boeing Media Relations", "media@example.com", "EAA", "Jo Lee", "(613) 555-0123")
    assert (first.name, first.organisation) == (None, "Boeing Media Relations")
    assert (second.name, second.organisation, second.phones) == ("Jo Lee", "EAA", ("+16135550123",))


def test_a_role_may_stand_before_its_name() -> None:
    (card,) = cards("de", "Pressesprecherin Anna Weber", "Tel.: +49 30 23125 078")
    assert (card.name, card.role) == ("Anna Weber", "Pressesprecherin")


def test_a_desk_without_a_person_has_no_name() -> None:
    (card,) = cards("en", "Corporate Communications, City of Larkfield, 905.555.0166")
    assert (card.name, card.role, card.organisation) == (None, "Corporate Communications", "City of Larkfield")


def test_lines_that_reach_nobody_make_no_contact() -> None:
    assert cards("en", "Head office", "12 Main Street") == ()


def test_an_employer_that_could_be_a_name_is_no_second_person() -> None:
    (card,) = cards("en", "Ada Moreau, Example Works, 613-555-0142")
    assert (card.name, card.organisation) == ("Ada Moreau", "Example Works")
    both = cards("en", "Ada Moreau, 613-555-0142, Jane Roe, 613-555-0143")
    assert [(it.name, it.phones) for it in both] == [("Ada Moreau", ("+16135550142",)), ("Jane Roe", ("+16135550143",))]


@pytest.mark.parametrize(
    ("line", "name", "role", "organisation"),
    [
        ("Jane Doe of the Ministry of Works, 613-555-0142", "Jane Doe", None, "Ministry of Works"),
        ("Jane Doe Bridge Trust Senior Industrial Officer ph. 613-555-0142", "Jane Doe", None, None),
        ("Detective Sgt. Paul Moore, 613-555-0142", "Paul Moore", "Detective Sgt.", None),
        ("Ms. Jane Doe, MPH, OBE, 613-555-0142", "Jane Doe", None, None),
        ("Jane Doe, EWT Communications Director, 613-555-0142", "Jane Doe", "Communications Director", "EWT"),
        ("Jane Doe (EN/FR), vice president, Media, 613-555-0142", "Jane Doe", "vice president, Media", None),
        ("In Nairobi, Jane Doe (English, Luganda): 613-555-0142; Bluesky: @jd.example", "Jane Doe", None, None),
        ("Jane Doe, 613-555-0142 (US and Canada only), or visit our site", "Jane Doe", None, None),
        ("Jane Doe, Barker, Lane & Fox, 613-555-0142", "Jane Doe", None, None),
    ],
)
def test_the_words_around_a_name_are_told_apart(
    line: str, name: str, role: str | None, organisation: str | None
) -> None:
    (card,) = cards("en", line)
    assert (card.name, card.phones) == (name, ("+16135550142",))
    assert role is None or card.role == role
    assert organisation is None or card.organisation == organisation


def test_partners_who_give_a_house_their_names_are_one_house() -> None:
    (card,) = cards("en", "Jane Doe", "Barker, Lane & Fox", "613-555-0142")
    assert card.organisation == "Barker, Lane & Fox"


def test_a_house_is_told_by_the_domain_it_writes_from() -> None:
    (card,) = cards("de", "Wortwerk Kommunikation", "Jan Roth", "jan.roth@wortwerk.example")
    assert (card.name, card.organisation) == ("Jan Roth", "Wortwerk Kommunikation")


def test_an_address_is_given_to_whom_it_spells() -> None:
    first, second = cards("en", "Jane Doe on 613-555-0142 or Tom Hale on 613-555-0143; jane@example.org")
    assert (first.emails, second.emails) == (("jane@example.org",), ())
    desk, person = cards("en", "Press office: 613-555-0142 // Tom Hale, 613-555-0143 // press@example.org")
    assert (desk.emails, person.emails) == (("press@example.org",), ())


def test_what_is_said_of_both_is_true_of_both() -> None:
    found = cards("en", "Jane Doe or Tom Hale, 613-555-0142,", "both of the Office of the Speaker")
    assert [card.organisation for card in found] == ["Office of the Speaker"] * 2


def test_a_person_whose_address_is_hidden_is_kept_without_one() -> None:
    (card,) = cards("en", "Jane Doe at [email protected]")
    assert (card.name, card.emails) == ("Jane Doe", ())
