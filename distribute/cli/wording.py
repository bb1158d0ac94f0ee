"""Numbers with their nouns."""

from __future__ import annotations


def counted(number: int, singular: str, plural: str = "") -> str:
    """``1 recipient``, ``340 recipients``, ``2,000 recipients``."""
    return f"{number:,} {singular if number == 1 else plural or singular + 's'}"
