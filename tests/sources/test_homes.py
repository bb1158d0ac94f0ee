"""The clock an issuer lives by, where all that is known of it agrees."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from distribute.domain.release import MediaContact, Release
from distribute.sources.homes import issuer_zones
from distribute.sources.releases import read_release
from distribute.sources.vocabulary import vocabulary

NOW = datetime(2026, 11, 22, tzinfo=UTC)


def desk(*phones: str, ending: str = "org") -> MediaContact:
    return MediaContact(name="Ana Ruiz", phones=phones, emails=(f"ana@example.{ending}",))


@pytest.mark.parametrize(
    ("language", "contacts", "zones"),
    [
        ("en", [desk("+442079460123")], {"Europe/London"}),
        ("en", [desk(ending="co.uk")], {"Europe/London"}),
        ("en", [desk("+61255500123")], {"Australia/Sydney"}),
        ("de", [], {"Europe/Berlin", "Europe/Vienna", "Europe/Zurich", "Europe/Busingen"}),
        ("en", [desk("+442079460123"), desk("+33199001234")], {"Europe/London", "Europe/Paris"}),
        ("en", [desk("+442079460123"), desk("+16135550142")], set()),
        ("en", [desk()], set()),
        ("fr", [], set()),
    ],
)
def test_telephones_and_addresses_tell_zones(language: str, contacts: list[MediaContact], zones: set[str]) -> None:
    assert set(issuer_zones(contacts, vocabulary(language))) == zones


def test_a_number_without_an_area_may_be_anywhere_in_its_country() -> None:
    assert {"Australia/Sydney", "Australia/Perth"} <= set(issuer_zones([desk("+61491570156")], vocabulary("en")))


def read(tmp_path: Path, embargo: str, contact: str, dateline: str = "") -> Release:
    path = tmp_path / "release.txt"
    path.write_text(
        f"{embargo}\n\nCouncil closes the old footbridge for the winter\n\n{dateline}The council closed the old "
        "footbridge on Monday, because its beams are too weak for the crowds of December.\n\n"
        f"Media contact:\nAna Ruiz\n{contact}\n"
    )
    return read_release(path, NOW)


@pytest.mark.parametrize(
    ("contact", "lift"),
    [
        ("020 7946 0123, ana@example.org", "2026-11-24T00:01+00:00"),
        ("+61 2 5550 0123, ana@example.org", "2026-11-24T00:01+11:00"),
        ("+33 1 99 00 12 34, ana@example.org", "2026-11-24T00:01+01:00"),
        ("613-555-0142, ana@example.org", None),
        ("+61 491 570 156, ana@example.org", None),
        ("ana@example.org", None),
        ("020 7946 0123 or +33 1 99 00 12 34", None),
    ],
)
def test_an_embargo_without_a_zone_is_of_the_desks_clock(tmp_path: Path, contact: str, lift: str | None) -> None:
    line = read(tmp_path, "EMBARGOED until 00:01, Tuesday 24 November 2026", contact).release_line
    assert line.is_embargoed
    assert line.until == (datetime.fromisoformat(lift) if lift else None)
    assert line.is_zone_inferred is bool(lift)


def test_a_written_zone_is_not_inferred(tmp_path: Path) -> None:
    line = read(tmp_path, "EMBARGOED until 00:01 GMT, Tuesday 24 November 2026", "+33 1 99 00 12 34").release_line
    assert line.until == datetime(2026, 11, 24, 0, 1, tzinfo=UTC)
    assert not line.is_zone_inferred


def test_a_dateline_that_names_two_places_is_not_overruled_by_a_desk(tmp_path: Path) -> None:
    embargo = "EMBARGOED until 06:00, Tuesday 24 November 2026"
    line = read(tmp_path, embargo, "+33 1 99 00 12 34", "PARIS/NEW YORK, 24 November 2026 – ").release_line
    assert line.until is None
