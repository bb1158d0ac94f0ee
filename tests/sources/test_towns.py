"""Towns and the regions behind them."""

from __future__ import annotations

import pytest

from distribute.sources.towns import split_place


@pytest.mark.parametrize(
    ("place", "town", "region"),
    [
        ("Paris", "paris", ""),
        ("REGINA, Sask.", "regina", "sask"),
        ("Vancouver, B.C.", "vancouver", "b.c"),
        ("Bethlehem, Pa.", "bethlehem", "pa."),
        ("Belém (PA)", "belem", "pa"),
        ("Campinas/SP", "campinas", "sp"),
        ("Campinas-SP", "campinas", "sp"),
        ("Saint-Étienne", "saint-etienne", ""),
        ("GENEVA/NEW YORK", "geneva/new york", ""),
        ("", "", ""),
    ],
)
def test_a_place_is_a_town_and_perhaps_a_region(place: str, town: str, region: str) -> None:
    assert split_place(place) == (town, region)
