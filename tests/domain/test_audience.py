"""Who a person is, whichever way their address is written, and who belongs to a part of a list."""

from __future__ import annotations

import dataclasses
import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from distribute.domain.audience import Contact, RowProblem, Selection, SkipReason, Suppression, normalise_address

WILD = st.text(st.characters(exclude_categories=["Cs"]), max_size=15) | st.text(
    " \u200b@.aAßΐİſ＠\u2024\u3002\xad\u0301\u0345K™", max_size=10
)


# ---- addresses


@pytest.mark.parametrize(
    ("written", "known_as"),
    [
        ("ana@example.com", "ana@example.com"),
        ("Ana.Example@Example.COM", "ana.example@example.com"),
        ("  ana@example.com\n", "ana@example.com"),
        ("jose\u0301@example.com", "jos\u00e9@example.com"),
        ("ana@büro.example.com", "ana@xn--bro-hoa.example.com"),
        ("ana@BÜRO.example.com", "ana@xn--bro-hoa.example.com"),
        ("ana@bu\u0308ro.example.com", "ana@xn--bro-hoa.example.com"),
        ("ana@xn--bro-hoa.example.com", "ana@xn--bro-hoa.example.com"),
        ("ana+desk@example.com", "ana+desk@example.com"),
        ('"a@b"@example.com', '"a@b"@example.com'),
        ("ana@under_score.example.com", "ana@under_score.example.com"),
        ("ana@two..dots.example.com", "ana@two..dots.example.com"),
        ("Not An Address", "not an address"),
        ("", ""),
    ],
)
def test_an_address_is_known_in_one_form(written: str, known_as: str) -> None:
    assert normalise_address(written) == known_as


def test_a_label_too_long_for_dns_is_left_readable() -> None:
    label = "ü" * 70
    assert normalise_address(f"ana@{label}.example.com") == f"ana@{label}.example.com"


@given(WILD | st.builds("{}@{}".format, WILD, WILD))
@example("ß\u0301@example.com")
@example("a@b\u200b \u200b")
@example("＠ 0")
@settings(deadline=None, max_examples=300)
def test_normalising_twice_changes_nothing(text: str) -> None:
    once = normalise_address(text)
    assert normalise_address(once) == once


@given(st.builds("{}@{}".format, WILD, WILD))
@settings(deadline=None)
def test_composed_and_decomposed_writing_is_one_person(text: str) -> None:
    forms = {normalise_address(unicodedata.normalize(form, text)) for form in ("NFC", "NFD")}
    assert len(forms) == 1


@given(local=st.from_regex(r"[a-zéøł.]{1,12}", fullmatch=True), domain=st.from_regex(r"[a-zéü]{1,10}", fullmatch=True))
@settings(deadline=None)
def test_capitals_do_not_make_another_person(local: str, domain: str) -> None:
    address = f"{local}@{domain}.example.com"
    assert normalise_address(address.upper()) == normalise_address(address)


@given(a=st.emails(), b=st.emails())
@settings(deadline=None)
def test_two_addresses_are_one_only_if_they_differ_in_case_alone(a: str, b: str) -> None:
    assert (normalise_address(a) == normalise_address(b)) == (a.lower() == b.lower())


def test_a_suppression_binds_a_contact_however_either_is_written() -> None:
    contact = Contact(email="Ana@Büro.example.com")
    assert Suppression(email="ana@xn--bro-hoa.example.com", reason="asked").address == contact.address


# ---- contacts


@pytest.mark.parametrize(
    ("first", "last", "name"),
    [("Ana", "Example", "Ana Example"), ("", "Example", "Example"), ("Ana", "", "Ana"), ("", "", "")],
)
def test_a_name_is_what_there_is_of_it(first: str, last: str, name: str) -> None:
    assert Contact(email="ana@example.com", first_name=first, last_name=last).name == name


def test_nobody_accepts_embargoes_without_saying_so() -> None:
    assert Contact(email="ana@example.com").embargo_ok is False


def test_a_contact_cannot_be_changed_after_it_was_read() -> None:
    contact = Contact(email="ana@example.com")
    with pytest.raises(dataclasses.FrozenInstanceError):
        contact.email = "ben@example.com"  # type: ignore[misc]


def test_a_row_problem_says_where() -> None:
    problem = RowProblem(path="recipients/press.csv", line=7, message="“ana@@” is not an e-mail address")
    assert str(problem) == "recipients/press.csv:7: “ana@@” is not an e-mail address"


def test_skip_reasons_are_the_words_of_the_report() -> None:
    assert {str(reason) for reason in SkipReason} == {
        "duplicate",
        "suppressed",
        "excluded",
        "embargo-not-accepted",
        "already-sent",
        "bad-address",
    }


# ---- selections


@pytest.mark.parametrize(
    ("where", "is_admitted"),
    [
        ({}, True),
        ({"region": "Québec"}, True),
        ({"region": "QUÉBEC"}, True),
        ({"region": "Que\u0301bec"}, True),
        ({"region": "Ontario"}, False),
        ({"region": "Québec", "language": "fr"}, True),
        ({"region": "Québec", "language": "en"}, False),
        ({"beat": ""}, True),
        ({"timezone": ""}, True),
        ({"timezone": "UTC"}, False),
        ({"region": "Qu"}, False),
        ({"embargo_ok": "False"}, True),
        ({"embargo_ok": "True"}, False),
    ],
)
def test_a_selection_admits_who_matches_every_field(where: dict[str, str], *, is_admitted: bool) -> None:
    contact = Contact(email="ana@example.com", region="Québec", language="fr")
    assert Selection(name="press", where=where).admits(contact) is is_admitted


@pytest.mark.parametrize(
    ("where", "written"),
    [({}, "press"), ({"region": "Québec", "language": "fr"}, "press:region=Québec,language=fr")],
)
def test_a_selection_is_shown_as_it_is_written(where: dict[str, str], written: str) -> None:
    assert str(Selection(name="press", where=where)) == written
