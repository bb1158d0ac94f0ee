"""A release to findings: one rule, one function."""

from __future__ import annotations

from datetime import datetime
from itertools import islice

from distribute.checking import (
    agreement,
    blanks,
    characters,
    counterparts,
    dates,
    embargoes,
    figures,
    footnotes,
    headlines,
    links,
    parts,
    persons,
    quotations,
    silencing,
    spellings,
    strays,
    telephones,
    wording,
)
from distribute.checking.places import find_place
from distribute.checking.registry import RULES, Remark, Rule
from distribute.checking.versions import VERSION_RULES, Version, check_versions
from distribute.domain.finding import Finding
from distribute.domain.release import Release

__all__ = ["RULES", "VERSION_RULES", "Version", "check", "check_versions"]

_ROOMS = (
    silencing,
    parts,
    headlines,
    embargoes,
    dates,
    characters,
    blanks,
    wording,
    quotations,
    links,
    strays,
    figures,
    footnotes,
    spellings,
    persons,
    telephones,
    agreement,
    counterparts,
)
"""The modules that register the rules; importing them is what fills the registry."""
_MOST = 500
"""Remarks of one rule: each is looked for in its paragraph, and no editor reads as many."""


def check(release: Release, now: datetime) -> tuple[Finding, ...]:
    """Every finding of every rule: errors before warnings, each in the order of the text. ``now`` is aware.

    What the release silences comes last, with the reason. Of each rule there are the first 500: whoever has
    mended those asks again.
    """
    reasons = silencing.reasons_of(release)
    findings = [
        _finding(rule, said, release, reasons.get(rule.name))
        for rule in RULES.values()
        for said in islice(rule.check(release, now), _MOST)
    ]
    return tuple(sorted(findings, key=_order))


def _finding(rule: Rule, said: Remark, release: Release, silenced: str | None) -> Finding:
    place = find_place(said, release.lines)
    return Finding(
        rule=rule.name,
        severity=rule.severity,
        message=said.message,
        line=place.line,
        column=place.column,
        length=place.length,
        silenced=silenced,
    )


def _order(found: Finding) -> tuple[bool, bool, int, int]:
    return found.silenced is not None, not found.is_error, found.line or 0, found.column or 0
