from __future__ import annotations

import pytest

from distribute.channels import CHANNELS, PROVIDERS, carrier, open_provider
from distribute.channels.transport import RehearsalWire
from distribute.errors import ConfigError


def test_every_channel_is_carried_with_no_account_at_all() -> None:
    assert {channel: carrier(channel, {}, "outbox").name for channel in CHANNELS} == dict.fromkeys(CHANNELS, "outbox")


@pytest.mark.parametrize("name", ["outbox", "postmark", "sendgrid", "resend"])
def test_e_mail_is_carried_by_the_chosen_provider(name: str) -> None:
    assert carrier("email", {}, name) is PROVIDERS[name]


def test_a_network_that_is_set_up_carries_itself(environ: dict[str, str]) -> None:
    chosen = {channel: carrier(channel, environ, "postmark").name for channel in CHANNELS}
    assert chosen == {"email": "postmark", "mastodon": "mastodon", "bluesky": "bluesky", "x": "outbox"}


def test_a_network_set_up_in_part_says_what_is_missing() -> None:
    with pytest.raises(ConfigError, match="MASTODON_API_URL is not set"):
        carrier("mastodon", {"MASTODON_ACCESS_TOKEN": "t"}, "outbox")
    with pytest.raises(ConfigError, match="BLUESKY_APP_PASSWORD is not set"):
        carrier("bluesky", {"BLUESKY_HANDLE": "press.example.org"}, "outbox")


def test_an_address_with_a_default_is_no_sign_of_an_account() -> None:
    assert carrier("bluesky", {"BLUESKY_API_URL": "https://pds.example.org"}, "outbox").name == "outbox"


def test_an_empty_variable_is_not_set() -> None:
    assert carrier("mastodon", {"MASTODON_API_URL": "", "MASTODON_ACCESS_TOKEN": " "}, "outbox").name == "outbox"


@pytest.mark.parametrize(
    ("channel", "email_provider", "message"),
    [
        ("fax", "outbox", "“fax” is not a channel: choose among email, mastodon, bluesky, x"),
        (
            "email",
            "pigeon",
            "EMAIL_PROVIDER: “pigeon” does not carry e-mail here: choose among outbox, post",
        ),
        ("email", "mastodon", "EMAIL_PROVIDER: “mastodon” does not carry e-mail here"),
    ],
)
def test_an_unknown_name_is_answered_with_the_known(channel: str, email_provider: str, message: str) -> None:
    with pytest.raises(ConfigError) as caught:
        carrier(channel, {}, email_provider)
    assert message in str(caught.value)


def test_an_unknown_provider_cannot_be_opened() -> None:
    with pytest.raises(ConfigError, match="“pigeon” is not a provider: choose among bluesky, mastodon, outbox"):
        open_provider("pigeon", {}, RehearsalWire())
