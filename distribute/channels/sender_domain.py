"""What a domain publishes about its mail: SPF and DMARC, which mailbox providers ask for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from dns.exception import DNSException
from dns.resolver import NXDOMAIN, NoAnswer, Resolver

LIFETIME = 4.0
"""Seconds for one question, all name servers and tries together."""

Ask = Callable[[str], Sequence[str]]


class NotAnswered(Exception):
    """No name server answered, which says nothing about the domain."""


def text_records(name: str) -> list[str]:
    """The TXT records of ``name``; empty when it has none. Raises NotAnswered."""
    try:
        answers = Resolver().resolve(name, "TXT", lifetime=LIFETIME)
    except (NXDOMAIN, NoAnswer):
        return []
    except DNSException as error:
        raise NotAnswered(name) from error
    return [b"".join(answer.strings).decode("utf-8", "replace") for answer in answers]


def find_faults(domain: str, ask: Ask = text_records) -> Iterator[str]:
    """A sentence for each record a bulk sender needs and ``domain`` lacks.

    SPF is looked for at the domain (RFC 7208 3), DMARC at ``_dmarc`` under it and the domains
    above it (RFC 7489 6.6.3). DKIM cannot be looked for: only the provider knows its selector.
    """
    try:
        if not _has(ask(domain), "v=spf1"):
            yield f"{domain} publishes no SPF record: letters may be taken for spam; your provider says which to add"
        if not any(_has(ask(f"_dmarc.{name}"), "v=DMARC1") for name in _upwards(domain)):
            yield f"{domain} publishes no DMARC record: Gmail, Yahoo and Outlook ask bulk senders for one"
    except NotAnswered as error:
        yield f"{error} could not be looked up: no name server answered; SPF and DMARC were not checked"


def _has(records: Sequence[str], version: str) -> bool:
    return any(record.lower().startswith(version.lower()) for record in records)


def _upwards(domain: str) -> Iterator[str]:
    """The domain and those above it, down to two labels."""
    labels = domain.split(".")
    for start in range(max(1, len(labels) - 1)):
        yield ".".join(labels[start:])
