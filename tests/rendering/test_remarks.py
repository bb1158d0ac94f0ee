"""Findings beside the lines they are about."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from distribute.domain.finding import Finding, Severity
from distribute.domain.release import Release
from distribute.rendering.remarks import LONGEST, make_remarks, shorten

LINES = ("The bridge stays closed", "", "It stays closed until spring TBC, they said.", "", "Call Ada Moreau.", "30")


def found(line: int | None, column: int | None = None, length: int = 0, **more: str) -> Finding:
    severity = Severity(more.pop("severity", "warning"))
    return Finding(rule="r", severity=severity, message="m", line=line, column=column, length=length, **more)


def test_the_words_in_question_are_cut_out_of_their_line_with_what_is_around() -> None:
    (remark,) = make_remarks([found(3, 30, 3)], Release(headline=None), LINES)
    assert [(line.number, line.is_meant) for line in remark.lines] == [(1, False), (3, True), (5, False)]
    meant = remark.lines[1]
    assert (meant.before, meant.middle, meant.after) == ("It stays closed until spring ", "TBC", ", they said.")


def test_a_finding_without_a_line_or_in_another_file_has_no_words() -> None:
    release = Release(headline=None, source="bridge.txt")
    remarks = list(make_remarks([found(None), found(3, file="bridge.fr.txt"), found(2), found(99)], release, LINES))
    assert [remark.lines for remark in remarks] == [()] * 4
    assert [remark.place for remark in remarks] == ["", "line 2", "bridge.fr.txt line 3", "line 99"]
    (here,) = make_remarks([found(3, file="/press/bridge.txt")], release, LINES)
    assert here.lines


def test_errors_come_first_then_advice_in_the_order_of_the_file_and_what_is_silenced_last() -> None:
    findings = [found(5), found(1), found(3, severity="error"), found(1, severity="error", silenced="it is so")]
    remarks = list(make_remarks(findings, Release(headline=None), LINES))
    assert [(remark.verdict, remark.finding.line) for remark in remarks] == [
        ("Blocks", 3),
        ("Advice", 1),
        ("Advice", 5),
        ("Silenced", 1),
    ]


def test_a_release_without_lines_is_quoted_from_what_is_known_of_it(client_release: Release) -> None:
    release = replace(client_release, headline_line=1)
    (remark,) = make_remarks([found(1)], release, ())
    assert remark.lines[0].before == release.headline


@settings(deadline=None, max_examples=60)
@given(st.text("ab \u0301é", min_size=1, max_size=2000), st.integers(1, 2100), st.integers(0, 900))
def test_however_long_a_line_is_what_is_shown_of_it_is_short_and_its_own(line: str, column: int, length: int) -> None:
    for remark in make_remarks([found(1, column, length)], Release(headline=None), [line]):
        for shown in remark.lines:
            assert len(shown.before) + len(shown.middle) + len(shown.after) <= 3 * LONGEST + 10
            assert shown.before.strip("… ") in line
            assert shown.middle.removesuffix(" …") in line


def test_a_text_is_cut_between_words() -> None:
    assert shorten("one two three", 9) == "one two …"
    assert shorten("onetwothree", 5) == "onetw …"
    assert shorten("one", 3) == "one"
