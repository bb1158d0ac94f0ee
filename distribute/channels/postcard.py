"""A post as its reader would see it: one small page that needs nothing else."""

from __future__ import annotations

from html import escape

from distribute.domain.content import Card, Post

NAMES = {"mastodon": "Mastodon", "bluesky": "Bluesky", "x": "X"}

_STYLE = """
:root { color-scheme: light dark; --page: #f2f3f5; --sheet: #fff; --ink: #16181c; --soft: #5b6470;
  --edge: #d5d9df; --link: #0b57a4 }
@media (prefers-color-scheme: dark) {
  :root { --page: #101215; --sheet: #1a1d21; --ink: #eceef0; --soft: #a3abb5; --edge: #363b42; --link: #8ab8f0 }
}
body { margin: 0; padding: 2rem 1rem; background: var(--page); color: var(--ink);
  font: 1rem/1.5 system-ui, sans-serif }
article { max-width: 36rem; margin: auto; padding: 1.25rem; background: var(--sheet);
  border: 1px solid var(--edge); border-radius: .75rem }
header, footer { color: var(--soft); font-size: .875rem }
header strong { color: var(--ink) }
.text { margin: .75rem 0; white-space: pre-wrap; overflow-wrap: anywhere }
a { color: var(--link) }
.card { display: block; margin: .75rem 0; padding: .75rem 1rem; border: 1px solid var(--edge);
  border-radius: .5rem; text-decoration: none }
.card b { display: block; color: var(--ink) }
.card span { color: var(--soft); font-size: .875rem; overflow-wrap: anywhere }
"""


def postcard(post: Post) -> str:
    """A self-contained HTML page of the post: text with its links, link card, account and count."""
    network = NAMES.get(post.network, post.network)
    count = f"{post.length} of {post.limit} {post.unit}" if post.limit else f"{post.length} {post.unit}"
    return (
        f'<!doctype html>\n<html lang="{escape(post.language)}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(network)}: {escape(post.account or 'post')}</title>\n"
        f"<style>{_STYLE}</style>\n</head>\n<body>\n"
        f"<article>\n<header><strong>{escape(post.account or 'Your account')}</strong> · {escape(network)}</header>\n"
        f'<div class="text">{_linked(post)}</div>\n{_card(post.card)}'
        f"<footer>{escape(count)}{_moment(post.at)}</footer>\n</article>\n</body>\n</html>\n"
    )


def _moment(at: str) -> str:
    """`` · 2026-11-24 11:00 UTC``, or nothing for a post without an instant."""
    return f" · {escape(at[:16].replace('T', ' '))} UTC" if at.endswith("Z") else ""


def _linked(post: Post) -> str:
    parts, position = [], 0
    for link in sorted(post.links, key=lambda link: link.start):
        parts += [escape(post.text[position : link.start]), _anchor(link.url, post.text[link.start : link.end])]
        position = link.end
    return "".join([*parts, escape(post.text[position:])])


def _anchor(url: str, text: str) -> str:
    """A link only where it leads to the web: no other scheme may hide in a page people click on."""
    if not url.startswith(("https://", "http://")):
        return escape(text)
    return f'<a href="{escape(url)}" rel="noreferrer">{escape(text)}</a>'


def _card(card: Card | None) -> str:
    if not card or not card.url.startswith(("https://", "http://")):
        return ""
    description = f"<span>{escape(card.description)}</span><br>" if card.description else ""
    return (
        f'<a class="card" href="{escape(card.url)}" rel="noreferrer"><b>{escape(card.title)}</b>'
        f"{description}<span>{escape(card.url)}</span></a>\n"
    )
