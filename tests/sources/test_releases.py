"""Whole releases: the client's sample exactly, and texts as desks paste them."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from distribute.domain.release import BlockKind, Release, ReleaseLineKind
from distribute.errors import SourceError
from distribute.sources.assembly import build
from distribute.sources.document import clean, physical_lines
from distribute.sources.parts import Part
from distribute.sources.reading import understand
from distribute.sources.releases import read_release, sidecar_of
from tests.sources.word_builders import saved, word

SAMPLE = Path(__file__).with_name("belarus.txt")
NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)

PASTED = """\
NORTHERN RIVERS WATCH

PRESS RELEASE
FOR IMMEDIATE RELEASE

Dam operators ignored warnings for a decade
Inspectors wrote to the ministry eleven times

OTTAWA, March 3, 2026 — Operators of the Kestrel dam ignored eleven warnings about its spillway, papers show.

“Nobody can say they did not know,” said Dana Whitfield, director of Northern Rivers Watch. “The letters are there.”

What the papers show

The first warning dates from 2014 and was never answered, the organisation said on Tuesday in Ottawa.

“They were told, and told again,” Whitfield added.

-30-

About Northern Rivers Watch
Northern Rivers Watch is a non-profit organisation founded in 1991.

Notes to editors
The papers are at https://example.org/papers.

Media contact:
Ana Ruiz, Press Officer, 613-555-0123 ext. 4, ana@example.org
"""


@pytest.fixture(scope="module")
def sample() -> Release:
    return read_release(SAMPLE, NOW)


def test_the_sample_has_its_headline_and_nothing_invented(sample: Release) -> None:
    assert sample.headline == "Belarus: Police must be held accountable for violence"
    assert sample.headline_line == 1
    assert sample.language == "en"
    assert sample.release_line.kind is ReleaseLineKind.NONE
    assert sample.release_line.raw is None
    assert (sample.dateline, sample.subheads, sample.boilerplate, sample.notes_to_editors, sample.end_mark) == (
        None,
        (),
        None,
        None,
        None,
    )
    assert (sample.issued, sample.link, sample.assets) == (None, None, ())


def test_the_sample_has_seven_paragraphs_with_its_own_marks(sample: Release) -> None:
    assert [block.kind for block in sample.body] == [BlockKind.PARAGRAPH] * 7
    assert [block.line for block in sample.body] == [3, 5, 7, 9, 12, 14, 16]
    assert sample.body[0].text.startswith("Amnesty International calls on the Belarusian authorities")
    assert sample.body[1].text.endswith("Director for Eastern Europe and Central Asia.")
    assert "singularly peaceful rallies – so much so" in sample.body[3].text
    assert sample.body[6].text.endswith("detention facilities.")


def test_the_sample_has_one_quotation_over_three_paragraphs(sample: Release) -> None:
    (quote,) = sample.quotes
    assert quote.speaker == "Marie Struthers"
    assert quote.title == "Amnesty International’s Director for Eastern Europe and Central Asia"
    assert (quote.paragraphs, quote.blocks, quote.line) == (3, (1, 2, 3), 5)
    first, second, third = quote.text.split("\n\n")
    assert first.startswith("The Belarusian authorities have to date refused")
    assert second.startswith("According to our information")
    assert third.endswith("took off their shoes when climbing on benches.")


def test_the_sample_has_its_contact(sample: Release) -> None:
    (contact,) = sample.contacts
    assert contact.name == "Lucy Scholey"
    assert contact.role == "Media Relations"
    assert contact.organisation == "Amnesty International Canada (English branch)"
    assert contact.phones == ("+16137447667;ext=236",)
    assert contact.emails == ()
    assert contact.line == 20


def test_every_part_of_a_pasted_release_finds_its_place(read: Callable[..., Release]) -> None:
    release = read(PASTED)
    assert release.headline == "Dam operators ignored warnings for a decade"
    assert release.subheads == ("Inspectors wrote to the ministry eleven times",)
    assert release.release_line.kind is ReleaseLineKind.IMMEDIATE
    assert release.release_line.line == 4
    assert release.dateline is not None
    assert (release.dateline.place, release.dateline.date) == ("OTTAWA", date(2026, 3, 3))
    assert release.issued == date(2026, 3, 3)
    assert [block.kind for block in release.body][2] is BlockKind.HEADING
    assert release.body[0].text.startswith("Operators of the Kestrel dam")
    assert [(q.speaker, q.title) for q in release.quotes] == [
        ("Dana Whitfield", "director of Northern Rivers Watch"),
        ("Dana Whitfield", "director of Northern Rivers Watch"),
    ]
    assert release.end_mark == "-30-"
    assert release.boilerplate == (
        "About Northern Rivers Watch\n\nNorthern Rivers Watch is a non-profit organisation founded in 1991."
    )
    assert release.notes_to_editors == "Notes to editors\n\nThe papers are at https://example.org/papers."
    assert [(c.name, c.role, c.phones, c.emails) for c in release.contacts] == [
        ("Ana Ruiz", "Press Officer", ("+16135550123;ext=4",), ("ana@example.org",))
    ]


def test_white_space_is_tidied_and_marks_are_kept(read: Callable[..., Release]) -> None:
    text = "A headline on rain\n\nIt  rained\u00a0on 5\u00a0May – “all day” \u00a0 \nand all night, they said.\u00a0\n"
    (block,) = read(text).body
    assert block.text == "It rained\u00a0on 5\u00a0May – “all day” and all night, they said."


def test_the_slug_comes_from_the_headline_and_the_hash_from_the_bytes(read: Callable[..., Release]) -> None:
    text = "Dam operators ignored warnings\n\nThe operators ignored eleven warnings about the spillway, papers show.\n"
    release = read(text)
    assert release.slug == "dam-operators-ignored-warnings"
    assert release.source == "release.txt"
    assert release.sha256 == hashlib.sha256(text.encode()).hexdigest()


def test_the_hash_covers_the_sidecar(read: Callable[..., Release]) -> None:
    release = read("One headline here\n\nThe text.\n", sidecar='language = "fr"\n')
    assert release.sha256 == hashlib.sha256(b'One headline here\n\nThe text.\nlanguage = "fr"\n').hexdigest()


def test_line_numbers_hold_behind_front_matter(read: Callable[..., Release]) -> None:
    release = read("---\nslug: dam\n---\n\nDam operators ignored warnings\n\nThe operators ignored eleven warnings.\n")
    assert (release.headline_line, release.body[0].line, release.slug) == (5, 7, "dam")


def test_an_embargo_outweighs_for_immediate_release(read: Callable[..., Release]) -> None:
    text = "EMBARGOED\nFOR IMMEDIATE RELEASE\n\nA headline on the dam\n\nThe operators ignored eleven warnings.\n"
    line = read(text).release_line
    assert line.kind is ReleaseLineKind.EMBARGO
    assert line.until is None


def test_two_embargoes_that_differ_have_no_instant(read: Callable[..., Release]) -> None:
    text = (
        "Embargoed until 6:00 a.m. EST, 24 November 2026\n\nA headline about the dam\n\n"
        "The operators ignored eleven warnings, papers show.\n\nEmbargo: 24 November 2026, 07:00 GMT\n"
    )
    line = read(text).release_line
    assert (line.kind, line.until) == (ReleaseLineKind.EMBARGO, None)
    (rival,) = line.rivals
    assert (rival.raw, rival.line) == ("Embargo: 24 November 2026, 07:00 GMT", 7)
    assert rival.until is not None


def test_every_part_keeps_the_line_it_begins_on_and_the_file_its_lines(read: Callable[..., Release]) -> None:
    text = (
        "Dam operators ignored warnings\nA subhead about the dam\n\n"
        "OTTAWA, March 3, 2026 — The operators ignored eleven warnings, papers show.\n\nENDS\n\n"
        "Notes to editors\nA first note.\n\nA second one.\n\nAbout the council\nIt is old.\n"
    )
    release = read(text)
    assert (release.subhead_lines, release.end_mark_line) == ((2,), 6)
    assert len(release.notes_lines) == len((release.notes_to_editors or "").split("\n\n"))
    assert release.boilerplate_lines[0] == 13
    assert "\n".join(release.lines) == text


def test_a_body_that_speaks_of_an_embargo_is_no_release_line(read: Callable[..., Release]) -> None:
    text = (
        "El puerto reabre tras la tormenta\n\nSin embargo, el 5 de mayo de 2026 seguirá cerrado para los barcos.\n\n"
        "El embargo de armas sigue en vigor, ha dicho el ministerio en una nota publicada hoy.\n"
    )
    release = read(text)
    assert release.release_line.kind is ReleaseLineKind.NONE
    assert len(release.body) == 2


def test_a_contact_of_another_format_is_refused_with_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "release.rtf"
    path.write_bytes(b"{\\rtf1")
    with pytest.raises(SourceError, match=r"release\.rtf: this is a rich text file: save it as \.docx, or paste"):
        read_release(path, NOW)


def test_the_line_a_finding_names_can_be_shown(read: Callable[..., Release]) -> None:
    assert read(b"---\nslug: a\n---\nOne\n\nTwo").lines[3:] == ("One", "", "Two")
    page = b"<html>\n<p>One</p>\n<p>Two<br>lines</p>"
    assert read(page, name="a.html").lines == ("", "One", "Two lines")
    assert read(saved(word("One", "", "Two")), name="a.docx").lines == ("One", "Two")


def test_more_lines_than_a_release_can_have_are_refused(read: Callable[..., Release]) -> None:
    with pytest.raises(SourceError, match="more than 50000 lines"):
        read("x\n" * 50_010)


PIECES = st.sampled_from(
    [
        "Contact: Jane Doe, 613-555-0123",
        "jane@example.org",
        "EMBARGOED until 5 May 2026, 6:00 a.m. EST",
        "FOR IMMEDIATE RELEASE",
        "“It is so,” said Jane Doe.",
        "“And more",
        "-30-",
        "About us",
        "Notes to editors",
        "OTTAWA, May 5, 2026 — The text goes on here with words.",
        "PRESS RELEASE",
        "[1] A note",
        "• an item",
        "SOURCE Agency",
        "A line of words that ends with a full stop, as prose does.",
        "## Heading",
        "---",
        "",
        "",
    ]
)
WILD = st.one_of(st.text(max_size=300), st.lists(st.one_of(PIECES, st.text(max_size=40)), max_size=14).map("\n".join))


@given(WILD, st.booleans())
@example("---\na: [\n---\n", True)
@example("0\r’‘", False)
@example("“", False)
@example("»\n\n»", False)
@example("A\x960", False)
@settings(deadline=None, max_examples=150)
def test_any_text_makes_a_release_whose_every_line_has_a_part(text: str, is_markdown: bool) -> None:
    reading = understand(text, {}, NOW, is_markdown=is_markdown)
    release = build(reading)
    assert len(reading.resolved.parts) == len(reading.document.lines)
    kept = "\n".join(
        filter(
            None,
            [
                release.headline,
                *release.subheads,
                release.release_line.raw,
                release.dateline.raw if release.dateline else None,
                *(block.text for block in release.body),
                release.boilerplate,
                release.notes_to_editors,
                release.end_mark,
            ],
        )
    )
    kept = "".join(kept.split())  # a dateline may be cut off inside a word: “OTTAWA–Police”
    shown = {Part.HEADLINE, Part.SUBHEAD, Part.BODY, Part.BOILERPLATE, Part.NOTES}
    for part, line in zip(reading.resolved.parts, reading.document.lines, strict=True):
        if part in shown:
            assert all(word in kept for word in line.text.split())


@given(WILD)
@settings(deadline=None, max_examples=100)
def test_a_pasted_text_keeps_every_line_that_is_not_blank(text: str) -> None:
    reading = understand(text, {}, NOW)
    numbers = {line.number for line in reading.document.lines}
    assert numbers == {number for number, raw in physical_lines(text) if clean(raw)}


@given(st.binary(max_size=200), st.sampled_from([".txt", ".md", ".markdown", ""]))
@settings(deadline=None, max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes_make_a_release_or_one_sentence(tmp_path: Path, data: bytes, suffix: str) -> None:
    path = tmp_path / f"release{suffix}"
    path.write_bytes(data)
    release = None
    with contextlib.suppress(SourceError):
        release = read_release(path, NOW)
    assert release is None or release.source == path.name


@pytest.mark.slow
def test_two_megabytes_are_read_in_seconds(read: Callable[..., Release]) -> None:
    start = datetime.now(UTC)
    read("A headline for all of it\n\n" + SAMPLE.read_text(encoding="utf-8").replace("\n", "\n\n") * 600)
    assert (datetime.now(UTC) - start).total_seconds() < 15


@pytest.mark.parametrize("name", ["bridge.toml", "bridge.txt.toml"])
def test_a_sidecar_is_named_after_the_release(tmp_path: Path, name: str) -> None:
    release = tmp_path / "bridge.txt"
    release.write_text("One headline here\n\nThe text of it.\n")
    (tmp_path / name).write_text('link = "https://example.org/bridge"\n')
    assert sidecar_of(release) == tmp_path / name
    assert read_release(release, NOW).link == "https://example.org/bridge"


STATED = """\
---
headline: The stated headline
short_headline: Stated
subhead: The stated subhead
language: fr
embargo: 2027-02-03 10:00
timezone: Asia/Tokyo
dateline: LIMA, 2 February 2027 –
place: Lima
date: 2027-02-02
link: https://example.org/stated
slug: stated-slug
edition: 3
boilerplate: The stated description.
notes_to_editors: The stated notes.
contact:
  name: Bo Lind
  phone: +1 613 555 0199
  email: bo@example.org
images:
  - url: https://example.org/a.jpg
    alt: A dam
---
"""


def test_every_key_of_the_front_matter_wins_over_what_the_text_says(read: Callable[..., Release]) -> None:
    release = read(STATED + PASTED)
    assert release.headline == "The stated headline"
    assert release.short_headline == "Stated"
    assert release.subheads == ("The stated subhead",)
    assert release.language == "fr"
    assert release.release_line.kind is ReleaseLineKind.EMBARGO
    assert release.release_line.until == datetime(2027, 2, 3, 1, 0, tzinfo=UTC)
    assert release.dateline is not None
    assert (release.dateline.raw, release.dateline.place) == ("LIMA, 2 February 2027 –", "Lima")
    assert release.dateline.date == release.issued == date(2027, 2, 2)
    assert release.link == "https://example.org/stated"
    assert (release.slug, release.edition) == ("stated-slug", 3)
    assert release.boilerplate == "The stated description."
    assert release.notes_to_editors == "The stated notes."
    assert [(c.name, c.phones, c.emails) for c in release.contacts] == [
        ("Bo Lind", ("+16135550199",), ("bo@example.org",))
    ]
    assert [asset.alt for asset in release.assets] == ["A dam"]


def test_a_stated_release_line_outweighs_an_embargo_in_the_text(read: Callable[..., Release]) -> None:
    text = PASTED.replace("FOR IMMEDIATE RELEASE", "EMBARGOED UNTIL 3 March 2027, 10 a.m. EST")
    assert read(text).release_line.kind is ReleaseLineKind.EMBARGO
    release = read("---\nrelease_line: immediate\n---\n" + text)
    assert release.release_line.kind is ReleaseLineKind.IMMEDIATE


def test_what_is_added_to_a_contact_completes_the_one_in_the_text(read: Callable[..., Release]) -> None:
    release = read("---\ncontact_email: desk@example.org\ncontact_phone: 613-555-0177\n---\n" + PASTED)
    (contact,) = release.contacts
    assert contact.name == "Ana Ruiz"
    assert set(contact.emails) == {"ana@example.org", "desk@example.org"}
    assert "+16135550177" in contact.phones


@pytest.mark.parametrize(
    "line",
    [
        "EMBARGOED",
        "Embargo until the press conference",
        "EMBARGOED UNTIL 00:01, 5 or 6 May 2027",
        "EMBARGO: 5 May, noon",
    ],
)
def test_an_embargo_that_cannot_be_dated_holds(read: Callable[..., Release], line: str) -> None:
    release = read(PASTED.replace("FOR IMMEDIATE RELEASE", line).replace("OTTAWA, March 3, 2026", "NOWHERETON"))
    assert (release.release_line.kind, release.release_line.until) == (ReleaseLineKind.EMBARGO, None)
