"""Helpers of the tests of rules: a sound release, and the findings of one rule on a change of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from distribute.checking import check
from distribute.domain.finding import Finding
from distribute.domain.release import Block, BlockKind, Dateline, MediaContact, Release

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
PROSE = " ".join(f"Inspectors wrote to the ministry about spillway {number} of the dam." for number in range(20))
Findings = Callable[..., list[Finding]]


def block(text: str, line: int = 5) -> Block:
    return Block(kind=BlockKind.PARAGRAPH, text=text, line=line)


SOUND = Release(
    headline="Dam operators ignored warnings for a decade",
    headline_line=1,
    language="en",
    dateline=Dateline(raw="OTTAWA, March 3, 2026 —", place="OTTAWA", date=date(2026, 3, 3), line=3),
    body=(block(PROSE, 3),),
    contacts=(MediaContact(name="Ana Ruiz", phones=("+16135550123",), emails=("ana@example.org",), line=9),),
)


@pytest.fixture
def sound() -> Release:
    return SOUND


@pytest.fixture
def findings() -> Findings:
    """``findings(rule, **changes)``: what that rule says of the sound release with these changes.

    ``text`` adds one paragraph to the body, on line 5.
    """

    def of(rule: str, text: str | None = None, **changes: Any) -> list[Finding]:
        body = (*SOUND.body, block(text)) if text is not None else changes.pop("body", SOUND.body)
        changed = replace(SOUND, body=body, **changes)
        return [finding for finding in check(changed, NOW) if finding.rule == rule]

    return of
