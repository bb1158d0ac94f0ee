"""The length of a text as each network counts it."""

from __future__ import annotations

import importlib
import importlib.resources
import sys
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from types import ModuleType
from typing import Any

import regex

from distribute.errors import RenderError

_URL_WEIGHT = 23
_REMOTE_MENTION = regex.compile(r"(?<![=/\w])(@[a-z0-9_]+(?:[a-z0-9_.-]*[a-z0-9_])?)@[\w.-]+\w", regex.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Limit:
    """At most ``longest`` of ``unit``, as ``count`` finds them."""

    longest: int
    unit: str
    count: Callable[[str], int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """A text's length against a network's limit, both in the network's unit."""

    length: int
    limit: int
    unit: str

    @property
    def fits(self) -> bool:
        return self.length <= self.limit

    @property
    def excess(self) -> int:
        """By how much it is too long; 0 when it fits."""
        return max(0, self.length - self.limit)

    @property
    def overrun(self) -> str:
        """A clause saying by how much it is too long; empty when it fits."""
        if self.fits:
            return ""
        return f"{self.length:,} {self.unit}, {self.excess:,} more than the {self.limit:,} allowed"


HOPELESS = 6_000
"""Code points beyond which nothing fits anywhere, even with a link of 4,096: not worth an exact count,
and twitter-text takes minutes over some texts that long."""


def measure(text: str, network: str) -> Measure:
    """The length of ``text`` on ``network``; where two limits hold, against the one that is broken, or the first.

    Raises RenderError for a network whose way of counting is not known.
    """
    try:
        limits = LIMITS[network]
    except KeyError:
        known = ", ".join(sorted(LIMITS))
        raise RenderError(f"how {network} counts is not known: post to one of {known}") from None
    text = normalise(text)
    is_hopeless = len(text) > HOPELESS
    measures = [
        Measure(length=len(text) if is_hopeless else limit.count(text), limit=limit.longest, unit=limit.unit)
        for limit in limits
    ]
    return next((found for found in measures if not found.fits), measures[0])


def normalise(text: str) -> str:
    """NFC with ``\\n`` line ends: the form in which a text is counted and posted."""
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))


def count_graphemes(text: str) -> int:
    """Extended grapheme clusters (UAX 29), what a reader would call characters."""
    return len(regex.findall(r"\X", text))


def count_bytes(text: str) -> int:
    """UTF-8 bytes."""
    return len(text.encode())


def count_mastodon(text: str) -> int:
    """Graphemes, with each linkable http(s) URL as 23 and ``@user@host`` as ``@user``.

    The rule is Mastodon's ``StatusLengthValidator``; it finds URLs with twitter-text, so a URL
    that twitter-text would not link (no space before it, over 4,096 characters) counts in full.
    """
    pieces, end = [], 0
    for found in twitter_text().extract_urls_with_indices(text, extract_urls_without_protocol=False):
        start, stop = found["indices"]
        pieces += [text[end:start], "x" * _URL_WEIGHT]
        end = stop
    return count_graphemes(_REMOTE_MENTION.sub(r"\1", "".join([*pieces, text[end:]])))


def count_x(text: str) -> int:
    """Weighted characters of twitter-text v3: most scripts outside Latin count 2, a URL 23, an emoji 2."""
    return int(twitter_text().parse_tweet(text).weightedLength)


@cache
def twitter_text() -> Any:
    """The library, imported when a post is first counted.

    Version 3.0.0 reads one file of its own through setuptools' ``pkg_resources``, which Python 3.12
    and later do not come with and setuptools has given up; for the length of the import that one
    call is answered by ``importlib.resources``.
    """
    answering = ModuleType("pkg_resources")
    answering.resource_string = _resource_string  # type: ignore[attr-defined]
    was_there, before = "pkg_resources" in sys.modules, sys.modules.get("pkg_resources")
    sys.modules[answering.__name__] = answering
    try:
        return importlib.import_module("twitter_text")
    finally:
        del sys.modules[answering.__name__]
        if was_there:
            sys.modules[answering.__name__] = before  # type: ignore[assignment]  # None where its import is forbidden


def _resource_string(module: str, name: str) -> bytes:
    return importlib.resources.files(module.rpartition(".")[0]).joinpath(name).read_bytes()


LIMITS: dict[str, tuple[Limit, ...]] = {
    # docs.joinmastodon.org/user/posting: 500 unless the server says otherwise
    "mastodon": (Limit(500, "graphemes", count_mastodon),),
    # lexicon app.bsky.feed.post: maxGraphemes 300 and maxLength 3000, which is bytes
    "bluesky": (Limit(300, "graphemes", count_graphemes), Limit(3000, "bytes", count_bytes)),
    # docs.x.com/fundamentals/counting-characters
    "x": (Limit(280, "weighted characters", count_x),),
}
"""Every network whose way of counting is known."""
