"""Plans to look at: the client's release under embargo, for as many invented readers as are wanted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from jinja2 import Environment

from distribute.domain.audience import Contact, SkipReason
from distribute.domain.content import Address, Message
from distribute.domain.finding import Finding, Severity
from distribute.domain.instant import Instant
from distribute.domain.plan import ChannelPlan, Plan, Recipient, Skip
from distribute.domain.release import Release
from distribute.rendering.letter import Letterhead, compile_letter, reader_values
from distribute.rendering.posts import render_post

NOW = datetime(2026, 11, 22, 14, 0, tzinfo=UTC)
ZONE = "America/Toronto"
LINK = "https://example.org/belarus"
HOSTILE = "</textarea></pre></script><script>alert(1)</script><img src=x onerror=alert(1)>\"' & {{ 7 * 7 }}"
Planner = Callable[..., Plan]


def people(number: int) -> list[Contact]:
    return [
        Contact(
            email=f"reader.{i}@example.com",
            first_name="Camille",
            last_name=f"O’Neill-{i}",
            outlet="La Gazette d’exemple",
            language="fr" if i % 3 == 2 else "en",
            region="Québec" if i % 2 else "",
            list_name="newsroom",
            line=i + 2,
            embargo_ok=True,
        )
        for i in range(number)
    ]


@pytest.fixture
def release(embargoed_release: Release) -> Release:
    return replace(embargoed_release, link=LINK, headline_line=1)


@pytest.fixture
def planned(release: Release, letterhead: Letterhead, environment: Environment) -> Planner:
    assert release.lift
    lift, mailed = Instant(release.lift, ZONE), Instant(NOW, ZONE)
    letters = {
        variant: compile_letter(release, letterhead, variant, at=NOW, zone=ZONE, environment=environment)
        for variant in ("en", "fr")
    }

    def message(recipient: Recipient) -> Message:
        letter = letters[recipient.variant]
        url = f"https://press.example.org/u/{recipient.key}"
        values = reader_values(
            letter,
            unsubscribe_url=url,
            language=recipient.variant,
            zone=ZONE,
            issuer_zone=ZONE,
            lift=lift.utc,
        )
        contact = recipient.contact
        return Message(key=recipient.key, letter=letter, recipient=Address(contact.name, contact.email), values=values)

    def make(contacts: Sequence[Contact], skips: Sequence[Skip] = (), networks: Sequence[str] = ()) -> Plan:
        chosen = [Recipient(key=f"{i:032x}", contact=c, variant=c.language or "en") for i, c in enumerate(contacts)]
        chosen.sort(key=lambda recipient: recipient.variant)
        posts = [
            render_post(release, network, key="0", account="@press", at=lift.utc, environment=environment)
            for network in networks
        ]
        mail = [ChannelPlan(channel="email", provider="outbox", at=mailed)] if contacts else []
        return Plan(
            id="belarus-1",
            release=release.slug,
            edition=1,
            headline=release.headline or "",
            created_at=NOW,
            channels=(*mail, *(ChannelPlan(channel=n, provider=n, at=lift) for n in networks)),
            lift=lift,
            letters=letters,
            recipients=tuple(chosen),
            messages=tuple(map(message, chosen)),
            posts=tuple(posts),
            skips=tuple(skips),
            batches=(),
            inputs={"belarus.txt": "ab" * 32},
        )

    return make


SKIPS = tuple(
    Skip(channel="email", recipient=f"left{i}@example.com", reason=reason, detail=f"detail {i}", list_name="b", line=i)
    for i, reason in enumerate(SkipReason, start=1)
)
FINDINGS = (
    Finding(rule="no-dateline", severity=Severity.WARNING, message="There is no dateline.", line=1),
    Finding(rule="contact-without-email", severity=Severity.ERROR, message="Nobody can be written to.", line=3),
)
