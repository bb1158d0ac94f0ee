"""The parts a line of a release can belong to, and what a recogniser says when it proposes one."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Part(StrEnum):
    """Where a line goes. Every non-blank line ends in exactly one part."""

    LETTERHEAD = "letterhead"
    LABEL = "label"
    RELEASE_LINE = "release line"
    DATE = "date"
    HEADLINE = "headline"
    SUBHEAD = "subhead"
    BODY = "body"
    END_MARK = "end mark"
    BOILERPLATE = "boilerplate"
    NOTES = "notes to editors"
    CONTACT = "media contact"
    FOOTER = "footer"
    SEPARATOR = "separator"


class Proposal(NamedTuple):
    """Lines that may be a part, with the weight of the evidence (0 to 1) and the phrase that gave it."""

    part: Part
    lines: tuple[int, ...]
    weight: float
    evidence: str = ""
