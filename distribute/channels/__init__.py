"""Content to the outside world: one file per provider, none knowing templates, SQL or each other."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any

from distribute.channels.base import Provider
from distribute.channels.bluesky import Bluesky
from distribute.channels.mastodon import Mastodon
from distribute.channels.outbox import Outbox
from distribute.channels.postmark import Postmark
from distribute.channels.resend import Resend
from distribute.channels.sendgrid import SendGrid
from distribute.channels.transport import Wire
from distribute.config import load, variable
from distribute.domain.plan import EMAIL
from distribute.errors import ConfigError

CHANNELS: tuple[str, ...] = (EMAIL, "mastodon", "bluesky", "x")

PROVIDERS: dict[str, type[Provider[Any]]] = {
    "outbox": Outbox,
    "postmark": Postmark,
    "sendgrid": SendGrid,
    "resend": Resend,
    "mastodon": Mastodon,
    "bluesky": Bluesky,
}


def carrier(channel: str, environ: Mapping[str, str], email_provider: str) -> type[Provider[Any]]:
    """Who carries a channel: e-mail its provider; a network its own once it is set up, else the outbox.

    Raises ConfigError for an unknown channel or provider, and for a network that is set up in part.
    """
    if channel not in CHANNELS:
        raise ConfigError([f"“{channel}” is not a channel: choose among {', '.join(CHANNELS)}"])
    if channel == EMAIL:
        return _email_carrier(email_provider)
    own = PROVIDERS.get(channel)
    if own is None or not _is_begun(own, environ):
        return Outbox
    load(own.Settings, environ, own.name)
    return own


def open_provider(name: str, environ: Mapping[str, str], wire: Wire) -> Provider[Any]:
    """A provider by its name, with its settings, over ``wire``; one per thread.

    Raises ConfigError for an unknown name and for every setting that is missing or malformed.
    """
    if name not in PROVIDERS:
        raise ConfigError([f"“{name}” is not a provider: choose among {', '.join(sorted(PROVIDERS))}"])
    provider_class = PROVIDERS[name]
    return provider_class.open(load(provider_class.Settings, environ, name), wire.session(provider_class))


def _email_carrier(name: str) -> type[Provider[Any]]:
    known = sorted(name for name, provider in PROVIDERS.items() if EMAIL in provider.channels)
    if name not in known:
        raise ConfigError([f"EMAIL_PROVIDER: “{name}” does not carry e-mail here: choose among {', '.join(known)}"])
    return PROVIDERS[name]


def _is_begun(provider_class: type[Provider[Any]], environ: Mapping[str, str]) -> bool:
    """Whether any setting without a default is there."""
    fields = dataclasses.fields(provider_class.Settings)
    needed = [field.name for field in fields if field.default is dataclasses.MISSING]
    return any(environ.get(variable(name, provider_class.name), "").strip() for name in needed)
