"""Full names."""

from __future__ import annotations

import pytest

from distribute.checking.full_names import find_full_names, is_one_person


def test_full_names_stand_side_by_side_with_their_particles() -> None:
    text = "Later, Ana de la Cruz met Jan van Dijk and the mayor of Ottawa; ana@Bell Smith."
    assert [match[0] for match in find_full_names("Later, Jean-Pierre Blanc met Jan van Dijk in Ottawa.")] == [
        "Jean-Pierre Blanc",
        "Jan van Dijk",
    ]
    assert "Jan van Dijk" in [match[0] for match in find_full_names(text)]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Jean-Pierre Blanc", "Jean Pierre Blanc"),
        ("François Dupré", "Francois Dupré"),
        ("Jürgen Kröger", "Jürgen Kroeger"),
        ("Mohammed Saleh", "Mohamed Saleh"),
        ("Sophia Bell", "Sofia Bell"),
        ("Erik Bell", "Eric Bell"),
        ("Ruth Okafor", "Ruth Okaffor"),
        ("Alexander Petrenka", "Alexander Petrenko"),
    ],
)
def test_spellings_of_one_person(first: str, second: str) -> None:
    assert is_one_person(first, second)
    assert is_one_person(second, first)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Maria Lopez", "Mario Lopez"),
        ("Dan Smith", "Don Smith"),
        ("Daniel Roy", "Danielle Roy"),
        ("Ruth Okafor", "Samuel Okafor"),
        ("Minister Moreno", "Minister Morena"),
        ("United Nation", "United Nations"),
        ("Human Rights", "human rights"),
        ("Ana Ruiz", "Ana Diaz"),
    ],
)
def test_names_of_two(first: str, second: str) -> None:
    assert not is_one_person(first, second)
