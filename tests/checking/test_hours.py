"""Clock times as each language writes them."""

from __future__ import annotations

import pytest

from distribute.checking.hours import find_times


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("at 11 a.m.", 660),
        ("at 11am", 660),
        ("at 6:30 p.m.", 1110),
        ("à 11 h", 660),
        ("à 18h30", 1110),
        ("à 18 heures", 1080),
        ("um 18.30 Uhr", 1110),
        ("um 18 Uhr", 1080),
        ("at 18:30", 1110),
        ("om 18 uur", 1080),
    ],
)
def test_a_time_is_one_time_in_every_language(text: str, minutes: int) -> None:
    (time,) = find_times(text)
    assert time.minutes == minutes


@pytest.mark.parametrize("text", ["at 18.30 each", "48 hours", "a score of 3:75", "25 h"])
def test_what_no_clock_shows_is_no_time(text: str) -> None:
    assert find_times(text) == []


def test_times_in_two_zones_can_be_one_instant() -> None:
    (london,), (paris,), (bare,) = find_times("10:00 GMT"), find_times("11 h (CET)"), find_times("11 h")
    assert london.agrees(paris)
    assert paris.agrees(bare)
    assert not london.agrees(bare)
    (ottawa,), (outaouais,) = find_times("11 a.m. EST"), find_times("11 h HNE")
    assert ottawa.agrees(outaouais)
