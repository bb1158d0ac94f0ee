"""Where a letter may lead, and whose pictures it may load: that host learns who opened the letter, and when."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from distribute.domain.release import Release
from distribute.errors import RenderError

_SHOWN = re.compile(r"\s*(?:https?://|www\.)[^\s<>“”«»]+\s*", re.IGNORECASE)
_NUMERIC = re.compile(r"\[.*\]|.*(?:^|\.)(?:[0-9]+|0x[0-9a-f]*)\.?", re.IGNORECASE)
_DESKS = frozenset(
    {
        "www",
        "press",
        "presse",
        "prensa",
        "media",
        "medias",
        "news",
        "newsroom",
        "mail",
        "email",
        "images",
        "cdn",
        "static",
    }
)
_SUFFIX = re.compile(r"[a-z]{2,3}\.[a-z]{2}|(?:gouv|info|name)\.[a-z]{2}")


@dataclass(frozen=True, slots=True)
class Hosts:
    """``leads`` are the hosts the releases name, each as it is; ``loads`` ours, with subdomains; all lower case."""

    leads: frozenset[str]
    loads: frozenset[str]

    def may_lead(self, name: str) -> bool:
        return name in self.leads or self.may_load(name)

    def may_load(self, name: str) -> bool:
        return any(name == one or name.endswith(f".{one}") for one in self.loads)


def host(url: str) -> str:
    """The host of an address, lower case; empty when there is none, or more than one reading of it."""
    try:
        parts = urlsplit(url)
        name = parts.hostname or ""
    except ValueError:
        return ""
    return "" if "@" in parts.netloc or "\\" in url else name


def is_numeric(name: str) -> bool:
    """``name`` is an IP address: browsers take a host that ends in a number for one (https://url.spec.whatwg.org/)."""
    return ":" in name or _NUMERIC.fullmatch(name) is not None


def domain(name: str) -> str:
    """What ``press.example.org`` belongs to: ``example.org``. Only the usual names of a desk are taken off."""
    first, _, rest = name.partition(".")
    return rest if first in _DESKS and "." in rest and not _SUFFIX.fullmatch(rest) else name


def hosts_of(versions: Sequence[Release], links: Iterable[str], loads: frozenset[str] | None) -> Hosts:
    """The hosts of a letter: of all the releases name, of its ``links`` (addresses), and of the pictures allowed.

    Without ``loads`` (nobody is set up) pictures may come from where the releases have theirs, and their own link.
    Raises RenderError for a picture on a host that is not allowed, and for words that show one address and lead
    to another, naming the line of the release.
    """
    assets = [asset for release in versions for asset in release.assets]
    named = {host(release.link or "") for release in versions} | {host(asset.url) for asset in assets}
    leads = named | {host(asset.full_size or "") for asset in assets} | set(map(host, links))
    enclosed = {host(asset.url) for asset in assets if asset.data is not None}  # they travel with the letter
    hosts = Hosts(frozenset(leads - {""}), frozenset((named if loads is None else loads | enclosed) - {""}))
    for problem in (one for release in versions for one in _problems(release, hosts)):
        raise RenderError(problem)
    return hosts


def misleads(words: str, href: str) -> str:
    """The host that ``words`` show, where they are an address and ``href`` leads to another's; else empty."""
    if not _SHOWN.fullmatch(words) or not href.lower().startswith("https://"):
        return ""
    shown = host(words.strip() if "://" in words else f"https://{words.strip()}")
    led = host(href)
    is_same = shown == led or shown.endswith(f".{led}") or led.endswith(f".{shown}")
    return "" if is_same or not shown else shown


def stranger(url: str, hosts: Hosts) -> str:
    """Why the picture at ``url`` may not be loaded, in a clause, with the way out; empty when it may."""
    name = host(url)
    if hosts.may_load(name):
        return ""
    return (
        f"would be loaded from {name or 'nowhere'}, which would then know who opened the letter and when: put it on "
        f"your own site, or allow that host with IMAGE_HOSTS={name or '…'}"
    )


def _problems(release: Release, hosts: Hosts) -> Iterator[str]:
    for asset in release.assets:
        where = f" of line {asset.line} of the release" if asset.line else ""
        if asset.url.startswith("https://") and (why := stranger(asset.url, hosts)):
            yield f"the picture “{asset.url}”{where} {why}"
    for block in release.body:
        for mark in block.marks:
            words = block.text[mark.start : mark.end]
            if mark.href and (shown := misleads(words, mark.href)):
                where = f"in line {block.line} of the release " if block.line else ""
                yield (
                    f"{where}“{words.strip()}” shows {shown} and leads to {host(mark.href)}: readers and spam filters "
                    "take that for fraud; write words, or the address it leads to"
                )
