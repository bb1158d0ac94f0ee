"""A place as datelines write it, taken apart into its town and the region behind it."""

from __future__ import annotations

import re

from distribute.sources.vocabulary import fold, places

_REGION = re.compile(r"(?:,|\s\()(?P<behind>.*)|(?:\s?/\s?|-)(?P<code>[A-Z]{2})$")

_COUNTRY = re.compile(r"(?<=\w)\s+\([^()]*\)$")
"""``(USA)`` behind ``NY``."""


def split_place(place: str) -> tuple[str, str]:
    """Town and region, folded, as they stand in places.toml; no region where none is named or none is known."""
    match = _REGION.search(place)
    if not match:
        return fold(place).strip(" ()"), ""
    behind = _COUNTRY.sub("", match["behind"] or match["code"])
    town, region = fold(place[: match.start()]).strip(" ()"), fold(behind).strip(" ()")
    return town, region if region in places()["regions"] else region.strip(" .()")
