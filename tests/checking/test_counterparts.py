"""Embargo, quotations, contacts, name and age of two versions: each rule with versions that agree and do not."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest

from distribute.checking import Version, check_versions
from distribute.domain.finding import Finding, Severity
from distribute.domain.release import MediaContact, Quote, Release, ReleaseLine, ReleaseLineKind

LIFT = datetime(2026, 11, 24, 11, 0, tzinfo=UTC)
EMBARGO = ReleaseLine(kind=ReleaseLineKind.EMBARGO, raw="EMBARGO", until=LIFT, line=2)
ENGLISH = Release(headline="Dams fail", language="en", slug="dams", headline_line=1)
FRENCH = Release(headline="Des barrages cèdent", language="fr", slug="barrages", headline_line=1)
ANA = MediaContact(name="Ana Ruiz", phones=("+16135550123",), emails=("ana@example.org",), line=9)
NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


def compare(own: dict[str, Any], other: dict[str, Any], *edited: datetime) -> list[Finding]:
    first, second = edited or (None, None)
    one = Version(replace(ENGLISH, **own), "dams.en.md", first)
    return list(check_versions(one, [Version(replace(FRENCH, **other), "dams.fr.md", second)]))


def test_the_same_instant_in_two_zones_is_one_embargo() -> None:
    eastern = replace(EMBARGO, until=LIFT.astimezone(timezone(timedelta(hours=-5))))
    assert compare({"release_line": EMBARGO}, {"release_line": eastern}) == []
    assert compare({}, {}) == []


def test_two_instants_are_an_error_with_both() -> None:
    later = replace(EMBARGO, until=LIFT + timedelta(hours=1), line=4)
    (finding,) = compare({"release_line": EMBARGO}, {"release_line": later})
    assert (finding.rule, finding.severity, finding.line) == ("version-embargo", Severity.ERROR, 2)
    assert "dams.en.md says Tuesday 2026-11-24 11:00 UTC (line 2)" in finding.message
    assert "dams.fr.md Tuesday 2026-11-24 12:00 UTC (line 4)" in finding.message


@pytest.mark.parametrize("free", [ReleaseLine(), ReleaseLine(kind=ReleaseLineKind.IMMEDIATE, raw="Immediate", line=1)])
def test_an_embargo_in_one_version_only_is_an_error(free: ReleaseLine) -> None:
    (finding,) = compare({"release_line": free}, {"release_line": EMBARGO})
    assert (finding.severity, finding.file, finding.line) == (Severity.ERROR, "dams.fr.md", 2)
    assert "dams.en.md is not" in finding.message


def test_an_embargo_nobody_can_date_is_an_error_of_its_own() -> None:
    assert compare({"release_line": replace(EMBARGO, until=None)}, {"release_line": EMBARGO}) == []


def test_a_missing_quotation_is_named_by_its_words() -> None:
    said, added = Quote(text="We looked.", speaker="Ana Ruiz", line=7), Quote(text="No.", speaker="Ben Okoro", line=9)
    assert compare({"quotes": (said,)}, {"quotes": (replace(said, text="Nous avons cherché."),)}) == []
    (finding,) = compare({"quotes": (said,)}, {"quotes": (added, said)})
    assert (finding.rule, finding.file, finding.line) == ("version-quotes", "dams.fr.md", 9)
    assert "only the French text has “No.” (line 9)" in finding.message


def test_contacts_are_the_same_people_with_the_same_numbers() -> None:
    assert compare({"contacts": (ANA,)}, {"contacts": (replace(ANA, role="Directrice"),)}) == []
    other = replace(ANA, phones=("+16135550199",), line=11)
    (finding,) = compare({"contacts": (ANA,)}, {"contacts": (other,)})
    assert finding.message == (
        "The telephone of Ana Ruiz is +16135550123 in the English text (line 9), "
        "+16135550199 in the French text (line 11)."
    )
    (finding,) = compare({"contacts": (ANA,)}, {"contacts": (replace(ANA, emails=()),)})
    assert "e-mail of Ana Ruiz is ana@example.org" in finding.message
    assert "missing in the French text" in finding.message


def test_a_contact_whom_only_one_version_names_is_a_finding() -> None:
    assert compare({"contacts": (replace(ANA, name=None),)}, {"contacts": (ANA,)}) == [], "the number tells who it is"
    ben = MediaContact(name="Ben Okoro", phones=("+16135550124",), line=12)
    first, second = compare({"contacts": (ANA,)}, {"contacts": (ben,)})
    assert (first.file, first.line) == ("dams.en.md", 9)
    assert (second.file, second.line) == ("dams.fr.md", 12)
    assert "names Ben Okoro as media contact" in second.message


def test_one_headline_for_two_versions_is_said() -> None:
    (finding,) = compare({}, {"headline": "Dams fail"})
    assert finding.rule == "version-headline"
    assert "have one headline: translate it" in finding.message
    assert compare({}, {"slug": "dams"}) == [], "versions are one release"


def test_a_version_older_than_the_others_last_edit_is_a_finding() -> None:
    assert compare({}, {}, NOON, NOON + timedelta(minutes=9)) == [], "one sitting"
    (finding,) = compare({}, {}, NOON + timedelta(hours=2), NOON)
    assert (finding.rule, finding.file, finding.line) == ("version-age", "dams.fr.md", None)
    assert (
        "dams.fr.md is older (2026-11-20 12:00) than the last edit of dams.en.md (2026-11-20 14:00)" in finding.message
    )


def test_what_the_authors_state_outweighs_the_files_times() -> None:
    assert compare({"version": "2"}, {"version": "2.0"}, NOON, NOON + timedelta(days=3)) == []
    (finding,) = compare({"version": "10"}, {"version": "9"}, NOON, NOON + timedelta(days=3))
    assert finding.file == "dams.fr.md"
    assert "(version 9)" in finding.message
