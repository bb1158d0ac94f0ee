"""Names of days and months."""

from __future__ import annotations

from distribute.checking.names import find_weekday_names, month_names, weekday_names


def test_names_are_those_of_the_language_and_english() -> None:
    assert weekday_names("fr")["mardi"] == weekday_names("fr")["Tuesday"] == 1
    assert {"août", "August"} <= set(month_names("fr"))


def test_an_unknown_language_has_the_english_names() -> None:
    assert weekday_names("zz") == weekday_names(None)


def test_a_short_weekday_counts_before_a_date_alone() -> None:
    text = "Mi., 16.09.2026, und am Freitag. So geht es, Do it."
    assert [(match[0], day) for match, day in find_weekday_names(text, "de")] == [("Mi.", 2), ("Freitag", 4)]
    assert [day for _, day in find_weekday_names("Le mar. 3 mars, la mer 2 000 m", "fr")] == []
