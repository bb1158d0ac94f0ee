"""The language versions of one release beside each other: what one says and the other does not."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any, NamedTuple

from babel import Locale, UnknownLocaleError

from distribute.checking.passages import Named, Passages, read_passages
from distribute.checking.places import Place
from distribute.checking.registry import claim_name, sentence_of
from distribute.checking.silencing import reasons_of
from distribute.domain.finding import Finding, Severity
from distribute.domain.release import Release

ONE_SITTING = timedelta(minutes=10)
"""Files saved so close together were edited together."""


@dataclass(frozen=True)
class Version:
    """One language version: its release, its file as a person names it, and when it was last edited (aware)."""

    release: Release
    file: str
    edited: datetime | None = None

    @property
    def name(self) -> str:
        """How a sentence calls it: ``the French text``; by its file where the language is not known."""
        try:
            return f"the {Locale.parse(self.release.language or '').get_display_name('en')} text"
        except (UnknownLocaleError, ValueError):
            return self.file


@dataclass(frozen=True)
class Pair:
    """The version that was asked about, and another one."""

    own: Version
    other: Version

    @cached_property
    def passages(self) -> tuple[Passages, Passages]:
        releases = self.own.release, self.other.release
        both = {
            "with_boilerplate": all(release.boilerplate for release in releases),
            "with_notes": all(release.notes_to_editors for release in releases),
        }
        return read_passages(releases[0], **both), read_passages(releases[1], **both)

    @property
    def names(self) -> tuple[str, str]:
        """Two names that cannot be taken for each other."""
        own, other = self.own.name, self.other.name
        return (own, other) if own != other else (self.own.file, self.other.file)

    def places(self, own: Named[Any] | None, other: Named[Any] | None) -> tuple[Place, Place]:
        """Where something of each version stands in its file."""
        nowhere = Place(None, None)
        return (
            own.place_in(self.own.release) if own else nowhere,
            other.place_in(self.other.release) if other else nowhere,
        )


class Disagreement(NamedTuple):
    """A sentence, and its place in the version asked about; or in the other one where only that can be shown."""

    message: str
    line: int | None = None
    is_in_other: bool = False
    column: int | None = None
    length: int = 0


Comparison = Callable[[Pair], Iterator[Disagreement]]


class Rule(NamedTuple):
    """What must agree between versions: a name, how much it weighs, its function, and whether it cannot be silenced."""

    name: str
    severity: Severity
    compare: Comparison
    is_final: bool = False

    @property
    def sentence(self) -> str:
        """What it asks, in one line."""
        return sentence_of(self.compare)


VERSION_RULES: dict[str, Rule] = {}


def must_agree(
    name: str, severity: Severity = Severity.WARNING, *, is_final: bool = False
) -> Callable[[Comparison], Comparison]:
    """Register a rule over a pair of versions."""

    def keep(compare: Comparison) -> Comparison:
        claim_name(name, is_final=is_final)
        VERSION_RULES[name] = Rule(name, severity, compare, is_final)
        return compare

    return keep


def check_versions(own: Version, others: Sequence[Version]) -> tuple[Finding, ...]:
    """Every disagreement between a version and each of the others: errors first, in the order of the text.

    ``file`` of a finding is the version its line is in. What the version asked about silences comes last.
    """
    reasons = reasons_of(own.release)
    findings = []
    for other in others:
        pair = Pair(own, other)
        findings += [
            _finding(rule, said, pair, reasons.get(rule.name))
            for rule in VERSION_RULES.values()
            for said in rule.compare(pair)
        ]
    return tuple(sorted(findings, key=lambda it: (not it.is_blocking, it.file != own.file, it.line or 0)))


def _finding(rule: Rule, said: Disagreement, pair: Pair, silenced: str | None) -> Finding:
    version = pair.other if said.is_in_other else pair.own
    message = f"The {said.message[4:]}" if said.message.startswith("the ") else said.message
    return Finding(
        rule=rule.name,
        severity=rule.severity,
        message=message,
        line=said.line,
        column=said.column,
        length=said.length,
        silenced=silenced,
        file=version.file,
    )


def at(line: int | None) -> str:
    """`` (line 7)`` for a sentence; nothing where the line is not known."""
    return f" (line {line})" if line else ""
