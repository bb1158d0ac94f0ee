"""One screen of a terminal that says what a release is."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import click
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from distribute.cli.showing import LABEL, summarise, telephone
from distribute.domain.release import Block, BlockKind, MediaContact, Quote, Release, ReleaseLine, ReleaseLineKind
from distribute.sources.assembly import build
from distribute.sources.reading import understand
from tests.sources.texts import any_texts

LIFT = datetime(2026, 11, 24, 6, 0, tzinfo=ZoneInfo("America/Toronto"))
ANA = MediaContact(name="Ana Ruiz", role="Press Officer", phones=("+16135550142;ext=236",), emails=("ana@example.org",))
SOUND = Release(
    headline="The bridge stays closed until spring",
    language="fr",
    body=(Block(kind=BlockKind.PARAGRAPH, text="It is closed.", line=3),),
    quotes=(Quote(text="We looked for a way.", speaker="Ada Moreau", title="Chief Engineer"),),
    contacts=(ANA,),
)


def screen(release: Release, width: int = 80, height: int = 22) -> str:
    return click.unstyle("\n".join(summarise(release, width, height)))


def embargo(until: datetime | None) -> Release:
    return replace(SOUND, release_line=ReleaseLine(kind=ReleaseLineKind.EMBARGO, raw="EMBARGO soon", until=until))


def test_who_speaks_whom_to_call_and_what_is_missing_are_there() -> None:
    assert screen(SOUND).splitlines() == [
        "The bridge stays closed until spring",
        "",
        "Release   (the text says nothing about when it may be published)",
        "Text      3 words, 1 paragraph, in French",
        "Quotes    Ada Moreau, Chief Engineer",
        "            “We looked for a way.”",
        "Call      Ana Ruiz, Press Officer",
        "            +1 613-555-0142 ext. 236 · ana@example.org",
        "Missing   a dateline, a boilerplate, a link",
    ]


def test_what_no_release_leaves_without_is_named_apart() -> None:
    shown = screen(Release(headline=None))
    assert shown.startswith("(no headline found)")
    assert "Needed    a headline, a text, a media contact" in shown


def test_a_contact_nobody_can_reach_in_both_ways_says_so() -> None:
    assert "no e-mail address" in screen(replace(SOUND, contacts=(replace(ANA, emails=()),)))
    nobody = screen(replace(SOUND, contacts=(MediaContact(organisation="Example Works"),)))
    assert "(no name), Example Works" in nobody
    assert "no telephone number and no e-mail address" in nobody
    assert "Needed    a media contact" in nobody


@pytest.mark.parametrize(
    ("until", "words"),
    [
        (LIFT, "EMBARGO until Tuesday 24 November 2026, 06:00 Eastern Standard Time (Toronto) = 11:00 UTC"),
        (LIFT.astimezone(UTC), "EMBARGO until Tuesday 24 November 2026, 11:00 UTC"),
        (LIFT.astimezone(timezone(timedelta(hours=2))), "EMBARGO until Tuesday 24 November 2026, 11:00 UTC"),
        (LIFT.replace(hour=22), "Wednesday 25 November 2026, 03:00 UTC"),
        (None, "EMBARGO that names no exact instant: “EMBARGO soon”"),
    ],
)
def test_an_embargo_is_said_in_words_with_its_zone(until: datetime | None, words: str) -> None:
    assert words in " ".join(screen(embargo(until)).split())


def test_a_zone_that_nobody_wrote_is_asked_about() -> None:
    told = embargo(LIFT)
    guessed = replace(told, release_line=replace(told.release_line, is_zone_inferred=True))
    assert "is it this one?" in " ".join(screen(guessed).split())
    assert "is it this one?" not in screen(told)


def test_a_release_for_now_says_so() -> None:
    immediate = ReleaseLine(kind=ReleaseLineKind.IMMEDIATE, raw="FOR IMMEDIATE RELEASE")
    assert "Release   for immediate release" in screen(replace(SOUND, release_line=immediate))


def test_many_quotes_and_contacts_leave_their_words_and_then_themselves_out() -> None:
    many = replace(SOUND, quotes=SOUND.quotes * 12, contacts=(ANA,) * 2)
    assert "“We looked" not in screen(many)
    more = replace(SOUND, quotes=SOUND.quotes * 40, contacts=(ANA,) * 9)
    assert re.search(r"Ada Moreau, Chief Engineer\n +and 3\d more: --json shows all\n", screen(more))
    assert screen(more).splitlines()[-1].startswith("Missing")


def test_colour_marks_an_embargo() -> None:
    assert "\x1b[31m" in "\n".join(summarise(embargo(LIFT)))


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("+16135550142", "+1 613-555-0142"),
        ("+442079460123;ext=7", "+44 20 7946 0123 ext. 7"),
        ("+33199001234", "+33 1 99 00 12 34"),
        ("+9", "+9"),
    ],
)
def test_a_number_is_shown_as_people_dial_it(number: str, shown: str) -> None:
    assert telephone(number) == shown


@given(text=any_texts(), width=st.integers(20, 200), height=st.integers(12, 60))
@settings(deadline=None, max_examples=80)
def test_any_release_fits_on_the_screen(text: str, width: int, height: int) -> None:
    release = build(understand(text, {}, datetime(2026, 11, 22, tzinfo=UTC)))
    lines = [click.unstyle(line) for line in summarise(release, width, height)]
    assert len(lines) <= height
    assert all(len(line) <= max(60, min(width, 100)) for line in lines if len(line.split()) > 2)
    assert all(line[:1] != " " or line[:LABEL].isspace() for line in lines[1:])
