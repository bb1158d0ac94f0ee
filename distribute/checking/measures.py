"""Miles in one version of a release and kilometres in another: the same length, each in the measure of its readers."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache

from distribute.checking.amounts import Figure
from distribute.checking.numerals import level
from distribute.checking.passages import Named

_METRES = {
    1609.344: "mile miles mi mille milles meile meilen milla millas mijl mijlen milha milhas",
    1000.0: "km kilometre kilometres kilometer kilometers kilometern kilometro kilometros quilometro quilometros",
    0.3048: "foot feet ft pied pieds fuss pie pies voet pe pes",
    1.0: "m metre metres meter meters metern metro metros",
}
_HECTARES = {
    0.404686: "acre acres",
    1.0: "ha hectare hectares hektar hectarea hectareas",
}
_UNIT = re.compile(r"[\s-]*(?:de\s+)?([^\W\d_]+)")
_ROUNDED = 0.07
"""A translator rounds: 60 miles are 100 kilometres."""


def without_converted(
    own: Sequence[Named[Figure]], other: Sequence[Named[Figure]]
) -> tuple[list[Named[Figure]], list[Named[Figure]]]:
    """The numbers of two versions without those that are one quantity in two measures."""
    rest, left = list(other), []
    for named in own:
        partner = next((one for one in rest if is_same_quantity(named, one)), None)
        if partner is None:
            left.append(named)
        else:
            rest.remove(partner)
    return left, rest


def is_same_quantity(one: Named[Figure], other: Named[Figure]) -> bool:
    """Within what rounding does to it; only between two measures: 100 km and 101 km are two lengths."""
    first, second = _quantity(one), _quantity(other)
    if first is None or second is None or first[:2] == second[:2] or first[0] != second[0]:
        return False
    return abs(first[2] - second[2]) <= _ROUNDED * max(first[2], second[2])


def _quantity(named: Named[Figure]) -> tuple[str, float, float] | None:
    """Of what kind, in which unit, and how much in metres or hectares."""
    match = _UNIT.match(level(named.text.words), named.thing.end)
    kind, unit = _units().get(match[1] if match else "", ("", 0.0))
    return (kind, unit, float(named.thing.value) * unit) if kind else None


@cache
def _units() -> Mapping[str, tuple[str, float]]:
    tables = (("length", _METRES), ("area", _HECTARES))
    return {word: (kind, size) for kind, table in tables for size, words in table.items() for word in words.split()}
