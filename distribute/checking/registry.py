"""The registry of rules: a name, a severity and a function from a release to remarks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from distribute.domain.finding import Severity
from distribute.domain.release import Release


@dataclass(frozen=True, slots=True)
class Remark:
    """What a rule has to say, and where.

    ``column`` counts within the paragraph that begins on ``line``; ``passage`` are the words it is about, which
    stand ``earlier`` times before in that paragraph.
    """

    message: str
    line: int | None = None
    column: int | None = None
    passage: str = ""
    earlier: int = 0


Check = Callable[[Release, datetime], Iterator[Remark]]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: its name (what a finding is known and silenced by), how much it weighs, and its function.

    Its sentence is the first of the function's docstring. A rule that ``is_final`` cannot be silenced.
    """

    name: str
    severity: Severity
    check: Check
    is_final: bool = False

    @property
    def sentence(self) -> str:
        """What it asks, in one line."""
        return sentence_of(self.check)


def sentence_of(function: Callable[..., object]) -> str:
    """The first sentence of a function's docstring, in one line."""
    return " ".join((function.__doc__ or "").strip().partition("\n\n")[0].split())


RULES: dict[str, Rule] = {}
FINAL: dict[str, bool] = {}
"""Whether a rule cannot be silenced, by its name: these, and those that compare versions."""


def error(name: str, *, is_final: bool = False) -> Callable[[Check], Check]:
    """Register a rule whose findings block a send."""
    return _register(name, Severity.ERROR, is_final=is_final)


def warning(name: str) -> Callable[[Check], Check]:
    """Register a rule whose findings advise."""
    return _register(name, Severity.WARNING, is_final=False)


def _register(name: str, severity: Severity, *, is_final: bool) -> Callable[[Check], Check]:
    def keep(check: Check) -> Check:
        claim_name(name, is_final=is_final)
        RULES[name] = Rule(name, severity, check, is_final)
        return check

    return keep


def claim_name(name: str, *, is_final: bool) -> None:
    """Take a name for a rule of either kind; ValueError when one goes by it already."""
    if name in FINAL:
        raise ValueError(f"the rule {name} exists already")
    FINAL[name] = is_final
