"""A release to findings: one rule, one function."""

from __future__ import annotations

from datetime import datetime

from distribute.checking import dates, embargoes, headlines, links, parts, quotations, wording
from distribute.checking.registry import RULES
from distribute.domain.finding import Finding
from distribute.domain.release import Release

__all__ = ["RULES", "check"]

_ROOMS = (parts, headlines, embargoes, dates, wording, quotations, links)
"""The modules that register the rules; importing them is what fills the registry."""


def check(release: Release, now: datetime) -> tuple[Finding, ...]:
    """Every finding of every rule: errors before warnings, each in the order of the text. ``now`` is aware."""
    findings = [
        Finding(rule=rule.name, severity=rule.severity, message=said.message, line=said.line, column=said.column)
        for rule in RULES.values()
        for said in rule.check(release, now)
    ]
    return tuple(sorted(findings, key=lambda found: (not found.is_error, found.line or 0, found.column or 0)))
