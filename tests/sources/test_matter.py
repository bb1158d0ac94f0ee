"""Front matter, sidecar and options: strings as they are written, errors with their line."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from distribute.domain.finding import Silence
from distribute.domain.release import Asset, Release, ReleaseLineKind
from distribute.errors import SourceError
from distribute.sources.matter import KEYS, Matter, merge, read_options, read_sidecar, split_matter

HERE = Path("release.md")
BODY = "\n\nA headline of the text\n\nThe operators ignored eleven warnings, papers show.\n"


def values(text: str) -> dict[str, object]:
    return {key: entry.value for key, entry in split_matter(text, HERE)[0].items()}


def test_every_scalar_stays_the_string_it_is() -> None:
    text = "---\nheadline: no\ncontact_phone: +16135550123\nslug: 01234\nedition: 1.10\nlink: 2026-11-24\n---\n"
    assert values(text) == {
        "headline": "no",
        "contact_phone": "+16135550123",
        "slug": "01234",
        "edition": "1.10",
        "link": "2026-11-24",
    }


def test_keys_match_without_regard_to_case_hyphens_and_number() -> None:
    assert values("---\nShort-Headline: A\nSubheads: [B, C]\n---\n") == {"short_headline": "A", "subhead": ["B", "C"]}


def test_an_unknown_key_is_named_with_the_nearest_known_one_and_its_line() -> None:
    with pytest.raises(SourceError, match="“hedline” is no key of a release: did you mean “headline”") as caught:
        split_matter("---\nlink: x\nhedline: y\n---\n", HERE)
    assert caught.value.line == 3


def test_broken_yaml_is_named_with_its_line() -> None:
    with pytest.raises(SourceError, match="quotation marks if it holds a colon") as caught:
        split_matter("---\nlink: x\nheadline: Police: held\n---\n", HERE)
    assert caught.value.line == 3


def test_a_key_given_twice_is_refused() -> None:
    with pytest.raises(SourceError, match="given twice") as caught:
        split_matter("---\nslug: a\nslug: b\n---\n", HERE)
    assert caught.value.line == 3


def test_front_matter_that_is_never_closed_is_refused() -> None:
    with pytest.raises(SourceError, match="never closed"):
        split_matter("---\nheadline: x\n\nText\n", HERE)


def test_a_rule_above_a_text_is_no_front_matter() -> None:
    assert split_matter("---\nA text without a colon\n---\n", HERE)[0] == {}


def test_the_text_keeps_its_line_numbers() -> None:
    assert split_matter("---\nslug: a\n---\nText", HERE)[1].split("\n") == ["", "", "", "Text"]


def test_a_sidecar_may_hold_numbers_dates_and_switches() -> None:
    data = b"edition = 2\nembargo = 2026-11-24T06:00:00-05:00\ndate = 2026-11-23\n"
    entries = read_sidecar(data, Path("release.toml"))
    assert {key: entry.value for key, entry in entries.items()} == {
        "edition": "2",
        "embargo": "2026-11-24T06:00:00-05:00",
        "date": "2026-11-23",
    }
    assert entries["date"].line == 3


def test_a_sidecar_that_is_no_toml_is_named_with_its_line() -> None:
    with pytest.raises(SourceError, match="not valid TOML") as caught:
        read_sidecar(b"edition = 2\nheadline = A b\n", Path("release.toml"))
    assert caught.value.line == 2


def test_later_sources_win_and_empty_values_say_nothing() -> None:
    merged = merge(read_options({"slug": "a", "link": "b"}), read_options({"slug": "c", "link": ""}))
    assert {key: entry.value for key, entry in merged.items()} == {"slug": "c", "link": "b"}


def test_front_matter_wins_over_the_sidecar_and_options_over_both(read: Callable[..., Release]) -> None:
    text = "---\nheadline: Front\nlink: https://example.org/front\n---" + BODY
    release = read(text, sidecar='headline = "Side"\nslug = "side"\n', options={"link": "https://example.org/option"})
    assert (release.headline, release.slug, release.link) == ("Front", "side", "https://example.org/option")


def test_a_stated_headline_leaves_none_of_the_text_out(read: Callable[..., Release]) -> None:
    release = read("---\nheadline: Stated\n---" + BODY)
    assert (release.headline, release.subheads) == ("Stated", ("A headline of the text",))


def test_everything_that_can_be_stated_is_read(read: Callable[..., Release]) -> None:
    matter = """---
headline: "Police: held"
short_headline: Held
subhead: [One, Two]
language: fr-CA
embargo: 2026-11-24 06:00
timezone: America/Toronto
place: Ottawa
date: 24 novembre 2026
link: https://example.org/held
edition: 3
boilerplate: We are who we are.
notes_to_editors: See the report.
contact:
  - name: Ana Ruiz
    role: Press Officer
    phone: [613-555-0123, "+1 613 555 0124 ext. 9"]
    email: ana@example.org
images:
  - url: https://example.org/dam.jpg
    alt: A dam
    caption: The dam in 2014
    credit: Jo Lee
    rights: Free for news
    full_size: https://example.org/dam-print.jpg
---"""
    release = read(matter + BODY)
    assert release.headline == "Police: held"
    assert release.subheads == ("One", "Two")
    assert (release.language, release.edition, release.short_headline) == ("fr", 3, "Held")
    assert release.release_line.until == datetime.fromisoformat("2026-11-24T06:00-05:00")
    assert release.dateline is not None
    assert (release.dateline.place, release.dateline.date) == ("Ottawa", date(2026, 11, 24))
    assert (release.boilerplate, release.notes_to_editors) == ("We are who we are.", "See the report.")
    (contact,) = release.contacts
    assert contact.phones == ("+16135550123", "+16135550124;ext=9")
    assert contact.emails == ("ana@example.org",)
    assert release.assets == (
        Asset(
            url="https://example.org/dam.jpg",
            alt="A dam",
            caption="The dam in 2014",
            credit="Jo Lee",
            rights="Free for news",
            full_size="https://example.org/dam-print.jpg",
            line=19,
        ),
    )


def test_an_embargo_stated_in_the_text_takes_the_stated_zone(read: Callable[..., Release]) -> None:
    text = "Embargo: 24 November 2026, 06:00" + BODY
    assert read(text).release_line.until is None
    until = read(text, options={"timezone": "America/Toronto"}).release_line.until
    assert until == datetime.fromisoformat("2026-11-24T06:00-05:00")


def test_a_stated_embargo_is_taken_in_utc_where_no_zone_is(read: Callable[..., Release]) -> None:
    line = read("---\nembargo: 2026-11-24 06:00\n---" + BODY).release_line
    assert line.kind is ReleaseLineKind.EMBARGO
    assert line.until == datetime.fromisoformat("2026-11-24T06:00+00:00")


def test_a_stated_address_completes_the_first_contact(read: Callable[..., Release]) -> None:
    text = BODY.strip() + "\n\nContact: Ana Ruiz, 613-555-0123\n"
    (contact,) = read(text, options={"contact_email": "ana@example.org"}).contacts
    assert (contact.name, contact.phones, contact.emails) == ("Ana Ruiz", ("+16135550123",), ("ana@example.org",))


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("language: klingon", "is not a language"),
        ("timezone: EST", "is not a time zone"),
        ("embargo: tomorrow", "is not a date and time"),
        ("embargo: 2026-03-08 02:30 America/Toronto", "does not exist"),
        ("release_line: perhaps", "write immediate"),
        ("date: 03/04/2026", "is not a date"),
        ("edition: zero", "is not an edition"),
        ("contact_email: ana@", "is not an e-mail address"),
        ("contact_phone: twelve", "is not a telephone number"),
        ("contact: {nome: Ana}", "the keys are name"),
        ("contact: nobody", "names nobody to reach"),
        ("images: {alt: A dam}", "needs its url"),
        ("headline: [a, b]", "one value"),
        ("silence: everything", "each rule with the reason"),
        ("silence: {no-dateline: [a]}", "one value"),
    ],
)
def test_a_value_that_cannot_be_read_is_refused_with_its_line(
    read: Callable[..., Release], line: str, said: str
) -> None:
    with pytest.raises(SourceError, match=said) as caught:
        read(f"---\nlink: https://example.org\n{line}\n---{BODY}")
    assert caught.value.line == 3


def test_rules_are_silenced_each_with_its_reason_and_its_line(read: Callable[..., Release]) -> None:
    release = read(f"---\nlink: https://example.org\nsilence:\n  no-dateline: our house style\n---{BODY}")
    assert release.silences == (Silence(rule="no-dateline", reason="our house style", line=3),)


def test_what_stands_in_the_sidecar_has_no_line_in_the_release(read: Callable[..., Release]) -> None:
    release = read(BODY, sidecar='headline = "A dam"\n[silence]\nno-dateline = "so it is"\n')
    assert release.headline_line is None
    assert release.silences == (Silence(rule="no-dateline", reason="so it is"),)


@given(
    st.one_of(st.text(max_size=200), st.lists(st.sampled_from(KEYS).map(lambda key: f"{key}: [&a *a]")).map("\n".join))
)
@settings(deadline=None, max_examples=150)
def test_any_front_matter_is_read_or_refused(inner: str) -> None:
    entries: Matter = {}
    with contextlib.suppress(SourceError):
        entries, _ = split_matter(f"---\n{inner}\n---\n", HERE)
    assert set(entries) <= set(KEYS)
