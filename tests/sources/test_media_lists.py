"""Media lists: contacts, problems, selections."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from distribute.domain.audience import MediaList
from distribute.errors import SourceError
from distribute.sources.media_lists import find_list, parse_selection, read_media_list
from distribute.sources.suppressions import read_suppressions

EXAMPLES = Path(__file__).parents[2] / "recipients"
HEADER = "email,first_name,last_name,outlet,beat,language,region,timezone,embargo_ok\n"


def media_list(tmp_path: Path, *rows: str) -> MediaList:
    path = tmp_path / "press.csv"
    path.write_text(HEADER + "\n".join(rows) + "\n", encoding="utf-8")
    return read_media_list(path)


def test_the_example_list_reaches_seventeen_of_twenty() -> None:
    example = read_media_list(EXAMPLES / "example.csv")
    suppressed = {suppression.address for suppression in read_suppressions(EXAMPLES / "suppressions.csv")}
    rows = len((EXAMPLES / "example.csv").read_text(encoding="utf-8").splitlines()) - 1
    fatal = [problem for problem in example.problems if problem.is_fatal]
    people = {contact.address for contact in example.contacts}
    assert (rows, len(fatal), len(example.contacts) - len(people), len(people & suppressed)) == (20, 1, 1, 1)
    assert len(people - suppressed) == 17
    assert {contact.embargo_ok for contact in example.contacts} == {True, False}
    assert {contact.language for contact in example.contacts} == {"en", "fr"}


def test_a_row_becomes_a_contact(tmp_path: Path) -> None:
    found = media_list(tmp_path, "<mailto:Ana@Example.org>,Ana,Ruiz,The Post,rivers,en-CA,Ontario,America/Toronto,oui")
    (contact,) = found.contacts
    assert contact.email == "Ana@example.org"
    assert contact.address == "ana@example.org"
    assert (contact.name, contact.outlet, contact.beat) == ("Ana Ruiz", "The Post", "rivers")
    assert (contact.language, contact.timezone, contact.embargo_ok) == ("en", "America/Toronto", True)
    assert (contact.list_name, contact.line, found.problems) == ("press", 2, ())


@pytest.mark.parametrize(
    "email",
    [
        "ana@",
        "ana example@example.org",
        "a@example.org, c@example.net",
        "ana@example",
        "",
        "anä@example.org",
        "x" * 65 + "@example.org",
    ],
)
def test_a_bad_address_is_fatal_and_makes_no_contact(tmp_path: Path, email: str) -> None:
    found = media_list(tmp_path, f'"{email}",Ana,Ruiz,,,,,,', "ok@example.org,,,,,,,,")
    assert [contact.email for contact in found.contacts] == ["ok@example.org"]
    (problem,) = found.problems
    assert (problem.line, problem.is_fatal) == (2, True)


def test_what_cannot_be_read_is_reported_and_left_at_its_safe_value(tmp_path: Path) -> None:
    found = media_list(tmp_path, "ana@example.org,Ana,Ruiz,,,klingon,,EST,perhaps")
    (contact,) = found.contacts
    assert (contact.language, contact.timezone, contact.embargo_ok) == (None, None, False)
    assert [(problem.line, problem.is_fatal) for problem in found.problems] == [(2, False)] * 3


def test_a_name_that_could_forge_a_header_is_cleaned_and_reported(tmp_path: Path) -> None:
    found = media_list(tmp_path, '"ana@example.org","Ana\nBcc: all@example.org","\u202eziuR",,,,,,')
    (contact,) = found.contacts
    assert (contact.first_name, contact.last_name) == ("Ana Bcc: all@example.org", "ziuR")
    assert len(found.problems) == 2


def test_a_repeat_stays_and_is_named_with_its_first_line(tmp_path: Path) -> None:
    found = media_list(tmp_path, "ana@example.org,,,,,,,,", "ANA@EXAMPLE.ORG,,,,,,,,")
    assert len(found.contacts) == 2
    (problem,) = found.problems
    assert (problem.line, problem.is_fatal) == (3, False)
    assert "line 2" in problem.message


def test_a_selection_is_a_list_or_a_part_of_it() -> None:
    assert str(parse_selection("press")) == "press"
    selection = parse_selection("press: language=fr-CA, Embargo-OK=yes")
    assert (selection.name, dict(selection.where)) == ("press", {"language": "fr", "embargo_ok": "True"})


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("press:shoe=44", "known ones are email, first_name"),
        ("press:language", "write LIST or"),
        ("press:", "write LIST or"),
        (":language=en", "names no list"),
        ("", "names no list"),
        ("press:beat=a,beat=b", "twice"),
    ],
)
def test_a_selection_that_is_none_is_refused(text: str, said: str) -> None:
    with pytest.raises(SourceError, match=said):
        parse_selection(text)


def test_a_selected_answer_admits_the_contacts_that_gave_it(tmp_path: Path) -> None:
    found = media_list(tmp_path, "a@example.org,,,,,,,,oui", "b@example.org,,,,,,,,no")
    selection = parse_selection("press:embargo_ok=x")
    assert [contact.email for contact in found.contacts if selection.admits(contact)] == ["a@example.org"]


def test_a_list_is_found_by_its_name_and_the_others_are_named(tmp_path: Path) -> None:
    folder = tmp_path / "recipients"
    folder.mkdir()
    for name in ("canada", "france", "suppressions"):
        (folder / f"{name}.csv").write_text("email\n", encoding="utf-8")
    assert find_list(tmp_path, "canada") == folder / "canada.csv"
    with pytest.raises(SourceError, match=r"the lists there are canada, france$"):
        find_list(tmp_path, "spain")


@pytest.mark.parametrize("name", ["../secret", "a/b", "a\\b", "", "..", ".hidden"])
def test_a_name_cannot_leave_the_folder(tmp_path: Path, name: str) -> None:
    with pytest.raises(SourceError, match="is no name of a list"):
        find_list(tmp_path, name)


@given(st.binary(max_size=120))
@settings(deadline=None, max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_rows_make_contacts_or_problems(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "any.csv"
    path.write_bytes(b"email,first_name\n" + data)
    try:
        found = read_media_list(path)
    except SourceError:
        return
    for contact in found.contacts:
        assert contact.email.isascii() or contact.email.split("@")[0].isascii()
        assert contact.first_name.isprintable()


@pytest.mark.slow
def test_fifty_thousand_rows_are_read_in_seconds(tmp_path: Path) -> None:
    start = datetime.now(UTC)
    rows = (f"p{n}@example.org,Ana,Ruiz,Post,beat,en,ON,America/Toronto,yes" for n in range(50_000))
    assert len(media_list(tmp_path, *rows).contacts) == 50_000
    assert (datetime.now(UTC) - start).total_seconds() < 30
