"""A post as an AT Protocol record, and the key it is stored under."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any

from distribute.domain.content import Post
from distribute.errors import PlanError

COLLECTION = "app.bsky.feed.post"
TEXT_BYTES = 3000
"""https://github.com/bluesky-social/atproto/blob/main/lexicons/app/bsky/feed/post.json: also 300 graphemes."""

_ALPHABET = "234567abcdefghijklmnopqrstuvwxyz"


def record_key(at: str, key: str) -> str:
    """The TID of a post: its instant in microseconds and a clock number, in sortable base 32.

    https://atproto.com/specs/tid. Below the second, and for the clock number, the delivery key's
    hash decides, so the same post has the same record key each time it is submitted.
    """
    try:
        moment: datetime | None = datetime.fromisoformat(at)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise PlanError(f"A Bluesky post needs the instant it is made for, in UTC, and “{at}” is none")
    digest = int.from_bytes(hashlib.sha256(key.encode()).digest()[:8])
    number = (int(moment.timestamp()) * 1_000_000 + digest % 1_000_000) << 10 | digest >> 54
    return "".join(_ALPHABET[number >> shift & 31] for shift in range(60, -1, -5))


def record(item: Post) -> dict[str, Any]:
    """The record itself: text, instant, language, links and link card."""
    content: dict[str, Any] = {
        "$type": COLLECTION,
        "text": item.text,
        "createdAt": item.at,
        "langs": [item.language],
    }
    if item.links:
        content["facets"] = [_facet(item.text, link.start, link.end, link.url) for link in item.links]
    if item.card:
        external = {"uri": item.card.url, "title": item.card.title, "description": item.card.description}
        content["embed"] = {"$type": "app.bsky.embed.external", "external": external}
    return content


def _facet(text: str, start: int, end: int, url: str) -> dict[str, Any]:
    """A link over UTF-8 bytes, end exclusive: https://docs.bsky.app/docs/advanced-guides/post-richtext."""
    if not 0 <= start < end <= len(text):
        raise PlanError(f"The link {url} lies outside the text of the Bluesky post")
    return {
        "index": {"byteStart": len(text[:start].encode()), "byteEnd": len(text[:end].encode())},
        "features": [{"$type": "app.bsky.richtext.facet#link", "uri": url}],
    }
