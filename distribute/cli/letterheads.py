"""Whose letter it is, from the settings."""

from __future__ import annotations

from urllib.parse import urlsplit

from distribute.cli.pictures import image_hosts
from distribute.config import Settings
from distribute.domain.content import Address
from distribute.domain.release import Release
from distribute.rendering.letter import Letterhead

PLACEHOLDERS = {"from_email": "press@example.com", "public_url": "https://press.example.com"}
"""Who sends while nobody is set up: letters that only ever reach the outbox folder."""


def letterhead(settings: Settings, release: Release | None = None) -> Letterhead:
    """Whose letter of ``release`` it is, with what can be derived where a setting is missing."""
    email = settings.from_email or PLACEHOLDERS["from_email"]
    host = urlsplit(settings.public_url or "").hostname or email.rpartition("@")[2]
    organisation = settings.organisation or settings.from_name or host
    return Letterhead(
        sender=Address(settings.from_name or organisation, email),
        reply_to=Address("", settings.reply_to) if settings.reply_to else None,
        organisation=organisation,
        postal_address=settings.postal_address,
        list_id=f"press.{email.rpartition('@')[2]}",
        image_hosts=image_hosts(settings, release.link if release else None),
    )
