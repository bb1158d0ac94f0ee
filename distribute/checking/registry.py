"""The registry of rules: a name, a severity and a function from a release to remarks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from distribute.domain.finding import Severity
from distribute.domain.release import Release


@dataclass(frozen=True, slots=True)
class Remark:
    """What a rule has to say, and where: ``column`` counts within the paragraph that begins on ``line``."""

    message: str
    line: int | None = None
    column: int | None = None


Check = Callable[[Release, datetime], Iterator[Remark]]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: its name (what a finding is known and silenced by), how much it weighs, and its function."""

    name: str
    severity: Severity
    check: Check


RULES: dict[str, Rule] = {}


def error(name: str) -> Callable[[Check], Check]:
    """Register a rule whose findings block a send."""
    return _register(name, Severity.ERROR)


def warning(name: str) -> Callable[[Check], Check]:
    """Register a rule whose findings advise."""
    return _register(name, Severity.WARNING)


def _register(name: str, severity: Severity) -> Callable[[Check], Check]:
    def keep(check: Check) -> Check:
        if name in RULES:
            raise ValueError(f"the rule {name} exists already")
        RULES[name] = Rule(name, severity, check)
        return check

    return keep
