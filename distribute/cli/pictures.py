"""Whose pictures a letter may load: of those who send, and of the hosts they named."""

from __future__ import annotations

from collections.abc import Iterator

from distribute.config import Settings
from distribute.domain.plan import Plan
from distribute.rendering.hosts import domain, host, is_numeric
from distribute.rendering.images import image_origins

EXAMPLE_DOMAINS = ("example.com", "example.org", "example.net")
"""Nobody has an address there (RFC 2606 3): a setting that names one was never filled in."""


def is_example(name: str) -> bool:
    """The host lies in a domain set aside for examples."""
    return any(name == one or name.endswith(f".{one}") for one in EXAMPLE_DOMAINS)


def image_hosts(settings: Settings, link: str | None) -> frozenset[str] | None:
    """The hosts pictures may come from, with their subdomains: the domains of ``PUBLIC_URL`` and ``FROM_EMAIL``, and
    ``IMAGE_HOSTS``, or without it the domain of the release's own ``link``. None while nobody is set up.
    """
    own = {host(settings.public_url or ""), settings.from_email.rpartition("@")[2].lower()}
    own = {domain(name) for name in own - {"", "localhost"} if not is_numeric(name) and not is_example(name)}
    if not (own or settings.image_hosts):
        return None
    named = settings.image_hosts or (domain(host(link or "")),)
    return frozenset({*own, *named}) - {""}


def strangers(settings: Settings, plan: Plan) -> Iterator[str]:
    """While nobody is set up, any host's pictures are taken: a sentence about them."""
    if not plan.messages or image_hosts(settings, None) is not None:
        return
    if found := sorted({host(origin) for origin in image_origins(plan.letters.values())}):
        yield (
            f"the letter loads pictures from {' and '.join(found)}, which will know who opened it and when: name "
            "the hosts you allow in IMAGE_HOSTS, or set FROM_EMAIL and PUBLIC_URL and only your own are"
        )
