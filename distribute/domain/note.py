"""What a press officer says to journalists above a release."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class CoveringNote:
    """What a press officer says to a list above a release, in its own language (BCP 47).

    ``list_name`` is the media list it is for; empty for all that have none of their own.
    """

    text: str
    language: str
    list_name: str = ""
