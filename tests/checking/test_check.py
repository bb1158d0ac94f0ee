"""All rules together."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from distribute.checking import RULES, check
from distribute.checking.registry import Remark, warning
from distribute.domain.finding import Severity
from distribute.domain.release import Block, BlockKind, Quote, Release
from distribute.sources.releases import read_release

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
ERRORS = {
    "no-headline",
    "empty-body",
    "no-contact",
    "embargo-undated",
    "embargo-past",
    "embargo-weekday",
    "placeholder",
    "bidi-control",
    "mojibake",
    "link-scheme",
}
WARNINGS = {
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
}


def test_the_rules_are_these_and_weigh_so() -> None:
    assert {name for name, rule in RULES.items() if rule.severity is Severity.ERROR} == ERRORS
    assert {name for name, rule in RULES.items() if rule.severity is Severity.WARNING} == WARNINGS


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
        ("no-dateline", 3, None),
        ("day-without-year", 12, 4),
        ("missing-word", 12, 93),
        ("contact-without-email", 20, None),
    }


def test_two_rules_cannot_have_one_name() -> None:
    with pytest.raises(ValueError, match="exists already"):
        warning("no-dateline")(lambda release, now: iter([Remark("x")]))


@given(st.lists(st.text(max_size=80), max_size=6))
@settings(deadline=None, max_examples=150)
def test_any_text_can_be_checked_and_every_message_is_a_sentence(texts: list[str]) -> None:
    blocks = tuple(Block(kind=BlockKind.PARAGRAPH, text=text, line=n) for n, text in enumerate(texts, 2))
    quotes = tuple(Quote(text=text, line=n) for n, text in enumerate(texts, 2))
    release = Release(headline=texts[0] if texts else "", headline_line=1, body=blocks, quotes=quotes)
    for finding in check(release, NOW):
        assert finding.message.rstrip()[-1] in ".?—"
        assert finding.column is None or (finding.column > 0 and finding.line is not None)
