"""Where contacts stand."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from distribute.domain.release import Release
from distribute.sources.recognisers.contact_labels import is_contact_label
from distribute.sources.vocabulary import vocabulary

BODY = "A headline about the dam\n\nThe operators ignored eleven warnings about the spillway, papers show.\n\n"


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "Media contact"),
        ("en", "For Additional Information or to Request Interviews, Please contact:"),
        ("en", "For more information, or to arrange an interview, please contact: Jane Doe, 613-555-0123"),
        ("en", "For more information contact Jane Doe at 613-555-0123."),
        ("fr", "Contacts médias :"),
        ("de", "Pressekontakt"),
        ("es", "Contacto de prensa:"),
        ("en", "Duty press officer"),
        ("en", "Issued by: Jane Doe, Communications, 613-555-0123"),
        ("fr", "Porte-parole"),
        ("fr", "Chargée de com : Léa Morin, 01 99 00 12 34"),
        ("fr", "Service presse :"),
        ("fr", "Relations médias"),
        ("fr", "Pour toute demande d’entrevue :"),
        ("de", "Pressestelle"),
        ("de", "Ansprechpartnerin für die Medien:"),
        ("de", "Rückfragehinweis:"),
        ("de", "Medienkontakt"),
        ("es", "Gabinete de prensa"),
        ("es", "Área de comunicación:"),
        ("nl", "Persvoorlichter:"),
        ("nl", "Woordvoerder"),
        ("nl", "Persdienst"),
        ("pt", "Assessoria de comunicação"),
        ("pt", "Gabinete de imprensa:"),
        ("pl", "Kontakt dla mediów:"),
        ("pl", "Więcej informacji udziela: Anna Nowak, a.nowak@example.org"),
    ],
)
def test_a_contact_label_is_told(language: str, line: str) -> None:
    assert is_contact_label(line, vocabulary(language))


@pytest.mark.parametrize(
    "line",
    [
        "Contact tracing is under way in the region",
        "More information is needed",
        "For more information, visit www.example.org.",
        "Issued by the court in March, the order is in force.",
    ],
)
def test_prose_is_no_contact_label(line: str) -> None:
    assert not is_contact_label(line, vocabulary("en"))


def test_contacts_above_the_headline_are_found(read: Callable[..., Release]) -> None:
    release = read("Contact: Jane Doe\njane@example.org\n613-555-0123, toll-free 888-555-0124\n\n" + BODY)
    assert release.headline == "A headline about the dam"
    assert [(c.name, c.phones, c.emails) for c in release.contacts] == [
        ("Jane Doe", ("+16135550123", "+18885550124"), ("jane@example.org",))
    ]


def test_a_block_without_a_label_is_found(read: Callable[..., Release]) -> None:
    release = read(BODY + "Jane Doe\nPress Officer\n613-555-0123\n")
    assert [(c.name, c.role) for c in release.contacts] == [("Jane Doe", "Press Officer")]
    assert len(release.body) == 1


def test_a_date_and_a_contact_on_one_line_are_told_apart(read: Callable[..., Release]) -> None:
    release = read("March 22, 2026 Contact: Jane Doe\n613-555-0123\n\n" + BODY)
    assert release.issued is not None
    assert release.issued.isoformat() == "2026-03-22"
    assert release.contacts[0].name == "Jane Doe"


def test_contacts_above_and_below_count_once(read: Callable[..., Release]) -> None:
    release = read("Contact: Jane Doe, 613-555-0123\n\n" + BODY + "Contact: Jane Doe, 613-555-0123\n")
    assert len(release.contacts) == 1


def test_a_number_in_prose_is_no_contact(read: Callable[..., Release]) -> None:
    assert (
        read(BODY + "Those who want to know more may call the service on 613-555-0123 at any time of day.\n").contacts
        == ()
    )
