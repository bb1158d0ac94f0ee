"""What a press officer asked for: everything a plan is made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from jinja2 import Environment

from distribute.channels.base import Provider
from distribute.config import LanguagePolicy
from distribute.delivery.audience import Audience
from distribute.delivery.unsubscribing import UnsubscribeLinks
from distribute.domain.attachment import Attachment
from distribute.domain.instant import Instant
from distribute.domain.note import CoveringNote
from distribute.domain.release import Release
from distribute.rendering.letter import Letterhead


@dataclass(frozen=True, kw_only=True)
class Order:
    """``at`` maps a channel, or "" for all of them, to the instant that was asked for; ``inputs`` maps
    the files read to the hex sha256 of their bytes; ``zone`` is the issuer's IANA zone. With a
    ``canary``, ``own`` addresses and the first of the lists get theirs so long before the others.
    ``others`` are the release in further languages: all its versions are known by one ``slug``
    (the release's own where none is given), so that nobody gets it in a second one.
    ``is_test`` marks its letters as test copies. All letters carry ``attachments``,
    and where it ``is_inlining`` the pictures that stand in the document.
    """

    release: Release
    audience: Audience
    carriers: Mapping[str, Provider[Any]]
    at: Mapping[str, Instant]
    letterhead: Letterhead
    links: UnsubscribeLinks
    environment: Environment
    zone: str
    language: str
    now: datetime
    inputs: Mapping[str, str] = field(default_factory=dict)
    findings: tuple[str, ...] = ()
    release_file: str = ""
    tzdata: str = ""
    is_armed: bool = False
    canary: timedelta = timedelta()
    own: tuple[str, ...] = ()
    others: tuple[Release, ...] = ()
    policy: LanguagePolicy = LanguagePolicy.OWN
    notes: tuple[CoveringNote, ...] = ()
    is_greeting: bool = False
    is_test: bool = False
    slug: str = ""
    attachments: tuple[Attachment, ...] = ()
    is_inlining: bool = False

    @property
    def identity(self) -> str:
        """By which the ledger knows the release, whichever version was named."""
        return self.slug or self.release.slug
