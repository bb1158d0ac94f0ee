"""Posts as their networks show them: whose, when, with their links, their card, and their place in a thread."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from distribute.domain.content import Post
from distribute.domain.plan import Plan
from distribute.rendering.tally import language_name
from distribute.rendering.timeline import at_once, in_words, name_of

NEARLY_FULL = 0.95


@dataclass(frozen=True, slots=True)
class Piece:
    """Part of a post's text; ``url`` when it is a link."""

    text: str
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PostView:
    """A post as its network shows it.

    ``stamp`` is the time beside the name, as networks write it; ``place`` such as ``2/3`` when it is one
    of several by one account; ``share`` the part of its network's limit that it takes, 0 to 1.
    """

    post: Post
    network: str
    name: str
    handle: str
    stamp: str
    language: str
    pieces: tuple[Piece, ...]
    when: str
    share: float
    card_host: str
    place: str

    @property
    def is_nearly_full(self) -> bool:
        return self.share >= NEARLY_FULL


def view_posts(plan: Plan, organisation: str = "") -> Iterator[PostView]:
    """Every post of the plan, in order. ``organisation`` is the name its accounts are taken to have."""
    instants = {channel.channel: channel.at for channel in plan.channels}
    numbers = Counter((post.network, post.account) for post in plan.posts)
    seen: Counter[tuple[str, str]] = Counter()
    for post in plan.posts:
        at = instants.get(post.network)
        is_later = at is not None and at.utc > plan.created_at
        whose = (post.network, post.account)
        seen[whose] += 1
        yield PostView(
            post=post,
            network=name_of(post.network),
            name=organisation or post.account.lstrip("@").partition("@")[0],
            handle=post.account,
            stamp=f"{at.local.day} {at.local:%b, %H:%M}" if at and is_later else "now",
            language=language_name(post.language),
            pieces=tuple(_pieces(post)),
            when=in_words(at, plan.created_at) if at and is_later else at_once(plan).capitalize(),
            share=min(1.0, post.length / post.limit) if post.limit else 0.0,
            card_host=urlsplit(post.card.url).netloc if post.card else "",
            place=f"{seen[whose]}/{numbers[whose]}" if numbers[whose] > 1 else "",
        )


def _pieces(post: Post) -> Iterator[Piece]:
    end = 0
    for link in post.links:
        yield Piece(post.text[end : link.start])
        yield Piece(post.text[link.start : link.end], link.url)
        end = link.end
    yield Piece(post.text[end:])
