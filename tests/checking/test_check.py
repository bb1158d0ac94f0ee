"""All rules together."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from distribute.checking import RULES, check
from distribute.checking.registry import Remark, warning
from distribute.domain.finding import Severity
from distribute.domain.release import Block, BlockKind, MediaContact, Quote, Release, ReleaseLine, ReleaseLineKind
from distribute.sources.releases import read_release
from tests.chaos.share import some
from tests.checking.conftest import PROSE

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
ERRORS = {
    "no-headline",
    "empty-body",
    "no-contact",
    "embargo-undated",
    "embargo-past",
    "embargo-weekday",
    "embargo-conflict",
    "embargo-twelve",
    "embargo-zone",
    "second-release",
    "confidentiality-notice",
    "look-alike",
    "silence",
    "placeholder",
    "bidi-control",
    "mojibake",
    "link-scheme",
}
WARNINGS = {
    "embargo-zone-unwritten",
    "contact-without-email",
    "contact-without-phone",
    "headline-length",
    "headline-shouting",
    "headline-exclamation",
    "no-dateline",
    "day-without-year",
    "unclosed-quote",
    "quote-without-speaker",
    "doubled-words",
    "missing-word",
    "body-length",
    "image-without-text",
    "image-embedded",
    "image-size",
    "subject-length",
    "no-date",
    "day-without-date",
    "day-and-date",
    "headline-number",
    "footnote-without-note",
    "note-without-footnote",
    "name-spelt-two-ways",
    "hype",
    "boilerplate-length",
    "thin-lead",
    "private-mobile",
    "minor-named",
}
FINAL = {
    "embargo-twelve",
    "no-headline",
    "empty-body",
    "bidi-control",
    "embargo-undated",
    "embargo-conflict",
    "embargo-past",
    "silence",
}


def test_the_rules_are_these_and_weigh_so() -> None:
    assert {name for name, rule in RULES.items() if rule.severity is Severity.ERROR} == ERRORS
    assert {name for name, rule in RULES.items() if rule.severity is Severity.WARNING} == WARNINGS
    assert {name for name, rule in RULES.items() if rule.is_final} == FINAL


@pytest.mark.parametrize("name", sorted(ERRORS | WARNINGS))
def test_every_rule_says_in_a_sentence_what_it_asks(name: str) -> None:
    sentence = RULES[name].sentence
    assert sentence.endswith(".")
    assert 15 < len(sentence) < 140


def test_a_sound_release_has_no_finding(sound: Release) -> None:
    assert check(sound, NOW) == ()


def test_errors_come_before_warnings_each_in_the_order_of_the_text(sound: Release) -> None:
    blocks = tuple(
        Block(kind=BlockKind.PARAGRAPH, text=text, line=n) for n, text in [(7, "the the XX"), (5, "an an TK")]
    )
    found = check(replace(sound, body=blocks + sound.body), NOW)
    assert [(finding.rule, finding.line) for finding in found] == [
        ("placeholder", 5),
        ("placeholder", 7),
        ("doubled-words", 5),
        ("doubled-words", 7),
    ]


def test_an_empty_release_is_blocked_and_breaks_nothing() -> None:
    rules = {finding.rule for finding in check(Release(headline=None), NOW)}
    assert rules == {"no-headline", "empty-body", "no-contact", "no-dateline"}


def test_the_clients_sample_has_these_four_findings() -> None:
    sample = read_release(Path(__file__).parents[1] / "sources" / "belarus.txt", NOW)
    assert {(finding.rule, finding.line, finding.column) for finding in check(sample, NOW)} == {
        ("no-dateline", 3, 1),
        ("day-without-year", 12, 4),
        ("missing-word", 12, 93),
        ("contact-without-email", 20, 1),
    }


def test_a_finding_has_its_line_in_every_part_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "dam.txt"
    path.write_text(
        "Dam operators ignored warnings\nA subhead that waits for TK\n\nOTTAWA, March 3, 2026 — "
        f"{PROSE}\nwrapped onto this line, which lacks XX still.\n\nENDS\n\nMedia contact:\n"
        "Ana Ruiz, TBC, 613-555-0123, ana@example.org\n\n"
        "Notes to editors\nA first note.\n\nA second one, TBD.\n\nAbout the council\nIt was founded in {{ year }}.\n"
    )
    found = [finding for finding in check(read_release(path, NOW), NOW) if finding.rule == "placeholder"]
    words = path.read_text().splitlines()
    shown = {words[it.line - 1][it.column - 1 :][: it.length] for it in found if it.line and it.column}
    assert shown == {"TK", "XX", "TBC", "TBD", "{{ year }}"}


def test_two_rules_cannot_have_one_name() -> None:
    with pytest.raises(ValueError, match="exists already"):
        warning("no-dateline")(lambda release, now: iter([Remark("x")]))


SCRAPS = st.one_of(
    st.text(max_size=80),
    st.text('aAÀéß№٣²①½ 12345678930.,:;[]()“”"«»„#-–—\n\tа́ο', max_size=60),
    st.sampled_from(["FOR IMMEDIATE RELEASE", "ENDS", "###", "Ana Ruiz, 15,", "[1]", "24:00 EST", "http://[", "TK"]),
)


@given(st.lists(SCRAPS, max_size=8), st.sampled_from([None, "en", "fr", "de", "es", "nl", "pt", "ru", "zz", "x"]))
@example(["“", "”", "0"], None)
@settings(deadline=None, max_examples=200)
def test_any_text_can_be_checked_and_every_message_is_a_sentence(texts: list[str], language: str | None) -> None:
    blocks = tuple(Block(kind=BlockKind.PARAGRAPH, text=text, line=n) for n, text in enumerate(texts, 2))
    quotes = tuple(Quote(text=text, line=n) for n, text in enumerate(texts, 2))
    raw = " ".join(texts)
    release = Release(
        headline=texts[0] if texts else "",
        headline_line=1,
        language=language,
        release_line=ReleaseLine(kind=ReleaseLineKind.EMBARGO, raw=raw, until=NOW, line=1),
        body=blocks,
        quotes=quotes,
        boilerplate=raw,
        boilerplate_lines=(1,),
        notes_to_editors="\n\n".join(texts),
        contacts=(MediaContact(name=raw, phones=("+", "+61491570156"), line=3),),
        end_mark="ENDS",
        end_mark_line=1,
        lines=tuple(texts),
    )
    for finding in check(release, NOW):
        assert finding.message.rstrip()[-1] in ".?—"
        assert finding.column is None or (finding.column > 0 and finding.line is not None)


@pytest.mark.parametrize(
    "piece",
    some(
        ["a", "A ", "а", "“", "1", "[1]", "1.", "Ana ", "12:00 ", "\u0301", "Tuesday ", "X", "- "],
        "A ",
        "“",
        "1",
        "Ana ",
    ),
)
def test_a_long_text_of_one_kind_takes_no_longer_than_another(piece: str) -> None:
    text = piece * (60_000 // len(piece))
    blocks = (Block(kind=BlockKind.PARAGRAPH, text=text, line=1),)
    release = Release(headline=text[:5_000], headline_line=1, language="en", body=blocks, lines=(text,))
    began = perf_counter()
    check(release, NOW)
    assert perf_counter() - began < 5


def test_a_rule_says_no_more_than_five_hundred_remarks(sound: Release) -> None:
    release = replace(sound, body=(Block(kind=BlockKind.PARAGRAPH, text="the " * 4_000, line=5),))
    found = [finding for finding in check(release, NOW) if finding.rule == "doubled-words"]
    assert len(found) == 500
