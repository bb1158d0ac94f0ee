"""Names of days and months."""

from __future__ import annotations

from distribute.checking.names import month_names, month_numbers, weekday_names


def test_names_are_those_of_the_language_and_english() -> None:
    assert weekday_names("fr")["mardi"] == weekday_names("fr")["Tuesday"] == 1
    assert month_numbers("fr")["août"] == 8
    assert {"août", "August"} <= set(month_names("fr"))


def test_an_unknown_language_has_the_english_names() -> None:
    assert weekday_names("zz") == weekday_names(None)
